"""Whether values fit another type: by types, and by values; judged by Python's own numbers."""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.formats.column_type import ColumnType
from sigasers.siga.catalogue.fit import DeclaredFit, declared_fit
from sigasers.siga.inspection.fitting import values_fit


def kind(text: str) -> ColumnType:
    return ColumnType.parse(text)


@pytest.mark.parametrize(
    ("live", "wanted", "fits"),
    [
        ("decimal(10,2)", "decimal(16,2)", "siempre"),
        ("decimal(10,2)", "decimal(12,4)", "siempre"),
        ("decimal(10,2)", "decimal(11,4)", "no"),
        ("decimal(10,2)", "decimal(16,1)", "no"),
        ("entero", "decimal(19,0)", "siempre"),
        ("entero", "decimal(18,0)", "por_valor"),
        ("decimal(18,0)", "entero", "no"),
        ("decimal(19,0)", "entero", "no"),
        ("char(4)", "char(5)", "siempre"),
        ("char(6)", "char(5)", "no"),
        ("texto", "char(5)", "no"),
        ("char(5)", "texto", "siempre"),
        ("fecha", "texto", "no"),
        ("binario", "texto", "no"),
        ("fecha", "fecha_hora", "siempre"),
        ("fecha_hora", "fecha", "no"),
        ("texto", "binario", "no"),
        ("real", "real", "siempre"),
        ("decimal(5,2)", "real", "no"),
    ],
)
def test_types_alone_tell_where_nothing_can_be_lost(live: str, wanted: str, fits: str) -> None:
    """Only what holds for every value that there can be; the export and ``comparar`` ask the same."""
    assert declared_fit(kind(live), kind(wanted)) is DeclaredFit(fits)


@pytest.mark.parametrize(
    ("live", "wanted", "values", "fits"),
    [
        ("texto", "char(4)", ["abcd", "ab      ", None], True),
        ("texto", "char(4)", ["abcde"], False),
        ("texto", "decimal(5,2)", [" 1.20 ", None], True),
        ("texto", "decimal(5,2)", ["1.234"], False),
        ("texto", "decimal(5,2)", [""], False),
        ("texto", "fecha", ["2021-02-28"], True),
        ("texto", "fecha", ["2021-02-30"], False),
        ("texto", "binario", ["x"], True),
        ("fecha_hora", "fecha", [datetime(2021, 1, 1)], True),  # noqa: DTZ001
        ("fecha_hora", "fecha", [datetime(2021, 1, 1, 8)], False),  # noqa: DTZ001
        ("real", "decimal(5,2)", [1.5, None], True),
        ("real", "decimal(5,2)", [1.005], False),
        ("real", "entero", [1.5], False),
        ("fecha", "entero", [date(2021, 1, 1)], False),
        ("texto", "decimal(5,2)", [], True),
    ],
)
def test_values_tell_the_rest(live: str, wanted: str, values: list[object], *, fits: bool) -> None:
    """A value that would be cut, rounded or refused does not fit."""
    assert values_fit(pa.array(values, kind(live).arrow), kind(live), kind(wanted)) is fits


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9), st.integers(0, 4), st.integers(1, 9), st.integers(0, 4))
def test_a_decimal_fits_exactly_when_it_is_the_same_number_there(
    unscaled: int, scale: int, precision: int, wanted_scale: int
) -> None:
    """Judged by Python's Decimal."""
    value = Decimal(unscaled).scaleb(-scale)
    wanted_scale = min(wanted_scale, precision)
    whole = abs(value).scaleb(wanted_scale)
    expected = whole == int(whole) and whole < 10**precision
    live, wanted = kind(f"decimal(18,{scale})"), kind(f"decimal({precision},{wanted_scale})")
    assert values_fit(pa.array([value], live.arrow), live, wanted) is expected
