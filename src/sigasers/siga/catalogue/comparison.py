"""Holds the catalogue against the tables that a database really has; names are compared without regard to case.

It only looks: what is missing or additional becomes observations of the manifest, never an exception. A table whose
rows cannot be told from another unit's, or from another year's, must not be exported: ``blocking_columns``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sigasers.formats.manifest import Observacion
from sigasers.siga.catalogue.entries import Catalogue, PorJoin, TableEntry
from sigasers.siga.sources.seam import TableSchema


@dataclass(frozen=True, kw_only=True)
class TableObservation:
    """An observation of the comparison and the catalogue's table that it concerns."""

    tabla: str
    observacion: Observacion


def compare(catalogue: Catalogue, live_schema: Mapping[str, TableSchema]) -> list[TableObservation]:
    """Give what differs between ``catalogue`` and ``live_schema`` (by table name, in any case), in export order."""
    live = _folded(live_schema.values())
    return [
        TableObservation(tabla=entry.nombre, observacion=observation)
        for entry in catalogue.tablas
        for observation in compare_table(entry, live)
    ]


def compare_table(entry: TableEntry, live_schema: Mapping[str, TableSchema]) -> Iterator[Observacion]:
    """Give the observations of one table; ``live_schema`` is by lower-case name."""
    table = live_schema.get(entry.nombre.lower())
    if table is None:
        yield Observacion(codigo="tabla_ausente", texto="La base de datos no tiene esta tabla.")
        return
    yield from _alike(table)
    for name in _selecting_columns(entry, live_schema):
        yield Observacion(
            codigo="tabla_fallida",
            texto="Falta la columna que dice de qué unidad o de qué año es cada fila: la tabla no se exporta.",
            columna=name,
        )
    for name in _lacking(entry.unvouched_columns(), table):
        yield Observacion(
            codigo="tabla_fallida",
            texto="La política de datos personales de la unidad nombra una columna que no existe: para no enviar otra "
            "sin protección, la tabla no se exporta.",
            columna=name,
        )
    yield from _missing_columns(entry, table)
    yield from _additional_columns(entry, table)
    yield from _other_key(entry, table)


def _alike(table: TableSchema) -> Iterator[Observacion]:
    for name in table.tablas_iguales:
        yield Observacion(
            codigo="tabla_repetida",
            texto=f"La base de datos tiene además la tabla «{name}», que solo se distingue por las mayúsculas. "
            f"Se exporta «{table.nombre}»; la otra no.",
        )
    for name in table.columnas_iguales:
        own = table.column(name)
        texto = f"Solo se distingue de «{own.nombre if own else name}» por las mayúsculas. Esta columna no se exporta."
        yield Observacion(codigo="columna_repetida", texto=texto, columna=name)


def blocking_columns(entry: TableEntry, live_schema: Mapping[str, TableSchema]) -> tuple[str, ...]:
    """Give the columns that the database lacks and without which the table must not go.

    ``live_schema`` is by lower-case name. Columns of the parent of a join are given as ``PADRE.COLUMNA``. Not empty
    means: exporting the table would send another unit's rows, another year's, or a column that was to be hidden.
    """
    table = live_schema.get(entry.nombre.lower())
    return (*_selecting_columns(entry, live_schema), *_lacking(entry.unvouched_columns(), table))


def _selecting_columns(entry: TableEntry, live_schema: Mapping[str, TableSchema]) -> tuple[str, ...]:
    missing = list(_lacking(entry.selection_columns(), live_schema.get(entry.nombre.lower())))
    if isinstance(entry.unidad, PorJoin):
        wanted = (*(theirs for _, theirs in entry.unidad.pares), entry.unidad.columna)
        lacking = _lacking(wanted, live_schema.get(entry.unidad.tabla.lower()))
        missing += [f"{entry.unidad.tabla}.{name}" for name in lacking]
    return tuple(missing)


def _lacking(wanted: Iterable[str], table: TableSchema | None) -> Iterator[str]:
    return (name for name in wanted if table is None or table.column(name) is None)


def _missing_columns(entry: TableEntry, table: TableSchema) -> Iterator[Observacion]:
    """A column that would not travel anyway is not missed."""
    omitted = {name.lower() for name in entry.omitir}
    for name in _lacking((name for name, _ in entry.columnas), table):
        if name.lower() not in omitted:
            yield Observacion(
                codigo="columna_ausente", texto="La base de datos no tiene esta columna.", columna=name
            )


def _additional_columns(entry: TableEntry, table: TableSchema) -> Iterator[Observacion]:
    """Only where the catalogue knows the columns: of a table that a unit added it knows none."""
    known = {name.lower() for name, _ in entry.columnas}
    for column in table.columnas:
        if known and column.nombre.lower() not in known:
            yield Observacion(
                codigo="columna_adicional",
                texto="La base de datos tiene esta columna, que la relación de tablas no conoce. Se exporta.",
                columna=column.nombre,
            )


def _other_key(entry: TableEntry, table: TableSchema) -> Iterator[Observacion]:
    if entry.clave and _lower(entry.clave) != _lower(table.clave):
        yield Observacion(
            codigo="clave_no_declarada",
            texto="La base de datos declara otra clave primaria que la relación de tablas.",
        )


def _lower(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)


def _folded(tables: Iterable[TableSchema]) -> dict[str, TableSchema]:
    return {table.nombre.lower(): table for table in tables}
