"""What the centre's staff does about a unit's schedule from the command line, beside the running engine."""

from pathlib import Path

from sigasers import durable
from sigasers.centro import registrations, schedules
from sigasers.centro.administration import opened
from sigasers.centro.clock import system_clock
from sigasers.errors.cronograma import NoScheduleError
from sigasers.errors.formats import UnreadableError
from sigasers.formats.cronograma import MAX_BYTES, Cronograma
from sigasers.mensajes.motivos import motivo
from sigasers.model import Nemonico


def read_file(path: Path) -> Cronograma:
    """Read a schedule from a file.

    Raises ``UnreadableError``, ``BadJsonError``, ``BadScheduleError``, ``FormatTooNewError``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(str(error), motivo=motivo(error)) from error
    return Cronograma.parse_bytes(data)


def set_schedule(centre: Path, nemonico: Nemonico, sistema: str, cronograma: Cronograma | None) -> bool:
    """Set a unit's schedule, or take it away (``None``); tells whether that changes anything.

    The unit learns of it at its next session: its profile is issued anew then. Raises ``UnknownUnitError``,
    ``NoScheduleError`` when there is none to take away.
    """
    unidad = str(nemonico)
    with opened(centre) as (connection, _), durable.transaction(connection, step="centro.cronograma"):
        registrations.unit_name(connection, unidad, sistema)
        last = schedules.current(connection, unidad, sistema)
        if cronograma is None and (last is None or last.cronograma is None):
            raise NoScheduleError("none to take away", unidad=unidad)
        new = schedules.add(connection, unidad, sistema, cronograma, system_clock())
        return last is None or new.orden != last.orden


def schedule_of(centre: Path, nemonico: Nemonico, sistema: str) -> Cronograma:
    """Give the unit's present schedule; raises ``UnknownUnitError``, ``NoScheduleError``."""
    unidad = str(nemonico)
    with opened(centre) as (connection, _):
        registrations.unit_name(connection, unidad, sistema)
        last = schedules.current(connection, unidad, sistema)
        if last is None or last.cronograma is None:
            raise NoScheduleError("no schedule", unidad=unidad)
        return last.cronograma
