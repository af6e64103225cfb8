"""Rows as CSV (``docs/spec/csv.md``): RFC 4180, exact values, null apart from '', no cell that a spreadsheet runs.

Vectorised: a batch becomes one piece of bytes. It opens no file and decides no name.
"""

import codecs
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.errors.formats import BadParquetError
from sigasers.formats.column_type import Column, Kind
from sigasers.formats.visible_text import visible

BOM = codecs.BOM_UTF8
"""Tells Excel on Windows that the file is UTF-8."""

_PIECE_BYTES = 2 << 20  # of values; their texts, with quotes and marks, take several times that for a moment
_LINE_END = "\r\n"
# What a spreadsheet takes for the start of a formula, wide forms too; and our own mark, so that it can be taken off.
_RISKY = "^['=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_MARK = "'"
_NO_FRACTION = r"\.000000$"


def csv_pieces(
    columns: Sequence[Column], batches: Iterable[pa.RecordBatch], *, protected: bool
) -> Iterator[bytes]:
    """Give a whole file: byte order mark, a line of names, a line for each row. Memory: one batch and some 16 MiB.

    ``protected`` puts ``'`` before each text that a spreadsheet would run as a formula. Raises ``BadParquetError`` for
    values that have no text, such as a date beyond any calendar.
    """
    names = _quoted(
        pa.array([visible(column.nombre) for column in columns], pa.string()), protected=protected
    )
    yield BOM + ",".join(names.to_pylist()).encode() + _LINE_END.encode()
    for batch in batches:
        rows = max(1, batch.num_rows * _PIECE_BYTES // max(1, batch.nbytes))
        for start in range(0, batch.num_rows, rows):
            yield _lines(columns, batch.slice(start, rows), protected=protected)


def _lines(columns: Sequence[Column], batch: pa.RecordBatch, *, protected: bool) -> bytes:
    try:
        cells = [
            _cells(column, values, protected=protected)
            for column, values in zip(columns, batch.columns, strict=True)
        ]
        joined = pc.binary_join_element_wise(*cells, ",")
        lines = pc.binary_join_element_wise(joined, "", _LINE_END)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError, OverflowError) as error:
        raise BadParquetError(f"no text of a value: {type(error).__name__}") from error
    offsets = memoryview(lines.buffers()[1]).cast("i")
    start, end = offsets[lines.offset], offsets[lines.offset + len(lines)]
    return bytes(memoryview(lines.buffers()[2])[start:end])


def _cells(column: Column, values: pa.Array, *, protected: bool) -> pa.Array:
    """Give the cells of a column; null is nothing at all between two commas."""
    match column.tipo.kind:
        case Kind.CHAR | Kind.TEXTO:
            cells = _quoted(values, protected=protected)
        case Kind.BINARIO:
            cells = pa.array(
                [None if value is None else f"0x{value.hex()}" for value in values.to_pylist()], pa.string()
            )
        case Kind.DECIMAL:
            cells = _decimals(values)
        case Kind.FECHA_HORA:
            cells = pc.replace_substring_regex(values.cast(pa.string()), _NO_FRACTION, "")
        case _:
            cells = values.cast(pa.string())
    return cells.fill_null("")


def _quoted(values: pa.Array, *, protected: bool) -> pa.Array:
    if protected:
        marked = pc.binary_join_element_wise(_MARK, values, "")
        values = pc.if_else(pc.match_substring_regex(values, _RISKY), marked, values)
    doubled = pc.replace_substring(values, '"', '""')
    return pc.binary_join_element_wise('"', doubled, '"', "")


def _decimals(values: pa.Array) -> pa.Array:
    """Give all digits of each number; Arrow writes small ones with an exponent, which we do not."""
    cells = values.cast(pa.string())
    if not pc.any(pc.match_substring(cells, "E")).as_py():
        return cells
    return pa.array(
        [None if value is None else format(value, "f") for value in values.to_pylist()], pa.string()
    )
