"""Sobre: a unit hands over named files."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Self

from sigasers.errors.formats import FormatError
from sigasers.formats.documents import members
from sigasers.formats.json_fields import MAX_INTEGER, Fields
from sigasers.model import Digest, FileStatement, Identifier, Instant, Nemonico


class Clase(Enum):
    """What a sobre does; ``DESCONOCIDA`` stands only in one that is newer than this program."""

    ENVIO = "envio"
    ANULACION = "anulacion"
    DESCONOCIDA = ""


@dataclass(frozen=True, kw_only=True)
class Sobre:
    """One sobre. ``n`` counts from 1 within ``instalacion``; ``anterior`` is the id of the sobre before it.

    ``desfase_ms`` is the centre's clock minus the agent's. ``too_new`` says that only the members which all
    versions share were read (``parse`` with ``any_version``): acknowledge it, its constancia is *en espera*.
    """

    aud: str
    registro: Identifier
    unidad: Nemonico
    sistema: str
    instalacion: Identifier
    n: int
    anterior: Digest | None
    creado: Instant
    desfase_ms: int | None
    archivos: tuple[FileStatement, ...]
    clase: Clase = Clase.ENVIO
    cabeza_anterior: Digest | None = None
    anula: Digest | None = None
    marcas: tuple[str, ...] = ()
    too_new: bool = False

    def __post_init__(self) -> None:
        members.check_sistema(self.sistema)
        members.check_marks(self.marcas)
        if not 1 <= self.n <= MAX_INTEGER or (self.n == 1) != (self.anterior is None):
            raise FormatError("the first sobre of an instalacion, and no other, has no predecessor")
        if self.cabeza_anterior is not None and self.n != 1:
            raise FormatError("only the first sobre names an earlier instalacion's head")
        if len({_folded(item.nombre) for item in self.archivos}) != len(self.archivos):
            raise FormatError("two files of one name")
        if not self.too_new:
            self._check_clase()

    def _check_clase(self) -> None:
        whole = {
            Clase.ENVIO: 1 <= len(self.archivos) <= members.MAX_FILES and self.anula is None,
            Clase.ANULACION: not self.archivos and self.anula is not None,
        }
        if not whole.get(self.clase, False):
            raise FormatError("an envio has 1 to 16 files, an anulacion none and the sobre it annuls")

    def to_payload(self) -> bytes:
        """Give the payload's JSON; optional members that are null are left out, except ``anterior``."""
        body = members.head(self.aud) | {
            "registro": str(self.registro),
            "unidad": str(self.unidad),
            "sistema": self.sistema,
            "instalacion": str(self.instalacion),
            "n": self.n,
            "anterior": None if self.anterior is None else str(self.anterior),
        }
        if self.cabeza_anterior is not None:
            body["cabeza_anterior"] = str(self.cabeza_anterior)
        body |= {"creado": str(self.creado), "desfase_ms": self.desfase_ms, "clase": self.clase.value}
        if self.anula is not None:
            body["anula"] = str(self.anula)
        body |= {"archivos": members.files_json(self.archivos), "marcas": list(self.marcas)}
        return members.encode(body)

    @classmethod
    def parse(cls, payload: Mapping[str, object], *, any_version: bool = False) -> Self:
        """Read a payload; raises ``FormatError``, and ``FormatTooNewError`` unless ``any_version``.

        With ``any_version`` a newer sobre is read by the members that the specification fixes for ever.
        """
        too_new = any_version and members.is_too_new(payload)
        fields = Fields(dict(payload), "sobre") if too_new else members.open_payload(payload, "sobre")
        return cls(
            aud=members.aud(fields),
            registro=members.identifier(fields, "registro"),
            unidad=members.unidad(fields),
            sistema=members.sistema(fields),
            instalacion=members.identifier(fields, "instalacion"),
            n=fields.integer("n", minimum=1),
            anterior=members.optional(fields, "anterior", Digest),
            cabeza_anterior=members.optional(fields, "cabeza_anterior", Digest),
            creado=members.instant(fields, "creado"),
            archivos=members.files(fields),
            desfase_ms=None if too_new else _offset(fields),
            clase=Clase.DESCONOCIDA if too_new else fields.parsed("clase", Clase),
            anula=None if too_new else members.optional(fields, "anula", Digest),
            marcas=() if too_new else members.marks(fields),
            too_new=too_new,
        )


def _offset(fields: Fields) -> int | None:
    return fields.integer("desfase_ms", minimum=-MAX_INTEGER) if fields.optional("desfase_ms") else None


def _folded(name: str) -> str:
    """Give the name as a file system that ignores case and composition sees it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
