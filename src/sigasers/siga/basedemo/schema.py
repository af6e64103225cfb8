"""The real schema as data: makes the tables and tells their columns, keys and groups."""

import re
import sqlite3
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

_GROUP_LINE = re.compile(r"-- ([A-H])\. (.+)")
_TABLE_LINE = re.compile(r"CREATE TABLE (\w+) \(")
_DECLARED = re.compile(r"(\w+)(?:\((\d+)(?:,(\d+))?\))?")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column as declared: ``kind`` (varchar, numeric, datetime ...), length or precision, scale."""

    name: str
    kind: str
    length: int
    scale: int
    not_null: bool
    in_key: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: its name as the schema writes it, the group's letter, the columns in order."""

    name: str
    group: str
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by lower-case name; SIGA's names differ in case only by accident."""
        return {column.name.lower(): column for column in self.columns}


def create_tables(connection: sqlite3.Connection) -> dict[str, Table]:
    """Make the 173 tables in ``connection`` and give them by lower-case name, in the order of the groups."""
    script = (files(__package__) / "esquema.sql").read_text(encoding="utf-8")
    connection.executescript(script)
    return {name.lower(): _table(connection, name, group) for name, group in _names(script)}


def _names(script: str) -> list[tuple[str, str]]:
    """Give each table's name with the letter of its group, in the script's order."""
    found, group = [], ""
    for line in script.splitlines():
        if match := _GROUP_LINE.fullmatch(line):
            group = match[1]
        elif match := _TABLE_LINE.fullmatch(line):
            found.append((match[1], group))
    return found


def _table(connection: sqlite3.Connection, name: str, group: str) -> Table:
    rows = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    return Table(name=name, group=group, columns=tuple(_column(row) for row in rows))


def _column(row: tuple[int, str, str, int, object, int]) -> Column:
    match = _DECLARED.match(row[2])
    if match is None:
        raise ValueError(f"type {row[2]!r} not understood")
    return Column(
        name=row[1],
        kind=match[1].lower(),
        length=int(match[2] or 0),
        scale=int(match[3] or 0),
        not_null=bool(row[3]),
        in_key=bool(row[5]),
    )
