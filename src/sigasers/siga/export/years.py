"""Which years a transmission sends, decided from what the database holds, the date and the settings. No I/O.

The rules, and the table of cases at the turn of the year, are in ``docs/decisions/0022-which-years.md``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sigasers.model import Ambito, DiaDelAnio, Ejercicio, TipoTransmision

Year = tuple[Ejercicio, Ambito]
USUAL_CLOSING = DiaDelAnio(3, 31)  # late entries of a closed year are made until then


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """Years in which the unit has movements (pedidos, órdenes, almacén), and years for which it has metas."""

    movimientos: frozenset[int]
    metas: frozenset[int]

    @classmethod
    def of(cls, movimientos: Iterable[int], metas: Iterable[int]) -> "YearFacts":
        """Give the facts, years out of range left out."""
        bounds = range(1990, 2200)
        return cls(
            movimientos=frozenset(year for year in movimientos if year in bounds),
            metas=frozenset(year for year in metas if year in bounds),
        )


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """What the settings say instead; ``None``: nothing. ``cierre`` is the last day of the closed year."""

    sistema: Ejercicio | None = None
    programacion: Ejercicio | None = None
    cierre: DiaDelAnio = USUAL_CLOSING


@dataclass(frozen=True, kw_only=True)
class Years:
    """The years of a unit on a day.

    ``cerrado`` is the year before ``sistema`` as long as late entries are expected in it. ``programacion`` is ``None``
    where the settings name a year that is the system year already: its package holds all of the programming.
    ``sistema_base`` is the year that the database itself tells, ``None`` if it tells none.
    """

    sistema: Ejercicio
    programacion: Ejercicio | None
    cerrado: Ejercicio | None
    sistema_base: Ejercicio | None

    def of(self, tipo: TipoTransmision) -> list[Year]:
        """Give what a transmission of ``tipo`` sends, in its order: system year, programming year, closed year."""
        sent = [(self.sistema, Ambito.SISTEMA)]
        if tipo is TipoTransmision.PERIODICA and self.programacion is not None:
            sent.append((self.programacion, Ambito.PROGRAMACION))
        if self.cerrado is not None:
            sent.append((self.cerrado, Ambito.SISTEMA))
        return sent

    def role_of(self, anio: Ejercicio) -> Ambito:
        """Give the role in which ``anio`` goes where it is asked for by itself."""
        return Ambito.PROGRAMACION if anio == self.programacion else Ambito.SISTEMA


def decide(facts: YearFacts, today: date, overrides: Overrides) -> Years | None:
    """Give the years on ``today`` (the unit's own date); ``None`` where nobody tells the system year."""
    told = system_year(facts, today.year)
    base = None if told is None else Ejercicio(told)
    sistema = overrides.sistema or base
    if sistema is None:
        return None
    programacion = overrides.programacion or _after(sistema)
    return Years(
        sistema=sistema,
        programacion=programacion if programacion != sistema else None,
        cerrado=_closed(facts, sistema, today, overrides.cierre),
        sistema_base=base,
    )


def system_year(facts: YearFacts, current: int) -> int | None:
    """Give the system year that the database tells in the calendar year ``current``.

    The newest year with movements that has begun. When the calendar has gone one year further, that next year: it is
    the system year from 1 January, before its first movement. Further on it is only if it has metas: else the
    database is an old copy. Without movements, the newest year with metas that has begun.
    """
    moved = max((year for year in facts.movimientos if year <= current), default=None)
    if moved is None:
        return max((year for year in facts.metas if year <= current), default=None)
    return current if moved >= current - 1 or current in facts.metas else moved


def _closed(facts: YearFacts, sistema: Ejercicio, today: date, cierre: DiaDelAnio) -> Ejercicio | None:
    """Give the year that is closed but still sent: the one before, where it has rows, until its closing day."""
    before = sistema.value - 1
    late = sistema.value == today.year and today <= cierre.en(today.year)
    return Ejercicio(before) if late and before in facts.movimientos | facts.metas else None


def _after(anio: Ejercicio) -> Ejercicio | None:
    return Ejercicio(anio.value + 1) if anio.value < 2199 else None
