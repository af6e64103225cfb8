"""``auditoria.jsonl``: who did what in an installation, one line an act, each chained to the one before.

``record`` returns when its entry would survive a power cut. One that raises leaves no entry. What a crash left half
written was never answered for: it is completed if only its end is missing, else put aside in a file of its own, and
told by an entry. The file only grows; nothing here removes an entry, and nothing rotates (a busy installation writes
some megabytes a year).

What it does not do: keep the machine's owner from rewriting the file. That shows against a ``Head`` that left the
machine earlier (``audit_check``).
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sigasers import durable
from sigasers.errors import SigasersError, TheirError
from sigasers.errors.accounts import AuditDamagedError
from sigasers.formats.audit_log import (
    EMPTY,
    MAX_LINE_BYTES,
    Entry,
    Head,
    Value,
    digest_of,
    parse_line,
)
from sigasers.host import locks
from sigasers.host.whoami import host_name, os_account
from sigasers.model import Instant

FILE_NAME = "auditoria.jsonl"
LOCK_NAME = "auditoria.lock"
TORN_ACT = "auditoria.trozo"
_MODE = 0o640  # operators of the group may read it
_WAIT_S = 30.0


def now() -> Instant:
    """Give the machine's clock."""
    return Instant(datetime.now(UTC))


@dataclass(frozen=True, kw_only=True)
class Audit:
    """The audit file of the folder ``folder``, for the program ``programa``; processes and threads take turns."""

    folder: Path
    programa: str
    clock: Callable[[], Instant] = field(default=now)

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.folder / FILE_NAME

    def record(self, hecho: str, datos: Mapping[str, Value], *, quien: str | None = None) -> Head:
        """Append an act and give the new head; it is durable.

        Raises ``AuditDamagedError`` (the last line is no entry), ``LockHeldError`` (another process writes for half a
        minute), ``DiskError``; ``ValueError`` for a ``hecho`` or a name in ``datos`` that the format cannot have.
        """
        try:
            durable.make_folder(self.folder, step="host.audit.folder", mode=0o750)
            with locks.hold(self.folder / LOCK_NAME, wait_s=_WAIT_S):
                _hold_regular(self.path)
                if not self.path.exists():
                    durable.write_new(self.path, b"", step="host.audit.new", mode=_MODE)
                with self.path.open("r+b", buffering=0) as file:
                    return self._append(file, self._mended(file), hecho, datos, quien)
        except OSError as error:
            raise durable.disk_error(error, self.path) from error

    def _append(
        self, file: BinaryIO, last: Head, hecho: str, datos: Mapping[str, Value], quien: str | None
    ) -> Head:
        """Write an entry after ``last``, which is the end of ``file``."""
        line = Entry(
            n=last.n + 1,
            cuando=self.clock(),
            quien=quien,
            cuenta=os_account(),
            equipo=host_name(),
            programa=self.programa,
            hecho=hecho,
            datos=datos,
            anterior=last.digest,
        ).to_line()
        start = file.seek(0, os.SEEK_END)
        try:
            _write_all(file, line)
            durable.sync_data(file.fileno(), self.path, step="host.audit.append")
        except (OSError, SigasersError):
            # The kernel may have dropped the pages of a failed sync: the next entry must not be chained to them.
            with suppress(OSError, SigasersError):
                durable.truncate(self.path, start, step="host.audit.undo")
            raise
        return Head(last.n + 1, digest_of(line))

    def _mended(self, file: BinaryIO) -> Head:
        """Give the head after what a crash may have left was completed or put aside."""
        last, torn = _tail(file, self.path)
        if not torn:
            return last
        if _is_next(torn + b"\n", last):
            file.seek(0, os.SEEK_END)
            _write_all(file, b"\n")
            durable.sync_data(file.fileno(), self.path, step="host.audit.complete")
            return Head(last.n + 1, digest_of(torn + b"\n"))
        aside = self.folder / f"auditoria-trozo-{last.n + 1}-{digest_of(torn)[:8]}.bin"
        if (
            not aside.exists()
        ):  # a crash between the two steps left it there already: its name tells its bytes
            durable.write_new(aside, torn, step="host.audit.torn_aside", mode=_MODE)
        size = file.seek(0, os.SEEK_END) - len(torn)
        durable.truncate(self.path, size, step="host.audit.torn_cut")
        return self._append(file, last, TORN_ACT, {"archivo": aside.name, "bytes": len(torn)}, None)


def _hold_regular(path: Path) -> None:
    """Hold that a file, if anything, lies there: the open of a pipe waits for ever. Raises ``AuditDamagedError``."""
    if path.exists() and not path.is_file():
        raise AuditDamagedError("no regular file", ruta=str(path), motivo="no es un archivo")


def _write_all(file: BinaryIO, data: bytes) -> None:
    """Write ``data`` whole, past short writes; nothing is kept back that could come later, at another place."""
    done = 0
    while done < len(data):
        done += file.write(data[done:])


def head(folder: Path) -> Head:
    """Give the head of the audit file in ``folder``, to be carried elsewhere; ``EMPTY`` where there is none.

    Reads the end alone, whatever the file's size. Raises as ``Audit.record``.
    """
    path = folder / FILE_NAME
    try:
        _hold_regular(path)
        if not path.exists():
            return EMPTY
        # Held: the entry that is being written may yet be taken back.
        with locks.hold(folder / LOCK_NAME, wait_s=_WAIT_S), path.open("rb") as file:
            return _tail(file, path)[0]
    except FileNotFoundError:
        return EMPTY
    except OSError as error:
        raise durable.disk_error(error, path) from error


def _tail(file: BinaryIO, path: Path) -> tuple[Head, bytes]:
    """Give the head by the last whole line, and the bytes after it that no line feed ends."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - 2 * MAX_LINE_BYTES)
    file.seek(start)
    *lines, torn = file.read(2 * MAX_LINE_BYTES).split(b"\n")
    if start and len(lines) < 2:
        raise AuditDamagedError("no line", ruta=str(path), motivo="Allí no hay una línea de auditoría")
    if not lines:
        return EMPTY, torn
    line = lines[-1] + b"\n"
    try:
        return Head(parse_line(line).n, digest_of(line)), torn
    except TheirError as error:
        raise AuditDamagedError(
            "last line", ruta=str(path), motivo="La última línea no es una de auditoría"
        ) from error


def _is_next(line: bytes, last: Head) -> bool:
    try:
        entry = parse_line(line)
    except TheirError:
        return False
    return (entry.n, entry.anterior) == (last.n + 1, last.digest)


__all__ = ["EMPTY", "FILE_NAME", "Audit", "Head", "Value", "head"]
