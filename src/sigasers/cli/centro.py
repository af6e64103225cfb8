"""The command ``centro``: the receiving centre. Each order is a module of its own."""

import click

from sigasers.cli.centro_bitacora import bitacora
from sigasers.cli.centro_cronograma import cronograma
from sigasers.cli.centro_estado import envios, estado
from sigasers.cli.centro_iniciar import iniciar
from sigasers.cli.centro_unidad import unidad


@click.group("centro", no_args_is_help=True)
def grupo() -> None:
    """Recibe lo que envían las unidades, firma sus acuses y da su veredicto."""


grupo.add_command(iniciar)
grupo.add_command(unidad)
grupo.add_command(estado)
grupo.add_command(envios)
grupo.add_command(bitacora)
grupo.add_command(cronograma)
