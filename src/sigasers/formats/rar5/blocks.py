"""Numbers, blocks and headers of RAR5 as bytes, to write and to read.

Source: ``docs/spec/rar5.md``, sections 2 and 3. Only what our archives hold: stored members, encrypted, with
headers in clear. It touches no file.
"""

import struct
import zlib
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from sigasers.errors.formats import RarDamagedError, RarUnsupportedError
from sigasers.formats.rar5.keys import CHECK_BYTES, SALT_BYTES, guarded

SIGNATURE = bytes.fromhex("526172211A070100")
OLD_SIGNATURE = bytes.fromhex("526172211A0700")
COMMENT_NAME = b"CMT"
IV_BYTES = 16
AES_BLOCK = 16
MAX_HEADER_BYTES = 2048  # ours are under 400; the format allows 2 MiB
MAX_NAME_BYTES = 512
MAX_VINT_BYTES = 10

_HAS_EXTRA, _HAS_DATA, _SKIP_IF_UNKNOWN = 0x1, 0x2, 0x4
_FILE_HAS_MTIME, _FILE_HAS_CRC = 0x2, 0x4
_ENCRYPTION_RECORD, _ENCRYPTION_FLAGS = 1, 0x3  # password check present, checksum keyed
_ATTRIBUTES_FILE, _HOST_WINDOWS = 0x20, 0


class BlockType(IntEnum):
    """Header types of the format."""

    MAIN = 1
    FILE = 2
    SERVICE = 3
    ENCRYPTION = 4
    END = 5


@dataclass(frozen=True, kw_only=True)
class FileHeader:
    """One encrypted member: sizes in bytes, ``mtime_s`` in Unix seconds, the rest as the bytes on disk."""

    name: str
    unpacked_size: int
    packed_size: int
    mtime_s: int
    checksum: bytes
    k: int
    salt: bytes
    iv: bytes
    check: bytes


def vint(value: int) -> bytes:
    """Write a number in base 128, 7 bits a byte from the lowest; the high bit says that more follows."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


class Cursor:
    """Reads fields from a header's bytes and never past them: ``RarDamagedError`` instead."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes are still to be read."""
        return len(self._data) - self._at

    def take(self, count: int) -> bytes:
        """Give the next ``count`` bytes."""
        if not 0 <= count <= self.left:
            raise RarDamagedError(f"field of {count} bytes where {self.left} are left")
        self._at += count
        return self._data[self._at - count : self._at]

    def vint(self) -> int:
        """Give the next number, below 2^63."""
        value = 0
        for position in range(MAX_VINT_BYTES):
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << (7 * position)
            if not byte & 0x80:
                break
        else:
            raise RarDamagedError("number without end")
        if value >> 63:
            raise RarDamagedError("number over 63 bits")
        return value

    def end(self) -> None:
        """Refuse bytes that no field of ours explains."""
        if self.left:
            raise RarUnsupportedError(f"{self.left} bytes of fields unknown to us")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A header whose CRC held: its type, the size of the data after it, its fields and its extra area."""

    kind: int
    data_size: int
    fields: bytes
    extra: bytes

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Split a header's bytes (those that its size counts)."""
        cursor = Cursor(body)
        kind, flags = cursor.vint(), cursor.vint()
        if flags & ~(_HAS_EXTRA | _HAS_DATA | _SKIP_IF_UNKNOWN):
            raise RarUnsupportedError(f"header flags {flags:#x}")
        extra_size = cursor.vint() if flags & _HAS_EXTRA else 0
        data_size = cursor.vint() if flags & _HAS_DATA else 0
        fields = cursor.take(cursor.left - extra_size)
        return cls(kind=kind, data_size=data_size, fields=fields, extra=cursor.take(extra_size))


def _header(
    kind: BlockType, fields: bytes, *, flags: int = 0, extra: bytes = b"", data_size: int = 0
) -> bytes:
    sizes = (vint(len(extra)) if extra else b"") + (vint(data_size) if flags & _HAS_DATA else b"")
    body = vint(kind) + vint(flags | (_HAS_EXTRA if extra else 0)) + sizes + fields + extra
    sized = vint(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized


def main_header() -> bytes:
    """Give the block that opens every archive: a single volume, no other flags."""
    return _header(BlockType.MAIN, vint(0))


def end_header() -> bytes:
    """Give the block that closes every archive."""
    return _header(BlockType.END, vint(0), flags=_SKIP_IF_UNKNOWN)


def comment_block(comment: bytes) -> bytes:
    """Give the archive comment, header and data."""
    fields = (
        vint(_FILE_HAS_CRC)
        + vint(len(comment))
        + vint(0)
        + struct.pack("<I", zlib.crc32(comment))
        + vint(0)
        + vint(_HOST_WINDOWS)
        + vint(len(COMMENT_NAME))
        + COMMENT_NAME
    )
    return _header(BlockType.SERVICE, fields, flags=_HAS_DATA, data_size=len(comment)) + comment


def file_header(header: FileHeader) -> bytes:
    """Give the header of one encrypted member; ``header.packed_size`` bytes of data follow it."""
    name = header.name.encode("utf-8")
    fields = (
        vint(_FILE_HAS_MTIME | _FILE_HAS_CRC)
        + vint(header.unpacked_size)
        + vint(_ATTRIBUTES_FILE)
        + struct.pack("<I", header.mtime_s)
        + header.checksum
        + vint(0)
        + vint(_HOST_WINDOWS)
        + vint(len(name))
        + name
    )
    record = vint(_ENCRYPTION_RECORD) + vint(0) + vint(_ENCRYPTION_FLAGS)
    record += bytes([header.k]) + header.salt + header.iv + header.check
    extra = vint(len(record)) + record
    return _header(BlockType.FILE, fields, flags=_HAS_DATA, extra=extra, data_size=header.packed_size)


def parse_comment(block: Block) -> int:
    """Give the CRC32 that the comment's bytes must have."""
    cursor = Cursor(block.fields)
    _expect(cursor.vint(), _FILE_HAS_CRC, "comment flags")
    _expect(cursor.vint(), block.data_size, "comment size")
    _expect(cursor.vint(), 0, "comment attributes")
    crc: int = struct.unpack("<I", cursor.take(4))[0]
    _expect(cursor.vint(), 0, "comment compression")
    cursor.vint()  # host system: of no use
    if cursor.take(cursor.vint()) != COMMENT_NAME or block.extra:
        raise RarUnsupportedError("service block that is no plain comment")
    cursor.end()
    return crc


def parse_file(block: Block) -> FileHeader:
    """Give the member that a file block describes.

    Raises ``RarUnsupportedError`` for what we never write (compression, folders, no encryption).
    """
    cursor = Cursor(block.fields)
    _expect(cursor.vint(), _FILE_HAS_MTIME | _FILE_HAS_CRC, "file flags")
    unpacked_size = cursor.vint()
    cursor.vint()  # attributes: of no use
    mtime_s: int = struct.unpack("<I", cursor.take(4))[0]
    checksum = cursor.take(4)
    _expect(cursor.vint(), 0, "compression")
    cursor.vint()  # host system: of no use
    name = _name(cursor.take(cursor.vint()))
    cursor.end()
    if block.data_size != -(-unpacked_size // AES_BLOCK) * AES_BLOCK:
        raise RarDamagedError("packed size is not the unpacked size in whole cipher blocks")
    k, salt, iv, check = _encryption_record(block.extra)
    return FileHeader(
        name=name,
        unpacked_size=unpacked_size,
        packed_size=block.data_size,
        mtime_s=mtime_s,
        checksum=checksum,
        k=k,
        salt=salt,
        iv=iv,
        check=check,
    )


def _name(raw: bytes) -> str:
    if not 0 < len(raw) <= MAX_NAME_BYTES:
        raise RarUnsupportedError(f"member name of {len(raw)} bytes")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RarUnsupportedError("member name is not utf-8") from error


def _encryption_record(extra: bytes) -> tuple[int, bytes, bytes, bytes]:
    """Give k, salt, IV and check of the one record that our extra areas hold."""
    if not extra:
        raise RarUnsupportedError("member without encryption")
    outer = Cursor(extra)
    record = Cursor(outer.take(outer.vint()))
    outer.end()
    _expect(record.vint(), _ENCRYPTION_RECORD, "extra record")
    _expect(record.vint(), 0, "encryption version")
    _expect(record.vint(), _ENCRYPTION_FLAGS, "encryption flags")
    k, salt, iv = record.take(1)[0], record.take(SALT_BYTES), record.take(IV_BYTES)
    check = record.take(CHECK_BYTES)
    record.end()
    if guarded(check[:8]) != check:
        raise RarDamagedError("password check does not hold in itself")
    return k, salt, iv, check


def _expect(found: int, wanted: int, what: str) -> None:
    if found != wanted:
        raise RarUnsupportedError(f"{what}: {wanted} expected, {found} found")
