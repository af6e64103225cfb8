"""T-SQL of compatibility level 100, as far as an exporter needs it, to SQLite with the type of every column.

What is not listed here is refused with SQL Server's own number, so that a statement which level 100 lacks
(``TRY_CAST``, ``OFFSET``, ``STRING_AGG``, ``IIF`` ...) fails here as it would there. ``sqlglot`` parses.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

from tests.sources.tds_emulator import collation
from tests.sources.tds_emulator.base import EmulatedTable
from tests.sources.tds_emulator.errors import SqlError, not_recognized, syntax
from tests.sources.tds_emulator.sql_types import MAX, WHOLE, SqlType, parse_type

INT, BIGINT = SqlType("int"), SqlType("bigint")
_ORDER = {exp.EQ: "=", exp.NEQ: "<>", exp.GT: ">", exp.GTE: ">=", exp.LT: "<", exp.LTE: "<="}
_SAFE_DIGITS = 15


@dataclass(frozen=True)
class Lowered:
    """A piece of SQLite's SQL, and the type that SQL Server gives it."""

    sql: str
    type: SqlType
    name: str = ""


@dataclass(frozen=True)
class Translated:
    """A whole query: SQLite's SQL, its columns, the tables that it reads."""

    sql: str
    columns: tuple[Lowered, ...]
    tables: tuple[EmulatedTable, ...]


@dataclass
class Scope:
    """The tables in sight, by alias, and those of the statements around."""

    tables: dict[str, EmulatedTable] = field(default_factory=dict)
    outer: "Scope | None" = None

    def column(self, node: exp.Column) -> Lowered:
        """Resolve a column, whatever the case of its name."""
        found = [
            (alias, one)
            for alias, table in self.tables.items()
            if (not node.table or node.table.lower() == alias.lower()) and (one := table.column(node.name))
        ]
        if len(found) == 1:
            alias, one = found[0]
            return Lowered(f"{quoted(alias)}.{quoted(one.name)}", one.type, one.name)
        if found:
            raise SqlError(209, f"Ambiguous column name '{node.name}'.")
        if self.outer is not None:
            return self.outer.column(node)
        raise SqlError(207, f"Invalid column name '{node.name}'.")


def quoted(name: str) -> str:
    """Quote a name for SQLite."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text for SQLite, which has no form for NUL within one."""
    if "\0" in text:
        return f"CAST(x'{text.encode('utf-8', 'surrogatepass').hex()}' AS TEXT)"
    return "'" + text.replace("'", "''") + "'"


def declared(found: SqlType) -> str:
    """Spell a type so that ``parse_type`` reads it back."""
    if found.is_decimal:
        return f"{found.name}({found.precision},{found.scale})"
    if found.length:
        return f"{found.name}({'max' if found.length == MAX else found.length})"
    return (
        f"{found.name}({found.scale})"
        if found.name in {"time", "datetime2", "datetimeoffset"}
        else found.name
    )


def parse(sql: str) -> exp.Expr:
    """Parse one statement of T-SQL; error 102 where it is none."""
    try:
        asks = sql[:6].upper() == "SELECT"
        if asks and any(
            token.token_type is TokenType.LIMIT for token in sqlglot.tokenize(sql, dialect="tsql")
        ):
            raise syntax("LIMIT")  # sqlglot reads it in every dialect
        return sqlglot.parse_one(sql, dialect="tsql")
    except sqlglot.errors.SqlglotError as error:
        raise syntax(sql[:20]) from error


class Translator:
    """Translates within one session: ``find`` gives tables (or raises 208, 229), ``value_of`` session functions."""

    def __init__(
        self,
        find: Callable[[str, str], EmulatedTable],
        value_of: Callable[[str, list[str]], str | int | None],
    ) -> None:
        self._find, self._value_of = find, value_of
        self._used: list[EmulatedTable] = []

    def query(self, node: exp.Expr, outer: Scope | None = None) -> Translated:
        """Translate a SELECT."""
        if not isinstance(node, exp.Select):
            raise syntax(node.sql(dialect="tsql")[:20])
        for clause in (
            "offset",
            "group",
            "having",
            "windows",
            "qualify",
            "with_",
            "into",
            "laterals",
        ):
            if node.args.get(clause):
                raise syntax(clause.upper())
        scope = Scope(outer=outer)
        source = self._from(node, scope)
        columns = [self._projection(one, scope) for one in node.expressions]
        distinct = node.args.get("distinct")
        if distinct is not None and distinct.args.get("on"):
            raise syntax("ON")
        parts = [
            "SELECT DISTINCT" if distinct else "SELECT",
            ", ".join(column.sql for column in columns),
            source,
        ]
        if node.args.get("where"):
            parts.append(f"WHERE {self.value(node.args['where'].this, scope).sql}")
        if node.args.get("order"):
            parts.append(
                "ORDER BY " + ", ".join(self._ordered(one, scope) for one in node.args["order"].expressions)
            )
        parts.append(_top(node))
        return Translated(" ".join(filter(None, parts)), tuple(columns), tuple(self._used))

    def _from(self, node: exp.Select, scope: Scope) -> str:
        start = node.args.get("from_")
        if start is None:
            return ""
        parts = [f"FROM {self._table(start.this, scope)}"]
        for join in node.args.get("joins") or []:
            if join.args.get("side") or join.args.get("method") or not join.args.get("on"):
                raise syntax("JOIN")
            parts.append(f"JOIN {self._table(join.this, scope)} ON {self.value(join.args['on'], scope).sql}")
        return " ".join(parts)

    def _table(self, node: exp.Expr, scope: Scope) -> str:
        if not isinstance(node, exp.Table):
            raise syntax("(")
        table = self._find(node.db or "dbo", node.name)
        alias = node.alias or node.name
        scope.tables[alias] = table
        self._used.append(table)
        return f"{quoted(table.schema)}.{quoted(table.name)} AS {quoted(alias)}"

    def _projection(self, node: exp.Expr, scope: Scope) -> Lowered:
        inner = node.this if isinstance(node, exp.Alias) else node
        found = self.value(inner, scope)
        return Lowered(found.sql, found.type, node.alias if isinstance(node, exp.Alias) else found.name)

    def _ordered(self, node: exp.Expr, scope: Scope) -> str:
        found = self.value(node.this, scope)
        return _comparable(found) + (" DESC" if node.args.get("desc") else "")

    def value(self, node: exp.Expr, scope: Scope) -> Lowered:
        """Translate an expression; only the kinds listed exist at level 100 for us."""
        for kind, lower in _LOWERING.items():
            if type(node) is kind:
                return lower(self, node, scope)
        name = node.name or type(node).__name__
        if isinstance(node, exp.Func):
            raise not_recognized(node.sql_name() if hasattr(node, "sql_name") else name)
        raise syntax(name)

    def _column(self, node: exp.Expr, scope: Scope) -> Lowered:
        if node.name.lower() == "0x":  # no bytes: sqlglot takes it for a name
            return Lowered("x''", SqlType("varbinary", length=1))
        return scope.column(node)  # type: ignore[arg-type]

    def _literal(self, node: exp.Expr, _scope: Scope) -> Lowered:
        if node.is_string:
            return Lowered(literal(node.name), SqlType("varchar", length=max(1, len(node.name))))
        whole, _, fraction = node.name.partition(".")
        if not fraction and len(whole) < 10:
            return Lowered(node.name, INT)
        return Lowered(
            literal(node.name), SqlType("numeric", precision=len(whole + fraction), scale=len(fraction))
        )

    def _negative(self, node: exp.Expr, scope: Scope) -> Lowered:
        inner = self.value(node.this, scope)
        sql = f"-{inner.sql}" if inner.type.name in WHOLE else f"'-' || {inner.sql}"
        return Lowered(sql, inner.type)

    def _national(self, node: exp.Expr, _scope: Scope) -> Lowered:
        text = str(node.this)
        return Lowered(literal(text), SqlType("nvarchar", length=max(1, min(len(text), 4000))))

    def _bytes(self, node: exp.Expr, _scope: Scope) -> Lowered:
        digits = (
            f"{int(str(node.this), 16):x}" if not isinstance(node.this, str) else node.this.removeprefix("0x")
        )
        return Lowered(f"x'{digits}'", SqlType("varbinary", length=max(1, len(digits) // 2)))

    def _null(self, _node: exp.Expr, _scope: Scope) -> Lowered:
        return Lowered("NULL", INT)

    def _star(self, _node: exp.Expr, _scope: Scope) -> Lowered:
        return Lowered("*", INT)

    def _paren(self, node: exp.Expr, scope: Scope) -> Lowered:
        inner = self.value(node.this, scope)
        return Lowered(f"({inner.sql})", inner.type)

    def _logic(self, node: exp.Expr, scope: Scope) -> Lowered:
        word = "AND" if isinstance(node, exp.And) else "OR"
        return Lowered(
            f"({self.value(node.left, scope).sql} {word} {self.value(node.right, scope).sql})", INT
        )

    def _not(self, node: exp.Expr, scope: Scope) -> Lowered:
        return Lowered(f"(NOT {self.value(node.this, scope).sql})", INT)

    def _is_null(self, node: exp.Expr, scope: Scope) -> Lowered:
        if not isinstance(node.expression, exp.Null):
            raise syntax("IS")
        return Lowered(f"({self.value(node.this, scope).sql} IS NULL)", INT)

    def _compared(self, node: exp.Expr, scope: Scope) -> Lowered:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        return Lowered(f"({_pair(left, right, _ORDER[type(node)])})", INT)

    def _in(self, node: exp.Expr, scope: Scope) -> Lowered:
        if node.args.get("query"):
            raise syntax("IN")
        own = self.value(node.this, scope)
        items = [self.value(one, scope) for one in node.expressions]
        return Lowered("(" + " OR ".join(_pair(own, item, "=") for item in items) + ")", INT)

    def _exists(self, node: exp.Expr, scope: Scope) -> Lowered:
        return Lowered(f"EXISTS ({self.query(node.this, scope).sql})", INT)

    def _plus(self, node: exp.Expr, scope: Scope) -> Lowered:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if left.type.is_text or right.type.is_text:
            wide = left.type.is_wide or right.type.is_wide
            return Lowered(
                f"({left.sql} || {right.sql})", SqlType("nvarchar" if wide else "varchar", length=4000)
            )
        return Lowered(f"({left.sql} + {right.sql})", left.type)

    def _count(self, node: exp.Expr, scope: Scope) -> Lowered:
        return Lowered(
            f"COUNT({self.value(node.this, scope).sql})", BIGINT if node.args.get("big_int") else INT
        )

    def _sum(self, node: exp.Expr, scope: Scope) -> Lowered:
        inner = self.value(node.this, scope)
        if not inner.type.is_decimal:
            raise SqlError(
                8117, f"Operand data type {inner.type.name} is invalid for sum operator in the emulator."
            )
        return Lowered(f"tsql_sum({inner.sql})", SqlType("numeric", precision=38, scale=inner.type.scale))

    def _extreme(self, node: exp.Expr, scope: Scope) -> Lowered:
        inner = self.value(node.this, scope)
        return Lowered(f"{'MAX' if isinstance(node, exp.Max) else 'MIN'}({inner.sql})", inner.type)

    def _cast(self, node: exp.Expr, scope: Scope) -> Lowered:
        is_convert = isinstance(node, exp.Convert)
        inner = self.value(node.expression if is_convert else node.this, scope)
        wanted = node.this if is_convert else node.args["to"]
        target = parse_type(_spelled(wanted))
        if target is None:
            raise SqlError(
                243, f"Type {wanted.sql(dialect='tsql')} is not a defined system type.", severity=16
            )
        if target.name in {"varchar", "nvarchar"} and target.length == 1 and not wanted.expressions:
            target = SqlType(target.name, length=30)
        if _only_widens(inner.type, target):
            return Lowered(inner.sql, target)
        style = node.args.get("style") if is_convert else None
        number = style.name if style is not None else "0"
        sql = f"tsql_cast({inner.sql}, '{declared(inner.type)}', '{declared(target)}', {number})"
        return Lowered(sql, target)

    def _trim(self, node: exp.Expr, scope: Scope) -> Lowered:
        position = node.args.get("position")
        if position is None or node.args.get("expression"):
            raise not_recognized("TRIM")
        inner = self.value(node.this, scope)
        sql = f"{'LTRIM' if str(position).upper() == 'LEADING' else 'RTRIM'}({inner.sql})"
        return Lowered(
            sql, SqlType("nvarchar" if inner.type.is_wide else "varchar", length=inner.type.length or 8000)
        )

    def _function(self, node: exp.Expr, scope: Scope) -> Lowered:
        name = str(node.this).upper()
        if name == "DATALENGTH":
            (inner,) = (self.value(one, scope) for one in node.expressions)
            return Lowered(
                f"tsql_datalength({inner.sql}, {int(inner.type.is_wide)})",
                BIGINT if inner.type.is_max else INT,
            )
        if name == "QUOTENAME":
            (inner,) = (self.value(one, scope) for one in node.expressions)
            return Lowered(
                f"('[' || REPLACE({inner.sql}, ']', ']]') || ']')", SqlType("nvarchar", length=258)
            )
        if name == "NCHAR":
            return Lowered(literal(chr(int(node.expressions[0].name))), SqlType("nvarchar", length=1))
        if name == "HAS_PERMS_BY_NAME":
            return self._permission(node, scope)
        found = self._value_of(name, [str(one.this) for one in node.expressions])
        if isinstance(found, int):
            return Lowered(str(found), INT)
        return Lowered("NULL" if found is None else literal(found), SqlType("nvarchar", length=128))

    def _permission(self, node: exp.Expr, scope: Scope) -> Lowered:
        name, kind, right = (self.value(one, scope) for one in node.expressions)
        return Lowered(f"tsql_permission({name.sql}, {kind.sql}, {right.sql})", INT)

    def _system_variable(self, node: exp.Expr, _scope: Scope) -> Lowered:
        inner = node.this
        if not isinstance(inner, exp.Parameter):
            raise SqlError(137, "Must declare the scalar variable.", severity=15)
        found = self._value_of(f"@@{inner.this.name}".upper(), [])
        return Lowered(literal(str(found)), SqlType("nvarchar", length=300))


def _only_widens(source: SqlType, target: SqlType) -> bool:
    """Tell whether a cast leaves what is stored as it is."""
    known = source.name in {"varchar", "nvarchar", "text", "ntext"} and target.name == "nvarchar"
    return known and (target.is_max or (source.length != MAX and 0 < source.length <= target.length))


def _spelled(node: exp.Expr) -> str:
    """Give a target type as written; sqlglot turns text into varchar(max) when it writes T-SQL."""
    name = node.this.value if isinstance(node.this, exp.DType) else str(node.this)
    named = _SPELLED.get(str(name), str(name).lower())
    sizes = ",".join(one.name for one in node.expressions)
    return f"{named}({sizes})" if sizes else named


# How sqlglot calls types of SQL Server; FLOAT stands for real too.
_SPELLED = {
    "DECIMAL": "numeric", "UTINYINT": "tinyint", "DOUBLE": "float", "UUID": "uniqueidentifier", "FLOAT": "float",
    "TIMESTAMPTZ": "datetimeoffset", "TIMESTAMPNTZ": "datetime2",
}  # fmt: skip


def _top(node: exp.Select) -> str:
    limit = node.args.get("limit")
    if limit is None:
        return ""
    if not isinstance(limit, exp.Limit):
        raise syntax("FETCH")
    number = limit.expression.this if isinstance(limit.expression, exp.Paren) else limit.expression
    return f"LIMIT {int(number.name)}"


def _comparable(found: Lowered) -> str:
    if found.type.is_text:
        return f"{found.sql} COLLATE {collation.NAME}"
    if found.type.is_decimal and found.type.precision > _SAFE_DIGITS:
        return f"tsql_sortable({found.sql}, {found.type.scale})"
    return f"CAST({found.sql} AS NUMERIC)" if found.type.is_decimal else found.sql


def _pair(left: Lowered, right: Lowered, sign: str) -> str:
    """Compare as SQL Server does: texts by the collation, decimals by their number, however they are stored."""
    if left.type.is_text and right.type.is_text:
        return f"{left.sql} {sign} {right.sql} COLLATE {collation.NAME}"
    if left.type.is_text != right.type.is_text and "NULL" not in {left.sql, right.sql}:
        number, text = (right, left) if left.type.is_text else (left, right)
        cast = f"tsql_cast({text.sql}, '{declared(text.type)}', '{declared(number.type)}', 0)"
        left, right = (
            (Lowered(cast, number.type), right) if left.type.is_text else (left, Lowered(cast, number.type))
        )
    if any(one.type.is_decimal and one.type.precision > _SAFE_DIGITS for one in (left, right)):
        scale = max(left.type.scale, right.type.scale)
        return f"tsql_sortable({left.sql}, {scale}) {sign} tsql_sortable({right.sql}, {scale})"
    if left.type.is_decimal or right.type.is_decimal:
        return f"CAST({left.sql} AS NUMERIC) {sign} CAST({right.sql} AS NUMERIC)"
    return f"{left.sql} {sign} {right.sql}"


_LOWERING: dict[type[exp.Expr], Callable[[Translator, exp.Expr, Scope], Lowered]] = {
    exp.Column: Translator._column, exp.Literal: Translator._literal, exp.National: Translator._national,
    exp.HexString: Translator._bytes, exp.Null: Translator._null, exp.Star: Translator._star,
    exp.Paren: Translator._paren, exp.And: Translator._logic, exp.Or: Translator._logic, exp.Not: Translator._not,
    exp.Is: Translator._is_null, exp.In: Translator._in, exp.Exists: Translator._exists, exp.Add: Translator._plus,
    exp.Count: Translator._count, exp.Sum: Translator._sum, exp.Max: Translator._extreme, exp.Min: Translator._extreme,
    exp.Cast: Translator._cast, exp.Convert: Translator._cast, exp.Trim: Translator._trim,
    exp.Anonymous: Translator._function, exp.Parameter: Translator._system_variable, exp.Neg: Translator._negative,
    **dict.fromkeys(_ORDER, Translator._compared),
}  # fmt: skip
