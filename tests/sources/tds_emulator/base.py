"""The database behind the emulated server: a SQLite file, read with the types that its schema declares.

A table made through the server keeps its values exactly: numeric columns get no affinity (``BLOB numeric(38,10)``).
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.sources.tds_emulator import collation
from tests.sources.tds_emulator.conversions import converted, sortable
from tests.sources.tds_emulator.errors import SqlError
from tests.sources.tds_emulator.sql_types import IDS, SqlType, parse_type, precision_and_scale

_SYS = """
CREATE TABLE sys.schemas (schema_id INT, name TEXT);
CREATE TABLE sys.tables (object_id INT, name TEXT, schema_id INT, is_ms_shipped INT);
CREATE TABLE sys.columns (object_id INT, column_id INT, name TEXT, system_type_id INT, user_type_id INT,
  max_length INT, precision INT, scale INT, is_nullable INT);
CREATE TABLE sys.types (name TEXT, system_type_id INT, user_type_id INT);
CREATE TABLE sys.indexes (object_id INT, index_id INT, is_primary_key INT);
CREATE TABLE sys.index_columns (object_id INT, index_id INT, key_ordinal INT, column_id INT);
CREATE TABLE sys.databases (database_id INT, name TEXT, snapshot_isolation_state INT,
  is_read_committed_snapshot_on INT, compatibility_level INT, collation_name TEXT);
INSERT INTO sys.schemas VALUES (1, 'dbo'), (4, 'sys');
"""
SYS_TYPES = {
    "schemas": {"schema_id": "int", "name": "nvarchar(128)"},
    "tables": {"object_id": "int", "name": "nvarchar(128)", "schema_id": "int", "is_ms_shipped": "bit"},
    "columns": {"object_id": "int", "column_id": "int", "name": "nvarchar(128)", "system_type_id": "tinyint",
                "user_type_id": "int", "max_length": "smallint", "precision": "tinyint", "scale": "tinyint",
                "is_nullable": "bit"},
    "types": {"name": "nvarchar(128)", "system_type_id": "tinyint", "user_type_id": "int"},
    "indexes": {"object_id": "int", "index_id": "int", "is_primary_key": "bit"},
    "index_columns": {"object_id": "int", "index_id": "int", "key_ordinal": "tinyint", "column_id": "int"},
    "databases": {"database_id": "int", "name": "nvarchar(128)", "snapshot_isolation_state": "tinyint",
                  "is_read_committed_snapshot_on": "bit", "compatibility_level": "tinyint",
                  "collation_name": "nvarchar(128)"},
}  # fmt: skip


@dataclass(frozen=True)
class EmulatedColumn:
    """A column: its name, type, and whether it may be null."""

    name: str
    type: SqlType
    nullable: bool


@dataclass(frozen=True)
class EmulatedTable:
    """A table of ``dbo`` or ``sys``; ``key`` holds the names of the primary key in order."""

    name: str
    schema: str
    columns: tuple[EmulatedColumn, ...]
    key: tuple[str, ...] = ()

    def column(self, name: str) -> EmulatedColumn | None:
        """Give a column whatever its case: the collation ignores it."""
        return next((one for one in self.columns if one.name.lower() == name.lower()), None)


class Base:
    """The file, its catalogue, and connections to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._tables = {
            (table.schema, table.name.lower()): table for table in (*_sys_tables(), *_own_tables(path))
        }

    def table(self, schema: str, name: str) -> EmulatedTable | None:
        """Give a table whatever the case of its name."""
        return self._tables.get((schema.lower(), name.lower()))

    def add(self, table: EmulatedTable) -> None:
        """Enter a table that was created."""
        with self._lock:
            self._tables = {**self._tables, (table.schema, table.name.lower()): table}

    def drop(self, table: EmulatedTable) -> None:
        """Forget a table that was dropped."""
        with self._lock:
            self._tables = {
                name: one for name, one in self._tables.items() if name != (table.schema, table.name.lower())
            }

    @property
    def own(self) -> list[EmulatedTable]:
        """Every table of ``dbo``."""
        return [table for table in self._tables.values() if table.schema == "dbo"]


class Store:
    """One session's connection; ``error`` is what a function of ours raised inside SQLite."""

    def __init__(self, base: Base, *, wait_s: float = 10.0) -> None:
        self._base = base
        self.error: SqlError | None = None
        self.connection = sqlite3.connect(
            ":memory:", isolation_level=None, timeout=wait_s, check_same_thread=False
        )
        self.connection.execute("ATTACH ? AS dbo", (str(base.path),))
        self.connection.execute("PRAGMA dbo.journal_mode=WAL")
        self.connection.execute("ATTACH ':memory:' AS sys")
        self.connection.executescript(_SYS)
        self.connection.create_collation(collation.NAME, collation.compare)
        self.connection.create_function("tsql_cast", 4, self._cast, deterministic=True)
        self.connection.create_function("tsql_sortable", 2, sortable, deterministic=True)
        self.connection.create_function("tsql_datalength", 2, _datalength, deterministic=True)
        store = self

        class Sum:
            """SUM as numeric(38,s): exact, and an overflow is error 8115."""

            def __init__(self) -> None:
                self.found: list[object] = []

            def step(self, value: object) -> None:
                if value is not None:
                    self.found.append(value)

            def finalize(self) -> str | None:
                return store.total(self.found)

        self.connection.create_aggregate("tsql_sum", 1, Sum)  # type: ignore[arg-type]

    def total(self, values: list[object]) -> str | None:
        """Add up exactly."""
        from decimal import Context, Decimal

        context, sum_ = Context(prec=100), Decimal(0)
        for value in values:
            sum_ = context.add(sum_, Decimal(str(value)))
        if len(sum_.as_tuple().digits) > 38:
            self.error = SqlError(
                8115, "Arithmetic overflow error converting expression to data type numeric."
            )
            raise self.error
        return f"{sum_:f}" if values else None

    def _cast(self, value: object, source: str, target: str, style: int) -> object:
        known, wanted = parse_type(source), parse_type(target)
        assert known is not None
        assert wanted is not None
        try:
            return converted(value, known, wanted, style)
        except SqlError as error:
            self.error = error
            raise

    def fill_sys(self, visible: Iterator[EmulatedTable], databases: list[tuple[object, ...]]) -> None:
        """Write the catalogue views again, with the tables that the login may see."""
        run = self.connection.execute
        for name in ("tables", "columns", "types", "indexes", "index_columns", "databases"):
            run(f"DELETE FROM sys.{name}")
        many = self.connection.executemany
        many("INSERT INTO sys.databases VALUES (?,?,?,?,?,?)", databases)
        many(
            "INSERT INTO sys.types VALUES (?,?,?)",
            [(name, number, number) for name, (number, _) in IDS.items()],
        )
        run("INSERT INTO sys.types VALUES ('sysname', 231, 256)")
        for number, table in enumerate(visible, start=1000):
            run("INSERT INTO sys.tables VALUES (?,?,1,0)", (number, table.name))
            many("INSERT INTO sys.columns VALUES (?,?,?,?,?,?,?,?,?)", [
                (number, place, one.name, IDS[one.type.name][0], IDS[one.type.name][0], one.type.max_length,
                 *precision_and_scale(one.type), int(one.nullable))
                for place, one in enumerate(table.columns, start=1)
            ])  # fmt: skip
            if table.key:
                run("INSERT INTO sys.indexes VALUES (?,1,1)", (number,))
                names = [one.name.lower() for one in table.columns]
                many("INSERT INTO sys.index_columns VALUES (?,1,?,?)", [
                    (number, place, names.index(one.lower()) + 1) for place, one in enumerate(table.key, start=1)
                ])  # fmt: skip


def _datalength(value: object, wide: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        return len(value)
    text = str(value)
    return len(text.encode("utf-16-le", "surrogatepass")) if wide else len(collation.to_windows(text))


def _sys_tables() -> Iterator[EmulatedTable]:
    for name, columns in SYS_TYPES.items():
        found = [EmulatedColumn(one, _known(declared), nullable=True) for one, declared in columns.items()]
        yield EmulatedTable(name, "sys", tuple(found))


def _own_tables(path: Path) -> Iterator[EmulatedTable]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        for (name,) in names.fetchall():
            rows = connection.execute(
                'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,)
            ).fetchall()
            columns = [
                EmulatedColumn(one, _known(declared), not notnull) for one, declared, notnull, _ in rows
            ]
            key = sorted((pk, one) for one, _, _, pk in rows if pk)
            yield EmulatedTable(name, "dbo", tuple(columns), tuple(one for _, one in key))


def _known(declared: str) -> SqlType:
    found = parse_type(declared)
    assert found is not None, declared
    return found
