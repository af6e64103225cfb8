"""``siga verificar``: tells whether a package is whole; of a bare RAR it cannot tell whence it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola
from sigasers.cli.siga_clave import ARCHIVO, con_clave, password_for

if TYPE_CHECKING:
    from pathlib import Path

    from sigasers.formats.package import PackageReport
    from sigasers.host.installation import Installation

EXIT_REFUSED = 1
_SHOWN = 20


@click.command("verificar")
@ARCHIVO
@click.option("--sin-clave", is_flag=True, help="Comprueba solo la estructura, sin abrir ningún archivo.")
@con_clave
@con_instalacion
def verificar(instalacion: Installation, archivo: Path, *, sin_clave: bool, por_entrada: bool) -> int:
    """Comprueba que un RAR esté completo y que todo su contenido coincida con su manifiesto."""
    from sigasers.formats.package import PackageLimits, PackageReader, verify_open
    from sigasers.formats.rar5 import RarArchive

    with archivo.open("rb") as file:
        if sin_clave:
            members = RarArchive.open(file).members
            consola.print(f"Estructura completa: {len(members)} archivos. El contenido no se abrió.")
            return 0
        password = password_for(file, instalacion, por_entrada=por_entrada)
        reader = PackageReader.open(file, password)
        return tell_verification(verify_open(reader, PackageLimits()))


def tell_verification(report: PackageReport) -> int:
    """Say what was found and give the exit code."""
    from sigasers.formats.package import Resultado

    _say_findings(report)
    if report.resultado is Resultado.EN_ESPERA:
        consola.print("[bold yellow]En espera.[/] Parte del RAR es más nueva que este programa; actualícelo.")
        return EXIT_REFUSED
    if report.resultado is Resultado.RECHAZADO:
        consola.print("[bold red]No está íntegro.[/] No lo envíe; use el original o exporte de nuevo.")
        return EXIT_REFUSED
    consola.print(
        "[bold green]Íntegro, origen no comprobado.[/] Su origen lo prueba su acuse: sers acuse verificar."
    )
    return 0


def _say_findings(report: PackageReport) -> None:
    """Say whose package it is, how much of it was read, and the first findings."""
    manifest = report.manifest
    if manifest is not None:
        consola.print(
            f"{manifest.unidad.nemonico} {manifest.unidad.nombre} · año {manifest.anio} · "
            f"{report.tablas} tablas · {_number(report.filas)} filas",
            markup=False,
            soft_wrap=True,
        )
    for finding in report.findings[:_SHOWN]:
        where = f" (tabla {finding.tabla})" if finding.tabla else ""
        consola.print(f"  {finding.codigo}{where}: {finding.texto}", markup=False, soft_wrap=True)
    if len(report.findings) > _SHOWN:
        consola.print(f"  ... y {len(report.findings) - _SHOWN} hallazgos más")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", " ")
