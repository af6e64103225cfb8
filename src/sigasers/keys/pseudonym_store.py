"""The unit's key of pseudonyms: ``seudonimos.llave`` in a closed folder, made once and kept for as long as it is good.

A text file, so that a copy of it is a backup: a line ``sigasers-seudonimos-v1`` and a line with the 32 bytes in
base64url. On POSIX it is 0600; on Windows it takes the rights of its folder (``storage.close_folder``). A key that was
replaced stays beside it as ``seudonimos-<id>.llave``: packages made with it name it.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sigasers import durable
from sigasers.errors import TheirError
from sigasers.errors.keys import BadPseudonymKeyError, KeyFileRightsError
from sigasers.formats import base64url
from sigasers.formats.pseudonym import KEY_BYTES, PseudonymKey
from sigasers.keys.storage import OWNER_ONLY, close_folder, read_closed

FILE_NAME = "seudonimos.llave"
_MAX_BYTES = 1 << 10
_HEADER = "sigasers-seudonimos-v1"


@dataclass(frozen=True, kw_only=True)
class PseudonymStore:
    """The key in ``folder``, which is made when a key is."""

    folder: Path

    @property
    def path(self) -> Path:
        """The file of the key in use."""
        return self.folder / FILE_NAME

    def exists(self) -> bool:
        """Tell whether there is a key, good or bad."""
        return self.path.exists()

    def create(self) -> PseudonymKey:
        """Make a key; durable when this returns. Raises ``NameTakenError`` if there is one, and ``DiskError``."""
        durable.make_folder(self.folder, step="keys.pseudonym_folder", mode=0o750)
        close_folder(self.folder)
        key = PseudonymKey(secret=secrets.token_bytes(KEY_BYTES))
        text = f"{_HEADER}\n{base64url.encode(key.secret)}\n"
        durable.write_new(self.path, text.encode(), step="keys.pseudonym_create", mode=OWNER_ONLY)
        return key

    def load(self) -> PseudonymKey:
        """Give the key; raises what ``storage.read_closed`` raises, and ``BadPseudonymKeyError``.

        A file that is open to others and no key either is told as both.
        """
        try:
            return self._parse(read_closed(self.path), "")
        except KeyFileRightsError:
            with suppress(OSError), self.path.open("rb") as file:
                self._parse(file.read(_MAX_BYTES), " Además, otras cuentas del equipo pueden leerlo.")
            raise

    def _parse(self, raw: bytes, derechos: str) -> PseudonymKey:
        try:
            header, text = raw.decode("ascii").split()
            if header == _HEADER:
                return PseudonymKey(secret=base64url.decode(text))
        except (ValueError, TheirError) as error:
            raise self._bad(derechos) from error
        raise self._bad(derechos)

    def _bad(self, derechos: str) -> BadPseudonymKeyError:
        return BadPseudonymKeyError("no key of pseudonyms", ruta=str(self.path), derechos=derechos)

    def retire(self) -> Path:
        """Put the key in use aside under its id and give its new place; then there is none in use."""
        aside = self.path.with_name(f"seudonimos-{self.load().kid}.llave")
        durable.move_new(self.path, aside, step="keys.pseudonym_retire")
        return aside
