"""Writes RAR5 archives of stored, encrypted members in two movements.

First each member alone, on any thread or process: plaintext goes into ``MemberEncryptor`` and comes out as
ciphertext in a sink. Then ``assemble`` puts headers and ciphertexts together in one sequential pass. No plaintext
is kept anywhere. It does not compress: what goes in is compressed already. Source: ``docs/spec/rar5.md``.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from sigasers.errors import OwnError
from sigasers.formats.rar5 import blocks
from sigasers.formats.rar5.checksum import crc32_of
from sigasers.formats.rar5.keys import ArchiveKeys
from sigasers.model import Digest, Instant

Bytes = bytes | bytearray | memoryview
_GATHER_BYTES = (
    1 << 18
)  # small writes are gathered to this: fewer calls, and each large enough to free the GIL
_MAX_MTIME = (1 << 32) - 1
MAX_COMMENT_BYTES = 1 << 14  # ours are under 1 KiB; a reader takes no more


class Sink(Protocol):
    """Where bytes go: ``durable.StagedFile``, an open file, ``io.BytesIO``."""

    def write(self, data: Bytes, /) -> object:
        """Append all of ``data``."""


@dataclass(frozen=True, kw_only=True)
class EncryptedMember:
    """What ``assemble`` and the manifest need of one encrypted member; it can be sent to another process.

    Sizes in bytes; ``checksum`` is the keyed CRC32; ``sha256`` is that of the plaintext.
    """

    name: str
    unpacked_size: int
    packed_size: int
    checksum: bytes
    iv: bytes
    mtime: Instant
    sha256: Digest


class MemberEncryptor:
    """A writable file: what is written comes out of it, encrypted, into ``sink``.

    Fit for ``pyarrow.parquet.ParquetWriter``. One writer, one thread. After ``close`` the member's description
    is in ``member``; the sink stays open and belongs to the caller. An abandoned encryptor leaves nothing of use.
    """

    def __init__(
        self, keys: ArchiveKeys, name: str, sink: Sink, *, mtime: Instant, iv: bytes | None = None
    ) -> None:
        """Start the member ``name`` (``/`` between folders). ``iv`` is random and given by vectors alone."""
        _check_name(name)
        self._keys, self._name, self._sink, self._mtime = keys, name, sink, mtime
        self._iv = iv or os.urandom(blocks.IV_BYTES)
        self._cipher = Cipher(algorithms.AES256(keys.aes_key), modes.CBC(self._iv)).encryptor()
        self._sha256 = hashlib.sha256()
        self._crc32 = 0
        self._size = 0
        self._gathered = bytearray()
        self._out = bytearray(_GATHER_BYTES + blocks.AES_BLOCK)
        self._member: EncryptedMember | None = None

    @property
    def closed(self) -> bool:
        """Whether the member is complete."""
        return self._member is not None

    @property
    def member(self) -> EncryptedMember:
        """The finished member; asking before ``close`` is a defect."""
        if self._member is None:
            raise OwnError(f"member {self._name} is not closed")
        return self._member

    def writable(self) -> bool:
        """Tell that this file is written, as pyarrow asks."""
        return True

    def tell(self) -> int:
        """Give how many bytes were written."""
        return self._size

    def flush(self) -> None:
        """Do nothing: what is gathered goes out when it is enough, or at ``close``."""

    def write(self, data: Bytes) -> int:
        """Append ``data`` whole and give its length; the sink's errors pass through."""
        if self._member is not None:
            raise OwnError(f"member {self._name} is closed")
        view = memoryview(data).cast("B")
        self._size += len(view)
        if len(self._gathered) + len(view) < _GATHER_BYTES:
            self._gathered += view
            return len(view)
        self._drain()
        self._encrypt(view)
        return len(view)

    def close(self) -> None:
        """Pad, send the last bytes out and describe the member; a second call does nothing."""
        if self._member is not None:
            return
        self._drain()
        padding = -self._size % blocks.AES_BLOCK
        self._sink.write(self._cipher.update(bytes(padding)) + self._cipher.finalize())
        self._member = EncryptedMember(
            name=self._name,
            unpacked_size=self._size,
            packed_size=self._size + padding,
            checksum=self._keys.checksum(self._crc32),
            iv=self._iv,
            mtime=self._mtime,
            sha256=Digest(self._sha256.hexdigest()),
        )

    def _drain(self) -> None:
        self._encrypt(memoryview(self._gathered))
        self._gathered = bytearray()

    def _encrypt(self, view: memoryview) -> None:
        """Checksum, hash and encrypt ``view`` in pieces that stay in the processor's cache."""
        for start in range(0, len(view), _GATHER_BYTES):
            piece = view[start : start + _GATHER_BYTES]
            self._crc32 = crc32_of(piece, self._crc32)
            self._sha256.update(piece)
            done = self._cipher.update_into(piece, self._out)
            self._sink.write(memoryview(self._out)[:done])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()


def assemble(
    keys: ArchiveKeys,
    members: Iterable[tuple[EncryptedMember, Iterable[Bytes]]],
    comment: bytes,
    sink: Sink,
) -> Digest:
    """Write a whole archive to ``sink`` and give its SHA-256.

    ``members`` are in the archive's order, each with its ciphertext in pieces; ``comment`` (at most
    ``MAX_COMMENT_BYTES``, may be empty: then there is none) stands in clear. One pass, no seeking. A ciphertext
    of another size than its member says is a defect: ``OwnError``. The sink's errors pass through.
    """
    hashing = _HashingSink(sink)
    hashing.write(blocks.SIGNATURE + blocks.main_header())
    if len(comment) > MAX_COMMENT_BYTES:
        raise OwnError(f"comment of {len(comment)} bytes")
    if comment:
        hashing.write(blocks.comment_block(comment))
    for member, ciphertext in members:
        hashing.write(blocks.file_header(header_of(keys, member)))
        written = sum(hashing.write(piece) for piece in ciphertext)
        if written != member.packed_size:
            raise OwnError(f"member {member.name}: {member.packed_size} bytes announced, {written} given")
    hashing.write(blocks.end_header())
    return Digest(hashing.sha256.hexdigest())


class _HashingSink:
    """Passes bytes on and hashes them."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.sha256 = hashlib.sha256()

    def write(self, data: Bytes) -> int:
        self.sha256.update(data)
        self._sink.write(data)
        return len(data)


def header_of(keys: ArchiveKeys, member: EncryptedMember) -> blocks.FileHeader:
    """Give the header that ``assemble`` writes before the ciphertext of ``member``."""
    return blocks.FileHeader(
        name=member.name,
        unpacked_size=member.unpacked_size,
        packed_size=member.packed_size,
        mtime_s=min(max(int(member.mtime.at.timestamp()), 0), _MAX_MTIME),
        checksum=member.checksum,
        k=keys.k,
        salt=keys.salt,
        iv=member.iv,
        check=keys.check,
    )


def _check_name(name: str) -> None:
    """Refuse names that a reader could take for a place outside its folder: the caller's defect."""
    parts = name.split("/")
    if not 0 < len(name.encode("utf-8")) <= blocks.MAX_NAME_BYTES or "\\" in name or "\0" in name:
        raise OwnError(f"bad member name {name!r}")
    if any(part in {"", ".", ".."} for part in parts):
        raise OwnError(f"bad member name {name!r}")
