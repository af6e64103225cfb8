"""The service: one pass after another until it is asked to stop; the command line can wake it."""

from collections.abc import Callable
from datetime import timedelta

from sigasers.errors import Retry, SigasersError
from sigasers.model import Instant
from sigasers.protocol.outbox import SeenFile
from sigasers.protocol.retry import BETWEEN_PASSES
from sigasers.sers import files, requests, verdicts
from sigasers.sers.agent import Agent
from sigasers.sers.clock import Stopping
from sigasers.sers.engine import PassReport, run_pass

_LISTEN_S = 0.5
_VERDICT_S = 1.0
_LOOK = timedelta(
    hours=1
)  # ten thousand idle units open three sessions a second; a new cronograma is known in an hour
OnPass = Callable[[PassReport], None]


def serve(
    agent: Agent, *, on_start: Callable[[], None] = lambda: None, on_pass: OnPass = lambda _report: None
) -> None:
    """Run passes until ``Stopping`` is raised out of what it does or waits for; then it ends by returning.

    ``on_start`` is called once, and may be stopped too; ``on_pass`` hears of each pass.
    """
    try:
        on_start()
        agent.trace.say("servicio", "servicio iniciado")
        _run(agent, on_pass)
    except Stopping:
        agent.trace.say("servicio", "servicio detenido")


def _run(agent: Agent, on_pass: OnPass) -> None:
    before: list[SeenFile] = []
    failures = awaiting = 0
    looked: Instant | None = None
    while True:
        asked = requests.open_requests(agent.db)
        if asked:
            before = _scan(agent)
            agent.clock.sleep(agent.settings.stable_s)
        report = run_pass(agent, before, look=_is_due(looked, agent.clock.now()))
        before, looked = report.seen, report.session_at or looked
        failures = failures + 1 if report.errors else 0
        if asked:
            last = report.errors[-1].code if report.errors else None
            requests.answer(agent.db, asked, at=agent.clock.now(), error=last)
        on_pass(report)
        awaiting = awaiting + 1 if verdicts.awaited(agent.db) else 0
        _wait(agent, _pause_s(agent, failures, awaiting))


def _is_due(looked: Instant | None, now: Instant) -> bool:
    """Tell whether to open a session without cause: never opened yet, long ago, or the clock was set back."""
    return looked is None or not looked <= now < looked.plus(_LOOK)


def _pause_s(agent: Agent, failures: int, awaiting: int) -> float:
    """Give the seconds to the next pass: the interval, or longer after failures in a row.

    Shorter while a constancia is awaited, for ``awaiting`` passes so far: it comes within seconds or by a person.
    """
    if failures == 0:
        soon = _VERDICT_S * 2.0 ** min(awaiting - 1, 10) if awaiting else agent.settings.interval_s
        return min(soon, agent.settings.interval_s)
    delay = BETWEEN_PASSES.delay_s(failures=failures, retry=Retry.LATER, jitter=agent.clock.jitter())
    return max(agent.settings.interval_s, delay or 0.0)


def _wait(agent: Agent, seconds: float) -> None:
    """Wait ``seconds``, or until somebody asks."""
    waited = 0.0
    while waited < seconds and not requests.open_requests(agent.db):
        piece = min(_LISTEN_S, seconds - waited)
        agent.clock.sleep(piece)
        waited += piece


def _scan(agent: Agent) -> list[SeenFile]:
    try:
        return files.scan(agent.settings.source_out)
    except SigasersError as error:
        agent.trace.failed(error)
        return []
