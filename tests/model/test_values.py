"""Values of the domain check themselves when built; what does not hold is told, never mended."""

import dataclasses
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.model import InvalidValueError
from sigasers.model import Digest, Ejercicio, FileStatement, Identifier, Instant, Nemonico, UnidadEjecutora
from sigasers.model.wire import MAX_FILE_BYTES, is_plain_file_name

DIGEST = Digest("0" * 64)


@pytest.mark.parametrize(("text", "value"), [("1288", 1288), ("001288", 1288), ("1", 1), ("999999", 999_999)])
def test_a_nemonico_is_sec_ejec_without_leading_zeros(text: str, value: int) -> None:
    """001288 and 1288 are the same unit."""
    assert Nemonico.parse(text) == Nemonico(value)
    assert str(Nemonico.parse(text)) == str(value)


@pytest.mark.parametrize("text", ["", "0", "000000", "1000000", "12 88", "-1", "١٢", "1288\n", "1e3"])
def test_what_is_no_nemonico_is_refused(text: str) -> None:
    """Digits of ASCII alone, 1 to 999999."""
    with pytest.raises(InvalidValueError):
        Nemonico.parse(text)


@pytest.mark.parametrize("year", [1989, 2200, 0, -2021])
def test_a_year_lies_between_1990_and_2199(year: int) -> None:
    """The bounds catch a typing error, not a policy."""
    assert str(Ejercicio(1990)) == "1990"
    with pytest.raises(InvalidValueError):
        Ejercicio(year)


@pytest.mark.parametrize("name", ["", "x" * 251, "HOSPITAL\n", "a\x00b"])
def test_a_units_name_has_1_to_250_printable_characters(name: str) -> None:
    """ñ and accents stay."""
    unit = UnidadEjecutora(nemonico=Nemonico(1288), nombre="REGIÓN LIMA - ÑAÑA")
    assert unit.nombre == "REGIÓN LIMA - ÑAÑA"
    with pytest.raises(InvalidValueError):
        UnidadEjecutora(nemonico=Nemonico(1288), nombre=name)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2199, 1, 1)))  # noqa: DTZ001
def test_an_instant_is_read_back_as_written(moment: datetime) -> None:
    """RFC 3339 in UTC with milliseconds, and nothing finer is kept."""
    instant = Instant(moment)
    assert Instant.parse(str(instant)) == instant
    assert moment - instant.at < timedelta(milliseconds=1)


def test_an_instant_is_kept_in_utc() -> None:
    """21:30 in Lima is 02:30 of the next day."""
    lima = timezone(timedelta(hours=-5))
    assert str(Instant(datetime(2021, 10, 21, 21, 30, tzinfo=lima))) == "2021-10-22T02:30:00.000Z"
    assert (
        str(Instant.parse("2021-10-22T02:30:00.999Z").plus(timedelta(milliseconds=1)))
        == "2021-10-22T02:30:01.000Z"
    )
    with pytest.raises(ValueError, match="zone"):
        Instant(datetime(2021, 10, 21))  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021-10-21",
        "2021-10-21T21:30:00Z",
        "2021-10-21T21:30:00.000+00:00",
        "2021-10-21t21:30:00.000z",
        "2021-02-30T00:00:00.000Z",
        "2021-10-21T21:30:00.000Z ",
        "２021-10-21T21:30:00.000Z",  # noqa: RUF001 - a digit, and not one of ASCII
    ],
)
def test_one_form_of_an_instant_is_accepted(text: str) -> None:
    """Two forms of one instant would give two digests of one document."""
    with pytest.raises(InvalidValueError):
        Instant.parse(text)


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "A" * 64, "g" * 64, "0" * 64 + "\n"])
def test_a_digest_is_64_lower_case_digits(text: str) -> None:
    """One form, so that digests compare as text."""
    assert Digest("ab" * 32).raw == b"\xab" * 32
    with pytest.raises(InvalidValueError):
        Digest(text)


@pytest.mark.parametrize(
    "text", ["", "A" * 21, "A" * 23, "A" * 21 + "B", "A" * 20 + "+A", "../../../../etc/passwdA"]
)
def test_an_identifier_is_16_bytes_in_base64url(text: str) -> None:
    """Its last character holds four bits alone, so that one value has one text."""
    assert str(Identifier("A" * 21 + "Q")) == "A" * 21 + "Q"
    with pytest.raises(InvalidValueError):
        Identifier(text)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "a/b",
        "a\\b",
        "C:a",
        "a\x00",
        "a\x7f",
        "a\n",
        "CON",
        "con.rar",
        "LPT1.html",
        "COM¹",
        "nul",
        "a.",
        "a ",
        "a?",
        "a*",
        'a"',
        "a|b",
        "<a>",
        "x" * 256,
        "ñ" * 128,
        "\ud800",
    ],
)
def test_a_name_that_is_no_plain_file_name_is_refused(name: str) -> None:
    """On Windows and on POSIX alike, before any path is built from it."""
    assert not is_plain_file_name(name)
    with pytest.raises(InvalidValueError):
        FileStatement(nombre=name, tamano_bytes=1, sha256=DIGEST)


@pytest.mark.parametrize(
    "name", ["MEF-SIGA-tr_1288_2021_202110212130_REGIÓN LIMA - ÑAÑA.rar", "x" * 255, ".a", "console"]
)
def test_a_plain_file_name_is_taken(name: str) -> None:
    """Spaces inside, ñ and accents included."""
    assert FileStatement(nombre=name, tamano_bytes=0, sha256=DIGEST).nombre == name


@pytest.mark.parametrize("size", [-1, MAX_FILE_BYTES + 1])
def test_a_size_is_bounded(size: int) -> None:
    """Before a byte is reserved."""
    with pytest.raises(InvalidValueError):
        FileStatement(nombre="a.rar", tamano_bytes=size, sha256=DIGEST)


@pytest.mark.parametrize(
    "value", [Nemonico(1), Ejercicio(2021), DIGEST, Instant(datetime(2021, 1, 1, tzinfo=UTC))]
)
def test_values_are_frozen(value: object) -> None:
    """A value that was checked stays as it was checked."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.value = 2  # type: ignore[attr-defined]
