"""The command ``sigasers``: the three programs as groups, and the demo."""

import click

from sigasers.cli.centro import grupo as centro
from sigasers.cli.demo import demo
from sigasers.cli.sers import grupo as sers
from sigasers.cli.siga import grupo as siga


@click.group("sigasers", no_args_is_help=True)
def grupo() -> None:
    """Exporta la base del SIGA, la envía y la recibe con acuses firmados.

    «siga», «sers» y «centro» son también órdenes por separado.
    """


grupo.add_command(siga)
grupo.add_command(sers)
grupo.add_command(centro)
grupo.add_command(demo)
