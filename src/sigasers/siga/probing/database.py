"""The database's part of a probe: what is asked of an open snapshot. It reads, and tells no cell."""

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from sigasers.errors.sources import ReadRightsError
from sigasers.formats.manifest import Consistencia
from sigasers.siga.catalogue import Catalogue, PorJoin
from sigasers.siga.configuration import Configuration
from sigasers.siga.export.units import find_unit
from sigasers.siga.probing.steps import Found, Resultado, printable
from sigasers.siga.sources import NeedsExactError, Notes, Query, Snapshot
from sigasers.siga.sources.server import Server

SCHEDULE_TABLES = ("SIG_TRANS_PROGRA", "SIG_TRANS_PROGRA_HOR")
_UNITS = "ejecutora"
_SHOWN = 8
_SKEW_S = 120.0
_MEANING = {
    Consistencia.INSTANTANEA: "una sola instantánea de todas las tablas: lo mejor",
    Consistencia.POR_TABLA: "cada tabla se lee entera en un solo estado, pero no todas en el mismo",
    Consistencia.LECTURA_CONFIRMADA: (
        "solo lectura confirmada: cada tabla se lee, se comprueba y se vuelve a leer si cambió mientras tanto; para "
        "una sola instantánea, vea lo opcional de «siga base permisos»"
    ),
}


@runtime_checkable
class Inspectable(Protocol):
    """What a snapshot of a server can tell besides; an engine without it has the step left out."""

    def may_write(self, tablas: Iterable[str]) -> tuple[str, ...]:
        """Give those of ``tablas`` (as the database spells them) that the login could change."""

    def clock(self) -> datetime:
        """Give the server's clock, aware."""


def tables_wanted(catalogue: Catalogue) -> tuple[str, ...]:
    """Give every table that an export reads: the catalogue's, the parents of its joins, the schedule's."""
    names = {entry.nombre.lower(): entry.nombre for entry in catalogue.tablas}
    for entry in catalogue.tablas:
        if isinstance(entry.unidad, PorJoin):
            names.setdefault(entry.unidad.tabla.lower(), entry.unidad.tabla)
    for name in (_UNITS, *SCHEDULE_TABLES):
        names.setdefault(name.lower(), name)
    return tuple(names.values())


def siga(snapshot: Snapshot, configuration: Configuration) -> Found:
    """Find the unit; raises what ``find_unit`` raises."""
    unit = find_unit(snapshot, configuration.unidad, configuration.base_nombre)
    return Found(printable(f"unidad {unit.nemonico} - {unit.nombre}"))


def rights(snapshot: Snapshot, catalogue: Catalogue, configuration: Configuration) -> Found:
    """Ask for each table whether it may be read; raises ``ReadRightsError`` with the count and the first names."""
    wanted, live = tables_wanted(catalogue), snapshot.tables()
    there = [live[name.lower()].nombre for name in wanted if name.lower() in live]
    absent = [name for name in wanted if name.lower() not in live]
    closed = [name for name in there if not snapshot.may_read(name)]
    if closed:
        base = configuration.base
        raise ReadRightsError(
            "tables closed",
            base=configuration.base_nombre,
            tabla=f"{len(closed)} de {len(there)} tablas ({_some(closed)})",
            usuario=(base.usuario if isinstance(base, Server) else None) or "de esta cuenta",
        )
    text = f"se pueden leer {len(there)} de las {len(wanted)} tablas del catálogo"
    if not absent:
        return Found(text)
    return Found(
        f"{text}; no están en la base, o no se ven: {len(absent)} ({_some(absent)})", Resultado.AVISO
    )


def read_only(snapshot: Snapshot, catalogue: Catalogue) -> Found:
    """Say whether the login could change what it reads; the program itself never writes."""
    if not isinstance(snapshot, Inspectable):
        return Found("este motor no lo dice; el programa nunca escribe en la base", Resultado.OMITIDO)
    live = snapshot.tables()
    names = [live[name.lower()].nombre for name in tables_wanted(catalogue) if name.lower() in live]
    open_to = snapshot.may_write(names)
    if not open_to:
        return Found("el usuario no puede modificar ninguna de esas tablas")
    return Found(
        f"este usuario puede modificar el SIGA: {len(open_to)} tablas ({_some(open_to)}). El programa nunca escribe, "
        "pero conviene otro usuario: «siga base permisos»",
        Resultado.AVISO,
    )


def isolation(snapshot: Snapshot) -> Found:
    """Say what an export will get."""
    text = f"{snapshot.consistencia.value}: {_MEANING[snapshot.consistencia]}"
    if snapshot.bloquea_escritura:
        return Found(f"{text}. Mientras se lee, quienes graban en la base esperan", Resultado.AVISO)
    best = snapshot.consistencia is Consistencia.INSTANTANEA
    return Found(text, Resultado.BIEN if best else Resultado.AVISO)


def one_read(snapshot: Snapshot) -> Found:
    """Really read the table of units; raises what ``Lane.read`` raises."""
    table = snapshot.tables()[_UNITS]
    started = time.monotonic()
    rows = _rows(snapshot, Query(tabla=table.nombre, columnas=table.columnas))
    spent_ms = (time.monotonic() - started) * 1000
    return Found(
        f"{rows} filas de {printable(table.nombre)}, {len(table.columnas)} columnas, en {spent_ms:.0f} ms"
    )


def _rows(snapshot: Snapshot, query: Query) -> int:
    """Count the rows that are really read, the exact way where the fast one will not do."""
    while True:
        try:
            return sum(batch.num_rows for batch in snapshot.lanes[0].read(query, Notes()))
        except NeedsExactError as need:
            query = replace(query, exactas=query.exactas | need.columns)


def server_clock(snapshot: Snapshot) -> Found:
    """Compare the two clocks: a year and a turno are decided by this machine's."""
    if not isinstance(snapshot, Inspectable):
        return Found("este motor no la dice", Resultado.OMITIDO)
    ahead_s = (snapshot.clock() - datetime.now(UTC)).total_seconds()
    if abs(ahead_s) < _SKEW_S:
        return Found("coincide con la de este equipo")
    side = "adelantado" if ahead_s > 0 else "atrasado"
    return Found(
        f"el reloj del servidor está {side} {abs(ahead_s) / 60:.0f} minutos "
        "respecto de este equipo; corrija el que esté mal",
        Resultado.AVISO,
    )


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    more = f" y {len(listed) - _SHOWN} más" if len(listed) > _SHOWN else ""
    return ", ".join(printable(name, 60) for name in listed[:_SHOWN]) + more
