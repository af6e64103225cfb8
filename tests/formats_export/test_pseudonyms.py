"""Pseudonyms against the vectors of their spec page, which the standard library made."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.errors.formats import FormatError
from sigasers.formats.column_type import ColumnType, Kind
from sigasers.formats.manifest_json import manifest_bytes, parse_manifest
from sigasers.formats.pseudonym import Domain, PseudonymKey, canonical

FOLDER = Path(__file__).parents[1] / "vectors"
VECTORS = json.loads((FOLDER / "pseudonyms/vectors.json").read_text(encoding="utf-8"))
KEYS = [PseudonymKey(secret=bytes.fromhex(key["llave"])) for key in VECTORS["llaves"]]
DNI = Domain("dni")
READERS: dict[Kind, Any] = {
    Kind.DECIMAL: Decimal,
    Kind.ENTERO: int,
    Kind.REAL: float,
    Kind.CHAR: str,
    Kind.TEXTO: str,
    Kind.FECHA: date.fromisoformat,
    Kind.FECHA_HORA: datetime.fromisoformat,
    Kind.BINARIO: bytes.fromhex,
}


def value_of(case: dict[str, Any]) -> tuple[object, pa.DataType]:
    kind = ColumnType.parse(case["tipo"])
    return READERS[kind.kind](case["valor"]), kind.arrow


@pytest.mark.parametrize("case", VECTORS["casos"], ids=lambda case: f"{case['tipo']} {case['valor']!r}")
def test_every_value_has_the_pseudonym_of_its_vector(case: dict[str, Any]) -> None:
    """Alone and as a column, under two keys."""
    value, arrow = value_of(case)
    assert canonical(value) == case["canonico"]
    for key, expected in zip(KEYS, case["seudonimos"], strict=True):
        assert key.pseudonym(Domain(case["dominio"]), value) == expected
        column = pa.array([None, value, value], arrow)
        assert key.pseudonyms(Domain(case["dominio"]), column).to_pylist() == [None, expected, expected]


def test_a_key_is_named_by_the_id_of_its_vector_and_never_shows_itself() -> None:
    """In a manifest, in a log, in an error."""
    for key, vector in zip(KEYS, VECTORS["llaves"], strict=True):
        assert str(key.kid) == vector["id"]
        assert vector["llave"] not in f"{key!r} {key}"
        assert repr(key.secret) not in f"{key!r} {key}"


@settings(deadline=None)
@given(st.integers(0, 99_999_999), st.integers(0, 6), st.text("\t\n\r \u00a0", max_size=4))
def test_padding_and_storage_do_not_part_one_person(number: int, zeros: int, blanks: str) -> None:
    """The same DNI as number, as text with zeros, in a padded CHAR: one pseudonym."""
    spellings: list[object] = [
        number, Decimal(number), Decimal(f"{number}.000"), "0" * zeros + str(number), f"{blanks}{number}{blanks}",
    ]  # fmt: skip
    assert len({KEYS[0].pseudonym(DNI, each) for each in spellings}) == 1


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=10, min_value=-(10**20), max_value=10**20))
def test_a_decimal_keeps_every_digit(value: Decimal) -> None:
    """No rounding to a context: its canonical text is the number itself."""
    assert Decimal(canonical(value)) == value


@settings(deadline=None)
@given(st.text())
def test_canonical_text_is_its_own(text: str) -> None:
    """Canonical once is canonical for ever."""
    assert canonical(canonical(text)) == canonical(text)


def test_other_domains_and_other_keys_give_other_pseudonyms() -> None:
    """Columns of different domains cannot be joined, nor can two units' packages."""
    found = {key.pseudonym(Domain(name), "1") for key in KEYS for name in ("dni", "empleado")}
    assert len(found) == 4


@pytest.mark.parametrize("name", ["", "DNI", "ñ", "a-b", "9a", "a" * 33, "dni\n"])
def test_a_domain_has_a_plain_name(name: str) -> None:
    """It enters the HMAC between two zero bytes: it may hold none."""
    with pytest.raises(FormatError):
        Domain(name)


def test_a_key_of_another_length_is_refused() -> None:
    """A shortened file is no key."""
    with pytest.raises(FormatError):
        PseudonymKey(secret=bytes(31))


def test_the_manifest_names_key_columns_and_domains() -> None:
    """Byte for byte as its vector; without pseudonyms nothing is written of them."""
    data = (FOLDER / "manifest/seudonimos.json").read_bytes()
    manifest = parse_manifest(data)
    assert json.loads(manifest_bytes(manifest)) == json.loads(data)
    assert manifest.seudonimos is not None
    assert str(manifest.seudonimos.llave) == "Zwb-h5nmjxNW6HmvZVaOYw"
    assert manifest.tablas[0].seudonimizadas == (("NOMBRE", Domain("persona")),)
    assert b"seudon" not in (FOLDER / "manifest/minimo.json").read_bytes()
