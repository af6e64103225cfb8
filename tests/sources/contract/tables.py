"""Tables described for no engine in particular: columns with the types of SIGA's schema, rows of Python values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Value = int | float | Decimal | str | bytes | datetime | date | None


@dataclass(frozen=True)
class Field:
    """A column: ``tipo`` as SQL Server declares it, such as ``numeric(16,2)`` or ``varchar(max)``."""

    nombre: str
    tipo: str

    @property
    def base(self) -> str:
        """The type without its numbers."""
        return self.tipo.partition("(")[0]


@dataclass(frozen=True)
class Made:
    """A table to be made: its columns, its primary key, its rows.

    Before them come ``vacias`` rows whose first column counts from 0 and whose others are null; a power of two.
    """

    nombre: str
    campos: tuple[Field, ...]
    filas: Sequence[tuple[Value, ...]]
    clave: tuple[str, ...] = ()
    vacias: int = 0

    @property
    def todas(self) -> Sequence[tuple[Value, ...]]:
        """Every row."""
        nulls = (None,) * (len(self.campos) - 1)
        return [*((number, *nulls) for number in range(self.vacias)), *self.filas]


def table(nombre: str, campos: str, *filas: tuple[Value, ...], clave: str = "", vacias: int = 0) -> Made:
    """Describe a table in short: ``campos`` such as ``k int; m numeric(16,2)``, ``clave`` such as ``k``."""
    found = [Field(*one.strip().split(" ", 1)) for one in campos.split(";")]
    return Made(nombre, tuple(found), filas, tuple(clave.split()), vacias)
