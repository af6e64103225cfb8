"""What the durable acts promise beside surviving a cut: nothing replaced, errors of ours."""

import errno
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from sigasers import durable
from sigasers.errors.disk import (
    DatabaseDamagedError,
    DiskError,
    DiskFullError,
    FolderMissingError,
    NameTakenError,
    NotWritableError,
)


def test_a_file_that_exists_is_never_replaced(tmp_path: Path) -> None:
    """Writing and moving refuse a name that is taken, and leave both files whole."""
    target, other = tmp_path / "a", tmp_path / "b"
    target.write_bytes(b"mine")
    other.write_bytes(b"other")
    with pytest.raises(NameTakenError):
        durable.write_new(target, b"x", step="t.a")
    with pytest.raises(NameTakenError):
        durable.move_new(other, target, step="t.b")
    assert (target.read_bytes(), other.read_bytes()) == (b"mine", b"other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_name_taken_while_writing_is_not_replaced(tmp_path: Path) -> None:
    """Another program was quicker: its file stays, ours is discarded."""
    with durable.StagedFile(tmp_path / "a.part") as staged:
        staged.write(b"ours")
        (tmp_path / "a").write_bytes(b"theirs")
        with pytest.raises(NameTakenError):
            staged.place(tmp_path / "a", step="t.a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"theirs"


def test_a_rename_without_renameat2_does_not_replace_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems and C libraries have none: link and unlink stand for it."""
    monkeypatch.setattr(durable, "_renameat2", lambda *_: False)
    durable.write_new(tmp_path / "a", b"one", step="t.a")
    with pytest.raises(NameTakenError):
        durable.write_new(tmp_path / "a", b"two", step="t.b")
    assert (tmp_path / "a").read_bytes() == b"one"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_rights_are_those_asked_for(tmp_path: Path) -> None:
    """A private key is never readable by others, not even while it is written."""
    previous = os.umask(0)
    try:
        durable.write_new(tmp_path / "key", b"x", step="t.a", mode=0o600)
        durable.replace(tmp_path / "other", b"x", step="t.b", mode=0o640)
    finally:
        os.umask(previous)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "other").stat().st_mode & 0o777 == 0o640


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """Nothing is made on the way."""
    with pytest.raises(FolderMissingError) as told:
        durable.write_new(tmp_path / "none" / "a", b"x", step="t.a")
    assert told.value.fields["motivo"] == "no existe el archivo o la carpeta"
    assert told.value.fields["ruta"] == str(tmp_path / "none")
    with pytest.raises(FolderMissingError):
        durable.replace(tmp_path / "none" / "a", b"x", step="t.b")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("gone", ["parts", "out"])
def test_a_folder_that_vanishes_while_a_file_is_written_is_named_itself(tmp_path: Path, gone: str) -> None:
    """The operator makes it again; the name of a file would lead astray."""
    for name in ("parts", "out"):
        (tmp_path / name).mkdir()
    with durable.StagedFile(tmp_path / "parts" / "a.part") as staged:
        shutil.rmtree(tmp_path / gone)
        with pytest.raises(FolderMissingError) as told:
            staged.place(tmp_path / "out" / "a.html", step="t.a")
    assert told.value.fields["ruta"] == str(tmp_path / gone)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EACCES, NotWritableError),
        (errno.EROFS, NotWritableError),
        (errno.ENOENT, FolderMissingError),
        (errno.EEXIST, NameTakenError),
        (errno.EIO, DiskError),
    ],
)
def test_the_systems_answer_becomes_an_error_of_ours(number: int, kind: type[DiskError]) -> None:
    """By its number, never by its text."""
    assert type(durable.disk_error(OSError(number, "x"), Path("a"))) is kind


def test_a_full_disk_while_writing_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    """``/dev/full`` answers ENOSPC to every write, as a full disk does."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with durable.StagedFile(tmp_path / "a.part") as staged:
        staged._file.close()
        staged._file = os.fdopen(os.open("/dev/full", os.O_WRONLY), "wb", buffering=0)
        with pytest.raises(DiskFullError):
            staged.write(b"x")
    assert list(tmp_path.iterdir()) == []


def test_moving_across_volumes_copies_syncs_and_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first rename answers EXDEV; the copy gets its name only when whole."""
    real, answers = durable._rename_new, [OSError(errno.EXDEV, "x")]

    def rename(source: Path, target: Path) -> None:
        if answers:
            raise answers.pop()
        real(source, target)

    monkeypatch.setattr(durable, "_rename_new", rename)
    (tmp_path / "a").write_bytes(b"content")
    (tmp_path / "to").mkdir()
    durable.move_new(tmp_path / "a", tmp_path / "to" / "b", step="t.a")
    assert [path.name for path in tmp_path.iterdir()] == ["to"]
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "to").iterdir()] == [("b", b"content")]


def test_removing_what_is_gone_is_no_error(tmp_path: Path) -> None:
    """Doing it again after a crash is safe."""
    durable.remove(tmp_path / "a", step="t.a")


def test_a_folder_that_exists_keeps_its_rights(tmp_path: Path) -> None:
    """Making it again changes nothing."""
    (tmp_path / "a").mkdir(mode=0o700)
    durable.make_folder(tmp_path / "a", step="t.a")
    assert (tmp_path / "a").is_dir()


def test_a_staged_file_must_be_named_as_a_part(tmp_path: Path) -> None:
    """Recovery knows unfinished files by this ending alone."""
    with pytest.raises(ValueError, match="part"):
        durable.StagedFile(tmp_path / "a.rar")


def test_an_error_in_a_transaction_rolls_back_and_passes_through(tmp_path: Path) -> None:
    """Nothing of the block remains, and the error is the caller's own."""
    connection = durable.open_database(tmp_path / "s.db")
    connection.execute("CREATE TABLE fact (value)")
    with pytest.raises(KeyError), durable.transaction(connection, step="t.a"):
        connection.execute("INSERT INTO fact VALUES (1)")
        raise KeyError("x")
    assert connection.execute("SELECT count(*) FROM fact").fetchone()[0] == 0
    connection.close()


def test_sqlites_own_errors_become_ours(tmp_path: Path) -> None:
    """In Spanish for the operator, by the code that SQLite gives."""
    connection = durable.open_database(tmp_path / "s.db")
    with pytest.raises(DiskError), durable.transaction(connection, step="t.a"):
        connection.execute("INSERT INTO nowhere VALUES (1)")
    connection.execute("PRAGMA max_page_count=2")
    with pytest.raises(DiskFullError), durable.transaction(connection, step="t.b"):
        connection.execute("CREATE TABLE big AS SELECT zeroblob(1000000) AS value")
    connection.close()
    (tmp_path / "text.db").write_text("not a database, just a longer text " * 10, encoding="utf-8")
    with pytest.raises(DatabaseDamagedError) as told:
        durable.open_database(tmp_path / "text.db")
    assert told.value.fields["motivo"] == "el archivo no es una base de datos"


def test_a_state_database_syncs_every_commit(tmp_path: Path) -> None:
    """WAL, synchronous=FULL, foreign keys held."""
    connection = durable.open_database(tmp_path / "s.db")
    asked = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert asked == ["wal", 2, 1]
    assert isinstance(connection.execute("SELECT 1 AS n").fetchone(), sqlite3.Row)
    connection.close()
