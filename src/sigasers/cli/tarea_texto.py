"""The scheduled task as the operator reads it: what would change, what is installed, how the trial went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape

from sigasers.cli.core import consola
from sigasers.host.tasks import Kind, shown
from sigasers.siga.trial_result import Outcome

if TYPE_CHECKING:
    from sigasers.host.tasks import TaskFound
    from sigasers.siga.task.generate import Installed
    from sigasers.siga.task.plan import Plan
    from sigasers.siga.trial_result import Trial, TrialStep

_WHERE = {
    Kind.SCHTASKS: "el Programador de tareas de Windows, carpeta SIGA",
    Kind.SYSTEMD: "systemd",
    Kind.CRON: "cron",
}
_MARKS = {
    Outcome.BIEN: "[green]bien [/]",
    Outcome.AVISO: "[yellow]aviso[/]",
    Outcome.ERROR: "[bold red]ERROR[/]",
    Outcome.OMITIDO: "[dim]—    [/]",
}
_LOCAL_SERVICE = "LOCAL SERVICE"


def tell_plan(plan: Plan) -> None:
    """Say what would be made, replaced, removed and kept."""
    _say(f"Se generará la tarea «{plan.spec.name}» en {_WHERE[plan.scheduler.kind]}.")
    _say(
        f"Correrá con la cuenta {_account(plan.scheduler.kind, plan.spec.account)}, cada {plan.spec.every_min} minutos."
    )
    if plan.creates:
        _say(f"Se creará la cuenta de servicio «{plan.creates}», sin clave ni entrada al equipo.")
    for folder in plan.folders:
        _say(f"La carpeta {folder} pasará a ser de esa cuenta.")
    if plan.replaced is not None:
        whose = "de OTRO PROGRAMA" if plan.replaces_foreign else "de este programa"
        _say(f"Se reemplazará la tarea {whose} que hoy tiene ese nombre: {_line_of(plan.replaced)}")
        if plan.replaces_foreign:
            _say("Su definición se guarda antes: «siga tarea quitar» puede volver a ponerla.")
    for scheduler, task in plan.removed:
        _say(f"Se quitará la tarea anterior de esta unidad en {_WHERE[scheduler.kind]}: {_line_of(task)}")
    for task in plan.foreign:
        _say(f"Se conservará la tarea de otro programa: {_line_of(task)}")


def tell_habits(plan: Plan) -> None:
    """Say what this scheduler does not do by itself."""
    if plan.scheduler.kind is Kind.SCHTASKS:
        _say("Windows no guarda por sí solo el historial de las tareas; el de siga está en «siga historial».")
    elif plan.scheduler.kind is Kind.SYSTEMD and plan.spec.account is None:
        _say(
            "La tarea corre solo mientras su cuenta tiene una sesión abierta. Para que corra siempre, un administrador"
        )
        _say(
            "debe ejecutar: loginctl enable-linger SU_CUENTA. Es mejor generarla con sudo, con una cuenta de servicio."
        )


def tell_installed(found: Installed) -> None:
    """Say what is installed, and what differs."""
    task = found.task
    _say(f"Tarea: {task.name}, en {_WHERE[found.scheduler.kind]}")
    _say(f"Cuenta: {_account(found.scheduler.kind, task.account)}")
    _say(f"Orden: {shown(task.command or 'no se puede leer')}")
    _say(f"Habilitada: {'sí' if task.enabled else 'NO'}")
    unknown = "el sistema no lo dice" if found.scheduler.kind is Kind.CRON else "todavía no corrió"
    result = "" if task.last_result is None else f" (resultado {task.last_result})"
    _say(f"Última vez: {shown(task.last_run or unknown)}{result}")
    _say(f"Próxima vez: {shown(task.next_run or 'en el próximo cuarto de hora')}")
    for each in found.foreign:
        _say(f"Al lado hay una tarea de otro programa: {_line_of(each)}")
    if found.differences:
        _say(f"No es igual a la que se generaría ahora: cambió {', '.join(found.differences)}.")
        _say("Para ponerla al día: siga tarea generar")
    else:
        _say("Es igual a la que se generaría ahora.")


def tell_trial(trial: Trial) -> int:
    """Say each step of a trial, what to do about those that failed, and give the exit code."""
    _say(f"Prueba con la cuenta {trial.cuenta} en {trial.equipo}:")
    for paso in trial.pasos:
        _tell_step(paso)
    if trial.is_good:
        _say("La tarea está lista: transmitirá sola según el cronograma.")
        return 0
    _say(
        "La tarea quedó generada, pero así NO podrá transmitir. Corrija lo señalado y repita con: siga tarea probar"
    )
    return 1


def _tell_step(paso: TrialStep) -> None:
    code = f" {paso.codigo}:" if paso.codigo else ""
    consola.print(
        f"  {_MARKS[paso.resultado]} {escape(paso.nombre)}.{code} {escape(paso.texto)}", soft_wrap=True
    )
    if paso.resultado is Outcome.ERROR and paso.codigo:
        _say(f"        La causa y qué hacer están en la guía de errores, código {paso.codigo}.")


def _account(kind: Kind, account: str | None) -> str:
    if kind is Kind.SCHTASKS:
        return _LOCAL_SERVICE if account in {None, "S-1-5-19"} else f"«{shown(str(account))}»"
    return f"«{shown(account)}»" if account else "de quien la genera"


def _line_of(task: TaskFound) -> str:
    command = f", {shown(task.command, 120)}" if task.command else ""
    account = f" (cuenta {shown(task.account, 80)})" if task.account else ""
    return f"«{shown(task.name, 80)}»{account}{command}"


def _say(text: str) -> None:
    consola.print(text, markup=False, soft_wrap=True)
