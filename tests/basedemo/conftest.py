"""Connections to the demonstration bases, read only: every rule of their contents holds for each of them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from sigasers.model import Nemonico
from sigasers.siga.basedemo import Scale, Size, build_demo_database
from sigasers.siga.basedemo.contents import fill_base
from sigasers.siga.basedemo.sheet import Book
from sigasers.siga.basedemo.units import known_unit

OWN, NEIGHBOUR, YEAR = 1288, 1287, 2021
PART = 0.05  # of a large unit: what its documents look like shows in 250,000 rows as in 5 million
_WHOLE = pytest.param("grande", marks=pytest.mark.slow)


def _part_of_grande(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        book, scale = Book(connection), Scale(PART, is_large=True)
        connection.execute("BEGIN")
        fill_base(book, scale=scale, unit=known_unit(Nemonico(OWN)), year=YEAR, seed=1)
        connection.execute("COMMIT")


@pytest.fixture(scope="session")
def opened(
    base_chica: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], sqlite3.Connection]]:
    """Builds a base once and opens it; what was built is removed at the end."""
    folder = tmp_path_factory.mktemp("bases")

    @cache
    def open_base(name: str) -> sqlite3.Connection:
        path = base_chica if name == "chica" else folder / "base.db"
        if name == "grande":
            unit = known_unit(Nemonico(OWN))
            build_demo_database(path, size=Size.GRANDE, unit=unit, year=YEAR, seed=1)
        elif name == "part of grande":
            path = folder / "part.db"
            _part_of_grande(path)
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    yield open_base
    for path in folder.iterdir():
        path.unlink()


@pytest.fixture(scope="session", params=["chica", "part of grande", _WHOLE])
def base(request: pytest.FixtureRequest, opened: Callable[[str], sqlite3.Connection]) -> sqlite3.Connection:
    return opened(request.param)


@pytest.fixture(scope="session", params=["part of grande", _WHOLE])
def grande(
    request: pytest.FixtureRequest, opened: Callable[[str], sqlite3.Connection]
) -> tuple[sqlite3.Connection, float]:
    """A base of a large unit, and which part of its figures it has."""
    return opened(request.param), 1.0 if request.param == "grande" else PART
