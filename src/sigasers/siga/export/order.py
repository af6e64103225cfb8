"""Rows in the order of the package (``docs/spec/content-digest.md``, section 4): by key, binary, null first.

The order is ours, whatever the database sorted by: its collations differ. Text compares by code point, which for
UTF-8 is by bytes; ``char(n)`` as padded to n. A table that fits in memory is sorted there. One that does not is passed
on as it comes while it comes in order, which a key's own index often gives; else by an external merge (``merge``).
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from sigasers.formats.column_type import Column
from sigasers.siga.export.keys_of_rows import equal_neighbours, is_increasing, padded_keys, sort_indices
from sigasers.siga.export.merge import merge_runs
from sigasers.siga.export.spill import Run, Spill

SLICE_ROWS = 65_536  # a row group at most; what is copied at a time
_SLICE_CELLS = 1_000_000  # a wide table's whole group would be 225 MB, and a worker holds two
_SLICE_BYTES = 48 << 20  # of long values
_MOST_CHUNKS = (
    100_000  # columns times row groups of a table; a reader takes a footer of 16 MiB, some 130 bytes a chunk
)
_BLOCKS_A_RUN = 24  # as many runs can be merged in the memory that one was made in


class OrderLostError(Exception):
    """Not an error of the tree: rows that were passed on came out of order; read again with ``trusting`` off."""


@dataclass(kw_only=True)
class Ordering:
    """How the rows of one table are put in order.

    ``clave`` empty: all columns order, and equal rows are kept. Rows of equal key are ordered by all columns and
    counted in ``repeated``, known when the rows are used up. ``memory_bytes`` bounds what is held before it is
    spilled into ``make_spill()``. ``expected_rows`` keeps the row groups of a huge table
    within what a reader takes. ``trusting`` passes on what comes in order unsorted. Without ``orders`` (benchmarks
    alone) rows pass as they come.
    """

    columns: Sequence[Column]
    clave: Sequence[str]
    memory_bytes: int
    make_spill: Callable[[], Spill]
    expected_rows: int = 0
    trusting: bool = True
    orders: bool = True
    repeated: int = field(default=0, init=False)

    def rows(self, batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Generator[pa.Table, None, None]:
        """Give all rows in order, in slices of a row group: 65,536 rows, fewer of a wide table or of long values.

        Raises ``OrderLostError`` and what ``batches`` raises.
        """
        chunks = _chunks(batches, schema, self.memory_bytes)
        if not self.orders:
            yield from self._regrouped(chunks)
            return
        first = next(chunks)
        second = next(chunks, None)
        if second is None:
            yield from self._sorted(first)
            return
        pieces = _rejoined(first, second, chunks)
        if self.trusting and self.clave and is_increasing(self._keys(first), strictly=True):
            del first, second
            yield from self._regrouped(self._watched(pieces))
            return
        del first, second
        with self.make_spill() as spill:
            yield from self._regrouped(self._merged(pieces, spill))

    def _sorted(self, rows: pa.Table) -> Iterator[pa.Table]:
        """Sort ``rows`` in memory; a copy is made a slice at a time."""
        keys = self._keys(rows)
        if rows.num_rows < 2 or is_increasing(keys, strictly=bool(self.clave)):
            return _slices(rows, self._slice_rows)
        order, repeated = self._order(rows, keys)
        self.repeated += repeated
        return _taken(rows, order, self._slice_rows)

    def _order(self, rows: pa.Table, keys: pa.Table) -> tuple[pa.Array, int]:
        """Give the order of ``rows`` and how many have the key of the row before; those are ordered by all columns."""
        order = sort_indices(keys)
        repeated = equal_neighbours(keys.take(order)) if self.clave else 0
        return (sort_indices(self._full_keys(rows)), repeated) if repeated else (order, 0)

    def _watched(self, pieces: Iterator[pa.Table]) -> Iterator[pa.Table]:
        """Pass ``pieces`` on as long as each row's key comes after the one before, also across pieces."""
        last: pa.Table | None = None
        for piece in pieces:
            keys = self._keys(piece)
            if not is_increasing(keys if last is None else pa.concat_tables([last, keys]), strictly=True):
                raise OrderLostError
            last = keys.slice(keys.num_rows - 1)
            yield piece

    def _merged(self, pieces: Iterator[pa.Table], spill: Spill) -> Iterator[pa.Table]:
        names = self._full_names()
        runs = [self._run(piece, spill) for piece in pieces]
        last: pa.Table | None = None
        for piece in merge_runs(runs, self.columns, names, self._in_order):
            if self.clave:
                keys = self._keys(piece)
                self.repeated += equal_neighbours(keys if last is None else pa.concat_tables([last, keys]))
                last = keys.slice(keys.num_rows - 1)
            yield piece

    def _run(self, piece: pa.Table, spill: Spill) -> Run:
        order, _ = self._order(piece, self._keys(piece))
        rows = max(1, min(self._slice_rows, piece.num_rows // _BLOCKS_A_RUN))
        return spill.write_run(_taken(piece, order, rows))

    def _in_order(self, piece: pa.Table) -> pa.Table:
        return piece.take(self._order(piece, self._keys(piece))[0])

    @property
    def _slice_rows(self) -> int:
        """Rows of a row group: fewer where the table is wide."""
        width = max(1, len(self.columns))
        fewest = self.expected_rows * width // _MOST_CHUNKS
        return min(SLICE_ROWS, max(1, _SLICE_CELLS // width, fewest))

    def _regrouped(self, pieces: Iterator[pa.Table]) -> Iterator[pa.Table]:
        return regrouped(pieces, self._slice_rows, _SLICE_BYTES)

    def _keys(self, rows: pa.Table) -> pa.Table:
        return padded_keys(rows, self.columns, self.clave or self._full_names())

    def _full_keys(self, rows: pa.Table) -> pa.Table:
        return padded_keys(rows, self.columns, self._full_names())

    def _full_names(self) -> list[str]:
        everything = [column.nombre for column in self.columns]
        return [*self.clave, *(name for name in everything if name not in self.clave)]


def regrouped(pieces: Iterator[pa.Table], slice_rows: int, limit_bytes: int) -> Iterator[pa.Table]:
    """Give the rows of ``pieces`` in tables of ``slice_rows`` each; of fewer where they pass ``limit_bytes``."""
    kept: list[pa.Table] = []
    size = held_bytes = 0
    for piece in pieces:
        rest = piece
        while size + rest.num_rows >= slice_rows:
            room = slice_rows - size
            yield pa.concat_tables([*kept, rest.slice(0, room)])
            kept, size, held_bytes, rest = [], 0, 0, rest.slice(room)
        if rest.num_rows:
            kept.append(rest)
            size, held_bytes = size + rest.num_rows, held_bytes + rest.nbytes
        if held_bytes >= limit_bytes:
            yield pa.concat_tables(kept)
            kept, size, held_bytes = [], 0, 0
    if kept:
        yield pa.concat_tables(kept)


def _chunks(batches: Iterator[pa.RecordBatch], schema: pa.Schema, limit_bytes: int) -> Iterator[pa.Table]:
    """Give the batches gathered into tables of about ``limit_bytes``; at least one table, which may be empty."""
    kept: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        kept.append(batch)
        size += batch.nbytes
        if size >= limit_bytes:
            yield pa.Table.from_batches(kept, schema)
            kept, size = [], 0
    yield pa.Table.from_batches(kept, schema)


def _rejoined(first: pa.Table, second: pa.Table, rest: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Give the pieces again, those that were looked at first; each is let go as it is given, an empty one left out."""
    waiting = deque([first, second])
    del first, second
    while waiting:
        if waiting[0].num_rows:
            yield waiting.popleft()
        else:
            waiting.popleft()
    yield from (piece for piece in rest if piece.num_rows)


def _slices(rows: pa.Table, size: int) -> Iterator[pa.Table]:
    for start in range(0, rows.num_rows, size):
        yield rows.slice(start, size)


def _taken(rows: pa.Table, order: pa.Array, size: int) -> Iterator[pa.Table]:
    for start in range(0, rows.num_rows, size):
        yield rows.take(order.slice(start, size))
