"""What the centre's staff does from the command line, beside the running engine, in short transactions of its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from sigasers import durable
from sigasers.centro import log_rows, registrations
from sigasers.centro.clock import system_clock
from sigasers.centro.committer import CHECKPOINT
from sigasers.centro.database import open_centre_database, read_setting
from sigasers.centro.enrolment import new_code
from sigasers.centro.folders import Folders
from sigasers.centro.prepare import read_trust
from sigasers.centro.registrations import UnitRow
from sigasers.errors.centro import LogMismatchError, NotPreparedError
from sigasers.formats.documents import IdentityFile
from sigasers.formats.tlog import entry_of, leaf_hash
from sigasers.host import locks
from sigasers.keys.checkpoint import verify_checkpoint
from sigasers.keys.trust import Trust
from sigasers.model import Instant, Nemonico, UnidadEjecutora
from sigasers.protocol import merkle


@dataclass(frozen=True, kw_only=True)
class IssuedCode:
    """A one-time code to be told by another channel than the identity file."""

    code: str
    expires: Instant
    huella: str


@dataclass(frozen=True, kw_only=True)
class SentRow:
    """One sobre with what became of it; ``constancia`` and ``resultado`` once there is a verdict.

    ``marcas``: what its acuse says of it; ``hallazgos``: what is wrong with its place in the chain, for people.
    """

    sobre: str
    unidad: str
    n: int
    ofrecido: Instant
    archivos: tuple[tuple[str, int, str], ...]
    estado: str
    acuse: str | None
    constancia: str | None
    resultado: str | None
    marcas: tuple[str, ...]
    hallazgos: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CentreState:
    """A few figures of one centre."""

    centre_id: str
    huella: str
    running: bool
    units: int
    open_offers: int
    log_size: int
    waiting_verification: int
    findings: int


@contextmanager
def opened(centre: Path) -> Iterator[tuple[Connection, Trust]]:
    """Open the database of a prepared centre; raises ``NotPreparedError``."""
    folders = Folders(root=centre)
    trust = read_trust(folders)
    if trust is None:
        raise NotPreparedError("centre was never started", carpeta=str(centre))
    connection = open_centre_database(folders.database)
    try:
        yield connection, trust
    finally:
        connection.close()


def add_unit(centre: Path, unit: UnidadEjecutora, sistema: str) -> bool:
    """Add or rename a unit; tells whether it was new. Raises ``NotPreparedError``."""
    with opened(centre) as (connection, _), durable.transaction(connection, step="centro.unit_add"):
        now = system_clock()
        known = {(row.unidad, row.sistema) for row in registrations.units(connection)}
        registrations.add_unit(connection, str(unit.nemonico), sistema, unit.nombre, now)
        return (str(unit.nemonico), sistema) not in known


def list_units(centre: Path) -> list[UnitRow]:
    """Give every unit."""
    with opened(centre) as (connection, _):
        return registrations.units(connection)


def issue_code(centre: Path, nemonico: Nemonico, sistema: str, target: Path) -> IssuedCode:
    """Make a code and write the identity file ``target``.

    Raises ``UnknownUnitError``, ``NameTakenError`` (before any code is made), ``DiskError``.
    """
    with opened(centre) as (connection, trust):
        name = registrations.unit_name(connection, str(nemonico), sistema)
        now = system_clock()
        fresh = new_code(nemonico, sistema, now)
        identity = IdentityFile(
            unidad=UnidadEjecutora(nemonico=nemonico, nombre=name),
            sistema=sistema,
            registro_pendiente=fresh.registration.registro,
            documento_raiz=trust.token,
            huella=trust.huella,
        )
        durable.write_new(target, identity.to_payload(), step="centro.identity_file")
        with durable.transaction(connection, step="centro.code"):
            registrations.add_registration(connection, fresh.registration, now)
        return IssuedCode(code=fresh.code, expires=fresh.registration.expires, huella=trust.huella)


def revoke(centre: Path, nemonico: Nemonico, sistema: str) -> int:
    """Revoke a unit's registrations at once; gives how many. Raises ``UnknownUnitError``."""
    with opened(centre) as (connection, _):
        registrations.unit_name(connection, str(nemonico), sistema)
        with durable.transaction(connection, step="centro.revoke"):
            return registrations.revoke(connection, str(nemonico), sistema, system_clock())


def sent(centre: Path, unidad: str | None) -> list[SentRow]:
    """Give every sobre, newest first, of one unit or of all."""
    with opened(centre) as (connection, _):
        rows = connection.execute(
            "SELECT s.*, a.numero AS acuse, c.numero AS constancia, c.resultado FROM sobres s"
            " LEFT JOIN acuses a ON a.sobre = s.id LEFT JOIN constancias c ON c.sobre = s.id"
            "  AND c.orden = (SELECT max(orden) FROM constancias x WHERE x.sobre = s.id)"
            " WHERE ? IS NULL OR s.unidad = ? ORDER BY s.ofrecido DESC, s.rowid DESC",
            (unidad, unidad),
        ).fetchall()
        return [_sent_row(connection, row) for row in rows]


def state(centre: Path) -> CentreState:
    """Give the figures of a prepared centre."""
    with opened(centre) as (connection, trust):

        def count(query: str) -> int:
            return int(connection.execute(query).fetchone()[0])

        return CentreState(
            centre_id=trust.centre_id,
            huella=trust.huella,
            running=locks.is_held(Folders(root=centre).lock),
            units=count("SELECT count(*) FROM unidades"),
            open_offers=count("SELECT count(*) FROM sobres WHERE estado = 'abierto'"),
            log_size=log_rows.size(connection),
            waiting_verification=count("SELECT count(*) FROM trabajos"),
            findings=count("SELECT count(*) FROM hallazgos"),
        )


def verify_log(centre: Path) -> int:
    """Recompute the log from its rows and hold it against its signed checkpoint; gives its size.

    Raises ``LogMismatchError`` with the first thing that does not hold.
    """
    with opened(centre) as (connection, trust):
        nodes: dict[tuple[int, int], bytes] = {}
        size = 0

        def read(level: int, place: int) -> bytes:
            return nodes[level, place]

        for row in log_rows.all_entries(connection):
            if row["indice"] != size:
                raise LogMismatchError(f"entry {size} is missing", motivo=f"falta el asiento {size}")
            leaf = leaf_hash(entry_of(bytes(row["asiento"])))
            nodes |= {(item.level, item.position): item.hash for item in merkle.grow(read, size, [leaf])}
            size += 1
        _check_checkpoint(connection, trust, nodes, size)
        return size


def _check_checkpoint(
    connection: Connection, trust: Trust, nodes: dict[tuple[int, int], bytes], size: int
) -> None:
    note = read_setting(connection, CHECKPOINT)
    if note is None:
        return
    checkpoint = verify_checkpoint(note, trust)
    if checkpoint.size > size:
        raise LogMismatchError("log is shorter than its checkpoint", motivo="la bitácora perdió asientos")
    if merkle.root(lambda level, place: nodes[level, place], checkpoint.size) != checkpoint.root:
        raise LogMismatchError("root differs", motivo="un asiento fue cambiado")


def _sent_row(connection: Connection, row: "dict[str, str]") -> SentRow:
    files = connection.execute(
        "SELECT nombre, tamano, sha256 FROM sobre_archivos WHERE sobre = ? ORDER BY posicion", (row["id"],)
    )
    findings = connection.execute("SELECT tipo FROM hallazgos WHERE sobre = ? ORDER BY tipo", (row["id"],))
    return SentRow(
        sobre=row["id"],
        unidad=row["unidad"],
        n=int(row["n"]),
        ofrecido=Instant.parse(row["ofrecido"]),
        archivos=tuple((item["nombre"], item["tamano"], item["sha256"]) for item in files),
        estado=row["estado"],
        acuse=row["acuse"],
        constancia=row["constancia"],
        resultado=row["resultado"],
        marcas=tuple(json.loads(row["marcas"])),
        hallazgos=tuple(item["tipo"] for item in findings),
    )
