"""Columns as rules see them: blank or not, exact numbers, days, and keys of several columns as one text."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

_BETWEEN = "\x1f"  # stands in no code of SIGA; keeps ("1", "23") apart from ("12", "3")
_INT_DIGITS = 19


class DoesNotFitError(Exception):
    """Not an error of the tree: the column's type is none that the rule can judge; the rule is left out."""


def is_blank(column: pa.Array, *, zero: bool) -> pa.BooleanArray:
    """Tell where ``column`` is null, empty or white space alone, and with ``zero`` where it is nought."""
    missing = pc.is_null(column)
    if pa.types.is_string(column.type):
        empty = pc.equal(pc.utf8_trim_whitespace(column), "")
        return pc.or_(missing, pc.fill_null(empty, fill_value=False))
    if zero and is_number(column.type):
        nought = pc.equal(column, pa.scalar(Decimal(0) if _is_decimal(column) else 0).cast(column.type))
        return pc.or_(missing, pc.fill_null(nought, fill_value=False))
    return missing


def is_number(kind: pa.DataType) -> bool:
    """Tell whether a type holds exact numbers."""
    return bool(pa.types.is_decimal(kind) or pa.types.is_integer(kind))


def _is_decimal(column: pa.Array) -> bool:
    return bool(pa.types.is_decimal(column.type))


def exact(column: pa.Array) -> pa.Array:
    """Give numbers as decimal256 with their own scale: sums and products of two columns cannot overflow it."""
    kind = column.type
    if pa.types.is_integer(kind):
        return column.cast(pa.decimal128(_INT_DIGITS, 0)).cast(pa.decimal256(_INT_DIGITS, 0))
    if pa.types.is_decimal128(kind):
        return column.cast(pa.decimal256(kind.precision, kind.scale))
    raise DoesNotFitError(str(kind))


def text(column: pa.Array) -> pa.Array:
    """Give codes as text without padding at the end: texts, and numbers without fraction."""
    kind = column.type
    if pa.types.is_string(kind):
        return pc.utf8_rtrim(column, " ")
    if pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and kind.scale == 0):
        return column.cast(pa.string())
    raise DoesNotFitError(str(kind))


def day(column: pa.Array) -> pa.Array:
    """Give dates, and instants as their day."""
    if not pa.types.is_date(column.type) and not pa.types.is_timestamp(column.type):
        raise DoesNotFitError(str(column.type))
    return column.cast(pa.date32(), safe=False)


def keys(columns: list[pa.Array]) -> pa.Array:
    """Give each row's key as one text; null where any part has no value.

    Texts are compared without padding and without regard to case, as SIGA's own collation does.
    """
    parts = [_key_part(column) for column in columns]
    return pc.binary_join_element_wise(*parts, _BETWEEN)


def _key_part(column: pa.Array) -> pa.Array:
    part = text(column)
    if pa.types.is_string(column.type):
        part = pc.utf8_upper(part)
        return pc.if_else(pc.equal(part, ""), pa.scalar(None, pa.string()), part)
    return part


def same_kind(first: pa.DataType, second: pa.DataType) -> bool:
    """Tell whether keys of the two types can be compared: both texts or both numbers."""
    return bool(pa.types.is_string(first) == pa.types.is_string(second))
