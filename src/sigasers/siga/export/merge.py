"""Sorted runs merged into one order, block by block: memory holds one block of each run.

In each round the smallest of the runs' last rows in sight is the bound: no row at or below it can still be unseen, but
for rows equal to it in every column. What is at or below it in each run is sorted together and given.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from sigasers.formats.column_type import Column
from sigasers.siga.export.keys_of_rows import padded_keys
from sigasers.siga.export.spill import Run


def merge_runs(
    runs: Sequence[Run], columns: Sequence[Column], names: Sequence[str], sort: Callable[[pa.Table], pa.Table]
) -> Iterator[pa.Table]:
    """Give the rows of ``runs``, each sorted by the columns ``names`` (all of them), in one order.

    ``sort`` puts a piece in that order.
    """
    cursors = [cursor for run in runs if (cursor := _Cursor(run, columns, names)).advance()]
    heapq.heapify(cursors)
    while cursors:
        bound = cursors[0].last
        ready = [piece for cursor in cursors if (piece := cursor.take_until(bound)).num_rows]
        yield ready[0] if len(ready) == 1 else sort(pa.concat_tables(ready))
        while cursors and not cursors[0].has_rows:
            if cursors[0].advance():
                heapq.heapreplace(cursors, cursors[0])
            else:
                heapq.heappop(cursors)


class _Row:
    """One row of a block, compared column by column only as far as it takes."""

    __slots__ = ("_cells", "_keys", "_row")

    def __init__(self, keys: Sequence[pa.Array], row: int) -> None:
        self._keys, self._row = keys, row
        self._cells: list[tuple[int, Any]] = []

    def _cell(self, column: int) -> tuple[int, Any]:
        while len(self._cells) <= column:
            self._cells.append(_comparable(self._keys[len(self._cells)][self._row].as_py()))
        return self._cells[column]

    def __lt__(self, other: "_Row") -> bool:
        for column in range(len(self._keys)):
            own, theirs = self._cell(column), other._cell(column)
            if own != theirs:
                return own < theirs
        return False


class _Cursor:
    """What is in sight of one run: a block, its keys, and how far it was given. Cursors compare by their last row."""

    def __init__(self, run: Run, columns: Sequence[Column], names: Sequence[str]) -> None:
        self._blocks = run.blocks()
        self._columns, self._names = columns, names
        self._rows, self._start = pa.table({}), 0
        self._keys: list[pa.Array] = []
        self.last = _Row([], 0)

    @property
    def has_rows(self) -> bool:
        """Whether rows in sight were not given yet."""
        return self._start < int(self._rows.num_rows)

    def advance(self) -> bool:
        """Bring the next block in sight; tells whether there is one."""
        block = next(self._blocks, None)
        if block is None:
            return False
        self._rows, self._start = block, 0
        keys = padded_keys(block, self._columns, self._names)
        self._keys = [column.chunk(0) for column in keys.columns]
        self.last = _Row(self._keys, block.num_rows - 1)
        return True

    def take_until(self, bound: _Row) -> pa.Table:
        """Give the rows at or below ``bound``: none, all, or as many as halving finds."""
        start = low = self._start
        high = int(self._rows.num_rows)
        if not bound < self.last:
            low = high
        elif bound < _Row(self._keys, start):
            high = low
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if bound < _Row(self._keys, middle) else (middle + 1, high)
        self._start = low
        return self._rows.slice(start, low - start)

    def __lt__(self, other: "_Cursor") -> bool:
        return self.last < other.last


def _comparable(value: Any) -> tuple[int, Any]:
    """Give a value as it sorts in Arrow with nulls at the start: null, NaN, then the rest by value."""
    if value is None:
        return (0, 0)
    return (1, 0) if value != value else (2, value)  # noqa: PLR0124 - only NaN differs from itself
