"""The trial of the task: its command run once as its account in dry mode, and the result that it leaves."""

import secrets
from contextlib import suppress
from dataclasses import replace

from sigasers.host.tasks import Scheduler, TaskSpec
from sigasers.siga.trial_result import Trial, read


def rehearse(scheduler: Scheduler, spec: TaskSpec) -> Trial:
    """Run the command of ``spec`` once in dry mode and give its result.

    Raises ``TaskTrialError`` where it left none, ``TrialDamagedError`` where it left something else.
    """
    path = spec.folder / f"ensayo-{secrets.token_hex(8)}.json"
    try:
        scheduler.rehearse(replace(spec, command=(*spec.command, "--ensayo", str(path))), path)
        return read(path)
    finally:
        with suppress(OSError):
            path.unlink()
