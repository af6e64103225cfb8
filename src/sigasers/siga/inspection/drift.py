"""The catalogue held against a live database: what is missing, extra or changed, and whether it matters.

It reads the schema, the values of columns whose type changed, and counts where asked; never a row for its own sake.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sigasers.errors import SigasersError
from sigasers.formats.column_type import ColumnType
from sigasers.model import Ejercicio, Nemonico
from sigasers.siga.catalogue import Catalogue, TableEntry
from sigasers.siga.catalogue.comparison import blocking_columns
from sigasers.siga.export.selection import select
from sigasers.siga.inspection.fitting import Fit, fit_of
from sigasers.siga.inspection.unknown import UnknownGroup, unknown_groups
from sigasers.siga.sources import Lane, Query, Snapshot, TableSchema
from sigasers.siga.sources.declared import column_type


class KeyState(Enum):
    """The key that the database declares beside the catalogue's."""

    IGUAL = "igual"
    OTRA = "otra"
    SIN_CLAVE = "sin_clave"


@dataclass(frozen=True, kw_only=True)
class TypeChange:
    """A column of another type than the catalogue's, and whether its values fit that one."""

    columna: str
    catalogo: ColumnType
    base: ColumnType
    cabe: Fit


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Rows of the unit and year (``None``: not asked, or not countable), and of the whole table."""

    del_paquete: int | None = None
    total: int | None = None
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class TableDrift:
    """One table of the catalogue in the database; columns as the catalogue, or the database, spells them."""

    entry: TableEntry
    presente: bool = True
    legible: bool = True
    bloqueantes: tuple[str, ...] = ()
    ausentes: tuple[str, ...] = ()
    adicionales: tuple[str, ...] = ()
    cambiadas: tuple[TypeChange, ...] = ()
    clave: KeyState = KeyState.IGUAL
    clave_base: tuple[str, ...] = ()
    conteo: Counts | None = None

    @property
    def importa(self) -> bool:
        """Whether a package would lack something, or be ordered otherwise, because of it."""
        lacks = not self.presente or not self.legible or bool(self.bloqueantes or self.ausentes)
        unfit = any(change.cabe in {Fit.NO, Fit.SIN_LEER} for change in self.cambiadas)
        unread = self.conteo is not None and self.conteo.error is not None
        return lacks or unfit or unread or self.clave is KeyState.OTRA

    @property
    def igual(self) -> bool:
        """Whether nothing at all differs."""
        return not (self.importa or self.adicionales or self.cambiadas or self.clave is not KeyState.IGUAL)


@dataclass(frozen=True, kw_only=True)
class Drift:
    """The whole comparison, tables in the order of the export."""

    motor: str
    tablas: tuple[TableDrift, ...]
    desconocidas: tuple[UnknownGroup, ...]

    @property
    def importa(self) -> bool:
        """Whether any difference matters."""
        return any(table.importa for table in self.tablas)


def compare_with(
    catalogue: Catalogue, snapshot: Snapshot, unit_year: tuple[Nemonico, Ejercicio] | None = None
) -> Drift:
    """Hold ``catalogue`` against the database; with ``unit_year`` rows are counted too."""
    live = snapshot.tables()
    return Drift(
        motor=f"{snapshot.motor} {snapshot.motor_version}".strip(),
        tablas=tuple(_table(entry, snapshot, unit_year) for entry in catalogue.tablas),
        desconocidas=unknown_groups(catalogue, live),
    )


def _table(entry: TableEntry, snapshot: Snapshot, unit_year: tuple[Nemonico, Ejercicio] | None) -> TableDrift:
    live, lane = snapshot.tables(), snapshot.lanes[0]
    table = live.get(entry.nombre.lower())
    if table is None:
        return TableDrift(entry=entry, presente=False)
    if not snapshot.may_read(table.nombre):
        return TableDrift(entry=entry, legible=False)
    omitted = {name.lower() for name in entry.omitir}
    known = {name.lower() for name, _ in entry.columnas}
    blocking = blocking_columns(entry, live)
    return TableDrift(
        entry=entry,
        bloqueantes=blocking,
        ausentes=tuple(
            name
            for name, _ in entry.columnas
            if name.lower() not in omitted and table.column(name) is None and name not in blocking
        ),
        adicionales=tuple(
            column.nombre for column in table.columnas if known and column.nombre.lower() not in known
        ),
        cambiadas=tuple(_changes(entry, table, lane, omitted)),
        clave=_key_state(entry, table),
        clave_base=table.clave,
        conteo=_counted(entry, live, lane, unit_year, countable=not blocking) if unit_year else None,
    )


def _changes(entry: TableEntry, table: TableSchema, lane: Lane, omitted: set[str]) -> list[TypeChange]:
    found = []
    for name, declared in entry.columnas:
        column, wanted = table.column(name), column_type(declared)
        if column is not None and column.tipo != wanted and name.lower() not in omitted:
            fit = fit_of(lane, table.nombre, column, wanted)
            found.append(TypeChange(columna=name, catalogo=wanted, base=column.tipo, cabe=fit))
    return found


def _key_state(entry: TableEntry, table: TableSchema) -> KeyState:
    if not table.clave:
        return KeyState.SIN_CLAVE
    same = not entry.clave or [name.lower() for name in entry.clave] == [name.lower() for name in table.clave]
    return KeyState.IGUAL if same else KeyState.OTRA


def _counted(
    entry: TableEntry,
    live: Mapping[str, TableSchema],
    lane: Lane,
    unit_year: tuple[Nemonico, Ejercicio],
    *,
    countable: bool,
) -> Counts:
    table = live[entry.nombre.lower()]
    try:
        total = lane.totals(Query(tabla=table.nombre, columnas=table.columnas[:1]), ()).filas
        if not countable:
            return Counts(total=total)
        query = select(entry, live, *unit_year).query
        return Counts(total=total, del_paquete=lane.totals(query, ()).filas)
    except SigasersError as error:
        return Counts(error=error.code)
