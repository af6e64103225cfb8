"""PostgreSQL through psqlodbc, built by sqlglot: all that the ODBC source asks.

Four things this driver does silently, all seen: a ``numeric`` without parameters is rounded to 6 decimals, one that is
NaN becomes 0, a ``timestamp`` of infinity becomes the last second of 9999, a double is offered as a float of 4 bytes.
So numbers and times travel as text, and doubles are asked for by their type.
"""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from sqlglot import exp

from sigasers.formats.column_type import MAX_PRECISION, ColumnType, Kind
from sigasers.formats.manifest import Consistencia
from sigasers.siga.sources.declared import column_type
from sigasers.siga.sources.expressions import by_number, call, cast, column, filtered
from sigasers.siga.sources.odbc_connection import OdbcConnection
from sigasers.siga.sources.odbc_dialect import UNBOUNDED, WIDEST, Carrier, EngineColumn, EngineTable, Opening
from sigasers.siga.sources.postgres_statements import COLUMNS, DECLARED, TEXT_NUMBERS
from sigasers.siga.sources.seam import Query

_UNITS = 2  # UTF-16 units that one character may take
_TIME_CHARS = 40
_NUMBERS = {
    **dict.fromkeys(("smallint", "integer", "bigint"), ("bigint", pa.int64())),
    "boolean": ("integer", pa.int64()),
    **dict.fromkeys(("double precision", "real"), ("double precision", pa.float64())),
}
_VERSION = "SELECT CAST(current_setting('server_version') AS varchar(100))"
# Outside the transaction (and in one that failed, which answers nothing) it is not so.
_OPEN = "SELECT CASE WHEN current_setting('transaction_read_only') = 'on' THEN 1 ELSE 0 END"
# The same tables as the native source: every one that the search path finds under its bare name.
_COLUMNS = f"""
SELECT CAST(c.relname AS varchar(200)), CAST(a.attname AS varchar(200)), CAST({DECLARED} AS varchar(200)),
       CAST(has_table_privilege(c.oid, 'SELECT') AS integer), coalesce(array_position(k.conkey, a.attnum), 0)
{COLUMNS}"""
_CHANGEABLE = """
SELECT CAST(c.relname AS varchar(200)),
       CAST(has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') AS integer)
FROM pg_class AS c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(c.oid)
"""


class PsqlodbcDialect:
    """PostgreSQL; ``esquema`` replaces the search path, ``wait_s`` is how long a lock is waited for."""

    motor = "PostgreSQL"
    clock = "SELECT CAST(clock_timestamp() AT TIME ZONE 'UTC' AS varchar(40))"

    def __init__(self, esquema: str | None, wait_s: float) -> None:
        self._schema, self._wait_s = esquema, wait_s
        self._numbers: frozenset[tuple[str, str]] = frozenset()  # columns of numbers that travel as text

    def version(self, connection: OdbcConnection) -> str:
        """See ``odbc_dialect.Dialect``."""
        return str(connection.rows(_VERSION)[0][0]).split()[0]

    def changeable(self) -> str:
        """See ``odbc_dialect.Dialect``."""
        return _CHANGEABLE

    def opening(self, connection: OdbcConnection) -> Opening:  # noqa: ARG002 - the interface's
        """See ``odbc_dialect.Dialect``: one transaction that sees one state."""
        path = (
            [f"SET search_path TO {exp.to_identifier(self._schema, quoted=True).sql('postgres')}"]
            if self._schema
            else []
        )
        return Opening(
            Consistencia.INSTANTANEA,
            (
                "SET DateStyle TO 'ISO, YMD'",
                "SET bytea_output TO 'hex'",
                "SET extra_float_digits TO 3",
                f"SET lock_timeout TO {int(self._wait_s * 1000)}",
                "SET TimeZone TO 'UTC'",
                *path,
            ),
            ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",),
            abierta=_OPEN,
        )

    def tables(self, connection: OdbcConnection) -> list[EngineTable]:
        """See ``odbc_dialect.Dialect``."""
        columns: dict[str, list[EngineColumn]] = {}
        keys: dict[str, dict[int, str]] = {}
        readable: dict[str, bool] = {}
        found_rows = connection.rows(_COLUMNS)
        self._numbers = frozenset((row[0], row[1]) for row in found_rows if row[2] in TEXT_NUMBERS)
        for table, name, declared, permission, key in found_rows:
            columns.setdefault(table, []).append(EngineColumn(name, declared, _logical(declared)))
            readable[table] = permission == 1
            if key:
                keys.setdefault(table, {})[key] = name
        return [
            EngineTable(
                table,
                tuple(found),
                tuple(name for _, name in sorted(keys.get(table, {}).items())),
                readable[table],
            )
            for table, found in columns.items()
        ]

    def carrier(self, own: EngineColumn) -> Carrier:
        """See ``odbc_dialect.Dialect``."""
        name, first, _ = own.parts
        itself = column(own.nombre)
        if name in _NUMBERS:
            return Carrier(cast(itself, _NUMBERS[name][0]), _NUMBERS[name][1])
        if name == "money":  # its text is the language's; its cast to a number is exact
            return Carrier(cast(cast(itself, "numeric"), f"varchar({_TIME_CHARS})"), pa.string(),
                           _TIME_CHARS * _UNITS)  # fmt: skip
        width = {"character": first, "character varying": first, "date": _TIME_CHARS, "timestamp": _TIME_CHARS,
                 "timestamp without time zone": _TIME_CHARS}.get(name, UNBOUNDED)  # fmt: skip
        if name == "numeric" and 0 < first <= MAX_PRECISION:
            width = first + 3
        if UNBOUNDED < width <= WIDEST:
            text = itself if name.startswith("character") else cast(itself, f"varchar({width})")
            return Carrier(text, pa.string(), width * _UNITS)
        return _unbounded(itself, name)

    def select(
        self,
        columns: Sequence[exp.Expr],
        query: Query,
        *,
        first: int | None = None,
        order: Sequence[exp.Expr] = (),
    ) -> exp.Select:
        """See ``odbc_dialect.Dialect``."""
        select = filtered(columns, by_number(query, self._numbers), as_text="TEXT")
        if order:
            select = select.order_by(*order)
        return select.limit(first) if first is not None else select

    def text(self, statement: exp.Expr) -> str:
        """See ``odbc_dialect.Dialect``."""
        return statement.sql(dialect="postgres")

    def sum_as_text(self, own: EngineColumn) -> exp.Expr | None:
        """See ``odbc_dialect.Dialect``: this engine's sums have no bound on their digits."""
        name, _, _ = own.parts
        if name not in {"numeric", "money"}:
            return None
        return cast(exp.Sum(this=cast(column(own.nombre), "numeric")), "varchar(200)")

    def is_key(self, own: EngineColumn) -> bool:  # noqa: ARG002 - the interface's
        """Tell that there is none: this engine is always read in one state, never by key."""
        return False

    def key_value(self, own: EngineColumn, value: Any) -> exp.Expr:
        """See ``is_key``."""
        raise NotImplementedError


def _unbounded(itself: exp.Expr, name: str) -> Carrier:
    is_bytes = name == "bytea"
    text = call("encode", itself, exp.Literal.string("hex")) if is_bytes else cast(itself, "text")
    return Carrier(text, pa.string(), UNBOUNDED, call("octet_length", text.copy()), es_hex=is_bytes)


def _logical(declared: str) -> ColumnType:
    """Give the logical type; here a ``numeric`` without parameters holds any number, which only text does not cut."""
    return ColumnType(Kind.TEXTO) if declared in TEXT_NUMBERS else column_type(declared)
