"""Exact sums of a column, whatever its size: the ``escrito`` of a control total (``docs/spec/manifest.md``).

``pyarrow.compute.sum`` of decimal128 wraps silently past 38 digits, and of integers past 64 bits. Here values that
could add up to so much are widened to 76 digits first, which no number of rows that fits a disk can fill, and batches
add up as integers.
"""

from decimal import Context, Decimal

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.formats.column_type import ColumnType, Kind

SUMMABLE = (Kind.DECIMAL, Kind.ENTERO)
_NARROW, _WIDE = 38, 76  # digits of Arrow's decimal128 and decimal256
_CONTEXT = Context(prec=2 * _WIDE)  # the default of 28 digits would round


class ExactSum:
    """The running sum of a column of ``tipo``, which must be one of the ``SUMMABLE`` kinds; null adds nothing."""

    def __init__(self, tipo: ColumnType) -> None:
        if tipo.kind not in SUMMABLE:
            raise ValueError(f"no exact sum of {tipo}")
        self._scale = tipo.scale
        self._unscaled = 0

    def add(self, values: pa.Array) -> None:
        """Add the values of ``values``, an array of the column's Arrow type."""
        if pa.types.is_integer(values.type):
            values = values.cast(pa.decimal128(19, 0))
        if len(values) * 10**values.type.precision >= 10**_NARROW:
            values = values.cast(pa.decimal256(_WIDE, self._scale))
        total: Decimal | None = pc.sum(values).as_py()
        if total is not None:
            self._unscaled += int(total.scaleb(self._scale, _CONTEXT))

    @property
    def text(self) -> str:
        """The sum as decimal text with exactly the column's scale: ``-12.50``, ``0.00``, ``7``."""
        sign = "-" if self._unscaled < 0 else ""
        digits = str(abs(self._unscaled)).rjust(self._scale + 1, "0")
        if not self._scale:
            return sign + digits
        return f"{sign}{digits[: -self._scale]}.{digits[-self._scale :]}"
