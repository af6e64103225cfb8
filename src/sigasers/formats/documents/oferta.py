"""Oferta: proof that a sobre was offered, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sigasers.formats.documents import members
from sigasers.model import Digest, Identifier, Instant, Nemonico


@dataclass(frozen=True, kw_only=True)
class Oferta:
    """The centre's word that the sobre with this id was offered at ``ofrecido`` (the centre's clock)."""

    aud: str
    sobre: Digest
    unidad: Nemonico
    registro: Identifier
    ofrecido: Instant

    def to_payload(self) -> bytes:
        """Give the payload's JSON."""
        return members.encode(
            members.head(self.aud)
            | {
                "sobre": str(self.sobre),
                "unidad": str(self.unidad),
                "registro": str(self.registro),
                "ofrecido": str(self.ofrecido),
            }
        )

    @classmethod
    def parse(cls, payload: Mapping[str, object]) -> Self:
        """Read a payload; raises ``FormatError``, ``FormatTooNewError``."""
        fields = members.open_payload(payload, "oferta")
        return cls(
            aud=members.aud(fields),
            sobre=members.digest(fields, "sobre"),
            unidad=members.unidad(fields),
            registro=members.identifier(fields, "registro"),
            ofrecido=members.instant(fields, "ofrecido"),
        )
