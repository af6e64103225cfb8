"""Who asks: the registration behind the client certificate of one request."""

import secrets
from dataclasses import dataclass

from sigasers.formats import base64url
from sigasers.model import Digest, Identifier, Instant


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A registration whose certificate (``huella``) is known and not revoked at the time of asking."""

    registro: Identifier
    unidad: str
    sistema: str
    nombre: str
    huella: Digest
    desde: Instant
    hasta: Instant

    def in_time(self, now: Instant) -> bool:
        """Tell whether the certificate is valid at ``now``."""
        return self.desde <= now <= self.hasta


def new_identifier() -> Identifier:
    """Give a random identifier."""
    return Identifier(base64url.encode(secrets.token_bytes(16)))
