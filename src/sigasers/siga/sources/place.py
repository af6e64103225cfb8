"""Where a value stands: table and column, for errors and observations. Never the value."""

from dataclasses import dataclass

from sigasers.errors.siga import TableReadError
from sigasers.formats.column_type import Column
from sigasers.siga.sources.seam import NeedsExactError, Notes


@dataclass(frozen=True)
class Place:
    """A column of ``tabla`` that is being read; what is observed goes to ``notes``. Rows are ordinals from 1."""

    tabla: str
    column: Column
    notes: Notes

    def bad(self, motivo: str, row: int) -> TableReadError:
        """Give the error of a value that the column cannot hold; ``motivo`` is Spanish."""
        return TableReadError(
            "value does not fit its column",
            tabla=self.tabla,
            columna=self.column.nombre,
            fila=row,
            motivo=motivo,
        )

    def needs_exact(self) -> NeedsExactError:
        """Give the signal that the column must be read again, exactly."""
        return NeedsExactError(frozenset({self.column.nombre}))

    def note(self, codigo: str, texto: str, row: int) -> None:
        """Observe one row."""
        self.notes.add(codigo, texto, columna=self.column.nombre, fila=row)
