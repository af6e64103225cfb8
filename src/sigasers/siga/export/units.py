"""What the database says of itself: which units it holds, their names, the system year.

SIGA keeps no "year of the system" of its own that is public: it is the newest year in which the unit has movements
(pedidos, órdenes, almacén); before the first of them, the newest year with metas that has begun. The programming
year is the one after. Configuration comes before both (``docs/decisions``).
"""

from collections.abc import Mapping

from sigasers.errors.siga import NotSigaError, UnitNotChosenError, UnknownUnitError, YearUnknownError
from sigasers.model import Ejercicio, Nemonico, UnidadEjecutora
from sigasers.siga.sources import Equals, Query, Snapshot, TableSchema

_UNITS = ("ejecutora", "sec_ejec", "nombre")
_MOVEMENTS = ("sig_pedidos", "sig_orden_adquisicion", "sig_movim_almacen")
_METAS = "meta"
_NAMELESS = "UNIDAD EJECUTORA"
_MAX_LISTED = 30
_LARGEST_CODE = 999_999


def find_unit(snapshot: Snapshot, wanted: Nemonico | None, base: str) -> UnidadEjecutora:
    """Give the unit ``wanted``, or the only one there is; ``base`` names the database in errors.

    Raises ``NotSigaError``, ``UnknownUnitError``, ``UnitNotChosenError``.
    """
    table, codes = _codes(snapshot, base)
    present = ", ".join(str(each) for each in codes[:_MAX_LISTED]) or "ninguna"
    if wanted is None and len(codes) != 1:
        raise UnitNotChosenError("several units", presentes=present)
    nemonico = wanted or Nemonico(codes[0])
    if nemonico.value not in codes:
        raise UnknownUnitError("unit not in database", unidad=nemonico, presentes=present)
    return UnidadEjecutora(nemonico=nemonico, nombre=_name(snapshot, table, nemonico))


def units_of(snapshot: Snapshot, base: str) -> list[UnidadEjecutora]:
    """Give the first units of the database, by code, to choose among; raises ``NotSigaError``."""
    table, codes = _codes(snapshot, base)
    units = [Nemonico(code) for code in sorted(codes) if 1 <= code <= _LARGEST_CODE][:_MAX_LISTED]
    return [UnidadEjecutora(nemonico=unit, nombre=_name(snapshot, table, unit)) for unit in units]


def _codes(snapshot: Snapshot, base: str) -> tuple[TableSchema, list[int]]:
    table = snapshot.tables().get(_UNITS[0])
    code = table.column(_UNITS[1]) if table else None
    if table is None or code is None:
        raise NotSigaError("no table of units", base=base)
    codes = [row[0] for row in snapshot.lanes[0].integers(Query(tabla=table.nombre, columnas=(code,)))]
    return table, codes


def _name(snapshot: Snapshot, table: TableSchema, nemonico: Nemonico) -> str:
    name, code = table.column(_UNITS[2]), table.column(_UNITS[1])
    if name is None or code is None:
        return _NAMELESS
    found = snapshot.lanes[0].texts(
        Query(tabla=table.nombre, columnas=(name,), condiciones=(Equals(code, nemonico.value),))
    )
    clean = "".join(char if char.isprintable() else " " for char in (found or [""])[0]).strip()
    return clean[:250] or _NAMELESS


def system_year(snapshot: Snapshot, unidad: Nemonico, current_year: int) -> Ejercicio:
    """Give the system year of ``unidad``; ``current_year`` is the calendar's. Raises ``YearUnknownError``."""
    tables = snapshot.tables()
    moved = [year for name in _MOVEMENTS for year in _years(snapshot, tables, name, unidad)]
    years = moved or [year for year in _years(snapshot, tables, _METAS, unidad) if year <= current_year]
    if not years:
        raise YearUnknownError("no year with rows", unidad=unidad)
    return Ejercicio(max(years))


def _years(snapshot: Snapshot, tables: Mapping[str, TableSchema], name: str, unidad: Nemonico) -> list[int]:
    table = tables.get(name)
    year = table.column("ano_eje") if table else None
    code = table.column("sec_ejec") if table else None
    if table is None or year is None or code is None:
        return []
    query = Query(tabla=table.nombre, columnas=(year,), condiciones=(Equals(code, unidad.value),))
    return [row[0] for row in snapshot.lanes[0].integers(query) if 1990 <= row[0] <= 2199]
