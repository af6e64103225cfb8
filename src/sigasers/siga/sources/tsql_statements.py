"""T-SQL of compatibility level 100 (SQL Server 2008 and later), built by sqlglot: all that the ODBC source asks.

Text travels as nvarchar: it is the server that turns Windows-1252 into Unicode, whatever the driver makes of the five
bytes that this code page leaves open (both drivers tried give ``?``). Session statements are constants: sqlglot does
not parse ``SET TRANSACTION``.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
from sqlglot import exp

from sigasers.formats.column_type import ColumnType, Kind
from sigasers.formats.manifest import Consistencia
from sigasers.siga.sources.declared import column_type
from sigasers.siga.sources.expressions import call, cast, column, filtered
from sigasers.siga.sources.odbc_connection import OdbcConnection
from sigasers.siga.sources.odbc_dialect import UNBOUNDED, WIDEST, Carrier, EngineColumn, EngineTable, Opening
from sigasers.siga.sources.seam import Query

_DEFAULT_SCHEMA = "dbo"
_MICROSECONDS = 6
_SNAPSHOT_ON = 1
_BINARY = frozenset({"binary", "varbinary"})
_TEXTS = frozenset({"char", "varchar", "nchar", "nvarchar"})
_WHOLE = frozenset({"tinyint", "smallint", "int", "bigint", "bit"})
_TIMES = {"datetime": 3, "smalldatetime": 0}
_MONEY = {"money": (19, 4), "smallmoney": (10, 4)}
_Make = Callable[[exp.Expr, str, int, int], Carrier]
_VERSION = "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128))"
_OPEN = "SELECT @@TRANCOUNT"
_STATES = """
SELECT d.snapshot_isolation_state, CAST(d.is_read_committed_snapshot_on AS int)
FROM sys.databases AS d WHERE d.database_id = DB_ID()
"""
# sys.indexes, not sys.key_constraints: whoever may read a table sees its indexes.
_COLUMNS = """
SELECT t.name, c.name, y.name, c.max_length, c.precision, c.scale,
       HAS_PERMS_BY_NAME(QUOTENAME({schema}) + '.' + QUOTENAME(t.name), 'OBJECT', 'SELECT')
FROM sys.tables AS t JOIN sys.columns AS c ON c.object_id = t.object_id
JOIN sys.types AS y ON y.user_type_id = c.system_type_id
WHERE t.schema_id = SCHEMA_ID({schema}) AND t.is_ms_shipped = 0 ORDER BY t.name, c.column_id
"""
_KEYS = """
SELECT t.name, c.name FROM sys.tables AS t JOIN sys.indexes AS i ON i.object_id = t.object_id
JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id
JOIN sys.columns AS c ON c.object_id = k.object_id AND c.column_id = k.column_id
WHERE i.is_primary_key = 1 AND k.key_ordinal > 0 AND t.schema_id = SCHEMA_ID({schema}) ORDER BY t.name, k.key_ordinal
"""
_RIGHTS = ", ".join(
    f"HAS_PERMS_BY_NAME(QUOTENAME({{schema}}) + '.' + QUOTENAME(t.name), 'OBJECT', '{right}')"
    for right in ("INSERT", "UPDATE", "DELETE")
)
_CHANGEABLE = f"SELECT t.name, {_RIGHTS} FROM sys.tables AS t WHERE t.schema_id = SCHEMA_ID({{schema}})"  # noqa: S608 - ours


class TsqlDialect:
    """SQL Server; ``esquema`` holds the tables, ``wait_s`` is how long a lock is waited for."""

    motor = "SQL Server"
    clock = "SELECT CAST(SYSUTCDATETIME() AS nvarchar(40))"

    def __init__(self, esquema: str | None, wait_s: float) -> None:
        self._schema, self._wait_s = esquema or _DEFAULT_SCHEMA, wait_s

    def version(self, connection: OdbcConnection) -> str:
        """See ``odbc_dialect.Dialect``."""
        return str(connection.rows(_VERSION)[0][0])

    def changeable(self) -> str:
        """See ``odbc_dialect.Dialect``."""
        return _CHANGEABLE.format(schema=exp.National(this=self._schema).sql(dialect="tsql"))

    def opening(self, connection: OdbcConnection) -> Opening:
        """See ``odbc_dialect.Dialect``: SNAPSHOT, else versions for each statement, else short reads by key."""
        rows = connection.rows(_STATES)
        snapshot, versions = (int(rows[0][0] or 0), int(rows[0][1] or 0)) if rows else (0, 0)
        session, committed = self._session(), ("SET TRANSACTION ISOLATION LEVEL READ COMMITTED",)
        plain = (
            Opening(Consistencia.POR_TABLA, session, committed)
            if versions
            else Opening(Consistencia.LECTURA_CONFIRMADA, session, committed, por_clave=True)
        )
        if snapshot != _SNAPSHOT_ON:
            return plain
        held = ("SET TRANSACTION ISOLATION LEVEL SNAPSHOT", "BEGIN TRANSACTION")
        return Opening(Consistencia.INSTANTANEA, session, held, abierta=_OPEN, alternativa=plain)

    def _session(self) -> tuple[str, ...]:
        """Texts whole (a freetds.conf may ask for 64 KiB of each), no long wait, and we are the one to yield."""
        return (
            "SET TEXTSIZE 2147483647",
            f"SET LOCK_TIMEOUT {int(self._wait_s * 1000)}",
            "SET DEADLOCK_PRIORITY LOW",
        )

    def tables(self, connection: OdbcConnection) -> list[EngineTable]:
        """See ``odbc_dialect.Dialect``."""
        schema = exp.National(this=self._schema).sql(dialect="tsql")
        keys: dict[str, list[str]] = {}
        for table, name in connection.rows(_KEYS.format(schema=schema)):
            keys.setdefault(table, []).append(name)
        columns: dict[str, list[EngineColumn]] = {}
        readable: dict[str, bool] = {}
        for table, name, *declared, permission in connection.rows(_COLUMNS.format(schema=schema)):
            spelled = _declared(*declared)
            columns.setdefault(table, []).append(EngineColumn(name, spelled, _logical(spelled)))
            readable[table] = permission == 1
        return [
            EngineTable(table, tuple(found), tuple(keys.get(table, ())), readable[table])
            for table, found in columns.items()
        ]

    def carrier(self, own: EngineColumn) -> Carrier:
        """See ``odbc_dialect.Dialect``."""
        name, first, second = own.parts
        return _CARRIERS.get(name, _unknown)(column(own.nombre), name, first, second)

    def select(
        self,
        columns: Sequence[exp.Expr],
        query: Query,
        *,
        first: int | None = None,
        order: Sequence[exp.Expr] = (),
    ) -> exp.Select:
        """See ``odbc_dialect.Dialect``."""
        select = filtered(columns, query)
        for table in select.find_all(exp.Table):
            table.set("db", exp.to_identifier(self._schema, quoted=True))
        if order:
            select = select.order_by(*order)
        return select.limit(first) if first is not None else select

    def text(self, statement: exp.Expr) -> str:
        """See ``odbc_dialect.Dialect``."""
        return statement.sql(dialect="tsql")

    def sum_as_text(self, own: EngineColumn) -> exp.Expr | None:
        """See ``odbc_dialect.Dialect``: as wide as a numeric can be; beyond it the engine says so (error 8115)."""
        name, _, second = own.parts
        if name not in {"numeric", "decimal"} | set(_MONEY):
            return None
        scale = _MONEY[name][1] if name in _MONEY else second
        return _convert("varchar(41)", exp.Sum(this=_cast(column(own.nombre), f"numeric(38,{scale})")))

    def is_key(self, own: EngineColumn) -> bool:
        """See ``odbc_dialect.Dialect``."""
        name, first, _ = own.parts
        exact = name in _WHOLE or name in {"numeric", "decimal", "date"} or name in _TIMES
        return exact or (name in _TEXTS and first > 0) or (name == "datetime2" and first <= _MICROSECONDS)

    def key_value(self, own: EngineColumn, value: Any) -> exp.Expr:
        """See ``odbc_dialect.Dialect``: a constant of the column's own type, so that its index and collation serve."""
        name, first, _ = own.parts
        if name in _TEXTS:
            return _convert(own.declarado, _constant(value))
        if name == "date":
            return _convert(own.declarado, exp.Literal.string(value.isoformat()), 126)
        if name in _TIMES or name == "datetime2":
            return _convert(own.declarado, exp.Literal.string(_iso(value, _TIMES.get(name, first))), 126)
        return _number(Decimal(value))


def _whole(itself: exp.Expr, _name: str, _first: int, _second: int) -> Carrier:
    return Carrier(itself, pa.int64())


def _decimal(itself: exp.Expr, name: str, first: int, second: int) -> Carrier:
    if first and first == second:  # ``-0.9``: arrow-odbc has no room for that 0
        return Carrier(_convert(f"varchar({first + 3})", itself), pa.string(), first + 3)
    precision, scale = _MONEY.get(name, (first, second))
    return Carrier(itself, pa.decimal128(precision, scale), precision + 4)


def _real(itself: exp.Expr, _name: str, _first: int, _second: int) -> Carrier:
    return Carrier(itself, pa.float64())


def _date(itself: exp.Expr, _name: str, _first: int, _second: int) -> Carrier:
    return Carrier(itself, pa.date32())


def _time(itself: exp.Expr, name: str, first: int, _second: int) -> Carrier:
    if name in _TIMES or (name == "datetime2" and first <= _MICROSECONDS):
        return Carrier(itself, pa.timestamp("us"), 16)
    return Carrier(_convert("varchar(40)", itself, 121), pa.string(), 40)


def _text(itself: exp.Expr, _name: str, first: int, _second: int) -> Carrier:
    if first:
        width = f"nvarchar({first})" if first <= WIDEST else "nvarchar(max)"
        return Carrier(_cast(itself, width), pa.string(), first)
    return Carrier(_cast(itself, "nvarchar(max)"), pa.string(), UNBOUNDED, call("DATALENGTH", itself.copy()))


def _bytes(itself: exp.Expr, _name: str, first: int, _second: int) -> Carrier:
    if first:
        return Carrier(itself, pa.binary(), first)
    return Carrier(_cast(itself, "varbinary(max)"), pa.binary(), UNBOUNDED, call("DATALENGTH", itself.copy()))


def _unknown(itself: exp.Expr, name: str, _first: int, _second: int) -> Carrier:
    """What nobody knows goes as the digits of its bytes, which loses nothing; XML as its text."""
    whole = _cast(itself, "nvarchar(max)")
    if name != "xml":
        whole = _convert("nvarchar(max)", _cast(itself, "varbinary(max)"), 1)
    return Carrier(whole, pa.string(), UNBOUNDED, call("DATALENGTH", whole.copy()))


def _fixed(to: str, arrow: pa.DataType, units: int) -> _Make:
    return lambda itself, _name, _first, _second: Carrier(_cast(itself, to), arrow, units)


_CARRIERS: dict[str, _Make] = {
    **dict.fromkeys(_WHOLE, _whole),
    **dict.fromkeys(("numeric", "decimal", *_MONEY), _decimal),
    **dict.fromkeys(("float", "real"), _real),
    "date": _date,
    **dict.fromkeys(("datetime2", "datetimeoffset", "time", *_TIMES), _time),
    **dict.fromkeys(("text", "ntext", *_TEXTS), _text),
    **dict.fromkeys(("image", *_BINARY), _bytes),
    "timestamp": _fixed("varbinary(8)", pa.binary(), 8),
    "uniqueidentifier": _fixed("char(36)", pa.string(), 36),
    "sql_variant": _fixed(f"nvarchar({WIDEST})", pa.string(), WIDEST),
}


def _declared(name: str, max_length: int, precision: int, scale: int) -> str:
    """Spell a type as CREATE TABLE would; unbounded ones (``max``) without a number."""
    if name in {"numeric", "decimal"}:
        return f"{name}({precision},{scale})"
    if name in {"datetime2", "datetimeoffset", "time"}:
        return f"{name}({scale})"
    if name in _TEXTS | _BINARY and max_length > 0:
        return f"{name}({max_length // 2 if name.startswith('n') else max_length})"
    return str(name)


def _logical(spelled: str) -> ColumnType:
    """Give the logical type; here ``timestamp`` is a row's version, and an unbounded char does not exist."""
    if spelled in {"timestamp", "rowversion"}:
        return ColumnType(Kind.BINARIO)
    if spelled.startswith("datetime2"):
        return ColumnType(Kind.FECHA_HORA)
    return column_type(spelled)


def _cast(value: exp.Expr, to: str) -> exp.Expr:
    return cast(value.copy(), to, dialect="tsql")


def _convert(to: str, value: exp.Expr, style: int | None = None) -> exp.Expr:
    kind = exp.DataType.build(to, dialect="tsql")
    return exp.Convert(
        this=kind, expression=value, style=None if style is None else exp.Literal.number(style)
    )


def _constant(value: str) -> exp.Expr:
    """Spell a text so that no driver can change it: Microsoft's loses emoji in a statement, FreeTDS ends it at NUL."""
    if value.isascii() and value.isprintable():
        return exp.National(this=value)
    return _cast(exp.HexString(this=value.encode("utf-16-le").hex()), f"nvarchar({WIDEST})")


def _number(value: Decimal) -> exp.Expr:
    plain = exp.Literal.number(f"{value.copy_abs():f}")  # abs() would round to 28 digits
    return exp.Neg(this=plain) if value < 0 else plain


def _iso(value: Any, digits: int) -> str:
    """Spell a time so that no language of the login turns day and month around (style 126)."""
    fraction = f"{value.microsecond:06d}"[:digits]
    return f"{value:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + (f".{fraction}" if digits else "")
