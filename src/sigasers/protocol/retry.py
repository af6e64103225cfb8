"""When to try again: decided from the error's class, the failures so far and what the peer asked for. Sans-IO.

Randomness is an argument. It does not sleep and keeps no state.
"""

from dataclasses import dataclass

from sigasers.errors import Retry

MAX_ASKED_S = (
    3600.0  # a peer's Retry-After beyond an hour is taken as an hour: it may not silence us for days
)


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """Exponential backoff: ``first_s`` seconds, doubled after each failure up to ``cap_s``; at most ``tries``.

    ``tries`` counts the first attempt too; ``None`` never gives up.
    """

    first_s: float
    cap_s: float
    tries: int | None

    def delay_s(
        self, *, failures: int, retry: Retry, jitter: float, asked_s: float | None = None
    ) -> float | None:
        """Give the seconds to wait before the next attempt, or ``None`` when there is to be none.

        ``failures`` (from 1) have happened in a row, the last of class ``retry``; ``jitter`` lies in [0, 1) and
        spreads the wait over its upper half, so that units cut off together do not come back together.
        ``asked_s`` is the peer's Retry-After: never undercut, within ``MAX_ASKED_S``.
        """
        if retry is not Retry.LATER or (self.tries is not None and failures >= self.tries):
            return None
        backoff_s = min(self.cap_s, self.first_s * 2.0 ** min(failures - 1, 60))
        own_s = backoff_s * (0.5 + jitter / 2)
        return max(own_s, min(asked_s or 0.0, MAX_ASKED_S))


IN_ONE_PASS = RetryPolicy(first_s=0.5, cap_s=8.0, tries=5)
"""Within one pass of the agent: a short cut of the line is bridged (7 s at the most), a longer one is told."""

BETWEEN_PASSES = RetryPolicy(first_s=15.0, cap_s=900.0, tries=None)
"""Between the passes of the service: it never gives up, and asks at least every 15 minutes."""
