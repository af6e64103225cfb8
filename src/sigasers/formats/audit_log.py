"""The audit file's lines: one canonical JSON object each, chained by SHA-256 (``docs/spec/audit-log.md``).

It knows one line at a time; files, locks and the walk over all lines are ``host.audit`` and ``host.audit_check``.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sigasers.errors.formats import FormatError
from sigasers.formats import strict_json
from sigasers.formats.json_fields import Fields
from sigasers.formats.visible_text import visible
from sigasers.model import Instant

Value = str | int | bool | None

VERSION = 1
MAX_LINE_BYTES = 40 << 10  # 28 texts of 300 characters of 4 bytes each, and the frame around them
MAX_TEXT = 300
MAX_DATA = 24
NO_DIGEST = "0" * 64
_CUT = "…"
_ACT = re.compile(r"[a-z0-9_]{1,24}(?:\.[a-z0-9_]{1,24}){0,3}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LARGEST = 2**53 - 1


@dataclass(frozen=True, order=True)
class Head:
    """Where a chain stands: the number of its last entry and the SHA-256 of that line, line feed included."""

    n: int
    digest: str

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Read ``N:DIGEST``, as ``str`` writes it; raises ``FormatError``."""
        number, _, digest = text.partition(":")
        if not re.fullmatch(r"[1-9][0-9]{0,14}", number) or not _DIGEST.fullmatch(digest):
            raise FormatError("no head of an audit file")
        return cls(int(number), digest)

    def __str__(self) -> str:
        return f"{self.n}:{self.digest}"


EMPTY = Head(0, NO_DIGEST)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One act. ``quien``: the account that did it, if any; ``cuenta``: that of the operating system.

    ``datos`` are bounded texts, whole numbers and truth values, without secrets.
    """

    n: int
    cuando: Instant
    quien: str | None
    cuenta: str
    equipo: str
    programa: str
    hecho: str
    datos: Mapping[str, Value]
    anterior: str

    def to_line(self) -> bytes:
        """Give the line: canonical JSON (RFC 8785 for these values), UTF-8, and a line feed.

        Texts are made visible and cut to ``MAX_TEXT`` characters. Raises ``ValueError`` for an act or a name of a
        datum that the format cannot have: those are ours, never a person's.
        """
        if not _ACT.fullmatch(self.hecho) or len(self.datos) > MAX_DATA:
            raise ValueError(f"audit entry {self.hecho!r}")
        if not all(_NAME.fullmatch(name) for name in self.datos):
            raise ValueError(f"audit entry {self.hecho}: name of a datum")
        who = {"quien": self.quien, "cuenta": self.cuenta, "equipo": self.equipo, "programa": self.programa}
        return canonical(
            {
                "v": VERSION,
                "n": self.n,
                "cuando": str(self.cuando),
                **{name: bounded(value) for name, value in who.items()},
                "hecho": self.hecho,
                "datos": {name: bounded(value) for name, value in self.datos.items()},
                "anterior": self.anterior,
            }
        )


def bounded(value: Value) -> Value:
    """Give ``value`` as an entry may hold it: visible, not too long, a whole number that every reader has exactly."""
    if isinstance(value, str):
        text = visible(value[: MAX_TEXT + 1])
        return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + _CUT
    if isinstance(value, int) and not -_LARGEST <= value <= _LARGEST:
        return bounded(str(value))
    return value


def canonical(value: Mapping[str, object]) -> bytes:
    """Give an object as one line: names sorted, no blanks, only what JSON must escape escaped, a line feed."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def digest_of(line: bytes) -> str:
    """Give the SHA-256 of a line, its line feed included, in hexadecimal."""
    return hashlib.sha256(line).hexdigest()


def parse_line(line: bytes) -> Entry:
    """Read a line with its line feed; raises ``FormatError`` for any other bytes than ``canonical`` gives.

    Names that a newer version added are ignored; the chain holds over them all the same.
    """
    if not line.endswith(b"\n"):
        raise FormatError("line without end")
    value = strict_json.loads(line[:-1], max_bytes=MAX_LINE_BYTES)
    fields = Fields(value, "asiento")
    if canonical(fields.raw) != line:
        raise FormatError("line is not canonical")
    fields.integer("v", minimum=1)
    return Entry(
        n=fields.integer("n", minimum=1),
        cuando=fields.parsed("cuando", Instant.parse),
        quien=fields.text("quien", max_chars=MAX_TEXT) if fields.optional("quien") else None,
        cuenta=fields.text("cuenta", max_chars=MAX_TEXT),
        equipo=fields.text("equipo", max_chars=MAX_TEXT),
        programa=fields.text("programa", max_chars=MAX_TEXT),
        hecho=fields.parsed("hecho", _act),
        datos=_data(fields.object("datos")),
        anterior=fields.parsed("anterior", _digest),
    )


def _act(text: str) -> str:
    if not _ACT.fullmatch(text):
        raise ValueError("act")
    return text


def _digest(text: str) -> str:
    if not _DIGEST.fullmatch(text):
        raise ValueError("digest")
    return text


def _data(fields: Fields) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in fields.raw.items():
        if value is not None and not isinstance(value, str | int):
            raise FormatError(f"asiento.datos.{name[:32]} is not of its type")
        found[name] = value
    return found
