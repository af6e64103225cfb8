"""The members that documents have in common, read and written in one way."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sigasers.errors import TheirError
from sigasers.errors.formats import FormatError, FormatTooNewError
from sigasers.formats.documents.kinds import CENTRE_ID
from sigasers.formats.json_fields import Fields
from sigasers.model import Digest, FileStatement, Identifier, Instant, Nemonico

VERSION = 1
MAX_FILES = 16
MAX_MARKS = 16
_SISTEMA = re.compile(r"[A-Z0-9_]{1,16}")
_MARK = re.compile(r"[a-z][a-z0-9_]{0,39}")
T = TypeVar("T")


def encode(members: Mapping[str, object]) -> bytes:
    """Give the payload: UTF-8 JSON without blanks, members in the order given."""
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def head(aud: str) -> dict[str, object]:
    """Give the members that every signed payload begins with."""
    return {"v": VERSION, "crit": [], "aud": aud}


def open_payload(payload: Mapping[str, object], formato: str) -> Fields:
    """Give the members of a payload whose version this program knows; raises ``FormatTooNewError``."""
    fields = Fields(dict(payload), formato)
    fields.check_version(formato, VERSION)
    return fields


def is_too_new(payload: Mapping[str, object]) -> bool:
    """Tell whether ``v`` or ``crit`` names what this program does not know."""
    try:
        open_payload(payload, "documento")
    except FormatTooNewError:
        return True
    return False


def aud(fields: Fields) -> str:
    """Read the centre's id."""
    text = fields.text("aud")
    if not CENTRE_ID.fullmatch(text):
        raise FormatError("aud is no centre id")
    return text


def unidad(fields: Fields) -> Nemonico:
    """Read ``unidad``: decimal text without leading zeros."""
    found = fields.parsed("unidad", Nemonico.parse)
    if str(found) != fields.text("unidad"):
        raise FormatError("unidad has leading zeros")
    return found


def check_sistema(text: str) -> str:
    """Give ``text`` if it names a system, else raise ``FormatError``."""
    if not _SISTEMA.fullmatch(text):
        raise FormatError("sistema is not 1 to 16 of A-Z 0-9 _")
    return text


def sistema(fields: Fields) -> str:
    """Read ``sistema``."""
    return check_sistema(fields.text("sistema"))


def digest(fields: Fields, name: str) -> Digest:
    """Read a digest."""
    return fields.parsed(name, Digest)


def optional(fields: Fields, name: str, parse: Callable[[str], T]) -> T | None:
    """Read a text member that may be null or absent."""
    return fields.parsed(name, parse) if fields.optional(name) else None


def identifier(fields: Fields, name: str) -> Identifier:
    """Read an identifier."""
    return fields.parsed(name, Identifier)


def instant(fields: Fields, name: str) -> Instant:
    """Read a time."""
    return fields.parsed(name, Instant.parse)


def files(fields: Fields) -> tuple[FileStatement, ...]:
    """Read ``archivos``: at most 16 of ``{nombre, tamano, sha256}``, names different ignoring case."""
    try:
        return tuple(
            FileStatement(
                nombre=item.text("nombre"), tamano_bytes=item.integer("tamano"), sha256=digest(item, "sha256")
            )
            for item in fields.objects("archivos", max_items=MAX_FILES)
        )
    except FormatError:
        raise
    except TheirError as error:
        raise FormatError("archivos holds a bad name or size") from error


def files_json(statements: Iterable[FileStatement]) -> list[dict[str, object]]:
    """Write ``archivos``."""
    return [
        {"nombre": item.nombre, "tamano": item.tamano_bytes, "sha256": str(item.sha256)}
        for item in statements
    ]


def marks(fields: Fields) -> tuple[str, ...]:
    """Read ``marcas``: words; unknown ones are kept."""
    return check_marks(fields.texts("marcas", max_items=MAX_MARKS))


def check_marks(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give ``words`` if each is a word in lower case, else raise ``FormatError``."""
    if not all(_MARK.fullmatch(word) for word in words):
        raise FormatError("marcas holds no word")
    return words


def numbered(prefix: str, epoca: int, running: int) -> str:
    """Give what people say by phone: ``A-1-000123``."""
    return f"{prefix}-{epoca}-{running:06d}"


def read_number(fields: Fields, prefix: str) -> tuple[int, int]:
    """Read ``numero`` as (época, running number); only its canonical spelling is taken."""
    text = fields.text("numero", max_chars=40)
    found = re.fullmatch(prefix + r"-([0-9]{1,9})-([0-9]{6,15})", text, re.ASCII)
    if not found or text != numbered(prefix, int(found[1]), int(found[2])):
        raise FormatError("numero is not of its form")
    return int(found[1]), int(found[2])
