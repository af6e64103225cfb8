"""The file of one upload under way, while a piece is written to it: bytes, hashes, sync, cut.

Blocking; the caller runs it off the event loop, one call at a time. It decides nothing about offsets.
"""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sigasers import durable
from sigasers.errors.centro import PieceError
from sigasers.errors.disk import NameTakenError
from sigasers.model import Digest
from sigasers.protocol.tus import Checksum

if TYPE_CHECKING:
    from hashlib import _Hash

_READ_BYTES = 1 << 20


class PartFile:
    """One piece's way onto the disk: opened at ``start`` (checked bytes before it), then written, then sealed.

    ``whole`` is the running SHA-256 of all bytes before ``start``, or None if it is not known.
    """

    def __init__(self, path: Path, start: int, whole: "_Hash | None", checksum: Checksum | None) -> None:
        self.path = path
        self.start = start
        self.received = 0
        self._whole = whole.copy() if whole is not None else None
        self._checksum = checksum
        self._piece = hashlib.new(checksum.algorithm) if checksum else None
        self._descriptor: int | None = None

    def write(self, data: bytes | bytearray) -> None:
        """Append ``data`` and hash it; raises ``DiskError``."""
        try:
            if self._descriptor is None:
                flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
                self._descriptor = os.open(self.path, flags, 0o640)
                os.lseek(self._descriptor, self.start, os.SEEK_SET)
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError as error:
            raise durable.disk_error(error, self.path) from error
        self.received += len(data)
        for running in (self._piece, self._whole):
            if running is not None:
                running.update(data)

    @property
    def has_checksum(self) -> bool:
        """Whether a checksum came with the piece."""
        return self._checksum is not None

    def check(self) -> None:
        """Compare the piece with the checksum that came with it, if any; raises ``PieceError``."""
        if self._piece is not None and self._checksum and self._piece.digest() != self._checksum.digest:
            raise PieceError("piece has another checksum")

    def sync(self) -> None:
        """Make the piece durable; after an error the file is not to be used again."""
        if self._descriptor is not None:
            durable.sync_data(self._descriptor, self.path, step="centro.piece_sync")
            if self.start == 0:
                durable.sync_folder(self.path.parent, step="centro.piece_name")

    def sync_last(self) -> None:
        """Make the last piece durable; the move into the store makes the name durable."""
        if self._descriptor is not None:
            durable.sync_data(self._descriptor, self.path, step="centro.last_piece_sync")

    def cut(self) -> None:
        """Take the piece off again; raises ``DiskError``."""
        self.close()
        if self.received and self.path.exists():
            durable.truncate(self.path, self.start, step="centro.piece_cut")

    def whole_digest(self) -> "_Hash":
        """Give the SHA-256 of all bytes, read from the file if it was not kept while they came."""
        if self._whole is None:
            self._whole = hash_file(self.path)
        return self._whole

    @property
    def running(self) -> "_Hash | None":
        """The SHA-256 of all bytes so far, if it is known."""
        return self._whole

    def close(self) -> None:
        """Close the file; harmless twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def hash_file(path: Path) -> "_Hash":
    """Give the SHA-256 of the file ``path``, read in bounded memory; raises ``DiskError``."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_READ_BYTES):
                digest.update(block)
    except OSError as error:
        raise durable.disk_error(error, path) from error
    return digest


def place_in_store(part: Path, target: Path, sha256: Digest) -> None:
    """Move the whole, checked and synced ``part`` to its place; one that is there already must be equal."""
    durable.make_folder(target.parent, step="centro.store_folder", mode=0o750)
    try:
        durable.move_new(part, target, step="centro.store_move")
    except NameTakenError:
        if hash_file(target).hexdigest() != sha256.hex:
            raise
        durable.remove(part, step="centro.part_remove_twin")
