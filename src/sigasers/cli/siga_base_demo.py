"""``siga base-demo``: makes a SIGA base to try the programs on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.siga.basedemo import DemoSummary, Needs

_GROUPS = {
    "A": "maestros sin año",
    "B": "maestros por año",
    "C": "programación",
    "D": "requerimiento y contratación",
    "E": "almacén",
    "F": "patrimonio",
    "G": "tesorería y viáticos",
    "H": "cronograma de transmisión",
}


@click.command("base-demo")
@click.option(
    "--tamano",
    type=click.Choice(["chica", "media", "grande"]),
    default="media",
    show_default=True,
    help="«media»: como un hospital de distrito; «chica»: la décima parte; «grande»: como un hospital nacional, unos"
    " 4 millones de filas al año (ocupa 1,1 GB y tarda un par de minutos).",
)
@click.option("--ue", metavar="NEMÓNICO", default="1288", show_default=True, help="Unidad ejecutora.")
@click.option(
    "--anio",
    type=int,
    metavar="AÑO",
    default=2021,
    show_default=True,
    help="Año del sistema; se programa el siguiente.",
)
@click.option(
    "--semilla",
    type=int,
    metavar="N",
    default=1,
    show_default=True,
    help="La misma semilla da las mismas filas.",
)
@click.option(
    "--destino",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="ARCHIVO",
    help="Archivo por crear; nunca se reemplaza (si falta: SIGA_<ue>.db en la carpeta de siga).",
)
@con_instalacion
def base_demo(
    instalacion: Installation, tamano: str, ue: str, anio: int, semilla: int, destino: Path | None
) -> None:
    """Crea una base SIGA de demostración, con el esquema real y datos verosímiles."""
    from sigasers.model import Nemonico
    from sigasers.siga.basedemo import Size, build_demo_database
    from sigasers.siga.basedemo.units import known_unit

    size = Size(tamano)
    unit = known_unit(Nemonico.parse(ue))
    target = destino or _default_target(instalacion, ue)
    consola.print(_before(size.needs), soft_wrap=True)
    with consola.status("Creando las tablas…") as status:
        summary = build_demo_database(
            target.absolute(),
            size=size,
            unit=unit,
            year=anio,
            seed=semilla,
            progress=lambda table, rows: status.update(f"{table}: {_number(rows)} filas"),
        )
    _show(summary)


def _before(needs: Needs) -> str:
    """Say what the order will take, before it begins."""
    seconds = needs.seconds
    time = f"{seconds} s" if seconds < 60 else f"{-(-seconds // 60)} minutos"
    return f"Se necesitan unos {_number(needs.disk_mb)} MB de disco y alrededor de {time}."


def _default_target(instalacion: Installation, ue: str) -> Path:
    from sigasers import durable

    durable.make_folder(instalacion.siga, step="basedemo.folder")
    return instalacion.siga / f"SIGA_{int(ue)}.db"


def _show(summary: DemoSummary) -> None:
    from rich.table import Table

    title = f"Base de demostración: {summary.unit.nemonico} - {summary.unit.nombre}"
    consola.print(title, markup=False, soft_wrap=True)
    table = Table()
    table.add_column("Grupo")
    table.add_column("Filas", justify="right")
    for group, rows in summary.rows_by_group.items():
        table.add_row(f"{group}. {_GROUPS[group]}", _number(rows))
    table.add_row("Total", _number(summary.rows), style="bold")
    consola.print(table)
    consola.print(
        f"{summary.tables} tablas, {summary.size_bytes / 1e6:.1f} MB, {summary.seconds:.1f} s. "
        f"Año del sistema {summary.year}, año de programación {summary.year + 1}. "
        f"Contiene también filas de la unidad vecina {summary.neighbour.nemonico}.",
        soft_wrap=True,
    )
    consola.print(f"Archivo: {summary.path}", markup=False, soft_wrap=True)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", " ")
