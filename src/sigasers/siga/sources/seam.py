"""The seam between the exporter and a database: what every engine's implementation gives.

A ``Source`` opens a ``Snapshot``; a snapshot has lanes, each for one thread at a time, that read the same state
(as far as ``consistencia`` says). Implementations only read, give exact values in the logical types of
``formats.column_type`` or raise, and hold one batch in memory. They do not order rows, and know nothing of the
catalogue, of units or of files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

import pyarrow as pa

from sigasers.formats.column_type import Column
from sigasers.formats.manifest import Consistencia, Observacion


@dataclass(frozen=True, kw_only=True)
class TableSchema:
    """A table as the database declares it: names as it spells them, ``clave`` in the order of the key.

    ``tablas_iguales`` and ``columnas_iguales`` are those that differ from this table, or from one of its columns, by
    case alone: they are left out (``by_lower_name``).
    """

    nombre: str
    columnas: tuple[Column, ...]
    clave: tuple[str, ...]
    tablas_iguales: tuple[str, ...] = ()
    columnas_iguales: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        """Give the column ``name``, whatever its case; ``None`` if there is none."""
        return self._by_name.get(name.lower())

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.nombre.lower(): column for column in reversed(self.columnas)}


def by_lower_name(tables: Iterable[TableSchema]) -> dict[str, TableSchema]:
    """Give ``tables`` by lower-case name; of names that differ by case alone, one is taken and names the others.

    That is the one in lower case, else the first; tables and columns alike.
    """
    found: dict[str, list[TableSchema]] = {}
    for table in tables:
        found.setdefault(table.nombre.lower(), []).append(table)
    return {
        name: _with_columns_apart(alike[0], tuple(one.nombre for one in alike[1:]))
        for name, alike in ((name, _lower_first(each)) for name, each in found.items())
    }


def _lower_first(alike: list[TableSchema]) -> list[TableSchema]:
    return sorted(alike, key=lambda table: table.nombre != table.nombre.lower())


def _with_columns_apart(table: TableSchema, tables_alike: tuple[str, ...]) -> TableSchema:
    taken: dict[str, str] = {}
    for column in sorted(table.columnas, key=lambda column: column.nombre != column.nombre.lower()):
        taken.setdefault(column.nombre.lower(), column.nombre)
    kept = frozenset(taken.values())
    if len(kept) == len(table.columnas):
        return replace(table, tablas_iguales=tables_alike)
    return TableSchema(
        nombre=table.nombre,
        columnas=tuple(column for column in table.columnas if column.nombre in kept),
        clave=table.clave if kept.issuperset(table.clave) else (),
        tablas_iguales=tables_alike,
        columnas_iguales=tuple(column.nombre for column in table.columnas if column.nombre not in kept),
    )


@dataclass(frozen=True)
class Equals:
    """Rows whose column equals a whole number; text columns (``001288``) are compared by their number."""

    columna: Column
    valor: int


@dataclass(frozen=True)
class ExistsIn:
    """Rows for which ``tabla`` has a row that agrees in ``pares`` (own column, its column) and fulfils ``donde``."""

    tabla: str
    pares: tuple[tuple[str, str], ...]
    donde: Equals


Condition = Equals | ExistsIn


@dataclass(frozen=True, kw_only=True)
class Query:
    """Rows and columns of one table; every condition must hold.

    The order of the rows is any. A column's type is the one wanted, which may be wider than the declared one.
    ``exactas`` names columns to be read the slow, exact way (see ``NeedsExactError``).
    """

    tabla: str
    columnas: tuple[Column, ...]
    condiciones: tuple[Condition, ...] = ()
    exactas: frozenset[str] = frozenset()


class NeedsExactError(Exception):
    """Not an error of the tree: the fast way cannot hold ``columns``; read again with them in ``exactas``."""

    def __init__(self, columns: frozenset[str]) -> None:
        super().__init__("read again, exactly")
        self.columns = columns


@dataclass(frozen=True, kw_only=True)
class SourceTotals:
    """Count and exact sums (decimal text with the column's scale) that the engine itself computed."""

    filas: int
    sumas: dict[str, str]


@dataclass
class Notes:
    """Observations collected while reading one table: one for each code and column, counted."""

    found: dict[tuple[str, str], Observacion] = field(default_factory=dict)

    def add(self, codigo: str, texto: str, *, columna: str, fila: int, cantidad: int = 1) -> None:
        """Count ``cantidad`` more rows; the ordinal kept is the first one's."""
        old = self.found.get((codigo, columna))
        total = cantidad + (old.cantidad or 0 if old else 0)
        first = old.fila if old else fila
        self.found[codigo, columna] = Observacion(
            codigo=codigo, texto=texto, columna=columna, fila=first, cantidad=total
        )


class Lane(Protocol):
    """One reader within a snapshot; one thread at a time."""

    def read(self, query: Query, notes: Notes) -> Iterator[pa.RecordBatch]:
        """Give the rows in batches of the columns' exact Arrow types.

        Raises ``TableReadError`` for a value that its type cannot hold, ``NeedsExactError`` when the fast way would not
        be exact, both also after some batches, ``SourceUnreadableError``, and what costs the package, such as
        ``SnapshotLostError`` and ``ReadStoppedError``. A new ``read`` ends the one before.
        """

    def totals(self, query: Query, columns: tuple[Column, ...]) -> SourceTotals:
        """Count the rows of ``query`` and sum its decimal ``columns``, exactly."""

    def integers(self, query: Query) -> list[tuple[int, ...]]:
        """Give the distinct rows of a small look-up whose columns are whole numbers, sorted; null rows left out."""

    def texts(self, query: Query) -> list[str]:
        """Give the first column of a small look-up as text; nulls left out."""


class Snapshot(Protocol):
    """An open state of the database; ``close`` releases it."""

    motor: str
    motor_version: str
    consistencia: Consistencia
    bloquea_escritura: bool
    lanes: tuple[Lane, ...]

    def tables(self) -> dict[str, TableSchema]:
        """Give every table by its lower-case name."""

    def may_read(self, tabla: str) -> bool:
        """Tell whether this login may select from ``tabla``."""

    def cancel(self) -> None:
        """Make reads under way in other threads end soon, with ``ReadStoppedError``."""

    def close(self) -> None:
        """Release the snapshot and its connections."""


class Source(Protocol):
    """A database that can be exported."""

    def open_snapshot(self, *, lanes: int) -> Snapshot:
        """Open one state with at most ``lanes`` readers; raises the ``errors.siga`` of opening."""
