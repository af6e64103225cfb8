"""The schedules of units as rows: every one that was ever set, numbered from 1. None is changed or removed."""

import json
import sqlite3
from dataclasses import dataclass

from sigasers.formats.cronograma import MAX_BYTES, Cronograma
from sigasers.formats.strict_json import loads
from sigasers.model import Instant


@dataclass(frozen=True, kw_only=True)
class Version:
    """A schedule from ``fijado`` on; ``cronograma`` is ``None`` where the unit's was taken away."""

    orden: int
    fijado: Instant
    cronograma: Cronograma | None


def current_order(connection: sqlite3.Connection, unidad: str, sistema: str) -> int:
    """Give the number of the unit's newest version, 0 before the first."""
    row = connection.execute(
        "SELECT coalesce(max(orden), 0) AS orden FROM cronogramas WHERE unidad = ? AND sistema = ?",
        (unidad, sistema),
    ).fetchone()
    return int(row["orden"])


def versions(connection: sqlite3.Connection, unidad: str, sistema: str) -> list[Version]:
    """Give every version of the unit, oldest first."""
    rows = connection.execute(
        "SELECT orden, fijado, documento FROM cronogramas WHERE unidad = ? AND sistema = ? ORDER BY orden",
        (unidad, sistema),
    )
    return [_version(row) for row in rows]


def current(connection: sqlite3.Connection, unidad: str, sistema: str) -> Version | None:
    """Give the newest version; ``None`` if the unit never had one."""
    row = connection.execute(
        "SELECT orden, fijado, documento FROM cronogramas WHERE unidad = ? AND sistema = ?"
        " ORDER BY orden DESC LIMIT 1",
        (unidad, sistema),
    ).fetchone()
    return None if row is None else _version(row)


def add(
    connection: sqlite3.Connection, unidad: str, sistema: str, cronograma: Cronograma | None, now: Instant
) -> Version:
    """Set the unit's schedule, or take it away, within the caller's transaction.

    One equal to the present one is left as it is. ``fijado`` never falls with the number, whatever the clock does.
    """
    last = current(connection, unidad, sistema)
    if last is not None and last.cronograma == cronograma:
        return last
    new = Version(
        orden=last.orden + 1 if last else 1,
        fijado=max(now, last.fijado) if last else now,
        cronograma=cronograma,
    )
    text = None if cronograma is None else json.dumps(cronograma.to_json(), ensure_ascii=False)
    connection.execute(
        "INSERT INTO cronogramas VALUES (?, ?, ?, ?, ?)", (unidad, sistema, new.orden, str(new.fijado), text)
    )
    return new


def _version(row: sqlite3.Row) -> Version:
    text = row["documento"]
    value = None if text is None else loads(text.encode("utf-8"), max_bytes=MAX_BYTES)
    return Version(
        orden=int(row["orden"]),
        fijado=Instant.parse(row["fijado"]),
        cronograma=Cronograma.parse(value) if isinstance(value, dict) else None,
    )
