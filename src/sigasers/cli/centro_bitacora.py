"""``centro bitacora``: the log checked from its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sigasers.cli.core import con_instalacion, consola

if TYPE_CHECKING:
    from sigasers.host.installation import Installation


@click.group("bitacora", no_args_is_help=True)
def bitacora() -> None:
    """Comprueba la bitácora del centro."""


@bitacora.command("verificar")
@con_instalacion
def verificar(instalacion: Installation) -> None:
    """Calcula la bitácora de nuevo, asiento por asiento, y la compara con su punto de control firmado."""
    from sigasers.centro import administration

    size = administration.verify_log(instalacion.centro)
    consola.print(f"[bold green]La bitácora es correcta:[/] {size} asientos.")
