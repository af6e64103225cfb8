"""The outbox's rows in ``sers.db``. Writers work within the caller's transaction; readers give frozen values."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sigasers.model import Digest, FileStatement, Identifier, Instant
from sigasers.protocol.outbox import Batch, Event, State, advance


@dataclass(frozen=True, kw_only=True)
class OutFile:
    """One file of a sobre. ``source``: where it lay in SourceOut; ``sha256`` once it is hashed."""

    name: str
    source: Path
    size_bytes: int
    sha256: Digest | None

    def statement(self) -> FileStatement:
        """Give what the sobre says of it; only after hashing."""
        if self.sha256 is None:
            raise ValueError("file not hashed yet")
        return FileStatement(nombre=self.name, tamano_bytes=self.size_bytes, sha256=self.sha256)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One sobre of the outbox; ``sobre`` is its id and ``token`` its signed bytes, once there are any."""

    id: int
    state: State
    stem: str
    marks: tuple[str, ...]
    files: tuple[OutFile, ...]
    instalacion: Identifier | None = None
    n: int | None = None
    sobre: Digest | None = None
    token: str | None = None
    oferta: str | None = None
    acuse: str | None = None
    acuse_number: str | None = None
    acknowledged_at: Instant | None = None
    destination: str | None = None
    constancia: str | None = None
    constancia_number: str | None = None
    verdict: str | None = None
    order: int = 0
    reason_code: str | None = None
    reason: str | None = None


def insert(db: sqlite3.Connection, batch: Batch, folder: Path, *, at: Instant) -> int:
    """Write the intent to take ``batch`` from ``folder`` and give the row's id."""
    first = batch.files[0].name
    stem = first.rpartition(".")[0] or first
    cursor = db.execute(
        "INSERT INTO sobres (estado, pila, marcas, modificado_ns, detectado) VALUES (?, ?, ?, ?, ?)",
        (State.DETECTED.value, stem, json.dumps(batch.marks), batch.modified_ns, str(at)),
    )
    entry_id = int(cursor.lastrowid or 0)
    for place, file in enumerate(batch.files):
        db.execute(
            "INSERT INTO archivos (sobre, posicion, nombre, origen, tamano) VALUES (?, ?, ?, ?, ?)",
            (entry_id, place, file.name, str(folder / file.name), file.size_bytes),
        )
    return entry_id


def move(db: sqlite3.Connection, entry: Entry, event: Event, **columns: str | int | None) -> None:
    """Bring ``entry`` to the state that the table gives for ``event`` and set ``columns``.

    The names of the columns are literals of the callers. Raises ``OwnError`` for an event out of place.
    """
    values: dict[str, str | int | None] = {"estado": advance(entry.state, event).value, **columns}
    names = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE sobres SET {names} WHERE id = ?", (*values.values(), entry.id))  # noqa: S608 - see above


def set_digests(db: sqlite3.Connection, entry: Entry, files: Iterable[tuple[int, Digest]]) -> None:
    """Set size and digest of each file, in the order of ``entry.files``."""
    for place, (size, digest) in enumerate(files):
        db.execute(
            "UPDATE archivos SET tamano = ?, sha256 = ? WHERE sobre = ? AND posicion = ?",
            (size, str(digest), entry.id, place),
        )


def by_id(db: sqlite3.Connection, entry_id: int) -> Entry:
    """Give one entry that exists."""
    return _entry(db, db.execute("SELECT * FROM sobres WHERE id = ?", (entry_id,)).fetchone())


def in_states(db: sqlite3.Connection, states: Collection[State]) -> list[Entry]:
    """Give the entries in any of ``states``, newest files first."""
    marks = ", ".join("?" * len(states))
    query = f"SELECT * FROM sobres WHERE estado IN ({marks}) ORDER BY modificado_ns DESC, id"  # noqa: S608 - question marks alone
    return [_entry(db, row) for row in db.execute(query, [state.value for state in states])]


def awaiting_word(db: sqlite3.Connection, not_last: Collection[str]) -> list[Entry]:
    """Give the archived entries without constancia, or whose constancia's verdict is in ``not_last``, newest first."""
    marks = ", ".join("?" * len(not_last))
    query = (
        "SELECT * FROM sobres WHERE estado = ? AND (resultado IS NULL OR resultado IN (" + marks + "))"  # noqa: S608 - question marks alone
        " ORDER BY modificado_ns DESC, id"
    )
    return [_entry(db, row) for row in db.execute(query, (State.ARCHIVED.value, *not_last))]


def last_acknowledged(db: sqlite3.Connection, *, judged: bool = False) -> Entry | None:
    """Give the entry acknowledged last; with ``judged`` the last of those that have a constancia."""
    where = "acuse IS NOT NULL" + (" AND constancia IS NOT NULL" if judged else "")
    query = f"SELECT * FROM sobres WHERE {where} ORDER BY acusado DESC, id DESC LIMIT 1"  # noqa: S608 - two literals
    row = db.execute(query).fetchone()
    return None if row is None else _entry(db, row)


def newer_than(db: sqlite3.Connection, entry_id: int) -> list[Entry]:
    """Give the entries made after ``entry_id``, newest files first."""
    query = "SELECT * FROM sobres WHERE id > ? ORDER BY modificado_ns DESC, id"
    return [_entry(db, row) for row in db.execute(query, (entry_id,))]


def counts(db: sqlite3.Connection) -> dict[State, int]:
    """Give how many entries stand in each state."""
    rows = db.execute("SELECT estado, count(*) FROM sobres GROUP BY estado")
    return {State(row[0]): int(row[1]) for row in rows}


def chain_end(db: sqlite3.Connection, instalacion: Identifier) -> tuple[int, Digest] | None:
    """Give the last number taken in ``instalacion`` and that sobre's id."""
    row = db.execute(
        "SELECT n, digest FROM sobres WHERE instalacion = ? ORDER BY n DESC LIMIT 1", (str(instalacion),)
    ).fetchone()
    return None if row is None else (int(row["n"]), Digest(row["digest"]))


def _entry(db: sqlite3.Connection, row: sqlite3.Row) -> Entry:
    files = db.execute("SELECT * FROM archivos WHERE sobre = ? ORDER BY posicion", (row["id"],))
    return Entry(
        id=row["id"],
        state=State(row["estado"]),
        stem=row["pila"],
        marks=tuple(json.loads(row["marcas"])),
        files=tuple(_file(file) for file in files),
        instalacion=Identifier(row["instalacion"]) if row["instalacion"] else None,
        n=row["n"],
        sobre=Digest(row["digest"]) if row["digest"] else None,
        token=row["jws"],
        oferta=row["oferta"],
        acuse=row["acuse"],
        acuse_number=row["acuse_numero"],
        acknowledged_at=Instant.parse(row["acusado"]) if row["acusado"] else None,
        destination=row["destino"],
        constancia=row["constancia"],
        constancia_number=row["constancia_numero"],
        verdict=row["resultado"],
        order=row["orden"] or 0,
        reason_code=row["motivo_codigo"],
        reason=row["motivo"],
    )


def _file(row: sqlite3.Row) -> OutFile:
    return OutFile(
        name=row["nombre"],
        source=Path(row["origen"]),
        size_bytes=row["tamano"],
        sha256=Digest(row["sha256"]) if row["sha256"] else None,
    )
