"""SQLite columns whose declared type tells nothing of their values: these lose nothing all the same."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sigasers.formats.column_type import Column, ColumnType
from sigasers.siga.sources import Notes, Query
from tests.sources.sources_under_test import SqliteBase, everything, read


@pytest.fixture
def base(tmp_path: Path) -> SqliteBase:
    return SqliteBase(tmp_path)


@pytest.mark.parametrize("declared", ["NUMERIC", "decimal", " Number ", "DEC", "", "NUM", "uniqueidentifier"])
def test_numbers_of_columns_without_a_form_lose_nothing(base: SqliteBase, declared: str) -> None:
    """Whole numbers to their last digit, REAL by its shortest decimal; money with cents stays money."""
    base.make(
        f"CREATE TABLE t (m {declared})",
        "INSERT INTO t VALUES (1.5), (9223372036854775807), (NULL), (1234567890123.456), (0.1), (1e300), "
        "(12345678901234.567)",
    )
    notes = Notes()
    with base.snapshot() as snapshot:
        query = everything(snapshot, "t")
        found = read(snapshot, query, notes)
    assert [str(one.tipo) for one in query.columnas] == ["texto"]
    assert [row[0] for row in found] == [
        "1.5", "9223372036854775807", None, "1234567890123.456", "0.1", "1e+300", "12345678901234.566",
    ]  # fmt: skip
    assert not notes.found


@pytest.mark.parametrize("declared", ["", "NUMERIC", "XML", "desconocido"])
def test_a_column_of_unknown_type_gives_each_value_as_it_is_stored(base: SqliteBase, declared: str) -> None:
    """Text whole, NUL and bad UTF-8 in it; bytes in hexadecimal, observed whether they could pass for text or not."""
    base.make(
        f"CREATE TABLE t (c {declared})",
        many=(
            "INSERT INTO t VALUES (?)",
            [("ñ\0 x",), ("",), (b"abc",), (b"\xff\x00",), (b"",), (7,), (None,)],
        ),
    )
    base.make("INSERT INTO t VALUES (CAST(x'd1' AS TEXT))")
    notes = Notes()
    with base.snapshot() as snapshot:
        found = [row[0] for row in read(snapshot, everything(snapshot, "t"), notes)]
    assert found == ["ñ\0 x", "", "\\x616263", "\\xff00", "\\x", "7", None, "Ñ"]
    assert [(note.codigo, note.fila, note.cantidad) for note in notes.found.values()] == [
        ("binario_como_texto", 3, 3),
        ("texto_no_utf8", 8, 1),
    ]


def test_a_column_of_unknown_type_is_read_as_the_catalogue_wants(base: SqliteBase) -> None:
    """Its declared type tells nothing, the catalogue's does."""
    base.make("CREATE TABLE t (m NUMERIC, f, b)", "INSERT INTO t VALUES (1.5, '2021-10-21', x'00ff')")
    wanted = zip("mfb", ("decimal(16,2)", "fecha", "binario"), strict=True)
    columns = tuple(Column(name, ColumnType.parse(kind)) for name, kind in wanted)
    with base.snapshot() as snapshot:
        query = Query(tabla="t", columnas=columns)
        assert read(snapshot, query) == [(Decimal("1.50"), date(2021, 10, 21), b"\x00\xff")]
        assert snapshot.lanes[0].totals(query, columns[:1]).sumas == {"m": "1.50"}
