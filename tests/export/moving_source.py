"""A source without snapshots that obeys the seam: its base changes between one statement and the next, as told."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from sigasers.formats.column_type import Column
from sigasers.formats.manifest import Consistencia
from sigasers.siga.sources import Notes, Query, SourceTotals, TableSchema
from sigasers.siga.sources.sqlite import SqliteSource

Change = Callable[[sqlite3.Connection], object]


class MovingSource:
    """The SQLite base at ``path``, each statement seeing its newest state.

    After each read of ``table`` one of ``changes`` is made; in its first ``doubled`` reads a row is met twice.
    """

    def __init__(self, path: Path, table: str, changes: list[Change], doubled: int = 0) -> None:
        self.path, self.table, self.changes, self.doubled = path, table, changes, doubled
        self.reads = 0

    def open_snapshot(self, *, lanes: int) -> "MovingSnapshot":
        return MovingSnapshot(self)


class MovingSnapshot:
    motor = "SQL de prueba"
    motor_version = "1"
    consistencia = Consistencia.LECTURA_CONFIRMADA
    bloquea_escritura = False

    def __init__(self, source: MovingSource) -> None:
        self._source = source
        self.lanes = (MovingLane(source),)

    def tables(self) -> dict[str, TableSchema]:
        return self._asked(lambda snapshot: snapshot.tables())

    def may_read(self, tabla: str) -> bool:
        return tabla.lower() in self.tables()

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _asked(self, ask: Callable[[Any], Any]) -> Any:
        return asked(self._source.path, ask)


class MovingLane:
    def __init__(self, source: MovingSource) -> None:
        self._source = source

    def read(self, query: Query, notes: Notes) -> Iterator[pa.RecordBatch]:
        found = asked(self._source.path, lambda snapshot: list(snapshot.lanes[0].read(query, notes)))
        yield from found
        if query.tabla == self._source.table and self._source.doubled:
            self._source.doubled -= 1
            yield found[0].slice(0, 1)  # the row moved behind the reader, and was met again
        if query.tabla == self._source.table:
            self._source.reads += 1
            if self._source.changes:
                change = self._source.changes.pop(0)
                with closing(sqlite3.connect(self._source.path)) as connection:
                    change(connection)
                    connection.commit()

    def totals(self, query: Query, columns: tuple[Column, ...]) -> SourceTotals:
        return asked(self._source.path, lambda snapshot: snapshot.lanes[0].totals(query, columns))

    def integers(self, query: Query) -> list[tuple[int, ...]]:
        return asked(self._source.path, lambda snapshot: snapshot.lanes[0].integers(query))

    def texts(self, query: Query) -> list[str]:
        return asked(self._source.path, lambda snapshot: snapshot.lanes[0].texts(query))


def asked(path: Path, ask: Callable[[Any], Any]) -> Any:
    """Ask one statement's worth of a state of its own."""
    snapshot = SqliteSource(path).open_snapshot(lanes=1)
    try:
        return ask(snapshot)
    finally:
        snapshot.close()
