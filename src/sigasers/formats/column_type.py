"""The logical types of exported columns (``docs/spec/content-digest.md``, section 1) and their Arrow types.

A type is what a column means, whatever engine sent it: ``decimal(16,2)``, ``entero``, ``char(4)``, ``texto``,
``fecha``, ``fecha_hora``, ``binario``, ``real``. How an engine's own names map to them is not said here.
"""

import re
from dataclasses import dataclass
from enum import Enum

import pyarrow as pa

from sigasers.errors.formats import FormatError

MAX_PRECISION = 38  # of Arrow's decimal128 and of SQL Server's numeric
MAX_CHAR = 8000  # SQL Server's longest char(n)
_FORM = re.compile(r"(decimal|char)\((\d{1,4})(?:,(\d{1,2}))?\)|[a-z_]+")


class Kind(Enum):
    """The kinds of column; ``decimal`` and ``char`` have parameters."""

    DECIMAL = "decimal"
    ENTERO = "entero"
    CHAR = "char"
    TEXTO = "texto"
    FECHA = "fecha"
    FECHA_HORA = "fecha_hora"
    BINARIO = "binario"
    REAL = "real"


_ARROW = {
    Kind.ENTERO: pa.int64(),
    Kind.CHAR: pa.string(),
    Kind.TEXTO: pa.string(),
    Kind.FECHA: pa.date32(),
    Kind.FECHA_HORA: pa.timestamp("us"),
    Kind.BINARIO: pa.binary(),
    Kind.REAL: pa.float64(),
}
_LENGTHS = frozenset({Kind.CHAR, Kind.TEXTO, Kind.BINARIO})


@dataclass(frozen=True)
class ColumnType:
    """A logical type: ``precision`` and ``scale`` belong to ``decimal``, ``length`` (characters) to ``char``."""

    kind: Kind
    precision: int = 0
    scale: int = 0
    length: int = 0

    def __post_init__(self) -> None:
        decimal, char = self.kind is Kind.DECIMAL, self.kind is Kind.CHAR
        holds = (
            (1 <= self.precision <= MAX_PRECISION and 0 <= self.scale <= self.precision)
            if decimal
            else not self.precision and not self.scale
        )
        if not holds or not (1 <= self.length <= MAX_CHAR if char else not self.length):
            raise FormatError(f"bad column type {self.kind.value}")

    @classmethod
    def parse(cls, text: str) -> "ColumnType":
        """Read the text form, exactly as ``str`` writes it; raises ``FormatError``."""
        match = _FORM.fullmatch(text)
        found = cls._of(match) if match else None
        if found is None or str(found) != text:
            raise FormatError("unknown column type")
        return found

    @classmethod
    def _of(cls, match: "re.Match[str]") -> "ColumnType | None":
        if match[1] == "decimal":
            return cls(Kind.DECIMAL, precision=int(match[2]), scale=int(match[3] or 0))
        if match[1] == "char":
            return cls(Kind.CHAR, length=int(match[2]))
        kinds = {kind.value: kind for kind in _ARROW if kind is not Kind.CHAR}
        kind = kinds.get(match[0])
        return cls(kind) if kind else None

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type that holds the column's values exactly."""
        if self.kind is Kind.DECIMAL:
            return pa.decimal128(self.precision, self.scale)
        return _ARROW[self.kind]

    @property
    def varies_in_length(self) -> bool:
        """Whether a value is text or bytes, of a length of its own, and not a number or a time."""
        return self.kind in _LENGTHS

    def __str__(self) -> str:
        if self.kind is Kind.DECIMAL:
            return f"decimal({self.precision},{self.scale})"
        if self.kind is Kind.CHAR:
            return f"char({self.length})"
        return str(self.kind.value)


@dataclass(frozen=True)
class Column:
    """A named column: the name as exported, and its logical type."""

    nombre: str
    tipo: ColumnType

    @property
    def arrow(self) -> pa.Field:
        """The Arrow field; every exported column may be null, whatever the database promised."""
        return pa.field(self.nombre, self.tipo.arrow)


def arrow_schema(columns: "tuple[Column, ...]") -> pa.Schema:
    """Give the Arrow schema of a table with ``columns`` in this order."""
    return pa.schema([column.arrow for column in columns])
