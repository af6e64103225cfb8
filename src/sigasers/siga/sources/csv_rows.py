"""Rows that an engine wrote as CSV (PostgreSQL's COPY: null is nothing, an empty text is quoted), made exact types.

A block is parsed by Arrow at once. Only when Arrow refuses it is the culprit looked for, value by value, so that the
error can name column and row; what Arrow itself says is dropped, since it quotes the value.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.csv as pacsv

from sigasers.errors.siga import TableReadError
from sigasers.formats.column_type import Column, Kind
from sigasers.siga.sources import texts
from sigasers.siga.sources.place import Place

_TEXTS = (Kind.CHAR, Kind.TEXTO, Kind.BINARIO)
_WANTED = {
    Kind.DECIMAL: "número con más cifras que la columna, o que no es un número",
    Kind.ENTERO: "se esperaba un número entero",
    Kind.REAL: "se esperaba un número",
    Kind.FECHA: "se esperaba una fecha del año 1 al 9999, sin hora",
    Kind.FECHA_HORA: "se esperaba una fecha del año 1 al 9999",
}
_PARSE = pacsv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False)


def parse_rows(lines: Sequence[bytes], places: Sequence[Place], first: int) -> pa.RecordBatch:
    """Give the rows of ``lines``, each one whole row of CSV; ``first`` is the ordinal of the first one.

    Raises ``TableReadError``.
    """
    columns = [place.column for place in places]
    try:
        table = _parsed(lines, {str(index): _raw_type(one) for index, one in enumerate(columns)})
    except pa.ArrowInvalid as error:
        raise _culprit(lines, places, first) from error
    arrays = [
        _finished(place, values.combine_chunks(), first)
        for place, values in zip(places, table.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema([one.arrow for one in columns]))


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
    return pa.string() if one.tipo.kind is Kind.BINARIO else one.tipo.arrow


def _finished(place: Place, values: pa.Array, first: int) -> pa.Array:
    kind = place.column.tipo.kind
    if kind is Kind.BINARIO:
        return _bytes(place, values, first)
    return texts.text(place, values, first) if kind in _TEXTS else values


def _bytes(place: Place, values: pa.Array, first: int) -> pa.Array:
    r"""Read bytes written as ``\x`` and hexadecimal digits."""
    found: list[bytes | None] = []
    for index, text in enumerate(values.to_pylist()):
        try:
            found.append(None if text is None else bytes.fromhex(text.removeprefix("\\x")))
        except ValueError as error:
            raise place.bad("se esperaban bytes", first + index) from error
    return pa.array(found, pa.binary())


def _culprit(lines: Sequence[bytes], places: Sequence[Place], first: int) -> TableReadError:
    """Find the first row with a value that its column cannot hold."""
    types = {str(index): _raw_type(place.column) for index, place in enumerate(places)}
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
    try:
        _parsed(lines, types, only=name)
    except pa.ArrowInvalid:
        return False
    return True
