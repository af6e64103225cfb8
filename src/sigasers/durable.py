"""The only module that makes things durable: it writes, syncs, renames, removes and commits.

Every function names its ``step``, a literal that no other call uses. A fail-point stands before and after
it (``failpoint``), so a durable step without one cannot be written, and the tests read the list of steps from
the source. When a function returns, its effect survives a power cut. When it raises, the target is as it
was, or, if only the answer was lost, whole: never half-made. Errors are those of ``errors.disk``.

POSIX: file ``fsync``, rename without replacing (``renameat2``, else ``link`` and ``unlink``), folder ``fsync``.
Windows: file flush (``FlushFileBuffers`` through ``os.fsync``); a rename never replaces; there is no folder
sync, NTFS journals the rename itself. After a failed sync a file is discarded, never synced again: the kernel
may have dropped its pages and would report success.

What it does not do: no locks, no retries, no network shares promised.
"""

import ctypes
import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Self

from sigasers import failpoint
from sigasers.errors.disk import (
    DatabaseDamagedError,
    DiskError,
    DiskFullError,
    FolderMissingError,
    NameTakenError,
    NotWritableError,
)
from sigasers.mensajes.motivos import motivo

PART_SUFFIX = ".part"
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_NO_RENAMEAT2 = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)
_COPY_BYTES = 1 << 20

_KINDS: dict[int, type[DiskError]] = {
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: DiskFullError,
    errno.EACCES: NotWritableError,
    errno.EPERM: NotWritableError,
    errno.EROFS: NotWritableError,
    errno.ENOENT: FolderMissingError,
    errno.ENOTDIR: FolderMissingError,
    errno.EEXIST: NameTakenError,
}


def disk_error(error: OSError, path: Path) -> DiskError:
    """Give the error of our tree for what the operating system answered about ``path``.

    A missing folder is named itself, not the file that was to be in it.
    """
    kind = _KINDS.get(error.errno or 0, DiskError)
    ruta = _missing_folder(error, path) if kind is FolderMissingError else path
    return kind(str(error), ruta=str(ruta), motivo=motivo(error))


def _missing_folder(error: OSError, path: Path) -> Path:
    """Give the first folder above ``path``, or above what ``error`` names, that is not there; else ``path``."""
    named = [Path(name) for name in (error.filename, error.filename2) if isinstance(name, str)]
    parents = [each.parent for each in (path, *named) if not each.parent.is_dir()]
    return parents[0] if parents else path


@contextmanager
def _step(step: str, path: Path) -> Iterator[None]:
    """Run one durable step between its two fail-points; ``OSError`` becomes ours."""
    try:
        failpoint.hit(step, "before")
        yield
        failpoint.hit(step, "after")
    except OSError as error:
        raise disk_error(error, path) from error


class StagedFile:
    """A file under construction: written as ``<name>.part``, then placed under its name in one act.

    Use as a context manager: leaving it without ``place`` discards the part. One writer, one thread.
    """

    def __init__(self, part: Path, *, mode: int = 0o644) -> None:
        """Create ``part``, which must end in ``.part`` and may not exist."""
        if part.suffix != PART_SUFFIX:
            raise ValueError(f"staged file must end in {PART_SUFFIX}")
        self.part = part
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            self._file: IO[bytes] = os.fdopen(os.open(part, flags, mode), "w+b", buffering=0)
        except OSError as error:
            raise disk_error(error, part) from error
        self._open = True

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Append ``data`` whole; raises ``DiskError``."""
        view = memoryview(data).cast("B")
        done = 0
        try:
            while done < len(view):
                done += self._file.write(view[done:]) or 0
        except OSError as error:
            raise disk_error(error, self.part) from error
        return done

    def place(self, target: Path, *, step: str) -> None:
        """Sync the part and give it its name ``target`` (same volume, never replacing); then it is durable."""
        with _step(step, target):
            os.fsync(self._file.fileno())
            self._file.close()
            _rename_new(self.part, target)
            self._open = False
            _sync_folder(target.parent)
            _sync_folder(self.part.parent)

    def discard(self) -> None:
        """Remove the part; harmless after ``place``. One that cannot be removed now goes at the next start."""
        if self._open:
            self._open = False
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self.part.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.discard()


def write_new(path: Path, data: bytes, *, step: str, mode: int = 0o644) -> None:
    """Make the file ``path`` hold ``data``; raises ``NameTakenError`` if it exists."""
    with StagedFile(part_of(path), mode=mode) as staged:
        staged.write(data)
        staged.place(path, step=step)


def replace(path: Path, data: bytes, *, step: str, mode: int = 0o644) -> None:
    """Make the file ``path`` hold ``data`` in one act: readers see the old bytes or the new ones."""
    part = part_of(path)
    with _step(step, path):
        try:
            descriptor = os.open(
                part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode
            )
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise
        _sync_folder(path.parent)


def move_new(source: Path, target: Path, *, step: str) -> None:
    """Move the file ``source`` to ``target``, never replacing.

    Within a volume one rename; across volumes a synced copy, then the source goes. After a crash between
    the two both exist with equal bytes: moving again raises ``NameTakenError``, and the caller compares.
    """
    with _step(step, target):
        try:
            _rename_new(source, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy_new(source, target)
            source.unlink()
        _sync_folder(target.parent)
        if source.parent != target.parent:
            _sync_folder(source.parent)


def remove(path: Path, *, step: str) -> None:
    """Remove the file ``path``; one that is gone already is no error."""
    with _step(step, path):
        path.unlink(missing_ok=True)
        _sync_folder(path.parent)


def make_folder(path: Path, *, step: str, mode: int = 0o755) -> None:
    """Make the folder ``path`` with its parents; one that exists is no error and keeps its rights."""
    if path.is_dir():
        return
    with _step(step, path):
        missing = [path, *(parent for parent in path.parents if not parent.exists())]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=mode, exist_ok=True)
        for folder in missing:
            _sync_folder(folder.parent)


def sync_data(descriptor: int, path: Path, *, step: str) -> None:
    """Make the bytes written to the open file ``descriptor`` durable (``path`` is for messages)."""
    with _step(step, path):
        getattr(os, "fdatasync", os.fsync)(descriptor)


def sync_folder(folder: Path, *, step: str) -> None:
    """Make the names in ``folder`` durable, for files that were made there without ``StagedFile``."""
    with _step(step, folder):
        _sync_folder(folder)


def truncate(path: Path, size_bytes: int, *, step: str) -> None:
    """Cut the file ``path`` back to ``size_bytes``."""
    with _step(step, path), path.open("r+b") as file:
        file.truncate(size_bytes)
        os.fsync(file.fileno())


def open_database(path: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    """Open the state database ``path``: WAL, every commit synced, foreign keys held, rows by name.

    Transactions are those of ``transaction`` alone.
    """
    try:
        connection = sqlite3.connect(
            path, isolation_level=None, timeout=30, check_same_thread=check_same_thread
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
    except sqlite3.Error as error:
        raise database_error(error, str(path)) from error
    return connection


def database_error(error: sqlite3.Error, ruta: str) -> DiskError:
    """Give our error for SQLite's, met in the state database ``ruta``."""
    primary = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    kinds = {
        sqlite3.SQLITE_FULL: DiskFullError,
        sqlite3.SQLITE_CORRUPT: DatabaseDamagedError,
        sqlite3.SQLITE_NOTADB: DatabaseDamagedError,
    }
    return kinds.get(primary, DiskError)(f"state database: {error}", ruta=ruta, motivo=motivo(error))


@contextmanager
def transaction(connection: sqlite3.Connection, *, step: str) -> Iterator[sqlite3.Connection]:
    """One write transaction; when the block ends without error it is committed and synced.

    An error inside the block rolls back and passes through; SQLite's own become ``DiskError``.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            failpoint.hit(step, "before")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        failpoint.hit(step, "after")
    except sqlite3.Error as error:
        raise database_error(error, "base de estado") from error
    except OSError as error:
        raise DiskError(f"{step}: {error}", ruta="base de estado", motivo=motivo(error)) from error


def migrate(
    connection: sqlite3.Connection,
    scripts: Sequence[str],
    *,
    step: str,
    too_new: Callable[[int], Exception],
) -> None:
    """Bring a state database to the version ``len(scripts)``, which it keeps in ``PRAGMA user_version``, as one act.

    One script a version brings a database of the version before to it; version 0 is also the empty file. One that is
    there is left alone, and waits for nobody. Raises what ``too_new`` gives for a later version; nothing is changed.
    """
    wanted = len(scripts)
    if _user_version(connection) == wanted:
        return
    with transaction(connection, step=step):
        version = _user_version(connection)  # another process may have been first
        if version > wanted:
            raise too_new(version)
        for statement in ";".join(scripts[version:]).split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {wanted}")


def _user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def part_of(path: Path) -> Path:
    """Give a name for a part beside ``path`` that no other part has."""
    return path.with_name(f".{path.name[:80]}.{os.getpid()}.{os.urandom(4).hex()}{PART_SUFFIX}")


def _rename_new(source: Path, target: Path) -> None:
    """Rename without replacing; ``FileExistsError`` if ``target`` exists."""
    if sys.platform == "win32":
        os.rename(source, target)
        return
    if _renameat2(source, target):
        return
    os.link(source, target, follow_symlinks=False)
    os.unlink(source)


def _renameat2(source: Path, target: Path) -> bool:
    """Rename with ``RENAME_NOREPLACE``; ``False`` where kernel, C library or file system has none."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), _RENAME_NOREPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_RENAMEAT2:
        return False
    raise OSError(number, os.strerror(number), str(source), None, str(target))


def _copy_new(source: Path, target: Path) -> None:
    """Copy to a synced part beside ``target``, then give it its name."""
    part = part_of(target)
    try:
        with source.open("rb") as reader, part.open("xb") as writer:
            shutil.copyfileobj(reader, writer, _COPY_BYTES)
            writer.flush()
            os.fsync(writer.fileno())
        _rename_new(part, target)
    finally:
        part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Sync a folder's entries; Windows has no such call and journals the rename itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
