"""The log as rows: asientos dense from 0, the tree's complete nodes, acuses. Writers need a transaction under way."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from sigasers.formats.documents import Asiento
from sigasers.formats.tlog import entry_of, leaf_hash
from sigasers.model import Digest, Instant
from sigasers.protocol import merkle


@dataclass(frozen=True, kw_only=True)
class LoggedSobre:
    """A sobre that is in the log: its index and the exact bytes of its asiento."""

    sobre: Digest
    indice: int
    asiento: bytes


def size(connection: sqlite3.Connection) -> int:
    """Give the number of entries: indexes are dense, so it is read from the last one, however long the log is."""
    return int(connection.execute("SELECT coalesce(max(indice), -1) + 1 FROM asientos").fetchone()[0])


def last_completed(connection: sqlite3.Connection) -> Instant | None:
    """Give the time of the newest entry; times never fall as the index grows."""
    row = connection.execute("SELECT completado FROM asientos ORDER BY indice DESC LIMIT 1").fetchone()
    return None if row is None else Instant.parse(row["completado"])


def reader(connection: sqlite3.Connection) -> merkle.Reader:
    """Give the stored nodes to ``merkle``."""

    def read(level: int, position: int) -> bytes:
        row = connection.execute(
            "SELECT hash FROM nodos WHERE nivel = ? AND indice = ?", (level, position)
        ).fetchone()
        return bytes(row["hash"])

    return read


def append(connection: sqlite3.Connection, asientos: Sequence[Asiento]) -> None:
    """Append entries and the nodes that become complete."""
    first = size(connection)
    data = [asiento.to_payload() for asiento in asientos]
    connection.executemany(
        "INSERT INTO asientos VALUES (?, ?, ?, ?)",
        [
            (first + place, asiento.sobre.hex, data[place], str(asiento.completado))
            for place, asiento in enumerate(asientos)
        ],
    )
    leaves = [leaf_hash(entry_of(item)) for item in data]
    nodes = merkle.grow(reader(connection), first, leaves)
    connection.executemany("INSERT INTO nodos VALUES (?, ?, ?)", nodes)


def without_acuse(connection: sqlite3.Connection, limit: int) -> list[LoggedSobre]:
    """Give entries whose acuse is not stored yet, oldest first."""
    rows = connection.execute(
        "SELECT l.sobre, l.indice, l.asiento FROM asientos l LEFT JOIN acuses a ON a.sobre = l.sobre"
        " WHERE a.sobre IS NULL ORDER BY l.indice LIMIT ?",
        (limit,),
    )
    return [
        LoggedSobre(sobre=Digest(row["sobre"]), indice=row["indice"], asiento=bytes(row["asiento"]))
        for row in rows
    ]


def store_acuse(connection: sqlite3.Connection, sobre: Digest, numero: str, id_: Digest, token: str) -> None:
    """Store the acuse of a sobre; from now on it is what the unit is given, byte for byte."""
    connection.execute("INSERT INTO acuses VALUES (?, ?, ?, ?)", (sobre.hex, numero, id_.hex, token))
    connection.execute("UPDATE sobres SET estado = 'acusado' WHERE id = ?", (sobre.hex,))


def all_entries(connection: sqlite3.Connection) -> "sqlite3.Cursor":
    """Give (indice, asiento) of every entry in order, for recomputing the tree."""
    return connection.execute("SELECT indice, asiento FROM asientos ORDER BY indice")
