"""The definition of a foreign task that ours replaced: kept before it goes, and the way back to it.

Its digest stands in the mark of the task that replaced it, where the service account cannot write: a file that was
changed since is never installed by an administrator.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sigasers import durable
from sigasers.errors.task_setup import EarlierTaskError
from sigasers.host.tasks import Kind, Mark, Scheduler, TaskFound

FOLDER_NAME = "tareas_anteriores"
_MAX_BYTES = 4 << 20
_UTF16_MARK = b"\xff\xfe"


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A kept definition: its task's name, its text, its file."""

    name: str
    raw: str
    path: Path


def keep(folder: Path, kind: Kind, task: TaskFound) -> str:
    """Keep the definition of ``task`` below ``folder``, durably; give its digest.

    Raises ``DiskError``, and ``EarlierTaskError`` where a link stands in the place of the folder.
    """
    data = _encoded(kind, task.raw)
    digest = hashlib.sha256(data).hexdigest()
    path = _path(folder, kind, digest)
    if path.parent.is_symlink():  # the service account owns what is around it
        raise EarlierTaskError("a link in its place", ruta=str(path))
    durable.make_folder(path.parent, step="siga.task.earlier_folder", mode=0o750)
    durable.replace(path, data, step="siga.task.earlier", mode=0o640)
    return digest


def find(folder: Path, kind: Kind, name: str, mark: Mark) -> Earlier | None:
    """Give what the task ``name`` with ``mark`` replaced; raises ``EarlierTaskError`` where it is not as it was."""
    if mark.anterior is None:
        return None
    path = _path(folder, kind, mark.anterior)
    data = _read(path)
    if data is None or hashlib.sha256(data).hexdigest() != mark.anterior:
        raise EarlierTaskError("kept definition changed", ruta=str(path))
    raw = data.decode("utf-16" if kind is Kind.SCHTASKS else "utf-8", "surrogateescape")
    return Earlier(name=name, raw=raw, path=path)


def put_back(scheduler: Scheduler, earlier: Earlier) -> str:
    """Put the earlier task back; what only a person can do is given as the order to type, else empty."""
    by_hand = scheduler.by_hand(earlier.name, earlier.raw, earlier.path)
    if not by_hand:
        scheduler.restore(earlier.name, earlier.raw)
    return by_hand


def _path(folder: Path, kind: Kind, digest: str) -> Path:
    suffix = ".xml" if kind is Kind.SCHTASKS else ".txt"
    return folder / FOLDER_NAME / f"{kind.value}-{digest[:16]}{suffix}"


def _encoded(kind: Kind, raw: str) -> bytes:
    """Give the file's bytes: what ``schtasks`` takes, so that a person can use it too."""
    if kind is Kind.SCHTASKS:
        return _UTF16_MARK + raw.encode("utf-16-le", "surrogatepass")
    return raw.encode("utf-8", "surrogateescape")


def _read(path: Path) -> bytes | None:
    if path.is_symlink():
        return None
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES)
    except OSError:
        return None
