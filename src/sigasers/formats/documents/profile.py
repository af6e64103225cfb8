"""Profile of a unit: what it must know of its centre, signed by the centre."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from sigasers.errors.formats import FormatError
from sigasers.formats import base64url
from sigasers.formats.documents import members
from sigasers.formats.json_fields import Fields
from sigasers.model import Identifier, Instant, Nemonico

FORMATS = ("paquete", "manifiesto", "sobre")
MAX_SEALING_KEYS = 16


@dataclass(frozen=True, kw_only=True)
class SealingKey:
    """A key to seal packages to: ``publica`` is its X25519 SubjectPublicKeyInfo (DER)."""

    kid: str
    publica: bytes

    def __post_init__(self) -> None:
        if base64url.encode(hashlib.sha256(self.publica).digest()) != self.kid:
            raise FormatError("kid is not the digest of the sealing key")


def _current_formats() -> dict[str, tuple[int, int]]:
    return dict.fromkeys(FORMATS, (1, 1))


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One profile. The first of ``sellado`` is the one to seal to; past ``vence`` it is still used, observed.

    ``formatos``: smallest and largest version taken of each format. ``cronograma``: the schedule document.
    """

    aud: str
    unidad: Nemonico
    sistema: str
    registro: Identifier
    epoca: int
    n: int
    emitido: Instant
    vence: Instant
    sellado: tuple[SealingKey, ...]
    cronograma: Mapping[str, object] | None = None
    formatos: Mapping[str, tuple[int, int]] = field(default_factory=_current_formats)

    def __post_init__(self) -> None:
        members.check_sistema(self.sistema)
        if self.n < 1 or self.epoca < 1 or not self.sellado:
            raise FormatError("a profile counts from 1 and names at least one sealing key")

    @property
    def order(self) -> tuple[int, int]:
        """(época, n), which never goes back."""
        return self.epoca, self.n

    def to_payload(self) -> bytes:
        """Give the payload's JSON."""
        return members.encode(
            members.head(self.aud)
            | {
                "unidad": str(self.unidad),
                "sistema": self.sistema,
                "registro": str(self.registro),
                "epoca": self.epoca,
                "n": self.n,
                "emitido": str(self.emitido),
                "vence": str(self.vence),
                "sellado": [
                    {"kid": key.kid, "publica": base64url.encode(key.publica)} for key in self.sellado
                ],
                "cronograma": self.cronograma,
                "formatos": {name: list(bounds) for name, bounds in self.formatos.items()},
            }
        )

    @classmethod
    def parse(cls, payload: Mapping[str, object]) -> Self:
        """Read a payload; raises ``FormatError``, ``FormatTooNewError``."""
        fields = members.open_payload(payload, "perfil")
        return cls(
            aud=members.aud(fields),
            unidad=members.unidad(fields),
            sistema=members.sistema(fields),
            registro=members.identifier(fields, "registro"),
            epoca=fields.integer("epoca", minimum=1),
            n=fields.integer("n", minimum=1),
            emitido=members.instant(fields, "emitido"),
            vence=members.instant(fields, "vence"),
            sellado=tuple(
                SealingKey(kid=item.text("kid"), publica=base64url.decode(item.text("publica")))
                for item in fields.objects("sellado", max_items=MAX_SEALING_KEYS)
            ),
            cronograma=fields.object("cronograma").raw if fields.optional("cronograma") else None,
            formatos={name: _bounds(fields.object("formatos"), name) for name in FORMATS},
        )


def _bounds(fields: Fields, name: str) -> tuple[int, int]:
    found = fields.items(name, max_items=2)
    match found:
        case [int() as smallest, int() as largest] if (
            bool not in map(type, found) and 1 <= smallest <= largest
        ):
            return smallest, largest
    raise FormatError(f"formatos.{name} is not [smallest, largest]")
