"""The bases that the contract suite runs on: each makes the same tables, opens them as a source, and has its judge.

To add one: a class with the methods of ``BaseUnderTest``, an entry in ``BASES``, its fixture in ``conftest``.
"""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from psycopg import sql

from scripts.postgres import PostgresServer
from sigasers.siga.sources import Notes, Query, Snapshot, Source
from sigasers.siga.sources.odbc import OdbcSource
from sigasers.siga.sources.postgres import PostgresSource
from sigasers.siga.sources.server import Motor, Server
from sigasers.siga.sources.sqlite import SqliteSource
from tests.sources import sources_under_test
from tests.sources.contract import tsql
from tests.sources.contract.tables import Made, Value

# What an engine (or its emulator) can hold, so that a test can ask for it.
WIDE_NUMBERS = "38 digits"  # numbers beyond a double's 15
NUL = "NUL in text"
WINDOWS = "Windows-1252"  # text of one byte a character, with its five holes
NAMES = "names whatever their case"
PADDED = "CHAR padded by the engine"
FINE_TIMES = "times of 100 ns"
COMPARES_LOOSELY = "a collation that ignores case"
WRITES = "a writer beside the reader"


class BaseUnderTest(Protocol):
    """A base that a test fills."""

    holds: frozenset[str]

    def make(self, *tables: Made) -> None:
        """Make the tables, rows and all."""

    def write(self, table: Made, *rows: tuple[Value, ...]) -> None:
        """Add rows from a connection of its own, as SIGA does, and commit."""

    def source(self) -> Source:
        """Give the base as the exporter reads it."""

    def judged(self, table: Made) -> list[tuple[Value, ...]]:
        """Read the table by a reader that shares nothing with the source."""


@contextmanager
def opened(base: BaseUnderTest, lanes: int = 1) -> Iterator[Snapshot]:
    """Open the base's source and close it."""
    snapshot = base.source().open_snapshot(lanes=lanes)
    try:
        yield snapshot
    finally:
        snapshot.close()


def everything(snapshot: Snapshot, made: Made) -> Query:
    """Give the query of all rows and columns."""
    return sources_under_test.everything(snapshot, made.nombre)


def read(
    snapshot: Snapshot, query: Query, notes: Notes | None = None, lane: int = 0
) -> list[tuple[Any, ...]]:
    """Read as the exporter does, rows sorted by their text: engines give them in any order."""
    return sorted(sources_under_test.read(snapshot, query, notes, lane), key=repr)


@dataclass
class SqliteUnderTest:
    """A SQLite file in WAL, judged by Python's ``sqlite3``; open no snapshot while the judge reads."""

    path: Path
    holds: frozenset[str] = frozenset({NUL, NAMES, WRITES})

    def make(self, *tables: Made) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            for made in tables:
                fields = [f"{_quoted(one.nombre)} {one.tipo.replace('(max)', '')}" for one in made.campos]
                if made.clave:
                    fields.append(f"PRIMARY KEY ({', '.join(map(_quoted, made.clave))})")
                connection.execute(f"CREATE TABLE {_quoted(made.nombre)} ({', '.join(fields)})")
                _sqlite_insert(connection, made, made.todas)
            connection.commit()

    def write(self, table: Made, *rows: tuple[Value, ...]) -> None:
        """Write from a process of its own: a second SQLite in this one would undo the source's locks."""
        marks = ", ".join("?" for _ in table.campos)
        statement = f"INSERT INTO {_quoted(table.nombre)} VALUES ({marks})"
        command = [sys.executable, "-c", _WRITER, str(self.path), statement, json.dumps(rows)]
        subprocess.run(command, check=True, timeout=60)

    def source(self) -> Source:
        return SqliteSource(self.path, wait_s=0)

    def judged(self, table: Made) -> list[tuple[Value, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(f"SELECT * FROM {_quoted(table.nombre)}").fetchall()


_WRITER = """
import json, sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.executemany(sys.argv[2], json.loads(sys.argv[3]))
base.commit()
"""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _sqlite_insert(connection: sqlite3.Connection, made: Made, rows: Sequence[tuple[Value, ...]]) -> None:
    def stored(value: Value) -> object:
        if isinstance(value, datetime):
            return value.isoformat(sep=" ")
        return str(value) if isinstance(value, Decimal | date) else value

    marks = ", ".join("?" for _ in made.campos)
    connection.executemany(
        f"INSERT INTO {_quoted(made.nombre)} VALUES ({marks})", [tuple(map(stored, row)) for row in rows]
    )


@dataclass
class SqlServerUnderTest:
    """SQL Server, emulated or real, through one ODBC driver; judged by ``pyodbc``, tables dropped at the end."""

    server: Server
    password: str
    connection_string: str
    made: list[Made] = field(default_factory=list)
    holds: frozenset[str] = frozenset({
        WIDE_NUMBERS, NUL, WINDOWS, NAMES, PADDED, FINE_TIMES, COMPARES_LOOSELY, WRITES,
    })  # fmt: skip

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """Give a cursor of the judge's own."""
        import pyodbc

        connection = pyodbc.connect(self.connection_string, autocommit=True, timeout=10)
        try:
            with closing(connection.cursor()) as cursor:
                yield cursor
        finally:
            connection.close()

    def make(self, *tables: Made) -> None:
        with self.connection() as cursor:
            for made in tables:
                self.made.append(made)
                cursor.execute(tsql.create(made))
                for statement in (*tsql.doublings(made), *tsql.inserts(made, made.filas)):
                    cursor.execute(statement)

    def write(self, table: Made, *rows: tuple[Value, ...]) -> None:
        with self.connection() as cursor:
            for statement in tsql.inserts(table, rows):
                cursor.execute(statement)

    def drop(self) -> None:
        """Leave nothing behind."""
        with self.connection() as cursor:
            while self.made:
                cursor.execute(f"DROP TABLE {tsql.place(self.made.pop())}")

    def source(self) -> Source:
        return OdbcSource(self.server, self.password, wait_s=5, limit_s=60)

    def judged(self, table: Made) -> list[tuple[Value, ...]]:
        with self.connection() as cursor:
            found = cursor.execute(f"SELECT {tsql.judged_columns(table)} FROM {tsql.place(table)}").fetchall()
        return [tuple(row) for row in found]


_POSTGRES_TYPES = {
    "datetime": "timestamp", "datetime2": "timestamp", "varbinary": "bytea", "binary": "bytea", "image": "bytea",
    "float": "double precision", "nvarchar": "varchar", "nchar": "char", "ntext": "text", "bit": "boolean",
    "money": "numeric(19,4)", "tinyint": "smallint", "uniqueidentifier": "uuid",
}  # fmt: skip


@dataclass
class PostgresUnderTest:
    """A database of its own in a real PostgreSQL, through psqlodbc; judged by ``psycopg``."""

    postgres: PostgresServer
    database: str
    holds: frozenset[str] = frozenset({WIDE_NUMBERS, PADDED, WRITES})

    def make(self, *tables: Made) -> None:
        with psycopg.connect(self.postgres.conninfo(self.database)) as connection:
            for made in tables:
                fields = [sql.SQL("{} {}").format(sql.Identifier(one.nombre), sql.SQL(_postgres_type(one.tipo)))
                          for one in made.campos]  # fmt: skip
                if made.clave:
                    fields.append(
                        sql.SQL("PRIMARY KEY ({})").format(
                            sql.SQL(", ").join(map(sql.Identifier, made.clave))
                        )
                    )
                connection.execute(
                    sql.SQL("CREATE TABLE {} ({})").format(
                        sql.Identifier(made.nombre), sql.SQL(", ").join(fields)
                    )
                )
                _postgres_insert(connection, made, made.todas)

    def write(self, table: Made, *rows: tuple[Value, ...]) -> None:
        with psycopg.connect(self.postgres.conninfo(self.database)) as connection:
            _postgres_insert(connection, table, rows)

    def source(self) -> Source:
        server = Server(
            motor=Motor.ODBC,
            servidor=self.postgres.host,
            puerto=self.postgres.port,
            base=self.database,
            usuario="postgres",
            controlador="PostgreSQL Unicode",
        )
        return OdbcSource(server, self.postgres.password, wait_s=5, limit_s=60)

    def judged(self, table: Made) -> list[tuple[Value, ...]]:
        with psycopg.connect(self.postgres.conninfo(self.database)) as connection:
            return connection.execute(
                sql.SQL("SELECT * FROM {}").format(sql.Identifier(table.nombre))
            ).fetchall()


class NativePostgresUnderTest(PostgresUnderTest):
    """The same, read by COPY instead of through ODBC."""

    def source(self) -> Source:
        server = Server(
            motor=Motor.POSTGRESQL,
            servidor=self.postgres.host,
            puerto=self.postgres.port,
            base=self.database,
            usuario="postgres",
        )
        return PostgresSource(server, self.postgres.password, wait_s=5, limit_s=60)


def _postgres_type(tipo: str) -> str:
    name, _, numbers = tipo.replace("(max)", "").partition("(")
    known = _POSTGRES_TYPES.get(name, name)
    return f"{known}({numbers}" if numbers and known in {"numeric", "varchar", "char", "decimal"} else known


def _postgres_insert(
    connection: psycopg.Connection[Any], made: Made, rows: Sequence[tuple[Value, ...]]
) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, (one.nombre for one in made.campos)))
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(made.nombre), columns)
    with connection.cursor().copy(command) as copy:
        for row in rows:
            copy.write_row(row)


UNIXODBC = pytest.mark.needs("unixodbc")
BASES: dict[str, tuple[frozenset[str], tuple[Any, ...]]] = {
    "sqlite": (SqliteUnderTest.holds, ()),
    "sqlserver-microsoft": (SqlServerUnderTest.holds, (UNIXODBC,)),
    "sqlserver-freetds": (SqlServerUnderTest.holds, (UNIXODBC, pytest.mark.needs("freetds"))),
    "postgresql": (NativePostgresUnderTest.holds, ()),
    "postgresql-psqlodbc": (PostgresUnderTest.holds, (UNIXODBC, pytest.mark.needs("psqlodbc"))),
}


def on_bases(*wanted: str) -> Any:
    """Run a test on every base that holds all of ``wanted``."""
    found = [
        pytest.param(name, marks=marks, id=name)
        for name, (holds, marks) in BASES.items()
        if set(wanted) <= holds
    ]
    return pytest.mark.parametrize("base", found, indirect=True)
