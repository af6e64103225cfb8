"""Whole numbers of a column's smallest units, made its decimal type without a digit being written or read."""

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.siga.sources.place import Place

_HIGH_INT64 = 2**63 - 1


def of_unscaled(place: Place, whole: pa.Array, first: int) -> pa.Array:
    """Give int64 scaled integers the column's decimal type, without copying digits about."""
    tipo = place.column.tipo
    limit = 10**tipo.precision
    if limit <= _HIGH_INT64:
        ends = pc.min_max(whole).as_py()
        if ends["min"] <= -limit or ends["max"] >= limit:
            outside = pc.or_(pc.less_equal(whole, -limit), pc.greater_equal(whole, limit))
            raise place.bad(
                "número con más cifras que la columna", first + int(pc.indices_nonzero(outside)[0].as_py())
            )
    wide = pc.cast(whole, pa.decimal128(19, 0))
    return pa.Array.from_buffers(tipo.arrow, len(wide), wide.buffers(), offset=wide.offset)
