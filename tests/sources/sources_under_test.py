"""Every source that the contract suite runs on: each makes a base from SQL, and opens it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sigasers.formats.column_type import Column
from sigasers.siga.sources import NeedsExactError, Notes, Query, Snapshot
from sigasers.siga.sources.sqlite import SqliteSource


class SqliteBase:
    """A SQLite file; ``script`` is run on it as it is."""

    def __init__(self, folder: Path, *, wal: bool = True) -> None:
        self.path = folder / "base.db"
        self._wal = wal

    def make(self, *script: str, many: tuple[str, Sequence[tuple[object, ...]]] | None = None) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            if self._wal:
                connection.execute("PRAGMA journal_mode=WAL")
            for statement in script:
                connection.execute(statement)
            if many:
                connection.executemany(*many)
            connection.commit()

    def source(self) -> SqliteSource:
        return SqliteSource(self.path, wait_s=0)

    @contextmanager
    def snapshot(self, lanes: int = 1) -> Iterator[Snapshot]:
        opened = self.source().open_snapshot(lanes=lanes)
        try:
            yield opened
        finally:
            opened.close()


def everything(snapshot: Snapshot, table: str) -> Query:
    """Give the query of all rows and columns."""
    found = snapshot.tables()[table.lower()]
    return Query(tabla=found.nombre, columnas=found.columnas)


def read(
    snapshot: Snapshot, query: Query, notes: Notes | None = None, lane: int = 0
) -> list[tuple[object, ...]]:
    """Read as the exporter does: the fast way, and again exactly where the source says so."""
    while True:
        try:
            batches = list(snapshot.lanes[lane].read(query, notes if notes is not None else Notes()))
        except NeedsExactError as need:
            query = Query(
                tabla=query.tabla,
                columnas=query.columnas,
                condiciones=query.condiciones,
                exactas=query.exactas | need.columns,
            )
            if notes is not None:
                notes.found.clear()
            continue
        return [
            row
            for batch in batches
            for row in zip(*(each.to_pylist() for each in batch.columns), strict=True)
        ]


def column(snapshot: Snapshot, table: str, name: str) -> Column:
    """Give a column that must be there."""
    found = snapshot.tables()[table.lower()].column(name)
    assert found is not None
    return found
