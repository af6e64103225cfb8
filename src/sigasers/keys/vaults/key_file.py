"""AES-256-GCM with a key of its own, in a file that lies apart from what it opens and is the account's alone.

It keeps the secret out of copies of the installation folder, of its backups, and of whoever reads that folder. It
does not keep it from this account or from root: they can read both files.
"""

import os
import secrets
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sigasers import durable
from sigasers.errors.disk import NameTakenError
from sigasers.errors.secrets import SecretStoreError
from sigasers.keys.vaults.seam import VaultRefusedError
from sigasers.mensajes.motivos import motivo

KEY_NAME = "clave-de-equipo.bin"
_KEY_BYTES, _NONCE_BYTES = 32, 12
_FOREIGN_RIGHTS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, kw_only=True)
class KeyFileVault:
    """The key lies in ``folder``; it is made with the first secret."""

    folder: Path
    nombre: str = "archivo"

    def seal(self, secret: bytes, context: bytes) -> bytes:
        """Give nonce and ciphertext; the key is durable before anything is sealed with it."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._key_or_new()).encrypt(nonce, secret, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Give the secret; see ``seam.Vault``."""
        key = self._key()
        if key is None:
            raise VaultRefusedError
        try:
            return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
        except (InvalidTag, ValueError) as error:
            raise VaultRefusedError from error

    @property
    def _path(self) -> Path:
        return self.folder / KEY_NAME

    def _key_or_new(self) -> bytes:
        key = self._key()
        if key is None:
            durable.make_folder(self.folder, step="keys.vault_folder", mode=0o700)
            with suppress(NameTakenError):  # another process made it meanwhile: that one counts
                durable.write_new(
                    self._path, secrets.token_bytes(_KEY_BYTES), step="keys.vault_key", mode=0o600
                )
            key = self._key()
        if key is None:
            raise SecretStoreError("key vanished", ruta=str(self._path), motivo="el archivo desapareció")
        return key

    def _key(self) -> bytes | None:
        """Give the key, ``None`` if there is none; refuses one that other accounts may read or change."""
        try:
            with self._path.open("rb") as file:
                key = private_bytes(file.fileno(), self._path, _KEY_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SecretStoreError(str(error), ruta=str(self._path), motivo=motivo(error)) from error
        if len(key) != _KEY_BYTES:
            raise SecretStoreError("no key", ruta=str(self._path), motivo="no contiene la clave esperada")
        return key


def private_bytes(descriptor: int, path: Path, most: int) -> bytes:
    """Read at most ``most`` bytes of an open file that is this account's alone; raises ``SecretStoreError`` else."""
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise SecretStoreError("no regular file", ruta=str(path), motivo="no es un archivo")
    if sys.platform != "win32" and found.st_mode & _FOREIGN_RIGHTS:
        raise SecretStoreError(
            f"mode {found.st_mode & 0o777:o}",
            ruta=str(path),
            motivo="otras cuentas de este equipo lo pueden leer o cambiar",
        )
    return os.read(descriptor, most)


def usual_folder() -> Path:
    """Give the account's own configuration folder, away from the installation."""
    return Path(platformdirs.user_config_dir("sigasers", appauthor=False))
