"""What the ODBC source asks of an engine's dialect, and the values that both speak of. Implementations import this."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow as pa
from sqlglot import exp

from sigasers.formats.column_type import Column, ColumnType
from sigasers.formats.manifest import Consistencia
from sigasers.siga.sources.odbc_connection import OdbcConnection
from sigasers.siga.sources.seam import Query, TableSchema

_FORM = re.compile(
    r"([a-z_][a-z0-9_ ]*?)\s*(?:\((\d+)(?:,(\d+))?\))?( without time zone| with time zone)?", re.IGNORECASE
)
UNBOUNDED = 0
WIDEST = 4000  # characters of the widest text that is no "max" type


@dataclass(frozen=True)
class EngineColumn:
    """A column as the engine declares it: ``declarado`` such as ``numeric(16,2)`` or, unbounded, ``varchar``."""

    nombre: str
    declarado: str
    tipo: ColumnType

    @property
    def parts(self) -> tuple[str, int, int]:
        """The type's name in lower case, its first and second number (0 where there is none)."""
        match = _FORM.fullmatch(self.declarado)
        if match is None:
            return self.declarado.lower(), 0, 0
        return (match[1] + (match[4] or "")).lower(), int(match[2] or 0), int(match[3] or 0)


@dataclass(frozen=True)
class EngineTable:
    """A table as the engine declares it; ``legible`` tells whether this login may read it."""

    nombre: str
    columnas: tuple[EngineColumn, ...]
    clave: tuple[str, ...]
    legible: bool

    def column(self, name: str) -> EngineColumn | None:
        """Give a column whatever its case, before others the one that is spelled so."""
        alike = [one for one in self.columnas if one.nombre.lower() == name.lower()]
        return next((one for one in alike if one.nombre == name), alike[0] if alike else None)

    @property
    def schema(self) -> TableSchema:
        """The table as the seam shows it."""
        columns = tuple(Column(one.nombre, one.tipo) for one in self.columnas)
        return TableSchema(nombre=self.nombre, columnas=columns, clave=self.clave)


@dataclass(frozen=True)
class Carrier:
    """How a column travels: what is selected, the Arrow type asked for, how many UTF-16 units or bytes it has.

    ``unidades`` is ``UNBOUNDED`` where only the engine knows; then ``medida`` selects a row's size. ``es_hex`` says
    that bytes travel as hexadecimal digits.
    """

    expresion: exp.Expr
    arrow: pa.DataType
    unidades: int = 8
    medida: exp.Expr | None = None
    es_hex: bool = False

    @property
    def is_long(self) -> bool:
        """Whether its size must be asked before it is read."""
        return self.medida is not None

    @property
    def fills_buffer(self) -> bool:
        """Whether the driver gives it all the room that is asked for, however small its values are."""
        return self.is_long or self.unidades > WIDEST


@dataclass(frozen=True)
class Opening:
    """How lanes are opened: statements for each connection, how consistent what they read is.

    ``sesion`` go before anything is asked, ``sentencias`` begin the reading. ``abierta`` is there where a transaction
    holds the state: a query of one whole number, 0 when it is open no more. ``por_clave`` asks for short reads by
    primary key.
    """

    consistencia: Consistencia
    sesion: tuple[str, ...]
    sentencias: tuple[str, ...]
    abierta: str = ""
    por_clave: bool = False
    alternativa: "Opening | None" = field(default=None, repr=False)

    @property
    def una_sola(self) -> bool:
        """Whether one connection holds the state: no other can join its transaction."""
        return bool(self.abierta)


class Dialect(Protocol):
    """An engine behind ODBC."""

    motor: str
    clock: str  # a query of one text: the server's time in UTC, ``AAAA-MM-DD hh:mm:ss`` and what follows

    def changeable(self) -> str:
        """Give a query of each table's name and, as 0 or 1, the login's rights to insert, change and remove rows."""

    def version(self, connection: OdbcConnection) -> str:
        """Give the engine's version."""

    def opening(self, connection: OdbcConnection) -> Opening:
        """Say how lanes are to be opened: the best that the database allows, and what to do if it refuses."""

    def tables(self, connection: OdbcConnection) -> list[EngineTable]:
        """Give every table of the schema, also those that this login may not read, as far as it may know of them."""

    def carrier(self, column: EngineColumn) -> Carrier:
        """Say how a column travels without losing anything."""

    def select(
        self,
        columns: Sequence[exp.Expr],
        query: Query,
        *,
        first: int | None = None,
        order: Sequence[exp.Expr] = (),
    ) -> exp.Select:
        """Select ``columns`` of the rows of ``query``, at most ``first`` of them in the order of ``order``."""

    def text(self, statement: exp.Expr) -> str:
        """Spell a statement for the engine."""

    def sum_as_text(self, column: EngineColumn) -> exp.Expr | None:
        """Give an exact sum as decimal text; ``None`` for a column that the engine cannot add up exactly."""

    def is_key(self, column: EngineColumn) -> bool:
        """Tell whether reads may go on after a value of this column: it comes back the same, as a constant."""

    def key_value(self, column: EngineColumn, value: Any) -> exp.Expr:
        """Give a key's value as the engine compares it."""
