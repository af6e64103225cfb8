"""One engine a folder: an operating-system lock on a file, freed by the system when its process dies.

POSIX ``flock``, Windows ``LockFileEx``. The file stays behind when the lock is freed and means nothing by
itself. What it does not do: no waiting queue, no locks between threads of one process, no network shares.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from sigasers.durable import disk_error
from sigasers.errors.disk import FolderMissingError
from sigasers.errors.host import LockHeldError

PROBE_GRACE_S = (
    1.0  # a probe (``is_held``) holds the lock for an instant; who wants it for long outlasts that
)
_POLL_S = 0.02


@contextmanager
def hold(path: Path, *, wait_s: float = PROBE_GRACE_S, private: bool = False) -> Iterator[None]:
    """Hold the lock file ``path`` (its folder must exist) for the block.

    A ``private`` one cannot even be opened by other accounts: who can open it can hold it, and stop whoever needs it.

    Raises ``LockHeldError`` when another process holds it for longer than ``wait_s`` seconds, ``DiskError`` when
    the file cannot be made.
    """
    if not path.parent.is_dir():  # the library would make it
        raise FolderMissingError("no folder for the lock", ruta=str(path.parent), motivo="no existe")
    # A soft lock (a mere file) would outlive a killed process: refused.
    lock = FileLock(path, timeout=wait_s, thread_local=False, poll_interval=_POLL_S, fallback_to_soft=False)
    try:
        lock.acquire()
        if private:
            with suppress(OSError):  # another account's; it is held all the same
                path.chmod(0o600)
    except Timeout as error:
        raise LockHeldError("lock held by another process", ruta=str(path)) from error
    except OSError as error:
        raise disk_error(error, path) from error
    try:
        yield
    finally:
        lock.release()


def is_held(path: Path) -> bool:
    """Tell whether some process holds ``path`` now; a missing file or folder is held by nobody."""
    if not path.exists():
        return False
    try:
        with hold(path, wait_s=0):
            return False
    except LockHeldError:
        return True
