"""One PostgreSQL connection inside a shared snapshot: rows by COPY, counts and sums, small look-ups."""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from threading import Event
from typing import Any

import psycopg
import pyarrow as pa

from sigasers.errors import SigasersError
from sigasers.errors.siga import ReadStoppedError, TableReadError
from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.siga.sources import postgres_statements
from sigasers.siga.sources.csv_rows import parse_rows
from sigasers.siga.sources.expressions import by_number
from sigasers.siga.sources.place import Place
from sigasers.siga.sources.postgres_schema import PostgresSchema
from sigasers.siga.sources.seam import Notes, Query, SourceTotals
from sigasers.siga.sources.stored_numbers import decimal_text

_BLOCK_BYTES = 4 << 20  # of CSV parsed at a time: fewer cost calls, more gain nothing
_MAX_BLOCK_ROWS = 16_384
_WHOLE = (Kind.DECIMAL, Kind.ENTERO)
_NO_ENCODING = "SQL_ASCII"
Failure = Callable[[psycopg.Error, str], SigasersError]


class PostgresLane:
    """One connection; every table has a savepoint of its own, so that one that fails costs no other."""

    def __init__(
        self,
        connection: psycopg.Connection[tuple[Any, ...]],
        schema: PostgresSchema,
        failure: Failure,
        stopped: Event,
    ) -> None:
        self._connection, self._schema = connection, schema
        self._failure, self._stopped = failure, stopped
        self._reading: Generator[pa.RecordBatch, None, None] | None = None

    def read(self, query: Query, notes: Notes) -> Iterator[pa.RecordBatch]:
        """See ``seam.Lane.read``; this engine's values are exact at once."""
        self.end()
        select = postgres_statements.rows(self._asked(query), casts=self._casts(query))
        self._reading = self._copied(select, query.tabla, query.columnas, notes)
        return self._reading

    def _asked(self, query: Query) -> Query:
        return by_number(query, self._schema.numeros)

    def _casts(self, query: Query) -> Mapping[str, str]:
        return self._schema.casts.get(query.tabla, {})

    def _copied(
        self, select: str, tabla: str, columns: tuple[Column, ...], notes: Notes
    ) -> Generator[pa.RecordBatch, None, None]:
        places = [Place(tabla, column, notes) for column in columns]
        careful, first = self._careful(tabla, columns), 1
        sql = postgres_statements.copied(select).encode()
        with (
            self._savepoint(tabla),
            self._raw_bytes(),
            self._connection.cursor() as cursor,
            cursor.copy(sql) as copy,
        ):
            for lines in self._blocks(copy):
                yield parse_rows(lines, places, first, careful=careful)
                first += len(lines)

    def _careful(self, tabla: str, columns: tuple[Column, ...]) -> frozenset[str]:
        """Give the columns that are not declared with at most the decimals, or with the days, that are wanted."""
        table = self._schema.tablas.get(tabla.lower())
        pairs = ((column, table.column(column.nombre) if table else None) for column in columns)
        return frozenset(
            column.nombre
            for column, own in pairs
            if (
                column.tipo.kind is Kind.DECIMAL
                and (own is None or own.tipo.kind not in _WHOLE or own.tipo.scale > column.tipo.scale)
            )
            or (column.tipo.kind is Kind.FECHA and own is not None and own.tipo.kind is Kind.FECHA_HORA)
        )

    @contextmanager
    def _raw_bytes(self) -> Iterator[None]:
        """Where the base declares no encoding, have its bytes as they are: the server would refuse what is no UTF-8."""
        if self._connection.info.parameter_status("server_encoding") != _NO_ENCODING:
            yield
            return
        self._connection.execute("SET client_encoding TO SQL_ASCII")
        yield
        self._connection.execute("SET client_encoding TO UTF8")

    def _blocks(self, copy: psycopg.Copy) -> Iterator[list[bytes]]:
        """Give rows (the protocol sends each in a message of its own), as many as are parsed at a time."""
        lines: list[bytes] = []
        size = 0
        for message in copy:
            lines.append(bytes(message))
            size += len(message)
            if size >= _BLOCK_BYTES or len(lines) >= _MAX_BLOCK_ROWS:
                self._check()
                yield lines
                lines, size = [], 0
        if lines:
            yield lines

    def totals(self, query: Query, columns: tuple[Column, ...]) -> SourceTotals:
        """See ``seam.Lane.totals``."""
        select = postgres_statements.totals(self._asked(query), columns, casts=self._casts(query))
        ((count, *sums),) = self._rows(select, query.tabla)
        found: dict[str, str] = {}
        for column, total in zip(columns, sums, strict=True):
            unscaled = _unscaled(total, column.tipo.scale)
            if unscaled is None:
                raise self._unsummable(query, column)
            found[column.nombre] = decimal_text(unscaled, column.tipo.scale)
        return SourceTotals(filas=int(count), sumas=found)

    def _unsummable(self, query: Query, column: Column) -> TableReadError:
        """Find the row that spoils a sum (NaN, infinity, more decimals): reading the column alone refuses it."""
        try:
            for _ in self.read(replace(query, columnas=(column,)), Notes()):
                pass
        except TableReadError as error:
            return error
        return Place(query.tabla, column, Notes()).bad("la suma del motor no es un número de esa columna", 0)

    def integers(self, query: Query) -> list[tuple[int, ...]]:
        """See ``seam.Lane.integers``."""
        rows = self._looked_up(postgres_statements.distinct(self._asked(query)), query.tabla, query.columnas)
        return sorted({whole for row in rows if (whole := _whole(row)) is not None})

    def texts(self, query: Query) -> list[str]:
        """See ``seam.Lane.texts``."""
        narrow = replace(query, columnas=query.columnas[:1])
        select = postgres_statements.rows(self._asked(narrow), casts={})
        return [
            str(text) for (text,) in self._looked_up(select, query.tabla, narrow.columnas) if text is not None
        ]

    def _looked_up(self, select: str, tabla: str, columns: tuple[Column, ...]) -> Iterator[tuple[Any, ...]]:
        self.end()
        plain = tuple(Column(column.nombre, ColumnType(Kind.TEXTO)) for column in columns)
        for batch in self._copied(select, tabla, plain, Notes()):
            yield from zip(*(values.to_pylist() for values in batch.columns), strict=True)

    def _rows(self, sql: str, tabla: str) -> list[tuple[Any, ...]]:
        self.end()
        with self._savepoint(tabla), self._connection.cursor() as cursor:
            return cursor.execute(sql.encode()).fetchall()

    @contextmanager
    def _savepoint(self, tabla: str) -> Iterator[None]:
        self._check()
        try:
            with self._connection.transaction():
                yield
        except psycopg.Error as error:
            self._check()
            raise self._failure(error, tabla) from error

    def _check(self) -> None:
        if self._stopped.is_set():
            raise ReadStoppedError("stopped", base="PostgreSQL")

    def end(self) -> None:
        """End the read before."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.close()


def _unscaled(total: Decimal | int | None, scale: int) -> int | None:
    """Give the sum as a whole number of the column's smallest units; Decimal's own arithmetic would round.

    ``None`` if it is none: NaN, infinity, more decimals than the column has.
    """
    if total is None:
        return 0
    sign, digits, exponent = Decimal(total).as_tuple()
    if not isinstance(exponent, int) or exponent < -scale:
        return None
    whole: int = int("".join(map(str, digits))) * 10 ** (exponent + scale)
    return -whole if sign else whole


def _whole(row: tuple[Any, ...]) -> tuple[int, ...] | None:
    """Give the numbers of a look-up; a text that is no whole number counts for nothing."""
    try:
        numbers = [Decimal(str(value).strip()) for value in row]
        whole = tuple(int(number) for number in numbers)
    except (ArithmeticError, ValueError):
        return None
    return whole if list(whole) == numbers else None
