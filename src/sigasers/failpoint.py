"""Places where a test can stop the program, as a power cut would: before and after each durable step.

``durable`` passes here with the name of each step. The variable ``SIGASERS_FAILPOINT`` holds
``step:before|after=kill|error[#n]``: at the n-th pass (first if absent) the process is killed at once, or the
step fails with an input/output error (``before``: failed; ``after``: failed but persisted). Without the
variable nothing happens. Whoever can set a program's environment can end the program anyway.
"""

import errno
import os
import signal
from collections import Counter

VARIABLE = "SIGASERS_FAILPOINT"
_passes: Counter[str] = Counter()


def hit(step: str, side: str) -> None:
    """Pass the point ``step:side`` (side ``before`` or ``after``); raises ``OSError`` (EIO) when told to fail."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    place, _, action = wanted.partition("=")
    if place != f"{step}:{side}":
        return
    _passes[place] += 1
    kind, _, nth = action.partition("#")
    if _passes[place] != int(nth or 1):
        return
    if kind == "kill":
        _die()
    raise OSError(errno.EIO, f"fail-point {place}")


def _die() -> None:
    """End the process with no clean-up at all: no handler, no buffer and no ``finally`` runs."""
    kill = getattr(signal, "SIGKILL", None)
    if kill is not None:
        os.kill(os.getpid(), kill)
    os._exit(137)
