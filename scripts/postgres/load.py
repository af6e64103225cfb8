"""Copies a SQLite base of the SIGA schema into PostgreSQL, value by value, as a mirror of SIGA would hold it.

Names become lower case, as PostgreSQL folds them; ``datetime`` becomes ``timestamp``. Nothing of the exporter is used:
what it reads from the copy can be judged by it.
"""

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql

_TYPES = {"datetime": "timestamp", "smalldatetime": "timestamp", "image": "bytea", "money": "numeric(19,4)"}
_NULL = "\\N"  # a text that reads so would become null: no SIGA text does
_BLOCK_ROWS = 4000


def load_sqlite(base: Path, conninfo: str, *, schema: str = "public") -> int:
    """Make every table of ``base`` in ``schema`` of an empty database and fill it; gives the rows copied."""
    total = 0
    with closing(sqlite3.connect(f"{base.absolute().as_uri()}?mode=ro", uri=True)) as source:
        tables = [name for (name,) in source.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )]  # fmt: skip
        with psycopg.connect(conninfo) as target:
            target.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
            for name in tables:
                total += _copy_table(source, target, name, sql.Identifier(schema, name.lower()))
        with psycopg.connect(conninfo, autocommit=True) as target:
            target.execute("VACUUM ANALYZE")
    return total


def _copy_table(
    source: sqlite3.Connection,
    target: psycopg.Connection[tuple[object, ...]],
    name: str,
    place: sql.Identifier,
) -> int:
    columns = source.execute(
        "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", (name,)
    ).fetchall()
    fields = [
        sql.SQL("{} {}").format(sql.Identifier(column.lower()), sql.SQL(_TYPES.get(kind.lower(), kind)))
        for column, kind, _ in columns
    ]
    target.execute(sql.SQL("CREATE TABLE {} ({})").format(place, sql.SQL(", ").join(fields)))
    wanted = ", ".join(_field(column) for column, _, _ in columns)
    rows = source.execute(f"SELECT {wanted} FROM {_quoted(name)}")  # noqa: S608 - names of what is there
    count = 0
    command = sql.SQL("COPY {} FROM STDIN (FORMAT csv, DELIMITER E'\\t', NULL {})").format(
        place, sql.Literal(_NULL)
    )
    with target.cursor().copy(command) as copy:
        for block, size in _blocks(rows):
            copy.write(block)
            count += size
    key = [column.lower() for column, _, pk in sorted(columns, key=lambda one: one[2]) if pk]
    if key:
        names = sql.SQL(", ").join(map(sql.Identifier, key))
        target.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(place, names))
    return count


def _blocks(rows: sqlite3.Cursor) -> Iterator[tuple[bytes, int]]:
    """Give rows as tab separated values, some thousand at a time."""
    while found := rows.fetchmany(_BLOCK_ROWS):
        page = io.StringIO()
        csv.writer(page, delimiter="\t", lineterminator="\n").writerows(found)
        yield page.getvalue().encode(), len(found)


def _field(column: str) -> str:
    """Give the expression of a column whose nulls and bytes are texts already: the loops are then all in C."""
    own = _quoted(column)
    return (
        f"CASE typeof({own}) WHEN 'null' THEN '{_NULL}' WHEN 'blob' THEN '\\x' || hex({own}) ELSE {own} END"
    )


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
