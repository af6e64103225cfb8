"""Sorted runs of rows that do not fit in memory, kept encrypted beside the package while a table is merged.

No row of a table touches the disk in clear: each block is sealed with AES-256-GCM under a key that lives in memory
alone and dies with the run. The file is a ``.part``: what a dead run left is removed like any other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sigasers.durable import StagedFile, disk_error
from sigasers.errors.disk import DiskError

_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")
_NONCE_BYTES = 12


@dataclass(frozen=True)
class _Block:
    """Where a block lies in the file, in bytes; its number is its nonce."""

    number: int
    offset: int
    size: int


class Run:
    """A sorted run: blocks to be read once, in order."""

    def __init__(self, spill: "Spill", blocks: list[_Block]) -> None:
        self._spill, self._blocks = spill, blocks

    def blocks(self) -> Iterator[pa.Table]:
        """Give the blocks; raises ``DiskError`` if one does not come back as it was written."""
        for block in self._blocks:
            yield pa.Table.from_batches([self._spill.read(block)])


class Spill:
    """The runs of one table, in ``part``; one thread. Leaving it as a context manager removes the file."""

    def __init__(self, part: StagedFile) -> None:
        self._part = part
        self._cipher = AESGCM(AESGCM.generate_key(256))
        self._count = 0
        self._offset = 0
        try:
            self._reader = part.part.open("rb")
        except OSError as error:
            part.discard()
            raise disk_error(error, part.part) from error

    def write_run(self, pieces: Iterable[pa.Table]) -> Run:
        """Write ``pieces``, sorted rows of one schema, each a block; raises ``DiskError``."""
        return Run(self, [self._write(piece) for piece in pieces if piece.num_rows])

    def _write(self, piece: pa.Table) -> _Block:
        (batch,) = piece.combine_chunks().to_batches()
        sealed = self._cipher.encrypt(_nonce(self._count), _serialized(batch), None)
        block = _Block(self._count, self._offset, len(sealed))
        self._part.write(sealed)
        self._count, self._offset = self._count + 1, self._offset + len(sealed)
        return block

    def read(self, block: _Block) -> pa.RecordBatch:
        """Give a block back."""
        try:
            self._reader.seek(block.offset)
            sealed = self._reader.read(block.size)
            clear = self._cipher.decrypt(_nonce(block.number), sealed, None)
        except OSError as error:
            raise disk_error(error, self._part.part) from error
        except InvalidTag as error:
            text = "el disco no devolvió lo que se grabó"
            raise DiskError("spilled block damaged", ruta=str(self._part.part), motivo=text) from error
        return pa.ipc.open_stream(clear).read_next_batch()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._reader.close()
        self._part.discard()


def _serialized(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=_OPTIONS) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE_BYTES, "big")
