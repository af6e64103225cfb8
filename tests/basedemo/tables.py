"""What the tests ask of the base's own schema, read with PRAGMA, not with the code under test."""

import re
import sqlite3
from dataclasses import dataclass

YEAR_NAMES = ("anno_ejec", "ano_ejec", "ano_eje")


@dataclass(frozen=True)
class Column:
    name: str
    declared: str
    in_key: bool

    @property
    def kind(self) -> str:
        return re.split(r"\W", self.declared.lower())[0]

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(int(digits) for digits in re.findall(r"\d+", self.declared))


def tables(base: sqlite3.Connection) -> list[str]:
    return [
        name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]


def columns(base: sqlite3.Connection, table: str) -> list[Column]:
    return [Column(row[1], row[2], bool(row[5])) for row in base.execute(f"PRAGMA table_info({table})")]


def unit_column(base: sqlite3.Connection, table: str) -> str | None:
    return next((c.name for c in columns(base, table) if c.name.lower() == "sec_ejec"), None)


def year_column(base: sqlite3.Connection, table: str) -> str | None:
    names = {c.name.lower(): c.name for c in columns(base, table) if c.in_key}
    return next((names[name] for name in YEAR_NAMES if name in names), None)


def count(base: sqlite3.Connection, table: str, *, unit: int | None = None, year: int | None = None) -> int:
    """Rows of the table; ``unit`` and ``year`` apply where it has such a column."""
    where = []
    if unit is not None and (name := unit_column(base, table)):
        where.append(f"{name} = {unit}")
    if year is not None and (name := year_column(base, table)):
        where.append(f"{name} = {year}")
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return int(base.execute(f"SELECT COUNT(*) FROM {table}{condition}").fetchone()[0])
