"""The fault table of the scheduled transmission: each durable step × {failed, failed but persisted, killed}.

Whatever happens, the next look finds every turno of the night: the latest of each kind answered once, the others lost
and written down.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from sigasers import failpoint
from sigasers.errors import SigasersError
from tests.faults.steps import all_steps
from tests.schedule.installed import Scheduled, scheduled

COVERED_STEPS = {"siga.turnos.clock_back", "siga.turnos.review", "siga.trial.result", "siga.trial.writable"}
FAULTS = ("before=error", "after=error", "before=kill", "after=kill")
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137
NIGHT = {"PERIODICA-202111051630": "respondido", "DIARIA-202111051230": "respondido"}


@pytest.fixture
def night(tmp_path: Path) -> Scheduled:
    """A unit whose machine was off from 4 November, 17:00, to the morning of the 6th."""
    unit = scheduled(tmp_path).at("2021-11-04T16:45")
    unit.look()
    return unit.at("2021-11-06T09:07")


def killed(root: Path, fault: str) -> int:
    command = [sys.executable, str(Path(__file__).with_name("one_look.py")), str(root)]
    environ = {**os.environ, failpoint.VARIABLE: fault, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, env=environ, check=False, timeout=120, capture_output=True).returncode


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_look_loses_no_turno_and_answers_none_twice(
    fault: str, night: Scheduled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next look goes on from what was written down."""
    step = "siga.turnos.review"
    before = len(night.place.files())
    if fault.endswith("kill"):
        assert killed(tmp_path, f"{step}:{fault}") == KILLED
    else:
        with monkeypatch.context() as patched:
            patched.setattr(failpoint, "_passes", Counter())
            patched.setenv(failpoint.VARIABLE, f"{step}:{fault}")
            with pytest.raises(SigasersError):
                night.look()
    assert len(night.place.files()) == before
    night.later(minutes=15).look()
    assert night.later(minutes=15).look().answers == ()
    turnos = night.turnos()
    assert {name: turnos[name] for name in NIGHT} == NIGHT
    assert set(turnos.values()) == {"respondido"}
    assert len(night.place.files()) == before + 2 * 3


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_while_a_fast_clock_is_mended_is_made_good_by_the_next_look(
    fault: str, night: Scheduled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it wrote is taken back whole or not at all, and the night's turnos are answered."""
    night.at("2021-11-20T17:00").look()
    night.at("2021-11-06T09:07")
    step = f"siga.turnos.clock_back:{fault}"
    if fault.endswith("kill"):
        assert killed(tmp_path, step) == KILLED
    else:
        with monkeypatch.context() as patched:
            patched.setattr(failpoint, "_passes", Counter())
            patched.setenv(failpoint.VARIABLE, step)
            with pytest.raises(SigasersError):
                night.look()
    night.later(minutes=15).look()
    turnos = night.turnos()
    assert {name: turnos[name] for name in NIGHT} == NIGHT
    assert max(name[-12:] for name in turnos) <= "202111060922"


@pytest.mark.parametrize("fault", ["before=kill", "after=kill"])
def test_a_run_killed_on_its_way_is_run_again_for_the_same_turno(
    fault: str, night: Scheduled, tmp_path: Path
) -> None:
    """The power goes while the RAR is placed: its turno is answered by the next look, and by one corrida alone."""
    assert killed(tmp_path, f"siga.export.place_rar:{fault}") == KILLED
    look = night.later(minutes=30).look()
    assert "PERIODICA-202111051630" in night.answered(look)
    assert night.turnos()["PERIODICA-202111051630"] == "respondido"
    assert night.place.half_made() == []


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("step", "code"), [("siga.trial.result", 74), ("siga.trial.writable", 1)])
def test_a_fault_of_the_trial_changes_nothing(step: str, code: int, fault: str, tmp_path: Path) -> None:
    """A history that cannot be written is a result of it, a result that cannot be kept an error. Then it answers."""
    unit = scheduled(tmp_path)
    (unit.place.siga / "siga.toml").write_text(
        f"base = '{unit.place.base}'\nunidad = 1288\n", encoding="utf-8"
    )
    run = "from sigasers.cli.core import run; run('siga')"
    order = ("transmitir", "--programado", "--ensayo", "ensayo.json", "--dir", str(unit.place.root))
    command = [sys.executable, "-c", run, *order]
    environ = {**os.environ, "PYTHONUTF8": "1"}
    bad = {**environ, failpoint.VARIABLE: f"{step}:{fault}"}
    faulty = subprocess.run(command, env=bad, cwd=tmp_path, check=False, timeout=120, capture_output=True)
    assert faulty.returncode == (KILLED if fault.endswith("kill") else code)
    # One that was lost but persisted is there: a result is never written over.
    command[command.index("ensayo.json")] = "otro.json"
    again = subprocess.run(command, env=environ, cwd=tmp_path, check=False, timeout=120, capture_output=True)
    assert again.returncode == 0, again.stderr
    assert unit.place.files() == []


def test_every_durable_step_of_the_schedule_is_in_the_table() -> None:
    """A new step fails here until it is."""
    areas = ("siga.turnos", "siga.trial")
    assert {step for step in all_steps() if step.startswith(areas)} == COVERED_STEPS
