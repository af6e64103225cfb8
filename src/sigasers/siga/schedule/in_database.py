"""The schedule that the SIGA database itself holds: ``SIG_TRANS_PROGRA`` (days) and ``SIG_TRANS_PROGRA_HOR`` (hours).

No public document says how they are read. Our reading (``docs/decisions/0023-schedule-of-the-database.md``): a DIARIA
goes every day at the hours of TIPO D; a PERIÓDICA on the days of the month in ``SIG_TRANS_PROGRA`` at the hours of
TIPO P. A row counts unless its ESTADO says that it does not. What cannot be read is counted and said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from sigasers.errors.siga import ScheduleSourceError
from sigasers.formats.cronograma import Cronograma, Regla
from sigasers.model import Nemonico, TipoTransmision
from sigasers.siga.sources import Equals, Notes, Query, Snapshot, TableSchema

DAYS_TABLE, HOURS_TABLE = "SIG_TRANS_PROGRA", "SIG_TRANS_PROGRA_HOR"
_ORIGIN = "la base de datos del SIGA"
_SPREAD_MIN = 10
_MOST_ROWS = 1000  # keys are a day of the month, and a kind with an hour
_KINDS = {"D": TipoTransmision.DIARIA, "P": TipoTransmision.PERIODICA}
_OFF = {"I", "N", "0", "E", "X"}
_HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp])?\.?\s*[Mm]?\.?")
Hours = dict[TipoTransmision, set[time]]


@dataclass(frozen=True, kw_only=True)
class DatabaseSchedule:
    """What the tables say: the schedule, ``None`` if they hold none, and what of them was not understood (Spanish)."""

    cronograma: Cronograma | None
    notas: tuple[str, ...] = ()


def read_schedule(snapshot: Snapshot, unidad: Nemonico, zone: ZoneInfo) -> DatabaseSchedule:
    """Read the tables of ``unidad``; raises ``ScheduleSourceError`` and what reading a table raises."""
    tables = snapshot.tables()
    days, odd_days = _days(snapshot, tables, unidad)
    hours, odd_hours = _hours(snapshot, tables, unidad)
    notes = [
        f"{odd_days} filas de {DAYS_TABLE} no tienen un día de 1 a 31" if odd_days else "",
        f"{odd_hours} filas de {HOURS_TABLE} no tienen un TIPO (D o P) o una HORA (HH:MM) que se entienda"
        if odd_hours
        else "",
        f"hay horas de la PERIÓDICA, pero ningún día en {DAYS_TABLE}"
        if hours.get(TipoTransmision.PERIODICA) and not days
        else "",
        f"hay días en {DAYS_TABLE}, pero ninguna hora de la PERIÓDICA"
        if days and not hours.get(TipoTransmision.PERIODICA)
        else "",
    ]
    rules = tuple(_rules(days, hours))
    return DatabaseSchedule(
        cronograma=Cronograma(zona=zone, reglas=rules, dispersion_min=_SPREAD_MIN) if rules else None,
        notas=tuple(note for note in notes if note),
    )


def _rules(days: set[int], hours: Hours) -> Iterator[Regla]:
    periodic, daily = hours.get(TipoTransmision.PERIODICA), hours.get(TipoTransmision.DIARIA)
    if periodic and days:
        yield Regla(tipo=TipoTransmision.PERIODICA, horas=tuple(sorted(periodic)), dias_mes=frozenset(days))
    if daily:
        yield Regla(tipo=TipoTransmision.DIARIA, horas=tuple(sorted(daily)))


def _days(snapshot: Snapshot, tables: Mapping[str, TableSchema], unidad: Nemonico) -> tuple[set[int], int]:
    found: set[int] = set()
    odd = 0
    for row in _active(snapshot, tables.get(DAYS_TABLE.lower()), unidad, "dia"):
        day = int(row["dia"]) if re.fullmatch(r"\d{1,2}(?:\.0*)?", row["dia"]) else 0
        if 1 <= day <= 31:
            found.add(day)
        else:
            odd += 1
    return found, odd


def _hours(snapshot: Snapshot, tables: Mapping[str, TableSchema], unidad: Nemonico) -> tuple[Hours, int]:
    found: Hours = {}
    odd = 0
    for row in _active(snapshot, tables.get(HOURS_TABLE.lower()), unidad, "tipo", "hora"):
        kind, hour = _KINDS.get(row["tipo"].strip().upper()), _hour(row["hora"].strip())
        if kind is not None and hour is not None:
            found.setdefault(kind, set()).add(hour)
        else:
            odd += 1
    return found, odd


def _hour(text: str) -> time | None:
    """Read ``16:30``, ``16:30:00``, ``4:30 PM``; seconds do not count."""
    match = _HOUR.fullmatch(text)
    if match is None:
        return None
    hour, half = int(match[1]), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return time(hour, int(match[2])) if hour <= 23 and int(match[2]) <= 59 else None


def _active(
    snapshot: Snapshot, table: TableSchema | None, unidad: Nemonico, *names: str
) -> Iterator[dict[str, str]]:
    """Give the rows of the unit that count, their columns ``names`` as text; a table that is not there has none."""
    if table is None:
        return
    code, state = table.column("sec_ejec"), table.column("estado")
    columns = [table.column(name) for name in names]
    if code is None or not all(columns):
        raise ScheduleSourceError(
            "columns lacking", origen=_ORIGIN, motivo=f"a la tabla {table.nombre} le faltan columnas"
        )
    wanted = tuple(column for column in (*columns, state) if column is not None)
    query = Query(tabla=table.nombre, columnas=wanted, condiciones=(Equals(code, unidad.value),))
    seen = 0
    for batch in snapshot.lanes[0].read(query, Notes()):
        seen += batch.num_rows
        if seen > _MOST_ROWS:
            raise ScheduleSourceError(
                "too many rows", origen=_ORIGIN, motivo=f"{table.nombre} tiene más de {_MOST_ROWS} filas"
            )
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            texts = ["" if value is None else str(value) for value in values]
            if state is None or texts[-1].strip().upper() not in _OFF:
                yield dict(zip(names, texts, strict=False))
