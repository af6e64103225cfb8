"""The columns of a package: the catalogue's names, order and types, whatever the database calls and declares them.

Equal data of two engines, or of two units, thereby gives equal digests. A column that the catalogue does not know goes
after the others, as the database has it. Where the declared type could hold more than the catalogue's, the declared
one is exported, so that nothing is lost, and observed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.formats.manifest import Observacion
from sigasers.siga.catalogue import TableEntry
from sigasers.siga.sources import TableSchema
from sigasers.siga.sources.declared import column_type

_TEXTS = (Kind.CHAR, Kind.TEXTO)


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
        fits = _holds(wanted, own.tipo)
        yield ExportedColumn(
            origen=own.nombre,
            columna=Column(name, wanted if fits else own.tipo),
            observacion=None if fits else _other_type(name, wanted, own.tipo),
        )


def _holds(wanted: ColumnType, own: ColumnType) -> bool:
    """Tell whether every value of ``own`` is one of ``wanted``; whole numbers count as such, each being checked."""
    if wanted.kind is Kind.DECIMAL and own.kind is Kind.DECIMAL:
        whole = wanted.precision - wanted.scale >= own.precision - own.scale
        return whole and wanted.scale >= own.scale
    if wanted.kind is Kind.DECIMAL and own.kind is Kind.ENTERO:
        return True
    if wanted.kind in _TEXTS and own.kind in _TEXTS:
        return True
    return wanted.kind is own.kind or (wanted.kind is Kind.FECHA_HORA and own.kind is Kind.FECHA)


def _other_type(name: str, wanted: ColumnType, own: ColumnType) -> Observacion:
    return Observacion(
        codigo="tipo_distinto",
        texto=f"La base de datos la declara {own} y la relación de tablas {wanted}; se exporta como {own}.",
        columna=name,
    )
