"""Reads RAR5 archives as ``writer`` makes them, from files that anyone may have made.

``scanner`` judges the structure; here a password is judged, and each member's data as it is read. What it does
not do: no folders and files are made, no member name becomes a path. Source: ``docs/spec/rar5.md``, section 6.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Self

from sigasers.errors.formats import (
    MemberDamagedError,
    MemberMissingError,
    RarUnsupportedError,
    WrongPasswordError,
)
from sigasers.formats.rar5 import blocks
from sigasers.formats.rar5.checksum import crc32_of
from sigasers.formats.rar5.keys import MAX_PASSWORD_CHARS, ArchiveKeys
from sigasers.formats.rar5.member_file import PIECE_BYTES, MemberFile, decryptor
from sigasers.formats.rar5.place import read_at
from sigasers.formats.rar5.scanner import ArchivedMember, ArchiveLimits, Scanner
from sigasers.model import Digest


@dataclass(frozen=True, kw_only=True)
class RarArchive:
    """An archive whose structure holds from its first byte to its last. The members' data is not yet judged."""

    file: BinaryIO
    comment: bytes
    members: tuple[ArchivedMember, ...]

    @classmethod
    def open(cls, file: BinaryIO, limits: ArchiveLimits | None = None) -> Self:
        """Read the structure of ``file``, which must be seekable and stay open; costs some reads a member.

        Raises ``NotRarError``, ``RarCutError``, ``RarDamagedError``, ``RarUnsupportedError``,
        ``RarTrailingError`` or ``LimitError``.
        """
        comment, members = Scanner(file, limits or ArchiveLimits()).scan()
        return cls(file=file, comment=comment, members=tuple(members))

    def member(self, name: str) -> ArchivedMember:
        """Give the member ``name``; raises ``MemberMissingError``."""
        for member in self.members:
            if member.name == name:
                return member
        raise MemberMissingError(f"no member {name}", miembro=name)

    def unlock(self, password: str) -> ArchiveKeys:
        """Give the keys if ``password`` is the archive's; raises ``WrongPasswordError``."""
        if not self.members:
            raise RarUnsupportedError("archive without members")
        header = self.members[0].header
        if not 1 <= len(password) <= MAX_PASSWORD_CHARS:
            raise WrongPasswordError("password of a length that no archive has")
        keys = ArchiveKeys.derive(password, header.salt, header.k)
        if keys.check != header.check:
            raise WrongPasswordError("password check differs")
        return keys

    def read(self, keys: ArchiveKeys, member: ArchivedMember) -> Iterator[bytes]:
        """Give the plaintext as ``walk`` does, each piece the caller's own."""
        for view in self.walk(keys, member):
            yield bytes(view)

    def sha256(self, keys: ArchiveKeys, member: ArchivedMember) -> Digest:
        """Give the SHA-256 of the plaintext; raises as ``walk``."""
        running = hashlib.sha256()
        for view in self.walk(keys, member):
            running.update(view)
        return Digest(running.hexdigest())

    def walk(self, keys: ArchiveKeys, member: ArchivedMember) -> Iterator[memoryview]:
        """Give the plaintext in pieces; only after the last is it known to be whole.

        A piece holds until the next is asked for: all are decrypted into one buffer, which costs a fifth of new ones.

        Raises ``MemberDamagedError`` at the end when checksum or padding differ, ``RarCutError`` when the file
        has become shorter.
        """
        header = member.header
        cipher = decryptor(keys, header.iv)
        crc32, left, tail = 0, header.unpacked_size, b""
        buffer = memoryview(bytearray(PIECE_BYTES + blocks.AES_BLOCK))
        for ciphertext in _pieces(self.file, member.data_at, header.packed_size):
            done = cipher.update_into(ciphertext, buffer)
            piece, tail = buffer[: min(done, left)], bytes(buffer[min(done, left) : done])
            left -= len(piece)
            crc32 = crc32_of(piece, crc32)
            yield piece
        if keys.checksum(crc32) != header.checksum or any(tail):
            raise MemberDamagedError(f"checksum of {member.name} differs", miembro=member.name)

    def open_member(self, keys: ArchiveKeys, member: ArchivedMember) -> "MemberFile":
        """Give a seekable view of the plaintext that checks nothing: ``read`` it whole first."""
        return MemberFile(self.file, keys, member)


def _pieces(file: BinaryIO, at: int, size: int) -> Iterator[bytes]:
    for offset in range(0, size, PIECE_BYTES):
        yield read_at(file, at + offset, min(PIECE_BYTES, size - offset))
