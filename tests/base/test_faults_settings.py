"""The fault table of ``siga.toml``: each durable step × {failed, failed but persisted, killed before, killed after}."""

import signal
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from sigasers import failpoint
from sigasers.errors import SigasersError
from sigasers.siga.settings_edit import write_base
from tests.faults.steps import all_steps
from tests.faults.stopped import run_code

COVERED_STEPS = {"siga.settings.folder", "siga.settings.write"}
FAULTS = ("before=error", "after=error", "before=kill", "after=kill")
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137
NEW = {"motor": "sqlite", "archivo": "nueva.db"}
OLD = "unidad = 1288\nbase = 'vieja.db'\n"
_PROGRAM = """
import sys
from pathlib import Path
from tests.base.test_faults_settings import NEW, write_base
write_base(Path(sys.argv[1]), NEW)
"""


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", sorted(COVERED_STEPS))
def test_a_fault_leaves_the_old_settings_or_the_new_ones(
    step: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole, and the same order works afterwards."""
    path = tmp_path / "siga" / "siga.toml"
    if step == "siga.settings.write":
        path.parent.mkdir()
        path.write_text(OLD, encoding="utf-8")
    if fault.endswith("kill"):
        assert run_code(_PROGRAM, path, at=f"{step}:{fault}").returncode == KILLED
    else:
        with monkeypatch.context() as patched:
            patched.setattr(failpoint, "_passes", Counter())
            patched.setenv(failpoint.VARIABLE, f"{step}:{fault}")
            with pytest.raises(SigasersError):
                write_base(path, NEW)
    if path.exists():
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        assert found in ({"unidad": 1288, "base": "vieja.db"}, {"unidad": 1288, "base": NEW}, {"base": NEW})
    write_base(path, NEW)
    assert tomllib.loads(path.read_text(encoding="utf-8"))["base"] == NEW


def test_every_durable_step_of_the_settings_is_in_the_table() -> None:
    """A new step fails here until it is."""
    assert {step for step in all_steps() if step.startswith("siga.settings")} == COVERED_STEPS
