"""SQL of the SQLite source, built as expressions by sqlglot (see ``expressions``).

Each statement of rows begins with a row of typed constants, to be dropped by its reader: the ADBC driver takes a
column's type from the first rows it sees, and rounds or refuses what comes later (measured).
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar

from sqlglot import exp
from sqlglot.dialects.sqlite import SQLite
from sqlglot.generators.sqlite import SQLiteGenerator

from sigasers.formats.column_type import Column, Kind
from sigasers.siga.sources.expressions import NUMBERS, call, cast, column, filtered
from sigasers.siga.sources.seam import Query

SAFE_DIGITS = 15  # what a double always holds
TEXTS = (Kind.CHAR, Kind.TEXTO)


class _Dialect(SQLite):
    """SQLite whose casts are written as they are: sqlglot's own asks of each whether it is one to a time."""

    class Generator(SQLiteGenerator):
        """As the dialect's own, but for casts."""

        TRANSFORMS: ClassVar = {
            **SQLiteGenerator.TRANSFORMS,
            exp.Cast: lambda self, cast_: f"CAST({self.sql(cast_, 'this')} AS {self.sql(cast_, 'to')})",
        }


def rows(query: Query, *, as_text: AbstractSet[str]) -> str:
    """Select the rows of ``query`` after a marker row, without names; ``as_text`` are columns of no known type."""
    own = [_value(one, query, as_text) for one in query.columnas]
    marks = exp.Select(expressions=[_mark(one, query) for one in query.columnas])
    return _sql(exp.union(marks, filtered(own, query), distinct=False, copy=False))


def totals(query: Query, columns: Sequence[Column]) -> str:
    """Select the count, then for each column its sum of scaled integers and, where p > 15, its largest size."""
    wanted: list[exp.Expr] = [exp.Count(this=exp.Star())]
    for one in columns:
        factor = exp.Literal.number(f"{10**one.tipo.scale}.0")
        product = exp.Mul(this=column(one.nombre), expression=factor)
        wanted.append(exp.Sum(this=cast(call("ROUND", product), "INTEGER")))
        if one.tipo.precision > SAFE_DIGITS:
            wanted.append(call("MAX", call("ABS", column(one.nombre))))
    return _sql(filtered(wanted, query))


def sizes(query: Query) -> str:
    """Select the bytes of the widest row and of all rows, in the columns of ``query`` that are no numbers."""
    zero = exp.Literal.number(0)
    lengths = [
        call("IFNULL", call("octet_length", column(one.nombre)), zero.copy())
        for one in query.columnas
        if one.tipo.kind not in NUMBERS
    ]
    row: exp.Expr = zero
    for length in lengths:
        row = exp.Add(this=row, expression=length)
    return _sql(filtered([call("MAX", row), call("TOTAL", row.copy())], query))


def tagged(query: Query, *, distinct: bool = False) -> str:
    """Select the columns of ``query`` each as tagged text (see ``_tagged``), without a marker row."""
    select = filtered([_tagged(one) for one in query.columnas], query)
    return _sql(select.distinct(copy=False) if distinct else select)


def _sql(select: exp.Expr) -> str:
    return select.sql(dialect=_Dialect, copy=False)


def _value(one: Column, query: Query, as_text: AbstractSet[str]) -> exp.Expr:
    unknown = one.nombre.lower() in as_text
    if one.nombre in query.exactas or (unknown and one.tipo.kind in TEXTS):
        return _tagged(one)
    if unknown and one.tipo.kind not in NUMBERS:
        return cast(column(one.nombre), "TEXT")
    return column(one.nombre)


def _mark(one: Column, query: Query) -> exp.Expr:
    """Give the constant from which the driver takes the column's type."""
    kind = one.tipo.kind
    if kind in NUMBERS and one.nombre not in query.exactas:
        return exp.Literal.number("0.0" if kind is Kind.REAL or one.tipo.scale else "0")
    if kind is Kind.BINARIO:
        return exp.HexString(this="")
    return exp.Literal.string("")


def _tagged(one: Column) -> exp.Expr:
    """Give the value as text after a letter for how it is stored: i integer, r real, t text, b bytes, hexadecimal.

    A column of numbers gives the letter alone for text and bytes, which it refuses: they may be long.
    """
    own, is_number = column(one.nombre), one.tipo.kind in NUMBERS

    def tag(letter: str, text: exp.Expr) -> exp.Expr:
        return exp.DPipe(this=exp.Literal.string(letter), expression=text)

    def whole(letter: str, text: exp.Expr) -> exp.Expr:
        return exp.Literal.string(letter) if is_number else tag(letter, text)

    return (
        exp.Case(this=call("typeof", own))
        .when(exp.Literal.string("integer"), tag("i", own.copy()))
        .when(exp.Literal.string("real"), tag("r", call("printf", exp.Literal.string("%!.17g"), own.copy())))
        .when(exp.Literal.string("text"), whole("t", own.copy()))
        .when(exp.Literal.string("blob"), whole("b", call("hex", own.copy())))
    )
