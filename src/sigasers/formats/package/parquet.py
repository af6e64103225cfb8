"""Decodes a Parquet file that anyone may have made, in batches of bounded size.

A file of 10 MB can claim little and decode to 100 GB: one long text and a million references to it. So what the
footer claims is held against limits first; texts are kept as references to a dictionary until their true size is
known; and a batch that would be too large is halved. A page that lies about its own size is stopped by the memory
limit of the process alone, which the centre sets for its verifying child.
"""

import io
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sigasers.errors.formats import BadParquetError, LimitError
from sigasers.formats.column_type import Column
from sigasers.formats.package.footer import Chunk, Footer, RowGroup, parse_footer
from sigasers.formats.package.limits import PackageLimits

_MAGIC = b"PAR1"
_TAIL_BYTES = 8
_CODECS = {0, 6}  # uncompressed, zstd
_ENCODINGS = {0, 2, 3, 4, 8}  # plain, dictionaries, runs, bits; the delta encodings repeat texts at no cost
_BATCH_CELLS = 1_000_000
_FOREIGN = (pa.ArrowException, OSError, ValueError, TypeError, KeyError, IndexError, OverflowError)


class BoundedParquet:
    """A Parquet file whose claims hold to ``limits`` and whose columns are exactly ``columns``.

    Building it raises ``BadParquetError`` or ``LimitError``. ``decoded_bytes`` counts what was decoded so far,
    from ``spent_bytes`` on: what the package's other tables took. ``known`` is the footer as Arrow reads it, of
    bytes whose claims were held against limits before: they are not walked again.
    """

    def __init__(
        self,
        source: BinaryIO,
        columns: tuple[Column, ...],
        limits: PackageLimits,
        *,
        spent_bytes: int = 0,
        known: pq.FileMetaData | None = None,
    ) -> None:
        self._limits = limits
        self._columns = columns
        self._texts = [column.nombre for column in columns if column.tipo.varies_in_length]
        self.decoded_bytes = spent_bytes
        if known is None:
            self._check_claims(parse_footer(_footer_bytes(source, limits)))
        with _foreign_errors():
            self._file = pq.ParquetFile(source, metadata=known, read_dictionary=self._texts, pre_buffer=False)

    @property
    def matches_columns(self) -> bool:
        """Whether names, order and Arrow types are those of the columns."""
        with _foreign_errors():
            return bool(self._file.schema_arrow.equals(self._expected_schema(), check_metadata=False))

    def batches(self, names: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Give all rows with their plain Arrow types; raises ``BadParquetError`` or ``LimitError``.

        With ``names`` only those columns are read, in the file's order.
        """
        width = len(self._columns if names is None else names)
        rows = max(1, min(self._limits.row_group_rows, _BATCH_CELLS // max(1, width)))
        with _foreign_errors():
            for batch in self._file.iter_batches(batch_size=rows, columns=names, use_threads=False):
                _validate(batch)
                for part in self._parts(batch):
                    yield self._plain(part)

    def _expected_schema(self) -> pa.Schema:
        fields = [column.arrow for column in self._columns]
        return pa.schema(
            [
                field.with_type(pa.dictionary(pa.int32(), field.type))
                if column.tipo.varies_in_length
                else field
                for field, column in zip(fields, self._columns, strict=True)
            ]
        )

    def _check_claims(self, footer: Footer) -> None:
        limits = self._limits
        _within("filas", footer.rows, limits.table_rows)
        _within("grupos de filas", len(footer.groups), limits.row_groups)
        for group in footer.groups:
            _within("filas en un grupo", group.rows, limits.row_group_rows)
            _within("columnas", len(group.chunks), limits.columns)
            for chunk in group.chunks:
                _check_chunk(chunk, group)
        claimed = sum(chunk.size for group in footer.groups for chunk in group.chunks)
        _within("bytes al abrir", claimed, limits.decoded_bytes)

    def _parts(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """Give ``batch`` in parts whose texts fit in ``batch_bytes`` once they are written out."""
        size = sum(_written_out_bytes(column) for column in batch.columns)
        if size <= self._limits.batch_bytes or batch.num_rows == 1:
            _within("bytes en una fila", size, self._limits.batch_bytes)
            self.decoded_bytes += size
            _within("bytes al abrir", self.decoded_bytes, self._limits.decoded_bytes)
            yield batch
            return
        half = batch.num_rows // 2
        yield from self._parts(batch.slice(0, half))
        yield from self._parts(batch.slice(half))

    def _plain(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        columns = [
            column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
            for column in batch.columns
        ]
        return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def trusted_footer(source: BinaryIO) -> pq.FileMetaData:
    """Give the footer of a file that was verified before, or is our own; raises ``BadParquetError``."""
    with _foreign_errors():
        return pq.read_metadata(source)


def _written_out_bytes(column: pa.Array) -> int:
    """Give how many bytes ``column`` takes once each text is written out."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    lengths = pc.binary_length(column.dictionary).cast(pa.int64())
    return int(pc.sum(lengths.take(column.indices)).as_py() or 0)


def _validate(batch: pa.RecordBatch) -> None:
    """Refuse what decoding lets pass: texts that are not UTF-8, decimals of more digits than their type."""
    for column in batch.columns:
        checked = column.dictionary if pa.types.is_dictionary(column.type) else column
        checked.validate(full=True)


def _footer_bytes(source: BinaryIO, limits: PackageLimits) -> bytes:
    """Give the footer, its length held against its limit and the file before anything is allocated for it."""
    size = source.seek(0, io.SEEK_END)
    if size < _TAIL_BYTES + len(_MAGIC):
        raise BadParquetError("too short for a parquet file")
    source.seek(size - _TAIL_BYTES)
    length, magic = struct.unpack("<I4s", source.read(_TAIL_BYTES))
    if magic != _MAGIC or length > size - _TAIL_BYTES - len(_MAGIC):
        raise BadParquetError("no parquet file at its end")
    _within("bytes de cabecera", length, limits.footer_bytes)
    source.seek(size - _TAIL_BYTES - length)
    return source.read(length)


def _check_chunk(chunk: Chunk, group: RowGroup) -> None:
    if chunk.codec not in _CODECS or not chunk.encodings <= _ENCODINGS:
        raise BadParquetError("a codec or an encoding that packages do not use")
    if chunk.values != group.rows:
        raise BadParquetError("a column with other rows than its group")


def _within(what: str, found: int, limit: int) -> None:
    if not 0 <= found <= limit:
        raise LimitError(what, que=what, hallado=found, limite=limit)


@contextmanager
def _foreign_errors() -> Iterator[None]:
    """Turn what Arrow says of a bad file into ours; our own errors and a lack of memory pass through."""
    try:
        yield
    except pa.ArrowMemoryError:
        raise
    except _FOREIGN as error:
        raise BadParquetError(f"arrow refuses the file: {type(error).__name__}") from error
