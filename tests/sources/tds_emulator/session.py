"""One login's session: SET options, transactions and isolation, and the answer to each statement.

Isolation is real: SNAPSHOT is a read transaction of SQLite in WAL that goes on until COMMIT, every other level sees
what was committed before each statement. What cannot be real here (locks, slowness, cuts) is told by ``Trouble``.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event

import sqlglot
from sqlglot import exp
from sqlglot.tokens import Token, TokenType

from tests.sources.tds_emulator import ddl
from tests.sources.tds_emulator.base import Base, EmulatedTable, Store
from tests.sources.tds_emulator.errors import CutError, SqlError, syntax
from tests.sources.tds_emulator.tsql import Lowered, Scope, Translator, declared, parse, quoted

DATABASE = "SIGA_1288"
VERSION = "Microsoft SQL Server 2022 (RTM) - 16.0.1000.6 (X64) (emulator)"
_LEVELS = ("READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SNAPSHOT", "SERIALIZABLE")
_BEGIN = re.compile(r"BEGIN\s+TRAN(SACTION)?", re.IGNORECASE)
_END = re.compile(r"(IF\s+@@TRANCOUNT\s*>\s*0\s+)?(COMMIT|ROLLBACK)(\s+TRAN(SACTION)?)?", re.IGNORECASE)
_ENDING = frozenset({1205, 3960, 3961})  # these roll the whole transaction back
_FLAGS = frozenset({
    "ANSI_DEFAULTS", "ANSI_NULLS", "ANSI_PADDING", "ANSI_WARNINGS", "CURSOR_CLOSE_ON_COMMIT", "IMPLICIT_TRANSACTIONS",
    "QUOTED_IDENTIFIER", "CONCAT_NULL_YIELDS_NULL", "ARITHABORT", "NOCOUNT", "DEADLOCK_PRIORITY", "LANGUAGE",
})  # fmt: skip


@dataclass
class Trouble:
    """What goes wrong on purpose: by table, how its reading fails; ``moments`` are waited for before it goes on."""

    denied: set[str] = field(default_factory=set)
    errors: dict[str, list[SqlError]] = field(default_factory=dict)  # each is raised once, in order
    locked: set[str] = field(default_factory=set)
    slow: dict[str, Event] = field(default_factory=dict)
    cut_after_rows: dict[str, int] = field(default_factory=dict)
    refuse_snapshot: bool = False  # 3952 at the first read, as if the option had just been turned off


@dataclass
class Settings:
    """What the emulated server is and allows."""

    snapshot: bool = False
    read_committed_snapshot: bool = False
    users: dict[str, str] = field(default_factory=lambda: {"lector": "s3creta;}"})
    databases: frozenset[str] = frozenset({DATABASE, "master"})
    trouble: Trouble = field(default_factory=Trouble)
    tls: bool = True
    version: str = VERSION
    writer: bool = False  # the login may insert, change and remove rows


@dataclass(frozen=True)
class Answer:
    """What a statement gives: columns and rows, or neither; ``table`` names the first one read, ``began`` and
    ``ended`` tell what became of the transaction.
    """

    columns: tuple[Lowered, ...] = ()
    rows: Iterator[Sequence[object]] = field(default_factory=lambda: iter(()))
    table: str = ""
    affected: int | None = None
    began: bool = False
    ended: bool = False


class Session:
    """The SQL side of a connection; ``wait`` waits for an event or so many seconds, and is cut by an attention."""

    def __init__(
        self, base: Base, settings: Settings, wait: Callable[[Event | None, float | None], bool]
    ) -> None:
        self._base, self._settings, self._wait = base, settings, wait
        self._store = Store(base)
        self._store.connection.create_function("tsql_permission", 3, self._permission)
        self.isolation, self.lock_timeout_ms, self.text_size = "READ COMMITTED", -1, 4096
        self.in_transaction = self.is_read_only = self.is_encrypted = False
        self.log: list[str] = []

    def close(self) -> None:
        """Give the file back."""
        self._store.connection.close()

    def run(self, batch: str) -> Iterator[Answer]:
        """Run the statements of a batch in order; raises ``SqlError``."""
        for statement in statements(batch):
            self.log.append(statement)
            yield self._answer(statement)

    def _answer(self, statement: str) -> Answer:
        first = statement.split(None, 1)[0].upper()
        if first == "SET":
            self._set(statement.split(None, 1)[1])
            return Answer()
        if _BEGIN.fullmatch(statement):
            return self.begin()
        if _END.fullmatch(statement):
            return self.end()
        if first == "SELECT":
            return self._select(parse(statement))
        change = {"CREATE": self._create, "DROP": self._drop, "INSERT": self._change, "UPDATE": self._change,
                  "DELETE": self._change}.get(first)  # fmt: skip
        if change is None:
            raise SqlError(2812, f"Could not find stored procedure '{first.lower()}'.")
        return change(statement)

    def _set(self, rest: str) -> None:
        words = rest.upper().split()
        if words[:3] == ["TRANSACTION", "ISOLATION", "LEVEL"] and (level := " ".join(words[3:])) in _LEVELS:
            self.isolation = level
        elif words[0] == "LOCK_TIMEOUT":
            self.lock_timeout_ms = int(words[1])
        elif words[0] == "TEXTSIZE":
            size = int(words[1])
            self.text_size = 2**31 - 1 if size == -1 else size or 4096
        elif not set(words[0].split(",")) <= _FLAGS:
            raise SqlError(195, f"'{words[0]}' is not a recognized SET option.", severity=15)

    def begin(self) -> Answer:
        """Begin a transaction; under SNAPSHOT its state is taken at the first read, as in the server."""
        self.in_transaction = True
        if self.isolation == "SNAPSHOT":
            self._store.connection.execute("BEGIN")
        return Answer(began=True)

    def end(self) -> Answer:
        """End the transaction, if there is one."""
        was, self.in_transaction = self.in_transaction, False
        if self._store.connection.in_transaction:
            self._store.connection.execute("ROLLBACK")
        return Answer(ended=was)

    def _select(self, node: exp.Expr) -> Answer:
        found = self._translator().query(node)
        if any(table.schema == "sys" for table in found.tables):
            self._fill_sys()
        own = [table for table in found.tables if table.schema == "dbo"]
        for table in own:
            self._trouble(table)
        return Answer(
            columns=found.columns, rows=self._rows(found.sql, own), table=own[0].name if own else ""
        )

    def _translator(self) -> Translator:
        return Translator(self._find, self._value_of)

    def _rows(self, sql: str, tables: list[EmulatedTable]) -> Iterator[Sequence[object]]:
        limits = [self._settings.trouble.cut_after_rows[one.name] for one in tables
                  if one.name in self._settings.trouble.cut_after_rows]  # fmt: skip
        for number, row in enumerate(self._execute(sql)):
            if limits and number >= min(limits):
                raise CutError
            yield row

    def _execute(self, sql: str) -> Iterator[Sequence[object]]:
        self._store.error = None
        try:
            yield from self._store.connection.execute(sql)
        except sqlite3.Error as error:
            known = self._store.error
            if known is None and isinstance(error, sqlite3.IntegrityError):
                known = SqlError(2627, "Violation of PRIMARY KEY constraint.", severity=14)
            raise known or SqlError(50000, f"emulator: {error}: {sql[:300]}") from error

    def _trouble(self, table: EmulatedTable) -> None:
        trouble = self._settings.trouble
        if self.isolation == "SNAPSHOT" and (trouble.refuse_snapshot or not self._settings.snapshot):
            raise SqlError(
                3952, "Snapshot isolation transaction failed accessing database: it is not allowed."
            )
        if trouble.errors.get(table.name):
            error = trouble.errors[table.name].pop(0)
            if error.number in _ENDING:
                self.end()
            raise error
        if table.name in trouble.slow:
            self._wait(trouble.slow[table.name], None)
        versions = self.isolation == "SNAPSHOT" or self._settings.read_committed_snapshot
        if table.name in trouble.locked and not versions:
            self._wait(None, None if self.lock_timeout_ms < 0 else self.lock_timeout_ms / 1000)
            raise SqlError(1222, "Lock request time out period exceeded.")

    def _find(self, schema: str, name: str) -> EmulatedTable:
        found = self._base.table(schema, name)
        if found is None:
            raise SqlError(208, f"Invalid object name '{name}'.")
        if found.name in self._settings.trouble.denied:
            raise SqlError(229, f"The SELECT permission was denied on the object '{name}'.", severity=14)
        return found

    def _value_of(self, name: str, arguments: list[str]) -> str | int | None:
        if name == "SERVERPROPERTY":
            return {"PRODUCTVERSION": "16.0.1000.6", "EDITION": "Emulator"}.get(arguments[0].upper())
        if name == "SCHEMA_ID":
            return {"dbo": 1, "sys": 4}.get(arguments[0].lower() if arguments else "dbo")
        fixed: dict[str, str | int] = {
            "@@VERSION": self._settings.version,
            "@@TRANCOUNT": int(self.in_transaction),
            "DB_NAME": DATABASE,
            "DB_ID": 5,
            "SCHEMA_NAME": "dbo",
            "SUSER_SNAME": "lector",
            "SYSUTCDATETIME": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}0",
        }
        if name not in fixed:
            raise SqlError(195, f"'{name}' is not a recognized built-in function name.", severity=15)
        return fixed[name]

    def _permission(self, name: str, kind: str, right: str) -> int | None:
        parts = [part.strip("[]") for part in name.split(".")]
        table = self._base.table(*parts) if len(parts) == 2 and kind.upper() == "OBJECT" else None
        if table is None:
            return None
        if right.upper() in {"INSERT", "UPDATE", "DELETE"}:
            return int(self._settings.writer)
        return int(table.name not in self._settings.trouble.denied) if right.upper() == "SELECT" else None

    def _fill_sys(self) -> None:
        state = int(self._settings.snapshot)
        row = (5, DATABASE, state, int(self._settings.read_committed_snapshot), 100, "Modern_Spanish_CI_AS")
        self._store.fill_sys(iter(self._base.own), [row])

    def _create(self, statement: str) -> Answer:
        table = ddl.created(statement)
        list(self._execute(ddl.sqlite_table(table)))
        self._base.add(table)
        return Answer()

    def _drop(self, statement: str) -> Answer:
        target = parse(statement).find(exp.Table)
        if target is None:
            raise syntax("DROP")
        table = self._find(target.db or "dbo", target.name)
        list(self._execute(f"DROP TABLE dbo.{quoted(table.name)}"))
        self._base.drop(table)
        return Answer()

    def _change(self, statement: str) -> Answer:
        node = parse(statement)
        sql = self._inserted(node) if isinstance(node, exp.Insert) else self._changed(node)
        list(self._execute(sql))
        return Answer(affected=self._store.connection.execute("SELECT changes()").fetchone()[0])

    def _inserted(self, node: exp.Insert) -> str:
        table = self._target(node.this)
        source, translator = node.expression, self._translator()
        columns = [one.type for one in table.columns]
        if isinstance(source, exp.Select):
            found = translator.query(source)
            cast = [f"tsql_cast(c{at}, '{declared(one.type)}', '{declared(to)}', 0)"
                    for at, (one, to) in enumerate(zip(found.columns, columns, strict=True))]  # fmt: skip
            names = ", ".join(f"c{at}" for at in range(len(cast)))
            into = f"INSERT INTO {_path(table)} SELECT {', '.join(cast)} FROM found"
            return f"WITH found({names}) AS ({found.sql}) {into}"
        rows = []
        for row in source.expressions:
            values = [translator.value(one, Scope()) for one in row.expressions]
            cells = [_coerced(one, to) for one, to in zip(values, columns, strict=True)]
            rows.append(f"({', '.join(cells)})")
        return f"INSERT INTO {_path(table)} VALUES {', '.join(rows)}"

    def _changed(self, node: exp.Expr) -> str:
        table = self._target(node.this)
        scope, translator = Scope({table.name: table}), self._translator()
        where = node.args.get("where")
        tail = f" WHERE {translator.value(where.this, scope).sql}" if where else ""
        if isinstance(node, exp.Delete):
            return f"DELETE FROM {_path(table)}{tail}"
        sets = []
        for one in node.expressions:
            column = table.column(one.this.name)
            if column is None:
                raise SqlError(207, f"Invalid column name '{one.this.name}'.")
            sets.append(
                f"{quoted(column.name)} = {_coerced(translator.value(one.expression, scope), column.type)}"
            )
        return f"UPDATE {_path(table)} SET {', '.join(sets)}{tail}"

    def _target(self, node: exp.Expr) -> EmulatedTable:
        return self._find(node.text("db") or "dbo", node.name)


def _path(table: EmulatedTable) -> str:
    return f"{table.schema}.{quoted(table.name)}"


def _coerced(value: Lowered, target: object) -> str:
    return f"tsql_cast({value.sql}, '{declared(value.type)}', '{declared(target)}', 126)"  # type: ignore[arg-type]


def statements(batch: str) -> Iterator[str]:
    """Split a batch at its semicolons, and before each SET, which drivers write in a row."""
    kind = batch.lstrip()[:6].upper()
    if kind == "INSERT" or (kind == "SELECT" and ";" not in batch and " SET " not in batch.upper()):
        yield batch.strip()  # alone in its batch, as a first look shows
        return
    try:
        tokens = sqlglot.tokenize(batch, dialect="tsql")
    except sqlglot.errors.TokenError as error:
        raise syntax(batch[:20]) from error
    starts = [0]
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.token_type is TokenType.SEMICOLON:
            starts.append(token.end + 1)
        elif _starts_set(before, token, tokens):
            starts.append(token.start)
    for start, end in zip(starts, [*starts[1:], len(batch)], strict=True):
        text = batch[start:end].strip().rstrip(";").strip()
        if text:
            yield text


def _starts_set(before: Token | None, token: Token, tokens: list[Token]) -> bool:
    in_update = bool(tokens) and tokens[0].token_type is TokenType.UPDATE
    return token.token_type is TokenType.SET and before is not None and not in_update
