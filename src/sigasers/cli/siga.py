"""The command ``siga``: the exporter. Each order is a module of its own."""

import click

from sigasers.cli.siga_base_demo import base_demo


@click.group("siga", no_args_is_help=True)
def grupo() -> None:
    """Exporta la información del SIGA: un archivo RAR y su registro HTML por cada año."""


grupo.add_command(base_demo)
