"""Acuse: the centre's receipt for a whole sobre: intact, durable, in the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sigasers.errors.formats import FormatError
from sigasers.formats import base64url
from sigasers.formats.documents import members
from sigasers.model import Digest, FileStatement, Identifier, Instant, Nemonico

MAX_PROOF_CHARS = 16_384  # 64 hashes of 45 characters, a checkpoint with 16 signatures and room


def acuse_number(epoca: int, indice: int) -> str:
    """Give the acuse's number, as people say it: ``A-1-000123``."""
    return members.numbered("A", epoca, indice)


@dataclass(frozen=True, kw_only=True)
class Acuse:
    """One acuse. ``indice`` is the log index; ``asiento`` its exact bytes; ``prueba`` the tlog-proof text."""

    aud: str
    epoca: int
    sobre: Digest
    unidad: Nemonico
    sistema: str
    registro: Identifier
    instalacion: Identifier
    n: int
    archivos: tuple[FileStatement, ...]
    ofrecido: Instant
    completado: Instant
    asiento: bytes
    indice: int
    prueba: str
    marcas: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        members.check_sistema(self.sistema)
        members.check_marks(self.marcas)
        if self.epoca < 1 or self.indice < 0 or self.n < 1:
            raise FormatError("epoca and n count from 1, indice from 0")

    @property
    def numero(self) -> str:
        """What people say by phone."""
        return acuse_number(self.epoca, self.indice)

    def to_payload(self) -> bytes:
        """Give the payload's JSON."""
        return members.encode(
            members.head(self.aud)
            | {
                "numero": self.numero,
                "sobre": str(self.sobre),
                "unidad": str(self.unidad),
                "sistema": self.sistema,
                "registro": str(self.registro),
                "instalacion": str(self.instalacion),
                "n": self.n,
                "archivos": members.files_json(self.archivos),
                "ofrecido": str(self.ofrecido),
                "completado": str(self.completado),
                "asiento": base64url.encode(self.asiento),
                "indice": self.indice,
                "prueba": self.prueba,
                "marcas": list(self.marcas),
            }
        )

    @classmethod
    def parse(cls, payload: Mapping[str, object]) -> Self:
        """Read a payload; raises ``FormatError`` (also if ``numero`` and ``indice`` differ), ``FormatTooNewError``."""
        fields = members.open_payload(payload, "acuse")
        epoca, indice = members.read_number(fields, "A")
        if indice != fields.integer("indice"):
            raise FormatError("numero does not name indice")
        return cls(
            aud=members.aud(fields),
            epoca=epoca,
            sobre=members.digest(fields, "sobre"),
            unidad=members.unidad(fields),
            sistema=members.sistema(fields),
            registro=members.identifier(fields, "registro"),
            instalacion=members.identifier(fields, "instalacion"),
            n=fields.integer("n", minimum=1),
            archivos=members.files(fields),
            ofrecido=members.instant(fields, "ofrecido"),
            completado=members.instant(fields, "completado"),
            asiento=base64url.decode(fields.text("asiento", max_chars=2048)),
            indice=indice,
            prueba=fields.text("prueba", max_chars=MAX_PROOF_CHARS),
            marcas=members.marks(fields),
        )
