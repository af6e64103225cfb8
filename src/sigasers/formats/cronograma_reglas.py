"""The parts of a schedule (``docs/spec/schedule.md``): rules, single turnos, and how their days and times are written.

Whoever needs a schedule imports ``formats.cronograma``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Self, TypeVar

from sigasers.errors.cronograma import BadScheduleError
from sigasers.formats.json_fields import Fields
from sigasers.model import TipoTransmision

MAX_HOURS = 48
MIN_YEAR, MAX_YEAR = 1990, 2199  # those of ``Ejercicio``
_HOUR = re.compile(r"[0-9]{2}:[0-9]{2}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Regla:
    """On these days at these times a transmission of this kind is due.

    ``horas``: 1 to 48 different whole minutes of the day, local. ``dias_mes``: 1 to 31, where a day that a month lacks
    is its last day; ``dias_semana``: 1 (Monday) to 7. ``None`` limits nothing; a day must be in both if both are given.
    """

    tipo: TipoTransmision
    horas: tuple[time, ...]
    dias_mes: frozenset[int] | None = None
    dias_semana: frozenset[int] | None = None

    def __post_init__(self) -> None:
        demand(1 <= len(self.horas) <= MAX_HOURS, f"una regla tiene de 1 a {MAX_HOURS} horas")
        demand(len(set(self.horas)) == len(self.horas), "una regla repite una hora")
        for hour in self.horas:
            _check_hour(hour)
        demand(_are_days(self.dias_mes, 31), "un día del mes va de 1 a 31")
        demand(_are_days(self.dias_semana, 7), "un día de la semana va de 1 (lunes) a 7 (domingo)")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read one of ``reglas``; raises ``FormatError``."""
        return cls(
            tipo=fields.parsed("tipo", TipoTransmision),
            horas=each(fields, "horas", read_hour, MAX_HOURS),
            dias_mes=_days(fields, "dias_mes", 31),
            dias_semana=_days(fields, "dias_semana", 7),
        )

    def to_json(self) -> dict[str, object]:
        """Give its members."""
        return {
            "tipo": self.tipo.value,
            "horas": [hour_text(hour) for hour in self.horas],
            "dias_mes": None if self.dias_mes is None else sorted(self.dias_mes),
            "dias_semana": None if self.dias_semana is None else sorted(self.dias_semana),
        }


@dataclass(frozen=True, kw_only=True)
class Adicional:
    """One turno beside the rules; it stands on an excluded date too."""

    tipo: TipoTransmision
    fecha: date
    hora: time

    def __post_init__(self) -> None:
        _check_hour(self.hora)
        check_date(self.fecha)

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read one of ``adicionales``; raises ``FormatError``."""
        return cls(
            tipo=fields.parsed("tipo", TipoTransmision),
            fecha=fields.parsed("fecha", read_date),
            hora=fields.parsed("hora", read_hour),
        )

    def to_json(self) -> dict[str, object]:
        """Give its members."""
        return {"tipo": self.tipo.value, "fecha": self.fecha.isoformat(), "hora": hour_text(self.hora)}


def demand(holds: bool, motivo: str) -> None:  # noqa: FBT001 - a claim and the sentence for its failing
    """Raise ``BadScheduleError`` with the Spanish ``motivo`` unless the claim holds."""
    if not holds:
        raise BadScheduleError("schedule out of bounds", motivo=motivo)


def check_date(day: date) -> None:
    """Raise ``BadScheduleError`` for a date that no turno can have."""
    demand(MIN_YEAR <= day.year <= MAX_YEAR, f"una fecha no es de los años {MIN_YEAR} a {MAX_YEAR}")


def each(fields: Fields, name: str, read: Callable[[str], T], most: int) -> tuple[T, ...]:
    """Give a list of texts, each as ``read`` reads it, all different."""
    try:
        found = tuple(read(text) for text in fields.texts(name, max_items=most))
    except ValueError as error:
        raise BadScheduleError(
            f"{name} holds no value of its kind", motivo=f"«{name}» tiene un valor que no vale"
        ) from error
    demand(len(set(found)) == len(found), f"«{name}» repite un valor")
    return found


def read_hour(text: str) -> time:
    """Read ``HH:MM``; raises ``ValueError``."""
    if not _HOUR.fullmatch(text) or text.startswith("24"):
        raise ValueError("no HH:MM")
    return time.fromisoformat(text)


def hour_text(hour: time) -> str:
    """Give ``HH:MM``."""
    return hour.isoformat(timespec="minutes")


def read_date(text: str) -> date:
    """Read ``YYYY-MM-DD``; raises ``ValueError``."""
    if not _DATE.fullmatch(text):
        raise ValueError("no YYYY-MM-DD")
    return date.fromisoformat(text)


def _days(fields: Fields, name: str, most: int) -> frozenset[int] | None:
    if not fields.optional(name):
        return None
    items = fields.items(name, max_items=most)
    numbers = frozenset(item for item in items if isinstance(item, int) and not isinstance(item, bool))
    demand(len(numbers) == len(items), f"«{name}» no es una lista de días diferentes")
    return numbers


def _check_hour(hour: time) -> None:
    whole = hour.tzinfo is None and not (hour.second or hour.microsecond or hour.fold)
    demand(whole, "una hora no es de minutos enteros")


def _are_days(days: frozenset[int] | None, highest: int) -> bool:
    return days is None or (bool(days) and all(1 <= day <= highest for day in days))
