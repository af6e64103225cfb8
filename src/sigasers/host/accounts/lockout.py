"""When a name may be tried again after failures: a state and the clock in, a state out; no disk.

Five tries, then a wait that doubles with each further failure, from one minute to an hour. A try counts as failed
before its password is looked at; a good one sets the count back. A clock set back neither ends a wait nor makes it
endless: the wait then starts anew, at its own length.
"""

from dataclasses import dataclass, replace
from math import ceil

from sigasers.model import Instant

FREE_FAILURES = 5
_FIRST_S, _LONGEST_S = 60, 3600


@dataclass(frozen=True, kw_only=True)
class Tries:
    """``fallos`` tries since the last good one; a wait of ``espera_s`` seconds began ``desde``, if there is one."""

    fallos: int = 0
    desde: Instant | None = None
    espera_s: int = 0

    def remaining_s(self, now: Instant) -> int:
        """Give the seconds until the next try, 0 if it may be now; the whole wait if ``now`` lies before its start."""
        if self.desde is None:
            return 0
        passed = (now.at - self.desde.at).total_seconds()
        return self.espera_s if passed < 0 else max(0, ceil(self.espera_s - passed))

    def begin(self, now: Instant) -> "Tries":
        """Give the state after a try begins at ``now``; while waiting it is no try, and nothing is counted."""
        if self.remaining_s(now) > 0:
            # A wait that would begin in the future is of a clock that was ahead.
            return replace(self, desde=now) if self.desde is not None and now < self.desde else self
        fallos = self.fallos + 1
        if fallos < FREE_FAILURES:
            return Tries(fallos=fallos)
        doublings = min(fallos - FREE_FAILURES, 20)
        return Tries(fallos=fallos, desde=now, espera_s=min(_FIRST_S * 2**doublings, _LONGEST_S))
