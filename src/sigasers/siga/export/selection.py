"""A catalogue entry, a unit and a year, made a query of the table that the database really has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sigasers.formats.column_type import Column
from sigasers.formats.pseudonym import Domain
from sigasers.model import Ejercicio, Nemonico
from sigasers.siga.catalogue import Acumulado, Anual, Compartida, PorColumna, PorJoin, TableEntry
from sigasers.siga.export.pseudonyms import written_columns
from sigasers.siga.sources import Condition, Equals, ExistsIn, Query, TableSchema


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What is read of a table: its query, the columns that order its rows (none: all), those left out.

    ``dominios`` are the columns that are written as pseudonyms, each with its domain.
    """

    entry: TableEntry
    query: Query
    clave: tuple[str, ...]
    omitidas: tuple[str, ...]
    dominios: Mapping[str, Domain] = field(default_factory=dict)

    @property
    def columnas(self) -> tuple[Column, ...]:
        """The columns as the package has them."""
        return written_columns(self.query.columnas, self.dominios)


def select(
    entry: TableEntry, tables: Mapping[str, TableSchema], unidad: Nemonico, anio: Ejercicio
) -> Selection:
    """Give the selection of ``entry``, whose table and selecting columns must be in ``tables`` (lower-case names)."""
    table = tables[entry.nombre.lower()]
    omitted = {name.lower() for name in entry.omitir}
    kept = tuple(column for column in table.columnas if column.nombre.lower() not in omitted)
    key = table.clave or _spelled(entry.clave, table)
    domains = {name.lower(): domain for name, domain in entry.seudonimizar}
    return Selection(
        entry=entry,
        query=Query(
            tabla=table.nombre,
            columnas=kept,
            condiciones=tuple(_conditions(entry, table, tables, unidad, anio)),
        ),
        clave=() if omitted & {name.lower() for name in key} else key,
        omitidas=tuple(column.nombre for column in table.columnas if column.nombre.lower() in omitted),
        dominios={
            column.nombre: domains[column.nombre.lower()]
            for column in kept
            if column.nombre.lower() in domains
        },
    )


def filter_text(entry: TableEntry, unidad: Nemonico, anio: Ejercicio) -> str:
    """Say in Spanish which rows of the table go."""
    parts = []
    if isinstance(entry.filtro, Anual):
        parts.append(f"{entry.filtro.columna} = {anio}")
    match entry.unidad:
        case PorColumna(columna):
            parts.append(f"{columna} = {unidad}")
        case PorJoin(tabla=tabla, columna=columna):
            parts.append(f"según {tabla}.{columna} = {unidad}")
    if isinstance(entry.filtro, Acumulado):
        parts.append("todos los años")
    return " y ".join(parts) or "todas las filas"


def _conditions(
    entry: TableEntry,
    table: TableSchema,
    tables: Mapping[str, TableSchema],
    unidad: Nemonico,
    anio: Ejercicio,
) -> list[Condition]:
    found: list[Condition] = []
    if isinstance(entry.filtro, Anual):
        found.append(Equals(_column(table, entry.filtro.columna), anio.value))
    match entry.unidad:
        case PorColumna(columna):
            found.append(Equals(_column(table, columna), unidad.value))
        case PorJoin(tabla=parent, pares=pairs, columna=columna):
            other = tables[parent.lower()]
            spelled = tuple(
                (_column(table, own).nombre, _column(other, theirs).nombre) for own, theirs in pairs
            )
            found.append(ExistsIn(other.nombre, spelled, Equals(_column(other, columna), unidad.value)))
        case Compartida():
            pass
    return found


def _column(table: TableSchema, name: str) -> Column:
    column = table.column(name)
    assert column is not None  # noqa: S101 - the comparison with the catalogue has looked (``blocking_columns``)
    return column


def _spelled(names: tuple[str, ...], table: TableSchema) -> tuple[str, ...]:
    """Give the catalogue's key as the table spells it; a key that lacks a column orders nothing."""
    columns = [table.column(name) for name in names]
    return tuple(column.nombre for column in columns if column) if all(columns) else ()
