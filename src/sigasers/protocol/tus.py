"""The server side of tus 1.0.0 as values: headers read, pieces judged, an upload's states as a table.

Source: https://tus.io/protocols/resumable-upload (1.0.0), sections Core, Creation, Checksum, Termination,
Expiration; ``docs/spec/wire.md`` says what of it this system uses. No disk, no network, no clock: whoever
stores the bytes asks here first and tells afterwards what became of them.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from sigasers.errors.centro import (
    OffsetError,
    PieceTooLongError,
    TusHeaderError,
    TusVersionError,
    UploadBusyError,
    UploadGoneError,
)

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,termination,expiration"
CONTENT_TYPE = "application/offset+octet-stream"
_ALGORITHMS = {"sha256": 32, "sha1": 20}  # name -> bytes of digest; sha1 because the protocol demands it
ALGORITHMS = ",".join(_ALGORITHMS)
_MAX_METADATA_CHARS = 4096


class State(Enum):
    """Where an upload is: nobody writes, a PATCH writes, that PATCH was told to end, whole, or gone."""

    IDLE = "idle"
    RECEIVING = "receiving"
    YIELDING = "yielding"
    WHOLE = "whole"
    GONE = "gone"


class Event(Enum):
    """What happens to an upload. KEPT: a piece is checked and synced; DROPPED: it was cut off again."""

    PATCH = "patch"
    HEAD = "head"
    KEPT = "kept"
    DROPPED = "dropped"
    LAST_KEPT = "last kept"
    DISCARD = "discard"


# A pair that is missing is an error, never a default.
TRANSITIONS: Mapping[tuple[State, Event], State] = {
    (State.IDLE, Event.PATCH): State.RECEIVING,
    (State.IDLE, Event.HEAD): State.IDLE,
    (State.IDLE, Event.LAST_KEPT): State.WHOLE,  # a file of 0 bytes is whole at creation
    (State.IDLE, Event.DISCARD): State.GONE,
    (State.RECEIVING, Event.HEAD): State.YIELDING,
    (State.RECEIVING, Event.KEPT): State.IDLE,
    (State.RECEIVING, Event.DROPPED): State.IDLE,
    (State.RECEIVING, Event.LAST_KEPT): State.WHOLE,
    (State.RECEIVING, Event.DISCARD): State.GONE,
    (State.YIELDING, Event.HEAD): State.YIELDING,
    (State.YIELDING, Event.KEPT): State.IDLE,
    (State.YIELDING, Event.DROPPED): State.IDLE,
    (State.YIELDING, Event.LAST_KEPT): State.WHOLE,
    (State.YIELDING, Event.DISCARD): State.GONE,
    (State.WHOLE, Event.HEAD): State.WHOLE,
    (State.WHOLE, Event.DISCARD): State.GONE,
}


@dataclass(frozen=True, kw_only=True)
class Checksum:
    """The checksum that came with a piece: ``algorithm`` is a name that ``hashlib`` knows."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One PATCH as announced: where it starts, how long it is (None: chunked), its checksum if any."""

    offset_bytes: int
    length_bytes: int | None
    checksum: Checksum | None


@dataclass(frozen=True, kw_only=True)
class Creation:
    """One POST as announced: the file's size and its metadata, decoded."""

    size_bytes: int
    metadata: Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One upload: ``offset_bytes`` of ``size_bytes`` are checked and synced."""

    size_bytes: int
    offset_bytes: int = 0
    state: State = State.IDLE

    def begin(self, piece: Piece) -> "Upload":
        """Let ``piece`` start; a whole or discarded upload takes none.

        Raises ``UploadBusyError``, ``UploadGoneError``, ``OffsetError``, ``PieceTooLongError``.
        """
        if self.state in {State.RECEIVING, State.YIELDING}:
            raise UploadBusyError("another patch is under way")
        if piece.offset_bytes != self.offset_bytes and self.state is not State.GONE:
            raise OffsetError("piece starts elsewhere", desplazamiento=self.offset_bytes)
        self.check_room(piece.length_bytes or 0)
        return self._after(Event.PATCH)

    def check_room(self, received_bytes: int) -> None:
        """Refuse a piece that has ``received_bytes`` so far, if it runs over the size: ``PieceTooLongError``."""
        if self.offset_bytes + received_bytes > self.size_bytes:
            raise PieceTooLongError(f"piece runs over {self.size_bytes} bytes")

    def asked(self) -> "Upload":
        """Give the upload after a HEAD: a PATCH that is under way must end (state YIELDING)."""
        return self._after(Event.HEAD)

    def kept(self, received_bytes: int) -> "Upload":
        """Give the upload after ``received_bytes`` more were checked and synced; whole when none is missing."""
        self.check_room(received_bytes)
        offset = self.offset_bytes + received_bytes
        event = Event.LAST_KEPT if offset == self.size_bytes else Event.KEPT
        return replace(self._after(event), offset_bytes=offset)

    def dropped(self) -> "Upload":
        """Give the upload after the piece under way was cut off again."""
        return self._after(Event.DROPPED)

    def discarded(self) -> "Upload":
        """Give the upload after termination, expiry or a whole-file mismatch."""
        return self._after(Event.DISCARD)

    def _after(self, event: Event) -> "Upload":
        state = TRANSITIONS.get((self.state, event))
        if state is None:
            raise UploadGoneError(f"no {event.value} for an upload that is {self.state.value}")
        return replace(self, state=state)


def check_version(headers: Mapping[str, str]) -> None:
    """Refuse a request that speaks another version: ``TusVersionError`` (412)."""
    if headers.get("tus-resumable") != VERSION:
        raise TusVersionError(f"tus version {headers.get('tus-resumable')!r}"[:80])


def read_creation(headers: Mapping[str, str]) -> Creation:
    """Read the headers of a creation; raises ``TusHeaderError``. Sizes are always known: no defer-length."""
    return Creation(
        size_bytes=_number(headers, "upload-length"),
        metadata=read_metadata(headers.get("upload-metadata", "")),
    )


def read_piece(headers: Mapping[str, str], *, creating: bool = False) -> Piece:
    """Read the headers of a PATCH (or of a creation that carries the first piece: offset 0)."""
    length = None if headers.get("content-length") is None else _number(headers, "content-length")
    return Piece(
        offset_bytes=0 if creating else _number(headers, "upload-offset"),
        length_bytes=length,
        checksum=_checksum(headers.get("upload-checksum")),
    )


def read_metadata(text: str) -> dict[str, bytes]:
    """Read ``Upload-Metadata``: pairs apart by commas, each a key and, after one blank, its value in base64."""
    if len(text) > _MAX_METADATA_CHARS:
        raise TusHeaderError("metadata too long", cabecera="Upload-Metadata")
    found: dict[str, bytes] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, _, value = pair.partition(" ")
        if key in found:
            raise TusHeaderError("metadata key twice", cabecera="Upload-Metadata")
        found[key] = _base64(value, "Upload-Metadata")
    return found


def _checksum(text: str | None) -> Checksum | None:
    if text is None:
        return None
    algorithm, _, value = text.partition(" ")
    digest = _base64(value, "Upload-Checksum")
    if _ALGORITHMS.get(algorithm) != len(digest):
        raise TusHeaderError("unknown algorithm or wrong length", cabecera="Upload-Checksum")
    return Checksum(algorithm=algorithm, digest=digest)


def _number(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name, "")
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise TusHeaderError(f"{name} is no number", cabecera=name.title())
    return int(text)


def _base64(text: str, header: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise TusHeaderError("bad base64", cabecera=header) from error
