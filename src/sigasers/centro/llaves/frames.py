"""Frames between engine and keys process: 4 bytes of length (big-endian), then one JSON object in UTF-8."""

import json
import struct
from collections.abc import Mapping
from typing import IO

from sigasers.errors.centro import KeysProcessError
from sigasers.formats import strict_json

LENGTH = struct.Struct(">I")
MAX_FRAME_BYTES = 8 << 20  # a group of 256 acuses takes about 0.7 MB


def encode(members: Mapping[str, object]) -> bytes:
    """Give the frame of ``members``."""
    body = json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return LENGTH.pack(len(body)) + body


def body_length(prefix: bytes) -> int:
    """Give the length that a frame announces; raises ``KeysProcessError`` if it is over the bound."""
    (length,) = LENGTH.unpack(prefix)
    if length > MAX_FRAME_BYTES:
        raise KeysProcessError(f"frame of {length} bytes")
    return int(length)


def decode(body: bytes) -> dict[str, object]:
    """Read a frame's body; raises ``BadJsonError``, ``KeysProcessError``."""
    members = strict_json.loads(body, max_bytes=MAX_FRAME_BYTES)
    if not isinstance(members, dict):
        raise KeysProcessError("frame is no object")
    return members


def read(stream: IO[bytes]) -> dict[str, object] | None:
    """Read the next frame; ``None`` when the other side has ended."""
    prefix = _read_exactly(stream, LENGTH.size)
    if prefix is None:
        return None
    body = _read_exactly(stream, body_length(prefix))
    return None if body is None else decode(body)


def _read_exactly(stream: IO[bytes], size: int) -> bytes | None:
    data = b""
    while len(data) < size:
        more = stream.read(size - len(data))
        if not more:
            return None
        data += more
    return data
