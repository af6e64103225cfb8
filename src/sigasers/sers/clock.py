"""Time, waiting and chance, so that tests can stand in their place."""

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from sigasers.errors import SigasersError
from sigasers.model import Instant
from sigasers.protocol.retry import RetryPolicy

T = TypeVar("T")


class Stopping(BaseException):
    """The program was asked to stop; raised out of whatever it was doing, which a restart resumes."""


class Clock(Protocol):
    """The machine's clock. ``sleep`` raises ``Stopping`` once the program was asked to stop."""

    def now(self) -> Instant:
        """Give the time."""

    def sleep(self, seconds: float) -> None:
        """Wait."""

    def jitter(self) -> float:
        """Give a random number in [0, 1)."""


class SystemClock:
    """The real clock; ``stop`` ends every wait, the present one and those to come."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def now(self) -> Instant:
        """Give the system's time."""
        return Instant(datetime.now(UTC))

    def sleep(self, seconds: float) -> None:
        """Wait ``seconds``; raises ``Stopping`` as soon as ``stop`` was called."""
        if self._stop.wait(seconds):
            raise Stopping

    def jitter(self) -> float:
        """Give a random number in [0, 1)."""
        return random.random()

    @property
    def stopping(self) -> bool:
        """Whether ``stop`` was called."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask to stop."""
        self._stop.set()


def retried(call: Callable[[], T], *, policy: RetryPolicy, clock: Clock) -> T:
    """Give what ``call`` gives, tried again as ``policy`` says; raises the last error."""
    failures = 0
    while True:
        try:
            return call()
        except SigasersError as error:
            failures += 1
            asked = error.fields.get("esperar_s")
            delay = policy.delay_s(
                failures=failures,
                retry=error.retry,
                jitter=clock.jitter(),
                asked_s=asked if isinstance(asked, int) else None,
            )
            if delay is None:
                raise
            clock.sleep(delay)
