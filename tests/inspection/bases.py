"""Bases of a few tables, as the catalogue wants them and as drift makes them; made by ``sqlite3`` alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from sigasers.siga.catalogue import Catalogue, TableEntry, load_catalogue
from sigasers.siga.sources import Snapshot
from sigasers.siga.sources.sqlite import SqliteSource


def base_of(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def table_sql(entry: TableEntry, **changes: str | None) -> str:
    """Give the CREATE TABLE of the reference; ``changes`` retype a column, drop it (None) or add one."""
    columns = dict(entry.columnas) | changes
    lines = [f'"{name}" {declared}' for name, declared in columns.items() if declared is not None]
    key = ", ".join(f'"{name}"' for name in entry.clave)
    return f'CREATE TABLE "{entry.nombre}" ({", ".join(lines)}, PRIMARY KEY ({key}))'


def entry(name: str) -> TableEntry:
    (found,) = (each for each in load_catalogue().tablas if each.nombre == name)
    return found


def catalogue_of(*names: str) -> Catalogue:
    """Give the catalogue with these tables alone."""
    whole = load_catalogue()
    return replace(whole, tablas=tuple(each for each in whole.tablas if each.nombre in names))


@contextmanager
def snapshot(path: Path) -> Iterator[Snapshot]:
    opened = SqliteSource(path, wait_s=0).open_snapshot(lanes=1)
    try:
        yield opened
    finally:
        opened.close()
