"""The bases that are exported, and exactly what our export takes of them: tables, columns, rows.

Peers that can filter get the same columns and the same predicate; those that cannot (``sqlite3 .dump``, ``pg_dump``,
``dlt``) get a copy that holds these tables, columns and rows alone, made beforehand.
"""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg import sql
from sqlglot import exp

from scripts.bench.measure import BenchError
from scripts.postgres import PostgresServer, load_sqlite
from sigasers.model import Ambito, Ejercicio, Nemonico
from sigasers.siga.catalogue import load_catalogue
from sigasers.siga.export.selection import select
from sigasers.siga.sources import Query
from sigasers.siga.sources.expressions import column, filtered
from sigasers.siga.sources.sqlite import SqliteSource

UNIT, YEAR = Nemonico(1288), Ejercicio(2021)
COPY_SCHEMA = "copia"
SIGA = str(Path(sys.executable).with_name("siga"))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One table of the package: what is read of it, and how many rows that is."""

    query: Query
    rows: int

    @property
    def cells(self) -> int:
        """Rows times columns."""
        return self.rows * len(self.query.columnas)

    def statement(self, dialect: str) -> str:
        """Select exactly what the export reads, in the names of that engine's base."""
        tree = self.tree()
        if dialect == "postgres":
            for name in tree.find_all(exp.Identifier):
                name.set("this", name.name.lower())
        return tree.sql(dialect=dialect)

    def tree(self) -> exp.Select:
        """Give the same as an expression, in the names of the SQLite base."""
        return filtered([column(one.nombre) for one in self.query.columnas], self.query)


@dataclass(frozen=True)
class Base:
    """A demonstration base of one size in ``folder``."""

    folder: Path
    size: str

    @cached_property
    def path(self) -> Path:
        """The SQLite file, made when it is not there."""
        path = self.folder / f"{self.size}.db"
        if not path.exists():
            order = [SIGA, "base-demo", "--tamano", self.size, "--destino", str(path)]
            if subprocess.run(order, check=False, stdout=subprocess.DEVNULL).returncode != 0:
                raise BenchError(f"base-demo {self.size} failed")
        return path

    @cached_property
    def taken(self) -> tuple[Taken, ...]:
        """The tables of the package, as our own exporter chooses them."""
        snapshot = SqliteSource(self.path).open_snapshot(lanes=1)
        try:
            tables = snapshot.tables()
            entries = load_catalogue(None).for_ambito(Ambito.SISTEMA)
            found = [
                select(entry, tables, UNIT, YEAR).query for entry in entries if entry.nombre.lower() in tables
            ]
            lane = snapshot.lanes[0]
            return tuple(Taken(query=query, rows=lane.totals(query, ()).filas) for query in found)
        finally:
            snapshot.close()

    @property
    def rows(self) -> int:
        """Rows of the package."""
        return sum(one.rows for one in self.taken)

    @property
    def cells(self) -> int:
        """Cells of the package."""
        return sum(one.cells for one in self.taken)

    @cached_property
    def copy(self) -> Path:
        """A SQLite file that holds what the package takes, and nothing else."""
        path = self.folder / f"{self.size}-copia.db"
        if not path.exists():
            part = path.with_suffix(".part")
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part, isolation_level=None)) as target:
                target.execute("PRAGMA journal_mode=OFF")
                target.execute("ATTACH ? AS entera", (str(self.path),))
                target.execute("BEGIN")
                for one in self.taken:
                    _copy_table(target, one)
                target.execute("COMMIT")
            part.rename(path)
        return path

    def load(self, server: PostgresServer) -> None:
        """Fill the database of this size in ``server``: the whole base, and beside it the copy in its own schema."""
        server.create_database(self.size)
        load_sqlite(self.path, server.conninfo(self.size))
        with psycopg.connect(server.conninfo(self.size), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(COPY_SCHEMA)))
            for one in self.taken:
                place = sql.Identifier(COPY_SCHEMA, one.query.tabla.lower())
                rows = sql.SQL(one.statement("postgres"))
                connection.execute(sql.SQL("CREATE TABLE {} AS {}").format(place, rows))
            connection.execute("VACUUM ANALYZE")


def _copy_table(target: sqlite3.Connection, one: Taken) -> None:
    """Make the table with its declared types, then fill it with the rows that the package takes."""
    name = one.query.tabla
    declared = {row[1]: row[2] for row in target.execute(f'PRAGMA entera.table_info("{name}")')}
    columns = ", ".join(f'"{each.nombre}" {declared[each.nombre]}' for each in one.query.columnas)
    target.execute(f'CREATE TABLE main."{name}" ({columns})')
    tree = one.tree()
    for table in tree.find_all(exp.Table):  # a bare name would be the new, empty table
        table.set("db", exp.to_identifier("entera"))
    target.execute(f'INSERT INTO main."{name}" {tree.sql(dialect="sqlite")}')
