"""A base that cannot be opened: each case is told by its own error, and nothing stays open or locked."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from sigasers.errors.siga import (
    DatabaseDamagedError,
    DatabaseLockedError,
    NotADatabaseError,
    SourceMissingError,
    SourceUnreadableError,
)
from sigasers.formats.column_type import ColumnType
from sigasers.siga.sources import Notes, Query
from sigasers.siga.sources.declared import column_type
from sigasers.siga.sources.sqlite import SqliteSource, read_only_uri
from sigasers.siga.sources.sqlite_failures import symbol
from tests.sources.sources_under_test import SqliteBase, column, everything, read


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
        for _ in range(2):
            with pytest.raises(DatabaseDamagedError) as caught:
                read(snapshot, everything(snapshot, "t"))
            assert caught.value.fields["motivo"] == "la base está dañada"
    finally:
        snapshot.close()


@pytest.mark.parametrize("wal", [False, True])
def test_a_base_that_is_cut_while_it_is_read(tmp_path: Path, *, wal: bool) -> None:
    """Rows, sums and look-ups: each says that the base is damaged, which costs the package and not a table."""
    base = SqliteBase(tmp_path, wal=wal)
    base.make("CREATE TABLE t (c TEXT, k INT, m NUMERIC(30,2))",
              many=("INSERT INTO t VALUES (?, ?, ?)", [("x" * 500, k, k) for k in range(20_000)]))  # fmt: skip
    with base.snapshot() as snapshot:
        query = everything(snapshot, "t")
        lane, money = snapshot.lanes[0], (column(snapshot, "t", "m"),)
        batches = lane.read(query, Notes())
        next(batches)
        os.truncate(base.path, 40_960)
        for asked in (
            lambda: list(batches),
            lambda: read(snapshot, query),
            lambda: lane.totals(query, money),
            lambda: lane.totals(query, ()),
            lambda: lane.texts(query),
            lambda: lane.integers(Query(tabla="t", columnas=query.columnas[1:2])),
        ):
            with pytest.raises(DatabaseDamagedError) as caught:
                asked()
            assert not isinstance(caught.value, SourceUnreadableError)


def test_a_base_that_was_replaced_by_a_smaller_one(tmp_path: Path) -> None:
    """Its old pages can still be read, but they are nobody's base any more."""
    base, other = SqliteBase(tmp_path, wal=False), tmp_path / "otra.db"
    base.make("CREATE TABLE t (c TEXT)", many=("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200))
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (c TEXT)")
    with base.snapshot() as snapshot:
        base.path.write_bytes(other.read_bytes())
        with pytest.raises(DatabaseDamagedError):
            read(snapshot, everything(snapshot, "t"))


def test_other_refusals_cost_one_table_and_speak_spanish(tmp_path: Path) -> None:
    """A table that is gone is no damage; no word of the driver reaches the operator."""
    base = SqliteBase(tmp_path)
    base.make("CREATE TABLE t (k INT)")
    with base.snapshot() as snapshot:
        lane, columns = snapshot.lanes[0], everything(snapshot, "t").columnas
        gone = Query(tabla="disk I/O error", columnas=columns)
        for asked in (
            lambda: read(snapshot, gone),
            lambda: lane.totals(gone, columns),
            lambda: lane.texts(gone),
        ):
            with pytest.raises(SourceUnreadableError) as caught:
                asked()
            assert caught.value.fields["motivo"] == "SQLite no pudo cumplir la consulta"


@pytest.mark.parametrize(
    ("make", "name"),
    [
        ("PRAGMA query_only=1; CREATE TABLE z (k)", "SQLITE_READONLY"),
        ("SELECT zeroblob(2147483647)", "SQLITE_TOOBIG"),
    ],
)
def test_sentences_of_sqlite_name_its_codes(make: str, name: str) -> None:
    """The judge is Python's sqlite3, which gives the code beside the sentence."""
    *before, last = make.split("; ")
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in before:
            connection.execute(statement)
        with pytest.raises(sqlite3.Error) as caught:
            connection.execute(last)
    assert symbol(OSError(str(caught.value))) == name
    assert not name or caught.value.sqlite_errorname == name


def test_a_base_in_wal_mode_whose_log_cannot_be_opened(tmp_path: Path) -> None:
    """As in a folder without right to write: the cause is told, with what to do."""
    base = SqliteBase(tmp_path)
    base.make("CREATE TABLE t (k INT)")
    (tmp_path / "base.db-wal").mkdir()
    with pytest.raises(SourceUnreadableError) as caught:
        base.source().open_snapshot(lanes=1)
    assert "modo WAL" in str(caught.value.fields["motivo"])


def test_odd_paths_open(tmp_path: Path) -> None:
    """Blanks, ñ, signs that mean something in a URI."""
    path = tmp_path / "base ñ 100% #1?.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (k INT)")
    snapshot = SqliteSource(path).open_snapshot(lanes=1)
    assert list(snapshot.tables()) == ["t"]
    snapshot.close()


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"\\srv\siga\base ñ.db"), "file:////srv/siga/base%20%C3%B1.db?mode=ro"),
        (PureWindowsPath(r"C:\SIGA\base#1.db"), "file:///C:/SIGA/base%231.db?mode=ro"),
        (PurePosixPath("/srv/siga/base?.db"), "file:///srv/siga/base%3F.db?mode=ro"),
    ],
)
def test_a_network_folder_of_windows_is_part_of_the_path(path: PurePath, uri: str) -> None:
    """SQLite refuses a URI with a machine in its place: file://srv/..."""
    assert read_only_uri(path) == uri


@pytest.mark.skipif(sys.platform == "win32", reason="there such a path is a machine")
def test_sqlite_opens_a_uri_of_four_slashes(tmp_path: Path) -> None:
    """It takes them for the path's own, and refuses a machine."""
    path = tmp_path / "base.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (k INT)")
    uri = read_only_uri(PureWindowsPath("//" + str(path).lstrip("/")))
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("t",)]
    with pytest.raises(sqlite3.OperationalError, match="invalid uri authority"):
        sqlite3.connect(uri.replace("file:////", "file://"), uri=True)


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
        ("timestamp(3) without time zone", "fecha_hora"),
        ("timestamp (6)  without\ttime zone", "fecha_hora"),
        ("timestamp(3) with time zone", "texto"),
        ("datetime2(7)", "fecha_hora"),
        (" DateTime2 ( 7 ) ", "fecha_hora"),
        ("double  precision", "real"),
        ("character varying(20)", "texto"),
        ("numeric(10,2) unsigned", "texto"),
        ("numeric(" + "9" * 5_000 + ")", "texto"),
        ("numeric(99999)", "texto"),
        ("numeric(" + "٣" + ",2)", "texto"),
        ("a" + " " * 1_500 + "é", "texto"),
        ("a" + " " * 50_000_000 + "é", "texto"),
        ("a " * 99 + "é", "texto"),
        ("geography", "texto"),
    ],
)
def test_declared_types(declared: str, expected: str) -> None:
    """What the schema declares decides; what nobody knows is text, which loses nothing."""
    assert column_type(declared) == ColumnType.parse(expected)


def test_an_opening_that_fails_gives_its_locks_back(tmp_path: Path) -> None:
    """A name that is not UTF-8 is met when the readers hold the base: its writers must not wait for us."""
    base = SqliteBase(tmp_path, wal=False)
    base.make("CREATE TABLE t (k INT)")
    with closing(sqlite3.connect(base.path)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = CAST(x'435245415445205441424C452074202822FF2220494E5429' AS TEXT)"
        )
        connection.commit()
    with pytest.raises(SourceUnreadableError) as caught:
        base.source().open_snapshot(lanes=2)
    assert "UTF-8" in str(caught.value.fields["motivo"])
    with closing(sqlite3.connect(base.path, timeout=0)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        writer.execute("ROLLBACK")
