"""``siga clave``, and what the three orders that open a package share: whence the password comes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from sigasers.cli.acceso import con_permiso
from sigasers.cli.core import F, con_instalacion, is_terminal, typed_line

if TYPE_CHECKING:
    from sigasers.host.installation import Installation

_MAX_LINE = 4096
ARCHIVO = click.argument(
    "archivo", metavar="ARCHIVO", type=click.Path(dir_okay=False, exists=True, path_type=Path)
)


def con_clave(command: F) -> F:
    """Give a command the option ``--clave-por-entrada`` as ``por_entrada``."""
    return click.option(
        "--clave-por-entrada",
        "por_entrada",
        is_flag=True,
        help="Pide la clave (o la lee de la entrada), para un RAR hecho con la clave fija.",
    )(command)


def password_for(file: BinaryIO, instalacion: Installation, *, por_entrada: bool) -> str:
    """Give the package's password: asked for, read from standard input, or opened with the unit's own key."""
    if por_entrada:
        if is_terminal():
            return str(click.prompt("Clave del RAR", hide_input=True))
        return typed_line(_MAX_LINE)
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.opening import sealed_password

    return sealed_password(file, load_configuration(instalacion).ruta_instalacion_sers)


@click.command("clave")
@ARCHIVO
@con_instalacion
@con_permiso("consulta", solo_lee=True, como_root=True)
def clave(instalacion: Installation, archivo: Path) -> None:
    """Muestra la clave de un RAR de esta unidad, para abrirlo con cualquier programa de RAR."""
    with archivo.open("rb") as file:
        click.echo(password_for(file, instalacion, por_entrada=False))
