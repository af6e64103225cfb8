"""Checkpoints (c2sp.org/tlog-checkpoint): origin, size and root of the log, as the text of a note."""

from dataclasses import dataclass
from typing import Self

from sigasers.errors.formats import BadNoteError
from sigasers.formats.tlog.hashes import EMPTY_ROOT, HASH_BYTES
from sigasers.formats.tlog.note import Note, decimal, decode_base64, encode_base64

_LINES = 3


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """The log ``origin`` had ``size`` leaves with this ``root`` (32 bytes). Our logs have no extension lines."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin or self.size < 0 or len(self.root) != HASH_BYTES:
            raise BadNoteError("no checkpoint")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise BadNoteError("an empty log has one root")

    @property
    def text(self) -> str:
        """The note's text, which is signed."""
        return f"{self.origin}\n{self.size}\n{encode_base64(self.root)}\n"

    @classmethod
    def parse(cls, note: Note) -> Self:
        """Read the text of a note; raises ``BadNoteError``. Signatures are for ``keys.checkpoint``."""
        lines = note.text.removesuffix("\n").split("\n")
        if len(lines) != _LINES:
            raise BadNoteError("checkpoint is not origin, size, root")
        return cls(origin=lines[0], size=decimal(lines[1]), root=decode_base64(lines[2]))
