"""``usuarios.db``: the accounts, tries, charges and sessions of one installation.

It lies in a folder of its own, ``usuarios``, that other accounts of the machine cannot enter. The database names the
version of its schema (``PRAGMA user_version``): an older one is migrated in one transaction, a newer one refused.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sigasers import durable
from sigasers.errors.accounts import AccountsMissingError, AccountsTooNewError
from sigasers.keys.storage import close_folder

FOLDER_NAME = "usuarios"
FILE_NAME = "usuarios.db"
_MODE = 0o600
_FIRST = """
CREATE TABLE instalacion (uno INTEGER PRIMARY KEY CHECK (uno = 1), id TEXT NOT NULL, sal BLOB NOT NULL) STRICT;
CREATE TABLE cuenta (
    usuario TEXT PRIMARY KEY, nombre TEXT NOT NULL, clave TEXT NOT NULL, clave_desde TEXT NOT NULL,
    debe_cambiar INTEGER NOT NULL, vence_dias INTEGER, activa INTEGER NOT NULL, creada TEXT NOT NULL,
    ultimo_ingreso TEXT, sucesor TEXT REFERENCES cuenta) STRICT;
CREATE TABLE permiso (
    usuario TEXT NOT NULL REFERENCES cuenta, permiso TEXT NOT NULL, PRIMARY KEY (usuario, permiso)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE encargo (asunto TEXT PRIMARY KEY, usuario TEXT NOT NULL REFERENCES cuenta) STRICT;
CREATE TABLE intento (
    quien BLOB PRIMARY KEY, usuario TEXT REFERENCES cuenta, fallos INTEGER NOT NULL, desde TEXT,
    espera_s INTEGER NOT NULL, visto INTEGER NOT NULL) STRICT;
CREATE TABLE sesion (
    huella TEXT PRIMARY KEY, usuario TEXT NOT NULL REFERENCES cuenta, cuenta_sistema TEXT NOT NULL,
    abierta TEXT NOT NULL, usada TEXT NOT NULL) STRICT;
INSERT INTO instalacion VALUES (1, lower(hex(randomblob(16))), randomblob(32))
"""
_MIGRATIONS = (_FIRST,)
SCHEMA_VERSION = len(_MIGRATIONS)


def path_in(folder: Path) -> Path:
    """Give where the accounts of the installation's folder ``folder`` lie."""
    return folder / FOLDER_NAME / FILE_NAME


def is_begun(folder: Path) -> bool:
    """Tell whether ``folder`` has a database of accounts.

    Raises ``AccountsMissingError`` where it had one, so that its loss never opens what it closed; ``DiskError``.
    """
    path = path_in(folder)
    try:
        if path.exists():
            return True
        lost = path.parent.exists()
    except OSError as error:
        raise durable.disk_error(error, path) from error
    if lost:
        raise AccountsMissingError("accounts are gone", ruta=str(path))
    return False


def make(folder: Path) -> None:
    """Make an empty database in ``folder``, which must exist; one that is there stays as it is."""
    path = path_in(folder)
    durable.make_folder(path.parent, step="host.accounts.folder", mode=0o700)
    close_folder(path.parent)
    if not path.exists():
        # SQLite would make it with the umask's rights, and its journal after it.
        durable.write_new(path, b"", step="host.accounts.new", mode=_MODE)


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the database of ``folder``, which must be there; SQLite's errors in the block become ours."""
    path = path_in(folder)
    if not is_begun(folder):
        raise AccountsMissingError("no accounts", ruta=str(path))
    if not os.access(path, os.W_OK):
        raise durable.disk_error(PermissionError(13, "not writable"), path)
    connection = durable.open_database(path)
    try:
        durable.migrate(
            connection,
            _MIGRATIONS,
            step="host.accounts.schema",
            too_new=lambda version: AccountsTooNewError(
                "accounts of a newer program", ruta=str(path), version=version
            ),
        )
        yield connection
    except sqlite3.Error as error:
        raise durable.database_error(error, str(path)) from error
    finally:
        connection.close()
