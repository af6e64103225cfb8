"""Pseudonyms: what stands in a package in place of a personal value (``docs/spec/pseudonyms.md``).

HMAC-SHA256 under a key that only the unit has, over the column's domain and the value's canonical text: equal values
of one domain give one pseudonym, whatever their padding and whether they are kept as number or as text. Who has no
key cannot try values; a plain hash of a DNI is found by counting to 10^8. It keeps no key and reads no file.
"""

import hmac
import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from sigasers.errors.formats import FormatError
from sigasers.formats import base64url
from sigasers.formats.column_type import ColumnType, Kind
from sigasers.model.wire import Identifier

KEY_BYTES = 32
TIPO = ColumnType(Kind.TEXTO)
"""The logical type of a pseudonymised column, whatever it was."""

ALGORITHM = "hmac-sha256-v1"
_CONTEXT = b"sigasers-seudonimo-v1"
_KEY_ID = b"sigasers-seudonimo-llave-v1"
_TAG_BYTES = 16
_DOMAIN = re.compile(r"[a-z][a-z0-9_]{0,31}")
_BLANKS = "\t\n\v\f\r \u00a0"
_ZEROS = re.compile(r"[0-9]+")
# a-z, and the small letters of Windows-1252 that have their capital 32 below: no table of Unicode that may grow.
_CAPITALS = {small: small - 32 for small in (*range(0x61, 0x7B), *range(0xE0, 0xF7), *range(0xF8, 0xFF))}


@dataclass(frozen=True, order=True)
class Domain:
    """What kind of person's mark a column holds (``dni``, ``empleado``): columns of one domain can be joined."""

    nombre: str

    def __post_init__(self) -> None:
        if not _DOMAIN.fullmatch(self.nombre):
            raise FormatError("bad domain of pseudonyms")

    def __str__(self) -> str:
        return self.nombre


@dataclass(frozen=True, kw_only=True, repr=False)
class PseudonymKey:
    """The unit's secret, 32 bytes; it shows its id alone."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise FormatError("key of pseudonyms of another length")

    @property
    def kid(self) -> Identifier:
        """What a manifest calls this key; it tells nothing of it."""
        tag = hmac.digest(self.secret, _KEY_ID, "sha256")[:_TAG_BYTES]
        return Identifier(base64url.encode(tag))

    def pseudonym(self, domain: Domain, value: object) -> str:
        """Give the pseudonym of one value: 32 hexadecimal digits, or '' for a blank text."""
        text = canonical(value)
        if not text:
            return ""
        message = b"\0".join((_CONTEXT, domain.nombre.encode(), text.encode()))
        return hmac.digest(self.secret, message, "sha256")[:_TAG_BYTES].hex()

    def pseudonyms(self, domain: Domain, values: pa.Array) -> pa.Array:
        """Give the pseudonyms of a column's chunk, as Arrow strings; null stays null. One HMAC a distinct value."""
        encoded = values.dictionary_encode()
        known = [self.pseudonym(domain, value) for value in encoded.dictionary.to_pylist()]
        return pa.array(known, pa.string()).take(encoded.indices)

    def __repr__(self) -> str:
        return f"PseudonymKey({self.kid})"


def canonical(value: object) -> str:
    """Give the canonical text of a value of any logical type (spec, section 2); '' for a blank text."""
    match value:
        case str():
            return _text(value)
        case Decimal():
            return _decimal(value)
        case float():
            return _real(value)
        case bytes():
            return f"0X{value.hex().upper()}"
        case date():  # a datetime is one
            return value.isoformat()
        case int():
            return str(value)
    raise FormatError(f"no canonical text of {type(value).__name__}")


def _text(value: str) -> str:
    text = unicodedata.normalize("NFC", value).strip(_BLANKS).translate(_CAPITALS)
    return text.lstrip("0") or "0" if _ZEROS.fullmatch(text) else text


def _decimal(value: Decimal) -> str:
    text = format(value, "f")  # no rounding: ``normalize`` would round to 28 digits
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _real(value: float) -> str:
    if math.isfinite(value) and value == int(value):
        return str(int(value))
    return repr(value)
