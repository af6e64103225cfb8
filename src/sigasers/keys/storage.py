"""Private keys on disk: PKCS#8 in PEM, one file a key, rights for the owner alone.

On POSIX the file is made with mode 0600 (or 0640 where a group of operators must read it) and refused when
other accounts may read or change it. On Windows the folder of keys is closed once (``close_folder``) and files
inherit: the local system, the administrators and the account that made a file. The files are not encrypted:
a service that starts unattended would keep the password beside them.
"""

import os
import stat
import subprocess
import sys
from enum import Enum
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
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
    WrongAlgorithmError,
)
from sigasers.keys.kinds import PrivateKey, alg_of
from sigasers.mensajes.motivos import motivo

OWNER_ONLY = 0o600
OWNER_AND_GROUP = 0o640
_MAX_FILE_BYTES = 16 << 10
_FOREIGN_RIGHTS = stat.S_IRWXO | stat.S_IWGRP | stat.S_IXGRP
# Well-known SIDs, the same in every language of Windows: local system, administrators, owner of the object.
_WINDOWS_ACCOUNTS = ("*S-1-5-18", "*S-1-5-32-544", "*S-1-3-4")


class KeyKind(Enum):
    """The kinds of private keys that are kept."""

    ED25519 = "ed25519"
    P256 = "p256"
    X25519 = "x25519"


def make_key(kind: KeyKind) -> PrivateKey:
    """Give a new private key of ``kind``, kept nowhere."""
    match kind:
        case KeyKind.ED25519:
            return Ed25519PrivateKey.generate()
        case KeyKind.X25519:
            return X25519PrivateKey.generate()
        case KeyKind.P256:
            return ec.generate_private_key(ec.SECP256R1())


def create_key(path: Path, kind: KeyKind, *, step: str, mode: int = OWNER_ONLY) -> PrivateKey:
    """Make a key and its file ``path``; when it returns the file is durable.

    Raises ``NameTakenError`` if ``path`` exists, and the other errors of ``durable.write_new``.
    """
    key = make_key(kind)
    save_key(path, key, step=step, mode=mode)
    return key


def save_key(
    path: Path, key: PrivateKey, *, step: str, mode: int = OWNER_ONLY, passphrase: str | None = None
) -> None:
    """Make the file ``path`` hold ``key``, encrypted if there is a ``passphrase``; raises as ``create_key`` does."""
    protection = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
    durable.write_new(path, pem, step=step, mode=mode)


def load_key(path: Path, *, passphrase: str | None = None) -> PrivateKey:
    """Give the private key in the file ``path``.

    Raises what ``read_closed`` raises, and ``BadKeyFileError`` (no key of the kinds in use, or a wrong
    ``passphrase``).
    """
    pem = read_closed(path)
    try:
        key = load_pem_private_key(pem, passphrase.encode() if passphrase else None)
        if not isinstance(key, PrivateKey):
            raise BadKeyFileError("key of another kind", ruta=str(path))
        alg_of(key)
    except (ValueError, TypeError, UnsupportedAlgorithm, WrongAlgorithmError) as error:
        raise BadKeyFileError("no private key in use", ruta=str(path)) from error
    return key


def read_closed(path: Path) -> bytes:
    """Give the bytes of a file with a secret, at most 16 KiB of them.

    Raises ``KeyFileMissingError`` (not there, not readable), ``KeyFileRightsError`` (open to other accounts).
    """
    try:
        with path.open("rb") as file:
            _check_rights(path, os.fstat(file.fileno()).st_mode)
            return file.read(_MAX_FILE_BYTES)
    except OSError as error:
        raise KeyFileMissingError(str(error), ruta=str(path), motivo=motivo(error)) from error


def close_folder(path: Path) -> None:
    """Close the folder of keys ``path`` to other accounts; raises ``KeyFileRightsError`` if it cannot be.

    POSIX: others get nothing, the group may enter and list. Windows: inheritance is cut, and what is made in
    the folder belongs to the local system, the administrators and its maker.
    """
    try:
        if sys.platform == "win32":
            grants = [f"{account}:(OI)(CI)F" for account in _WINDOWS_ACCOUNTS]
            icacls = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "icacls.exe"
            command = [str(icacls), str(path), "/inheritance:r", "/grant:r", *grants]
            subprocess.run(command, check=True, capture_output=True, timeout=60)
        else:
            path.chmod(0o750)
    except (OSError, subprocess.SubprocessError) as error:
        raise KeyFileRightsError(f"cannot close folder: {error}", ruta=str(path)) from error


def _check_rights(path: Path, mode: int) -> None:
    if sys.platform != "win32" and mode & _FOREIGN_RIGHTS:
        raise KeyFileRightsError(f"mode {mode & 0o777:o}", ruta=str(path))
