"""``siga historial``: every run, and every turno that nobody answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import como_dueno
from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sigasers.host.installation import Installation
    from sigasers.model import Instant
    from sigasers.siga.runs_view import Event, RunView

_MARKS = {"completa": "green", "incompleta": "yellow", "fallida": "bold red", "interrumpida": "bold red"}


@click.command("historial")
@click.option(
    "--ultimas",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    metavar="N",
    help="Cuántas corridas muestra.",
)
@click.option("--json", "as_json", is_flag=True, help="Muestra un objeto JSON, para otros programas.")
@con_instalacion
@como_dueno
def historial(instalacion: Installation, ultimas: int, *, as_json: bool) -> int:
    """Muestra las corridas, de la más nueva a la más antigua, y los turnos que se perdieron entre ellas.

    De cada corrida: cuándo, tipo, modo, turno, resultado, quién y en qué equipo; de cada paquete, su archivo y, si el
    SERS ya los tiene, el acuse y la constancia del centro.
    """
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.runs_view import events

    configuration = load_configuration(instalacion)
    found = events(instalacion.siga, configuration.ruta_instalacion_sers, limit=ultimas)
    if as_json:
        document = {"v": 1, "corridas": [event.to_json() for event in found]}
        consola.print(json.dumps(document, ensure_ascii=False), markup=False, soft_wrap=True)
        return 0
    if not found:
        consola.print("Todavía no hay ninguna corrida.")
    for event in found:
        _tell(event, configuration.zona_horaria)
    return 0


def _tell(event: Event, zone: ZoneInfo) -> None:
    from sigasers.siga.runs_view import RunView

    if isinstance(event, RunView):
        _tell_run(event, zone)
        return
    consola.print(f"[bold red]Turno perdido[/]  {event.tipo.palabra}, turno {event.turno}")
    consola.print(f"    Abrió el {_when(event.abre, zone)}; no se respondió.", markup=False, soft_wrap=True)


def _tell_run(run: RunView, zone: ZoneInfo) -> None:
    row = run.corrida
    word = row.resultado.value if row.resultado else "en curso"
    style = _MARKS.get(word, "bold")
    consola.print(f"[bold]{_when(row.inicio, zone)}[/]  {row.tipo.palabra}, {row.modo}  [{style}]{word}[/]")
    unit = f"Unidad {row.unidad}. " if row.unidad else ""
    turno = f"Turno {row.turno}. " if row.turno else ""
    consola.print(f"    {unit}{turno}{row.quien} en {row.equipo}.", markup=False, soft_wrap=True)
    if row.codigo:
        consola.print(f"    {row.codigo}: {run.motivo}", markup=False, soft_wrap=True)
    for package in run.paquetes:
        rows = f"{package.filas:,} filas, " if package.filas is not None else ""
        told = f"    {package.anio} ({package.ambito}): {package.archivo} — {rows}{package.estado}"
        consola.print(told, markup=False, soft_wrap=True)
        consola.print(f"        {package.recibos(zone)}", markup=False, soft_wrap=True)


def _when(at: Instant, zone: ZoneInfo) -> str:
    return f"{at.at.astimezone(zone):%d/%m/%Y %H:%M}"
