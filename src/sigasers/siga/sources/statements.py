"""SQL of the SQLite source, built as expressions by sqlglot: names are quoted and values bound, never pasted.

Each statement of rows begins with a row of typed constants, to be dropped by its reader: the ADBC driver takes a
column's type from the first rows it sees, and rounds or refuses what comes later (measured).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from sigasers.formats.column_type import Column, Kind
from sigasers.siga.sources.seam import Condition, Equals, ExistsIn, Query

NUMBERS = (Kind.DECIMAL, Kind.ENTERO, Kind.REAL)
SAFE_DIGITS = 15  # what a double always holds
_MARKER = "fila_marca"


@dataclass(frozen=True)
class Statement:
    """SQL text and the values to bind, in order."""

    sql: str
    values: tuple[int, ...]


def rows(query: Query, *, as_text: frozenset[str]) -> Statement:
    """Select the rows of ``query`` after one marker row; ``as_text`` are columns to be cast to text."""
    own = [_value(column, query, as_text).as_(column.nombre, quoted=True) for column in query.columnas]
    marks = [_mark(column, query).as_(column.nombre, quoted=True) for column in query.columnas]
    if not query.ordenada_por:
        return _statement(exp.union(exp.select(*marks), _filtered(own, query), distinct=False), query)
    marker = exp.select(*marks, _number(0).as_(_MARKER))
    union = exp.union(marker, _filtered([*own, _number(1).as_(_MARKER)], query), distinct=False)
    return _statement(
        union.order_by(exp.column(_MARKER), *(_column(name) for name in query.ordenada_por)), query
    )


def totals(query: Query, columns: Sequence[Column]) -> Statement:
    """Select the count, then for each column its sum of scaled integers and, where p > 15, its largest size."""
    wanted: list[exp.Expr] = [exp.Count(this=exp.Star())]
    for column in columns:
        product = exp.Mul(
            this=_column(column.nombre), expression=exp.Literal.number(f"{10**column.tipo.scale}.0")
        )
        wanted.append(exp.Sum(this=exp.cast(_call("ROUND", product), "INTEGER")))
        if column.tipo.precision > SAFE_DIGITS:
            wanted.append(_call("MAX", _call("ABS", _column(column.nombre))))
    return _statement(_filtered(wanted, query), query)


def tagged(query: Query) -> Statement:
    """Select the columns of ``query`` each as tagged text (see ``_tagged``), without a marker row."""
    own = [_tagged(column).as_(column.nombre, quoted=True) for column in query.columnas]
    return _statement(_filtered(own, query), query)


def _filtered(columns: Sequence[exp.Expr], query: Query) -> exp.Select:
    select = exp.select(*columns).from_(_table(query.tabla))
    for condition in query.condiciones:
        select = select.where(_condition(condition, query.tabla))
    return select


def _statement(select: exp.Expr, query: Query) -> Statement:
    values = tuple(
        condition.valor if isinstance(condition, Equals) else condition.donde.valor
        for condition in query.condiciones
    )
    return Statement(select.sql(dialect="sqlite"), values)


def _condition(condition: Condition, table: str) -> exp.Expr:
    if isinstance(condition, Equals):
        return _equals(condition, table)
    return _exists(condition, table)


def _equals(condition: Equals, table: str) -> exp.Expr:
    column = exp.column(condition.columna.nombre, table=table, quoted=True)
    numeric = condition.columna.tipo.kind in NUMBERS
    return exp.EQ(this=column if numeric else exp.cast(column, "INTEGER"), expression=exp.Placeholder())


def _exists(condition: ExistsIn, table: str) -> exp.Expr:
    inner = exp.select("1").from_(_table(condition.tabla))
    for own, theirs in condition.pares:
        left = exp.column(theirs, table=condition.tabla, quoted=True)
        inner = inner.where(exp.EQ(this=left, expression=exp.column(own, table=table, quoted=True)))
    return exp.Exists(this=inner.where(_equals(condition.donde, condition.tabla)))


def _value(column: Column, query: Query, as_text: frozenset[str]) -> exp.Expr:
    if column.nombre in query.exactas:
        return _tagged(column)
    if column.nombre in as_text:
        return exp.cast(_column(column.nombre), "TEXT")
    return _column(column.nombre)


def _mark(column: Column, query: Query) -> exp.Expr:
    """Give the constant from which the driver takes the column's type."""
    kind = column.tipo.kind
    if kind in NUMBERS and column.nombre not in query.exactas:
        return exp.Literal.number("0.0" if kind is Kind.REAL or column.tipo.scale else "0")
    if kind is Kind.BINARIO:
        return exp.HexString(this="")
    return exp.Literal.string("")


def _tagged(column: Column) -> exp.Expr:
    """Give the value as text after a letter for how it is stored: i integer, r real, t text, b bytes."""
    own = _column(column.nombre)

    def tag(letter: str, text: exp.Expr) -> exp.Expr:
        return exp.DPipe(this=exp.Literal.string(letter), expression=text)

    return (
        exp.Case(this=_call("typeof", own))
        .when(exp.Literal.string("integer"), tag("i", own.copy()))
        .when(exp.Literal.string("real"), tag("r", _call("printf", exp.Literal.string("%!.17g"), own.copy())))
        .when(exp.Literal.string("text"), tag("t", own.copy()))
        .when(exp.Literal.string("blob"), exp.Literal.string("b"))
    )


def _column(name: str) -> exp.Column:
    return exp.column(name, quoted=True)


def _table(name: str) -> exp.Table:
    return exp.Table(this=exp.to_identifier(name, quoted=True))


def _number(value: int) -> exp.Expr:
    return exp.Literal.number(value)


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=list(arguments))
