"""``centro cronograma``: when each unit is to transmit, and whether it did."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.centro_unidad import NEMONICO, SISTEMA
from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from sigasers.formats.cronograma import Cronograma
    from sigasers.host.installation import Installation
    from sigasers.protocol.cronograma import Turno

_SHOWN = 5


@click.group("cronograma", no_args_is_help=True)
def cronograma() -> None:
    """Fija cuándo debe transmitir cada unidad y muestra si lo hizo."""


@cronograma.command("fijar")
@NEMONICO
@click.argument(
    "archivo",
    metavar="[ARCHIVO]",
    required=False,
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
)
@click.option("--copiar-de", "otra", metavar="NEMÓNICO", help="Copia el cronograma de otra unidad.")
@SISTEMA
@con_instalacion
def fijar(
    instalacion: Installation, nemonico: str, archivo: Path | None, otra: str | None, sistema: str
) -> None:
    """Fija el cronograma de una unidad, desde un ARCHIVO JSON o igual al de otra unidad.

    La unidad lo recibe, firmado, en su próxima sesión: cuando envía algo y, si su servicio está en marcha, cada hora.
    """
    from sigasers.centro import schedule_orders
    from sigasers.model import Nemonico

    if (archivo is None) == (otra is None):
        raise click.UsageError("Indique un ARCHIVO o --copiar-de, uno de los dos.")
    unit = Nemonico.parse(nemonico)
    if archivo is not None:
        chosen = schedule_orders.read_file(archivo)
    else:
        chosen = schedule_orders.schedule_of(instalacion.centro, Nemonico.parse(otra or ""), sistema)
    changed = schedule_orders.set_schedule(instalacion.centro, unit, sistema, chosen)
    consola.print(f"Cronograma de la unidad {unit} {'fijado' if changed else 'sin cambios'}.")
    _print_next(chosen)


@cronograma.command("ver")
@NEMONICO
@SISTEMA
@con_instalacion
def ver(instalacion: Installation, nemonico: str, sistema: str) -> None:
    """Muestra el cronograma de una unidad como JSON, tal como se puede volver a fijar."""
    from sigasers.centro import schedule_orders
    from sigasers.model import Nemonico

    found = schedule_orders.schedule_of(instalacion.centro, Nemonico.parse(nemonico), sistema)
    click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))


@cronograma.command("quitar")
@NEMONICO
@SISTEMA
@con_instalacion
def quitar(instalacion: Installation, nemonico: str, sistema: str) -> None:
    """Quita el cronograma de una unidad: desde ahora no debe turnos a este centro."""
    from sigasers.centro import schedule_orders
    from sigasers.model import Nemonico

    unit = Nemonico.parse(nemonico)
    schedule_orders.set_schedule(instalacion.centro, unit, sistema, None)
    consola.print(f"Cronograma de la unidad {unit} quitado.")


def _print_next(chosen: Cronograma) -> None:
    from sigasers.model import Instant
    from sigasers.protocol.cronograma import next_turnos

    turnos = next_turnos(chosen, Instant(datetime.now(UTC)), _SHOWN)
    consola.print(
        f"Próximos turnos (hora de {chosen.zona.key}):" if turnos else "No hay turnos en el próximo año."
    )
    for turno in turnos:
        consola.print(f"  {_line(turno, chosen)}")


def _line(turno: Turno, chosen: Cronograma) -> str:
    opens, until = turno.abre.at.astimezone(chosen.zona), turno.vence.at.astimezone(chosen.zona)
    return f"{turno.tipo.value:<9}  {opens:%d/%m/%Y %H:%M}  vence {until:%d/%m/%Y %H:%M}"
