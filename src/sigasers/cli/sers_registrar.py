"""``sers registrar``: the guide's REGISTRAR, from an identity file and a one-time code to a profile that can send."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, confirm, consola, is_terminal, typed_line

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.keys.trust import Trust

CODE_VARIABLE = "SIGASERS_CODIGO"
_MAX_CODE_CHARS = 200


@click.command("registrar")
@click.option(
    "--identidad",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="ARCHIVO",
    help="Certificado de identidad SERS que entregó el centro.",
)
@click.option("--huella", metavar="HUELLA", help="Huella del centro, recibida por otro medio; se compara.")
@click.option("--si", is_flag=True, help="No pregunta si la huella coincide (usted ya la comparó).")
@click.option(
    "--codigo-por-entrada",
    is_flag=True,
    help="Lee el código de un solo uso de la entrada estándar (o use la variable SIGASERS_CODIGO).",
)
@con_instalacion
def registrar(
    instalacion: Installation, identidad: Path, huella: str | None, *, si: bool, codigo_por_entrada: bool
) -> None:
    """Registra este equipo en el centro con un archivo de identidad y un código de un solo uso.

    Si se interrumpe, ejecútela otra vez: continúa con la misma llave.
    """
    from sigasers.sers import register
    from sigasers.sers.clock import SystemClock

    file, trust = register.read_identity(identidad)
    consola.print(f"Unidad: {file.unidad.nemonico} {file.unidad.nombre}", markup=False, soft_wrap=True)
    consola.print(f"Sistema: {file.sistema}", markup=False)
    _confirm(trust, huella, sure=si)
    done = register.register(
        instalacion.sers, file, trust, ask_code=lambda: _code(codigo_por_entrada), clock=SystemClock()
    )
    consola.print("[bold green]Registrado.[/] El centro respondió a nuestro certificado.")
    consola.print(f"  Registro: {done.registro}", markup=False)
    consola.print(f"  Certificado vigente hasta: {done.expires.at:%d/%m/%Y}")
    consola.print(f"  Carpeta de salida: {done.source_out}", markup=False, soft_wrap=True)
    consola.print("Siguiente paso: exporte con «siga exportar» y envíe con «sers enviar».")


def _confirm(trust: Trust, given: str | None, *, sure: bool) -> None:
    """Show the huella and have it compared: by us with ``given``, else by the person."""
    from sigasers.errors.sers import HuellaMismatchError
    from sigasers.keys.trust import show_huella
    from sigasers.sers.register import check_huella

    consola.print("Huella del centro:")
    consola.print(f"  [bold]{show_huella(trust.huella)}[/]", soft_wrap=True)
    if given is not None:
        check_huella(trust, given)
        consola.print("Coincide con la indicada.")
    elif not sure:
        question = "¿Es igual a la que le dio el centro por otro medio (teléfono, oficio)?"
        if not confirm(question, default=False):
            raise HuellaMismatchError("not confirmed", huella=show_huella(trust.huella))


def _code(from_input: bool) -> str:  # noqa: FBT001 - the value of a flag
    """Give the one-time code, from where it stands in no list of processes; raises ``NoCodeError``."""
    from sigasers.errors.sers import NoCodeError

    if from_input:
        code = typed_line(_MAX_CODE_CHARS)
    else:
        code = os.environ.get(CODE_VARIABLE, "")
        if not code and is_terminal():
            code = click.prompt("Código de un solo uso (no se muestra)", hide_input=True)
    if not code.strip():
        raise NoCodeError("no one-time code")
    return str(code).strip()
