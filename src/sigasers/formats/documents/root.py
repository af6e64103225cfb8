"""Root document: every key of the centre with its use and its time, signed by the offline root."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sigasers.errors.formats import FormatError
from sigasers.formats import base64url
from sigasers.formats.documents import members
from sigasers.formats.documents.kinds import KeyUse, centre_id, log_origin
from sigasers.formats.json_fields import Fields
from sigasers.model import Instant

MAX_KEYS = 1000
MAX_ADDRESSES = 32
_KEY_CHARS = 1024  # base64url of a public key; P-256 takes 122
_CERTIFICATE_CHARS = 8192


@dataclass(frozen=True, kw_only=True)
class RootKey:
    """One key. ``publica``: SubjectPublicKeyInfo (DER); it counts from ``desde`` until before ``retirada``."""

    kid: str
    uso: KeyUse
    publica: bytes
    desde: Instant
    retirada: Instant | None = None
    certificado: bytes | None = None

    def __post_init__(self) -> None:
        if base64url.encode(hashlib.sha256(self.publica).digest()) != self.kid:
            raise FormatError("kid is not the digest of the public key")
        if (self.uso is KeyUse.CA) != (self.certificado is not None):
            raise FormatError("a key of use ca, and no other, has a certificate")

    @classmethod
    def of(cls, uso: KeyUse, publica: bytes, *, desde: Instant, certificado: bytes | None = None) -> Self:
        """Give the key with the kid that follows from ``publica``."""
        kid = base64url.encode(hashlib.sha256(publica).digest())
        return cls(kid=kid, uso=uso, publica=publica, desde=desde, certificado=certificado)

    def to_json(self) -> dict[str, object]:
        """Give the members of one entry of ``claves``."""
        found: dict[str, object] = {
            "kid": self.kid,
            "uso": self.uso.value,
            "alg": self.uso.alg,
            "publica": base64url.encode(self.publica),
            "desde": str(self.desde),
            "retirada": None if self.retirada is None else str(self.retirada),
        }
        if self.certificado is not None:
            found["certificado"] = base64url.encode(self.certificado)
        return found

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Read one entry of ``claves``; raises ``FormatError``."""
        uso = fields.parsed("uso", KeyUse)
        if fields.text("alg") != uso.alg:
            raise FormatError("a key's alg is not that of its use")
        certificate = None
        if fields.optional("certificado"):
            certificate = base64url.decode(fields.text("certificado", max_chars=_CERTIFICATE_CHARS))
        return cls(
            kid=fields.text("kid"),
            uso=uso,
            publica=base64url.decode(fields.text("publica", max_chars=_KEY_CHARS)),
            desde=members.instant(fields, "desde"),
            retirada=members.optional(fields, "retirada", Instant.parse),
            certificado=certificate,
        )


@dataclass(frozen=True, kw_only=True)
class RootDocument:
    """Version ``n`` of época ``epoca``; ``raiz`` is the root's SPKI, ``origen`` the log's origin line."""

    n: int
    epoca: int
    emitido: Instant
    raiz: bytes
    claves: tuple[RootKey, ...]
    origen: str
    inscripcion: tuple[str, ...] = ()
    transmision: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.n < 1 or self.epoca < 1:
            raise FormatError("n and epoca count from 1")
        if len({key.kid for key in self.claves}) != len(self.claves):
            raise FormatError("one kid twice: a key has one use")
        if self.origen != log_origin(self.aud, self.epoca):
            raise FormatError("origen is not that of the centre and its epoca")

    @property
    def huella(self) -> str:
        """SHA-256 of the root's SPKI, lower-case hexadecimal: what people compare."""
        return hashlib.sha256(self.raiz).hexdigest()

    @property
    def aud(self) -> str:
        """The centre's id, which follows from the huella."""
        return centre_id(self.huella)

    @property
    def order(self) -> tuple[int, int]:
        """(época, n), which never goes back."""
        return self.epoca, self.n

    def to_payload(self) -> bytes:
        """Give the payload's JSON."""
        return members.encode(
            members.head(self.aud)
            | {
                "n": self.n,
                "epoca": self.epoca,
                "emitido": str(self.emitido),
                "raiz": base64url.encode(self.raiz),
                "claves": [key.to_json() for key in self.claves],
                "bitacora": {"origen": self.origen},
                "direcciones": {
                    "inscripcion": list(self.inscripcion),
                    "transmision": list(self.transmision),
                },
            }
        )

    @classmethod
    def parse(cls, payload: Mapping[str, object]) -> Self:
        """Read a payload; raises ``FormatError`` (also if ``aud`` is not the root's), ``FormatTooNewError``."""
        fields = members.open_payload(payload, "raiz")
        addresses = fields.object("direcciones")
        found = cls(
            n=fields.integer("n", minimum=1),
            epoca=fields.integer("epoca", minimum=1),
            emitido=members.instant(fields, "emitido"),
            raiz=base64url.decode(fields.text("raiz", max_chars=_KEY_CHARS)),
            claves=tuple(RootKey.from_fields(item) for item in fields.objects("claves", max_items=MAX_KEYS)),
            origen=fields.object("bitacora").text("origen"),
            inscripcion=addresses.texts("inscripcion", max_items=MAX_ADDRESSES),
            transmision=addresses.texts("transmision", max_items=MAX_ADDRESSES),
        )
        if found.aud != members.aud(fields):
            raise FormatError("aud does not follow from raiz")
        return found
