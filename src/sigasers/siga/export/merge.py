"""Sorted runs merged into one order, block by block: memory holds one block of each run.

In each round the smallest of the runs' last keys in sight is the bound: no row at or below it can still be unseen, but
for rows equal to it in every column. What is at or below it in each run is sorted together and given.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from sigasers.formats.column_type import Column
from sigasers.siga.export.keys_of_rows import padded_keys, sort_indices
from sigasers.siga.export.spill import Run

Key = tuple[tuple[int, Any], ...]


def merge_runs(runs: Sequence[Run], columns: Sequence[Column], names: Sequence[str]) -> Iterator[pa.Table]:
    """Give the rows of ``runs``, each sorted by the columns ``names`` (all of them), in one order."""
    cursors = [cursor for run in runs if (cursor := _Cursor(run, columns, names)).advance()]
    while cursors:
        bound = min(cursor.last for cursor in cursors)
        ready = [piece for cursor in cursors if (piece := cursor.take_until(bound)).num_rows]
        joined = pa.concat_tables(ready)
        if len(ready) > 1:
            joined = joined.take(sort_indices(padded_keys(joined, columns, names)))
        yield joined
        cursors = [cursor for cursor in cursors if cursor.has_rows or cursor.advance()]


class _Cursor:
    """What is in sight of one run: a block, its keys, and how far it was given."""

    def __init__(self, run: Run, columns: Sequence[Column], names: Sequence[str]) -> None:
        self._blocks = run.blocks()
        self._columns, self._names = columns, names
        self._rows, self._keys, self._start = pa.table({}), pa.table({}), 0
        self.last: Key = ()

    @property
    def has_rows(self) -> bool:
        return self._start < int(self._rows.num_rows)

    def advance(self) -> bool:
        """Bring the next block in sight; tells whether there is one."""
        block = next(self._blocks, None)
        if block is None:
            return False
        self._rows, self._start = block, 0
        self._keys = padded_keys(block, self._columns, self._names)
        self.last = self._key(block.num_rows - 1)
        return True

    def take_until(self, bound: Key) -> pa.Table:
        """Give the rows whose key is at most ``bound``, found by halves."""
        low, high = self._start, self._rows.num_rows
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._key(middle) <= bound else (low, middle)
        start, self._start = self._start, low
        return self._rows.slice(start, low - start)

    def _key(self, row: int) -> Key:
        return tuple(_comparable(column[row].as_py()) for column in self._keys.columns)


def _comparable(value: Any) -> tuple[int, Any]:
    """Give a value as it sorts in Arrow with nulls at the start: null, NaN, then the rest by value."""
    if value is None:
        return (0, 0)
    return (1, 0) if value != value else (2, value)  # noqa: PLR0124 - only NaN differs from itself
