"""Unit, year and kind of transmission: the words of the guide as values."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sigasers.errors.model import InvalidValueError

_MAX_NAME = 250


class TipoTransmision(Enum):
    """PERIÓDICA: system year and programming year; DIARIA: system year alone (guide 4.3)."""

    PERIODICA = "PERIODICA"
    DIARIA = "DIARIA"

    @property
    def palabra(self) -> str:
        """How an operator reads it."""
        return "PERIÓDICA" if self is TipoTransmision.PERIODICA else "DIARIA"


class Ambito(Enum):
    """The role of a year in a run; it decides which tables go."""

    SISTEMA = "sistema"
    PROGRAMACION = "programacion"


@dataclass(frozen=True, order=True)
class Nemonico:
    """A unit's code: SEC_EJEC without leading zeros, 1 to 999999."""

    value: int

    def __post_init__(self) -> None:
        if not 1 <= self.value <= 999_999:
            raise InvalidValueError(
                "nemonico out of range", nombre="nemónico", esperado="un número de 1 a 999999"
            )

    @classmethod
    def parse(cls, text: str) -> "Nemonico":
        """Read ``1288`` or ``001288``; raises ``InvalidValueError``."""
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise InvalidValueError(
                "nemonico not a number", nombre="nemónico", esperado="un número de 1 a 999999"
            )
        return cls(int(text))

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, order=True)
class Ejercicio:
    """A fiscal year, 1990 to 2199."""

    value: int

    def __post_init__(self) -> None:
        if not 1990 <= self.value <= 2199:
            raise InvalidValueError("year out of range", nombre="año", esperado="un año de 1990 a 2199")

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, order=True)
class DiaDelAnio:
    """A day of every year, 01-01 to 12-31; 02-29 is the last of February."""

    mes: int
    dia: int

    def __post_init__(self) -> None:
        leap_year = 2000
        if not 1 <= self.mes <= 12 or not 1 <= self.dia <= calendar.monthrange(leap_year, self.mes)[1]:
            raise InvalidValueError(
                "no day of the year", nombre="día del año", esperado="MM-DD, de 01-01 a 12-31"
            )

    @classmethod
    def parse(cls, text: str) -> "DiaDelAnio":
        """Read ``03-31``, month first; raises ``InvalidValueError``."""
        found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", text)
        if not found:
            raise InvalidValueError(
                "not a day of the year", nombre="día del año", esperado="MM-DD, de 01-01 a 12-31"
            )
        return cls(int(found[1]), int(found[2]))

    def en(self, anio: int) -> date:
        """Give the day in the year ``anio``."""
        return date(anio, self.mes, min(self.dia, calendar.monthrange(anio, self.mes)[1]))

    def __str__(self) -> str:
        return f"{self.mes:02}-{self.dia:02}"


@dataclass(frozen=True, kw_only=True)
class UnidadEjecutora:
    """A unit with the name that its own database gives it (1 to 250 characters, no control characters)."""

    nemonico: Nemonico
    nombre: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.nombre) <= _MAX_NAME or any(ord(char) < 32 for char in self.nombre):
            raise InvalidValueError(
                "bad unit name", nombre="nombre de la unidad", esperado="1 a 250 caracteres"
            )
