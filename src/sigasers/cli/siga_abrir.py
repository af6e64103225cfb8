"""``siga abrir``: extracts a package into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola
from sigasers.cli.siga_clave import ARCHIVO, con_clave, password_for

if TYPE_CHECKING:
    from sigasers.host.installation import Installation


@click.command("abrir")
@ARCHIVO
@click.option(
    "--destino",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="CARPETA",
    help="Carpeta donde quedan el manifiesto y las tablas (Parquet); se crea si falta.",
)
@con_clave
@con_instalacion
def abrir(instalacion: Installation, archivo: Path, destino: Path, *, por_entrada: bool) -> None:
    """Abre un RAR de esta unidad y deja sus archivos en una carpeta. Nunca reemplaza un archivo."""
    from sigasers.formats.package import PackageReader
    from sigasers.siga.opening import extract

    with archivo.open("rb") as file:
        password = password_for(file, instalacion, por_entrada=por_entrada)
        extracted = extract(PackageReader.open(file, password), destino.absolute())
    total = sum(item.size_bytes for item in extracted)
    consola.print(f"Se extrajeron {len(extracted)} archivos ({total:,} bytes) en:", soft_wrap=True)
    consola.print(str(destino.absolute()), markup=False, soft_wrap=True)
