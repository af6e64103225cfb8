"""Which years a transmission sends: the table of cases at the turn of the year, and what always holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.model import Ambito, DiaDelAnio, Ejercicio, TipoTransmision
from sigasers.siga.export.years import Overrides, YearFacts, decide

S, P = Ambito.SISTEMA, Ambito.PROGRAMACION
# What the case is, date, years with movements, years with metas, what PERIÓDICA sends. DIARIA sends those of ``S``.
CASES = [
    ("31 December: the new year is still the programming year", date(2026, 12, 31), {2025, 2026}, {2026, 2027},
     [(2026, S), (2027, P)]),
    ("31 December: the next year's first pedidos are there early, and change nothing", date(2026, 12, 31),
     {2026, 2027}, {2026, 2027}, [(2026, S), (2027, P)]),
    ("1 January, empty new year: it is the system year, without movement; the closed one still goes",
     date(2027, 1, 1), {2026}, {2026}, [(2027, S), (2028, P), (2026, S)]),
    ("1 January: the programming year of yesterday is the system year of today", date(2027, 1, 1), {2026},
     {2026, 2027}, [(2027, S), (2028, P), (2026, S)]),
    ("15 January: the new year moves, late entries are made in the closed one", date(2027, 1, 15), {2026, 2027},
     {2026, 2027}, [(2027, S), (2028, P), (2026, S)]),
    ("31 March: the last day of the closed year", date(2027, 3, 31), {2026, 2027}, {2026, 2027},
     [(2027, S), (2028, P), (2026, S)]),
    ("1 April: the closed year goes no more", date(2027, 4, 1), {2026, 2027}, {2026, 2027}, [(2027, S), (2028, P)]),
    ("a unit in its first year has no closed one", date(2027, 2, 1), {2027}, {2027}, [(2027, S), (2028, P)]),
    ("an old copy of a database stays in its own year", date(2026, 11, 28), {2020, 2021}, {2021},
     [(2021, S), (2022, P)]),
    ("a unit that slept a year, with metas for this one", date(2026, 11, 28), {2024}, {2024, 2026},
     [(2026, S), (2027, P)]),
    ("before the first movement: the newest year with metas that has begun", date(2026, 2, 1), set(), {2026, 2027},
     [(2026, S), (2027, P)]),
]  # fmt: skip


def years_of(
    tipo: TipoTransmision, on: date, moved: set[int], metas: set[int], **overrides: object
) -> list[tuple[int, Ambito]]:
    found = decide(YearFacts.of(moved, metas), on, Overrides(**overrides))  # type: ignore[arg-type]
    assert found is not None
    return [(anio.value, ambito) for anio, ambito in found.of(tipo)]


@pytest.mark.parametrize(("case", "on", "moved", "metas", "sent"), CASES, ids=[case[0] for case in CASES])
def test_the_table_of_the_turn_of_the_year(
    case: str, on: date, moved: set[int], metas: set[int], sent: list[tuple[int, Ambito]]
) -> None:
    """PERIÓDICA sends all of them, DIARIA all but the programming year."""
    assert years_of(TipoTransmision.PERIODICA, on, moved, metas) == sent
    assert years_of(TipoTransmision.DIARIA, on, moved, metas) == [each for each in sent if each[1] is S]


def test_the_closing_day_is_a_setting() -> None:
    """To the day itself, inclusive."""
    for day, closed in ((15, [2026]), (16, [])):
        sent = years_of(
            TipoTransmision.DIARIA, date(2027, 2, day), {2026, 2027}, {2027}, cierre=DiaDelAnio(2, 15)
        )
        assert [anio for anio, _ in sent[1:]] == closed


def test_overrides_come_before_the_database() -> None:
    """A programming year that is the system year already is not sent twice: the system year's package has it."""
    on, years = date(2026, 5, 1), {2025, 2026}
    assert years_of(TipoTransmision.PERIODICA, on, years, years, sistema=Ejercicio(2025)) == [
        (2025, S),
        (2026, P),
    ]
    assert years_of(TipoTransmision.PERIODICA, on, years, years, programacion=Ejercicio(2028)) == [
        (2026, S),
        (2028, P),
    ]
    assert years_of(TipoTransmision.PERIODICA, on, years, years, programacion=Ejercicio(2026)) == [(2026, S)]


def test_a_database_without_any_year_tells_none() -> None:
    """Not guessed by the calendar; and a typing mistake of a year to come is no system year."""
    assert decide(YearFacts.of((), ()), date(2026, 5, 1), Overrides()) is None
    assert decide(YearFacts.of({2062}, ()), date(2026, 5, 1), Overrides()) is None
    assert decide(YearFacts.of((), ()), date(2026, 5, 1), Overrides(sistema=Ejercicio(2026))) is not None


@given(
    st.sets(st.integers(1980, 2210)), st.sets(st.integers(1980, 2210)), st.dates(date(1995, 1, 1), date(2190, 1, 1)),
    st.sampled_from(TipoTransmision),
)  # fmt: skip
def test_no_year_twice_and_none_of_the_future_as_system_year(
    moved: set[int], metas: set[int], on: date, tipo: TipoTransmision
) -> None:
    """Whatever rows a database has."""
    found = decide(YearFacts.of(moved, metas), on, Overrides())
    if found is None:
        return
    sent = [anio for anio, _ in found.of(tipo)]
    assert len(set(sent)) == len(sent)
    assert sent[0] == found.sistema
    assert found.sistema.value <= on.year
    assert (found.programacion in sent) == (tipo is TipoTransmision.PERIODICA)
    assert found.cerrado is None or (found.cerrado.value == on.year - 1 and (on.month, on.day) <= (3, 31))
