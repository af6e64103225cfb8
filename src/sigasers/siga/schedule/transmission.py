"""``siga transmitir --programado``: one look at the schedule, and the runs that it makes due.

The scheduled task comes every quarter of an hour; this decides whether there is anything to do. Before a run starts it
is written down which turnos have opened and which are given up, so that no missed turno passes unsaid whatever happens
next. One look at a time on an installation, whoever starts it: the second one ends at once.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sigasers.errors import SigasersError
from sigasers.errors.host import LockHeldError
from sigasers.errors.siga import ExportBusyError
from sigasers.host import locks
from sigasers.model import Instant, Nemonico
from sigasers.protocol.cronograma import Turno, turnos_between
from sigasers.siga.configuration import Configuration
from sigasers.siga.export.clock import Clock
from sigasers.siga.export.run import Order, Run, new_corrida
from sigasers.siga.export.year import Package
from sigasers.siga.history import History, Resultado
from sigasers.siga.passwords import Secrets
from sigasers.siga.schedule.plan import EVERY, Plan, plan, since, start_of
from sigasers.siga.schedule.sources import FoundSchedule, ScheduleFinder, remembered
from sigasers.siga.turno_book import SeenSchedule

LOCK_NAME = "transmitir.lock"
MODE = "programada"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of a turno that was due: its packages, or the error; neither where its time has not come yet."""

    turno: Turno
    packages: tuple[Package, ...] = ()
    error: SigasersError | None = None
    not_before: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Look:
    """What one look found and did.

    ``busy``: another one is under way, and nothing was done; ``last_look`` is when one last began its work.
    ``clock_back``: the clock stood ahead before, and what it had written was taken back.
    """

    schedule: FoundSchedule | None = None
    lost: tuple[Turno, ...] = ()
    answers: tuple[Answer, ...] = ()
    busy: bool = False
    last_look: Instant | None = None
    clock_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Transmission:
    """One installation's scheduled transmission: ``load`` reads its settings, ``make_run`` gives a run."""

    siga_folder: Path
    load: Callable[[], Configuration]
    secrets: Secrets
    make_run: Callable[[Configuration], Run]
    clock: Clock = field(default_factory=Clock)

    def look(self) -> Look:
        """Do what is due now.

        Raises ``ScheduleMissingError``, ``FolderMissingError`` and the errors of the history; an error of a run is in
        its ``Answer``.
        """
        try:
            with locks.hold(self.siga_folder / LOCK_NAME, wait_s=0, private=True):
                return self._look()
        except LockHeldError:
            return Look(busy=True, last_look=self._last_look())

    def _last_look(self) -> Instant | None:
        with History.open(self.siga_folder) as history:
            seen = history.turnos.seen()
        return seen.revisado if seen else None

    def _look(self) -> Look:
        with History.open(self.siga_folder) as history:
            try:
                configuration = self.load()
                schedule = self.schedule(history, configuration)
            except SigasersError as error:
                return self._told(history, error)
            clock_back = self._mend_clock(history)
            found = self._review(history, schedule)
            starts = self._starts(history, schedule, found)
        answers = [self._answer(configuration, turno, start) for start, turno in starts]
        return Look(schedule=schedule, lost=found.lost, answers=tuple(answers), clock_back=clock_back)

    def _mend_clock(self, history: History) -> bool:
        """Take back what a clock wrote that stood ahead; tells whether there was such a thing."""
        seen, now = history.turnos.seen(), self.clock.now()
        if seen is None or seen.revisado <= now:
            return False
        history.turnos.unsay_after(now)
        return True

    def _told(self, history: History, error: SigasersError) -> Look:
        """Record that what is due by the last known schedule could not be begun, and why; raises it if nothing is."""
        seen = history.turnos.seen()
        if seen is None:
            raise error
        schedule = remembered(seen)
        self._mend_clock(history)
        found = self._review(history, schedule)
        due = [turno for start, turno in self._starts(history, schedule, found) if start <= self.clock.now()]
        if not due:
            raise error
        for turno in due:
            self._note_failed(history, turno, seen.unidad, error)
        answers = tuple(Answer(turno=turno, error=error) for turno in due)
        return Look(schedule=schedule, lost=found.lost, answers=answers)

    def _note_failed(
        self, history: History, turno: Turno, unidad: Nemonico | None, error: SigasersError
    ) -> None:
        """Record a run that could not even begin."""
        corrida = new_corrida(_order(turno), unidad, self.clock.now())
        history.begin_run(corrida)
        history.finish_run(corrida.corrida, Resultado.FALLIDA, self.clock.now(), error.code)

    def schedule(self, history: History, configuration: Configuration) -> FoundSchedule:
        """Give the schedule in force; raises ``ScheduleMissingError``, ``UnitNotChosenError``."""
        finder = ScheduleFinder.of(history, configuration, self.siga_folder, self.secrets, self.clock.now())
        return finder.find()

    def _starts(self, history: History, schedule: FoundSchedule, found: Plan) -> list[tuple[Instant, Turno]]:
        """Give what is owed with the time of its next run: what is due first, PERIÓDICA before DIARIA."""
        book, now = history.turnos, self.clock.now()
        starts = [
            (start_of(turno, schedule.cronograma, schedule.unidad, book.failures(turno.id)), turno)
            for turno in found.owed
        ]
        return sorted(starts, key=lambda pair: max(pair[0], now))

    def _review(self, history: History, schedule: FoundSchedule) -> Plan:
        """Write down what has opened and what is lost."""
        book, now = history.turnos, self.clock.now()
        seen, newest = book.seen(), book.latest(now)
        after = since(seen.revisado if seen else None, now, max(newest.values(), default=None))
        opened = book.unknown(turnos_between(schedule.cronograma, after, now))
        found = plan(opened, book.pending(), newest, now)
        book.review(
            SeenSchedule(
                documento=json.dumps(schedule.cronograma.to_json()),
                origen=schedule.origen.value,
                visto=schedule.visto,
                unidad=schedule.unidad,
                revisado=now,
            ),
            found.opened,
            found.lost,
        )
        return found

    def _answer(self, configuration: Configuration, turno: Turno, start: Instant) -> Answer:
        """Run for ``turno`` at its time, which is waited for if the next look would come too late."""
        now = self.clock.now()
        if start >= now.plus(EVERY):
            return Answer(turno=turno, not_before=start)
        if start > now:
            self.clock.sleep((start.at - now.at).total_seconds())
        try:
            return Answer(turno=turno, packages=tuple(self.make_run(configuration).export(_order(turno))))
        except ExportBusyError as error:
            with History.open(self.siga_folder) as history:
                self._note_failed(history, turno, configuration.unidad, error)
            return Answer(turno=turno, error=error)
        except SigasersError as error:
            return Answer(turno=turno, error=error)


def _order(turno: Turno) -> Order:
    return Order(tipo=turno.tipo, modo=MODE, turno=str(turno.id))
