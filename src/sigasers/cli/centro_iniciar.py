"""``centro iniciar``: makes the centre at its first start, then runs it until it is stopped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola, is_terminal

if TYPE_CHECKING:
    from sigasers.centro.engine import Started
    from sigasers.centro.folders import Folders
    from sigasers.host.installation import Installation

PASSPHRASE_VARIABLE = "SIGASERS_CLAVE_RAIZ"  # noqa: S105 - the name of a variable
_PORT = click.IntRange(0, 65535)


@click.command("iniciar")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="DIRECCIÓN", help="Dirección donde escucha."
)
@click.option(
    "--puerto-inscripcion",
    type=_PORT,
    metavar="PUERTO",
    help="Puerto de inscripción (si falta: el de la primera vez, u 8443; 0: uno libre).",
)
@click.option(
    "--puerto-transmision",
    type=_PORT,
    metavar="PUERTO",
    help="Puerto de transmisión (si falta: el de la primera vez, u 8444; 0: uno libre).",
)
@click.option(
    "--nombres",
    metavar="NOMBRE[,NOMBRE...]",
    help="Nombres con que las unidades llegan al centro (si faltan: la dirección donde escucha).",
)
@click.option(
    "--raiz",
    "root_folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="CARPETA",
    help="Carpeta para la llave raíz, la primera vez; mejor en un medio que se pueda retirar.",
)
@con_instalacion
def iniciar(
    instalacion: Installation,
    host: str,
    puerto_inscripcion: int | None,
    puerto_transmision: int | None,
    nombres: str | None,
    root_folder: Path | None,
) -> None:
    """Inicia el centro y lo deja funcionando hasta Ctrl-C. La primera vez crea sus llaves.

    La llave raíz se guarda con una clave que se pide en la terminal, o que da la variable SIGASERS_CLAVE_RAIZ.
    """
    from sigasers.centro.engine import Order, run_engine
    from sigasers.centro.folders import Folders
    from sigasers.centro.logs import start_logs

    folders = Folders(root=instalacion.centro.absolute())
    names = tuple(name.strip() for name in (nombres or "").split(",") if name.strip())
    order = Order(
        folders=folders,
        host=host,
        names=names,
        enrolment_port=puerto_inscripcion,
        transmission_port=puerto_transmision,
        root_folder=root_folder.absolute() if root_folder else None,
        root_passphrase=_passphrase(folders),
    )
    with start_logs(folders):
        run_engine(order, _tell)
    consola.print("Centro detenido.")


def _passphrase(folders: Folders) -> str | None:
    """Give the passphrase of the root key to be made: of the environment, or asked from a person; else none."""
    from sigasers.centro.prepare import read_trust

    if read_trust(folders) is not None:
        return None
    given = os.environ.pop(PASSPHRASE_VARIABLE, "")  # out of what the processes started from here inherit
    if given or not is_terminal():
        return given or None
    asked: str = click.prompt(
        "Clave para guardar la llave raíz (Intro: sin clave)",
        default="",
        show_default=False,
        hide_input=True,
        confirmation_prompt="Repítala",
    )
    return asked or None


def _tell(started: Started) -> None:
    """Say that the centre is ready, and after the first start what to do with the root key."""
    from sigasers.keys.trust import show_huella

    if started.first:
        consola.print("[bold]Se creó el centro.[/] Huella de su raíz:")
        consola.print("  " + show_huella(started.trust.huella), soft_wrap=True)
        consola.print(
            "[bold yellow]Importante:[/] la llave raíz quedó "
            + ("con la clave que usted dio" if started.passphrase else "sin clave")
            + " en la carpeta de abajo. Llévela a un medio que se guarde fuera de línea y bórrela de aquí;"
            " el centro no la necesita para funcionar.",
            soft_wrap=True,
        )
        consola.print("  " + str(started.root_folder), markup=False, soft_wrap=True)
    if started.addresses.transmision != started.trust.document.transmision:
        consola.print(
            "[bold yellow]Atención:[/] las unidades conocen otra dirección: "
            + ", ".join(started.trust.document.transmision),
            soft_wrap=True,
        )
    consola.print(f"Centro listo. Id: {started.trust.centre_id}", soft_wrap=True)
    consola.print("  inscripción: " + ", ".join(started.addresses.inscripcion), soft_wrap=True)
    consola.print("  transmisión: " + ", ".join(started.addresses.transmision), soft_wrap=True)
    consola.print("Para detenerlo: Ctrl-C.")
