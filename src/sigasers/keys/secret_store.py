"""Secrets that an unattended run needs, one file each, sealed by a vault of this machine.

A file ``<first 22 characters of the label's digest>.json`` holds ``{"v": 1, "almacen", "dato"}``, mode 0600, in a
folder that is closed to other accounts. The seal is bound to the label and to the machine: a file that was changed,
renamed, or copied from elsewhere is refused and never used. A file put back from an older backup opens (the old
password does not let anyone in).
"""

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sigasers import durable
from sigasers.errors.formats import FormatError
from sigasers.errors.secrets import SecretDamagedError, SecretStoreError
from sigasers.formats import base64url, strict_json
from sigasers.formats.json_fields import Fields
from sigasers.keys.storage import OWNER_ONLY, close_folder
from sigasers.keys.vaults.dpapi import DpapiVault
from sigasers.keys.vaults.key_file import KeyFileVault, private_bytes, usual_folder
from sigasers.keys.vaults.seam import Vault, VaultRefusedError, VaultUnfitError
from sigasers.keys.vaults.systemd_creds import SystemdVault
from sigasers.mensajes.motivos import motivo

VERSION = 1
MAX_SECRET_CHARS = 500
_MAX_FILE_BYTES = 64 << 10


def usual_vaults() -> tuple[Vault, ...]:
    """Give the vaults of this system in the order in which they are tried; the last one always works."""
    if sys.platform == "win32":
        return (DpapiVault(),)
    return (SystemdVault(), KeyFileVault(folder=usual_folder()))


@dataclass(frozen=True, kw_only=True)
class SecretStore:
    """The secrets in ``folder``; ``machine`` is an id that a copied folder does not carry along."""

    folder: Path
    machine: str
    vaults: Sequence[Vault] = field(default_factory=usual_vaults)

    def path_of(self, label: tuple[str, ...]) -> Path:
        """Give the file of ``label``, whether it is there or not."""
        return self.folder / f"{base64url.encode(hashlib.sha256(_text(label)).digest())[:22]}.json"

    def save(self, label: tuple[str, ...], secret: str) -> str:
        """Keep ``secret`` (1 to 500 characters) under ``label`` and give the vault's name; durable on return.

        Raises ``SecretStoreError``, ``KeyFileRightsError`` and ``DiskError``.
        """
        self._prepare()
        sealed, name = self._sealed(label, secret.encode())
        document = {"v": VERSION, "almacen": name, "dato": base64url.encode(sealed)}
        data = json.dumps(document).encode()
        durable.replace(self.path_of(label), data, step="keys.secret_save", mode=OWNER_ONLY)
        return name

    def load(self, label: tuple[str, ...]) -> str | None:
        """Give the secret of ``label``, ``None`` if none is kept.

        Raises ``SecretDamagedError`` (changed, copied) and ``SecretStoreError`` (not readable, open to others).
        """
        path = self.path_of(label)
        data = _read(path)
        if data is None:
            return None
        try:
            fields = Fields(strict_json.loads(data, max_bytes=_MAX_FILE_BYTES), "secreto")
            vault = self._named(fields.text("almacen"))
            if fields.integer("v") != VERSION or vault is None:
                raise SecretDamagedError("other version or vault", ruta=str(path))
            sealed = base64url.decode(fields.text("dato", max_chars=_MAX_FILE_BYTES))
            return vault.open(sealed, self._context(label)).decode()
        except (FormatError, VaultRefusedError, UnicodeDecodeError) as error:
            raise SecretDamagedError("does not open here", ruta=str(path)) from error

    def remove(self, label: tuple[str, ...]) -> bool:
        """Forget the secret of ``label``, good or damaged; tells whether there was one."""
        path = self.path_of(label)
        there = path.exists()
        if there:
            durable.remove(path, step="keys.secret_remove")
        return there

    def _prepare(self) -> None:
        """Make and close the folder; refuse one of another account, whose run could never open what is kept there."""
        durable.make_folder(self.folder, step="keys.secret_folder", mode=0o700)
        if sys.platform == "win32":
            close_folder(self.folder)
            return
        try:
            self.folder.chmod(0o700)
            owners = {self.folder.stat().st_uid, self.folder.parent.stat().st_uid}
        except OSError as error:
            raise SecretStoreError(str(error), ruta=str(self.folder), motivo=motivo(error)) from error
        if owners != {os.geteuid()}:
            raise SecretStoreError(
                "folder of another account",
                ruta=str(self.folder),
                motivo="la carpeta es de otra cuenta, y solo esa cuenta podría leer lo que se guarde",
            )

    def _sealed(self, label: tuple[str, ...], secret: bytes) -> tuple[bytes, str]:
        for vault in self.vaults:
            try:
                return vault.seal(secret, self._context(label)), vault.nombre
            except VaultUnfitError:
                continue
        raise SecretStoreError("no vault", ruta=str(self.folder), motivo="este equipo no pudo cifrarla")

    def _named(self, name: str) -> Vault | None:
        return next((vault for vault in self.vaults if vault.nombre == name), None)

    def _context(self, label: tuple[str, ...]) -> bytes:
        return _text(("sigasers-secreto-v1", self.machine, *label))


def _text(parts: tuple[str, ...]) -> bytes:
    """Give one byte string for one tuple: JSON keeps the parts apart."""
    return json.dumps(parts, ensure_ascii=True).encode()


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return private_bytes(file.fileno(), path, _MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SecretStoreError(str(error), ruta=str(path), motivo=motivo(error)) from error
