"""One pass of the agent: finish what an earlier run left, take what is ready, send, file, fetch constancias.

Every step is safe to repeat, so a pass that was killed anywhere is simply run again. One bad file never holds up
the rest; a line that is cut ends the pass.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sigasers.errors import EnvironmentError_, SigasersError
from sigasers.errors.sers import (
    CertificateExpiredError,
    CertificateRefusedError,
    NotOurCentreError,
    StrayFileError,
)
from sigasers.model import Instant
from sigasers.protocol.outbox import FINAL, SeenFile, State, ready, stable
from sigasers.sers import archive, aside, deliver, files, rows, take, verdicts
from sigasers.sers.agent import Agent
from sigasers.sers.rows import Entry
from sigasers.sers.session import Session, open_session

T = TypeVar("T")
_TO_SEND = frozenset({State.PREPARED, State.OFFERED, State.SENDING})
_ENDS_PASS = (EnvironmentError_, CertificateExpiredError, CertificateRefusedError, NotOurCentreError)


@dataclass(kw_only=True)
class PassReport:
    """What one pass met: the scan that it ended with, every error (the last may have ended it), its session if any."""

    seen: list[SeenFile] = field(default_factory=list)
    errors: list[SigasersError] = field(default_factory=list)
    session_at: Instant | None = None


def recover(agent: Agent) -> None:
    """Finish what a killed run left between two steps; needs no network."""
    aside.finish(agent)
    for entry in rows.in_states(agent.db, {State.DETECTED}):
        take.finish(agent, entry)
    for entry in rows.in_states(agent.db, {State.RECEIVED}):
        archive.file_away(agent, entry)
    _strays_aside(agent)
    files.clear_empty(agent.settings.attach_out)


def _strays_aside(agent: Agent) -> None:
    """Keep aside what lies in AttachOut though no open entry has it: the database was lost or put back."""
    found = files.in_attached(agent.settings.attach_out)
    owned = {entry.id for entry in rows.in_states(agent.db, set(State) - FINAL)} if found else set()
    for number, path in found:
        if number not in owned:
            error = StrayFileError("no entry has it", archivo=path.name, carpeta=str(path.parent))
            aside.keep(agent, path, error)


def run_pass(agent: Agent, before: Sequence[SeenFile], *, look: bool = False) -> PassReport:
    """Run one pass; ``before`` is an earlier scan of SourceOut. Errors are logged and reported, not raised.

    With ``look`` a session is opened though nothing is to be sent: only there does the centre tell of a newer
    profile (another cronograma, other keys) or root document.
    """
    report = PassReport()
    try:
        recover(agent)
        report.seen = files.scan(agent.settings.source_out)
        _take_ready(agent, before, report)
        if look or rows.in_states(agent.db, _TO_SEND) or verdicts.awaited(agent.db):
            agent, session = open_session(agent)
            report.session_at = agent.clock.now()
            _send(agent, session, report)
            _judge(agent, report)
    except SigasersError as error:
        _note(agent, report, error)
    return report


def fetch_constancias(agent: Agent) -> PassReport:
    """Ask once more for the constancias that are awaited, within the session that is open."""
    report = PassReport()
    try:
        _judge(agent, report)
    except SigasersError as error:
        _note(agent, report, error)
    return report


def _take_ready(agent: Agent, before: Sequence[SeenFile], report: PassReport) -> None:
    """Keep aside what cannot travel, take what is ready; a file that is open elsewhere is left for the next pass."""
    bad: set[str] = set()

    def judge(file: SeenFile) -> None:
        if take.kept_aside(agent, file.name):
            bad.add(file.name)

    _each(agent, stable(before, report.seen), judge, report, ends_pass=())
    sound = [file for file in report.seen if file.name not in bad]
    now_ns = int(agent.clock.now().at.timestamp() * 1e9)
    batches = ready(before, sound, clock_ns=now_ns, pairing=agent.settings.pairing)
    _each(agent, batches, lambda batch: take.take(agent, batch), report, ends_pass=())


def _send(agent: Agent, session: Session, report: PassReport) -> None:
    def send(entry: Entry) -> None:
        if deliver.deliver(agent, session, entry).state is State.RECEIVED:
            archive.file_away(agent, rows.by_id(agent.db, entry.id))

    _each(agent, rows.in_states(agent.db, _TO_SEND), send, report)


def _judge(agent: Agent, report: PassReport) -> None:
    _each(agent, verdicts.awaited(agent.db), lambda entry: verdicts.fetch(agent, entry), report)


def _each(
    agent: Agent,
    items: Sequence[T],
    act: Callable[[T], object],
    report: PassReport,
    *,
    ends_pass: tuple[type[SigasersError], ...] = _ENDS_PASS,
) -> None:
    """Do ``act`` for each item; what ends the pass is raised, the rest is noted."""
    for item in items:
        try:
            act(item)
        except ends_pass:
            raise
        except SigasersError as error:
            _note(agent, report, error)


def _note(agent: Agent, report: PassReport, error: SigasersError) -> None:
    agent.trace.failed(error)
    report.errors.append(error)
