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
    from collections.abc import Sequence

    from sigasers.centro.obligations import UnitState
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


@cronograma.command("estado")
@NEMONICO
@click.option(
    "--dias",
    type=click.IntRange(1, 365),
    default=30,
    show_default=True,
    metavar="DÍAS",
    help="Cuántos días atrás se muestran.",
)
@click.option("--json", "como_json", is_flag=True, help="Como JSON, para otros programas.")
@SISTEMA
@con_instalacion
def estado(instalacion: Installation, nemonico: str, dias: int, sistema: str, *, como_json: bool) -> None:
    """Muestra los próximos turnos de una unidad y qué pasó con cada turno que ya abrió."""
    from sigasers.centro import obligations
    from sigasers.model import Nemonico

    unit = Nemonico.parse(nemonico)
    found = obligations.unit_state(instalacion.centro, unit, sistema, dias=dias, siguientes=_SHOWN)
    if como_json:
        click.echo(json.dumps(_state_json(found), ensure_ascii=False))
        return
    _print_state(found)


def _print_state(found: UnitState) -> None:
    from sigasers.cli.centro_cronograma_texto import CAUSAS, ESTADOS

    if found.cronograma is None:
        consola.print("La unidad no tiene ahora un cronograma; se muestran los turnos de los anteriores.")
    else:
        _print_turnos(found.cronograma, found.siguientes)
    consola.print("Turnos que ya abrieron:" if found.obligaciones else "Ningún turno abrió en esos días.")
    zone = found.cronograma.zona if found.cronograma else UTC
    for item in found.obligaciones:
        until = item.limite.at.astimezone(zone)
        what = f"{ESTADOS[item.estado]}: {CAUSAS[item.causa]}"
        consola.print(f"  {item.turno.id!s:<24}{what} (plazo: {until:%d/%m/%Y %H:%M})", soft_wrap=True)
    if found.por_verificar:
        consola.print(f"Sobres aún por verificar, que podrían cumplir un turno: {found.por_verificar}.")


def _state_json(found: UnitState) -> dict[str, object]:
    return {
        "ahora": str(found.ahora),
        "siguientes": [
            {"turno": str(turno.id), "abre": str(turno.abre), "vence": str(turno.vence)}
            for turno in found.siguientes
        ],
        "obligaciones": [
            {
                "turno": str(item.turno.id),
                "abre": str(item.turno.abre),
                "limite": str(item.limite),
                "estado": item.estado.value,
                "causa": item.causa.value,
                "corrida": None if item.corrida is None else str(item.corrida),
            }
            for item in found.obligaciones
        ],
        "por_verificar": found.por_verificar,
    }


def _print_next(chosen: Cronograma) -> None:
    from sigasers.model import Instant
    from sigasers.protocol.cronograma import next_turnos

    _print_turnos(chosen, next_turnos(chosen, Instant(datetime.now(UTC)), _SHOWN))


def _print_turnos(chosen: Cronograma, turnos: Sequence[Turno]) -> None:
    if not turnos:
        consola.print("No hay turnos en el próximo año.")
        return
    consola.print(f"Próximos turnos (hora de {chosen.zona.key}):", markup=False)
    for turno in turnos:
        opens, until = turno.abre.at.astimezone(chosen.zona), turno.vence.at.astimezone(chosen.zona)
        consola.print(f"  {turno.tipo.value:<9}  {opens:%d/%m/%Y %H:%M}  vence {until:%d/%m/%Y %H:%M}")
