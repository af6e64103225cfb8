"""Files on their way: looked at, hashed, and moved so that a crash between two steps is seen and finished."""

import hashlib
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from sigasers.durable import PART_SUFFIX, disk_error
from sigasers.errors.sers import SourceOutError
from sigasers.mensajes.motivos import motivo
from sigasers.model import Digest
from sigasers.protocol.outbox import SeenFile

_PIECE_BYTES = 1 << 20


def scan(folder: Path) -> list[SeenFile]:
    """Give the regular files of SourceOut; hidden ones, parts and links are not looked at."""
    try:
        with os.scandir(folder) as entries:
            return [seen for entry in entries if (seen := _seen(entry)) is not None]
    except OSError as error:
        raise SourceOutError(str(error), ruta=str(folder), motivo=motivo(error)) from error


def measure(path: Path) -> tuple[int, Digest]:
    """Give size in bytes and digest of a file, read once to its end; raises ``DiskError``."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        raise disk_error(error, path) from error
    return size, Digest(digest.hexdigest())


def is_left_over(source: Path, target: Path) -> bool:
    """Tell whether ``source`` is what a crash left of a move to ``target`` across volumes: equal bytes in both.

    On one volume a move leaves nothing: what has the name of ``source`` then is another file, and stays.
    """
    try:
        if source.stat().st_dev == target.stat().st_dev:
            return False
    except OSError:
        return False
    return measure(source) == measure(target)


def in_attached(folder: Path) -> list[tuple[int, Path]]:
    """Give the files in the folders of sobres (six digits) in AttachOut, each with the number of its sobre."""
    try:
        return [
            (int(place.name), path)
            for place in sorted(folder.iterdir())
            if re.fullmatch(r"\d{6,}", place.name, re.ASCII) and place.is_dir()
            for path in sorted(place.iterdir())
            if path.is_file()
        ]
    except OSError as error:
        raise disk_error(error, folder) from error


def remove_empty(folder: Path) -> None:
    """Remove a folder of our own that nothing lies in; nobody relies on it."""
    with suppress(OSError):
        folder.rmdir()


def clear_empty(folder: Path) -> None:
    """Remove the empty folders of sobres (six digits) that a killed run left in AttachOut."""
    with suppress(OSError):
        for entry in folder.iterdir():
            if re.fullmatch(r"\d{6,}", entry.name, re.ASCII):
                remove_empty(entry)


def holds(path: Path, data: bytes) -> bool:
    """Tell whether ``path`` is a file of just these bytes: what an earlier run wrote."""
    try:
        return path.is_file() and path.read_bytes() == data
    except OSError as error:
        raise disk_error(error, path) from error


def _seen(entry: "os.DirEntry[str]") -> SeenFile | None:
    if entry.name.startswith((".", "~$")) or entry.name.lower().endswith((PART_SUFFIX, ".tmp")):
        return None
    try:
        found = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return SeenFile(
        name=entry.name,
        size_bytes=found.st_size,
        modified_ns=found.st_mtime_ns,
        arrived_ns=max(found.st_mtime_ns, found.st_ctime_ns),
    )
