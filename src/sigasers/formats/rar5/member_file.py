"""A member of an archive as a seekable file."""

import io
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

from sigasers.formats.rar5 import blocks
from sigasers.formats.rar5.keys import ArchiveKeys
from sigasers.formats.rar5.place import read_at
from sigasers.formats.rar5.scanner import ArchivedMember

PIECE_BYTES = 1 << 18


def decryptor(keys: ArchiveKeys, iv: bytes) -> CipherContext:
    """Give the AES-256-CBC decryption that starts after the cipher block ``iv``."""
    return Cipher(algorithms.AES256(keys.aes_key), modes.CBC(iv)).decryptor()


class MemberFile(io.RawIOBase):
    """The plaintext of one member as a seekable file that decrypts what is asked; one thread.

    CBC needs only the block before: a Parquet file is read from its end without decrypting all of it.
    """

    def __init__(self, file: BinaryIO, keys: ArchiveKeys, member: ArchivedMember) -> None:
        super().__init__()
        self._file, self._keys, self._member = file, keys, member
        self._at = 0

    def readable(self) -> bool:
        """Tell that this file is read."""
        return True

    def seekable(self) -> bool:
        """Tell that this file can be read from any place."""
        return True

    def tell(self) -> int:
        """Give the place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to ``offset`` from the start, from here or from the end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._member.size}[whence]
        if base + offset < 0:
            raise ValueError("negative place")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as the member goes."""
        view = memoryview(buffer).cast("B")
        count = max(0, min(len(view), self._member.size - self._at))
        done = 0
        while done < count:
            piece = self._decrypt(min(count - done, PIECE_BYTES))
            view[done : done + len(piece)] = piece
            done += len(piece)
            self._at += len(piece)
        return done

    def _decrypt(self, count: int) -> bytes:
        """Decrypt ``count`` bytes from the present place, from the cipher block that holds the first on."""
        skip = self._at % blocks.AES_BLOCK
        first = self._at - skip
        size = -(-(skip + count) // blocks.AES_BLOCK) * blocks.AES_BLOCK
        at, iv = self._member.data_at + first, self._member.header.iv
        if first:
            iv = read_at(self._file, at - blocks.AES_BLOCK, blocks.AES_BLOCK)
        plaintext = decryptor(self._keys, iv).update(read_at(self._file, at, size))
        return plaintext[skip : skip + count]
