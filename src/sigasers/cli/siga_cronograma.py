"""``siga cronograma``: when this unit transmits, who says so, and what comes next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import como_dueno
from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sigasers.formats.cronograma import Cronograma
    from sigasers.formats.cronograma_reglas import Regla
    from sigasers.host.installation import Installation
    from sigasers.siga.history import History
    from sigasers.siga.schedule.sources import FoundSchedule

_WEEK = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
EXIT_LOST = 1
_LATE_LOOK = timedelta(hours=1)  # it looks each quarter of an hour


@click.group("cronograma", no_args_is_help=True)
def cronograma() -> None:
    """El cronograma de transmisión de la unidad."""


@cronograma.command("ver")
@click.option(
    "--proximos",
    type=click.IntRange(1, 100),
    default=6,
    show_default=True,
    metavar="N",
    help="Cuántos turnos por venir muestra.",
)
@con_instalacion
@como_dueno
def ver(instalacion: Installation, proximos: int) -> int:
    """Muestra quién da el cronograma, sus reglas, los últimos turnos y los que vienen.

    Termina con 1 si entre los últimos turnos hay alguno perdido o sin responder.
    """
    from sigasers.cli.siga_secretos import passwords_of
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.export.clock import Clock
    from sigasers.siga.export.rehearsal import known_history
    from sigasers.siga.schedule.sources import ScheduleFinder

    configuration = load_configuration(instalacion)
    with known_history(instalacion.siga) as history:
        secrets = passwords_of(instalacion)
        finder = ScheduleFinder.of(history, configuration, instalacion.siga, secrets, Clock().now())
        found = finder.find()
        _tell_source(found)
        _tell_rules(found.cronograma)
        code = max(_tell_past(history, found), _tell_last_look(history, found)) if history else 0
    _tell_next(found, proximos)
    return code


def _tell_source(found: FoundSchedule) -> None:
    zone = found.cronograma.zona
    consola.print(
        f"Unidad {found.unidad}. El cronograma lo da {found.origen.palabras}.", markup=False, soft_wrap=True
    )
    if found.recordado:
        when = f"{found.visto.at.astimezone(zone):%d/%m/%Y %H:%M}"
        consola.print(
            f"[yellow]Es el que se leyó por última vez el {when}: ahora no se pudo preguntar.[/]",
            soft_wrap=True,
        )
    for note in found.notas:
        consola.print(f"Aviso: {note}", style="yellow", markup=False, soft_wrap=True)


def _tell_rules(schedule: Cronograma) -> None:
    for rule in schedule.reglas:
        hours = ", ".join(f"{hour:%H:%M}" for hour in rule.horas)
        told = f"  {rule.tipo.palabra:<10} {'; '.join(_days(rule))}, a las {hours}"
        consola.print(told, markup=False, soft_wrap=True)
    for item in schedule.adicionales:
        told = f"  {item.tipo.palabra:<10} además, el {item.fecha:%d/%m/%Y} a las {item.hora:%H:%M}"
        consola.print(told, markup=False, soft_wrap=True)
    if schedule.excluidas:
        dates = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(schedule.excluidas))
        consola.print(f"  Sin turnos: {dates}", markup=False, soft_wrap=True)
    consola.print(
        f"Horas de {schedule.zona.key}. Se responde a tiempo dentro de {_span(schedule.plazo_min)}; "
        f"{_spread(schedule.dispersion_min)}.",
        markup=False,
        soft_wrap=True,
    )


def _days(rule: Regla) -> Iterator[str]:
    if rule.dias_mes is None and rule.dias_semana is None:
        yield "todos los días"
    if rule.dias_mes is not None:
        yield "los días " + ", ".join(str(day) for day in sorted(rule.dias_mes)) + " de cada mes"
    if rule.dias_semana is not None:
        yield "los " + ", ".join(_WEEK[day - 1] for day in sorted(rule.dias_semana))


def _tell_past(history: History, found: FoundSchedule) -> int:
    """Show what became of the last turnos and give the exit code."""
    rows = history.turnos.newest(limit=8)
    if rows:
        consola.print("\nÚltimos turnos")
    missed = False
    for row in reversed(rows):
        word, style = (
            ("respondido", "green")
            if row.respondido
            else ("perdido", "bold red")
            if row.perdido
            else ("sin responder todavía", "yellow")
        )
        missed = missed or not row.respondido
        when = f"{row.turno.abre.at.astimezone(found.cronograma.zona):%d/%m/%Y %H:%M}"
        consola.print(f"  {when}  {row.turno.tipo.palabra:<10} [{style}]{word}[/]", soft_wrap=True)
    return EXIT_LOST if missed else 0


def _tell_last_look(history: History, found: FoundSchedule) -> int:
    """Say when the task last looked at the schedule and what has opened since; 1 if it seems to have stopped."""
    from sigasers.protocol.cronograma import turnos_between
    from sigasers.siga.export.clock import Clock

    seen, now = history.turnos.seen(), Clock().now()
    if seen is None:
        consola.print("\nLa transmisión programada todavía no corrió: «siga tarea generar» la instala.")
        return 0
    when = f"{seen.revisado.at.astimezone(found.cronograma.zona):%d/%m/%Y %H:%M}"
    consola.print(f"\nÚltima revisión de la tarea: {when}")
    if now.at - seen.revisado.at < _LATE_LOOK:
        return 0
    missed = turnos_between(found.cronograma, seen.revisado, now)
    consola.print(
        f"[bold red]La tarea no revisa el cronograma desde entonces; ya abrieron {len(missed)} turnos.[/]"
        " Vea «siga tarea ver».",
        soft_wrap=True,
    )
    return EXIT_LOST


def _tell_next(found: FoundSchedule, count: int) -> None:
    from sigasers.protocol.cronograma import next_turnos, start_at
    from sigasers.siga.export.clock import Clock

    zone = found.cronograma.zona
    coming = next_turnos(found.cronograma, Clock().now(), count)
    consola.print("\nPróximos turnos" if coming else "\nNo hay turnos en los próximos 400 días.")
    for turno in coming:
        opens = turno.abre.at.astimezone(zone)
        begins = start_at(turno, found.cronograma, found.unidad).at.astimezone(zone)
        told = (
            f"  {opens:%d/%m/%Y %H:%M}  {turno.tipo.palabra:<10} esta unidad empieza a las {begins:%H:%M:%S}"
        )
        consola.print(told, markup=False, soft_wrap=True)


def _spread(minutes: int) -> str:
    if not minutes:
        return "todas las unidades empiezan al abrir el turno"
    within = "del primer minuto" if minutes == 1 else f"de los primeros {minutes} minutos"
    return f"cada unidad empieza en su momento, dentro {within}"


def _span(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if rest:
        return f"{minutes} minutos"
    return "1 hora" if hours == 1 else f"{hours} horas"
