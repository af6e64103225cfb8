"""The structure of an archive: its blocks from the first to the last, each held against the file and the limits.

Every size is held against what the file has and against a limit before anything is allocated, and nothing is read
outside the file. What WinRAR could also write (compression, folders, several volumes, hidden names) is refused by
name, never half-understood. No data of a member is read. Source: ``docs/spec/rar5.md``, section 6.
"""

import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from sigasers.errors.formats import (
    LimitError,
    NotRarError,
    RarCutError,
    RarDamagedError,
    RarTrailingError,
    RarUnsupportedError,
)
from sigasers.formats.rar5 import blocks
from sigasers.formats.rar5.blocks import BlockType, FileHeader
from sigasers.formats.rar5.place import read_at, size_of
from sigasers.formats.rar5.writer import MAX_COMMENT_BYTES

_MAX_SIZE_FIELD = 3  # a header size of more than 3 bytes is over any limit


@dataclass(frozen=True, kw_only=True)
class ArchiveLimits:
    """How much of a stranger's archive is taken: members, and their bytes all together."""

    members: int = 1000
    total_bytes: int = 1 << 40


@dataclass(frozen=True, kw_only=True)
class ArchivedMember:
    """One member of an archive as its header states it; ``data_at`` is where its ciphertext begins."""

    header: FileHeader
    data_at: int

    @property
    def name(self) -> str:
        """The name in the archive, unchecked: no path is built from it before it is checked."""
        return self.header.name

    @property
    def size(self) -> int:
        """Bytes of plaintext."""
        return self.header.unpacked_size


class Scanner:
    """One pass over the blocks of an archive, in the one order that ours have."""

    def __init__(self, file: BinaryIO, limits: ArchiveLimits) -> None:
        self._file, self._limits = file, limits
        self._size = size_of(file)
        self._at = 0
        self._total = 0

    def scan(self) -> tuple[bytes, list[ArchivedMember]]:
        """Give comment and members, with the end block seen and nothing after it."""
        self._signature()
        self._main()
        comment, members = b"", list[ArchivedMember]()
        block = self._block()
        if block.kind == BlockType.SERVICE:
            comment = self._comment(block)
            block = self._block()
        while block.kind == BlockType.FILE:
            members.append(self._member(block))
            self._within_limits(members)
            block = self._block()
        self._end(block)
        _check_together(members)
        return comment, members

    def _signature(self) -> None:
        found = self._read(min(len(blocks.SIGNATURE), self._size))
        if found == blocks.SIGNATURE:
            return
        if found.startswith(blocks.OLD_SIGNATURE):
            raise RarUnsupportedError("archive of the old format, RAR 4")
        if found and blocks.SIGNATURE.startswith(found):
            raise RarCutError("the file ends within the signature")
        raise NotRarError("no rar signature")

    def _main(self) -> None:
        block = self._block()
        if block.kind == BlockType.ENCRYPTION:
            raise RarUnsupportedError("archive with hidden names")
        fields = blocks.Cursor(block.fields)
        if block.kind != BlockType.MAIN or block.data_size or block.extra or fields.vint():
            raise RarUnsupportedError("main header with features unknown to us")
        fields.end()

    def _comment(self, block: blocks.Block) -> bytes:
        crc32 = blocks.parse_comment(block)
        if block.data_size > MAX_COMMENT_BYTES:
            raise LimitError(
                "comment", que="bytes del comentario", hallado=block.data_size, limite=MAX_COMMENT_BYTES
            )
        comment = self._read(block.data_size)
        if zlib.crc32(comment) != crc32:
            raise RarDamagedError("checksum of the comment differs")
        return comment

    def _member(self, block: blocks.Block) -> ArchivedMember:
        member = ArchivedMember(header=blocks.parse_file(block), data_at=self._at)
        if block.data_size > self._size - self._at:
            raise RarCutError(f"the file ends within the data of {member.name!r}")
        self._at += block.data_size
        return member

    def _within_limits(self, members: list[ArchivedMember]) -> None:
        if len(members) > self._limits.members:
            raise LimitError("members", que="miembros", hallado=len(members), limite=self._limits.members)
        self._total += members[-1].size
        if self._total > self._limits.total_bytes:
            raise LimitError("bytes", que="bytes", hallado=self._total, limite=self._limits.total_bytes)

    def _end(self, block: blocks.Block) -> None:
        fields = blocks.Cursor(block.fields)
        if block.kind != BlockType.END or block.data_size or block.extra or fields.vint():
            raise RarUnsupportedError(f"block of type {block.kind} where a member or the end was expected")
        fields.end()
        if self._at != self._size:
            raise RarTrailingError(
                f"{self._size - self._at} bytes after the end", sobrantes=self._size - self._at
            )

    def _block(self) -> blocks.Block:
        """Read one header, its size bounded before it is read, its CRC checked before it is understood."""
        crc32: int = struct.unpack("<I", self._read(4))[0]
        raw_size = self._size_field()
        size = blocks.Cursor(raw_size).vint()
        if not 0 < size <= blocks.MAX_HEADER_BYTES:
            raise RarDamagedError(f"header of {size} bytes, limit {blocks.MAX_HEADER_BYTES}")
        body = self._read(size)
        if zlib.crc32(raw_size + body) != crc32:
            raise RarDamagedError("checksum of a header differs")
        return blocks.Block.parse(body)

    def _size_field(self) -> bytes:
        raw = b""
        while len(raw) < _MAX_SIZE_FIELD:
            raw += self._read(1)
            if raw[-1] < 0x80:
                return raw
        raise RarDamagedError("header size without end")

    def _read(self, count: int) -> bytes:
        data = read_at(self._file, self._at, count)
        self._at += count
        return data


def _check_together(members: list[ArchivedMember]) -> None:
    """Hold that one password serves all members and that no two have one name (Windows: in any case)."""
    if len({(item.header.salt, item.header.k, item.header.check) for item in members}) > 1:
        raise RarUnsupportedError("members with different passwords or salts")
    if len({item.name.casefold() for item in members}) != len(members):
        raise RarUnsupportedError("two members with one name")
