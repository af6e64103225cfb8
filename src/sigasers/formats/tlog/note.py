"""Signed notes (c2sp.org/signed-note): a text, an empty line, signature lines."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Self

from sigasers.errors.formats import BadNoteError

MAX_CHARS = 12_288  # a checkpoint of ours takes 250; the rest is room for 16 cosignatures and more
MAX_SIGNATURES = 64
_ED25519 = b"\x01"  # the signature type of Ed25519 notes
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")  # a lone surrogate has no UTF-8
_KEY_HASH_BYTES = 4


@dataclass(frozen=True, kw_only=True)
class NoteSignature:
    """One signature line: the key's name, the first 4 bytes that identify it, and the signature's bytes."""

    name: str
    key_hash: bytes
    signature: bytes


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note: ``text`` ends in a newline and is what the signatures are over, in UTF-8."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        lines = [
            f"— {item.name} {encode_base64(item.key_hash + item.signature)}\n" for item in self.signatures
        ]
        return self.text + "\n" + "".join(lines)

    @classmethod
    def parse(cls, note: str) -> Self:
        """Read a note; raises ``BadNoteError``. No signature is verified."""
        if len(note) > MAX_CHARS or _CONTROL.search(note):
            raise BadNoteError("note too long or with control characters")
        text, blank, rest = note.rpartition("\n\n")
        if not blank or not text or not rest.endswith("\n"):
            raise BadNoteError("note has no signature after its last empty line")
        lines = rest.removesuffix("\n").split("\n")
        if len(lines) > MAX_SIGNATURES:
            raise BadNoteError(f"note with {len(lines)} signatures")
        return cls(text=text + "\n", signatures=tuple(_signature(line) for line in lines))


def key_hash(name: str, public: bytes) -> bytes:
    """Give the 4 bytes that identify the Ed25519 key ``public`` (32 raw bytes) under ``name``."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_KEY_HASH_BYTES]


def encode_base64(data: bytes) -> str:
    """Give standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes:
    """Read canonical standard base64; raises ``BadNoteError``."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNoteError("not base64") from error
    if encode_base64(data) != text:
        raise BadNoteError("base64 not canonical")
    return data


def decimal(text: str) -> int:
    """Read ASCII decimal without leading zeros, at most 15 digits; raises ``BadNoteError``."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,14}", text, re.ASCII):
        raise BadNoteError("not a decimal number")
    return int(text)


def _signature(line: str) -> NoteSignature:
    found = _LINE.fullmatch(line)
    data = decode_base64(found[2]) if found else b""
    if not found or len(data) <= _KEY_HASH_BYTES:
        raise BadNoteError("not a signature line")
    return NoteSignature(name=found[1], key_hash=data[:_KEY_HASH_BYTES], signature=data[_KEY_HASH_BYTES:])
