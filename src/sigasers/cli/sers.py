"""The command ``sers``: the agent of a unit. Each order is a module of its own."""

import click

from sigasers.cli.sers_acuse import acuse
from sigasers.cli.sers_enviar import enviar
from sigasers.cli.sers_estado import estado
from sigasers.cli.sers_registrar import registrar
from sigasers.cli.sers_servicio import servicio


@click.group("sers", no_args_is_help=True)
def grupo() -> None:
    """Envía al centro los archivos de SourceOut y guarda sus acuses y constancias."""


grupo.add_command(registrar)
grupo.add_command(enviar)
grupo.add_command(servicio)
grupo.add_command(estado)
grupo.add_command(acuse)
