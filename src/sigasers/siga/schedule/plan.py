"""What a look at the schedule decides: which turnos have opened, which are due, which are given up. No I/O.

Of each kind one turno is owed at most, the latest: an older one that nobody answered is lost, and said to be. A turno
that could not be answered is tried again, first after a quarter of an hour, then ever more rarely, until it is answered
or a later one of its kind opens.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sigasers.formats.cronograma import Cronograma
from sigasers.model import Instant, Nemonico, TipoTransmision
from sigasers.protocol.cronograma import MAX_SPAN, Turno, start_at

EVERY = timedelta(minutes=15)  # between two looks: what the scheduled task is set to
_FIRST_LOOK = EVERY
_MOST_BETWEEN_TRIES = timedelta(hours=4)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """``opened`` since the last look, ``owed`` now (PERIÓDICA first), ``lost`` for good."""

    opened: tuple[Turno, ...]
    owed: tuple[Turno, ...]
    lost: tuple[Turno, ...]


def since(reviewed: Instant | None, now: Instant, latest: Instant | None) -> Instant:
    """Give from when turnos are to be looked for; ``latest``: the opening of the newest one known up to now.

    The first look goes back as far as two looks are apart; so does one after a clock that stood over a year behind. A
    clock that stood in the future is not believed, else nothing would be due until then: the newest known turno is
    what was looked through for certain.
    """
    first = now.plus(-_FIRST_LOOK)
    if reviewed is not None and reviewed > now:
        return latest or first
    return reviewed if reviewed is not None and now.at - reviewed.at < MAX_SPAN else first


def plan(
    opened: Iterable[Turno],
    pending: Iterable[Turno],
    newest: Mapping[TipoTransmision, Instant],
    now: Instant,
) -> Plan:
    """Decide at ``now``: ``opened`` are new, ``pending`` known and unanswered; ``newest``: each kind's latest.

    Turnos of the future, which a wrong clock may have left, wait for their time.
    """
    opened = tuple(opened)
    unanswered = [turno for turno in (*pending, *opened) if turno.abre <= now]
    latest = dict(newest)
    for turno in unanswered:
        latest[turno.tipo] = max(latest.get(turno.tipo, turno.abre), turno.abre)
    owed = [turno for turno in unanswered if turno.abre == latest[turno.tipo]]
    return Plan(
        opened=opened,
        owed=tuple(sorted(owed, key=lambda turno: turno.tipo is not TipoTransmision.PERIODICA)),
        lost=tuple(turno for turno in unanswered if turno.abre < latest[turno.tipo]),
    )


def start_of(
    turno: Turno,
    cronograma: Cronograma,
    unidad: Nemonico,
    failures: Sequence[Instant],
) -> Instant:
    """Give when the run for ``turno`` is to start; ``failures``: when runs for it ended that failed, oldest first.

    The first has the unit's own place within the turno, so that not all units come at once.
    """
    if not failures:
        return start_at(turno, cronograma, unidad)
    pause = min(EVERY * 2 ** min(len(failures) - 1, 10), _MOST_BETWEEN_TRIES)
    return failures[-1].plus(pause)
