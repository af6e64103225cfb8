"""``sers acuse``: receipts checked offline, with what this profile pinned when it was registered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from sigasers.formats.documents import Acuse
    from sigasers.host.installation import Installation

_MAX_BYTES = 4 << 20
_EXISTING = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.group("acuse", no_args_is_help=True)
def acuse() -> None:
    """Comprueba acuses y constancias del centro, sin red."""


@acuse.command("verificar")
@click.argument("archivo", metavar="ARCHIVO", type=_EXISTING)
@click.option("--constancia", type=_EXISTING, metavar="ARCHIVO", help="Constancia del mismo envío.")
@click.option(
    "--archivos",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="CARPETA",
    help="Carpeta con los archivos enviados, para comparar su tamaño y SHA-256.",
)
@con_instalacion
def verificar(
    instalacion: Installation, archivo: Path, constancia: Path | None, archivos: Path | None
) -> None:
    """Comprueba que un acuse lo firmó este centro, está en su bitácora y corresponde a los archivos."""
    from sigasers.keys.receipts import verify_acuse, verify_constancia
    from sigasers.sers import trust_file
    from sigasers.sers.folder import ProfileFolder
    from sigasers.sers.receipt_files import check_files

    trust = trust_file.load(ProfileFolder.at(instalacion.sers))
    token = _read(archivo)
    receipt = verify_acuse(token, trust)
    _tell(receipt)
    if archivos is not None:
        check_files(archivos, receipt.archivos)
        consola.print(f"Los {len(receipt.archivos)} archivos de la carpeta son los del acuse.")
    if constancia is not None:
        verdict = verify_constancia(_read(constancia), trust, acuse=token)
        consola.print(f"Constancia {verdict.numero}: [bold]{verdict.resultado.value}[/]")
        for reason in verdict.razones:
            consola.print(f"  {reason.codigo}: {reason.texto}", markup=False, soft_wrap=True)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MAX_BYTES).strip()


def _tell(receipt: Acuse) -> None:
    """Say what the centre confirms, in a person's words."""
    consola.print(f"[bold green]Acuse {receipt.numero} verificado.[/]")
    consola.print(
        f"El centro {receipt.aud} confirma que recibió, íntegros y guardados, el {receipt.completado} (UTC), "
        f"de la unidad {receipt.unidad}:",
        markup=False,
        soft_wrap=True,
    )
    for file in receipt.archivos:
        consola.print(f"  {file.nombre}  ({file.tamano_bytes:,} bytes)", markup=False, soft_wrap=True)
        consola.print(f"    SHA-256 {file.sha256}", markup=False, soft_wrap=True)
    consola.print(f"Está en la bitácora, lugar {receipt.indice}.")
