"""The calculator of turnos against the vectors of its spec page and a naive oracle, minute by minute."""

import json
import time as clock
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.formats.cronograma import Cronograma, Regla, TurnoId
from sigasers.model import Ejercicio, Instant, Nemonico, TipoTransmision
from sigasers.protocol.cronograma import (
    MAX_COUNT,
    MAX_SPAN,
    closed_year,
    next_turnos,
    start_at,
    turno_of,
    turnos_between,
)
from tests.protocol.schedules import MAKER, make_vectors, naive_turnos, schedules

VECTORS = json.loads(MAKER.with_name("vectors.json").read_text(encoding="utf-8"))
Case = tuple[Cronograma, datetime, datetime]


def lima(*at: int) -> Instant:
    return Instant(datetime(*at, tzinfo=ZoneInfo("America/Lima")))  # type: ignore[misc,arg-type]


def daily(*hours: time, **members: object) -> Cronograma:
    """Give a schedule of one daily rule in Lima."""
    rule = Regla(tipo=TipoTransmision.DIARIA, horas=hours)
    return Cronograma(zona=ZoneInfo("America/Lima"), reglas=(rule,), **members)  # type: ignore[arg-type]


@pytest.mark.parametrize("vector", VECTORS["turnos"], ids=lambda vector: vector["caso"])
def test_turnos_are_the_vectors(vector: dict[str, object]) -> None:
    """31st, 29 February, holidays, coincidences, year's end, hours that a clock skips or shows twice."""
    cronograma = Cronograma.parse(vector["documento"])  # type: ignore[arg-type]
    after, until = Instant.parse(str(vector["despues_de"])), Instant.parse(str(vector["hasta"]))
    found = turnos_between(cronograma, after, until)
    assert [[turno.tipo.value, str(turno.abre), str(turno.id)] for turno in found] == vector["turnos"]


def test_vectors_are_what_their_script_makes() -> None:
    """The script is the spec page in code, and the file its output."""
    assert make_vectors() == VECTORS


@pytest.mark.parametrize(
    "vector", VECTORS["inicio"], ids=lambda vector: f"{vector['unidad']} {vector['turno']}"
)
def test_start_is_the_vectors(vector: dict[str, object]) -> None:
    """Another implementation must start the unit at the same second."""
    cronograma = daily(time(16, 30), dispersion_min=vector["dispersion_min"])
    turno_id = TurnoId.parse(str(vector["turno"]))
    (turno,) = next_turnos(cronograma, Instant(turno_id.local.replace(tzinfo=UTC)), 1)
    named = type(turno)(tipo=turno_id.tipo, abre=turno.abre, vence=turno.vence, id=turno_id)
    started = start_at(named, cronograma, Nemonico.parse(str(vector["unidad"])))
    assert started == turno.abre.plus(timedelta(seconds=int(str(vector["segundos"]))))


@given(schedules())
@settings(max_examples=150, deadline=None)
def test_turnos_are_those_of_a_minute_by_minute_oracle(case: Case) -> None:
    """Whatever the rules, around days on which clocks, months and years change."""
    cronograma, after, until = case
    found = turnos_between(cronograma, Instant(after), Instant(until))
    expected = naive_turnos(cronograma.to_json(), after, until)
    assert [[turno.tipo.value, str(turno.abre), str(turno.id)] for turno in found] == expected


@given(schedules(), st.integers(0, 4320))
@settings(deadline=None)
def test_spans_join_without_gap_or_double(case: Case, minutes: int) -> None:
    """Asking from where the last question ended sees every turno once."""
    cronograma, after, until = case
    start, end = Instant(after), Instant(until)
    middle = min(start.plus(timedelta(minutes=minutes)), end)
    joined = turnos_between(cronograma, start, middle) + turnos_between(cronograma, middle, end)
    assert joined == turnos_between(cronograma, start, end)


@given(schedules())
@settings(deadline=None)
def test_a_turno_has_a_name_of_its_own_and_is_found_by_it(case: Case) -> None:
    """In order of time, names never twice, and each deadline the same while after its opening."""
    cronograma, after, until = case
    found = turnos_between(cronograma, Instant(after), Instant(until))
    assert len({turno.id for turno in found}) == len({turno.abre for turno in found}) == len(found)
    assert list(found) == sorted(found, key=lambda turno: turno.abre)
    for turno in found:
        assert turno_of(cronograma, TurnoId.parse(str(turno.id))) == turno
        assert turno.vence == turno.abre.plus(timedelta(minutes=cronograma.plazo_min))


@given(schedules(), st.integers(0, 6))
@settings(deadline=None)
def test_the_next_turnos_are_the_first_of_what_follows(case: Case, count: int) -> None:
    """Two ways to ask the same thing."""
    cronograma, after, _ = case
    start = Instant(after)
    following = turnos_between(cronograma, start, start.plus(MAX_SPAN))
    assert next_turnos(cronograma, start, count)[: len(following)] == following[:count]


@given(schedules(), st.integers(1, 999_999))
@settings(deadline=None)
def test_a_unit_starts_within_the_spread_and_before_the_deadline(case: Case, code: int) -> None:
    """The same second each time it is asked."""
    cronograma, after, until = case
    for turno in turnos_between(cronograma, Instant(after), Instant(until)):
        at = start_at(turno, cronograma, Nemonico(code))
        assert turno.abre <= at <= turno.abre.plus(timedelta(minutes=cronograma.dispersion_min))
        assert at < turno.vence
        assert at == start_at(turno, cronograma, Nemonico(code))


def test_units_start_spread_over_the_whole_time() -> None:
    """Of a thousand units each of ten equal parts of the spread gets its share, within chance."""
    cronograma = daily(time(16, 30), dispersion_min=100)
    (turno,) = next_turnos(cronograma, lima(2026, 11, 27), 1)
    parts = [0] * 10
    for code in range(1, 1001):
        delay = start_at(turno, cronograma, Nemonico(code)).at - turno.abre.at
        parts[delay // timedelta(minutes=10)] += 1
    assert all(60 <= part <= 140 for part in parts)  # over four standard deviations from 100


def test_a_name_that_the_schedule_has_not_is_no_turno() -> None:
    """Another time, another kind, a day before it began."""
    cronograma = daily(time(16, 30), desde=date(2026, 11, 27))
    known = TurnoId.parse("DIARIA-202611271630")
    assert turno_of(cronograma, known) is not None
    for text in (
        "DIARIA-202611271631",
        "PERIODICA-202611271630",
        "DIARIA-202611261630",
        "DIARIA-199001010000",
    ):
        assert turno_of(cronograma, TurnoId.parse(text)) is None


def test_a_schedule_that_begins_later_is_found_from_its_first_day() -> None:
    """However far that is."""
    cronograma = daily(time(8), desde=date(2031, 5, 1))
    assert [str(turno.id) for turno in next_turnos(cronograma, lima(2026, 1, 1), 1)] == [
        "DIARIA-203105010800"
    ]


def test_a_rule_whose_days_never_come_gives_nothing() -> None:
    """Every day of it excluded: no turno, and no endless search."""
    days = frozenset(date(2026, month, 1) for month in range(1, 13)) | {date(2027, 1, 1), date(2027, 2, 1)}
    rule = Regla(tipo=TipoTransmision.DIARIA, horas=(time(8),), dias_mes=frozenset({1}))
    cronograma = Cronograma(zona=ZoneInfo("America/Lima"), reglas=(rule,), excluidas=days)
    assert next_turnos(cronograma, lima(2026, 1, 1), 5)[:1] == ()


@pytest.mark.parametrize("year", [1, 1970, 1989, 2026, 2200, 9999])
def test_any_clock_and_the_heaviest_schedule_cost_little(year: int) -> None:
    """A clock of 1970 or 9999, 96 turnos a day: no more than 400 days of them, and never an error."""
    quarters = [time(n // 4, n % 4 * 15) for n in range(96)]
    rules = [
        Regla(tipo=TipoTransmision.DIARIA, horas=tuple(quarters[part : part + 48])) for part in (0, 48)
    ] * 16
    cronograma = Cronograma(zona=ZoneInfo("America/Lima"), reglas=tuple(rules))
    at = Instant(datetime(year, 1, 1, tzinfo=UTC))
    began = clock.process_time()
    before = turnos_between(cronograma, Instant(datetime(1, 1, 1, tzinfo=UTC)), at)
    after = next_turnos(cronograma, at, 10**9)
    assert clock.process_time() - began < 20  # processor time, about 0.5 s: no clock of the wall
    assert len(before) <= 400 * 96
    assert len(after) <= MAX_COUNT
    if year == 2026:
        assert (len(before), len(after)) == (400 * 96, MAX_COUNT)


def test_an_empty_or_backward_span_has_no_turnos() -> None:
    """The end counts, the beginning does not."""
    cronograma = daily(time(16, 30))
    opening = lima(2026, 11, 27, 16, 30)
    before = opening.plus(timedelta(milliseconds=-1))
    assert turnos_between(cronograma, opening, opening) == ()
    assert turnos_between(cronograma, opening, before) == ()
    assert [turno.abre for turno in turnos_between(cronograma, before, opening)] == [opening]
    assert next_turnos(cronograma, opening, 1)[0].abre == opening.plus(timedelta(days=1))


@pytest.mark.parametrize(
    ("at", "closed"),
    [
        ((2026, 1, 1), 2025),
        ((2026, 3, 31, 23, 59), 2025),
        ((2026, 4, 1), None),
        ((2026, 12, 31, 23, 59), None),
    ],
)
def test_the_closed_year_goes_on_to_the_day_of_cierre(at: tuple[int, ...], closed: int | None) -> None:
    """By the schedule's own calendar, its last day included."""
    cronograma = daily(time(8), cierre=(3, 31))
    assert closed_year(cronograma, lima(*at)) == (Ejercicio(closed) if closed else None)
    assert closed_year(daily(time(8)), lima(*at)) is None


def test_a_cierre_on_29_february_is_28_february_in_other_years() -> None:
    """The day after is over in each."""
    cronograma = daily(time(8), cierre=(2, 29))
    assert closed_year(cronograma, lima(2028, 2, 29)) == Ejercicio(2027)
    assert closed_year(cronograma, lima(2027, 2, 28)) == Ejercicio(2026)
    assert closed_year(cronograma, lima(2027, 3, 1)) is None
