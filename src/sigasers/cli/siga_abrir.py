"""``siga abrir``: extracts a package into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import con_permiso
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
    help="Carpeta donde quedan el manifiesto y las tablas; se crea si falta.",
)
@click.option(
    "--formato",
    type=click.Choice(["parquet", "csv"]),
    default="parquet",
    show_default=True,
    help="«parquet»: como van en el RAR; «csv»: para hojas de cálculo.",
)
@click.option("--tabla", "tablas", multiple=True, metavar="NOMBRE", help="Solo esta tabla; se puede repetir.")
@click.option(
    "--sin-proteger",
    is_flag=True,
    help="Con --formato csv: deja los textos que parecen fórmulas tal como están, para leerlos con otro programa.",
)
@con_clave
@con_instalacion
@con_permiso("consulta", solo_lee=True, como_root=True)
def abrir(
    instalacion: Installation,
    archivo: Path,
    destino: Path,
    formato: str,
    tablas: tuple[str, ...],
    *,
    sin_proteger: bool,
    por_entrada: bool,
) -> None:
    """Abre un RAR de esta unidad y deja sus archivos en una carpeta. Nunca reemplaza un archivo."""
    from sigasers.formats.package import PackageReader
    from sigasers.siga.opening import extract
    from sigasers.siga.opening_csv import extract_csv

    if sin_proteger and formato != "csv":
        raise click.UsageError("--sin-proteger solo se usa con --formato csv.")
    with archivo.open("rb") as file:
        password = password_for(file, instalacion, por_entrada=por_entrada)
        reader = PackageReader.open(file, password)
        if formato == "csv":
            extracted = extract_csv(reader, destino.absolute(), tablas, protected=not sin_proteger)
        else:
            extracted = extract(reader, destino.absolute(), tablas)
    total = sum(item.size_bytes for item in extracted)
    consola.print(f"Se extrajeron {len(extracted)} archivos ({total:,} bytes) en:", soft_wrap=True)
    consola.print(str(destino.absolute()), markup=False, soft_wrap=True)
