"""Waiting for what another process leaves behind, within a bound; clock and sleep are arguments."""

import time
from collections.abc import Callable
from dataclasses import dataclass

_STEP_S = 0.5


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How long, in seconds, and by which clock."""

    limit_s: float = 300.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def until(self, happened: Callable[[], bool]) -> bool:
        """Ask ``happened`` again and again; tell whether it came true within the limit."""
        end = self.clock() + self.limit_s
        while not happened():
            if self.clock() >= end:
                return False
            self.sleep(_STEP_S)
        return True
