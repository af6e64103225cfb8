"""Rules over rows, each held against plain Python that counts the same rows one by one."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.memory_tables import MemoryTables, apply, figures

CODES = st.lists(st.none() | st.sampled_from(["", " ", "1", "1 ", "7", "07", "A", "a", "  x"]), max_size=9)
AMOUNT = st.none() | st.decimals(min_value=-50, max_value=50, places=2)
AMOUNTS = st.lists(st.tuples(AMOUNT, AMOUNT, AMOUNT), max_size=9)
DAYS = st.lists(
    st.none() | st.datetimes(datetime(2020, 12, 30), datetime(2022, 1, 3)),  # noqa: DTZ001 - SIGA stores no zone
    max_size=9,
)
MONEY = pa.decimal128(16, 2)


def oracle(rows: Sequence[object], concerned: Callable[..., bool], bad: Callable[..., bool]) -> object:
    """Count as the engine must: (bad, concerned, first bad row), or nothing where no row is bad."""
    wrong = [place for place, row in enumerate(rows, start=1) if concerned(row) and bad(row)]
    return (len(wrong), sum(map(concerned, rows)), wrong[0]) if wrong else None


def texts(values: Sequence[str | None]) -> dict[str, pa.Table]:
    return {"T": pa.table({"C": pa.array(values, pa.string())})}


def money(rows: Sequence[tuple[Decimal | None, ...]]) -> dict[str, pa.Table]:
    columns = list(zip(*rows, strict=True)) or [[], [], []]
    return {
        "T": pa.table({name: pa.array(column, MONEY) for name, column in zip("ABC", columns, strict=True)})
    }


def blank(value: str | None) -> bool:
    return value is None or not value.strip()


@settings(deadline=None, max_examples=60)
@given(CODES)
def test_rows_without_value_are_null_or_blank(values: list[str | None]) -> None:
    """White space alone is no value."""
    expected = oracle(values, lambda _: True, blank)
    assert figures(apply('tipo = "sin_valor"\ncolumna = "c"', texts(values))) == expected


@settings(deadline=None, max_examples=60)
@given(values=st.lists(AMOUNT, max_size=9), zero=st.booleans())
def test_zero_is_no_value_where_the_rule_says_so(values: list[Decimal | None], *, zero: bool) -> None:
    """A meta of number 0 is no meta; a stock of 0 is one."""
    table = {"T": pa.table({"C": pa.array(values, MONEY)})}
    expected = oracle(values, lambda _: True, lambda value: value is None or (zero and value == 0))
    report = apply(f'tipo = "sin_valor"\ncolumna = "C"\ncero = {str(zero).lower()}', table)
    assert figures(report) == expected


@settings(deadline=None, max_examples=60)
@given(CODES)
def test_shape_is_judged_without_padding_and_only_where_there_is_a_value(values: list[str | None]) -> None:
    """CHAR columns come padded from some engines."""
    expected = oracle(
        values, lambda value: not blank(value), lambda value: not re.search("^[0-9]$", value.rstrip(" "))
    )
    assert figures(apply('tipo = "forma"\ncolumna = "C"\npatron = "^[0-9]$"', texts(values))) == expected


@settings(deadline=None, max_examples=60)
@given(CODES)
def test_domain_is_a_list_of_codes(values: list[str | None]) -> None:
    """Other codes are bad, blank ones are not judged."""
    expected = oracle(
        values, lambda value: not blank(value), lambda value: value.rstrip(" ") not in {"1", "7"}
    )
    assert figures(apply('tipo = "dominio"\ncolumna = "C"\nvalores = ["1", "7"]', texts(values))) == expected


@settings(deadline=None, max_examples=60)
@given(CODES)
def test_length_of_a_cut_text_is_counted_in_characters(values: list[str | None]) -> None:
    """Blanks inside and at the end count: a text is cut where it is cut."""
    expected = oracle(values, lambda value: not blank(value), lambda value: len(value) == 2)
    assert figures(apply('tipo = "longitud"\ncolumna = "C"\ncaracteres = 2', texts(values))) == expected


@settings(deadline=None, max_examples=60)
@given(st.lists(AMOUNT, max_size=9))
def test_range_has_two_ends(values: list[Decimal | None]) -> None:
    """Both ends are within."""
    table = {"T": pa.table({"C": pa.array(values, MONEY)})}
    expected = oracle(
        values, lambda value: value is not None, lambda value: not Decimal("-1.5") <= value <= 10
    )
    assert figures(apply('tipo = "rango"\ncolumna = "C"\ndesde = "-1.5"\nhasta = "10"', table)) == expected


@settings(deadline=None, max_examples=60)
@given(DAYS, st.sampled_from([pa.timestamp("us"), pa.date32()]))
def test_dates_are_of_the_year_or_not_after_today(values: list[datetime | None], kind: pa.DataType) -> None:
    """The last second of the year and of today is within."""
    kept = [value.date() if value and pa.types.is_date(kind) else value for value in values]
    table = {"T": pa.table({"C": pa.array(kept, kind)})}
    year = oracle(values, lambda value: value is not None, lambda value: value.year != 2021)
    assert figures(apply('tipo = "fecha"\ncolumna = "C"\ndentro = "anio"', table)) == year
    today = date(2021, 10, 21)
    future = oracle(values, lambda value: value is not None, lambda value: value.date() > today)
    assert figures(apply('tipo = "fecha"\ncolumna = "C"\ndentro = "hoy"', table)) == future


@settings(deadline=None, max_examples=60)
@given(AMOUNTS)
def test_order_of_two_columns(rows: list[tuple[Decimal | None, ...]]) -> None:
    """Equal is in order; a row that lacks one of them is not judged."""
    expected = oracle(rows, lambda row: None not in row[:2], lambda row: row[0] > row[1])
    assert figures(apply('tipo = "orden"\nmenor = "A"\nmayor = "B"', money(rows))) == expected


@settings(deadline=None, max_examples=60)
@given(AMOUNTS)
def test_product_is_exact_to_the_tolerance(rows: list[tuple[Decimal | None, ...]]) -> None:
    """No binary fraction: a difference of exactly the tolerance passes."""
    body = 'tipo = "producto"\nfactores = ["A", "B"]\nresultado = "C"\ntolerancia = "0.01"'
    expected = oracle(
        rows, lambda row: None not in row, lambda row: abs(row[0] * row[1] - row[2]) > Decimal("0.01")
    )
    assert figures(apply(body, money(rows))) == expected


@settings(deadline=None, max_examples=60)
@given(AMOUNTS)
def test_sum_takes_null_for_nothing(rows: list[tuple[Decimal | None, ...]]) -> None:
    """A - B = C; a null result is not judged."""
    body = 'tipo = "suma"\nsumandos = ["A"]\nrestas = ["B"]\nresultado = "C"\ntolerancia = "0.5"'

    def bad(row: tuple[Decimal | None, ...]) -> bool:
        first, second, result = (value or Decimal(0) for value in row)
        return abs(first - second - result) > Decimal("0.5")

    assert figures(apply(body, money(rows))) == oracle(rows, lambda row: row[2] is not None, bad)


@pytest.mark.parametrize("kind", [pa.int64(), pa.decimal128(6, 0), pa.string()])
@pytest.mark.parametrize(("igual", "good"), [("unidad", 1288), ("anio", 2021)])
def test_package_and_rows_say_the_same(kind: pa.DataType, igual: str, good: int) -> None:
    """Codes may be numbers or text with leading zeros; a null is not judged."""
    values = [good, None, 7, good]
    if pa.types.is_string(kind):
        table = pa.table({"C": pa.array([None if value is None else f"{value:06d}" for value in values])})
    else:
        table = pa.table({"C": pa.array([None if v is None else Decimal(v) for v in values]).cast(kind)})
    assert figures(apply(f'tipo = "contexto"\ncolumna = "C"\nigual = "{igual}"', {"T": table})) == (1, 3, 3)


def test_a_year_before_is_good_where_the_rule_says_so() -> None:
    """Stocks hold earlier years."""
    table = {"T": pa.table({"C": pa.array([2019, 2021, 2022], pa.int64())})}
    assert figures(apply('tipo = "contexto"\ncolumna = "C"\nigual = "anio_o_antes"', table)) == (1, 3, 3)


@settings(deadline=None, max_examples=60)
@given(CODES, st.integers(1, 4))
def test_always_empty_means_every_row_and_enough_of_them(values: list[str | None], least: int) -> None:
    """One value anywhere is enough to be silent."""
    report = apply(f'tipo = "siempre_vacia"\ncolumna = "C"\nminimo = {least}', texts(values))
    empty = all(map(blank, values)) and len(values) >= least
    assert figures(report) == ((len(values), len(values), 1) if empty else None)


@settings(deadline=None, max_examples=60)
@given(CODES, st.integers(0, 99), st.integers(1, 4))
def test_threshold_is_a_share_of_the_rows_concerned(values: list[str | None], share: int, least: int) -> None:
    """More than so many per cent, and at least so many rows."""
    body = f'tipo = "sin_valor"\ncolumna = "C"\nmas_de = {share}\nal_menos = {least}'
    bad = sum(map(blank, values))
    found = bad >= least and bad * 100 > share * len(values)
    assert bool(apply(body, texts(values)).findings) is found


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["1", "7", None]), st.sampled_from(["", "x", None])), max_size=9))
def test_conditions_choose_the_rows(rows: list[tuple[str | None, str | None]]) -> None:
    """All conditions must hold; a null fulfils none."""
    body = (
        'tipo = "sin_valor"\ncolumna = "V"\n'
        'donde = [{ columna = "E", en = ["1", "7"] }, { columna = "e", con_valor = true }]'
    )
    columns = list(zip(*rows, strict=True)) or [[], []]
    table = pa.table({name: pa.array(c, pa.string()) for name, c in zip("EV", columns, strict=True)})
    expected = oracle(rows, lambda row: row[0] is not None, lambda row: blank(row[1]))
    assert figures(apply(body, {"T": table})) == expected


def test_rules_of_one_table_share_one_pass_and_read_only_their_columns() -> None:
    """Of a wide table three columns are decrypted, not two hundred."""
    tables = MemoryTables({"t": pa.table({name: pa.array(["1"]) for name in "abcd"})})
    apply('tipo = "sin_valor"\ncolumna = "A"\ndonde = [{ columna = "B", en = ["1"] }]', tables)
    assert tables.read == [("T", ("a", "b"))]


def test_the_sentence_shows_counts_and_share() -> None:
    """Digits in groups of three; a share never rounds to none or to all."""
    rows = [""] + ["x"] * 2999
    report = apply(
        'tipo = "sin_valor"\ncolumna = "C"',
        MemoryTables(texts(rows), batch_rows=1000),
        texto="{cantidad} de {total} ({porcentaje} %).",
    )
    assert report.findings[0].texto == "1 de 3,000 (menos de 0.1 %)."
    rows = ["x"] + [""] * 2999
    report = apply('tipo = "sin_valor"\ncolumna = "C"', texts(rows), texto="{porcentaje}")
    assert report.findings[0].texto == "99.9"


def test_day_after_tomorrow_is_future_even_by_a_day() -> None:
    """The day of the snapshot itself is not."""
    days = [date(2021, 10, 21) + timedelta(days=n) for n in (-1, 0, 1)]
    table = {"T": pa.table({"C": pa.array(days)})}
    assert figures(apply('tipo = "fecha"\ncolumna = "C"\ndentro = "hoy"', table)) == (1, 3, 3)
