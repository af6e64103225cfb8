"""The state database ``sers.db``: its tables, small values by key, and whose folder it is.

The rows of the outbox are ``sers.rows``. Refused on a folder copied from elsewhere.
"""

import secrets
import sqlite3
from pathlib import Path

from sigasers import durable
from sigasers.errors.sers import (
    NetworkShareError,
    ProfileCopiedError,
    ProfileDamagedError,
    ProfileMissingError,
)
from sigasers.formats import base64url
from sigasers.host.machine import machine_id
from sigasers.host.volumes import is_network_share
from sigasers.sers.folder import ProfileFolder

_SCHEMA_VERSION = 1
_SCHEMA = (
    "CREATE TABLE datos (clave TEXT PRIMARY KEY, valor TEXT NOT NULL) STRICT",
    """CREATE TABLE sobres (
        id INTEGER PRIMARY KEY, estado TEXT NOT NULL, pila TEXT NOT NULL, marcas TEXT NOT NULL,
        modificado_ns INTEGER NOT NULL, detectado TEXT NOT NULL, instalacion TEXT, n INTEGER,
        digest TEXT UNIQUE, jws TEXT, oferta TEXT, acuse TEXT, acuse_numero TEXT, acusado TEXT, destino TEXT,
        constancia TEXT, constancia_numero TEXT, resultado TEXT, orden INTEGER, razones TEXT,
        motivo_codigo TEXT, motivo TEXT, UNIQUE (instalacion, n)) STRICT""",
    "CREATE INDEX sobres_estado ON sobres (estado)",
    """CREATE TABLE archivos (
        sobre INTEGER NOT NULL REFERENCES sobres (id) ON DELETE CASCADE, posicion INTEGER NOT NULL,
        nombre TEXT NOT NULL, origen TEXT NOT NULL, tamano INTEGER NOT NULL, sha256 TEXT,
        PRIMARY KEY (sobre, posicion)) STRICT""",
    """CREATE TABLE apartados (
        id INTEGER PRIMARY KEY, nombre TEXT NOT NULL, origen TEXT NOT NULL, destino TEXT NOT NULL,
        codigo TEXT NOT NULL, texto TEXT NOT NULL, apartado TEXT NOT NULL, hecho INTEGER NOT NULL) STRICT""",
    "CREATE TABLE pedidos (id INTEGER PRIMARY KEY, creado TEXT NOT NULL, atendido TEXT, error TEXT) STRICT",
)


def create(folder: ProfileFolder) -> sqlite3.Connection:
    """Open the database, made and bound to this folder and machine if it is new; not on a network share."""
    if is_network_share(folder.root):
        raise NetworkShareError("network share", carpeta=str(folder.root))
    connection = durable.open_database(folder.database)
    if _version(connection, folder.database) == 0:
        with durable.transaction(connection, step="sers.db.schema"):
            for statement in _SCHEMA:
                connection.execute(statement)
            put(connection, "perfil", base64url.encode(secrets.token_bytes(16)))
            put(connection, "carpeta", str(folder.root))
            put(connection, "equipo", machine_id())
            connection.execute(f"PRAGMA user_version={_SCHEMA_VERSION}")
    return _checked(connection, folder)


def open_existing(folder: ProfileFolder) -> sqlite3.Connection:
    """Open the database of a profile that exists; raises ``ProfileMissingError``, ``ProfileCopiedError``."""
    if not folder.database.exists():
        raise ProfileMissingError("no state database", carpeta=str(folder.root))
    connection = durable.open_database(folder.database)
    if _version(connection, folder.database) == 0:
        raise ProfileMissingError("state database without tables", carpeta=str(folder.root))
    return _checked(connection, folder)


def get(connection: sqlite3.Connection, key: str) -> str | None:
    """Give the value of ``key``, or ``None``."""
    row = connection.execute("SELECT valor FROM datos WHERE clave = ?", (key,)).fetchone()
    return None if row is None else str(row["valor"])


def put(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Set ``key`` within the caller's transaction."""
    connection.execute("INSERT OR REPLACE INTO datos VALUES (?, ?)", (key, value))


def _version(connection: sqlite3.Connection, path: Path) -> int:
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise ProfileDamagedError(str(error), ruta=str(path), motivo="No es una base de SERS.") from error


def _checked(connection: sqlite3.Connection, folder: ProfileFolder) -> sqlite3.Connection:
    if _version(connection, folder.database) > _SCHEMA_VERSION:
        raise ProfileDamagedError(
            "newer schema", ruta=str(folder.database), motivo="La escribió una versión más reciente."
        )
    home, machine = get(connection, "carpeta"), get(connection, "equipo")
    if (home, machine) != (str(folder.root), machine_id()):
        connection.close()
        place = home if machine == machine_id() else f"{home}, en otro equipo"
        raise ProfileCopiedError("copied profile", carpeta=str(folder.root), original=place)
    return connection
