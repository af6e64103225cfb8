"""Constancia: the centre's second word, its verdict after opening a sobre's files."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Self

from sigasers.errors.formats import FormatError
from sigasers.formats.documents import members
from sigasers.formats.json_fields import Fields
from sigasers.model import Digest, FileStatement, Identifier, Instant, Nemonico

MAX_REASONS = 2000
MAX_TEXT_CHARS = 1000
_OPTIONAL = ("archivo", "tabla", "columna")


class Resultado(Enum):
    """The verdict. ``EN_ESPERA``: newer than the centre; ``EN_REVISION``: a person looks at it."""

    CONFORME = "conforme"
    OBSERVADO = "observado"
    RECHAZADO = "rechazado"
    EN_ESPERA = "en_espera"
    EN_REVISION = "en_revision"


class Nivel(Enum):
    """How grave a reason is."""

    OBSERVACION = "observacion"
    RECHAZO = "rechazo"


@dataclass(frozen=True, kw_only=True)
class Razon:
    """One reason: a stable code, a Spanish sentence, and where. ``fila`` is an ordinal from 1; never a value."""

    codigo: str
    nivel: Nivel
    texto: str
    archivo: str | None = None
    tabla: str | None = None
    columna: str | None = None
    fila: int | None = None

    def to_json(self) -> dict[str, object]:
        """Give the members; absent ones are left out."""
        found: dict[str, object] = {"codigo": self.codigo, "nivel": self.nivel.value, "texto": self.texto}
        places = {name: getattr(self, name) for name in (*_OPTIONAL, "fila")}
        return found | {name: value for name, value in places.items() if value is not None}

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Read one reason; raises ``FormatError``."""
        archivo, tabla, columna = (fields.text(name) if fields.optional(name) else None for name in _OPTIONAL)
        return cls(
            codigo=fields.text("codigo", max_chars=40),
            nivel=fields.parsed("nivel", Nivel),
            texto=fields.text("texto", max_chars=MAX_TEXT_CHARS),
            archivo=archivo,
            tabla=tabla,
            columna=columna,
            fila=fields.integer("fila", minimum=1) if fields.optional("fila") else None,
        )


def constancia_number(epoca: int, running: int) -> str:
    """Give the constancia's number, as people say it: ``C-1-000045``."""
    return members.numbered("C", epoca, running)


@dataclass(frozen=True, kw_only=True)
class Constancia:
    """One constancia on the acuse with id ``acuse``; ``orden`` 1 is the first, each later one supersedes."""

    aud: str
    epoca: int
    correlativo: int
    sobre: Digest
    acuse: Digest
    unidad: Nemonico
    registro: Identifier
    resultado: Resultado
    razones: tuple[Razon, ...]
    archivos: tuple[FileStatement, ...]
    emitida: Instant
    orden: int = 1
    reemplaza: Digest | None = None

    def __post_init__(self) -> None:
        if self.epoca < 1 or self.correlativo < 0 or self.orden < 1:
            raise FormatError("epoca and orden count from 1, the number never below 0")
        if (self.orden == 1) != (self.reemplaza is None):
            raise FormatError("the first constancia, and no other, supersedes nothing")

    @property
    def numero(self) -> str:
        """What people say by phone."""
        return constancia_number(self.epoca, self.correlativo)

    def to_payload(self) -> bytes:
        """Give the payload's JSON."""
        return members.encode(
            members.head(self.aud)
            | {
                "numero": self.numero,
                "sobre": str(self.sobre),
                "acuse": str(self.acuse),
                "unidad": str(self.unidad),
                "registro": str(self.registro),
                "resultado": self.resultado.value,
                "razones": [reason.to_json() for reason in self.razones],
                "archivos": members.files_json(self.archivos),
                "emitida": str(self.emitida),
                "orden": self.orden,
                "reemplaza": None if self.reemplaza is None else str(self.reemplaza),
            }
        )

    @classmethod
    def parse(cls, payload: Mapping[str, object]) -> Self:
        """Read a payload; raises ``FormatError``, ``FormatTooNewError``."""
        fields = members.open_payload(payload, "constancia")
        epoca, correlativo = members.read_number(fields, "C")
        reasons = fields.objects("razones", max_items=MAX_REASONS)
        return cls(
            aud=members.aud(fields),
            epoca=epoca,
            correlativo=correlativo,
            sobre=members.digest(fields, "sobre"),
            acuse=members.digest(fields, "acuse"),
            unidad=members.unidad(fields),
            registro=members.identifier(fields, "registro"),
            resultado=fields.parsed("resultado", Resultado),
            razones=tuple(Razon.from_fields(reason) for reason in reasons),
            archivos=members.files(fields),
            emitida=members.instant(fields, "emitida"),
            orden=fields.integer("orden", minimum=1),
            reemplaza=members.optional(fields, "reemplaza", Digest),
        )
