"""Rows over ODBC as they travel: whole tables with one statement, or in short reads by key. Memory is one batch's.

A value of unbounded type needs a buffer as large as the largest one, so its size is asked first. Should a value have
grown meanwhile, Microsoft's driver and psqlodbc report it and FreeTDS cuts it without a word (seen): a value that
fills its buffer is therefore never believed, and the rows are read again with more room.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from sigasers.errors.siga import SourceUnreadableError
from sigasers.formats.package.limits import PackageLimits
from sigasers.siga.sources.expressions import NUMBERS
from sigasers.siga.sources.odbc_connection import OdbcConnection
from sigasers.siga.sources.odbc_dialect import Carrier, Dialect, EngineColumn, EngineTable
from sigasers.siga.sources.odbc_failures import OdbcFailure
from sigasers.siga.sources.odbc_paging import KeyPager
from sigasers.siga.sources.seam import Equals, NeedsExactError, Query

_BATCH_BYTES = 8 << 20  # of the driver's buffers; Arrow holds about as much again
_MAX_BATCH_ROWS = 16_384
_KEYED_CELLS = 120_000  # a short read: some 3,000 rows of SIGA's average width
_MAX_VALUE = (
    PackageLimits().batch_bytes
)  # UTF-16 units or bytes of one value; no reader of a package takes more
_ROOM = 2  # a cut value may lack the half of a surrogate pair
_TRIES = 3


class GrownError(Exception):
    """A value of unbounded type fills its buffer: it may have been cut."""


@dataclass(frozen=True)
class Plan:
    """How a query travels: a carrier for each of its columns, then those of the key that it lacks.

    ``key`` are the key's columns and where each stands among the carriers; ``longest`` is the room for a value of
    unbounded type, in UTF-16 units or bytes.
    """

    query: Query
    carriers: tuple[Carrier, ...]
    key: tuple[tuple[EngineColumn, int], ...]
    longest: int

    @property
    def schema(self) -> pa.Schema:
        """The Arrow types to ask for."""
        return pa.schema([pa.field(f"c{at}", carrier.arrow) for at, carrier in enumerate(self.carriers)])

    @property
    def expressions(self) -> list[exp.Expr]:
        """What is selected; without names, which an ORDER BY could take for a column's."""
        return [carrier.expresion.copy() for carrier in self.carriers]

    @property
    def rows(self) -> int:
        """How many rows a batch may have."""
        row = sum(2 * (self.longest if one.fills_buffer else one.unidades) + 8 for one in self.carriers)
        return max(1, min(_MAX_BATCH_ROWS, _BATCH_BYTES // row))

    @property
    def long_columns(self) -> frozenset[str]:
        """The query's columns of unbounded type."""
        pairs = zip(self.query.columnas, self.carriers, strict=False)
        return frozenset(column.nombre for column, carrier in pairs if carrier.is_long)


class RowReader:
    """Reads tables over one connection; ``check`` raises when reading is to stop."""

    def __init__(
        self, connection: OdbcConnection, dialect: Dialect, check: Callable[[], None], *, by_key: bool
    ) -> None:
        self._connection, self._dialect, self._check, self._by_key = connection, dialect, check, by_key

    def plan(self, table: EngineTable, query: Query) -> Plan:
        """Say how ``query`` travels; asks the engine for the size of its longest value. Raises ``OdbcFailure``."""
        carriers = [self._dialect.carrier(self.engine_column(table, one.nombre)) for one in query.columnas]
        key = []
        if self._is_keyed(table):
            places = {one.nombre.lower(): at for at, one in enumerate(query.columnas)}
            for name in table.clave:
                column = self.engine_column(table, name)
                key.append((column, places.get(name.lower(), len(carriers))))
                if name.lower() not in places:
                    carriers.append(self._dialect.carrier(column))
        longest = self._longest(query, carriers)
        if query.exactas:
            longest *= 2  # it was read before, and a value had grown
        return Plan(query, tuple(carriers), tuple(key), longest + _ROOM)

    def engine_column(self, table: EngineTable, name: str) -> EngineColumn:
        """Give the engine's column; raises ``SourceUnreadableError``."""
        found = table.column(name)
        if found is None:
            words = f"la tabla {table.nombre} no tiene la columna {name}"
            raise SourceUnreadableError("no such column", base=self._dialect.motor, motivo=words)
        return found

    def _is_keyed(self, table: EngineTable) -> bool:
        key = [table.column(name) for name in table.clave]
        return (
            self._by_key and bool(key) and all(one is not None and self._dialect.is_key(one) for one in key)
        )

    def _longest(self, query: Query, carriers: Sequence[Carrier]) -> int:
        known = max((one.unidades for one in carriers), default=0)
        sizes: list[exp.Expr] = [
            exp.Max(this=one.medida.copy()) for one in carriers if one.medida is not None
        ]
        if not sizes:
            return known
        (row,) = self.small(self._dialect.select(sizes, query))
        found = [int(size or 0) for size in row]
        if max(found) > _MAX_VALUE:
            names = [one.nombre for one, how in zip(query.columnas, carriers, strict=False) if how.is_long]
            name = names[found.index(max(found))]
            words = (
                f"la columna {name} de la tabla {query.tabla} tiene un valor de más de {_MAX_VALUE >> 20} MiB"
            )
            raise SourceUnreadableError("value too long", base=self._dialect.motor, motivo=words)
        return max(known, *found)

    def batches(self, plan: Plan) -> Iterator[pa.RecordBatch]:
        """Give the rows; raises ``OdbcFailure``, ``NeedsExactError``."""
        if plan.key:
            yield from self._keyed(plan)
            return
        try:
            yield from self._fetched(plan, self._dialect.select(plan.expressions, plan.query))
        except GrownError as error:
            raise self._again(plan) from error

    def _fetched(self, plan: Plan, statement: exp.Select) -> Iterator[pa.RecordBatch]:
        self._check()
        try:
            self._connection.open(
                self._dialect.text(statement), rows=plan.rows, longest=plan.longest, schema=plan.schema
            )
            while (batch := self._connection.next()) is not None:
                self._check()
                if _is_full(plan, batch):
                    raise GrownError
                yield batch
        except OdbcFailure as failure:
            if (
                not failure.state and plan.long_columns
            ):  # arrow-odbc refuses a value that its driver said was cut
                raise GrownError from failure
            raise

    def _keyed(self, plan: Plan) -> Iterator[pa.RecordBatch]:
        """Read by key, one short statement after the other."""
        size = max(1, min(plan.rows, _KEYED_CELLS // len(plan.carriers)))
        names = [column.nombre for column, _ in plan.key]
        pager = KeyPager(names, _pinned(plan.query), size)
        ends: set[tuple[str, ...]] = set()
        while not pager.is_done:
            statement = self._dialect.select(plan.expressions, plan.query, first=size, order=pager.order)
            condition = pager.condition()
            chunk = self._chunk(plan, statement.where(condition) if condition is not None else statement)
            rows = sum(batch.num_rows for batch in chunk)
            last = self._last_key(plan, chunk[-1]) if rows else None
            if last is not None:
                self._advanced(plan, ends, last)
            pager.seen(rows, last)
            yield from chunk

    def _advanced(self, plan: Plan, ends: set[tuple[str, ...]], last: list[exp.Expr]) -> None:
        """See that a short read ends where none before did.

        A server that sorts otherwise than it compares would be asked for ever.
        """
        end = tuple(self._dialect.text(value) for value in last)
        if end in ends:
            words = f"la clave de {plan.query.tabla} no avanza: el servidor no la ordena como la compara"
            raise SourceUnreadableError("key does not advance", base=self._dialect.motor, motivo=words)
        ends.add(end)

    def _last_key(self, plan: Plan, batch: pa.RecordBatch) -> list[exp.Expr]:
        return [self._dialect.key_value(column, batch.column(at)[-1].as_py()) for column, at in plan.key]

    def _chunk(self, plan: Plan, statement: exp.Select) -> list[pa.RecordBatch]:
        """Give all rows of a short read; one that met a lock, or a value that had grown, is asked for again."""
        for left in reversed(range(_TRIES)):
            try:
                return list(self._fetched(plan, statement))
            except GrownError:
                plan = replace(plan, longest=2 * plan.longest)
            except OdbcFailure as failure:
                if not (left and failure.is_busy):
                    raise
        raise self._again(plan)

    def _again(self, plan: Plan) -> Exception:
        """Ask for another reading, with more room; once."""
        if plan.long_columns <= plan.query.exactas:
            words = f"los textos de {plan.query.tabla} crecen mientras se leen, o el controlador no los da enteros"
            return SourceUnreadableError("values grow", base=self._dialect.motor, motivo=words)
        return NeedsExactError(plan.long_columns)

    def small(self, statement: exp.Select) -> list[tuple[Any, ...]]:
        """Give the rows of a small query; raises ``OdbcFailure``."""
        self._check()
        return self._connection.rows(self._dialect.text(statement))


def _pinned(query: Query) -> frozenset[str]:
    """Name the columns that can have one value only, so that no row comes after it: a text has several spellings."""
    return frozenset(
        one.columna.nombre.lower()
        for one in query.condiciones
        if isinstance(one, Equals) and one.columna.tipo.kind in NUMBERS
    )


def _is_full(plan: Plan, batch: pa.RecordBatch) -> bool:
    """Tell whether a value of unbounded type reaches the end of its buffer."""
    limit = plan.longest - 1
    for carrier, values in zip(plan.carriers, batch.columns, strict=True):
        if not carrier.is_long:
            continue
        large = pc.greater_equal(
            pc.binary_length(values), limit
        )  # no text has fewer bytes in UTF-8 than UTF-16 units
        for value in values.filter(large).to_pylist():
            units = len(value) if isinstance(value, bytes) else len(value.encode("utf-16-le")) // 2
            if units >= limit:
                return True
    return False
