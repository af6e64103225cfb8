"""The demonstration base reduced to the tables that rules read: all rules still apply, and an export is quick."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sigasers.protocol.rules import EVERY_TABLE, load_rules
from sigasers.protocol.rules.kinds import Huerfanas, SumaDetalle, TablaVacia

MORE = {"ejecutora"}  # tells the units


def tables_of_rules() -> set[str]:
    """Give, in lower case, every table that a rule names."""
    found: set[str] = set()
    for rule in load_rules().reglas:
        found.add(rule.tabla.lower())
        match rule.kind:
            case Huerfanas(padre=other) | SumaDetalle(detalle=other) | TablaVacia(mientras=other):
                found.add(other.lower())
    return found - {EVERY_TABLE}


def make_lean(source: Path, target: Path) -> Path:
    """Copy ``source`` to ``target`` without the tables that no rule reads."""
    kept = tables_of_rules() | MORE
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        new.execute("PRAGMA journal_mode=WAL")
        scripts = old.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        for name, script in scripts:
            if name.lower() not in kept:
                continue
            new.execute(script)
            rows = old.execute(f"SELECT * FROM {name}").fetchall()
            if rows:
                new.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[0]))})", rows)
        new.commit()
    return target


def alter(path: Path, *statements: str) -> None:
    """Change a base; a statement that touches no row is a mistake of the test."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, statement
        connection.commit()
