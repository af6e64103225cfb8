"""``sers enviar``: one pass as the engine, or by the running service; then what became of each sobre."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sigasers.errors import SigasersError
from sigasers.errors.host import LockHeldError
from sigasers.errors.sers import ServiceSilentError
from sigasers.host import locks
from sigasers.protocol.outbox import FINAL, SeenFile, State, lone_htmls
from sigasers.sers import database, engine, files, requests, rows, settings, verdicts
from sigasers.sers.agent import Agent, LineOpener, open_agent, transmission_line
from sigasers.sers.clock import Clock
from sigasers.sers.folder import ProfileFolder
from sigasers.sers.rows import Entry

_POLL_S = 0.3
_SERVICE_WAIT_S = 600.0
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one sending met: its sobres as they stand now, what was kept aside, what stays in SourceOut, errors."""

    entries: tuple[Entry, ...]
    aside: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    errors: tuple[SigasersError, ...] = ()

    @property
    def pending(self) -> list[Entry]:
        """The sobres that nobody may call sent: no acuse is stored."""
        return [entry for entry in self.entries if entry.acuse is None]


def send(root: Path, *, clock: Clock, say: Say, line: LineOpener = transmission_line) -> Outcome:
    """Send what lies in SourceOut and what is under way; wait, within bounds, for acuses and constancias.

    Errors of the pass are in the outcome; raised are those that hinder it from beginning (``open_agent``), and
    ``ServiceSilentError`` when the service that holds the profile does not answer.
    """
    try:
        with open_agent(root, clock=clock, line=line) as agent:
            return _send(agent, say)
    except LockHeldError:
        say("El servicio SERS está funcionando; se le pide que envíe ahora.")
    return _ask_service(root, clock=clock, line=line, say=say)


def _send(agent: Agent, say: Say) -> Outcome:
    mark = _Mark.of(agent.db)
    engine.recover(agent)
    before = files.scan(agent.settings.source_out)
    if before:
        agent.clock.sleep(agent.settings.stable_s)
    report = engine.run_pass(agent, before)
    errors = list(report.errors)
    if not errors:
        errors += _await_constancias(agent, mark, say)
    return mark.outcome(agent.db, agent.settings.source_out, errors)


def _await_constancias(agent: Agent, mark: "_Mark", say: Say) -> list[SigasersError]:
    """Wait for the constancias of what was sent just now, as long as the settings say."""
    deadline = agent.clock.now().plus(timedelta(seconds=agent.settings.wait_constancia_s))
    said = False
    while agent.clock.now() < deadline and mark.awaits_constancia(agent.db):
        if not said:
            say("Acuses recibidos. Esperando las constancias del centro…")
            said = True
        agent.clock.sleep(_POLL_S)
        report = engine.fetch_constancias(agent)
        if report.errors:
            return report.errors
    return []


def _ask_service(root: Path, *, clock: Clock, line: LineOpener, say: Say) -> Outcome:
    folder = ProfileFolder.at(root)
    habits = settings.load(folder)
    with closing(database.open_existing(folder)) as db:
        mark = _Mark.of(db)
        request = requests.ask(db, at=clock.now())
        deadline = clock.now().plus(timedelta(seconds=_SERVICE_WAIT_S))
        while not requests.answered(db, request):
            if not locks.is_held(folder.lock):  # it ended meanwhile: we are the engine then
                with open_agent(root, clock=clock, line=line) as agent:
                    return _send(agent, say)
            if clock.now() >= deadline:
                raise ServiceSilentError("no answer from the service", espera_s=int(_SERVICE_WAIT_S))
            clock.sleep(_POLL_S)
        return mark.outcome(db, habits.source_out, [])


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """Where the outbox stood before a sending, so that its own sobres are told apart afterwards."""

    open_ids: frozenset[int]
    last_id: int
    last_aside: int

    @classmethod
    def of(cls, db: sqlite3.Connection) -> "_Mark":
        unfinished = set(State) - FINAL
        entries = [*rows.in_states(db, unfinished), *verdicts.awaited(db)]
        return cls(
            open_ids=frozenset(entry.id for entry in entries),
            last_id=_last(db, "SELECT max(id) FROM sobres"),
            last_aside=_last(db, "SELECT max(id) FROM apartados"),
        )

    def entries(self, db: sqlite3.Connection) -> list[Entry]:
        """Give the sobres of this sending as they stand now."""
        earlier = [rows.by_id(db, entry_id) for entry_id in sorted(self.open_ids)]
        return [*rows.newer_than(db, self.last_id), *earlier]

    def awaits_constancia(self, db: sqlite3.Connection) -> bool:
        """Tell whether a sobre of this sending has its acuse and no constancia at all."""
        return any(
            entry.acuse is not None and entry.constancia is None and entry.state is State.ARCHIVED
            for entry in self.entries(db)
        )

    def outcome(self, db: sqlite3.Connection, source_out: Path, errors: list[SigasersError]) -> Outcome:
        """Give what became of this sending."""
        query = "SELECT nombre, texto FROM apartados WHERE id > ? ORDER BY id"
        aside = tuple((row["nombre"], row["texto"]) for row in db.execute(query, (self.last_aside,)))
        return Outcome(
            entries=tuple(self.entries(db)),
            aside=aside,
            left=tuple(_left(source_out)),
            errors=tuple(errors),
        )


def _left(source_out: Path) -> list[str]:
    """Give what still lies in SourceOut; nothing is said of a folder that cannot be read, the pass said it."""
    try:
        seen: list[SeenFile] = files.scan(source_out)
    except SigasersError:
        return []
    names = [file.name for file in seen]
    alone = set(lone_htmls(names))
    return [f"{name} (HTML sin su RAR: no se envía solo)" if name in alone else name for name in names]


def _last(db: sqlite3.Connection, query: str) -> int:
    return int(db.execute(query).fetchone()[0] or 0)
