"""Parts of SQL that every engine's statements share, built as expressions by sqlglot: names quoted, never pasted.

The only values are whole numbers of ours (unit, year), which become literals; no text from outside is ever one.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from sqlglot import exp

from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.siga.sources.seam import Condition, Equals, Query

NUMBERS = (Kind.DECIMAL, Kind.ENTERO, Kind.REAL)
_LONGEST_CODE = 10  # digits of a code written as text, its leading zeros included: SIGA uses 4 and 6


def filtered(columns: Sequence[exp.Expr], query: Query, *, as_text: str | None = None) -> exp.Select:
    """Select ``columns`` of the rows of ``query``; they become part of it, so each call needs new ones.

    ``as_text`` is the type that codes are cast to before they are trimmed, for an engine that trims nothing but text.
    Nothing is copied (``copy=False``): for the 134 tables of a package, copies took a second of processor.
    """
    select = exp.Select(expressions=list(columns)).from_(table(query.tabla), copy=False)
    for condition in query.condiciones:
        select = select.where(_condition(condition, query.tabla, as_text), copy=False)
    return select


def by_number(query: Query, numbers: Collection[tuple[str, str]]) -> Query:
    """Have ``query`` compare as numbers what ``numbers`` (table, column) names, whatever its logical type."""

    def equals(condition: Equals, own_table: str) -> Equals:
        name = condition.columna.nombre
        known = (own_table, name) in numbers
        return replace(condition, columna=Column(name, ColumnType(Kind.ENTERO))) if known else condition

    def changed(condition: Condition) -> Condition:
        if isinstance(condition, Equals):
            return equals(condition, query.tabla)
        return replace(condition, donde=equals(condition.donde, condition.tabla))

    return replace(query, condiciones=tuple(map(changed, query.condiciones)))


def column(name: str) -> exp.Column:
    """Give a column of the only table in sight."""
    return exp.column(name, quoted=True)


def table(name: str) -> exp.Table:
    """Give a table of the schema that the connection looks at."""
    return exp.Table(this=exp.to_identifier(name, quoted=True))


def call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """Call a function as it is spelled, whatever the dialect."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def cast(value: exp.Expr, to: str, dialect: str | None = None) -> exp.Cast:
    """Cast ``value``, which becomes part of it, to the SQL type ``to``.

    sqlglot's own cast copies the value and parses the type each time: a fifth of a second for a package.
    """
    return exp.Cast(this=value, to=_type(to, dialect).copy())


@cache
def _type(name: str, dialect: str | None) -> exp.DataType:
    return exp.DataType.build(name, dialect=dialect)


def _condition(condition: Condition, own_table: str, as_text: str | None) -> exp.Expr:
    if isinstance(condition, Equals):
        return _equals(condition, own_table, as_text)
    inner = exp.select("1").from_(table(condition.tabla))
    for own, theirs in condition.pares:
        left = exp.column(theirs, table=condition.tabla, quoted=True)
        inner = inner.where(exp.EQ(this=left, expression=exp.column(own, table=own_table, quoted=True)))
    return exp.Exists(this=inner.where(_equals(condition.donde, condition.tabla, as_text)))


def _equals(condition: Equals, own_table: str, as_text: str | None) -> exp.Expr:
    """Compare by number; a code kept as text (``001288``) by its digits, whatever its leading zeros and blanks.

    No cast of the text to a number: an engine that meets a letter in one row would refuse the whole statement.
    """
    own = exp.column(condition.columna.nombre, table=own_table, quoted=True)
    if condition.columna.tipo.kind in NUMBERS:
        return exp.EQ(this=own, expression=exp.Literal.number(condition.valor))
    digits = str(condition.valor)
    spellings = [digits.rjust(width, "0") for width in range(len(digits), _LONGEST_CODE + 1)]
    trimmed = call("LTRIM", call("RTRIM", cast(own, as_text) if as_text else own))
    return exp.In(this=trimmed, expressions=[exp.Literal.string(spelling) for spelling in spellings])
