"""The schedule of a unit as a value, and its JSON (``docs/spec/schedule.md``).

It says when a unit is to transmit; which instants follow from it is ``protocol.cronograma``'s to say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Self
from zoneinfo import ZoneInfo

from sigasers.errors.cronograma import BadScheduleError
from sigasers.errors.formats import FormatError, FormatTooNewError
from sigasers.formats import strict_json
from sigasers.formats.cronograma_reglas import Adicional, Regla, check_date, demand, each, read_date
from sigasers.formats.json_fields import Fields
from sigasers.formats.turno import TurnoId

__all__ = ["Adicional", "Cronograma", "Regla", "TurnoId", "zone_names"]

VERSION = 1
MAX_BYTES = 128 << 10  # 32 rules, 400 dates and 400 turnos take half of it
MAX_RULES = 32
MAX_TIMES = 96  # different times of day in all rules: the task that asks runs each quarter of an hour
MAX_DATES = 400
MAX_SPREAD_MIN = 120
MIN_DEADLINE_MIN, MAX_DEADLINE_MIN = 15, 7 * 24 * 60
_LEAP_YEAR = 2000  # in which each month has all the days that it can have
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")


@cache
def zone_names() -> frozenset[str]:
    """Give the names of zones that a schedule may have: those of the tz database, the same on every system.

    ``ZoneInfo`` alone takes names of files that differ between machines (``localtime``), and fails on folders.
    """
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@dataclass(frozen=True, kw_only=True)
class Cronograma:
    """When a unit transmits. All dates and times are local to ``zona``.

    ``excluidas``: dates on which no rule holds. ``dispersion_min``: minutes over which starts are spread, less than
    ``plazo_min``: minutes from a turno's opening in which an answer is on time. ``cierre``: month and day of the new
    year until which (inclusive) the year that was closed goes on being sent. ``desde``: first date with turnos.
    Raises ``BadScheduleError``.
    """

    zona: ZoneInfo
    reglas: tuple[Regla, ...]
    excluidas: frozenset[date] = frozenset()
    adicionales: tuple[Adicional, ...] = ()
    dispersion_min: int = 0
    plazo_min: int = 24 * 60
    cierre: tuple[int, int] | None = None
    desde: date | None = None

    def __post_init__(self) -> None:
        demand(self.zona.key in zone_names(), "la zona horaria no existe")
        demand(1 <= len(self.reglas) <= MAX_RULES, f"un cronograma tiene de 1 a {MAX_RULES} reglas")
        times = {(rule.tipo, hour) for rule in self.reglas for hour in rule.horas}
        demand(len(times) <= MAX_TIMES, f"hay más de {MAX_TIMES} horas diferentes en un día")
        demand(len(self.excluidas) <= MAX_DATES, f"hay más de {MAX_DATES} fechas excluidas")
        demand(len(self.adicionales) <= MAX_DATES, f"hay más de {MAX_DATES} turnos adicionales")
        for day in (*self.excluidas, *([self.desde] if self.desde else [])):
            check_date(day)
        self._check_minutes()
        demand(self.cierre is None or _is_day(*self.cierre), "el día de cierre no existe")

    def _check_minutes(self) -> None:
        spread, deadline = self.dispersion_min, self.plazo_min
        demand(0 <= spread <= MAX_SPREAD_MIN, f"la dispersión va de 0 a {MAX_SPREAD_MIN} minutos")
        in_range = MIN_DEADLINE_MIN <= deadline <= MAX_DEADLINE_MIN
        demand(in_range, f"el plazo va de {MIN_DEADLINE_MIN} a {MAX_DEADLINE_MIN} minutos")
        demand(spread < deadline, "la dispersión no es menor que el plazo")

    @classmethod
    def parse(cls, members: Mapping[str, object]) -> Self:
        """Read members as ``strict_json`` gives them; unknown ones are ignored.

        Raises ``FormatTooNewError`` (an unknown version or critical member) or ``BadScheduleError``.
        """
        try:
            return cls._read(Fields(dict(members), "cronograma"))
        except (BadScheduleError, FormatTooNewError):
            raise
        except FormatError as error:
            dato = error.fields.get("dato", "v")
            raise BadScheduleError(error.detail, motivo=f"«{dato}» falta, o no es de su tipo") from error

    @classmethod
    def parse_bytes(cls, data: bytes) -> Self:
        """Read a file's JSON text; raises ``BadJsonError``, and as ``parse``."""
        value = strict_json.loads(data, max_bytes=MAX_BYTES)
        return cls.parse(value if isinstance(value, dict) else {})

    @classmethod
    def _read(cls, fields: Fields) -> Self:
        fields.check_version("cronograma", VERSION)
        return cls(
            zona=fields.parsed("zona", _zone),
            reglas=tuple(Regla.parse(item) for item in fields.objects("reglas", max_items=MAX_RULES)),
            excluidas=frozenset(each(fields, "excluidas", read_date, MAX_DATES)),
            adicionales=tuple(
                Adicional.parse(item) for item in fields.objects("adicionales", max_items=MAX_DATES)
            ),
            dispersion_min=fields.integer("dispersion_min"),
            plazo_min=fields.integer("plazo_min"),
            cierre=fields.parsed("cierre", _month_day) if fields.optional("cierre") else None,
            desde=fields.parsed("desde", read_date) if fields.optional("desde") else None,
        )

    def to_json(self) -> dict[str, object]:
        """Give the members, in order; equal schedules give equal members."""
        return {
            "v": VERSION,
            "crit": [],
            "zona": self.zona.key,
            "reglas": [rule.to_json() for rule in self.reglas],
            "excluidas": [day.isoformat() for day in sorted(self.excluidas)],
            "adicionales": [item.to_json() for item in self.adicionales],
            "dispersion_min": self.dispersion_min,
            "plazo_min": self.plazo_min,
            "cierre": "{:02}-{:02}".format(*self.cierre) if self.cierre else None,
            "desde": self.desde.isoformat() if self.desde else None,
        }


def _zone(text: str) -> ZoneInfo:
    if text not in zone_names():
        raise ValueError("no zone of the tz database")
    return ZoneInfo(text)


def _month_day(text: str) -> tuple[int, int]:
    found = _MONTH_DAY.fullmatch(text)
    if not found:
        raise ValueError("no MM-DD")
    return int(found[1]), int(found[2])


def _is_day(month: int, day: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
