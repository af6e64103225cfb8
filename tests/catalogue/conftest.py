"""The demonstration base as the tests of the catalogue read it: with ``sqlite3`` alone, read only."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sigasers.siga.catalogue import load_catalogue

Declared = dict[str, tuple[tuple[tuple[str, str], ...], tuple[str, ...]]]


@pytest.fixture(scope="module")
def base(base_chica: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(base_chica.as_uri() + "?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def demo_columns(base: sqlite3.Connection) -> Declared:
    """Of each table of the catalogue: its (name, declared type) pairs, and its primary key in order.

    SQLite gives back the few types that it knows by name, as ``INT``, in capitals.
    """
    return {entry.nombre: _declared(base, entry.nombre) for entry in load_catalogue().tablas}


def _declared(base: sqlite3.Connection, table: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    rows = base.execute("SELECT name, type, pk FROM pragma_table_info(?)", (table,)).fetchall()
    key = sorted((pk, name) for name, _, pk in rows if pk)
    return tuple((name, kind.lower()) for name, kind, _ in rows), tuple(name for _, name in key)
