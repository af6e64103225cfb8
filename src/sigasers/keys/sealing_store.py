"""The private sealing keys of one folder: ``sellado-<kid>.pem``, one a key, never removed here.

Old keys are kept for as long as packages sealed to them. On POSIX a file is 0640 (the service and the operators'
group, who open packages); on Windows it takes the rights of its folder (``storage.close_folder``).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sigasers.errors.keys import BadKeyFileError, KeyFileMissingError, SealedForOthersError
from sigasers.formats.archive_comment import ArchiveComment, Role
from sigasers.keys.kinds import kid_of
from sigasers.keys.sealing import open_password
from sigasers.keys.storage import OWNER_AND_GROUP, load_key, save_key
from sigasers.mensajes.motivos import motivo

_NAME = re.compile(r"sellado-([A-Za-z0-9_-]{43})\.pem")


@dataclass(frozen=True, kw_only=True)
class SealingStore:
    """The sealing keys in ``folder`` (``llaves`` of an installation), which open what is sealed to ``role``."""

    folder: Path
    role: Role

    def create(self) -> X25519PrivateKey:
        """Make a new key, durable when this returns; raises ``DiskError``."""
        key = X25519PrivateKey.generate()
        path = self._path(kid_of(key.public_key()))
        save_key(path, key, step="keys.sealing_create", mode=OWNER_AND_GROUP)
        return key

    def kids(self) -> tuple[str, ...]:
        """Give the ids of all keys in the folder, sorted; a folder that is not there has none.

        Raises ``KeyFileMissingError`` when the folder cannot be read.
        """
        try:
            names = [entry.name for entry in self.folder.iterdir()]
        except FileNotFoundError:
            return ()
        except OSError as error:
            reason = motivo(error)
            raise KeyFileMissingError(str(error), ruta=str(self.folder), motivo=reason) from error
        return tuple(sorted(match[1] for name in names if (match := _NAME.fullmatch(name))))

    def load(self, kid: str) -> X25519PrivateKey:
        """Give the key ``kid``; raises as ``storage.load_key``, and ``BadKeyFileError`` if it is another key."""
        path = self._path(kid)
        key = load_key(path)
        if not isinstance(key, X25519PrivateKey) or kid_of(key.public_key()) != kid:
            raise BadKeyFileError("key file holds another key than its name says", ruta=str(path))
        return key

    def open_password(self, comment: ArchiveComment) -> str:
        """Give the password of a package sealed to any key of this folder.

        Raises ``SealedForOthersError`` when it is sealed to none, and what ``load`` and ``sealing.open_password``
        raise.
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
