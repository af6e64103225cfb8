"""A PostgreSQL database under test, opened as a source and asked by psycopg, which shares no conversion with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from scripts.postgres import PostgresServer
from sigasers.formats.column_type import Column
from sigasers.siga.sources import Notes, Query, Snapshot
from sigasers.siga.sources.postgres import PostgresSource
from sigasers.siga.sources.server import Motor, Server

Row = tuple[Any, ...]


@dataclass(frozen=True)
class PostgresBase:
    """One database of the server; ``judge`` asks psycopg, which shares no conversion with the source."""

    server: PostgresServer
    name: str

    def source(
        self, *, user: str = "postgres", password: str | None = None, wait_s: float = 5, limit_s: float = 60
    ) -> PostgresSource:
        place = Server(
            motor=Motor.POSTGRESQL,
            servidor=self.server.host,
            puerto=self.server.port,
            base=self.name,
            usuario=user,
        )
        return PostgresSource(
            place, self.server.password if password is None else password, wait_s=wait_s, limit_s=limit_s
        )

    @contextmanager
    def snapshot(self, lanes: int = 1, **options: Any) -> Iterator[Snapshot]:
        opened = self.source(**options).open_snapshot(lanes=lanes)
        try:
            yield opened
        finally:
            opened.close()

    def run(self, *script: str) -> None:
        with psycopg.connect(
            self.server.conninfo(self.name), autocommit=True, client_encoding="utf8"
        ) as connection:
            for statement in script:
                connection.execute(statement.encode())

    def judge(self, statement: str) -> list[Row]:
        with psycopg.connect(self.server.conninfo(self.name)) as connection:
            return connection.execute(statement.encode()).fetchall()


def everything(snapshot: Snapshot, table: str) -> Query:
    found = snapshot.tables()[table.lower()]
    return Query(tabla=found.nombre, columnas=found.columnas)


def read(snapshot: Snapshot, query: Query, notes: Notes | None = None, lane: int = 0) -> list[Row]:
    found = snapshot.lanes[lane].read(query, notes if notes is not None else Notes())
    return [row for batch in found for row in zip(*(each.to_pylist() for each in batch.columns), strict=True)]


def column(snapshot: Snapshot, table: str, name: str) -> Column:
    found = snapshot.tables()[table.lower()].column(name)
    assert found is not None
    return found
