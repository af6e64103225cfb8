"""Values that travel: digests, identifiers, and the statement of one file. Checked before any path is built."""

import re
from dataclasses import dataclass

from sigasers.errors.model import InvalidValueError

MAX_FILE_BYTES = 1 << 40  # 1 TiB: far over any year of any unit; bounds arithmetic and reservations
MAX_NAME_BYTES = 255  # the longest name of the usual file systems
_FORBIDDEN = set('<>:"/\\|?*')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")


@dataclass(frozen=True, order=True)
class Digest:
    """A SHA-256 digest as 64 lower-case hexadecimal digits."""

    hex: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{64}", self.hex):
            raise InvalidValueError(
                "bad digest", nombre="SHA-256", esperado="64 cifras hexadecimales en minúscula"
            )

    @property
    def raw(self) -> bytes:
        """The digest's 32 bytes."""
        return bytes.fromhex(self.hex)

    def __str__(self) -> str:
        return self.hex


@dataclass(frozen=True, order=True)
class Identifier:
    """A random identifier: 22 characters of base64url, that is 16 bytes."""

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_-]{21}[AQgw]", self.text):
            raise InvalidValueError(
                "bad identifier", nombre="identificador", esperado="16 bytes en base64url"
            )

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class FileStatement:
    """One named file of a sobre: a plain file name (no folder), its size in bytes and its digest."""

    nombre: str
    tamano_bytes: int
    sha256: Digest

    def __post_init__(self) -> None:
        if not is_plain_file_name(self.nombre):
            raise InvalidValueError(
                "bad file name", nombre="nombre de archivo", esperado="un nombre sin carpetas"
            )
        if not 0 <= self.tamano_bytes <= MAX_FILE_BYTES:
            raise InvalidValueError("bad size", nombre="tamaño", esperado="de 0 a 1 TiB")


def is_plain_file_name(name: str) -> bool:
    """Tell whether ``name`` is one safe component on Windows and on POSIX alike."""
    try:
        size = len(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False
    return (
        0 < size <= MAX_NAME_BYTES
        and name not in {".", ".."}
        and not name.endswith((".", " "))
        and not _FORBIDDEN.intersection(name)
        and all(ord(char) >= 32 and ord(char) != 127 for char in name)
        and not _RESERVED.fullmatch(name)
    )
