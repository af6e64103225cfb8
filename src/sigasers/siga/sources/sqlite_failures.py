"""What SQLite refuses, as errors of ours.

The ADBC driver hands on no result code, only words. But SQLite gives each code one fixed sentence
(``sqlite3_errstr``), and the driver adds it, alone, after a prefix of its own: so the sentence names the code.
"""

import re
import sqlite3
from pathlib import Path

import adbc_driver_manager
import pyarrow as pa

from sigasers.errors import SigasersError
from sigasers.errors.siga import DatabaseDamagedError, ReadStoppedError, SourceUnreadableError
from sigasers.mensajes.motivos import motivo, motivo_de_sqlite

FOREIGN = (adbc_driver_manager.Error, pa.ArrowException, OSError)
_PREFIX = re.compile(r"(?:[A-Z_]+: )?(?:\[SQLite\] )?(?:Failed to (?:prepare|step) query: )?")
_SYMBOLS = {
    "access permission denied": "SQLITE_PERM",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "authorization denied": "SQLITE_AUTH",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "database is locked": "SQLITE_BUSY",
    "database or disk is full": "SQLITE_FULL",
    "database schema has changed": "SQLITE_SCHEMA",
    "database table is locked": "SQLITE_LOCKED",
    "disk I/O error": "SQLITE_IOERR",
    "file is not a database": "SQLITE_NOTADB",
    "interrupted": "SQLITE_INTERRUPT",
    "locking protocol": "SQLITE_PROTOCOL",
    "out of memory": "SQLITE_NOMEM",
    "string or blob too big": "SQLITE_TOOBIG",
    "unable to open database file": "SQLITE_CANTOPEN",
}
_DAMAGE = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR"}


def symbol(error: BaseException) -> str:
    """Give the name of SQLite's code, as ``SQLITE_CORRUPT``; empty where the error is not one of SQLite's own."""
    lines = str(error).splitlines()
    sentence = _PREFIX.sub("", lines[0], count=1) if lines else ""
    if sentence.startswith("malformed database schema"):
        return "SQLITE_CORRUPT"
    return _SYMBOLS.get(sentence, "")


def reason(error: BaseException) -> str:
    """Give the cause in Spanish, without the driver's words."""
    if isinstance(error, sqlite3.Error):
        return motivo(error)
    if isinstance(error, OSError) and error.errno:
        return motivo(error)
    return motivo_de_sqlite(symbol(error)) if symbol(error) else "SQLite no pudo cumplir la consulta"


class BaseFile:
    """The file of a base under reading: its size tells whether somebody wrote over it.

    Under a snapshot no writer that keeps SQLite's locks makes the file smaller; without WAL, none makes it larger.
    """

    def __init__(self, path: Path, *, wal: bool) -> None:
        self._path, self._wal, self._size = path, wal, path.stat().st_size

    def check(self) -> None:
        """Raise ``DatabaseDamagedError`` if the file is not what it was. The file is not opened: see ``sqlite``."""
        try:
            size = self._path.stat().st_size
        except OSError:
            size = -1
        if size < self._size or (size > self._size and not self._wal):
            raise self._damaged("otro programa cambió o reemplazó el archivo mientras se leía")

    def failure(self, error: BaseException) -> SigasersError:
        """Give the error for a statement that failed: of the whole base, or of what was read."""
        try:
            self.check()
        except DatabaseDamagedError as changed:
            return changed
        if symbol(error) in _DAMAGE:
            return self._damaged(reason(error))
        return SourceUnreadableError("read failed", base=str(self._path), motivo=reason(error))

    def stopped(self) -> ReadStoppedError:
        """Give the error of a read that was cancelled."""
        return ReadStoppedError("stopped", base=str(self._path))

    def _damaged(self, why: str) -> DatabaseDamagedError:
        return DatabaseDamagedError("damaged", base=str(self._path), motivo=why)
