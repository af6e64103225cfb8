"""The schedule document against the vectors of its spec page, and turno names."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors import TheirError
from sigasers.errors.cronograma import BadScheduleError
from sigasers.errors.formats import BadJsonError, FormatTooNewError
from sigasers.errors.model import InvalidValueError
from sigasers.formats.cronograma import MAX_BYTES, Adicional, Cronograma, Regla, TurnoId, zone_names
from sigasers.formats.cronograma_reglas import hour_text, read_date, read_hour
from sigasers.model import TipoTransmision
from tests.protocol.schedules import DOCUMENTS, HOURS, JSON_VALUES

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors/cronograma/vectors.json").read_text(encoding="utf-8")
)
BASE = VECTORS["turnos"][0]["documento"]
DIARIA = TipoTransmision.DIARIA


def test_a_document_is_read_and_written_as_it_stands() -> None:
    """The members of the spec page, in its order, come back."""
    for vector in VECTORS["turnos"]:
        assert Cronograma.parse(vector["documento"]).to_json() == vector["documento"]
    found = Cronograma.parse(BASE)
    assert found.zona == ZoneInfo("America/Lima")
    assert found.reglas[1].dias_mes == {15, 31}
    assert found.reglas[0].horas == (time(12, 30), time(16, 30))
    assert found.excluidas == {date(2026, 12, 25)}
    assert found.cierre == (3, 31)


@pytest.mark.parametrize("vector", VECTORS["rechazados"], ids=lambda vector: vector["caso"])
def test_what_breaks_a_bound_is_refused_with_its_reason(vector: dict[str, dict[str, object]]) -> None:
    """Each with a Spanish reason that the operator's sentence shows."""
    with pytest.raises(BadScheduleError) as refused:
        Cronograma.parse(vector["documento"])
    assert str(refused.value.fields["motivo"])


@pytest.mark.parametrize("vector", VECTORS["en_espera"], ids=lambda vector: vector["caso"])
def test_what_is_newer_waits(vector: dict[str, dict[str, object]]) -> None:
    """A version or a critical member that is not known says that the program is too old, not that it is wrong."""
    with pytest.raises(FormatTooNewError):
        Cronograma.parse(vector["documento"])


@given(st.dictionaries(st.text(max_size=8), JSON_VALUES, max_size=3))
def test_members_that_nobody_knows_are_ignored(more: dict[str, object]) -> None:
    """A newer program may say more within version 1."""
    assert Cronograma.parse(more | BASE) == Cronograma.parse(BASE)


@given(DOCUMENTS)
def test_any_schedule_comes_back(cronograma: Cronograma) -> None:
    """Whatever is within the bounds goes through JSON, and fits in a file."""
    text = json.dumps(cronograma.to_json()).encode()
    assert len(text) <= MAX_BYTES
    assert Cronograma.parse_bytes(text) == cronograma


@given(st.sampled_from(sorted(BASE)), JSON_VALUES)
def test_any_value_in_a_members_place_is_taken_or_refused(name: str, value: object) -> None:
    """Never another error than ours."""
    try:
        found = Cronograma.parse(BASE | {name: value})
    except TheirError:
        return
    assert Cronograma.parse(found.to_json()) == found


@given(st.sampled_from(["tipo", "horas", "dias_mes", "dias_semana"]), JSON_VALUES)
def test_any_value_in_a_rule_is_taken_or_refused(name: str, value: object) -> None:
    """As above, inside a rule."""
    try:
        Cronograma.parse(BASE | {"reglas": [BASE["reglas"][0] | {name: value}]})
    except TheirError as error:
        assert isinstance(error, BadScheduleError)  # noqa: PT017 - the property is about whichever error comes


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b'{"v":1,"v":1}', b" " * (MAX_BYTES + 1)])
def test_a_file_that_holds_no_schedule_is_refused(data: bytes) -> None:
    """Empty, of another shape, with two meanings, or too long."""
    with pytest.raises((BadScheduleError, BadJsonError)):
        Cronograma.parse_bytes(data)


def test_the_largest_schedule_fits_in_a_file() -> None:
    """Every list at its bound, written with blanks as people do."""
    hours = tuple(time(n // 2, n % 2 * 30) for n in range(48))
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(400)]
    rule = Regla(tipo=TipoTransmision.PERIODICA, horas=hours, dias_mes=frozenset(range(1, 32)))
    largest = Cronograma(
        zona=ZoneInfo("America/Lima"),
        reglas=(rule,) * 32,
        excluidas=frozenset(days),
        adicionales=tuple(Adicional(tipo=DIARIA, fecha=day, hora=time(8)) for day in days),
    )
    data = json.dumps(largest.to_json(), indent=1).encode()
    assert Cronograma.parse_bytes(data) == largest


@pytest.mark.parametrize(
    "hour", [time(8, 0, 1), time(8, 0, 0, 1), time(8, tzinfo=UTC), time(8, fold=1)], ids=str
)
def test_a_time_is_a_whole_local_minute(hour: time) -> None:
    """Built by a program too, not only read."""
    with pytest.raises(BadScheduleError):
        Regla(tipo=DIARIA, horas=(hour,))
    with pytest.raises(BadScheduleError):
        Adicional(tipo=DIARIA, fecha=date(2026, 1, 1), hora=hour)


def test_a_schedule_needs_a_zone_with_a_name() -> None:
    """One read from a file of the machine could not be written down."""
    with pytest.raises(BadScheduleError):
        Cronograma(zona=ZoneInfo("localtime"), reglas=(Regla(tipo=DIARIA, horas=(time(8),)),))


def test_every_zone_of_the_list_can_be_used() -> None:
    """The list is what the zones are judged by, so each must be there."""
    assert {"America/Lima", "UTC", "Pacific/Apia"} <= zone_names()
    assert {"localtime", "posixrules", "America"}.isdisjoint(zone_names())
    for name in zone_names():
        assert ZoneInfo(name).key == name


@given(HOURS, st.dates())
def test_days_and_times_have_one_spelling(hour: time, day: date) -> None:
    """What is written is read, and nothing else."""
    assert read_hour(hour_text(hour)) == hour
    assert read_date(day.isoformat()) == day
    for wrong in (hour_text(hour) + ":00", hour_text(hour) + "Z", f" {hour_text(hour)}"):
        with pytest.raises(ValueError):
            read_hour(wrong)


TURNOS = st.builds(
    TurnoId,
    st.sampled_from(TipoTransmision),
    st.datetimes(datetime(1990, 1, 1), datetime(2199, 12, 31)).map(  # noqa: DTZ001 - local time of the name
        lambda at: at.replace(second=0, microsecond=0)
    ),
)


@given(TURNOS)
def test_a_turnos_name_comes_back(turno: TurnoId) -> None:
    """``DIARIA-202611271630`` and back."""
    assert TurnoId.parse(str(turno)) == turno


@pytest.mark.parametrize(
    "text",
    ["", "DIARIA", "diaria-202611271630", "DIARIA-202611271660", "DIARIA-202602301630", "DIARIA-198911271630",
     "DIARIA-220011271630", "DIARIA-20261127163", "DIARIA-2026112716300", "DIARIA-202611271630\n",
     "SEMANAL-202611271630", "DIARIA-20261127163\u0660", "2021-10-21T16:00"],
)  # fmt: skip
def test_another_spelling_names_no_turno(text: str) -> None:
    """Names come from outside in manifests and labels."""
    with pytest.raises(InvalidValueError):
        TurnoId.parse(text)


@pytest.mark.parametrize(
    "local",
    [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 8, 0, 1)],  # noqa: DTZ001 - what is refused
)
def test_a_turnos_name_is_a_local_minute(local: datetime) -> None:
    """Neither aware nor with seconds."""
    with pytest.raises(InvalidValueError):
        TurnoId(DIARIA, local)
