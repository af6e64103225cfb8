"""Where the unit's schedule comes from: the centre's profile, else the SIGA database, else ``siga.toml``.

A source that cannot be asked keeps its last word: hours are not forgotten because a server is down. Nothing is written.
"""

from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self

from sigasers import mensajes
from sigasers.errors import SigasersError
from sigasers.errors.siga import NoProfileError, ScheduleMissingError, UnitNotChosenError
from sigasers.formats.cronograma import Cronograma
from sigasers.model import Instant, Nemonico
from sigasers.siga.configuration import Configuration
from sigasers.siga.export.units import find_unit
from sigasers.siga.history import History
from sigasers.siga.passwords import Secrets
from sigasers.siga.profile import profile_exists, read_profile
from sigasers.siga.schedule.in_database import read_schedule
from sigasers.siga.schedule.in_settings import schedule_of
from sigasers.siga.sources.opening import open_source
from sigasers.siga.turno_book import SeenSchedule

_NONE = "Ni el centro, ni la base de datos, ni siga.toml lo dicen"


class Origen(Enum):
    """Who gives the schedule; the values stand in the history."""

    CENTRO = "centro"
    BASE = "base"
    CONFIGURACION = "configuracion"

    @property
    def palabras(self) -> str:
        """How an operator reads it."""
        return {
            Origen.CENTRO: "el centro (perfil del SERS)",
            Origen.BASE: "la base de datos del SIGA",
            Origen.CONFIGURACION: "siga.toml, sección [cronograma]",
        }[self]


@dataclass(frozen=True, kw_only=True)
class FoundSchedule:
    """The schedule in force, its unit, where it came from and when it was read there.

    ``recordado``: its source could not be asked now. ``notas`` are Spanish: why a source before it gave none, and what
    was not understood.
    """

    cronograma: Cronograma
    unidad: Nemonico
    origen: Origen
    visto: Instant
    recordado: bool = False
    notas: tuple[str, ...] = ()


@dataclass(kw_only=True)
class ScheduleFinder:
    """Asks the sources in their order; ``seen`` is the schedule as last seen, ``profile_seen`` the newest profile."""

    configuration: Configuration
    siga_folder: Path
    secrets: Secrets
    seen: SeenSchedule | None
    profile_seen: tuple[int, int]
    now: Instant

    @classmethod
    def of(
        cls,
        history: History | None,
        configuration: Configuration,
        siga_folder: Path,
        secrets: Secrets,
        now: Instant,
    ) -> Self:
        """Give the finder of an installation; without a history nothing was seen yet."""
        return cls(
            configuration=configuration,
            siga_folder=siga_folder,
            secrets=secrets,
            seen=history.turnos.seen() if history else None,
            profile_seen=history.profile_seen() if history else (0, 0),
            now=now,
        )

    def __post_init__(self) -> None:
        self._notes: list[str] = []
        self._unit = self.configuration.unidad or (self.seen.unidad if self.seen else None)

    def find(self) -> FoundSchedule:
        """Give the schedule in force; raises ``ScheduleMissingError``, ``UnitNotChosenError``."""
        for origen, ask in (
            (Origen.CENTRO, self._of_centre),
            (Origen.BASE, self._of_database),
            (Origen.CONFIGURACION, self._of_settings),
        ):
            try:
                found = ask()
            except UnitNotChosenError:
                raise
            except SigasersError as error:
                sentence = mensajes.sentence(error.code, error.fields)
                self._notes.append(f"{origen.palabras}: {sentence.que} {sentence.porque} ({error.code})")
                if self.seen is not None and self.seen.origen == origen.value:
                    return remembered(self.seen, *self._notes)
            else:
                if found is not None:
                    return self._found(found, origen)
        raise ScheduleMissingError("no source gives one", motivo="; ".join(self._notes).rstrip(".") or _NONE)

    def _of_centre(self) -> Cronograma | None:
        sers = self.configuration.ruta_instalacion_sers
        if not profile_exists(sers):
            if self.seen is not None and self.seen.origen == Origen.CENTRO.value:
                raise NoProfileError("the profile is gone", ruta=str(sers))
            return None
        unit = self._unit or self._ask_unit()
        found = read_profile(sers, self.siga_folder, unit, seen=self.profile_seen)
        document = found.profile.cronograma
        return None if document is None else Cronograma.parse(document)

    def _of_database(self) -> Cronograma | None:
        if self.configuration.base is None:
            return None
        with closing(open_source(self.configuration, self.secrets).open_snapshot(lanes=1)) as snapshot:
            unit = find_unit(snapshot, self.configuration.unidad, self.configuration.base_nombre)
            self._unit = unit.nemonico
            read = read_schedule(snapshot, unit.nemonico, self.configuration.zona_horaria)
        self._notes += read.notas
        return read.cronograma

    def _of_settings(self) -> Cronograma | None:
        section = self.configuration.cronograma
        return None if section is None else schedule_of(section, self.configuration.zona_horaria)

    def _ask_unit(self) -> Nemonico:
        with closing(open_source(self.configuration, self.secrets).open_snapshot(lanes=1)) as snapshot:
            self._unit = find_unit(snapshot, None, self.configuration.base_nombre).nemonico
        return self._unit

    def _found(self, cronograma: Cronograma, origen: Origen) -> FoundSchedule:
        if self._unit is None:
            raise UnitNotChosenError("no unit", presentes="no se pudo preguntar a la base")
        return FoundSchedule(
            cronograma=cronograma,
            unidad=self._unit,
            origen=origen,
            visto=self.now,
            notas=tuple(self._notes),
        )


def remembered(seen: SeenSchedule, *notas: str) -> FoundSchedule:
    """Give the schedule as it was last seen."""
    return FoundSchedule(
        cronograma=Cronograma.parse_bytes(seen.documento.encode()),
        unidad=seen.unidad,
        origen=Origen(seen.origen),
        visto=seen.visto,
        recordado=True,
        notas=notas,
    )
