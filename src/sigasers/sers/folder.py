"""The profile: one installation folder, ``docs/spec/profile-folder.md``.

Where things lie in it, and how it is made. What it does not do: it reads no file of the profile.
"""

from dataclasses import dataclass
from pathlib import Path

from sigasers import durable
from sigasers.keys import storage

OWNER_ONLY_FOLDER = 0o700


@dataclass(frozen=True, kw_only=True)
class ProfileFolder:
    """The paths of one profile; ``root`` is absolute and free of links (Ruta de Instalación SERS)."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> "ProfileFolder":
        """Give the profile in ``root``, which need not exist."""
        return cls(root=root.expanduser().resolve())

    @property
    def properties(self) -> Path:
        """``application.properties``: the guide's settings."""
        return self.root / "application.properties"

    @property
    def database(self) -> Path:
        """The state database."""
        return self.root / "sers.db"

    @property
    def lock(self) -> Path:
        """Held by the one engine of this profile."""
        return self.root / "sers.lock"

    @property
    def trust(self) -> Path:
        """``{v, huella, documento_raiz}``: whom this profile trusts."""
        return self.root / "confianza.json"

    @property
    def public_profile(self) -> Path:
        """What ``siga`` reads of us."""
        return self.root / "perfil-publico.json"

    @property
    def keys(self) -> Path:
        """The folder of private keys."""
        return self.root / "llaves"

    @property
    def identity_key(self) -> Path:
        """The private key of the client certificate."""
        return self.keys / "identidad.pem"

    @property
    def certificate(self) -> Path:
        """The client certificate (PEM), written once."""
        return self.keys / "identidad.crt.pem"

    @property
    def logs(self) -> Path:
        """The folder of ``traceclient.log`` and ``sers.jsonl``."""
        return self.root / "logs"

    def make(self) -> None:
        """Make what is missing of the folder itself, with its rights; raises ``DiskError``."""
        durable.make_folder(self.root, step="sers.folder.root")
        durable.make_folder(self.logs, step="sers.folder.logs")
        durable.make_folder(self.keys, step="sers.folder.keys", mode=OWNER_ONLY_FOLDER)
        storage.close_folder(self.keys)
