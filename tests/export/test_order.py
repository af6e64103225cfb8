"""Rows in the package's order: in memory, passed on as they come, or merged from encrypted runs; always the same."""

import math
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.durable import StagedFile
from sigasers.errors.disk import DiskError
from sigasers.formats.column_type import Column, ColumnType, Kind, arrow_schema
from sigasers.siga.export import order
from sigasers.siga.export.order import SLICE_ROWS, Ordering, OrderLostError
from sigasers.siga.export.spill import Spill

Row = tuple[Any, ...]
COLUMNS = tuple(
    Column(name, ColumnType.parse(kind))
    for name, kind in (
        ("n", "decimal(6,2)"), ("c", "char(4)"), ("t", "texto"), ("f", "fecha_hora"), ("r", "real"), ("b", "binario"),
    )
)  # fmt: skip
SCHEMA = arrow_schema(COLUMNS)
FIRST, LAST = datetime.fromisoformat("1753-01-01"), datetime.fromisoformat("9999-12-31")
_TEXTS = st.text(st.sampled_from("aAbñ€ \x00’z"), max_size=3)
ROWS = st.tuples(
    st.none() | st.decimals(-9, 9, places=2, allow_nan=False).map(abs),
    st.none() | _TEXTS,
    st.none() | _TEXTS,
    st.none() | st.datetimes(FIRST, LAST),
    st.none() | st.floats(),
    st.none() | st.binary(max_size=2),
)


def batches(rows: list[Row], size: int) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        arrays = [pa.array([row[place] for row in part], field.type) for place, field in enumerate(SCHEMA)]
        yield pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def value(column: Column, cell: Any) -> Any:
    """Give a cell as the specification compares it: null first, NaN next, then by value."""
    if cell is None:
        return (0, 0)
    if isinstance(cell, float) and math.isnan(cell):
        return (1, 0)
    return (2, cell.ljust(4) if column.nombre == "c" else cell)


def sorted_by(rows: list[Row], names: list[str]) -> list[Row]:
    """The oracle: Python's own sort."""
    everything = [column.nombre for column in COLUMNS]
    order = [*names, *(name for name in everything if name not in names)]
    places = [everything.index(name) for name in order]
    return sorted(rows, key=lambda row: tuple(value(COLUMNS[place], row[place]) for place in places))


def plain(rows: list[Row]) -> list[Row]:
    return [
        tuple("NaN" if isinstance(cell, float) and math.isnan(cell) else cell for cell in row) for row in rows
    ]


@pytest.fixture
def spills(tmp_path: Path) -> Iterator[Callable[[], Spill]]:
    """Make spills; afterwards nothing of them may be left."""
    made = iter(range(1000))
    yield lambda: Spill(StagedFile(tmp_path / f"{next(made)}.part"))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spills")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(ROWS, max_size=60),
    st.sampled_from([[], ["n"], ["c", "t"], ["f", "n"], ["r"], ["b"]]),
    st.integers(1, 9),
    st.sampled_from([0, 300, 2000, 1 << 20]),
)
def test_every_way_gives_the_order_of_the_specification(
    folder: Path, rows: list[Row], clave: list[str], size: int, memory: int
) -> None:
    """Whatever fits in memory, and however the engine cut and ordered its batches."""
    spill = folder / "spill.part"
    for trusting in (True, False):
        ordering = Ordering(
            columns=COLUMNS,
            clave=clave,
            memory_bytes=memory,
            make_spill=lambda: Spill(StagedFile(spill)),
            trusting=trusting,
        )
        try:
            slices = list(ordering.rows(batches(rows, size), SCHEMA))
        except OrderLostError:
            assert trusting
            continue
        found = [
            row for piece in slices for row in zip(*(column.to_pylist() for column in piece.columns), strict=True)
        ]  # fmt: skip
        expected = sorted_by(rows, clave)
        places = [[column.nombre for column in COLUMNS].index(name) for name in clave]
        keys = [[value(COLUMNS[place], row[place]) for place in places] for row in expected]
        assert ordering.repeated == (sum(map(list.__eq__, keys, keys[1:])) if clave else 0)
        assert plain(found) == plain(expected)
    assert not spill.exists()


def test_rows_that_come_in_order_are_passed_on_without_a_spill() -> None:
    """A table read along its key is never written twice, nor held whole."""
    rows = [(Decimal(number) / 100, None, "t", None, None, None) for number in range(2000)]
    ordering = Ordering(columns=COLUMNS, clave=["n"], memory_bytes=1, make_spill=never)
    assert sum(piece.num_rows for piece in ordering.rows(batches(rows, 10), SCHEMA)) == 2000


def test_order_lost_after_rows_were_passed_on_is_told() -> None:
    """Then the table is read again, with a spill; a table out of order is never given."""
    rows = [(Decimal(number) / 100, None, "t", None, None, None) for number in [*range(500), 3]]
    ordering = Ordering(columns=COLUMNS, clave=["n"], memory_bytes=1, make_spill=never)
    with pytest.raises(OrderLostError):
        list(ordering.rows(batches(rows, 10), SCHEMA))


def never() -> Spill:
    raise AssertionError


def test_slices_are_row_groups(spills: Callable[[], Spill]) -> None:
    """65,536 rows each but the last, also out of a merge."""
    rows = [(Decimal(number * 7919 % 90_001) / 100, None, None, None, None, None) for number in range(70_000)]
    ordering = Ordering(columns=COLUMNS, clave=["n"], memory_bytes=400_000, make_spill=spills)
    assert [piece.num_rows for piece in ordering.rows(batches(rows, 4000), SCHEMA)] == [SLICE_ROWS, 4464]


def test_a_wide_table_has_smaller_row_groups(spills: Callable[[], Spill]) -> None:
    """No slice has more than a million cells: two workers hold a few of them each."""
    columns = tuple(Column(f"C{number}", ColumnType(Kind.ENTERO)) for number in range(200))
    size = 1_000_000 // 200
    wide = pa.table({column.nombre: pa.array(range(size + 10)) for column in columns})
    ordering = Ordering(columns=columns, clave=("C0",), memory_bytes=1 << 30, make_spill=spills)
    pieces = ordering.rows(iter(wide.to_batches(4_000)), wide.schema)
    assert [piece.num_rows for piece in pieces] == [size, 10]


def test_a_huge_table_has_no_more_row_groups_than_a_reader_takes(spills: Callable[[], Spill]) -> None:
    """Columns times groups stay under 100,000: a footer of 16 MiB holds no more."""
    columns = tuple(Column(f"C{number}", ColumnType(Kind.ENTERO)) for number in range(1_000))
    wide = pa.table({column.nombre: pa.array(range(3_100)) for column in columns})
    ordering = Ordering(
        columns=columns, clave=("C0",), memory_bytes=1 << 30, make_spill=spills, expected_rows=300_000
    )
    pieces = ordering.rows(iter(wide.to_batches(1_000)), wide.schema)
    assert [piece.num_rows for piece in pieces] == [3_000, 100]


def test_long_values_are_not_gathered(spills: Callable[[], Spill], monkeypatch: pytest.MonkeyPatch) -> None:
    """A row group is bounded by its bytes too, however few rows that is."""
    monkeypatch.setattr(order, "_SLICE_BYTES", 1_000_000)
    rows: list[Row] = [(Decimal(number), None, "x" * 100_000, None, None, None) for number in range(90)]
    ordering = Ordering(columns=COLUMNS, clave=["n"], memory_bytes=1_000_000, make_spill=spills)
    pieces = list(ordering.rows(batches(rows, 5), SCHEMA))
    assert sum(piece.num_rows for piece in pieces) == 90
    assert max(piece.nbytes for piece in pieces) < 3_000_000


def test_no_cell_is_spilled_in_clear(tmp_path: Path) -> None:
    """What waits on the disk is sealed under a key that only this process has."""
    seen: list[bytes] = []

    class Watched(Spill):
        def __exit__(self, *exc: object) -> None:
            seen.append((tmp_path / "a.part").read_bytes())
            super().__exit__(*exc)

    rows = [(None, None, f"SECRETO {number % 9}", None, None, None) for number in range(400)]
    ordering = Ordering(
        columns=COLUMNS,
        clave=[],
        memory_bytes=1000,
        make_spill=lambda: Watched(StagedFile(tmp_path / "a.part")),
    )
    assert sum(piece.num_rows for piece in ordering.rows(batches(rows, 20), SCHEMA)) == 400
    (raw,) = seen
    assert len(raw) > 4000
    assert b"SECRETO" not in raw
    assert list(tmp_path.iterdir()) == []


def test_a_block_that_the_disk_changed_is_an_error(tmp_path: Path) -> None:
    """Nothing that was damaged on the way is exported as if it were the database's."""
    part = tmp_path / "a.part"
    (batch,) = batches([(None, None, "x", None, None, None)] * 50, 50)
    with Spill(StagedFile(part)) as spill:
        run = spill.write_run([pa.Table.from_batches([batch])])
        with part.open("r+b") as file:
            file.seek(20)
            file.write(b"\x00\x01\x02")
        with pytest.raises(DiskError):
            list(run.blocks())
    assert not part.exists()


def test_memory_of_a_merge_is_a_few_blocks(spills: Callable[[], Spill]) -> None:
    """Twenty times the bound passes through a few times the bound and a row group."""
    bound, size = 2_000_000, 0

    def source() -> Iterator[pa.RecordBatch]:
        nonlocal size
        for start in range(0, 300_000, 1000):
            numbers = range(start, start + 1000)
            rows = [(Decimal(n * 7919 % 90_001) / 100, None, f"{n:0100d}", None, None, None) for n in numbers]
            (batch,) = batches(rows, 1000)
            size += batch.nbytes
            yield batch

    ordering = Ordering(columns=COLUMNS, clave=["n"], memory_bytes=bound, make_spill=spills)
    base, peak, total = pa.total_allocated_bytes(), 0, 0
    for piece in ordering.rows(source(), SCHEMA):
        peak = max(peak, pa.total_allocated_bytes() - base)
        total += piece.num_rows
    assert total == 300_000
    assert size > 20 * bound
    row_group = size * SLICE_ROWS // total
    assert peak < 3 * row_group + 3 * bound
