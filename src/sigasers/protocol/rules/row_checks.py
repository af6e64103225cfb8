"""Which rows of a batch a rule concerns, and which of them are bad: one function over Arrow columns a kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.protocol.rules.arrow import DoesNotFitError, day, exact, is_blank, is_number, text
from sigasers.protocol.rules.kinds import (
    Condicion,
    Contexto,
    ConValor,
    Dominio,
    EnValores,
    Fecha,
    Forma,
    Longitud,
    Orden,
    Periodo,
    Producto,
    Rango,
    Referencia,
    RowKind,
    SiempreVacia,
    SinValor,
    Suma,
)
from sigasers.protocol.rules.values import RuleContext

Columns = Mapping[str, pa.Array]
Masks = tuple[pa.BooleanArray, pa.BooleanArray]  # rows concerned, bad rows; a null means no


@dataclass(frozen=True)
class Judged:
    """Two masks without nulls over the rows of one batch; what is bad is concerned."""

    concerned: pa.BooleanArray
    bad: pa.BooleanArray


def judge(kind: RowKind, donde: Sequence[Condicion], columns: Columns, context: RuleContext) -> Judged:
    """Judge one batch, given as columns by lower-case name. Raises ``DoesNotFitError`` for types of no use."""
    concerned, bad = _masks(kind, columns, context)
    chosen = reduce(pc.and_, [where(condition, columns) for condition in donde], _sure(concerned))
    return Judged(concerned=chosen, bad=pc.and_(chosen, _sure(bad)))


def where(condition: Condicion, columns: Columns) -> pa.BooleanArray:
    """Tell which rows fulfil ``condition``."""
    column = columns[condition.columna.lower()]
    match condition:
        case ConValor():
            return pc.invert(is_blank(column, zero=True))
        case EnValores(valores=values):
            return _sure(pc.is_in(text(column), value_set=pa.array(values, pa.string())))


def _masks(kind: RowKind, columns: Columns, context: RuleContext) -> Masks:
    match kind:
        case Orden(menor=low, mayor=high):
            return _order(columns[low.lower()], columns[high.lower()])
        case Producto() | Suma():
            return _arithmetic(kind, columns)
        case _:
            return _one_column(kind, columns[kind.columna.lower()], context)


def _one_column(
    kind: SinValor | SiempreVacia | Forma | Dominio | Longitud | Rango | Fecha | Contexto,
    column: pa.Array,
    context: RuleContext,
) -> Masks:
    match kind:
        case SinValor() | SiempreVacia():
            zero = isinstance(kind, SiempreVacia) or kind.cero
            return pa.repeat(pa.scalar(value=True), len(column)), is_blank(column, zero=zero)
        case Forma() | Dominio() | Longitud():
            return _text_masks(kind, column)
        case Rango():
            return _range(kind, column)
        case Fecha(dentro=dentro):
            days = day(column)
            return pc.is_valid(days), _outside(days, dentro, context)
        case Contexto(igual=igual):
            return _against_context(column, igual, context)


def _text_masks(kind: Forma | Dominio | Longitud, column: pa.Array) -> Masks:
    filled = pc.invert(is_blank(column, zero=False))
    match kind:
        case Forma(patron=pattern):
            if not pa.types.is_string(column.type):
                raise DoesNotFitError(str(column.type))
            return filled, pc.invert(pc.match_substring_regex(text(column), pattern))
        case Dominio(valores=values):
            return filled, pc.invert(pc.is_in(text(column), value_set=pa.array(values, pa.string())))
        case Longitud(caracteres=length):
            if not pa.types.is_string(column.type):
                raise DoesNotFitError(str(column.type))
            return filled, pc.equal(pc.utf8_length(column), length)


def _range(kind: Rango, column: pa.Array) -> Masks:
    numbers = exact(column)
    bad = pa.repeat(pa.scalar(value=False), len(column))
    if kind.desde is not None:
        bad = pc.or_(bad, _sure(pc.less(numbers, _scalar(kind.desde))))
    if kind.hasta is not None:
        bad = pc.or_(bad, _sure(pc.greater(numbers, _scalar(kind.hasta))))
    return pc.is_valid(column), bad


def _outside(days: pa.Array, dentro: Periodo, context: RuleContext) -> pa.BooleanArray:
    if dentro is Periodo.HOY:
        return pc.greater(days, pa.scalar(context.hoy, pa.date32()))
    first, last = date(context.anio.value, 1, 1), date(context.anio.value, 12, 31)
    before = pc.less(days, pa.scalar(first, pa.date32()))
    return pc.or_(before, pc.greater(days, pa.scalar(last, pa.date32())))


def _against_context(column: pa.Array, igual: Referencia, context: RuleContext) -> Masks:
    numbers = exact(_whole(column))
    wanted = context.unidad.value if igual is Referencia.UNIDAD else context.anio.value
    compare = pc.greater if igual is Referencia.ANIO_O_ANTES else pc.not_equal
    return pc.is_valid(numbers), compare(numbers, _scalar(Decimal(wanted)))


def _whole(column: pa.Array) -> pa.Array:
    """Give a column of codes as numbers; a text that is none counts as zero, which equals no unit and no year."""
    if is_number(column.type):
        return column
    codes = text(column)
    digits = pc.match_substring_regex(codes, "^[0-9]{1,9}$")
    numbers = pc.if_else(digits, codes, pa.scalar("0")).cast(pa.int64())
    return pc.if_else(is_blank(column, zero=False), pa.scalar(None, pa.int64()), numbers)


def _order(low: pa.Array, high: pa.Array) -> Masks:
    convert = exact if is_number(low.type) else day
    first, second = convert(low), convert(high)
    return pc.and_(pc.is_valid(first), pc.is_valid(second)), pc.greater(first, second)


def _arithmetic(kind: Producto | Suma, columns: Columns) -> Masks:
    result = exact(columns[kind.resultado.lower()])
    if isinstance(kind, Producto):
        first, second = (exact(columns[name.lower()]) for name in kind.factores)
        computed = pc.multiply(first, second)
        concerned = pc.and_(pc.is_valid(computed), pc.is_valid(result))
    else:
        computed = reduce(pc.add, [_or_zero(columns[name.lower()]) for name in kind.sumandos])
        for name in kind.restas:
            computed = pc.subtract(computed, _or_zero(columns[name.lower()]))
        concerned = pc.is_valid(result)
    off = pc.abs(pc.subtract(computed, result))
    return concerned, pc.greater(off, _scalar(kind.tolerancia))


def _or_zero(column: pa.Array) -> pa.Array:
    numbers = exact(column)
    return pc.fill_null(numbers, pa.scalar(Decimal(0), numbers.type))


def _scalar(value: Decimal) -> pa.Scalar:
    """Give a number of a rule as decimal256 with the digits that it has."""
    return pa.scalar(value, pa.decimal256(_digits(value), _scale(value)))


def _scale(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _digits(value: Decimal) -> int:
    return max(1, _scale(value), len(str(abs(int(value)))) + _scale(value))


def _sure(mask: pa.BooleanArray) -> pa.BooleanArray:
    """Give ``mask`` with false for null."""
    return pc.fill_null(mask, fill_value=False)
