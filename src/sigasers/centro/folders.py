"""Where the parts of a centre lie in its folder (``docs/spec/centre-storage.md``)."""

from dataclasses import dataclass
from pathlib import Path

from sigasers.model import Digest, Identifier


@dataclass(frozen=True, kw_only=True)
class Folders:
    """The folders and files under ``root``; nothing is made here."""

    root: Path

    @property
    def database(self) -> Path:
        """The one state database."""
        return self.root / "centro.db"

    @property
    def keys(self) -> Path:
        """Private keys; the keys process alone opens it."""
        return self.root / "claves"

    @property
    def tls(self) -> Path:
        """The servers' own TLS key and certificate, made anew at need."""
        return self.root / "tls"

    @property
    def store(self) -> Path:
        """Received files, for ever."""
        return self.root / "almacen"

    @property
    def incoming(self) -> Path:
        """Uploads under way."""
        return self.root / "recepcion"

    @property
    def logs(self) -> Path:
        """Log files; no state."""
        return self.root / "logs"

    @property
    def lock(self) -> Path:
        """The lock of the one engine."""
        return self.root / "motor.lock"

    @property
    def addresses(self) -> Path:
        """Where the running engine listens."""
        return self.root / "direcciones.json"

    @property
    def default_root_key(self) -> Path:
        """Where the root key goes if no other folder is named."""
        return self.root / "centro-raiz"

    def stored(self, unidad: str, sha256: Digest) -> Path:
        """Give the place of a received file; both parts are checked values, never text off the wire."""
        return self.store / unidad / sha256.hex[:2] / sha256.hex

    def part(self, upload: Identifier) -> Path:
        """Give the place of an upload under way."""
        return self.incoming / f"{upload}.part"
