"""``centro unidad``: which units may enrol, and their one-time codes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from sigasers.host.installation import Installation

SISTEMA = click.option(
    "--sistema", default="SIGA", show_default=True, metavar="SISTEMA", help="Sistema que envía."
)
NEMONICO = click.argument("nemonico", metavar="NEMÓNICO")


@click.group("unidad", no_args_is_help=True)
def unidad() -> None:
    """Administra las unidades que pueden enviar al centro."""


@unidad.command("agregar")
@NEMONICO
@click.option("--nombre", required=True, metavar="NOMBRE", help="Nombre de la unidad ejecutora.")
@SISTEMA
@con_instalacion
def agregar(instalacion: Installation, nemonico: str, nombre: str, sistema: str) -> None:
    """Agrega una unidad; si ya está, cambia su nombre."""
    from sigasers.centro import administration
    from sigasers.model import Nemonico, UnidadEjecutora

    unit = UnidadEjecutora(nemonico=Nemonico.parse(nemonico), nombre=nombre)
    new = administration.add_unit(instalacion.centro, unit, sistema)
    what = "agregada" if new else "actualizada"
    consola.print(f"Unidad {unit.nemonico} {unit.nombre} {what}.", markup=False, soft_wrap=True)


@unidad.command("listar")
@con_instalacion
def listar(instalacion: Installation) -> None:
    """Muestra las unidades y hasta cuándo vale el certificado de cada una."""
    from rich.table import Table

    from sigasers.centro import administration

    table = Table("Nemónico", "Sistema", "Nombre", "Certificado")
    for row in administration.list_units(instalacion.centro):
        until = (
            f"vale hasta {row.certificate_until.at:%d/%m/%Y}" if row.certificate_until else "sin registrar"
        )
        table.add_row(row.unidad, row.sistema, row.nombre, until)
    consola.print(table)


@unidad.command("codigo")
@NEMONICO
@SISTEMA
@click.option(
    "--identidad",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="ARCHIVO",
    help="Dónde dejar el archivo de identidad que se entrega a la unidad.",
)
@con_instalacion
def codigo(instalacion: Installation, nemonico: str, sistema: str, identidad: Path) -> None:
    """Crea un código de un solo uso y el archivo de identidad. El código va por otro medio (teléfono)."""
    from sigasers.centro import administration
    from sigasers.cli.avisos import consola_errores
    from sigasers.keys.trust import show_huella
    from sigasers.model import Nemonico

    issued = administration.issue_code(
        instalacion.centro, Nemonico.parse(nemonico), sistema, identidad.absolute()
    )
    consola_errores.print(f"Archivo de identidad: {identidad.absolute()}", markup=False, soft_wrap=True)
    consola_errores.print(f"Huella que la unidad debe comparar: {show_huella(issued.huella)}", soft_wrap=True)
    consola_errores.print(f"Código (vale hasta el {issued.expires.at:%d/%m/%Y}, no se muestra otra vez):")
    click.echo(issued.code)


@unidad.command("revocar")
@NEMONICO
@SISTEMA
@con_instalacion
def revocar(instalacion: Installation, nemonico: str, sistema: str) -> None:
    """Revoca, desde este momento, los certificados y códigos de una unidad."""
    from sigasers.centro import administration
    from sigasers.model import Nemonico

    count = administration.revoke(instalacion.centro, Nemonico.parse(nemonico), sistema)
    consola.print(f"Registros revocados: {count}.")
