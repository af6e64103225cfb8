"""Reads bytes of a file at a place: exactly as many as asked, or an error of ours."""

import io
from typing import BinaryIO

from sigasers.errors.formats import RarCutError, UnreadableError
from sigasers.mensajes.motivos import motivo


def read_at(file: BinaryIO, at: int, count: int) -> bytes:
    """Give exactly ``count`` bytes from ``at`` on; raises ``RarCutError`` where the file ends before.

    Unbuffered files may give fewer at once. The disk's own errors become ``UnreadableError``.
    """
    pieces: list[bytes] = []
    try:
        file.seek(at)
        while count > 0 and (piece := file.read(count)):
            pieces.append(piece)
            count -= len(piece)
    except OSError as error:
        raise UnreadableError(str(error), motivo=motivo(error)) from error
    if count:
        raise RarCutError(f"{count} bytes missing at the end of the file")
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def size_of(file: BinaryIO) -> int:
    """Give the size of ``file`` in bytes; raises ``UnreadableError``."""
    try:
        return file.seek(0, io.SEEK_END)
    except OSError as error:
        raise UnreadableError(str(error), motivo=motivo(error)) from error
