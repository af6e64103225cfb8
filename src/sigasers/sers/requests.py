"""Requests of the command line to the running service: rows in ``sers.db``, which the service answers."""

import sqlite3

from sigasers import durable
from sigasers.model import Instant


def ask(db: sqlite3.Connection, *, at: Instant) -> int:
    """Ask the service for a pass and give the request's id."""
    with durable.transaction(db, step="sers.request.ask"):
        cursor = db.execute("INSERT INTO pedidos (creado) VALUES (?)", (str(at),))
    return int(cursor.lastrowid or 0)


def open_requests(db: sqlite3.Connection) -> list[int]:
    """Give the ids of the requests that are not answered."""
    return [row["id"] for row in db.execute("SELECT id FROM pedidos WHERE atendido IS NULL ORDER BY id")]


def answer(db: sqlite3.Connection, ids: list[int], *, at: Instant, error: str | None) -> None:
    """Answer the requests ``ids``, with the code of the error that ended the pass, if one did."""
    with durable.transaction(db, step="sers.request.answer"):
        for request in ids:
            db.execute("UPDATE pedidos SET atendido = ?, error = ? WHERE id = ?", (str(at), error, request))


def answered(db: sqlite3.Connection, request: int) -> bool:
    """Tell whether the service has answered ``request``."""
    row = db.execute("SELECT atendido FROM pedidos WHERE id = ?", (request,)).fetchone()
    return row is not None and row["atendido"] is not None
