"""What a password gives in RAR5: the AES key, the key of the checksums and the password check.

Source: ``docs/spec/rar5.md``, section 4.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass, field
from functools import reduce
from operator import xor
from typing import Self

from sigasers.errors.formats import RarUnsupportedError

DEFAULT_K = 15  # 2^15 iterations, as WinRAR writes; our passwords are random, so more would protect nothing
MAX_K = 18  # the format allows 24: 12 s of CPU for whoever reads a hostile file; 18 is 0.2 s
SALT_BYTES = 16
MAX_PASSWORD_CHARS = 127
CHECK_BYTES = 12


@dataclass(frozen=True, kw_only=True)
class ArchiveKeys:
    """The three values of one password and salt; it can be sent to another process. Holds secrets: no repr.

    ``check`` is the 12 bytes that stand in the archive: 8 of the password and 4 that guard them.
    """

    salt: bytes
    k: int
    check: bytes
    aes_key: bytes = field(repr=False)
    hash_key: bytes = field(repr=False)

    @classmethod
    def derive(cls, password: str, salt: bytes, k: int = DEFAULT_K) -> Self:
        """Derive from ``password`` (1 to 127 characters) and 16 bytes of salt with 2^k iterations.

        Takes some 25 ms at k=15. Raises ``RarUnsupportedError`` when k is over ``MAX_K``.
        """
        if not 1 <= len(password) <= MAX_PASSWORD_CHARS or len(salt) != SALT_BYTES:
            raise ValueError("password of 1 to 127 characters and salt of 16 bytes expected")
        if not 0 <= k <= MAX_K:
            raise RarUnsupportedError(f"2^{k} iterations, limit 2^{MAX_K}")
        secret = password.encode("utf-8")
        aes_key, hash_key, raw_check = (
            hashlib.pbkdf2_hmac("sha256", secret, salt, (1 << k) + more) for more in (0, 16, 32)
        )
        return cls(salt=salt, k=k, aes_key=aes_key, hash_key=hash_key, check=guarded(_fold(raw_check, 8)))

    def checksum(self, crc32: int) -> bytes:
        """Give the 4 bytes that stand for the plain CRC32 of a member."""
        digest = hmac.digest(self.hash_key, struct.pack("<I", crc32), "sha256")
        return _fold(digest, 4)


def guarded(check: bytes) -> bytes:
    """Give the 8 bytes of a password check followed by the first 4 of their SHA-256."""
    return check + hashlib.sha256(check).digest()[:4]


def _fold(raw: bytes, size: int) -> bytes:
    """Give the pieces of ``size`` bytes of ``raw`` XORed together."""
    pieces = (int.from_bytes(raw[at : at + size], "little") for at in range(0, len(raw), size))
    return reduce(xor, pieces).to_bytes(size, "little")
