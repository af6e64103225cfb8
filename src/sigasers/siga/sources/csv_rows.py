"""Rows that an engine wrote as CSV (PostgreSQL's COPY: null is nothing, an empty text is quoted), made exact types.

A block is parsed by Arrow at once. Decimals of up to 18 digits go by way of whole numbers and doubles, which costs a
fraction of reading their digits and is exact: a double nearest to a decimal of s decimals, times 10^s, is off by less
than a quarter as long as it is under 10^15. Whatever is more, or may have more decimals, is read digit by digit.

Only when Arrow refuses a block is the culprit looked for, so that the error can name column and row; what Arrow itself
says is dropped, since it quotes the value.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from sigasers.errors.siga import TableReadError
from sigasers.formats.column_type import Column, Kind
from sigasers.siga.sources import texts
from sigasers.siga.sources.place import Place
from sigasers.siga.sources.scaled import of_unscaled
from sigasers.siga.sources.stored_numbers import EXACT_PRODUCT

_WANTED = {
    Kind.DECIMAL: "número con más cifras que la columna, o que no es un número",
    Kind.ENTERO: "se esperaba un número entero",
    Kind.REAL: "se esperaba un número",
    Kind.FECHA: "se esperaba una fecha del año 1 al 9999, sin hora",
    Kind.FECHA_HORA: "se esperaba una fecha del año 1 al 9999",
}
_INT64_DIGITS = 18
_PARSE = pacsv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False)


def parse_rows(
    lines: Sequence[bytes], places: Sequence[Place], first: int, *, careful: frozenset[str] = frozenset()
) -> pa.RecordBatch:
    """Give the rows of ``lines``, each one whole row of CSV; ``first`` is the ordinal of the first one.

    ``careful`` are columns whose numbers may have more decimals than their type, and days that come with a time of
    day; there, a value that its type does not hold is an error.
    Raises ``TableReadError``.
    """
    columns = [place.column for place in places]
    types = {
        str(index): _careful_type(one) if one.nombre in careful else _raw_type(one)
        for index, one in enumerate(columns)
    }
    table = _parsed_or_none(lines, types)
    if table is None:
        raise _culprit(lines, types, places, first)
    arrays = [
        _finished(place, values.combine_chunks(), first)
        for place, values in zip(places, table.columns, strict=True)
    ]
    doubtful = [index for index, values in enumerate(arrays) if values is None]
    for index in doubtful:
        exact = {**types, str(index): columns[index].tipo.arrow}
        arrays[index] = _digit_by_digit(lines, exact, index, places[index], first)
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema([one.arrow for one in columns]))


def _digit_by_digit(
    lines: Sequence[bytes], types: dict[str, pa.DataType], index: int, place: Place, first: int
) -> pa.Array:
    """Read one column again, as decimals."""
    name = str(index)
    table = _parsed_or_none(lines, types, only=name)
    if table is None:
        raise place.bad(_WANTED[Kind.DECIMAL], first + _first_bad(lines, types, name))
    return table.column(0).combine_chunks()


def _parsed_or_none(
    lines: Sequence[bytes], types: dict[str, pa.DataType], only: str | None = None
) -> pa.Table | None:
    """Parse; ``None`` for what Arrow refuses, whose error must not be the context of ours: it quotes the value."""
    try:
        return _parsed(lines, types, only=only)
    except pa.ArrowInvalid:
        return None


def _parsed(lines: Sequence[bytes], types: dict[str, pa.DataType], only: str | None = None) -> pa.Table:
    block = b"".join(lines)
    return pacsv.read_csv(
        pa.BufferReader(block),
        read_options=pacsv.ReadOptions(
            column_names=list(types), use_threads=False, block_size=len(block) + 1
        ),
        parse_options=_PARSE,
        convert_options=pacsv.ConvertOptions(
            column_types=types,
            include_columns=[only] if only else None,
            check_utf8=False,  # a base without encoding (SQL_ASCII) sends any bytes: they are looked at in ``texts``
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _raw_type(one: Column) -> pa.DataType:
    """Give the type that Arrow parses a column into."""
    tipo = one.tipo
    if tipo.kind is Kind.BINARIO:
        return pa.string()
    if tipo.kind is Kind.DECIMAL and tipo.precision <= _INT64_DIGITS:
        return pa.float64() if tipo.scale else pa.int64()
    return tipo.arrow


def _careful_type(one: Column) -> pa.DataType:
    return pa.timestamp("us") if one.tipo.kind is Kind.FECHA else one.tipo.arrow


def _finished(place: Place, values: pa.Array, first: int) -> pa.Array | None:
    """Give a parsed column its exact type; ``None`` if it must be read digit by digit."""
    kind = place.column.tipo.kind
    if kind is Kind.BINARIO:
        return _bytes(place, values, first)
    if kind is Kind.DECIMAL:
        return _decimals(place, values, first)
    if kind is Kind.FECHA and pa.types.is_timestamp(values.type):
        return _days(place, values, first)
    return texts.text(place, values, first) if place.column.tipo.varies_in_length else values


def _days(place: Place, values: pa.Array, first: int) -> pa.Array:
    timed = pc.not_equal(values, pc.floor_temporal(values, unit="day"))
    if pc.any(timed).as_py():
        raise place.bad(_WANTED[Kind.FECHA], first + int(pc.indices_nonzero(timed)[0].as_py()))
    return pc.cast(values, pa.date32())


def _decimals(place: Place, values: pa.Array, first: int) -> pa.Array | None:
    if pa.types.is_decimal(values.type):
        return values
    if values.null_count == len(values):
        return pa.nulls(len(values), place.column.tipo.arrow)
    if pa.types.is_int64(values.type):
        return of_unscaled(place, values, first)
    whole = pc.round(pc.multiply(values, 10.0**place.column.tipo.scale))
    held = pc.less(pc.abs(whole), EXACT_PRODUCT)  # false for NaN and infinity too
    if not pc.all(held).as_py():
        return None
    return of_unscaled(place, pc.cast(whole, pa.int64()), first)


def _bytes(place: Place, values: pa.Array, first: int) -> pa.Array:
    r"""Read bytes written as ``\x`` and hexadecimal digits."""
    found: list[bytes | None] = []
    for index, digits in enumerate(values.view(pa.binary()).to_pylist()):
        data = None if digits is None else _from_hex(digits)
        if data is None and digits is not None:
            raise place.bad("se esperaban bytes", first + index)
        found.append(data)
    return pa.array(found, pa.binary())


def _from_hex(digits: bytes) -> bytes | None:
    try:
        return bytes.fromhex(digits.removeprefix(b"\\x").decode("ascii"))
    except ValueError:
        return None


def _culprit(
    lines: Sequence[bytes], types: dict[str, pa.DataType], places: Sequence[Place], first: int
) -> TableReadError:
    """Find the first row with a value that its column cannot hold."""
    found = [
        (_first_bad(lines, types, name), place)
        for name, place in zip(types, places, strict=True)
        if not _fits(lines, types, name)
    ]
    if not found:
        return places[0].bad("no se entiende lo que envió el motor", first)
    row, place = min(found, key=lambda one: one[0])
    return place.bad(_WANTED.get(place.column.tipo.kind, "no se entiende el dato"), first + row)


def _first_bad(lines: Sequence[bytes], types: dict[str, pa.DataType], name: str) -> int:
    """Give the place of the first value of column ``name`` that Arrow refuses: halves are tried until it is alone."""
    low, high = 0, len(lines)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(lines[low:middle], types, name) else (low, middle)
    return low


def _fits(lines: Sequence[bytes], types: dict[str, pa.DataType], name: str) -> bool:
    return _parsed_or_none(lines, types, only=name) is not None
