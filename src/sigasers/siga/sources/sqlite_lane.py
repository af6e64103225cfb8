"""One ADBC connection inside a SQLite snapshot: rows in exact types, counts and sums, small look-ups."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from threading import Event
from typing import Any

import pyarrow as pa

from sigasers.errors.siga import DatabaseDamagedError, SourceUnreadableError
from sigasers.formats.column_type import Column, Kind
from sigasers.siga.sources import sqlite_numbers, sqlite_statements, sqlite_texts, texts
from sigasers.siga.sources.expressions import NUMBERS
from sigasers.siga.sources.place import Place
from sigasers.siga.sources.seam import NeedsExactError, Notes, Query, SourceTotals
from sigasers.siga.sources.sqlite_failures import FOREIGN, BaseFile
from sigasers.siga.sources.sqlite_schema import Storage
from sigasers.siga.sources.stored_numbers import EXACT_PRODUCT, decimal_text, unscaled_tagged

_BATCH_CELLS = 500_000  # the driver holds some 30 bytes a cell while it builds a batch
_BATCH_BYTES = 8 << 20  # of long values; the driver's buffers grow by doubling
_MAX_BATCH_ROWS = 16_384  # fewer cost calls, more gain nothing
_UNKNOWN = Storage()


class SqliteLane:
    """One connection inside the snapshot."""

    def __init__(self, file: BaseFile, connection: Any, stored: dict[str, Storage], stopped: Event) -> None:
        self._file, self._connection, self._stored, self._stopped = file, connection, stored, stopped
        self._cursor: Any = None

    def read(self, query: Query, notes: Notes) -> Iterator[pa.RecordBatch]:
        """See ``seam.Lane.read``."""
        places = [Place(query.tabla, column, notes) for column in query.columnas]
        schema = pa.schema([column.arrow for column in query.columnas])
        first = 1
        unknown = self._storage(query).as_text
        statement = sqlite_statements.rows(query, as_text=unknown)
        converters = [_converter(one, query, unknown) for one in query.columnas]
        for raw in self._batches(statement, query):
            arrays = [
                _converted(converter, place, array, first)
                for converter, place, array in zip(converters, places, raw.columns, strict=True)
            ]
            first += raw.num_rows
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _batches(self, statement: str, query: Query) -> Iterator[pa.RecordBatch]:
        """Give the driver's batches without the marker row; its refusal of a value becomes ``NeedsExactError``."""
        try:
            stream = self._execute(statement, self._batch_rows(query))
            skip = 1
            while True:
                try:
                    batch = stream.read_next_batch()
                except StopIteration:
                    self._file.check()
                    return
                if self._stopped.is_set():
                    raise self._file.stopped()
                if batch.num_rows > skip:
                    yield batch.slice(skip)
                skip = max(skip - batch.num_rows, 0)
        except FOREIGN as error:
            fast, failure = _numbers(query) - query.exactas, self._file.failure(error)
            if fast and not self._stopped.is_set() and not isinstance(failure, DatabaseDamagedError):
                raise NeedsExactError(fast) from error
            raise failure from error

    def totals(self, query: Query, columns: tuple[Column, ...]) -> SourceTotals:
        """See ``seam.Lane.totals``."""
        row = self._sums(query, columns) or self._row(sqlite_statements.totals(query, ()))
        values = iter(row[1:])
        sums = {}
        for column in columns if len(row) > 1 else ():
            total = next(values)
            largest = next(values) if column.tipo.precision > sqlite_statements.SAFE_DIGITS else 0
            if abs(float(largest or 0)) * 10.0**column.tipo.scale < EXACT_PRODUCT:
                sums[column.nombre] = decimal_text(int(total or 0), column.tipo.scale)
        for column in columns:
            if column.nombre not in sums:
                sums[column.nombre] = decimal_text(self._sum_by_row(query, column), column.tipo.scale)
        return SourceTotals(filas=int(row[0]), sumas=sums)

    def _sums(self, query: Query, columns: tuple[Column, ...]) -> list[Any] | None:
        """Give count and sums; ``None`` where SQLite refuses a sum over 2^63, to be added up row by row.

        What else it may refuse, it will refuse again.
        """
        try:
            return self._row(sqlite_statements.totals(query, columns))
        except SourceUnreadableError:
            if self._stopped.is_set() or not columns:
                raise
            return None

    def _sum_by_row(self, query: Query, column: Column) -> int:
        total = 0
        for text in self._tagged(query, (column,)):
            number = unscaled_tagged(text[0], column.tipo.scale) if text[0] is not None else None
            total += number[0] if number else 0
        return total

    def integers(self, query: Query) -> list[tuple[int, ...]]:
        """See ``seam.Lane.integers``."""
        found = set()
        for row_texts in self._tagged(query, query.columnas, distinct=True):
            numbers = [unscaled_tagged(text, 0) for text in row_texts if text is not None]
            row = tuple(number[0] for number in numbers if number is not None)
            if len(row) == len(row_texts):
                found.add(row)
        return sorted(found)

    def texts(self, query: Query) -> list[str]:
        """See ``seam.Lane.texts``."""
        return [row[0][1:] for row in self._tagged(query, query.columnas[:1]) if row[0] is not None]

    def _tagged(
        self, query: Query, columns: tuple[Column, ...], *, distinct: bool = False
    ) -> Iterator[tuple[str | None, ...]]:
        narrow = Query(tabla=query.tabla, columnas=columns, condiciones=query.condiciones)
        try:
            for batch in self._execute(
                sqlite_statements.tagged(narrow, distinct=distinct), self._batch_rows(narrow)
            ):
                if self._stopped.is_set():
                    raise self._file.stopped()
                yield from zip(*(texts.readable(column) for column in batch.columns), strict=True)
        except FOREIGN as error:
            raise self._file.failure(error) from error

    def _row(self, statement: str) -> list[Any]:
        try:
            table = self._execute(statement).read_all()
        except FOREIGN as error:
            raise self._file.failure(error) from error
        self._file.check()
        return [column[0].as_py() for column in table.columns]

    def _storage(self, query: Query) -> Storage:
        return self._stored.get(query.tabla.lower(), _UNKNOWN)

    def _batch_rows(self, query: Query) -> int:
        """Give how many rows a batch may have: the driver holds as many whole, and is told the number beforehand.

        Where a column may hold long values, the widest row decides, unless all rows together are little.
        """
        rows = max(1, min(_MAX_BATCH_ROWS, _BATCH_CELLS // max(1, len(query.columnas))))
        if not self._storage(query).ample.intersection(one.nombre.lower() for one in query.columnas):
            return rows
        widest, total = (int(size or 0) for size in self._row(sqlite_statements.sizes(query)))
        return rows if total <= _BATCH_BYTES else max(1, min(rows, _BATCH_BYTES // max(1, widest)))

    def _execute(self, statement: str, rows: int = 1) -> Any:
        self.end()
        if self._stopped.is_set():
            raise self._file.stopped()
        # The cursor stays referenced while its stream is read: the stream does not keep it alive.
        self._cursor = self._connection.cursor(adbc_stmt_kwargs={"adbc.sqlite.query.batch_rows": rows})
        self._cursor.execute(statement)
        return self._cursor.fetch_record_batch()

    def end(self) -> None:
        """Close the statement before."""
        if self._cursor is not None:
            self._cursor.close()
            self._cursor = None


_Converter = Callable[[Place, pa.Array, int], pa.Array]
_FAST: dict[Kind, _Converter] = {
    Kind.DECIMAL: sqlite_numbers.fast_decimal,
    Kind.ENTERO: sqlite_numbers.fast_integer,
    Kind.REAL: sqlite_numbers.fast_real,
    Kind.CHAR: texts.text,
    Kind.TEXTO: texts.text,
    Kind.FECHA: texts.time,
    Kind.FECHA_HORA: texts.time,
    Kind.BINARIO: texts.binary,
}
_EXACT: dict[Kind, _Converter] = {
    Kind.DECIMAL: sqlite_numbers.exact_decimal,
    Kind.ENTERO: sqlite_numbers.exact_integer,
    Kind.REAL: sqlite_numbers.exact_real,
}


def _converter(column: Column, query: Query, unknown: AbstractSet[str]) -> _Converter:
    """Give what reads the column; it must be what ``sqlite_statements.rows`` selects."""
    if column.nombre in query.exactas:
        return _EXACT[column.tipo.kind]
    if column.tipo.kind in sqlite_statements.TEXTS and column.nombre.lower() in unknown:
        return sqlite_texts.untagged
    return _FAST[column.tipo.kind]


def _converted(converter: _Converter, place: Place, raw: pa.Array, first: int) -> pa.Array:
    """Give a chunk of a column in its exact type; ``first`` is the ordinal of its first row."""
    if raw.null_count == len(raw):
        return pa.nulls(len(raw), place.column.tipo.arrow)
    return converter(place, raw, first)


def _numbers(query: Query) -> frozenset[str]:
    return frozenset(column.nombre for column in query.columnas if column.tipo.kind in NUMBERS)
