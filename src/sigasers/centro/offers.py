"""Sobres as rows: offered, whole, acknowledged; what a sobre still misses; the heads of chains.

Functions that write take the connection of a transaction under way. No signature is judged here.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sigasers.model import Digest, FileStatement, Identifier, Instant

_MISSING = """
    SELECT DISTINCT a.sha256 FROM sobre_archivos a JOIN sobres s ON s.id = a.sobre
    LEFT JOIN archivos f ON f.unidad = s.unidad AND f.sha256 = a.sha256 AND f.tamano = a.tamano
    WHERE a.sobre = ? AND f.sha256 IS NULL ORDER BY a.posicion
"""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One sobre as it is stored: its exact bytes, its chain, its signed oferta and its marks."""

    id: Digest
    registro: Identifier
    unidad: str
    sistema: str
    instalacion: Identifier
    n: int
    anterior: Digest | None
    clase: str
    nuevo: bool
    jws: str
    firmante: Digest
    ofrecido: Instant
    oferta: str
    marcas: tuple[str, ...]
    archivos: tuple[FileStatement, ...]


@dataclass(frozen=True, kw_only=True)
class Status:
    """What a unit is told of its sobre; ``acuse`` once it is durable, ``missing`` are digests."""

    sobre: Digest
    oferta: str
    missing: tuple[str, ...]
    acuse: str | None


def insert_offer(connection: sqlite3.Connection, offer: Offer) -> bool:
    """Store ``offer`` unless its id is there; tells whether it was new."""
    row = (
        offer.id.hex, offer.registro.text, offer.unidad, offer.sistema, offer.instalacion.text, offer.n,
        offer.anterior.hex if offer.anterior else None, offer.clase, int(offer.nuevo), offer.jws,
        offer.firmante.hex, str(offer.ofrecido), offer.oferta, json.dumps(offer.marcas), "abierto",
    )  # fmt: skip
    marks = ",".join("?" * len(row))
    done = connection.execute(f"INSERT OR IGNORE INTO sobres VALUES ({marks})", row)  # noqa: S608 - question marks
    if not done.rowcount:
        return False
    connection.executemany(
        "INSERT INTO sobre_archivos VALUES (?, ?, ?, ?, ?)",
        [
            (offer.id.hex, place, file.nombre, file.tamano_bytes, file.sha256.hex)
            for place, file in enumerate(offer.archivos)
        ],
    )
    return True


def read_offer(connection: sqlite3.Connection, sobre: Digest) -> Offer | None:
    """Give the stored sobre."""
    row = connection.execute("SELECT * FROM sobres WHERE id = ?", (sobre.hex,)).fetchone()
    return None if row is None else _offer(connection, row)


def _offer(connection: sqlite3.Connection, row: sqlite3.Row) -> Offer:
    files = connection.execute(
        "SELECT nombre, tamano, sha256 FROM sobre_archivos WHERE sobre = ? ORDER BY posicion", (row["id"],)
    )
    return Offer(
        id=Digest(row["id"]),
        registro=Identifier(row["registro"]),
        unidad=row["unidad"],
        sistema=row["sistema"],
        instalacion=Identifier(row["instalacion"]),
        n=row["n"],
        anterior=Digest(row["anterior"]) if row["anterior"] else None,
        clase=row["clase"],
        nuevo=bool(row["nuevo"]),
        jws=row["jws"],
        firmante=Digest(row["firmante"]),
        ofrecido=Instant.parse(row["ofrecido"]),
        oferta=row["oferta"],
        marcas=tuple(json.loads(row["marcas"])),
        archivos=tuple(
            FileStatement(nombre=file["nombre"], tamano_bytes=file["tamano"], sha256=Digest(file["sha256"]))
            for file in files
        ),
    )


def read_status(connection: sqlite3.Connection, sobre: Digest, unidad: str) -> Status | None:
    """Give what the unit is told of its sobre; ``None`` if it is not there or another unit's."""
    row = connection.execute(
        "SELECT s.oferta, a.jws FROM sobres s LEFT JOIN acuses a ON a.sobre = s.id WHERE s.id = ? AND s.unidad = ?",
        (sobre.hex, unidad),
    ).fetchone()
    if row is None:
        return None
    missing = () if row["jws"] else missing_files(connection, sobre)
    return Status(sobre=sobre, oferta=row["oferta"], missing=missing, acuse=row["jws"])


def missing_files(connection: sqlite3.Connection, sobre: Digest) -> tuple[str, ...]:
    """Give the digests of the sobre's files that the unit has not delivered."""
    return tuple(str(row["sha256"]) for row in connection.execute(_MISSING, (sobre.hex,)))


def mark_whole(connection: sqlite3.Connection, sobres: Sequence[Digest]) -> list[Digest]:
    """Mark those of ``sobres`` that miss nothing any more; gives the ones that became whole now."""
    return [
        sobre
        for sobre in sobres
        if not missing_files(connection, sobre)
        and connection.execute(
            "UPDATE sobres SET estado = 'completo' WHERE id = ? AND estado = 'abierto'", (sobre.hex,)
        ).rowcount
    ]


def open_sobres_with(connection: sqlite3.Connection, unidad: str, sha256: Digest) -> list[Digest]:
    """Give the unit's open sobres that name this file."""
    rows = connection.execute(
        "SELECT DISTINCT s.id FROM sobres s JOIN sobre_archivos a ON a.sobre = s.id"
        " WHERE a.sha256 = ? AND s.unidad = ? AND s.estado = 'abierto'",
        (sha256.hex, unidad),
    )
    return [Digest(row["id"]) for row in rows]


def unacknowledged(connection: sqlite3.Connection) -> list[Digest]:
    """Give the whole sobres that have no acuse, oldest first; what a restart must finish."""
    rows = connection.execute("SELECT id FROM sobres WHERE estado = 'completo' ORDER BY ofrecido, rowid")
    return [Digest(row["id"]) for row in rows]


def count_open(connection: sqlite3.Connection, unidad: str) -> int:
    """Give how many sobres of the unit wait for files."""
    return int(
        connection.execute(
            "SELECT count(*) FROM sobres WHERE estado = 'abierto' AND unidad = ?", (unidad,)
        ).fetchone()[0]
    )


def head(
    connection: sqlite3.Connection, registro: Identifier, instalacion: Identifier
) -> tuple[int, Digest] | None:
    """Give the highest number of a chain and the first sobre that was offered with it."""
    row = connection.execute(
        "SELECT n, id FROM sobres WHERE registro = ? AND instalacion = ? ORDER BY n DESC, rowid LIMIT 1",
        (registro.text, instalacion.text),
    ).fetchone()
    return None if row is None else (int(row["n"]), Digest(row["id"]))


def chain_findings(connection: sqlite3.Connection, offer: Offer) -> list[str]:
    """Give what is wrong with the place of ``offer`` (not stored yet) in its chain.

    ``bifurcacion``: another sobre has its number, or its predecessor is another than the one here with number
    n-1. ``salto``: numbers before it were never offered. Neither is a reason to refuse.
    """
    rows = connection.execute(
        "SELECT n, id FROM sobres WHERE registro = ? AND instalacion = ? AND n BETWEEN ? AND ?",
        (offer.registro.text, offer.instalacion.text, offer.n - 1, offer.n),
    ).fetchall()
    same = any(row["n"] == offer.n and row["id"] != offer.id.hex for row in rows)
    before = {row["id"] for row in rows if row["n"] == offer.n - 1}
    found = []
    if same or (before and (offer.anterior is None or offer.anterior.hex not in before)):
        found.append("bifurcacion")
    if offer.n > 1 and not before:
        found.append("salto")
    return found


def record_finding(
    connection: sqlite3.Connection, sobre: Digest, tipo: str, detalle: str, now: Instant
) -> None:
    """Keep a finding about a sobre for people; once a kind."""
    connection.execute(
        "INSERT OR IGNORE INTO hallazgos VALUES (?, ?, ?, ?)", (sobre.hex, tipo, detalle, str(now))
    )


def with_mark(offer: Offer, mark: str) -> Offer:
    """Give ``offer`` with one more mark."""
    return replace(offer, marcas=(*offer.marcas, mark))
