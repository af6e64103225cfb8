"""Uploads as rows, and the files that the store holds. Functions that write need a transaction under way."""

import sqlite3
from dataclasses import dataclass

from sigasers.model import Digest, Identifier, Instant

OPEN = "abierto"
WHOLE = "completo"


@dataclass(frozen=True, kw_only=True)
class UploadRow:
    """One upload: ``offset_bytes`` are checked and synced; ``whole`` once its file lies in the store."""

    id: Identifier
    unidad: str
    sha256: Digest
    size_bytes: int
    offset_bytes: int
    whole: bool
    touched: Instant
    metadata: str


def insert_upload(connection: sqlite3.Connection, row: UploadRow) -> UploadRow:
    """Store ``row``, or give the open upload of the same unit and file that is there already."""
    known = connection.execute(
        "SELECT * FROM envios WHERE unidad = ? AND sha256 = ? AND estado = ?",
        (row.unidad, row.sha256.hex, OPEN),
    ).fetchone()
    if known is not None:
        return _row(known)
    connection.execute(
        "INSERT INTO envios VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.id.text, row.unidad, row.sha256.hex, row.size_bytes, row.offset_bytes,
            WHOLE if row.whole else OPEN, str(row.touched), row.metadata,
        ),
    )  # fmt: skip
    return row


def read_upload(connection: sqlite3.Connection, upload: Identifier) -> UploadRow | None:
    """Give the upload ``upload``."""
    row = connection.execute("SELECT * FROM envios WHERE id = ?", (upload.text,)).fetchone()
    return None if row is None else _row(row)


def all_open(connection: sqlite3.Connection) -> list[UploadRow]:
    """Give every upload under way."""
    return [_row(row) for row in connection.execute("SELECT * FROM envios WHERE estado = ?", (OPEN,))]


def move_offset(connection: sqlite3.Connection, upload: Identifier, offset_bytes: int, now: Instant) -> None:
    """Set the checked and synced offset."""
    connection.execute(
        "UPDATE envios SET desplazamiento = ?, tocado = ? WHERE id = ?", (offset_bytes, str(now), upload.text)
    )


def finish_upload(connection: sqlite3.Connection, row: UploadRow, now: Instant) -> None:
    """Record that the whole file lies in the store."""
    connection.execute(
        "UPDATE envios SET estado = ?, desplazamiento = tamano, tocado = ? WHERE id = ?",
        (WHOLE, str(now), row.id.text),
    )
    record_file(connection, row.unidad, row.sha256, row.size_bytes, now)


def record_file(
    connection: sqlite3.Connection, unidad: str, sha256: Digest, size_bytes: int, now: Instant
) -> None:
    """Record a file of the store."""
    connection.execute(
        "INSERT OR IGNORE INTO archivos VALUES (?, ?, ?, ?)", (unidad, sha256.hex, size_bytes, str(now))
    )


def delete_upload(connection: sqlite3.Connection, upload: Identifier) -> None:
    """Forget an upload; its file in the store, if any, stays."""
    connection.execute("DELETE FROM envios WHERE id = ?", (upload.text,))


def lapsed(connection: sqlite3.Connection, before: Instant) -> list[UploadRow]:
    """Give the uploads that nobody touched since ``before``."""
    return [_row(row) for row in connection.execute("SELECT * FROM envios WHERE tocado < ?", (str(before),))]


def reserved_bytes(connection: sqlite3.Connection, unidad: str | None = None) -> tuple[int, int]:
    """Give how many uploads are under way and how many bytes they will still take; of one unit or of all."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(tamano - desplazamiento), 0) FROM envios WHERE estado = ?"
        " AND (? IS NULL OR unidad = ?)",
        (OPEN, unidad, unidad),
    ).fetchone()
    return int(row[0]), int(row[1])


def is_expected(
    connection: sqlite3.Connection, registro: Identifier, sobre: Digest, sha256: Digest, size_bytes: int
) -> bool:
    """Tell whether an open sobre of ``registro`` misses this very file."""
    row = connection.execute(
        "SELECT 1 FROM sobres s JOIN sobre_archivos a ON a.sobre = s.id"
        " LEFT JOIN archivos f ON f.unidad = s.unidad AND f.sha256 = a.sha256"
        " WHERE s.id = ? AND s.registro = ? AND s.estado = 'abierto' AND a.sha256 = ? AND a.tamano = ?"
        " AND f.sha256 IS NULL",
        (sobre.hex, registro.text, sha256.hex, size_bytes),
    ).fetchone()
    return row is not None


def _row(row: sqlite3.Row) -> UploadRow:
    return UploadRow(
        id=Identifier(row["id"]),
        unidad=row["unidad"],
        sha256=Digest(row["sha256"]),
        size_bytes=row["tamano"],
        offset_bytes=row["desplazamiento"],
        whole=row["estado"] == WHOLE,
        touched=Instant.parse(row["tocado"]),
        metadata=row["metadatos"],
    )
