"""Units, registrations and certificates as rows. Functions that write need a transaction under way."""

import sqlite3
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sigasers.centro.identity import Identity
from sigasers.errors.centro import UnknownUnitError
from sigasers.keys.x509 import fingerprint, load_certificate
from sigasers.model import Digest, Identifier, Instant

MAX_FAILURES = 10


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One registration: its one-time code (salted hash), the key that it was bound to, and its end."""

    registro: Identifier
    unidad: str
    sistema: str
    salt: bytes
    code_hash: bytes
    expires: Instant
    failures: int
    kid: str | None
    revoked: bool


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit as the centre's staff sees it; ``registro`` is its newest registration that counts, if any."""

    unidad: str
    sistema: str
    nombre: str
    registro: Identifier | None
    certificate_until: Instant | None


def add_unit(connection: sqlite3.Connection, unidad: str, sistema: str, nombre: str, now: Instant) -> bool:
    """Add a unit or rename it; tells whether it was new."""
    done = connection.execute(
        "INSERT INTO unidades VALUES (?, ?, ?, ?) ON CONFLICT (unidad, sistema) DO UPDATE SET nombre = excluded.nombre",
        (unidad, sistema, nombre, str(now)),
    )
    return done.rowcount == 1


def unit_name(connection: sqlite3.Connection, unidad: str, sistema: str) -> str:
    """Give the unit's name; raises ``UnknownUnitError``."""
    row = connection.execute(
        "SELECT nombre FROM unidades WHERE unidad = ? AND sistema = ?", (unidad, sistema)
    ).fetchone()
    if row is None:
        raise UnknownUnitError("unit is not here", unidad=unidad)
    return str(row["nombre"])


def units(connection: sqlite3.Connection) -> list[UnitRow]:
    """Give every unit, in order."""
    rows = connection.execute(
        "SELECT u.unidad, u.sistema, u.nombre, r.registro, c.hasta FROM unidades u"
        " LEFT JOIN registros r ON r.unidad = u.unidad AND r.sistema = u.sistema AND r.revocado IS NULL"
        "  AND r.usado IS NOT NULL AND r.creado = (SELECT max(creado) FROM registros x WHERE x.unidad = u.unidad"
        "  AND x.sistema = u.sistema AND x.revocado IS NULL AND x.usado IS NOT NULL)"
        " LEFT JOIN certificados c ON c.registro = r.registro ORDER BY CAST(u.unidad AS INTEGER), u.sistema"
    )
    return [
        UnitRow(
            unidad=row["unidad"],
            sistema=row["sistema"],
            nombre=row["nombre"],
            registro=Identifier(row["registro"]) if row["registro"] else None,
            certificate_until=Instant.parse(row["hasta"]) if row["hasta"] else None,
        )
        for row in rows
    ]


def add_registration(connection: sqlite3.Connection, entry: Registration, now: Instant) -> None:
    """Store a new registration; earlier ones of the unit whose code was never used end with it."""
    connection.execute(
        "UPDATE registros SET revocado = ? WHERE unidad = ? AND sistema = ? AND usado IS NULL",
        (str(now), entry.unidad, entry.sistema),
    )
    connection.execute(
        "INSERT INTO registros (registro, unidad, sistema, creado, sal, codigo, vence) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            entry.registro.text, entry.unidad, entry.sistema, str(now), entry.salt, entry.code_hash,
            str(entry.expires),
        ),
    )  # fmt: skip


def read_registration(connection: sqlite3.Connection, registro: Identifier) -> Registration | None:
    """Give a registration."""
    row = connection.execute("SELECT * FROM registros WHERE registro = ?", (registro.text,)).fetchone()
    if row is None:
        return None
    return Registration(
        registro=registro,
        unidad=row["unidad"],
        sistema=row["sistema"],
        salt=bytes(row["sal"]),
        code_hash=bytes(row["codigo"]),
        expires=Instant.parse(row["vence"]),
        failures=row["fallos"],
        kid=row["llave"],
        revoked=row["revocado"] is not None,
    )


def count_failure(connection: sqlite3.Connection, registro: Identifier) -> None:
    """Count a wrong code."""
    connection.execute("UPDATE registros SET fallos = fallos + 1 WHERE registro = ?", (registro.text,))


def bind(connection: sqlite3.Connection, registro: Identifier, kid: str, der: bytes, now: Instant) -> bytes:
    """Bind the code to a key with its certificate; gives the certificate that counts, the first one's."""
    known = connection.execute(
        "SELECT der FROM certificados WHERE registro = ? AND kid = ?", (registro.text, kid)
    ).fetchone()
    if known is not None:
        return bytes(known["der"])
    certificate = load_certificate(der)
    connection.execute(
        "UPDATE registros SET llave = ?, usado = ? WHERE registro = ?", (kid, str(now), registro.text)
    )
    connection.execute(
        "INSERT INTO certificados VALUES (?, ?, ?, ?, ?, ?)",
        (
            fingerprint(certificate).hex, kid, registro.text, certificate.public_bytes(Encoding.DER),
            str(Instant(certificate.not_valid_before_utc)), str(Instant(certificate.not_valid_after_utc)),
        ),
    )  # fmt: skip
    return der


def certificates(
    connection: sqlite3.Connection, registro: Identifier
) -> list[tuple[Digest, x509.Certificate]]:
    """Give every certificate of a registration that is not revoked, expired ones included."""
    rows = connection.execute(
        "SELECT c.huella, c.der FROM certificados c JOIN registros r ON r.registro = c.registro"
        " WHERE c.registro = ? AND r.revocado IS NULL",
        (registro.text,),
    )
    return [(Digest(row["huella"]), load_certificate(bytes(row["der"]))) for row in rows]


def certificate_der(connection: sqlite3.Connection, huella: Digest) -> bytes | None:
    """Give a certificate by its digest."""
    row = connection.execute("SELECT der FROM certificados WHERE huella = ?", (huella.hex,)).fetchone()
    return None if row is None else bytes(row["der"])


def identity_of(connection: sqlite3.Connection, huella: Digest) -> Identity | None:
    """Give who holds the certificate ``huella``; ``None`` for an unknown or revoked one."""
    row = connection.execute(
        "SELECT c.desde, c.hasta, r.registro, r.unidad, r.sistema, u.nombre FROM certificados c"
        " JOIN registros r ON r.registro = c.registro"
        " JOIN unidades u ON u.unidad = r.unidad AND u.sistema = r.sistema"
        " WHERE c.huella = ? AND r.revocado IS NULL",
        (huella.hex,),
    ).fetchone()
    if row is None:
        return None
    return Identity(
        registro=Identifier(row["registro"]),
        unidad=row["unidad"],
        sistema=row["sistema"],
        nombre=row["nombre"],
        huella=huella,
        desde=Instant.parse(row["desde"]),
        hasta=Instant.parse(row["hasta"]),
    )


def revoke(connection: sqlite3.Connection, unidad: str, sistema: str, now: Instant) -> int:
    """Revoke every registration of a unit, at once; gives how many."""
    return connection.execute(
        "UPDATE registros SET revocado = ? WHERE unidad = ? AND sistema = ? AND revocado IS NULL",
        (str(now), unidad, sistema),
    ).rowcount
