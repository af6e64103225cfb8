"""What an export tells while it runs. Whoever shows it must be quick: the workers wait."""

from typing import Protocol

from sigasers.formats.manifest import TableManifest
from sigasers.model import Ejercicio


class Progress(Protocol):
    """Told from several threads, one call at a time."""

    def year_started(self, anio: Ejercicio, raiz: str, tables: int) -> None:
        """The export of a year begins: ``tables`` will be told of."""

    def table_done(self, table: TableManifest) -> None:
        """One table is finished, well or not."""

    def note(self, text: str) -> None:
        """Something the operator should know, in Spanish."""
