"""A SQLite file as a source: read only, one state for all lanes, through the ADBC driver.

All connections to the base go through ADBC while a snapshot is open: the ``sqlite3`` of Python is a second copy
of SQLite in this process, and closing its file would drop the locks that the first one holds (SQLite, "How to
corrupt", 2.2.1).
"""

import sqlite3
from contextlib import suppress
from pathlib import Path, PurePath
from threading import Event
from typing import Any

import adbc_driver_manager
import adbc_driver_sqlite.dbapi as adbc

from sigasers.errors import SigasersError
from sigasers.errors.siga import (
    DatabaseLockedError,
    NotADatabaseError,
    SourceMissingError,
    SourceUnreadableError,
)
from sigasers.formats.manifest import Consistencia
from sigasers.siga.sources.seam import Lane, TableSchema
from sigasers.siga.sources.sqlite_failures import FOREIGN, BaseFile, reason, symbol
from sigasers.siga.sources.sqlite_lane import SqliteLane
from sigasers.siga.sources.sqlite_schema import TABLES, read_schema

_OPEN_TRIES = 5
_WAL_MARK = (
    b"\x02\x02"  # bytes 18 and 19: versions for writing and reading (SQLite, "Database File Format", 1.3.3)
)
_NO_LOG = (
    "la base está en modo WAL y junto a ella no se pueden abrir sus archivos «-wal» y «-shm»: "
    "dé permiso de escritura en su carpeta, o use una copia en otra"
)


class SqliteSource:
    """The SQLite database in the file ``path``; ``wait_s`` is how long to wait for a writer's lock."""

    def __init__(self, path: Path, *, wait_s: float = 10.0) -> None:
        self._path, self._wait_s = path, wait_s

    def open_snapshot(self, *, lanes: int) -> "SqliteSnapshot":
        """Open ``lanes`` readers of one state; where writers never leave a quiet moment, one lane alone.

        Raises ``SourceMissingError``, ``NotADatabaseError``, ``DatabaseLockedError``, ``SourceUnreadableError``.
        """
        self._probe()
        try:
            return self._open(lanes)
        except UnicodeError:
            motivo = "un nombre de tabla o de columna no está en UTF-8"
            raise SourceUnreadableError("name", base=str(self._path), motivo=motivo) from None
        except FOREIGN as error:
            self._probe()
            if symbol(error) in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                raise DatabaseLockedError("locked", base=str(self._path)) from error
            raise SourceUnreadableError("open failed", base=str(self._path), motivo=reason(error)) from error

    def _open(self, lanes: int) -> "SqliteSnapshot":
        monitor = self._connect()
        try:
            for wanted in [lanes] * _OPEN_TRIES + [1]:
                before = _one(monitor, "PRAGMA data_version")
                readers = self._readers(wanted)
                try:
                    if wanted == 1 or _one(monitor, "PRAGMA data_version") == before:
                        return SqliteSnapshot(self._path, readers, monitor)
                except BaseException:
                    _close_all(readers)
                    raise
                _close_all(readers)
        except BaseException:
            monitor.close()
            raise
        raise AssertionError  # the last try has one lane

    def _readers(self, count: int) -> list[Any]:
        readers: list[Any] = []
        try:
            for _ in range(count):
                readers.append(self._connect())
                _run(readers[-1], "BEGIN")
                _one(
                    readers[-1], "SELECT COUNT(*) FROM sqlite_schema"
                )  # takes the read lock: a deferred BEGIN does not
        except BaseException:
            _close_all(readers)
            raise
        return readers

    def _connect(self) -> Any:
        connection = adbc.connect(read_only_uri(self._path.absolute()), autocommit=True)
        _run(connection, f"PRAGMA busy_timeout={int(self._wait_s * 1000)}")
        _run(connection, "PRAGMA temp_store=MEMORY")  # no row is spilled to disk in clear
        return connection

    def _probe(self) -> None:
        """Tell what is wrong with the file by SQLite's own codes; nothing of ours is open on it meanwhile."""
        if not self._path.is_file():
            raise SourceMissingError("no such file", base=str(self._path))
        try:
            probe = sqlite3.connect(read_only_uri(self._path.absolute()), uri=True, timeout=self._wait_s)
            try:
                probe.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
            finally:
                probe.close()
        except sqlite3.Error as error:
            raise self._known(error) from error

    def _known(self, error: sqlite3.Error) -> SigasersError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        base = str(self._path)
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return NotADatabaseError("not a database", base=base)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return DatabaseLockedError("locked", base=base)
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) and self._is_wal():
            return SourceUnreadableError("no log beside", base=base, motivo=_NO_LOG)
        return SourceUnreadableError("cannot be read", base=base, motivo=reason(error))

    def _is_wal(self) -> bool:
        """Tell by the file's head whether readers need files beside it; nothing of ours is open on it meanwhile."""
        try:
            with self._path.open("rb") as file:
                return file.read(20)[18:] == _WAL_MARK
        except OSError:
            return False


class SqliteSnapshot:
    """One state of a SQLite base; see ``seam.Snapshot``."""

    motor = "SQLite"
    consistencia = Consistencia.INSTANTANEA

    def __init__(self, path: Path, readers: list[Any], monitor: Any) -> None:
        self._readers, self._monitor = readers, monitor
        self._stopped = Event()
        self.motor_version = str(_one(readers[0], "SELECT sqlite_version()"))
        self.bloquea_escritura = str(_one(readers[0], "PRAGMA journal_mode")).lower() != "wal"
        self._tables, stored = read_schema(_rows(readers[0], TABLES))
        file = BaseFile(path, wal=not self.bloquea_escritura)
        self._own = tuple(SqliteLane(file, reader, stored, self._stopped) for reader in readers)
        self.lanes: tuple[Lane, ...] = self._own

    def tables(self) -> dict[str, TableSchema]:
        """Give every table by its lower-case name."""
        return self._tables

    def may_read(self, tabla: str) -> bool:
        """Tell that it may: who can open the file can read all of it."""
        return tabla.lower() in self._tables

    def cancel(self) -> None:
        """End reads under way at their next batch (the driver has no interrupt): ``ReadStoppedError``."""
        self._stopped.set()

    def close(self) -> None:
        """Release the locks."""
        for lane in self._own:
            with suppress(adbc_driver_manager.Error):
                lane.end()
        _close_all([*self._readers, self._monitor])


def read_only_uri(path: PurePath) -> str:
    """Give the URI by which SQLite opens the absolute ``path`` for reading alone.

    A network folder of Windows stands in the path: SQLite refuses a URI that names a machine before it.
    """
    uri = path.as_uri()
    if not uri.startswith("file:///"):
        uri = f"file:////{uri.removeprefix('file://')}"
    return f"{uri}?mode=ro"


def _rows(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        columns = [column.to_pylist() for column in cursor.fetch_arrow_table().columns]
        return list(zip(*columns, strict=True))  # the driver's own rows are made one value at a time


def _one(connection: Any, sql: str) -> Any:
    return _rows(connection, sql)[0][0]


def _run(connection: Any, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()


def _close_all(connections: list[Any]) -> None:
    for connection in connections:
        with suppress(adbc_driver_manager.Error):
            connection.close()
