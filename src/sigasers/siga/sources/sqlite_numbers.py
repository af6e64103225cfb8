"""Numbers that the ADBC driver gave, made the column's exact type, or refused (``Place.bad``).

The fast functions take what the driver inferred and say when that is not exact; the exact ones take tagged text
(``sqlite_statements.tagged``). ``first`` is the ordinal of the chunk's first row.
"""

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.siga.sources.place import Place
from sigasers.siga.sources.scaled import of_unscaled
from sigasers.siga.sources.stored_numbers import (
    DOUBT,
    EXACT_INTEGER,
    EXACT_PRODUCT,
    NOISELESS,
    unscaled_real,
    unscaled_tagged,
)
from sigasers.siga.sources.texts import readable

_INEXACT = "Número de coma flotante con más cifras de las que admite la columna; se redondeó."
_LOW_INT64, _HIGH_INT64 = -(2**63), 2**63 - 1


def fast_decimal(place: Place, raw: pa.Array, first: int) -> pa.Array:
    """Integers as they are, doubles by the rule of ``stored_numbers``."""
    if pa.types.is_int64(raw.type) and not place.column.tipo.scale:
        return of_unscaled(place, raw, first)
    if not pa.types.is_float64(raw.type) or not place.column.tipo.scale:
        raise place.needs_exact()
    ends = pc.min_max(raw).as_py()
    negative, largest = ends["min"] < 0.0, max(-ends["min"], ends["max"])
    if not largest < EXACT_INTEGER:
        raise place.needs_exact()
    if not largest:
        return of_unscaled(place, pc.cast(raw, pa.int64()), first)
    factor = 10.0**place.column.tipo.scale
    if largest * factor >= EXACT_PRODUCT:
        return _by_row(place, raw, first)
    product = pc.multiply(raw, factor)
    half = pc.if_else(pc.less(product, 0.0), -0.5, 0.5) if negative else 0.5
    size = pc.abs(product) if negative else product
    whole = pc.trunc(pc.add(product, half))
    off = pc.abs(pc.subtract(product, whole))
    doubtful = pc.greater(off, pc.multiply(size, DOUBT))
    if largest * factor >= NOISELESS:
        doubtful = pc.or_(doubtful, pc.greater_equal(size, NOISELESS))
    if pc.any(doubtful).as_py():
        _note_inexact(place, raw, doubtful, first)
    return of_unscaled(place, pc.cast(whole, pa.int64()), first)


def _by_row(place: Place, raw: pa.Array, first: int) -> pa.Array:
    numbers = (None if x is None else unscaled_real(x, place.column.tipo.scale) for x in raw.to_pylist())
    return _decimals(place, list(numbers), first)


def _note_inexact(place: Place, raw: pa.Array, doubtful: pa.Array, first: int) -> None:
    for index in pc.indices_nonzero(doubtful).to_pylist():
        if unscaled_real(raw[index].as_py(), place.column.tipo.scale)[1]:
            place.note("real_inexacto", _INEXACT, first + index)


def exact_decimal(place: Place, raw: pa.Array, first: int) -> pa.Array:
    """Tagged text, value by value."""
    numbers: list[tuple[int, bool] | None] = []
    for index, text in enumerate(readable(raw)):
        number = None if text is None else unscaled_tagged(text, place.column.tipo.scale)
        if number is None and text is not None:
            raise place.bad("se esperaba un número y hay texto", first + index)
        numbers.append(number)
    return _decimals(place, numbers, first)


def _decimals(place: Place, numbers: list[tuple[int, bool] | None], first: int) -> pa.Array:
    limit = 10**place.column.tipo.precision
    for index, number in enumerate(numbers):
        if number is not None and not -limit < number[0] < limit:
            raise place.bad("número con más cifras que la columna", first + index)
        if number is not None and number[1]:
            place.note("real_inexacto", _INEXACT, first + index)
    scale = place.column.tipo.scale
    values = [None if number is None else _decimal(number[0], scale) for number in numbers]
    return pa.array(values, place.column.tipo.arrow)


def fast_integer(place: Place, raw: pa.Array, _first: int) -> pa.Array:
    """Integers as they are; anything else is read again."""
    if not pa.types.is_int64(raw.type):
        raise place.needs_exact()
    return raw


def exact_integer(place: Place, raw: pa.Array, first: int) -> pa.Array:
    """Tagged text, value by value; a fraction is refused."""
    numbers: list[int | None] = []
    for index, text in enumerate(readable(raw)):
        number = None if text is None else unscaled_tagged(text, 0)
        if text is not None and (number is None or number[1]):
            raise place.bad("se esperaba un número entero", first + index)
        if number is not None and not _LOW_INT64 <= number[0] <= _HIGH_INT64:
            raise place.bad("número con más cifras que la columna", first + index)
        numbers.append(None if number is None else number[0])
    return pa.array(numbers, pa.int64())


def fast_real(place: Place, raw: pa.Array, _first: int) -> pa.Array:
    """Doubles as they are; anything else is read again."""
    if not pa.types.is_float64(raw.type):
        raise place.needs_exact()
    return raw


def exact_real(place: Place, raw: pa.Array, first: int) -> pa.Array:
    """Tagged text, value by value; text is refused."""
    texts = readable(raw)
    for index, text in enumerate(texts):
        if text is not None and text[0] not in "ir":
            raise place.bad("se esperaba un número y hay texto", first + index)
    return pa.array([None if text is None else float(text[1:]) for text in texts], pa.float64())


def _decimal(unscaled: int, scale: int) -> Decimal:
    """Give the decimal exactly; the constructor from digits never rounds, whatever the context."""
    digits = tuple(int(digit) for digit in str(abs(unscaled)))
    return Decimal((int(unscaled < 0), digits, -scale))
