"""The columns of a package: the catalogue's names, order and types, whatever the database calls and declares them.

Equal data of two engines, or of two units, thereby gives equal digests. A column that the catalogue does not know goes
after the others, as the database has it. Where the declared type could hold more than the catalogue's, the declared
one is exported, so that nothing is lost, and observed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sigasers.formats.column_type import Column, ColumnType
from sigasers.formats.manifest import Observacion
from sigasers.siga.catalogue import TableEntry
from sigasers.siga.catalogue.fit import DeclaredFit, declared_fit
from sigasers.siga.sources import TableSchema
from sigasers.siga.sources.declared import column_type


@dataclass(frozen=True, kw_only=True)
class ExportedColumn:
    """A column as the database names it (``origen``), as it is exported, and what there is to say of it."""

    origen: str
    columna: Column
    observacion: Observacion | None = None


def exported_columns(entry: TableEntry, table: TableSchema) -> tuple[ExportedColumn, ...]:
    """Give the columns of ``table`` that are exported, in the order of the package."""
    omitted = {name.lower() for name in entry.omitir}
    known = {name.lower() for name, _ in entry.columnas}
    extra = (
        ExportedColumn(origen=column.nombre, columna=column)
        for column in table.columnas
        if column.nombre.lower() not in known
    )
    return tuple(one for one in (*_of_catalogue(entry, table), *extra) if one.origen.lower() not in omitted)


def _of_catalogue(entry: TableEntry, table: TableSchema) -> Iterator[ExportedColumn]:
    for name, declared in entry.columnas:
        own = table.column(name)
        if own is None:
            continue
        wanted = column_type(declared)
        fits = declared_fit(own.tipo, wanted) is not DeclaredFit.NO
        yield ExportedColumn(
            origen=own.nombre,
            columna=Column(name, wanted if fits else own.tipo),
            observacion=None if fits else _other_type(name, wanted, own.tipo),
        )


def _other_type(name: str, wanted: ColumnType, own: ColumnType) -> Observacion:
    return Observacion(
        codigo="tipo_distinto",
        texto=f"La base de datos la declara {own} y la relación de tablas {wanted}; se exporta como {own}.",
        columna=name,
    )
