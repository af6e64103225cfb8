"""What the database says of itself: which units it holds, their names, the years that have rows.

SIGA keeps no "year of the system" of its own that is public; ``years`` concludes it from the years that have rows.
"""

from collections.abc import Mapping

from sigasers.errors.siga import NotSigaError, UnitNotChosenError, UnknownUnitError
from sigasers.model import Nemonico, UnidadEjecutora
from sigasers.siga.export.years import YearFacts
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


def year_facts(snapshot: Snapshot, unidad: Nemonico) -> YearFacts:
    """Give the years of which the database has rows of ``unidad``."""
    tables = snapshot.tables()
    moved = (year for name in _MOVEMENTS for year in _years(snapshot, tables, name, unidad))
    return YearFacts.of(moved, _years(snapshot, tables, _METAS, unidad))


def _years(snapshot: Snapshot, tables: Mapping[str, TableSchema], name: str, unidad: Nemonico) -> list[int]:
    table = tables.get(name)
    year = table.column("ano_eje") if table else None
    code = table.column("sec_ejec") if table else None
    if table is None or year is None or code is None:
        return []
    query = Query(tabla=table.nombre, columnas=(year,), condiciones=(Equals(code, unidad.value),))
    return [row[0] for row in snapshot.lanes[0].integers(query)]
