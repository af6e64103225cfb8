"""Runs a piece of the program in a process of its own and stops it at a durable step, as a power cut would."""

import os
import subprocess
import sys
from pathlib import Path

from sigasers import failpoint

ROOT = Path(__file__).resolve().parents[2]


def run_code(code: str, *arguments: object, at: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``code`` with ``arguments`` in ``sys.argv``; ``at`` is ``step:before=kill`` and the like."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if at is not None:
        environment[failpoint.VARIABLE] = at
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *map(str, arguments)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
