"""``siga auditoria``: who did what in this installation, and whether the file still says what it said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import con_permiso
from sigasers.cli.core import con_instalacion, consola
from sigasers.cli.siga_clave import con_clave, password_for

if TYPE_CHECKING:
    from sigasers.formats.audit_log import Entry, Head
    from sigasers.host.installation import Installation

_ARCHIVO = click.option(
    "--archivo",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Otro archivo de auditoría (si falta: auditoria.jsonl de la instalación).",
)


@click.group("auditoria", no_args_is_help=True)
def auditoria() -> None:
    """Muestra y verifica el archivo de auditoría: quién hizo qué, cuándo y en qué equipo."""


@auditoria.command("ver")
@click.option(
    "--ultimas", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Cuántas líneas."
)
@_ARCHIVO
@con_instalacion
@con_permiso("auditoria", solo_lee=True)
def ver(instalacion: Installation, ultimas: int, archivo: Path | None) -> None:
    """Muestra lo último que se hizo, lo más nuevo al final."""
    from collections import deque

    from sigasers.host.audit_check import entries

    for each in deque(entries(archivo or _path(instalacion)), maxlen=ultimas):
        consola.print(_line(each), markup=False, soft_wrap=True)


@auditoria.command("verificar")
@click.option(
    "--ancla",
    multiple=True,
    metavar="N:RESUMEN",
    help="Resumen que el archivo tuvo antes (lo da esta misma orden); se puede repetir.",
)
@click.option(
    "--paquete",
    multiple=True,
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    metavar="RAR",
    help="Paquete de esta unidad, que lleva el resumen de cuando se generó; se puede repetir.",
)
@con_clave
@_ARCHIVO
@con_instalacion
@con_permiso("auditoria", solo_lee=True)
def verificar(
    instalacion: Installation,
    ancla: tuple[str, ...],
    paquete: tuple[Path, ...],
    archivo: Path | None,
    *,
    por_entrada: bool,
) -> int:
    """Comprueba que nada se cambió ni se quitó. Termina con 1 si algo no corresponde.

    Anote fuera de este equipo el resumen que muestra: con él, o con un paquete ya enviado, se nota también si cortan el
    final o rehacen el archivo.
    """
    from sigasers.host.audit_check import verify

    anchors = [_head(each) for each in ancla]
    for rar in paquete:
        anchors += _carried(instalacion, rar, por_entrada=por_entrada)
    found = verify(archivo or _path(instalacion), anchors)
    if found.broken is not None:
        consola.print(
            f"No está íntegra: línea {found.broken.n}: {found.broken.motivo}.", markup=False, soft_wrap=True
        )
        consola.print(f"Hasta la línea {found.head.n}, todo corresponde.")
        return 1
    consola.print(f"Íntegra: {found.head.n} líneas.")
    if found.head.n:
        consola.print(f"Resumen para anotar fuera de este equipo: {found.head}", soft_wrap=True)
    if found.torn_bytes:
        consola.print(
            f"La última escritura quedó a medias ({found.torn_bytes} bytes); la próxima orden la aparta."
        )
    if found.backwards:
        consola.print(
            f"En {found.backwards} líneas la hora es anterior a la de la línea de arriba: el reloj fue atrasado."
        )
    return 0


def _path(instalacion: Installation) -> Path:
    from sigasers.host.audit import FILE_NAME

    return instalacion.siga / FILE_NAME


def _carried(instalacion: Installation, rar: Path, *, por_entrada: bool) -> list[Head]:
    """Give the head that a package carries; one made before there was an audit file carries none."""
    from sigasers.formats.package import PackageReader

    with rar.open("rb") as file:
        password = password_for(file, instalacion, por_entrada=por_entrada)
        head = PackageReader.open(file, password).manifest.auditoria
    if head is None:
        consola.print(f"Sin resumen de la auditoría: {rar.name}", markup=False, soft_wrap=True)
    return [head] if head else []


def _head(text: str) -> Head:
    from sigasers.errors.formats import FormatError
    from sigasers.formats.audit_log import Head

    try:
        return Head.parse(text.strip())
    except FormatError as error:
        raise click.BadParameter(
            "debe ser N:RESUMEN, como lo muestra esta orden.", param_hint="--ancla"
        ) from error


def _line(entry: Entry) -> str:
    """Give an entry for people; a file that others wrote may hold signs that a terminal obeys."""
    from sigasers.formats.visible_text import visible

    who = f"{entry.quien or '-'} ({entry.cuenta} en {entry.equipo})"
    data = " ".join(f"{name}={'-' if value is None else value}" for name, value in entry.datos.items())
    return visible(f"{entry.n} {entry.cuando} {who} {entry.hecho} {data}".rstrip())
