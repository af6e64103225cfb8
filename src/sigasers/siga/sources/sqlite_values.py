"""What the ADBC driver gave for a column, made the column's exact type, or refused by table, column and row ordinal.

Every function takes one chunk of one column; ``first`` is the ordinal (from 1) of its first row. No value ever stands in
an error or an observation.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.errors.siga import TableReadError
from sigasers.formats.column_type import Column, Kind
from sigasers.siga.sources.seam import NeedsExactError, Notes
from sigasers.siga.sources.stored_numbers import (
    DOUBT,
    EXACT_INTEGER,
    EXACT_PRODUCT,
    unscaled_real,
    unscaled_tagged,
)

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?")
_INEXACT = "Número de coma flotante con más cifras de las que admite la columna; se redondeó."
_CUT_TIME = "Hora con fracciones menores que un microsegundo; se recortaron."
_NOT_UTF8 = "Texto que no está en UTF-8; se leyó como Windows-1252."
_LOW_INT64, _HIGH_INT64 = -(2**63), 2**63 - 1


class ColumnReader:
    """Converts the chunks of one column of ``table``; observations go to ``notes``."""

    def __init__(self, table: str, column: Column, notes: Notes, *, exact: bool) -> None:
        self._table, self._column, self._notes = table, column, notes
        self._convert = _EXACT[column.tipo.kind] if exact else _FAST[column.tipo.kind]

    def convert(self, raw: pa.Array, first: int) -> pa.Array:
        """Give ``raw`` in the column's Arrow type; raises ``TableReadError`` or ``NeedsExactError``."""
        if raw.null_count == len(raw):
            return pa.nulls(len(raw), self._column.tipo.arrow)
        return self._convert(self, raw, first)

    def needs_exact(self) -> NeedsExactError:
        return NeedsExactError(frozenset({self._column.nombre}))

    def bad(self, motivo: str, row: int) -> TableReadError:
        return TableReadError(
            "value does not fit its column",
            tabla=self._table,
            columna=self._column.nombre,
            fila=row,
            motivo=motivo,
        )

    # -- decimals

    def fast_decimal(self, raw: pa.Array, first: int) -> pa.Array:
        """Integers as they are, doubles by the rule of ``stored_numbers``."""
        if pa.types.is_int64(raw.type) and not self._column.tipo.scale:
            return self._of_unscaled(raw, first)
        if not pa.types.is_float64(raw.type) or not self._column.tipo.scale:
            raise self.needs_exact()
        largest = pc.max(pc.abs(raw)).as_py()
        if not largest < EXACT_INTEGER:
            raise self.needs_exact()
        product = pc.multiply(raw, 10.0**self._column.tipo.scale)
        if largest * 10.0**self._column.tipo.scale >= EXACT_PRODUCT:
            return self._by_row(raw, first)
        whole = pc.trunc(pc.add(product, pc.if_else(pc.less(product, 0.0), -0.5, 0.5)))
        off = pc.abs(pc.subtract(product, whole))
        doubtful = pc.greater(off, pc.multiply(pc.abs(product), DOUBT))
        if pc.any(doubtful).as_py():
            self._note_inexact(raw, doubtful, first)
        return self._of_unscaled(pc.cast(whole, pa.int64()), first)

    def _of_unscaled(self, whole: pa.Array, first: int) -> pa.Array:
        """Give int64 scaled integers the column's decimal type, without copying digits about."""
        tipo = self._column.tipo
        limit = 10**tipo.precision
        if limit <= _HIGH_INT64:
            ends = pc.min_max(whole).as_py()
            if ends["min"] <= -limit or ends["max"] >= limit:
                outside = pc.or_(pc.less_equal(whole, -limit), pc.greater_equal(whole, limit))
                raise self.bad("número con más cifras que la columna", first + _first_true(outside))
        wide = pc.cast(whole, pa.decimal128(19, 0))
        return pa.Array.from_buffers(tipo.arrow, len(wide), wide.buffers(), offset=wide.offset)

    def _by_row(self, raw: pa.Array, first: int) -> pa.Array:
        numbers = (None if x is None else unscaled_real(x, self._column.tipo.scale) for x in raw.to_pylist())
        return self._decimals(list(numbers), first)

    def _note_inexact(self, raw: pa.Array, doubtful: pa.Array, first: int) -> None:
        for index in pc.indices_nonzero(doubtful.fill_null(False)).to_pylist():
            if unscaled_real(raw[index].as_py(), self._column.tipo.scale)[1]:
                self._note("real_inexacto", _INEXACT, first + index)

    def exact_decimal(self, raw: pa.Array, first: int) -> pa.Array:
        """Tagged text, value by value."""
        numbers: list[tuple[int, bool] | None] = []
        for index, text in enumerate(raw.to_pylist()):
            number = None if text is None else unscaled_tagged(text, self._column.tipo.scale)
            if number is None and text is not None:
                raise self.bad("se esperaba un número y hay texto", first + index)
            numbers.append(number)
        return self._decimals(numbers, first)

    def _decimals(self, numbers: list[tuple[int, bool] | None], first: int) -> pa.Array:
        limit = 10**self._column.tipo.precision
        for index, number in enumerate(numbers):
            if number is not None and not -limit < number[0] < limit:
                raise self.bad("número con más cifras que la columna", first + index)
            if number is not None and number[1]:
                self._note("real_inexacto", _INEXACT, first + index)
        scale = self._column.tipo.scale
        values = [None if number is None else _decimal(number[0], scale) for number in numbers]
        return pa.array(values, self._column.tipo.arrow)

    # -- other numbers

    def fast_integer(self, raw: pa.Array, first: int) -> pa.Array:
        if not pa.types.is_int64(raw.type):
            raise self.needs_exact()
        return raw

    def exact_integer(self, raw: pa.Array, first: int) -> pa.Array:
        numbers: list[int | None] = []
        for index, text in enumerate(raw.to_pylist()):
            number = None if text is None else unscaled_tagged(text, 0)
            if text is not None and (number is None or number[1]):
                raise self.bad("se esperaba un número entero", first + index)
            if number is not None and not _LOW_INT64 <= number[0] <= _HIGH_INT64:
                raise self.bad("número con más cifras que la columna", first + index)
            numbers.append(None if number is None else number[0])
        return pa.array(numbers, pa.int64())

    def fast_real(self, raw: pa.Array, first: int) -> pa.Array:
        if not pa.types.is_float64(raw.type):
            raise self.needs_exact()
        return raw

    def exact_real(self, raw: pa.Array, first: int) -> pa.Array:
        for index, text in enumerate(raw.to_pylist()):
            if text is not None and text[0] not in "ir":
                raise self.bad("se esperaba un número y hay texto", first + index)
        return pa.array([None if text is None else float(text[1:]) for text in raw.to_pylist()], pa.float64())

    # -- text, bytes, times

    def text(self, raw: pa.Array, first: int) -> pa.Array:
        """Text as stored; bytes in a text column are taken as its text."""
        texts = raw.view(pa.string()) if pa.types.is_binary(raw.type) else raw
        try:
            texts.validate(full=True)
        except pa.ArrowInvalid:
            return self._decoded(raw, first)
        return texts

    def _decoded(self, raw: pa.Array, first: int) -> pa.Array:
        texts: list[str | None] = []
        for index, data in enumerate(raw.view(pa.binary()).to_pylist()):
            try:
                texts.append(None if data is None else data.decode("utf-8"))
            except UnicodeDecodeError:
                texts.append(_windows(data))
                self._note("texto_no_utf8", _NOT_UTF8, first + index)
        return pa.array(texts, pa.string())

    def binary(self, raw: pa.Array, first: int) -> pa.Array:
        return raw.view(pa.binary()) if pa.types.is_string(raw.type) else raw

    def time(self, raw: pa.Array, first: int) -> pa.Array:
        """``AAAA-MM-DD``, with or without time, blank or T between."""
        texts = self.text(raw, first)
        try:
            return pc.cast(texts, self._column.tipo.arrow)
        except pa.ArrowInvalid:
            return self._times_by_row(texts, first)

    def _times_by_row(self, texts: pa.Array, first: int) -> pa.Array:
        values: list[date | None] = []
        for index, text in enumerate(texts.to_pylist()):
            values.append(None if text is None else self._time(text, first + index))
        return pa.array(values, self._column.tipo.arrow)

    def _time(self, text: str, row: int) -> date:
        match = _TIME.fullmatch(text)
        try:
            if match is None:
                raise ValueError
            fraction = (match[4] or "").ljust(9, "0")
            at = datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00'}:{match[3] or '00'}.{fraction[:6]}")
        except ValueError as error:
            raise self.bad("se esperaba una fecha", row) from error
        if self._column.tipo.kind is Kind.FECHA:
            if at.time().isoformat() != "00:00:00":
                raise self.bad("se esperaba una fecha sin hora", row)
            return at.date()
        if fraction[6:].strip("0"):
            self._note("fecha_recortada", _CUT_TIME, row)
        return at

    def _note(self, codigo: str, texto: str, row: int) -> None:
        self._notes.add(codigo, texto, columna=self._column.nombre, fila=row)


_Converter = Callable[[ColumnReader, pa.Array, int], pa.Array]
_FAST: dict[Kind, _Converter] = {
    Kind.DECIMAL: ColumnReader.fast_decimal,
    Kind.ENTERO: ColumnReader.fast_integer,
    Kind.REAL: ColumnReader.fast_real,
    Kind.CHAR: ColumnReader.text,
    Kind.TEXTO: ColumnReader.text,
    Kind.FECHA: ColumnReader.time,
    Kind.FECHA_HORA: ColumnReader.time,
    Kind.BINARIO: ColumnReader.binary,
}
_EXACT = _FAST | {
    Kind.DECIMAL: ColumnReader.exact_decimal,
    Kind.ENTERO: ColumnReader.exact_integer,
    Kind.REAL: ColumnReader.exact_real,
}


def _decimal(unscaled: int, scale: int) -> Decimal:
    """Give the decimal exactly; the constructor from digits never rounds, whatever the context."""
    digits = tuple(int(digit) for digit in str(abs(unscaled)))
    return Decimal((int(unscaled < 0), digits, -scale))


def _first_true(mask: pa.Array) -> int:
    return int(pc.indices_nonzero(mask.fill_null(False))[0].as_py())


def _windows(data: bytes) -> str:
    """Decode Windows-1252, its five holes as Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
