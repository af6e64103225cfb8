"""CSV judged by Python's ``csv`` module, and by Arrow's reader for what that module cannot tell: null from ''."""

import csv
import io
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.errors.formats import BadParquetError
from sigasers.formats.column_type import Column, ColumnType
from sigasers.formats.csv_text import csv_pieces

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    "'=1",
    "'",
]
PLAIN = ["", " ", "1", "a=1", "ñandú €", 'con "comillas"', "dos\r\nlíneas", "a,b;c", "\0", "\ufeff", "«'»"]


def whole(columns: tuple[Column, ...], *batches: pa.RecordBatch, protected: bool = True) -> bytes:
    return b"".join(csv_pieces(columns, batches, protected=protected))


def by_python(data: bytes) -> list[list[str]]:
    """Read by the csv module, which knows nothing of us."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def column(kind: str, values: list[object], *, protected: bool = True) -> list[str]:
    """Give the cells of a column as the csv module reads them; a second column keeps its lines from being empty."""
    columns = (Column("A", ColumnType.parse(kind)), Column("B", ColumnType.parse("entero")))
    batch = pa.record_batch(
        [pa.array(values, columns[0].tipo.arrow), pa.array(range(len(values)), pa.int64())], names=["A", "B"]
    )
    return [row[0] for row in by_python(whole(columns, batch, protected=protected))[1:]]


def test_names_show_the_signs_that_hide_and_values_keep_theirs() -> None:
    """The line of names is for people; a value is exact."""
    columns = (Column("A\x1b\u202eB\n", ColumnType.parse("texto")),)
    batch = pa.record_batch([pa.array(["x\u202ey"])], names=["A"])
    assert by_python(whole(columns, batch)) == [["A[U+001B][U+202E]B[U+000A]"], ["x\u202ey"]]


def test_the_file_is_what_rfc_4180_and_excel_want() -> None:
    """Byte order mark, a line of names, lines that end in CR LF, quotes doubled."""
    columns = (Column("Ñ", ColumnType.parse("texto")), Column("N", ColumnType.parse("decimal(5,2)")))
    batch = pa.record_batch(
        [pa.array(['a "b"', "", None]), pa.array([Decimal("-1.50"), None, Decimal(0)], pa.decimal128(5, 2))],
        names=["Ñ", "N"],
    )
    assert whole(columns, batch) == (b'\xef\xbb\xbf"\xc3\x91","N"\r\n"a ""b""",-1.50\r\n"",\r\n,0.00\r\n')


@pytest.mark.parametrize("kind", ["texto", "char(20)"])
def test_texts_come_back_as_they_were(kind: str) -> None:
    """Line breaks, quotes, commas, blanks: nothing is trimmed or changed."""
    assert column(kind, [*PLAIN, None]) == [*PLAIN, ""]


def test_a_text_that_would_run_as_a_formula_is_neutralised() -> None:
    """No cell begins with a sign that a spreadsheet runs; taking one apostrophe off gives the original."""
    found = column("texto", FORMULAS)
    assert found == [f"'{text}" for text in FORMULAS]


def test_protection_can_be_left_out_for_machines() -> None:
    """Then every text is what it was."""
    assert column("texto", FORMULAS + PLAIN, protected=False) == FORMULAS + PLAIN


def test_names_of_columns_are_neutralised_too() -> None:
    """They come from the package."""
    columns = (Column("=1+1", ColumnType.parse("entero")), Column('a"b', ColumnType.parse("entero")))
    assert by_python(whole(columns)) == [["'=1+1", 'a"b']]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("decimal(38,0)", [Decimal("-" + "9" * 38), Decimal(0), Decimal("9" * 38)]),
        ("decimal(38,38)", [Decimal(f"-0.{'9' * 38}"), Decimal(1).scaleb(-38), Decimal(0)]),
        ("decimal(19,6)", [Decimal("-0.000001"), Decimal("1234567890123.000000"), Decimal(0)]),
        ("decimal(16,2)", [Decimal("-0.01"), Decimal("10.50"), Decimal("-99999999999999.99")]),
        ("entero", [-(2**63), 0, 2**63 - 1]),
    ],
)
def test_numbers_are_plain_and_exact(kind: str, values: list[object]) -> None:
    """All digits, the scale's zeros, no exponent; a negative number is no formula."""
    cells = column(kind, values)
    scale = ColumnType.parse(kind).scale
    assert [Decimal(cell) for cell in cells] == values
    assert [len(cell.partition(".")[2]) for cell in cells] == [scale] * len(values)
    assert not [cell for cell in cells if set(cell) - set("-.0123456789")]


def test_doubles_read_back_as_the_same_doubles() -> None:
    """The shortest text that does."""
    values = [0.1, -1.5, 1e300, 5e-324, 123456789.123]
    assert [float(cell) for cell in column("real", [*values])] == values


def test_times_are_iso_and_a_spreadsheet_reads_them() -> None:
    """No fraction where there is none, six digits where there is one."""
    moments = [datetime(1753, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), datetime(2021, 3, 1, 8)]  # noqa: DTZ001
    cells = column("fecha_hora", [*moments])
    assert cells == ["1753-01-01 00:00:00", "9999-12-31 23:59:59.999999", "2021-03-01 08:00:00"]
    assert [datetime.fromisoformat(cell) for cell in cells] == moments
    assert column("fecha", [date(1753, 1, 1), date(9999, 12, 31)]) == ["1753-01-01", "9999-12-31"]


def test_bytes_are_hexadecimal_that_no_spreadsheet_takes_for_a_number() -> None:
    """``12e5`` would become 1200000."""
    values = [b"", b"\x12\xe5", bytes(range(256)), None]
    cells = column("binario", [*values])
    assert cells == ["0x", "0x12e5", f"0x{bytes(range(256)).hex()}", ""]


def test_null_and_empty_text_are_two_things() -> None:
    """Nothing between the commas, or two quotes: Arrow's own reader tells them apart."""
    columns = (Column("A", ColumnType.parse("texto")), Column("B", ColumnType.parse("entero")))
    batch = pa.record_batch([pa.array(["", None, "x"]), pa.array([1, None, 3], pa.int64())], names=["A", "B"])
    options = arrow_csv.ConvertOptions(
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        null_values=[""],
        column_types={"A": pa.string(), "B": pa.int64()},
    )
    read = arrow_csv.read_csv(io.BytesIO(whole(columns, batch)), convert_options=options)
    assert read.to_pydict() == {"A": ["", None, "x"], "B": [1, None, 3]}


_COLUMNS = (
    Column("T", ColumnType.parse("texto")),
    Column("D", ColumnType.parse("decimal(20,7)")),
    Column("E", ColumnType.parse("entero")),
)
_ROWS = st.lists(
    st.tuples(
        st.none()
        | st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("'=+-@\t\r\n\","), max_size=12),
        st.none() | st.decimals(places=7, min_value=-(10**12), max_value=10**12, allow_nan=False),
        st.integers(-(2**63), 2**63 - 1),
    ),
    max_size=20,
)


@given(rows=_ROWS, cut=st.integers(0, 20), protected=st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_rows_come_back(
    rows: list[tuple[str | None, Decimal | None, int]], cut: int, *, protected: bool
) -> None:
    """In whatever batches they come: also from the middle of larger arrays."""
    table = pa.RecordBatch.from_arrays(
        [pa.array([row[place] for row in rows], each.tipo.arrow) for place, each in enumerate(_COLUMNS)],
        names=["T", "D", "E"],
    )
    data = whole(_COLUMNS, table.slice(0, cut), table.slice(min(cut, len(rows))), protected=protected)
    read = by_python(data)[1:]
    for (text, amount, number), cells in zip(rows, read, strict=True):
        shown = cells[0]
        if protected:
            assert not shown.startswith(tuple("=+-@\t\r\n"))
            shown = shown.removeprefix("'")
        assert shown == (text or "")
        assert (Decimal(cells[1]) if cells[1] else None) == amount
        assert int(cells[2]) == number


def test_a_value_without_a_text_is_an_error_of_the_file() -> None:
    """An hour of the year 294,000, from a hostile package: told as such, or written; never a defect of ours."""
    columns = (Column("F", ColumnType.parse("fecha_hora")),)
    batch = pa.record_batch([pa.array([2**63 - 1], pa.int64()).view(pa.timestamp("us"))], names=["F"])
    with suppress(BadParquetError):
        assert len(by_python(whole(columns, batch))) == 2


def test_a_file_without_rows_has_its_names() -> None:
    """An empty table is told from a missing one."""
    columns = (Column("A", ColumnType.parse("texto")), Column("B", ColumnType.parse("entero")))
    assert whole(columns) == b'\xef\xbb\xbf"A","B"\r\n'
