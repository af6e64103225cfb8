"""A trial of the scheduled transmission as the operator sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sigasers.siga.schedule.trial import TrialStep

EXIT_FAILED = 1


def exit_code(steps: Sequence[TrialStep]) -> int:
    """Give 1 if any step failed."""
    return EXIT_FAILED if any(step.resultado.value == "falla" for step in steps) else 0
