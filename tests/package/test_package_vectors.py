"""Names and seals against the vectors of the spec page."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.formats import BadPackageNameError
from sigasers.formats.archive_comment import Role
from sigasers.formats.package_name import MAX_UTF8_BYTES, MAX_UTF16_UNITS, package_name, parse_stem
from sigasers.keys.sealing import seal_info
from sigasers.model import Ejercicio, Nemonico, UnidadEjecutora
from sigasers.model.wire import is_plain_file_name

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/package/vectors.json").read_text(encoding="utf-8"))
MINUTE = datetime.strptime(VECTORS["minuto"], "%Y%m%d%H%M")  # noqa: DTZ007 - local time, as in the name


def stem_of(nombre: str) -> str:
    unit = UnidadEjecutora(nemonico=Nemonico(1288), nombre=nombre)
    return package_name(unit, Ejercicio(2021), MINUTE).stem


@pytest.mark.parametrize("vector", VECTORS["nombres"], ids=lambda vector: vector["nombre"][:20])
def test_stem_is_the_vectors(vector: dict[str, str]) -> None:
    """Each rule of section 1, by an example written by hand."""
    assert stem_of(vector["nombre"]) == vector["raiz"]


@pytest.mark.parametrize("vector", VECTORS["info"], ids=lambda vector: vector["rol"])
def test_seal_is_bound_to_the_vectors_bytes(vector: dict[str, str]) -> None:
    """The ``info`` of HPKE is that of section 4."""
    info = seal_info(Role(vector["rol"]), vector["kid"], bytes.fromhex(vector["label"]))
    assert info.hex() == vector["info"]


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=250))
def test_any_unit_name_gives_a_file_name_that_every_system_takes(nombre: str) -> None:
    """Never failed on, never over the limits, always readable back."""
    stem = stem_of(nombre)
    assert is_plain_file_name(stem + ".html")
    assert len(stem.encode("utf-16-le")) // 2 <= MAX_UTF16_UNITS
    assert len(stem.encode()) <= MAX_UTF8_BYTES
    assert parse_stem(stem).stem == stem


@pytest.mark.parametrize(
    "stem", ["", "MEF-SIGA-tr_1288_2021_202110211630_", "MEF-SIGA-tr_01288_2021_202110211630_X", "x"]
)
def test_other_names_are_refused(stem: str) -> None:
    """Only what the exporter writes is read."""
    with pytest.raises(BadPackageNameError):
        parse_stem(stem)


def test_minute_that_does_not_exist_is_refused() -> None:
    """A name with month 13 or minute 60 is no name."""
    for minute in ("202113211630", "202110211660"):
        with pytest.raises(BadPackageNameError):
            parse_stem(f"MEF-SIGA-tr_1288_2021_{minute}_X")
