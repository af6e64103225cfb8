"""One export as the command makes it, but for some parts: arguments folder, then ``orders``, ``sums`` or ``lanes``.

The settings are those of ``siga.toml`` in the folder, as for the command; what is left out has no switch there.
"""

import sys
from pathlib import Path

from scripts.bench.bases import YEAR
from sigasers.formats.manifest import TableManifest
from sigasers.host.installation import Installation
from sigasers.model import Ejercicio, TipoTransmision
from sigasers.siga.configuration import load_configuration
from sigasers.siga.export.parts import Parts
from sigasers.siga.export.run import Order, Run


class _Silent:
    """Tells nobody."""

    def year_started(self, anio: Ejercicio, raiz: str, tables: int) -> None:
        """Say nothing."""

    def table_done(self, table: TableManifest) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""


def main(folder: str, *without: str) -> None:
    """Export the system year into the folder."""
    installation = Installation.under(Path(folder))
    parts = Parts(
        orders="orders" not in without, sums="sums" not in without, lanes=1 if "lanes" in without else 2
    )
    configuration = load_configuration(installation)
    run = Run(siga_folder=installation.siga, configuration=configuration, progress=_Silent(), parts=parts)
    run.export(Order(tipo=TipoTransmision.DIARIA, anio=YEAR))


if __name__ == "__main__":
    main(*sys.argv[1:])
