"""A catalogue entry, a unit and a year, made a query of the table that the database really has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sigasers.formats.column_type import Column
from sigasers.formats.manifest import Observacion
from sigasers.formats.pseudonym import TIPO as PSEUDONYM
from sigasers.formats.pseudonym import Domain
from sigasers.model import Ejercicio, Nemonico
from sigasers.siga.catalogue import Acumulado, Anual, Compartida, PorColumna, PorJoin, TableEntry
from sigasers.siga.export.columns import exported_columns
from sigasers.siga.sources import Condition, Equals, ExistsIn, Query, TableSchema


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What is read of a table and how it is exported.

    ``query`` names columns as the database does, with the types that they are exported in; ``columnas`` are the same
    ones by place, spelled and typed as they are exported. ``clave`` (exported names) orders the rows; none: all
    columns do. ``omitidas`` are left out. ``dominios`` are the columns, as the database names them, that are exported
    as pseudonyms. ``observaciones`` tell of types that are not the catalogue's. ``clave_declarada``: the database
    itself keeps ``clave`` unique, so that a key met twice is a row read twice.
    """

    entry: TableEntry
    query: Query
    columnas: tuple[Column, ...]
    clave: tuple[str, ...]
    omitidas: tuple[str, ...]
    observaciones: tuple[Observacion, ...] = ()
    dominios: Mapping[str, Domain] = field(default_factory=dict)
    clave_declarada: bool = False

    @property
    def seudonimizadas(self) -> tuple[tuple[str, Domain], ...]:
        """The pseudonymised columns by their exported names."""
        pairs = zip(self.query.columnas, self.columnas, strict=True)
        return tuple(
            (column.nombre, self.dominios[own.nombre]) for own, column in pairs if own.nombre in self.dominios
        )


def select(
    entry: TableEntry, tables: Mapping[str, TableSchema], unidad: Nemonico, anio: Ejercicio
) -> Selection:
    """Give the selection of ``entry``, whose table and selecting columns must be in ``tables`` (lower-case names)."""
    table = tables[entry.nombre.lower()]
    omitted = {name.lower() for name in entry.omitir}
    kept = exported_columns(entry, table)
    key = [name.lower() for name in (table.clave or _present(entry.clave, table))]
    domains = {name.lower(): domain for name, domain in entry.seudonimizar}
    hidden = {one.origen: domains[one.origen.lower()] for one in kept if one.origen.lower() in domains}
    spelled = {one.origen.lower(): one.columna.nombre for one in kept}
    return Selection(
        entry=entry,
        query=Query(
            tabla=table.nombre,
            columnas=tuple(Column(one.origen, one.columna.tipo) for one in kept),
            condiciones=tuple(_conditions(entry, table, tables, unidad, anio)),
        ),
        columnas=tuple(
            Column(one.columna.nombre, PSEUDONYM) if one.origen in hidden else one.columna for one in kept
        ),
        clave=() if omitted & set(key) else tuple(spelled[name] for name in key),
        omitidas=tuple(name for name in entry.omitir if table.column(name)),
        observaciones=tuple(one.observacion for one in kept if one.observacion and one.origen not in hidden),
        dominios=hidden,
        clave_declarada=bool(table.clave) and not {name.lower() for name in hidden} & set(key),
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


def _present(names: tuple[str, ...], table: TableSchema) -> tuple[str, ...]:
    """Give the catalogue's key where the table has all of it; a key that lacks a column orders nothing."""
    return names if all(table.column(name) for name in names) else ()
