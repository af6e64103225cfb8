"""SQL of the PostgreSQL source, built by sqlglot (see ``expressions``): copies out rows, counts and sums, looks up."""

from collections.abc import Mapping, Sequence

from sqlglot import exp

from sigasers.formats.column_type import Column
from sigasers.siga.sources.expressions import cast, column, filtered
from sigasers.siga.sources.seam import Query

_TEXT = "TEXT"
# A column's declared type; of a domain, the type beneath all its domains.
DECLARED = "format_type(coalesce(d.tipo, a.atttypid), coalesce(d.modificador, a.atttypmod))"
# Every column of every table and view that the search path finds under its bare name.
COLUMNS = """
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN (
    WITH RECURSIVE under (dominio, tipo, modificador) AS (
        SELECT oid, typbasetype, typtypmod FROM pg_type WHERE typtype = 'd'
        UNION ALL
        SELECT u.dominio, t.typbasetype, CASE WHEN u.modificador = -1 THEN t.typtypmod ELSE u.modificador END
        FROM under AS u JOIN pg_type AS t ON t.oid = u.tipo AND t.typtype = 'd'
    )
    SELECT u.* FROM under AS u JOIN pg_type AS t ON t.oid = u.tipo AND t.typtype <> 'd'
) AS d ON d.dominio = a.atttypid
LEFT JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'p'
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(c.oid)
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY c.relname, a.attnum
"""
# With whether this user may select from the table, and the place of the column in the primary key, 0 outside it.
TABLES = f"""
SELECT c.relname, a.attname, {DECLARED}, has_table_privilege(c.oid, 'SELECT'),
       coalesce(array_position(k.conkey, a.attnum), 0)
{COLUMNS}"""
# What a column is read and summed as, where its own type cannot be: true and false, and money, which is text that
# the server's language writes (its cast to a number is exact).
CASTS = {"boolean": "INTEGER", "money": "NUMERIC"}
# Numbers without bounds, which only text does not cut; in conditions they are numbers all the same.
TEXT_NUMBERS = frozenset({"numeric"})


def rows(query: Query, *, casts: Mapping[str, str]) -> str:
    """Select the rows of ``query``; the columns of ``casts`` as the types that it gives."""
    return _sql(filtered([_value(one, casts) for one in query.columnas], query, as_text=_TEXT))


def copied(select: str) -> str:
    """Copy the rows of ``select`` out as CSV: null is nothing, an empty text is quoted."""
    return f"COPY ({select}) TO STDOUT (FORMAT csv)"


def totals(query: Query, columns: Sequence[Column], *, casts: Mapping[str, str]) -> str:
    """Select the count and the exact sum of each of ``columns``; the engine's sums have no bound on their digits."""
    sums = [exp.Sum(this=_value(one, casts)) for one in columns]
    return _sql(filtered([exp.Count(this=exp.Star()), *sums], query, as_text=_TEXT))


def distinct(query: Query) -> str:
    """Select the distinct rows of ``query`` that have no null, each value as text."""
    own = [cast(column(one.nombre), _TEXT) for one in query.columnas]
    select = filtered(own, query, as_text=_TEXT).distinct()
    for one in query.columnas:
        select = select.where(exp.Not(this=exp.Is(this=column(one.nombre), expression=exp.Null())))
    return _sql(select)


def _value(one: Column, casts: Mapping[str, str]) -> exp.Expr:
    own = column(one.nombre)
    return cast(own, casts[one.nombre]) if one.nombre in casts else own


def _sql(select: exp.Expr) -> str:
    return select.sql(dialect="postgres", copy=False)
