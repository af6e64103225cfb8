"""How rows get into the base: a ``Book`` holds the tables, a ``Sheet`` fills them for one unit and one year.

A domain module says which columns it fills and yields one tuple a row; columns equal in all rows are given once,
by name; the unit's and the year's columns follow from the sheet; the rest follows from ``defaults``.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random

from sigasers.siga.basedemo.defaults import default_expression
from sigasers.siga.basedemo.schema import Table, create_tables

Value = str | int | float | None
Row = tuple[Value, ...]
Progress = Callable[[str, int], None]

_UNIT_COLUMNS = ("sec_ejec",)
_YEAR_COLUMNS = ("ano_eje", "anno_ejec", "ano_ejec")


class Book:
    """The tables of one base under construction; ``counts`` has the rows written of each, by lower-case name."""

    def __init__(self, connection: sqlite3.Connection, progress: Progress | None = None) -> None:
        self.tables = create_tables(connection)
        self.counts: Counter[str] = Counter()
        self._connection = connection
        self._progress = progress

    def insert(self, table: Table, expressions: dict[str, str], rows: Iterable[Row]) -> None:
        """Insert ``rows``; ``expressions`` gives each column's SQL, with ``?1`` the ordinal, ``?2`` ... the row."""
        columns = ", ".join(column.name for column in table.columns)
        values = ", ".join(expressions[column.name.lower()] for column in table.columns)
        numbered = self._numbered(table.name.lower(), rows)
        statement = f"INSERT INTO {table.name} ({columns}) VALUES ({values})"  # noqa: S608 - all from our schema file
        self._connection.executemany(statement, numbered)
        if self._progress is not None:
            self._progress(table.name, self.counts[table.name.lower()])

    def _numbered(self, name: str, rows: Iterable[Row]) -> Iterator[Row]:
        number = self.counts[name]
        for number, row in enumerate(rows, start=number + 1):  # noqa: B020 - the last one is the count
            yield (number, *row)
        self.counts[name] = number


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of one unit (SEC_EJEC) and one year; ``unit`` 0 stands for tables that all units share."""

    book: Book
    unit: int
    year: int
    seed: int

    def random(self, area: str) -> Random:
        """Give the stream of chance of one area: the same seed, unit, year and area give the same stream."""
        return Random(f"{self.seed}/{self.unit}/{self.year}/{area}")

    def fill(self, table: str, columns: str, rows: Iterable[Row], **equal: Value) -> None:
        """Insert ``rows`` (values of ``columns``, space-separated names) with ``equal`` in every row."""
        known = self.book.tables[table.lower()]
        given = {name.lower(): f"?{place}" for place, name in enumerate(columns.split(), start=2)}
        given |= {name.lower(): _literal(value) for name, value in equal.items()}
        given |= {name: str(self.unit) for name in _UNIT_COLUMNS if name not in given}
        given |= {name: str(self.year) for name in _YEAR_COLUMNS if name not in given}
        missing = [
            column.name for column in known.columns if column.in_key and column.name.lower() not in given
        ]
        unknown = given.keys() - known.by_name.keys() - {*_UNIT_COLUMNS, *_YEAR_COLUMNS}
        if missing or unknown:
            raise ValueError(
                f"{table}: key columns {missing} not filled, columns {sorted(unknown)} not known"
            )
        for column in known.columns:
            if column.name.lower() not in given:
                given[column.name.lower()] = default_expression(column, known.name, self.year)
        self.book.insert(known, given, rows)


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)
