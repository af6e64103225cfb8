"""``siga transmitir``: what the scheduled task runs. It asks nobody anything."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import como_dueno
from sigasers.cli.avisos import show
from sigasers.cli.core import con_instalacion, consola, ends_on_term

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sigasers.host.installation import Installation
    from sigasers.protocol.cronograma import Turno
    from sigasers.siga.configuration import Configuration
    from sigasers.siga.export.run import Run
    from sigasers.siga.schedule.transmission import Answer, Look

EXIT_LACKING = 1
EXIT_FAILED = 1
EXIT_LOST = 1
_LONGEST = timedelta(hours=3)  # a large unit takes minutes


@click.command("transmitir")
@click.option(
    "--programado",
    is_flag=True,
    help="Hace lo que toca según el cronograma; es lo que ejecuta la tarea programada, cada quince minutos.",
)
@click.option(
    "--ensayo",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="ARCHIVO",
    help="No transmite: prueba la base, la clave, las carpetas y el perfil, y deja el resultado en ARCHIVO (JSON).",
)
@con_instalacion
@como_dueno
def transmitir(instalacion: Installation, ensayo: Path | None, *, programado: bool) -> int:
    """Transmite lo que el cronograma pide en este momento; sin nada pendiente, no hace nada.

    Si el equipo estuvo apagado, responde el último turno perdido de cada tipo y anota los demás como perdidos.

    Para exportar a mano use «siga exportar».
    """
    if not programado:
        raise click.UsageError("falta --programado; para exportar a mano use «siga exportar»")
    if ensayo is not None:
        return _try(instalacion, ensayo)
    from sigasers.cli.acceso import record
    from sigasers.cli.export_progress import package_facts
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.passwords import passwords
    from sigasers.siga.schedule.transmission import Transmission

    secrets = passwords(instalacion.siga)

    def make_run(configuration: Configuration) -> Run:
        from sigasers.cli.export_progress import PlainProgress
        from sigasers.siga.export.run import Run

        progress = PlainProgress(consola, configuration.zona_horaria)
        return Run(
            siga_folder=instalacion.siga,
            configuration=configuration,
            progress=progress,
            secrets=secrets,
            on_package=lambda package: record(instalacion, "exportacion.hecha", package_facts(package)),
        )

    with ends_on_term():
        look = Transmission(
            siga_folder=instalacion.siga,
            load=lambda: load_configuration(instalacion),
            secrets=secrets,
            make_run=make_run,
        ).look()
    return _tell(look)


def _try(instalacion: Installation, target: Path) -> int:
    from sigasers import durable
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.passwords import passwords
    from sigasers.siga.schedule.trial import DryRun

    rehearsed = DryRun(
        siga_folder=instalacion.siga,
        load=lambda: load_configuration(instalacion),
        secrets=passwords(instalacion.siga),
    )
    trial = rehearsed.run()
    durable.write_new(target, trial.to_bytes(), step="siga.trial.result", mode=0o640)
    return 0 if trial.is_good else EXIT_FAILED


def _tell(look: Look) -> int:
    """Say what was found and done, a line each, and give the exit code."""
    if look.busy:
        return _tell_busy(look)
    if look.schedule is None:
        return 0
    zone = look.schedule.cronograma.zona
    for note in look.schedule.notas:
        consola.print(f"Aviso: {note}", markup=False, soft_wrap=True)
    if look.clock_back:
        consola.print(
            "Aviso: el reloj del equipo estuvo adelantado; se volvió a revisar lo anotado entonces."
        )
    for turno in look.lost:
        consola.print(f"Turno perdido: {_named(turno, zone)}", markup=False, soft_wrap=True)
    if not look.answers:
        consola.print("Según el cronograma, no hay nada por transmitir ahora.")
    told = EXIT_LOST if look.lost or look.clock_back else 0
    return max((_tell_answer(answer, zone) for answer in look.answers), default=0) or told


def _tell_busy(look: Look) -> int:
    """Say that another one works; one that has worked for hours hangs, or somebody holds its lock."""
    from sigasers.siga.export.clock import Clock

    consola.print("Otra transmisión programada está en curso; no se hizo nada.")
    if look.last_look is None or (Clock().now().at - look.last_look.at) < _LONGEST:
        return 0
    consola.print(
        "Lleva más de tres horas: parece detenida. Revise qué proceso es y termínelo; vea «siga historial»."
    )
    return EXIT_LOST


def _tell_answer(answer: Answer, zone: ZoneInfo) -> int:
    from sigasers.cli.export_progress import failed

    if answer.error is not None:
        consola.print(f"No se respondió el turno {_named(answer.turno, zone)}.", markup=False, soft_wrap=True)
        return show(answer.error, "siga")
    if answer.not_before is not None:
        when = answer.not_before.at.astimezone(zone)
        told = f"El turno {_named(answer.turno, zone)} se intentará desde las {when:%H:%M del %d/%m/%Y}."
        consola.print(told, markup=False, soft_wrap=True)
        return 0
    consola.print(f"Turno respondido: {_named(answer.turno, zone)}", markup=False, soft_wrap=True)
    for package in answer.packages:
        consola.print(f"  {package.rar}", markup=False, soft_wrap=True)
    return EXIT_LACKING if failed(answer.packages) else 0


def _named(turno: Turno, zone: ZoneInfo) -> str:
    return f"{turno.tipo.palabra} del {turno.abre.at.astimezone(zone):%d/%m/%Y a las %H:%M}"
