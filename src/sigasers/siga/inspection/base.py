"""The database that the catalogue is held against: opened in one place, and whose rows of which year are counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sigasers.errors.siga import YearUnknownError
from sigasers.model import Ejercicio, Nemonico
from sigasers.siga.configuration import Configuration
from sigasers.siga.export.units import find_unit, year_facts
from sigasers.siga.export.year_settings import overrides_of
from sigasers.siga.export.years import decide
from sigasers.siga.passwords import Secrets
from sigasers.siga.sources import Snapshot
from sigasers.siga.sources.opening import open_source


@dataclass(frozen=True, kw_only=True)
class Place:
    """An installation's settings, its passwords, and the exporter's own folder."""

    siga_folder: Path
    configuration: Configuration
    secrets: Secrets

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Open one state with one lane; raises the errors of ``errors.siga`` and ``errors.sources``."""
        opened = open_source(self.configuration, self.secrets).open_snapshot(lanes=1)
        try:
            yield opened
        finally:
            opened.close()

    def unit_year(self, snapshot: Snapshot, anio: Ejercicio | None) -> tuple[Nemonico, Ejercicio]:
        """Give the unit and the year to count: as chosen, as configured, or as the database tells."""
        unit = find_unit(snapshot, self.configuration.unidad, self.configuration.base_nombre).nemonico
        year = anio or self.configuration.anio_sistema
        return unit, year or self._system_year(snapshot, unit)

    def _system_year(self, snapshot: Snapshot, unit: Nemonico) -> Ejercicio:
        today = datetime.now(self.configuration.zona_horaria).date()
        years = decide(year_facts(snapshot, unit), today, overrides_of(self.configuration, None))
        if years is None:
            raise YearUnknownError("no year with rows", unidad=unit)
        return years.sistema
