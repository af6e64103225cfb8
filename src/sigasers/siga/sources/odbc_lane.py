"""One ODBC connection as a lane: rows in exact types, counts and sums, small look-ups."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Context, Decimal, InvalidOperation
from threading import Event
from typing import Any

import pyarrow as pa
from sqlglot import exp

from sigasers.errors import SigasersError
from sigasers.errors.siga import ReadStoppedError, SourceUnreadableError
from sigasers.errors.sources import ConnectionLostError, SnapshotLostError
from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.siga.sources.expressions import column
from sigasers.siga.sources.odbc_connection import OdbcConnection
from sigasers.siga.sources.odbc_dialect import Dialect, EngineTable, Opening
from sigasers.siga.sources.odbc_failures import OdbcFailure
from sigasers.siga.sources.odbc_rows import RowReader
from sigasers.siga.sources.odbc_values import converted
from sigasers.siga.sources.place import Place
from sigasers.siga.sources.seam import Notes, Query, SourceTotals
from sigasers.siga.sources.stored_numbers import decimal_text

_WIDE = Context(prec=200)
Failure = Callable[[OdbcFailure, str], SigasersError]


class OdbcLane:
    """One connection inside a snapshot, which ``opening`` opened."""

    def __init__(
        self,
        connection: OdbcConnection,
        dialect: Dialect,
        tables: dict[str, EngineTable],
        failure: Failure,
        stopped: Event,
        opening: Opening,
    ) -> None:
        self._connection, self._dialect, self._tables = connection, dialect, tables
        self._failure, self._stopped, self._opening = failure, stopped, opening
        self._rows = RowReader(connection, dialect, self._check, by_key=opening.por_clave)

    def read(self, query: Query, notes: Notes) -> Iterator[pa.RecordBatch]:
        """See ``seam.Lane.read``."""
        places = [Place(query.tabla, column, notes) for column in query.columnas]
        schema = pa.schema([column.arrow for column in query.columnas])
        first = 1
        try:
            plan = self._rows.plan(self._table(query.tabla), query)
            for raw in self._rows.batches(plan):
                pairs = zip(
                    places, plan.carriers, raw.columns, strict=False
                )  # a key may follow the query's columns
                arrays = [converted(place, carrier, array, first) for place, carrier, array in pairs]
                first += raw.num_rows
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)
        except OdbcFailure as failure:
            raise self._error(failure, query.tabla) from failure

    def _error(self, failure: OdbcFailure, tabla: str) -> SigasersError:
        """Give the error for a statement that failed: of ``tabla``, or of all where the state went with it."""
        self._check()
        error = self._failure(self._connection.judged(failure), tabla)
        if not self._opening.abierta or isinstance(error, ConnectionLostError) or self._holds_state():
            return error
        return SnapshotLostError(str(failure), tabla=tabla, base=self._dialect.motor)

    def _holds_state(self) -> bool:
        """Tell whether the transaction that holds the state is still open: some errors end it."""
        try:
            return int(self._connection.rows(self._opening.abierta)[0][0]) > 0
        except OdbcFailure:
            return False

    def _table(self, name: str) -> EngineTable:
        found = self._tables.get(name.lower())
        if found is None:
            words = f"no existe la tabla {name}"
            raise SourceUnreadableError("no such table", base=self._dialect.motor, motivo=words)
        return found

    def totals(self, query: Query, columns: tuple[Column, ...]) -> SourceTotals:
        """See ``seam.Lane.totals``."""
        try:
            count, found = self._engine_totals(query, columns)
        except OdbcFailure as failure:
            raise self._error(failure, query.tabla) from failure
        sums = {one.nombre: found.get(one.nombre) for one in columns}
        return SourceTotals(
            filas=count,
            sumas={one.nombre: sums[one.nombre] or self._added_up(query, one) for one in columns},
        )

    def _engine_totals(self, query: Query, columns: tuple[Column, ...]) -> tuple[int, dict[str, str]]:
        """Ask for the count and the sums; those with too many digits for the engine are left out."""
        table = self._table(query.tabla)
        sums = {
            one: total
            for one in columns
            if (total := self._dialect.sum_as_text(self._rows.engine_column(table, one.nombre))) is not None
        }
        count: exp.Expr = exp.Count(this=exp.Star(), big_int=True)
        try:
            (row,) = self._rows.small(self._dialect.select([count, *sums.values()], query))
        except OdbcFailure as failure:
            if not failure.is_overflow:
                raise
            (row,), sums = self._rows.small(self._dialect.select([count.copy()], query)), {}
        found = {one.nombre: _scaled(text, one.tipo.scale) for one, text in zip(sums, row[1:], strict=True)}
        return int(row[0]), {name: text for name, text in found.items() if text is not None}

    def _added_up(self, query: Query, column: Column) -> str:
        """Add up here, exactly, what the engine cannot."""
        total, scale = 0, column.tipo.scale
        for batch in self.read(replace(query, columnas=(column,), exactas=frozenset()), Notes()):
            for value in batch.column(0).to_pylist():
                total += 0 if value is None else int(value.scaleb(scale, _WIDE))
        return decimal_text(total, scale)

    def integers(self, query: Query) -> list[tuple[int, ...]]:
        """See ``seam.Lane.integers``."""
        own = self._table(query.tabla)
        columns: list[exp.Expr] = [
            column(self._rows.engine_column(own, one.nombre).nombre) for one in query.columnas
        ]
        try:
            found = self._rows.small(self._dialect.select(columns, query).distinct())
        except OdbcFailure as failure:
            raise self._error(failure, query.tabla) from failure
        rows = [tuple(map(_whole, row)) for row in found]
        return sorted(
            {kept for row in rows if len(kept := tuple(one for one in row if one is not None)) == len(row)}
        )

    def texts(self, query: Query) -> list[str]:
        """See ``seam.Lane.texts``."""
        first = Column(query.columnas[0].nombre, ColumnType(Kind.TEXTO))
        return [row[0] for row in self._looked_up(replace(query, columnas=(first,))) if row[0] is not None]

    def _looked_up(self, query: Query) -> Iterator[tuple[Any, ...]]:
        for batch in self.read(query, Notes()):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def _check(self) -> None:
        if self._stopped.is_set():
            self.end()
            raise ReadStoppedError("stopped", base=self._dialect.motor)

    def end(self) -> None:
        """Close the statement before."""
        self._connection.end()


def _scaled(text: str | None, scale: int) -> str | None:
    """Give a sum with the column's scale; ``None`` if it has more decimals than that, or is no number (NaN)."""
    total = Decimal(text or 0)
    if not total.is_finite():
        return None
    unscaled = total.scaleb(scale, _WIDE)
    whole = int(unscaled)
    return decimal_text(whole, scale) if unscaled == whole else None


def _whole(value: object) -> int | None:
    """Read a code kept as number or as text; anything else counts for nothing."""
    try:
        number = Decimal(str(value).strip()) if value is not None else None
    except InvalidOperation:
        return None
    return int(number) if number is not None and number.is_finite() and number == int(number) else None
