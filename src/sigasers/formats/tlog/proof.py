"""Proofs (c2sp.org/tlog-proof@v1): index, inclusion path and the signed checkpoint it leads to."""

from dataclasses import dataclass
from typing import Self

from sigasers.errors.formats import BadNoteError
from sigasers.formats.tlog.hashes import HASH_BYTES
from sigasers.formats.tlog.note import Note, decimal, decode_base64, encode_base64

FIRST_LINE = "c2sp.org/tlog-proof@v1"
_INDEX = "index "
MAX_PATH = 64


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That the entry at ``index`` is under ``checkpoint`` (the note's exact text); ``path`` from leaf to root."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str

    def __str__(self) -> str:
        hashes = "".join(f"{encode_base64(item)}\n" for item in self.path)
        return f"{FIRST_LINE}\n{_INDEX}{self.index}\n{hashes}\n{self.checkpoint}"

    @property
    def note(self) -> Note:
        """The checkpoint as a note; raises ``BadNoteError``."""
        return Note.parse(self.checkpoint)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a proof; raises ``BadNoteError``. ``extra`` lines, which nothing signs, are refused."""
        head, blank, checkpoint = text.partition("\n\n")
        first, *lines = head.split("\n")
        if not blank or first != FIRST_LINE or not lines or not lines[0].startswith(_INDEX):
            raise BadNoteError("not a tlog-proof of version 1 with an index")
        path = tuple(decode_base64(line) for line in lines[1 : MAX_PATH + 2])
        if len(path) > MAX_PATH or any(len(item) != HASH_BYTES for item in path):
            raise BadNoteError("path too long, or not of sha-256 hashes")
        return cls(index=decimal(lines[0].removeprefix(_INDEX)), path=path, checkpoint=checkpoint)
