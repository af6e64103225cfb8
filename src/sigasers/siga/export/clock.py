"""Time and waiting, as arguments."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sigasers.model import Instant


@dataclass(frozen=True, kw_only=True)
class Clock:
    """``now`` gives the instant, ``sleep`` waits for so many seconds; tests give their own."""

    now: Callable[[], Instant] = lambda: Instant(datetime.now(UTC))
    sleep: Callable[[float], None] = time.sleep
