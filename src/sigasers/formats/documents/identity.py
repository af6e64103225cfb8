"""Identity file: the guide's "Certificado de identidad SERS SIGA". Not secret, not signed; holds no code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sigasers.errors.formats import FormatError
from sigasers.formats import strict_json
from sigasers.formats.documents import members
from sigasers.formats.documents.kinds import Typ
from sigasers.formats.json_fields import Fields
from sigasers.model import Identifier, UnidadEjecutora

MAX_BYTES = 2 << 20


@dataclass(frozen=True, kw_only=True)
class IdentityFile:
    """What a unit is given to register with; ``huella`` is the text that a person compares by another channel."""

    unidad: UnidadEjecutora
    sistema: str
    registro_pendiente: Identifier
    documento_raiz: str
    huella: str

    def __post_init__(self) -> None:
        members.check_sistema(self.sistema)
        if not re.fullmatch(r"[0-9a-f]{64}", self.huella):
            raise FormatError("huella is not 64 lower-case hexadecimal digits")

    @property
    def file_name(self) -> str:
        """The name that the file is handed over with."""
        return f"identidad-{self.unidad.nemonico}-{self.sistema}.json"

    def to_payload(self) -> bytes:
        """Give the file's bytes."""
        return members.encode(
            {
                "v": members.VERSION,
                "unidad": str(self.unidad.nemonico),
                "nombre": self.unidad.nombre,
                "sistema": self.sistema,
                "registro_pendiente": str(self.registro_pendiente),
                "documento_raiz": self.documento_raiz,
                "huella": self.huella,
            }
        )

    @classmethod
    def parse(cls, payload: Mapping[str, object]) -> Self:
        """Read the members; raises ``FormatError``, ``FormatTooNewError``."""
        fields = Fields({"crit": []} | dict(payload), "identidad")
        fields.check_version("identidad", members.VERSION)
        nemonico = members.unidad(fields)
        return cls(
            unidad=fields.parsed("nombre", lambda text: UnidadEjecutora(nemonico=nemonico, nombre=text)),
            sistema=members.sistema(fields),
            registro_pendiente=members.identifier(fields, "registro_pendiente"),
            documento_raiz=fields.text("documento_raiz", max_chars=Typ.RAIZ.max_token_bytes),
            huella=fields.text("huella"),
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read the file's bytes; raises ``BadJsonError``, ``FormatError``, ``FormatTooNewError``."""
        payload = strict_json.loads(data, max_bytes=MAX_BYTES)
        if not isinstance(payload, dict):
            raise FormatError("identity file is no object")
        return cls.parse(payload)
