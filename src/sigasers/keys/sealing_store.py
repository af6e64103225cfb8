"""The private sealing keys of one folder: ``sellado-<kid>.pem``, PKCS#8, one a key, never deleted here.

Old keys are kept for as long as packages sealed to them. POSIX: files are 0640 (service and operators' group).
Windows: the file takes the rights of its folder, which the installer restricts; nothing is checked here.
"""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from sigasers import durable
from sigasers.errors.keys import (
    BadKeyFileError,
    KeyFileMissingError,
    KeyFileRightsError,
    SealedForOthersError,
)
from sigasers.formats.archive_comment import ArchiveComment, Role
from sigasers.keys.sealing import open_password, sealing_kid

FILE_MODE = 0o640
_OTHERS = 0o007
_NAME = re.compile(r"sellado-([A-Za-z0-9_-]{43})\.pem")
_MAX_PEM_BYTES = 4096


@dataclass(frozen=True, kw_only=True)
class SealingStore:
    """The sealing keys in ``folder`` (``llaves`` of an installation), for one role."""

    folder: Path
    role: Role

    def create(self) -> X25519PrivateKey:
        """Make a new key, durable when this returns; raises ``DiskError``."""
        key = X25519PrivateKey.generate()
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        durable.write_new(
            self._path(sealing_kid(key.public_key())), pem, step="keys.sealing.create", mode=FILE_MODE
        )
        return key

    def kids(self) -> tuple[str, ...]:
        """Give the ids of all keys in the folder, sorted; an absent folder has none."""
        try:
            names = [entry.name for entry in self.folder.iterdir()]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise _unreadable(self.folder, error) from error
        return tuple(sorted(match[1] for name in names if (match := _NAME.fullmatch(name))))

    def load(self, kid: str) -> X25519PrivateKey:
        """Give the key ``kid``.

        Raises ``KeyFileMissingError`` when the file cannot be read, ``KeyFileRightsError`` when all accounts may
        read it (POSIX), ``BadKeyFileError`` when it holds another key or none.
        """
        path = self._path(kid)
        key = _parse(path, _read(path))
        if sealing_kid(key.public_key()) != kid:
            raise BadKeyFileError("key file holds another key than its name says", ruta=str(path))
        return key

    def open_password(self, comment: ArchiveComment) -> str:
        """Give the password of a package sealed to any key of this folder.

        Raises ``SealedForOthersError`` when it is sealed to none, and what ``load`` and ``open_password`` raise.
        """
        known = set(self.kids())
        for copy in comment.copies:
            if copy.role is self.role and copy.kid in known:
                return open_password(comment, self.role, self.load(copy.kid))
        raise SealedForOthersError("sealed to no key of this folder", rol=self.role.value)

    def _path(self, kid: str) -> Path:
        name = f"sellado-{kid}.pem"
        if not _NAME.fullmatch(name):
            raise ValueError("not the id of a key")
        return self.folder / name


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            pem = file.read(_MAX_PEM_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if sys.platform != "win32" and mode & _OTHERS:
        raise KeyFileRightsError(f"key file has mode {mode & 0o777:o}", ruta=str(path))
    return pem


def _parse(path: Path, pem: bytes) -> X25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadKeyFileError("no pkcs#8 key in the file", ruta=str(path)) from error
    if not isinstance(key, X25519PrivateKey):
        raise BadKeyFileError("not an x25519 key", ruta=str(path))
    return key


def _unreadable(path: Path, error: OSError) -> KeyFileMissingError:
    return KeyFileMissingError(str(error), ruta=str(path), motivo=error.strerror or type(error).__name__)
