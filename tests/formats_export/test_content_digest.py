"""The digest of contents against vectors made from the spec page by the standard library alone."""

import json
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.formats import FormatError
from sigasers.formats.column_type import Column, ColumnType, Kind, arrow_schema
from sigasers.formats.content_digest import ContentDigest, content_digest

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors/content-digest/vectors.json").read_text(encoding="utf-8")
)
READ = {
    Kind.DECIMAL: Decimal,
    Kind.FECHA: date.fromisoformat,
    Kind.FECHA_HORA: datetime.fromisoformat,
    Kind.REAL: float,
    Kind.BINARIO: bytes.fromhex,
}


def table_of(vector: dict) -> tuple[tuple[Column, ...], pa.Table]:
    columns = tuple(Column(name, ColumnType.parse(kind)) for name, kind in vector["columns"])
    cells = [
        [
            None if row[i] is None else READ.get(column.tipo.kind, lambda x: x)(row[i])
            for row in vector["rows"]
        ]
        for i, column in enumerate(columns)
    ]
    return columns, pa.table(cells, schema=arrow_schema(columns))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_gives_the_digest_of_the_vector(vector: dict) -> None:
    """An implementation that shares no code with ours gives the same digest."""
    columns, table = table_of(vector)
    assert content_digest(columns, [table]).hex == vector["digest"]


@given(cuts=st.lists(st.integers(0, 5), max_size=6))
def test_batch_borders_do_not_enter(cuts: list[int]) -> None:
    """However the rows are cut into batches, the digest is the same."""
    for vector in VECTORS:
        columns, table = table_of(vector)
        edges = sorted({0, table.num_rows, *(cut for cut in cuts if cut < table.num_rows)})
        pieces = [table.slice(a, b - a) for a, b in pairwise(edges)]
        assert content_digest(columns, pieces).hex == vector["digest"]


def test_bytes_under_a_null_do_not_enter() -> None:
    """What a buffer holds in a null slot is not data."""
    columns = (Column("A", ColumnType.parse("texto")), Column("B", ColumnType.parse("entero")))
    validity = pa.py_buffer(b"\x05")
    lengths = pa.py_buffer(b"\x00\x00\x00\x00\x01\x00\x00\x00\x03\x00\x00\x00\x04\x00\x00\x00")
    text = pa.Array.from_buffers(pa.string(), 3, [validity, lengths, pa.py_buffer(b"aXYb")])
    numbers = pa.Array.from_buffers(pa.int64(), 3, [validity, pa.py_buffer(bytes(range(24)))])
    dirty = pa.table([text, numbers], schema=arrow_schema(columns))
    clean = pa.table([text.to_pylist(), numbers.to_pylist()], schema=arrow_schema(columns))
    assert content_digest(columns, [dirty]) == content_digest(columns, [clean])


def test_a_value_moved_to_the_next_row_is_noticed() -> None:
    """Presence is hashed, so null and value cannot change places."""
    columns = (Column("A", ColumnType.parse("texto")),)
    first = pa.table([["a", None]], schema=arrow_schema(columns))
    second = pa.table([[None, "a"]], schema=arrow_schema(columns))
    assert content_digest(columns, [first]) != content_digest(columns, [second])


def test_refuses_an_arrow_type_that_was_not_announced() -> None:
    """A lossy type never gets a digest."""
    columns = (Column("A", ColumnType.parse("decimal(16,2)")),)
    with pytest.raises(FormatError):
        ContentDigest(columns).update(pa.table({"A": [1.5]}))
    with pytest.raises(FormatError):
        ContentDigest(columns).update(pa.table({"B": [1.5]}))


@pytest.mark.parametrize(
    "text",
    [
        "decimal(39,0)",
        "decimal(5,6)",
        "decimal(05,2)",
        "decimal(5)",
        "char(0)",
        "char(4,1)",
        "char(9999)",
        "char",
        "x",
        "",
    ],
)
def test_refuses_unknown_types(text: str) -> None:
    """Each type has one text."""
    with pytest.raises(FormatError):
        ColumnType.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "decimal(1,0)",
        "decimal(38,38)",
        "char(1)",
        "entero",
        "texto",
        "fecha",
        "fecha_hora",
        "binario",
        "real",
    ],
)
def test_types_read_as_written(text: str) -> None:
    """Reading and writing a type are inverse."""
    assert str(ColumnType.parse(text)) == text
