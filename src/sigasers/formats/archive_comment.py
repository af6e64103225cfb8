"""The archive's comment: who the package is of, and the sealed copies of its password.

Source: ``docs/spec/package.md``, section 3. It carries sealed bytes and does not open them (``keys.sealing``).
What it says is not proved by it: a comment in clear can be written by anyone.
"""

import json
from dataclasses import dataclass
from enum import Enum

from sigasers.errors.formats import BadJsonError, FormatError, NoCommentError
from sigasers.formats import base64url, strict_json
from sigasers.formats.json_fields import Fields
from sigasers.formats.rar5 import MAX_COMMENT_BYTES
from sigasers.model import Ambito, Ejercicio, Identifier, Nemonico, TipoTransmision

VERSION = 1
MAX_LABEL_BYTES = 4096
MAX_COPIES = 8  # a centre that changes its key may seal to old and new; two are usual
_KID_BYTES = 32


class Role(Enum):
    """Who a sealed copy is for."""

    CENTRO = "centro"
    UNIDAD = "unidad"


@dataclass(frozen=True, kw_only=True)
class PackageLabel:
    """What the comment says of the package; ``raiz`` is its stem at birth, ``turno`` the slot answered, if any."""

    sistema: str
    unidad: Nemonico
    anio: Ejercicio
    ambito: Ambito
    tipo: TipoTransmision
    corrida: Identifier
    turno: str | None
    raiz: str


@dataclass(frozen=True, kw_only=True)
class SealedCopy:
    """The password sealed to one key: ``sealed`` is HPKE's encapsulated key and ciphertext."""

    role: Role
    kid: str
    sealed: bytes


@dataclass(frozen=True, kw_only=True)
class ArchiveComment:
    """A comment: the exact bytes of the label, and the copies. Sealing binds the bytes, not their meaning."""

    label: bytes
    copies: tuple[SealedCopy, ...]


def label_bytes(label: PackageLabel) -> bytes:
    """Give the JSON text of ``label``; it is made once and then kept as bytes."""
    return _json(
        {
            "sistema": label.sistema,
            "unidad": str(label.unidad),
            "anio": label.anio.value,
            "ambito": label.ambito.value,
            "tipo": label.tipo.value,
            "corrida": str(label.corrida),
            "turno": label.turno,
            "raiz": label.raiz,
        }
    )


def parse_label(data: bytes) -> PackageLabel:
    """Read the bytes of a label; unknown members are ignored.

    Raises ``FormatError``, or ``InvalidValueError`` for a year out of range.
    """
    fields = Fields(strict_json.loads(data, max_bytes=MAX_LABEL_BYTES), "p")
    return PackageLabel(
        sistema=fields.text("sistema", max_chars=16),
        unidad=fields.parsed("unidad", Nemonico.parse),
        anio=Ejercicio(fields.integer("anio")),
        ambito=fields.parsed("ambito", Ambito),
        tipo=fields.parsed("tipo", TipoTransmision),
        corrida=fields.parsed("corrida", Identifier),
        turno=fields.text("turno") if fields.optional("turno") else None,
        raiz=fields.text("raiz", max_chars=250),
    )


def comment_bytes(comment: ArchiveComment) -> bytes:
    """Give the JSON text ``{v, crit, p, s}`` that is stored as the archive's comment."""
    copies = [
        {"rol": copy.role.value, "kid": copy.kid, "c": base64url.encode(copy.sealed)}
        for copy in comment.copies
    ]
    return _json({"v": VERSION, "crit": [], "p": base64url.encode(comment.label), "s": copies})


def parse_comment(data: bytes) -> ArchiveComment:
    """Read a comment.

    Raises ``NoCommentError`` when there is none or it is no JSON object, ``FormatTooNewError`` for a version or
    critical member that is not known (*en espera*), ``FormatError`` when a member is not as it should be.
    """
    try:
        value = strict_json.loads(data, max_bytes=MAX_COMMENT_BYTES)
    except BadJsonError as error:
        raise NoCommentError("comment is no json of ours") from error
    if not isinstance(value, dict) or "p" not in value:
        raise NoCommentError("comment is no json of ours")
    fields = Fields(value, "comment")
    fields.check_version("comentario", VERSION)
    found = (_copy(item) for item in fields.objects("s", max_items=MAX_COPIES))
    copies = tuple(copy for copy in found if copy)
    if len({(copy.role, copy.kid) for copy in copies}) != len(copies):
        raise FormatError("two copies for one key")
    return ArchiveComment(label=_base64(fields, "p"), copies=copies)


def _copy(fields: Fields) -> SealedCopy | None:
    """Give a copy, or ``None`` for a reader of a kind that we do not know: no affair of ours."""
    if fields.text("rol", max_chars=32) not in {role.value for role in Role}:
        return None
    kid = fields.text("kid", max_chars=43)
    if len(base64url.decode(kid)) != _KID_BYTES:
        raise FormatError("kid is no digest")
    return SealedCopy(role=fields.parsed("rol", Role), kid=kid, sealed=_base64(fields, "c"))


def _base64(fields: Fields, name: str) -> bytes:
    return base64url.decode(fields.text(name, max_chars=MAX_COMMENT_BYTES))


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
