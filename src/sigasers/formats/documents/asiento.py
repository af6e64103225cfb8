"""Asiento: the bytes that the log holds the digest of, carried whole in the acuse (``docs/spec/log.md``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sigasers.errors.formats import FormatError
from sigasers.formats import strict_json
from sigasers.formats.documents import members
from sigasers.formats.json_fields import Fields
from sigasers.model import Digest, Identifier, Instant

MAX_BYTES = 1024  # the longest of version 1 takes 330


@dataclass(frozen=True, kw_only=True)
class Asiento:
    """What was acknowledged, with 16 random bytes (``sal``) so that its digest tells nothing to a guesser."""

    sobre: Digest
    registro: Identifier
    instalacion: Identifier
    n: int
    ofrecido: Instant
    completado: Instant
    sal: Identifier

    def to_payload(self) -> bytes:
        """Give the exact bytes: UTF-8 JSON, members in the order of the specification, no blanks."""
        return members.encode(
            {
                "v": members.VERSION,
                "sobre": str(self.sobre),
                "registro": str(self.registro),
                "instalacion": str(self.instalacion),
                "n": self.n,
                "ofrecido": str(self.ofrecido),
                "completado": str(self.completado),
                "sal": str(self.sal),
            }
        )

    @classmethod
    def parse(cls, payload: Mapping[str, object]) -> Self:
        """Read the members; raises ``FormatError``, ``FormatTooNewError``."""
        fields = Fields(dict(payload) | {"crit": []}, "asiento")
        fields.check_version("asiento", members.VERSION)
        return cls(
            sobre=members.digest(fields, "sobre"),
            registro=members.identifier(fields, "registro"),
            instalacion=members.identifier(fields, "instalacion"),
            n=fields.integer("n", minimum=1),
            ofrecido=members.instant(fields, "ofrecido"),
            completado=members.instant(fields, "completado"),
            sal=members.identifier(fields, "sal"),
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read the exact bytes; another spelling of the same members is a ``FormatError``."""
        payload = strict_json.loads(data, max_bytes=MAX_BYTES)
        if not isinstance(payload, dict):
            raise FormatError("asiento is no object")
        found = cls.parse(payload)
        if found.to_payload() != data:
            raise FormatError("asiento is not in its one spelling")
        return found
