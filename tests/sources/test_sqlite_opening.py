"""A base that cannot be opened: each case is told by its own error, and nothing stays open or locked."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sigasers.errors.siga import (
    DatabaseLockedError,
    NotADatabaseError,
    SourceMissingError,
    SourceUnreadableError,
)
from sigasers.formats.column_type import ColumnType
from sigasers.siga.sources import SqliteSource
from sigasers.siga.sources.declared import column_type


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    """Opening a name that does not exist creates nothing."""
    with pytest.raises(SourceMissingError):
        SqliteSource(tmp_path / "no.db").open_snapshot(lanes=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"MZ" + b"\0" * 5000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    """Neither by its head nor behind a stolen head."""
    path = tmp_path / "foto.db"
    path.write_bytes(content)
    with pytest.raises(NotADatabaseError):
        SqliteSource(path, wait_s=0).open_snapshot(lanes=2)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A path to a folder is as good as no file."""
    with pytest.raises(SourceMissingError):
        SqliteSource(tmp_path).open_snapshot(lanes=1)


def test_a_locked_base(tmp_path: Path) -> None:
    """A writer that holds everything is named as such; when it is gone the base opens."""
    path = tmp_path / "base.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("CREATE TABLE t (k INT)")
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseLockedError):
            SqliteSource(path, wait_s=0).open_snapshot(lanes=2)
        writer.execute("ROLLBACK")
    SqliteSource(path, wait_s=0).open_snapshot(lanes=2).close()


def test_a_page_that_was_overwritten(tmp_path: Path) -> None:
    """Damage inside a table is met while reading, and is an error of the source."""
    path = tmp_path / "base.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (c TEXT)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 2000)
        connection.commit()
    data = bytearray(path.read_bytes())
    data[40_960:45_056] = b"\xee" * 4096
    path.write_bytes(data)
    snapshot = SqliteSource(path, wait_s=0).open_snapshot(lanes=1)
    try:
        from tests.sources.sources_under_test import everything, read

        with pytest.raises(SourceUnreadableError):
            read(snapshot, everything(snapshot, "t"))
    finally:
        snapshot.close()


def test_odd_paths_open(tmp_path: Path) -> None:
    """Blanks, ñ, signs that mean something in a URI."""
    path = tmp_path / "base ñ 100% #1?.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (k INT)")
    snapshot = SqliteSource(path).open_snapshot(lanes=1)
    assert list(snapshot.tables()) == ["t"]
    snapshot.close()


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("numeric(16,2)", "decimal(16,2)"),
        ("NUMERIC (20 , 6)", "decimal(20,6)"),
        ("decimal(9)", "decimal(9,0)"),
        ("numeric", "decimal(18,0)"),
        ("numeric(50,2)", "texto"),
        ("money", "decimal(19,4)"),
        ("char(4)", "char(4)"),
        ("char", "char(1)"),
        ("nvarchar(20)", "texto"),
        ("text", "texto"),
        ("int", "entero"),
        ("bit", "entero"),
        ("datetime", "fecha_hora"),
        ("date", "fecha"),
        ("varbinary(8)", "binario"),
        ("float", "real"),
        ("", "texto"),
        ("geography", "texto"),
    ],
)
def test_declared_types(declared: str, expected: str) -> None:
    """What the schema declares decides; what nobody knows is text, which loses nothing."""
    assert column_type(declared) == ColumnType.parse(expected)
