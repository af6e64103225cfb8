"""The base is the same for the same seed, appears whole or not at all, and never replaces a file."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sigasers.errors.disk import DiskError, FolderMissingError, NameTakenError
from sigasers.errors.model import InvalidValueError
from sigasers.model import Nemonico
from sigasers.siga.basedemo import Size, build_demo_database
from sigasers.siga.basedemo.units import known_unit
from tests.basedemo.tables import count, tables

BUILD = """
import sys
from pathlib import Path
from sigasers.model import Nemonico
from sigasers.siga.basedemo import Size, build_demo_database
from sigasers.siga.basedemo.units import known_unit
unit, seed = known_unit(Nemonico(1288)), int(sys.argv[2])
build_demo_database(Path(sys.argv[1]), size=Size.CHICA, unit=unit, year=2021, seed=seed)
"""


def _run(path: Path, *, seed: int = 1, **environment: str) -> int:
    arguments = [sys.executable, "-c", BUILD, str(path), str(seed)]
    return subprocess.run(
        arguments, env=os.environ | environment, check=False, capture_output=True
    ).returncode


def _contents(path: Path) -> str:
    """One digest of every row of every table, in the order stored."""
    digest = hashlib.sha256()
    connection = sqlite3.connect(path)
    for table in tables(connection):
        digest.update(table.encode())
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):
            digest.update(repr(row).encode())
    connection.close()
    return digest.hexdigest()


def test_same_seed_gives_the_same_rows(base_chica: Path, tmp_path: Path) -> None:
    """In another process too, whatever Python's hashing of text."""
    again = tmp_path / "again.db"
    assert _run(again, PYTHONHASHSEED="7") == 0
    assert _contents(again) == _contents(base_chica)


def test_another_seed_gives_other_rows(base_chica: Path, tmp_path: Path) -> None:
    """The seed matters."""
    other = tmp_path / "other.db"
    assert _run(other, seed=2) == 0
    assert _contents(other) != _contents(base_chica)


def test_unit_and_year_are_a_choice(tmp_path: Path) -> None:
    """Another unit, whose neighbour is then 1288, with its own name and years."""
    path, unit = tmp_path / "x.db", known_unit(Nemonico(1287))
    summary = build_demo_database(path, size=Size.CHICA, unit=unit, year=2025, seed=3)
    base = sqlite3.connect(path)
    assert summary.neighbour.nemonico == Nemonico(1288)
    assert base.execute("SELECT nombre FROM ejecutora WHERE sec_ejec = 1287").fetchone() == (unit.nombre,)
    assert "CAÑETE" in unit.nombre
    assert (
        count(base, "SIG_PEDIDOS", unit=1287, year=2025)
        > count(base, "SIG_PEDIDOS", unit=1288, year=2025)
        > 0
    )
    assert count(base, "SIG_CUADRO_NECESIDAD", unit=1287, year=2026) > 0
    base.close()


def test_progress_hears_of_every_filled_table(tmp_path: Path) -> None:
    """The last figure told for a table is its number of rows."""
    told: dict[str, int] = {}
    path = tmp_path / "x.db"
    summary = build_demo_database(
        path, size=Size.CHICA, unit=known_unit(Nemonico(1288)), year=2021, seed=1, progress=told.__setitem__
    )
    assert sum(told.values()) == summary.rows
    assert summary.size_bytes == path.stat().st_size
    assert summary.tables == 173


def test_base_allows_readers_beside_a_writer(base_chica: Path, tmp_path: Path) -> None:
    """WAL, so that an export does not block SIGA's users; sound by SQLite's own check; no file left beside it."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(base_chica.read_bytes())
    base = sqlite3.connect(copy)
    assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    base.close()


def test_refuses_to_replace_a_file(tmp_path: Path) -> None:
    """What stands there stays as it is."""
    path = tmp_path / "x.db"
    path.write_bytes(b"mine")
    with pytest.raises(NameTakenError):
        build_demo_database(path, size=Size.CHICA, unit=known_unit(Nemonico(1288)), year=2021, seed=1)
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_says_that_the_folder_is_missing(tmp_path: Path) -> None:
    """Before any work is done."""
    path = tmp_path / "no" / "x.db"
    with pytest.raises(FolderMissingError) as caught:
        build_demo_database(path, size=Size.CHICA, unit=known_unit(Nemonico(1288)), year=2021, seed=1)
    assert caught.value.fields["ruta"] == str(tmp_path / "no")


def test_refuses_a_year_that_is_none(tmp_path: Path) -> None:
    """The programming year must be a year too."""
    with pytest.raises(InvalidValueError):
        build_demo_database(
            tmp_path / "x.db", size=Size.CHICA, unit=known_unit(Nemonico(1288)), year=2199, seed=1
        )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("step", ["basedemo.sync", "basedemo.place"])
def test_a_failed_step_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """An error before the base has its name: neither the base nor its part remains."""
    monkeypatch.setenv("SIGASERS_FAILPOINT", f"{step}:before=error")
    with pytest.raises(DiskError):
        build_demo_database(
            tmp_path / "x.db", size=Size.CHICA, unit=known_unit(Nemonico(1288)), year=2021, seed=1
        )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("step", "side", "exists"),
    [
        ("basedemo.sync", "before", False),
        ("basedemo.sync", "after", False),
        ("basedemo.place", "before", False),
        ("basedemo.place", "after", True),
    ],
)
def test_a_kill_leaves_a_whole_base_or_none(tmp_path: Path, step: str, side: str, *, exists: bool) -> None:
    """Killed at any point, the name is either free, and the next run fills it, or holds a sound base."""
    path = tmp_path / "x.db"
    assert _run(path, SIGASERS_FAILPOINT=f"{step}:{side}=kill") != 0
    assert path.exists() is exists
    if not exists:
        assert _run(path) == 0
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert count(base, "SIG_PEDIDOS") > 400
    base.close()


def test_a_full_disk_is_said_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own word for a full disk becomes ours; nothing is left."""
    from sigasers.errors.disk import DiskFullError
    from sigasers.siga.basedemo import build

    limited = (*build._PRAGMAS, "PRAGMA max_page_count=300")
    monkeypatch.setattr(build, "_PRAGMAS", limited)
    with pytest.raises(DiskFullError):
        build_demo_database(
            tmp_path / "x.db", size=Size.CHICA, unit=known_unit(Nemonico(1288)), year=2021, seed=1
        )
    assert not list(tmp_path.iterdir())
