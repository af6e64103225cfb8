"""The independent reader: Python's ``sqlite3`` and ``decimal``, sharing nothing with the source under test.

It must not have the base open while a snapshot is: two copies of SQLite in one process undo each other's locks.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

from sigasers.formats.column_type import Column, Kind

WIDE = Context(prec=100)


def rows(base: Path, table: str, columns: Sequence[Column]) -> list[tuple[object, ...]]:
    """Give all rows of ``table`` as exact Python values, in no order that matters: sorted by their text."""
    names = ", ".join(f'"{column.nombre}"' for column in columns)
    with closing(sqlite3.connect(base)) as connection:
        found = connection.execute(f'SELECT {names} FROM "{table}"').fetchall()
    exact = [tuple(value(cell, column) for cell, column in zip(row, columns, strict=True)) for row in found]
    return sorted(exact, key=repr)


def value(cell: object, column: Column) -> object:
    """Give a stored cell as what its column means."""
    if cell is None:
        return None
    kind = column.tipo.kind
    if kind is Kind.DECIMAL:
        return Decimal(str(cell)).quantize(Decimal(1).scaleb(-column.tipo.scale), ROUND_HALF_UP, WIDE)
    if kind is Kind.FECHA:
        return date.fromisoformat(str(cell)[:10])
    if kind is Kind.FECHA_HORA:
        return datetime.fromisoformat(str(cell))
    return cell
