"""The one calculator of turnos, for ``siga`` and for ``centro`` (``docs/spec/schedule.md``, section 3).

It takes a schedule and instants and gives turnos; it reads no clock and stores nothing. All its work is bounded: a span
is cut to its last ``MAX_SPAN``, so that a clock of 1970 costs as little as any other.
"""

import calendar
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sigasers.formats.cronograma import Cronograma, Regla
from sigasers.formats.cronograma_reglas import MAX_YEAR, MIN_YEAR
from sigasers.formats.turno import TurnoId
from sigasers.model import Ejercicio, Instant, Nemonico, TipoTransmision

MAX_SPAN = timedelta(days=400)  # over a year, so that each day of the year is seen
MAX_COUNT = 1000
_SPREAD_LABEL = "sigasers-dispersion-v1"
_REACH = timedelta(
    days=2
)  # a local time skipped by a change of clock falls up to a day later (Apia, 2011-12-30)


@dataclass(frozen=True, kw_only=True)
class Turno:
    """A slot of the schedule: opens at ``abre``, is answered in time until ``vence``; ``id`` names it."""

    tipo: TipoTransmision
    abre: Instant
    vence: Instant
    id: TurnoId


def turnos_between(cronograma: Cronograma, after: Instant, until: Instant) -> tuple[Turno, ...]:
    """Give the turnos with ``after`` < ``abre`` <= ``until`` in order of time, at most those of the last 400 days.

    Two times that are one instant are one turno; of a DIARIA and a PERIODICA that open together the PERIODICA stands.
    """
    end = _inside(until.at)
    since = max(_inside(after.at), end - MAX_SPAN)
    days = _days(cronograma, _local_day(cronograma, since) - _REACH, _local_day(cronograma, end) + _REACH)
    openings = [item for day in days for item in _openings(cronograma, day) if since < item[0] <= end]
    return _turnos(cronograma, openings)


def next_turnos(cronograma: Cronograma, after: Instant, count: int) -> tuple[Turno, ...]:
    """Give the first ``count`` (at most 1,000) turnos after ``after``, within 400 days of it or of ``desde``."""
    wanted = min(max(count, 0), MAX_COUNT)
    since = _inside(after.at)
    first = _local_day(cronograma, since) - _REACH
    start = max(first, cronograma.desde) if cronograma.desde else first
    openings: list[tuple[datetime, TipoTransmision]] = []
    days_more = (
        _REACH.days + 1
    )  # looked at once there are enough: what the clock skipped falls among later ones
    for day in _days(cronograma, start, start + MAX_SPAN + _REACH):
        openings += [item for item in _openings(cronograma, day) if item[0] > since]
        days_more -= len({at for at, _ in openings}) >= wanted
        if not days_more:
            break
    return _turnos(cronograma, openings)[:wanted]


def turno_of(cronograma: Cronograma, turno_id: TurnoId) -> Turno | None:
    """Give the turno of that name if the schedule has it."""
    opens = Instant(turno_id.local.replace(tzinfo=cronograma.zona))
    around = turnos_between(cronograma, opens.plus(timedelta(minutes=-1)), opens)
    return next((turno for turno in around if turno.id == turno_id), None)


def closed_year(cronograma: Cronograma, at: Instant) -> Ejercicio | None:
    """Give the year before that of ``at`` (local) while it still goes on being sent: to the day of ``cierre``."""
    day = _local_day(cronograma, _inside(at.at))
    if cronograma.cierre is None or (day.month, day.day) > cronograma.cierre or day.year <= MIN_YEAR:
        return None
    return Ejercicio(day.year - 1)


def start_at(turno: Turno, cronograma: Cronograma, unidad: Nemonico) -> Instant:
    """Give when this unit is to start: ``abre`` and a whole number of seconds under ``dispersion_min``.

    The spread ends where the next turno opens: one that started after it would never be answered.

    It follows from unit and turno alone: the same on every machine and after every restart, another for each turno.
    """
    if not cronograma.dispersion_min:
        return turno.abre
    text = f"{_SPREAD_LABEL}\n{unidad}\n{turno.id}"
    drawn = int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:8], "big")
    return turno.abre.plus(timedelta(seconds=drawn % _spread_s(turno, cronograma)))


def _spread_s(turno: Turno, cronograma: Cronograma) -> int:
    wanted = cronograma.dispersion_min * 60
    following = next_turnos(cronograma, turno.abre, 1)
    gap = int((following[0].abre.at - turno.abre.at).total_seconds()) if following else wanted
    return min(wanted, gap)


def _turnos(cronograma: Cronograma, openings: list[tuple[datetime, TipoTransmision]]) -> tuple[Turno, ...]:
    """Give one turno an instant, in order; PERIODICA contains DIARIA."""
    kinds: dict[datetime, TipoTransmision] = {}
    for at, tipo in openings:
        if kinds.get(at) is not TipoTransmision.PERIODICA:
            kinds[at] = tipo
    return tuple(_turno(cronograma, at, kinds[at]) for at in sorted(kinds))


def _turno(cronograma: Cronograma, at: datetime, tipo: TipoTransmision) -> Turno:
    opens = Instant(at)
    return Turno(
        tipo=tipo,
        abre=opens,
        vence=opens.plus(timedelta(minutes=cronograma.plazo_min)),
        id=TurnoId(tipo, at.astimezone(cronograma.zona).replace(tzinfo=None, fold=0)),
    )


def _openings(cronograma: Cronograma, day: date) -> Iterator[tuple[datetime, TipoTransmision]]:
    """Give instant (UTC) and kind of everything that opens on the local ``day``.

    A time that the clock skips is read with the offset before the change, one that it shows twice is the first
    (RFC 5545, 3.3.5): what ``fold=0`` means to Python.
    """
    for tipo, hour in _times(cronograma, day):
        local = datetime.combine(day, hour, tzinfo=cronograma.zona)
        yield local.astimezone(UTC), tipo


def _times(cronograma: Cronograma, day: date) -> set[tuple[TipoTransmision, time]]:
    single = {(item.tipo, item.hora) for item in cronograma.adicionales if item.fecha == day}
    if day in cronograma.excluidas:
        return single
    rules = (rule for rule in cronograma.reglas if _holds(rule, day))
    return single | {(rule.tipo, hour) for rule in rules for hour in rule.horas}


def _holds(rule: Regla, day: date) -> bool:
    if rule.dias_semana is not None and day.isoweekday() not in rule.dias_semana:
        return False
    if rule.dias_mes is None or day.day in rule.dias_mes:
        return True
    last = calendar.monthrange(day.year, day.month)[1]
    return day.day == last and any(wanted > last for wanted in rule.dias_mes)


def _days(cronograma: Cronograma, first: date, last: date) -> Iterator[date]:
    """Give the days from ``first`` to ``last`` on which turnos can be."""
    start = max(first, cronograma.desde or date.min, date(MIN_YEAR, 1, 1))
    end = min(last, date(MAX_YEAR, 12, 31))
    yield from (start + timedelta(days=n) for n in range((end - start).days + 1))


def _local_day(cronograma: Cronograma, at: datetime) -> date:
    return at.astimezone(cronograma.zona).date()


def _inside(at: datetime) -> datetime:
    """Give ``at``, or the nearest instant with room around it in the calendar."""
    return min(max(at, datetime(MIN_YEAR - 1, 1, 1, tzinfo=UTC)), datetime(MAX_YEAR + 2, 1, 1, tzinfo=UTC))
