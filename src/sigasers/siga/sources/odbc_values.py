"""Values as they travelled through ODBC, made the column's exact type, or refused (``Place.bad``).

Almost always the engine's own type is the wanted one, and nothing is done. Where the catalogue says otherwise (a code
kept as text, money kept as a number of less scale) the chunk is cast by Arrow, and only when that fails is it looked
at row by row, so that the error can name the row. ``first`` is the ordinal of the chunk's first row.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.formats.column_type import Kind
from sigasers.siga.sources.odbc_dialect import Carrier
from sigasers.siga.sources.place import Place
from sigasers.siga.sources.stored_numbers import unscaled_real

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?)?")
_CUT = "Hora con fracciones menores que un microsegundo; se recortaron."
_INEXACT = "Número de coma flotante con más cifras de las que admite la columna; se redondeó."
_MORE_DIGITS = "número con más cifras que la columna"
_NO_NUMBER = "se esperaba un número y hay otra cosa"
_NO_TIME = "se esperaba una fecha del año 1 al 9999"
_LOW, _HIGH = -(2**63), 2**63 - 1


def converted(place: Place, carrier: Carrier, raw: pa.Array, first: int) -> pa.Array:
    """Give a chunk of a column in its exact type; raises ``TableReadError``."""
    wanted = place.column.tipo.arrow
    if raw.null_count == len(raw):
        return pa.nulls(len(raw), wanted)
    if carrier.es_hex:
        raw = _bytes(place, raw, first)
    if raw.type == wanted:
        return raw
    if pa.types.is_decimal(raw.type) and pa.types.is_decimal(wanted):
        return _rescaled(place, raw, first)
    if pa.types.is_string(raw.type) and pa.types.is_decimal(wanted):
        return _rescaled(place, raw, first)
    if pa.types.is_string(raw.type) and place.column.tipo.kind is Kind.FECHA_HORA:
        return _times(place, raw, first)
    return _by_row(place, raw, first, _READERS[place.column.tipo.kind])


def _rescaled(place: Place, raw: pa.Array, first: int) -> pa.Array:
    """Change precision and scale, or read digits; Arrow refuses what would be lost, and what is no number."""
    found = _cast_or_none(raw, place.column.tipo.arrow)
    return _by_row(place, raw, first, _decimal) if found is None else found


def _cast_or_none(values: pa.Array, to: pa.DataType) -> pa.Array | None:
    """Cast; ``None`` for what Arrow refuses, whose error must not be the context of ours: it quotes the value."""
    try:
        return pc.cast(values, to)
    except pa.ArrowInvalid:
        return None


def _times(place: Place, raw: pa.Array, first: int) -> pa.Array:
    """Read times in text; the seventh digit of a fraction is cut, and observed if it was not 0."""
    short = pc.utf8_slice_codeunits(raw, 0, 26)
    rest = pc.utf8_slice_codeunits(raw, 26, 60)
    found = _cast_or_none(short, place.column.tipo.arrow)
    if found is not None and pc.all(pc.is_in(rest.drop_null(), pa.array(["", "0"]))).as_py():
        return found
    return _by_row(place, raw, first, _time)


def _by_row(place: Place, raw: pa.Array, first: int, reader: Callable[[Place, Any, int], Any]) -> pa.Array:
    found = [
        None if value is None else reader(place, value, first + index)
        for index, value in enumerate(raw.to_pylist())
    ]
    return pa.array(found, place.column.tipo.arrow)


def _decimal(place: Place, value: Any, row: int) -> Decimal:
    scale = place.column.tipo.scale
    if isinstance(value, float):
        return _of_real(place, value, row)
    number = _number(place, value, row)
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        raise place.bad(_NO_NUMBER, row)
    unscaled = int("".join(map(str, digits)) or "0")
    whole, lost = _shifted(unscaled, exponent + scale)
    if lost:
        raise place.bad("número con más decimales que la columna", row)
    return _of_unscaled(place, -whole if sign else whole, row)


def _of_real(place: Place, value: float, row: int) -> Decimal:
    if not math.isfinite(value):
        raise place.bad(_NO_NUMBER, row)
    whole, inexact = unscaled_real(value, place.column.tipo.scale)
    if inexact:
        place.note("real_inexacto", _INEXACT, row)
    return _of_unscaled(place, whole, row)


def _of_unscaled(place: Place, whole: int, row: int) -> Decimal:
    if abs(whole) >= 10**place.column.tipo.precision:
        raise place.bad(_MORE_DIGITS, row)
    return Decimal((int(whole < 0), tuple(map(int, str(abs(whole)))), -place.column.tipo.scale))


def _shifted(unscaled: int, places: int) -> tuple[int, bool]:
    """Multiply by a power of ten; tells whether digits other than 0 were lost. Bounded: no text makes it huge."""
    if abs(places) > 400:
        return 0, unscaled != 0
    if places >= 0:
        return unscaled * 10**places, False
    whole, rest = divmod(unscaled, 10**-places)
    return whole, rest != 0


def _number(place: Place, value: Any, row: int) -> Decimal:
    try:
        return Decimal(value.strip() if isinstance(value, str) else value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise place.bad(_NO_NUMBER, row) from _without_text(error)


def _whole(place: Place, value: Any, row: int) -> int:
    number = _number(place, value, row)
    if not number.is_finite() or number != number.to_integral_value():
        raise place.bad("se esperaba un número entero", row)
    if not _LOW <= number <= _HIGH:
        raise place.bad(_MORE_DIGITS, row)
    return int(number)


def _real(place: Place, value: Any, row: int) -> float:
    return value if isinstance(value, float) else float(_number(place, value, row))


def _text(place: Place, value: Any, row: int) -> str:
    if isinstance(value, bytes):
        raise place.bad("se esperaba texto y hay bytes", row)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return (
        value.isoformat()
        if isinstance(value, date)
        else repr(value)
        if isinstance(value, float)
        else str(value)
    )


def _time(place: Place, value: Any, row: int) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    match = _TIME.fullmatch(str(value).strip())
    try:
        if match is None:
            raise ValueError
        fraction = (match[3] or "").ljust(9, "0")
        found = datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00:00'}.{fraction[:6]}")
    except ValueError as error:
        raise place.bad(_NO_TIME, row) from _without_text(error)
    if fraction[6:].strip("0"):
        place.note("fecha_recortada", _CUT, row)
    return found


def _date(place: Place, value: Any, row: int) -> date:
    found = _time(place, value, row)
    if found.time() != time():
        raise place.bad("se esperaba una fecha sin hora", row)
    return found.date()


def _bytes(place: Place, raw: pa.Array, first: int) -> pa.Array:
    found: list[bytes | None] = []
    for index, digits in enumerate(raw.to_pylist()):
        try:
            found.append(None if digits is None else bytes.fromhex(digits))
        except ValueError as error:
            raise place.bad("se esperaban bytes", first + index) from _without_text(error)
    return pa.array(found, pa.binary())


def _binary(place: Place, value: Any, row: int) -> bytes:
    if not isinstance(value, bytes):
        raise place.bad("se esperaban bytes", row)
    return value


def _without_text(error: Exception) -> Exception:
    """Give the same kind of error without its words, which quote the value."""
    return type(error)()


_READERS: dict[Kind, Callable[[Place, Any, int], Any]] = {
    Kind.DECIMAL: _decimal,
    Kind.ENTERO: _whole,
    Kind.REAL: _real,
    Kind.CHAR: _text,
    Kind.TEXTO: _text,
    Kind.FECHA: _date,
    Kind.FECHA_HORA: _time,
    Kind.BINARIO: _binary,
}
