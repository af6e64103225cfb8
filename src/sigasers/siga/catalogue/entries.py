"""The frozen values of the catalogue. Names of tables and columns are compared without regard to case."""

from dataclasses import dataclass
from enum import Enum

from sigasers.formats.pseudonym import Domain
from sigasers.model.domain import Ambito


class Grupo(Enum):
    """What kind of table it is; the order is that of the export and of the HTML log."""

    MAESTRO = "maestro"
    MAESTRO_ANUAL = "maestro_anual"
    PROGRAMACION = "programacion"
    EJECUCION = "ejecucion"
    ALMACEN = "almacen"
    PATRIMONIO = "patrimonio"
    TESORERIA = "tesoreria"


@dataclass(frozen=True)
class SinFiltro:
    """The table has no fiscal year that matters: all rows go."""


@dataclass(frozen=True)
class Anual:
    """Rows go whose ``columna`` equals the year of the package; a NULL there never goes."""

    columna: str


@dataclass(frozen=True)
class Acumulado:
    """The table carries years, and all its rows go nevertheless: it is a stock, not a flow."""


Filtro = SinFiltro | Anual | Acumulado


@dataclass(frozen=True)
class PorColumna:
    """A row is of the unit whose SEC_EJEC stands in ``columna``."""

    columna: str


@dataclass(frozen=True)
class Compartida:
    """The table is national, or of the whole database: its rows belong to no unit, and all of them go."""


@dataclass(frozen=True)
class PorJoin:
    """A row is of the unit if a row of ``tabla`` exists that matches it and carries the unit in ``columna``.

    ``pares`` are (own column, column of ``tabla``). It is an EXISTS, so that a row never goes twice.
    """

    tabla: str
    pares: tuple[tuple[str, str], ...]
    columna: str


UnitRule = PorColumna | Compartida | PorJoin


@dataclass(frozen=True, kw_only=True)
class PersonalPolicy:
    """What becomes of columns with personal data: omitted, sent as pseudonyms (each in a domain), or sent as is."""

    omitir: tuple[str, ...] = ()
    seudonimizar: tuple[tuple[str, Domain], ...] = ()
    conservar: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TableEntry:
    """One table of the catalogue.

    ``nombre`` is spelled as in the reference schema. ``descripcion`` is Spanish, for the operator. ``omitir`` are
    columns that never leave the unit; ``seudonimizar`` are (column, domain) that leave as pseudonyms alone;
    ``conservar`` are columns with personal data that go on purpose (see 0002).
    ``clave`` is the primary key in its order and ``columnas`` the (name, declared type) pairs of the reference
    schema; for a table that a unit added, ``columnas`` is empty (not known) and ``clave`` what its file says.
    """

    nombre: str
    descripcion: str
    grupo: Grupo
    ambitos: frozenset[Ambito]
    filtro: Filtro
    unidad: UnitRule
    omitir: tuple[str, ...] = ()
    seudonimizar: tuple[tuple[str, Domain], ...] = ()
    conservar: tuple[str, ...] = ()
    clave: tuple[str, ...] = ()
    columnas: tuple[tuple[str, str], ...] = ()

    def named_columns(self) -> tuple[str, ...]:
        """Give every column of the table itself that the entry names, each as spelled, without repetition."""
        policy = (*self.omitir, *(name for name, _ in self.seudonimizar), *self.conservar)
        return tuple(dict.fromkeys([*self.selection_columns(), *self.clave, *policy]))

    def unvouched_columns(self) -> tuple[str, ...]:
        """Give the columns to be hidden that the reference schema does not have: only the database can know them.

        If it does not either, the name is misspelt, and the column that was meant would go in clear.
        """
        known = {name.lower() for name, _ in self.columnas}
        hidden = (*self.omitir, *(name for name, _ in self.seudonimizar))
        return tuple(name for name in hidden if name.lower() not in known)

    def selection_columns(self) -> tuple[str, ...]:
        """Give the columns that decide whether a row goes: without one of them the table cannot be exported."""
        year = (self.filtro.columna,) if isinstance(self.filtro, Anual) else ()
        match self.unidad:
            case PorColumna(columna):
                return (*year, columna)
            case PorJoin(pares=pares):
                return (*year, *(own for own, _ in pares))
            case Compartida():
                return year


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All tables that may be exported, in the order of the export, and the version that a manifest names.

    ``version`` is ours, followed by ``+`` and the digest of the unit's own file where there is one.
    """

    version: str
    tablas: tuple[TableEntry, ...]

    def for_ambito(self, ambito: Ambito) -> tuple[TableEntry, ...]:
        """Give the tables that go with a year in this role, in order."""
        return tuple(entry for entry in self.tablas if ambito in entry.ambitos)
