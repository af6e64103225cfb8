"""The centre's clock: the machine's, never falling within one process; the log keeps it so across restarts."""

from collections.abc import Callable
from datetime import UTC, datetime

from sigasers.model import Instant

Clock = Callable[[], Instant]


def system_clock() -> Instant:
    """Give the present instant."""
    return Instant(datetime.now(UTC))
