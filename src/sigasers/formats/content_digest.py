"""``resumen_contenido``: SHA-256 over the values of a table (``docs/spec/content-digest.md``).

Two tables have the same digest if and only if they have the same columns and the same rows in the same order.
Batch borders, dictionary pages, compression and library versions do not enter. Memory: one batch.
It does not sort: the caller gives the rows in the order of the package.
"""

import hashlib
import struct
from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.errors.formats import FormatError
from sigasers.formats.column_type import Column, Kind
from sigasers.model.wire import Digest

_HEADER = b"sigasers-resumen-contenido-v1\n"
_PRESENT_RUN, _ABSENT_RUN = b"\x01" * 65_536, b"\x00" * 65_536


class ContentDigest:
    """The running digest of one table with ``columns``; one writer, rows in order."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Start with no rows."""
        self._columns = tuple(columns)
        self._streams = [_ColumnStreams(column) for column in self._columns]
        self._rows = 0

    def update(self, rows: pa.RecordBatch | pa.Table) -> None:
        """Add ``rows``; raises ``FormatError`` if their columns or Arrow types are not those announced."""
        if rows.schema.names != [column.nombre for column in self._columns]:
            raise FormatError("columns differ from those announced")
        for streams, values in zip(self._streams, rows.columns, strict=True):
            for chunk in values.chunks if isinstance(values, pa.ChunkedArray) else (values,):
                streams.update(chunk)
        self._rows += rows.num_rows

    def finish(self) -> Digest:
        """Give the digest of all rows so far; more may follow."""
        total = hashlib.sha256(_HEADER + struct.pack("<QI", self._rows, len(self._columns)))
        for streams in self._streams:
            total.update(streams.summary())
        return Digest(total.hexdigest())


def content_digest(columns: Sequence[Column], batches: Iterable[pa.RecordBatch | pa.Table]) -> Digest:
    """Give the digest of the table with ``columns`` whose rows come in ``batches``."""
    digest = ContentDigest(columns)
    for batch in batches:
        digest.update(batch)
    return digest.finish()


class _ColumnStreams:
    """The three streams of one column: presence, lengths (texts and binaries alone) and values."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._type = column.tipo.arrow
        self._presence = hashlib.sha256()
        self._lengths = hashlib.sha256()
        self._values = hashlib.sha256()

    def update(self, values: pa.Array) -> None:
        if values.type != self._type:
            raise FormatError(f"arrow type {values.type} where {self._type} was announced")
        if values.null_count == len(values):
            self._add_run(_ABSENT_RUN, len(values))
            return
        self._add_presence(values)
        present = values.drop_null() if values.null_count else values
        if self._column.tipo.varies_in_length:
            self._add_texts(present)
        else:
            self._add_fixed(present)

    def _add_presence(self, values: pa.Array) -> None:
        if values.null_count:
            flags = values.is_valid().cast(pa.uint8())
            self._presence.update(_fixed_bytes(flags))
        else:
            self._add_run(_PRESENT_RUN, len(values))

    def _add_run(self, run: bytes, size: int) -> None:
        """Add ``size`` flags, all equal to those of ``run``."""
        for start in range(0, size, len(run)):
            self._presence.update(run[: size - start])

    def _add_texts(self, present: pa.Array) -> None:
        if self._column.tipo.kind is Kind.CHAR:
            present = pc.utf8_rpad(present, width=self._column.tipo.length, padding=" ")
        self._lengths.update(_fixed_bytes(pc.binary_length(present).cast(pa.uint32())))
        offsets = memoryview(present.buffers()[1]).cast("i")
        start, end = offsets[present.offset], offsets[present.offset + len(present)]
        data = present.buffers()[2]
        if data is not None:
            self._values.update(memoryview(data)[start:end])

    def _add_fixed(self, present: pa.Array) -> None:
        if self._column.tipo.kind is Kind.REAL:
            present = _canonical_reals(present)
        self._values.update(_fixed_bytes(present))

    def summary(self) -> bytes:
        name, kind = self._column.nombre.encode(), str(self._column.tipo).encode()
        head = struct.pack("<I", len(name)) + name + struct.pack("<I", len(kind)) + kind
        return head + self._presence.digest() + self._lengths.digest() + self._values.digest()


def _fixed_bytes(values: pa.Array) -> memoryview:
    """Give the little-endian bytes of a null-free array of fixed width, its offset respected."""
    width = values.type.bit_width // 8
    data = values.buffers()[1]
    return memoryview(data)[values.offset * width : (values.offset + len(values)) * width]


def _canonical_reals(values: pa.Array) -> pa.Array:
    """Make -0.0 into 0.0 and every NaN into one."""
    added = pc.add(values, 0.0)
    return pc.if_else(pc.is_nan(added), float("nan"), added)
