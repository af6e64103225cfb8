"""The values by which rows are ordered: as they compare, whether they increase, how they sort."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.formats.column_type import Column, Kind


def padded_keys(rows: pa.Table, columns: Sequence[Column], names: Sequence[str]) -> pa.Table:
    """Give the columns ``names`` as they compare, each in one chunk."""
    types = {column.nombre: column.tipo for column in columns}
    arrays = []
    for name in names:
        values = rows.column(name).combine_chunks()
        if types[name].kind is Kind.CHAR:
            values = pc.utf8_rpad(values, width=types[name].length, padding=" ")
        arrays.append(values)
    return pa.table(arrays, names=list(names))


def sort_indices(keys: pa.Table) -> pa.Array:
    """Give the order of the rows of ``keys``: ascending by each column in turn, null first, then NaN."""
    ascending = [(name, "ascending", "at_start") for name in keys.schema.names]
    return pc.sort_indices(keys, sort_keys=ascending)


def is_increasing(keys: pa.Table, *, strictly: bool) -> bool:
    """Tell whether each row of ``keys`` comes after the one before (or, not strictly, is equal to it)."""
    if keys.num_rows < 2:
        return True
    less, equal = _compared(keys)
    return bool(pc.all(less if strictly else pc.or_(less, equal)).as_py())


def equal_neighbours(keys: pa.Table) -> int:
    """Count the rows that equal the one before."""
    return int(pc.sum(_compared(keys)[1]).as_py() or 0) if keys.num_rows > 1 else 0


def _compared(keys: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Compare each row with the one before: after it, equal to it."""
    size = keys.num_rows - 1
    less = pa.nulls(size, pa.bool_()).fill_null(False)  # noqa: FBT003
    equal = pa.nulls(size, pa.bool_()).fill_null(True)  # noqa: FBT003
    for column in keys.columns:
        values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        column_less, column_equal = _compared_column(values.slice(0, size), values.slice(1))
        less = pc.or_(less, pc.and_(equal, column_less))
        equal = pc.and_(equal, column_equal)
    return less, equal


def _compared_column(before: pa.Array, after: pa.Array) -> tuple[pa.Array, pa.Array]:
    less, equal = pc.less(before, after), pc.equal(before, after)
    if pa.types.is_floating(before.type):  # NaN sorts after null and before the numbers, and equals itself
        less = pc.or_(less, pc.and_(pc.is_nan(before), pc.invert(pc.is_nan(after))))
        equal = pc.or_(equal, pc.and_(pc.is_nan(before), pc.is_nan(after)))
    if not before.null_count and not after.null_count:
        return less, equal
    gone, there = pc.is_null(before), pc.is_valid(after)
    less = pc.or_(less.fill_null(False), pc.and_(gone, there))  # noqa: FBT003
    equal = pc.or_(equal.fill_null(False), pc.and_(gone, pc.invert(there)))  # noqa: FBT003
    return less, equal
