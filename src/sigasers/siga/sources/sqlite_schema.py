"""The tables of a SQLite base, as declared, and what the declaration leaves open about how their values are stored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.siga.sources.declared import column_type
from sigasers.siga.sources.seam import TableSchema

# The one statement with no part from outside. Generated columns (hidden 2 and 3) are columns; what is hidden in a
# virtual table (1) is not.
TABLES = """
SELECT m.name, p.name, p.type, p.pk FROM sqlite_schema AS m, pragma_table_xinfo(m.name) AS p
WHERE m.type = 'table' AND p.hidden <> 1 AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, p.cid
"""
_AMPLE = 1_000  # characters or bytes that a value may have before its table is measured
_ANY_NUMBER = {"numeric", "decimal", "number", "dec"}
_LENGTH = re.compile(r"\(\s*([0-9]{1,4})\s*\)")


@dataclass
class Storage:
    """Columns of one table, by lower-case name.

    ``as_text`` are of unknown type, to be read as text; ``ample`` may hold long values.
    """

    as_text: set[str] = field(default_factory=set)
    ample: set[str] = field(default_factory=set)


def read_schema(
    rows: Iterable[tuple[str, str, str, Any]],
) -> tuple[dict[str, TableSchema], dict[str, Storage]]:
    """Give tables and storage by lower-case name from the rows of ``TABLES``."""
    columns: dict[str, list[Column]] = {}
    keys: dict[str, dict[int, str]] = {}
    stored: dict[str, Storage] = {}
    for table, name, declared, key in rows:
        column = Column(name, _type(declared))
        columns.setdefault(table, []).append(column)
        own = stored.setdefault(table.lower(), Storage())
        if column.tipo.kind is Kind.TEXTO and not any(
            word in declared.lower() for word in ("char", "clob", "text")
        ):
            own.as_text.add(name.lower())
        if column.tipo.kind in {Kind.TEXTO, Kind.BINARIO} and not _is_short(declared):
            own.ample.add(name.lower())
        if key:
            keys.setdefault(table, {})[key] = name
    tables = {
        table.lower(): TableSchema(
            nombre=table,
            columnas=tuple(found),
            clave=tuple(name for _, name in sorted(keys.get(table, {}).items())),
        )
        for table, found in columns.items()
    }
    return tables, stored


def _type(declared: str) -> ColumnType:
    """Give the logical type; here a ``numeric`` without parameters holds any number, which only text does not cut."""
    if declared.strip().lower() in _ANY_NUMBER:
        return ColumnType(Kind.TEXTO)
    return column_type(declared)


def _is_short(declared: str) -> bool:
    length = _LENGTH.search(declared)
    return length is not None and int(length[1]) <= _AMPLE
