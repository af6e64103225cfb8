"""``siga tarea``: the scheduled task, as the guide's button [Generar Tarea de Transmisión] makes it (4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import actual, con_permiso
from sigasers.cli.core import con_instalacion, confirm, consola, is_terminal

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.siga.task.plan import Place, Plan

_SI = click.option("--si", is_flag=True, help="No pregunta antes de hacer el cambio.")


@click.group("tarea", no_args_is_help=True)
def tarea() -> None:
    """La tarea programada que transmite sola, según el cronograma."""


@tarea.command("generar")
@click.option(
    "--con",
    type=click.Choice(["schtasks", "systemd", "cron"]),
    help="Programador de tareas (si falta: el de Windows; en Linux systemd, o cron donde no lo hay).",
)
@click.option(
    "--cuenta",
    metavar="CUENTA",
    help="Cuenta de servicio con que corre (si falta: LOCAL SERVICE en Windows, «sigasers» en Linux).",
)
@click.option("--crear-cuenta", is_flag=True, help="Crea en Linux esa cuenta de servicio, si no existe.")
@click.option(
    "--reemplazar-ajena",
    is_flag=True,
    help="Reemplaza la tarea del mismo nombre aunque sea de otro programa; su definición se guarda antes.",
)
@_SI
@con_instalacion
@con_permiso("tarea", como_root=True)
def generar(
    instalacion: Installation,
    con: str | None,
    cuenta: str | None,
    *,
    crear_cuenta: bool,
    reemplazar_ajena: bool,
    si: bool,
) -> int:
    """Genera la tarea, la lee del sistema y la prueba una vez con su propia cuenta."""
    from sigasers.cli import tarea_texto
    from sigasers.host.tasks import Kind
    from sigasers.siga.task.generate import carry_out
    from sigasers.siga.task.plan import Wish, make_plan

    place = _place(instalacion)
    wish = Wish(
        con=Kind(con) if con else None,
        cuenta=cuenta,
        crear_cuenta=crear_cuenta,
        reemplazar_ajena=reemplazar_ajena,
    )
    plan = make_plan(place, wish)
    tarea_texto.tell_plan(plan)
    if not _agreed("¿Generar la tarea?", si=si, order="siga tarea generar"):
        return _left_alone()
    for note in carry_out(plan, place):
        consola.print(note, markup=False, soft_wrap=True)
    actual().record("tarea.generada", tarea=plan.spec.name, cuenta=plan.spec.account)
    actual().take_charge("tarea")
    consola.print(f"Se generó la tarea «{plan.spec.name}».", markup=False, soft_wrap=True)
    tarea_texto.tell_habits(plan)
    return _try(plan)


@tarea.command("ver")
@con_instalacion
def ver(instalacion: Installation) -> int:
    """Muestra la tarea: con qué cuenta corre, cuándo corrió, y si es igual a la que se generaría ahora."""
    from sigasers.cli import tarea_texto
    from sigasers.siga.task.generate import installed

    found = installed(_place(instalacion))
    tarea_texto.tell_installed(found)
    return 1 if found.differences else 0


@tarea.command("probar")
@con_instalacion
def probar(instalacion: Installation) -> int:
    """Corre la tarea una vez con su propia cuenta, en seco: prueba todo y no exporta nada."""
    from sigasers.cli import tarea_texto
    from sigasers.siga.task.generate import installed
    from sigasers.siga.task.trial import rehearse

    found = installed(_place(instalacion))
    if found.differences:
        named = ", ".join(found.differences)
        consola.print(f"La tarea instalada no es la que se generaría ahora: cambió {named}.", markup=False)
    return tarea_texto.tell_trial(rehearse(found.scheduler, found.spec))


@tarea.command("quitar")
@click.option(
    "--devolver-anterior",
    is_flag=True,
    help="Vuelve a poner la tarea ajena que se reemplazó al generar, sin preguntar por ella.",
)
@_SI
@con_instalacion
@con_permiso("tarea", como_root=True)
def quitar(instalacion: Installation, *, devolver_anterior: bool, si: bool) -> int:
    """Quita la tarea de esta instalación; si reemplazó a la de otro programa, ofrece volver a ponerla."""
    from sigasers.siga.task.earlier import put_back
    from sigasers.siga.task.generate import earlier_of, installed

    place = _place(instalacion)
    found = installed(place)
    before = earlier_of(place, found)
    name = found.task.name
    consola.print(
        f"Se quitará la tarea «{name}». La unidad dejará de transmitir sola.", markup=False, soft_wrap=True
    )
    if not _agreed("¿Quitar la tarea?", si=si, order="siga tarea quitar"):
        return _left_alone()
    wants = devolver_anterior
    if before is not None and not wants and not si:
        wants = confirm("¿Volver a poner la tarea que había antes con ese nombre?", default=True)
    found.scheduler.remove(name)
    actual().record("tarea.quitada", tarea=name)
    consola.print(f"Se quitó la tarea «{name}».", markup=False, soft_wrap=True)
    if before is not None:
        _tell_back(put_back(found.scheduler, before) if wants else None, str(before.path))
    return 0


def _tell_back(order: str | None, path: str) -> None:
    """Say what became of the earlier task; ``order``: what a person must type, ``None`` where it was not wanted."""
    if order is None:
        consola.print(f"La definición de la tarea anterior sigue en: {path}", markup=False, soft_wrap=True)
    elif order:
        consola.print("Windows pide la clave de la cuenta de esa tarea. Para volver a ponerla, ejecute:")
        consola.print(order, markup=False, soft_wrap=True)
    else:
        consola.print("Se volvió a poner la tarea anterior.")


def _place(instalacion: Installation) -> Place:
    from sigasers.siga.task.plan import Place

    return Place(installation=instalacion)


def _agreed(question: str, *, si: bool, order: str) -> bool:
    from sigasers.errors.task_setup import NotConfirmedError

    if si:
        return True
    if not is_terminal():
        raise NotConfirmedError("nobody to ask", orden=order)
    return confirm(question, default=False)


def _left_alone() -> int:
    consola.print("No se cambió nada.")
    return 1


def _try(plan: Plan) -> int:
    from sigasers.cli import tarea_texto
    from sigasers.siga.task.trial import rehearse

    with consola.status("Probando la tarea con su cuenta…"):
        trial = rehearse(plan.scheduler, plan.spec)
    return tarea_texto.tell_trial(trial)
