"""SQL of the PostgreSQL source, built by sqlglot (see ``expressions``): copies out rows, counts and sums, looks up."""

from collections.abc import Sequence

from sqlglot import exp

from sigasers.formats.column_type import Column
from sigasers.siga.sources.expressions import column, filtered
from sigasers.siga.sources.seam import Query

# Every table and view that the search path finds under its bare name, with each column's declared type and whether
# this user may select from it; ``clave`` is the place of the column in the primary key, 0 outside it.
TABLES = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), has_table_privilege(c.oid, 'SELECT'),
       coalesce(array_position(k.conkey, a.attnum), 0)
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'p'
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(c.oid)
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY c.relname, a.attnum
"""


def rows(query: Query, *, booleans: frozenset[str]) -> str:
    """Select the rows of ``query``; ``booleans`` become 0 and 1."""
    own = [
        exp.cast(column(one.nombre), "INTEGER") if one.nombre in booleans else column(one.nombre)
        for one in query.columnas
    ]
    return _sql(
        filtered(
            [each.as_(one.nombre, quoted=True) for each, one in zip(own, query.columnas, strict=True)], query
        )
    )


def copied(select: str) -> str:
    """Copy the rows of ``select`` out as CSV: null is nothing, an empty text is quoted."""
    return f"COPY ({select}) TO STDOUT (FORMAT csv)"


def totals(query: Query, columns: Sequence[Column]) -> str:
    """Select the count and the exact sum of each of ``columns``; the engine's sums have no bound on their digits."""
    sums = [exp.Sum(this=column(one.nombre)) for one in columns]
    return _sql(filtered([exp.Count(this=exp.Star()), *sums], query))


def distinct(query: Query) -> str:
    """Select the distinct rows of ``query`` that have no null, each value as text."""
    own = [exp.cast(column(one.nombre), "TEXT") for one in query.columnas]
    select = filtered(own, query).distinct()
    for one in query.columnas:
        select = select.where(exp.Not(this=exp.Is(this=column(one.nombre), expression=exp.Null())))
    return _sql(select)


def _sql(select: exp.Expr) -> str:
    return select.sql(dialect="postgres", copy=False)
