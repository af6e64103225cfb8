"""The password of a package and who can open it: sealed by the verified profile, or one fixed by configuration."""

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sigasers.errors.siga import FixedPasswordFileError, FixedPasswordRefusedError
from sigasers.formats.archive_comment import ArchiveComment, comment_bytes
from sigasers.keys.sealing import Recipient, new_password, seal_password
from sigasers.siga.profile import profile_exists

VARIABLE = "SIGASERS_CLAVE_FIJA"
FILE_NAME = "clave-fija.txt"
_SHORTEST, _LONGEST = 12, 127  # 127: the longest of RAR5
_FOREIGN_RIGHTS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, kw_only=True)
class PackageKey:
    """A password with the archive comment that goes with it. Holds a secret: no repr."""

    password: str = field(repr=False)
    comment: bytes


@dataclass(frozen=True)
class SealedKeys:
    """A new random password for each package, sealed to ``recipients``."""

    recipients: tuple[Recipient, ...]

    def new_key(self, label: bytes) -> PackageKey:
        """Give a password, and the comment that binds ``label`` to its sealed copies."""
        password = new_password()
        return PackageKey(password=password, comment=seal_password(password, label, self.recipients))


@dataclass(frozen=True)
class FixedKeys:
    """One password for all packages, for receivers that have only that."""

    password: str = field(repr=False)

    def new_key(self, label: bytes) -> PackageKey:
        """Give the password, and a comment with ``label`` and no copies."""
        return PackageKey(
            password=self.password, comment=comment_bytes(ArchiveComment(label=label, copies=()))
        )


KeyMaker = SealedKeys | FixedKeys


def fixed_keys(
    siga_folder: Path, sers_folder: Path, environment: Mapping[str, str] = os.environ
) -> FixedKeys | None:
    """Give the fixed password, if one is configured in ``SIGASERS_CLAVE_FIJA`` or ``clave-fija.txt``.

    Raises ``FixedPasswordRefusedError`` where the courier has a profile, ``FixedPasswordFileError`` for a file that
    others may read, and for a password under 12 or over 127 characters.
    """
    path = siga_folder / FILE_NAME
    password = environment.get(VARIABLE) or _from_file(path)
    if password is None:
        return None
    if profile_exists(sers_folder):
        raise FixedPasswordRefusedError("fixed password beside a profile")
    if not _SHORTEST <= len(password) <= _LONGEST or not password.isprintable():
        raise FixedPasswordFileError(
            "bad fixed password", ruta=VARIABLE if environment.get(VARIABLE) else str(path)
        )
    return FixedKeys(password)


def _from_file(path: Path) -> str | None:
    try:
        with path.open(encoding="utf-8-sig") as file:
            if sys.platform != "win32" and os.fstat(file.fileno()).st_mode & _FOREIGN_RIGHTS:
                raise FixedPasswordFileError("fixed password readable by others", ruta=str(path))
            return file.readline().rstrip("\r\n")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise FixedPasswordFileError("fixed password unreadable", ruta=str(path)) from error
