"""What a PostgreSQL database declares of its tables, as far as the search path shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.siga.sources.declared import column_type
from sigasers.siga.sources.postgres_statements import CASTS, TABLES, TEXT_NUMBERS
from sigasers.siga.sources.seam import TableSchema, by_lower_name


@dataclass(frozen=True, kw_only=True)
class PostgresSchema:
    """The tables by lower-case name, and what the logical types do not tell, by the names that the database spells.

    ``legibles`` are the tables that this user may read; ``casts`` gives each table's columns that are read as another
    type, ``numeros`` (table, column) are numbers that travel as text.
    """

    tablas: Mapping[str, TableSchema]
    legibles: frozenset[str]
    casts: Mapping[str, Mapping[str, str]]
    numeros: frozenset[tuple[str, str]]


def read_schema(connection: psycopg.Connection[tuple[Any, ...]]) -> PostgresSchema:
    """Ask ``connection`` for its schema."""
    columns: dict[str, list[Column]] = {}
    keys: dict[str, dict[int, str]] = {}
    casts: dict[str, dict[str, str]] = {}
    numbers, readable = set(), set()
    for table, name, declared, permission, key in connection.execute(TABLES):
        columns.setdefault(table, []).append(Column(name, logical_type(declared)))
        if key:
            keys.setdefault(table, {})[key] = name
        if declared in CASTS:
            casts.setdefault(table, {})[name] = CASTS[declared]
        if declared in TEXT_NUMBERS:
            numbers.add((table, name))
        if permission:
            readable.add(table)
    tables = (
        TableSchema(
            nombre=table,
            columnas=tuple(found),
            clave=tuple(name for _, name in sorted(keys.get(table, {}).items())),
        )
        for table, found in columns.items()
    )
    return PostgresSchema(
        tablas=by_lower_name(tables),
        legibles=frozenset(readable),
        casts=casts,
        numeros=frozenset(numbers),
    )


def logical_type(declared: str) -> ColumnType:
    """Give the logical type; here a ``numeric`` without parameters holds any number, which only text does not cut."""
    return ColumnType(Kind.TEXTO) if declared in TEXT_NUMBERS else column_type(declared)
