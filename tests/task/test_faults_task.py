"""The fault table of the scheduled task: each durable step × {failed, failed but persisted, killed}."""

import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from sigasers import failpoint
from sigasers.errors import SigasersError
from sigasers.host.tasks import Kind, TaskFound, systemd_text
from sigasers.host.tasks import systemd as systemd_module
from sigasers.host.tasks.systemd import Systemd
from sigasers.siga.task import earlier, record
from tests.faults.steps import all_steps
from tests.faults.stopped import run_code
from tests.host.tasks.one_task import MARK, make_spec, tried
from tests.host.tasks.simulated_linux import SimulatedSystemctl

COVERED_STEPS = {
    "host.task.remove_service",
    "host.task.remove_timer",
    "host.task.trial_folder",
    "host.task.trial_removed",
    "host.task.trial_unit",
    "host.task.unit_folder",
    "host.task.unit_service",
    "host.task.unit_timer",
    "siga.task.earlier",
    "siga.task.earlier_folder",
    "siga.task.record",
}
FAULTS = ("before=error", "after=error", "before=kill", "after=kill")
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137
_PROGRAM = """
import sys
from pathlib import Path
from tests.task.test_faults_task import whole_life
whole_life(Path(sys.argv[1]))
"""
FOREIGN = TaskFound(name="MEF_SIGA_TRANSMISION", mark=None, raw="la de otro programa: ñ")


def whole_life(root: Path) -> str:
    """Keep a foreign task, remember, install, try, remove; give the digest of what was kept."""
    systemd_module.find_program = lambda name: f"/usr/bin/{name}"  # type: ignore[attr-defined]
    units, runtime, siga = root / "units", root / "runtime", root / "siga"
    spec = make_spec(siga)
    digest = earlier.keep(siga, Kind.SYSTEMD, FOREIGN)
    record.save(siga, record.load(siga).of(Kind.SYSTEMD, None))
    runner = SimulatedSystemctl(folders=(units, runtime))
    scheduler = Systemd(folder=units, runtime=runtime, is_system=False, runner=runner)
    scheduler.install(spec)
    result = siga / "ensayo.json"
    scheduler.rehearse(tried(spec, result), result)
    result.unlink()
    scheduler.remove(spec.name)
    return digest


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", sorted(COVERED_STEPS))
def test_a_fault_leaves_nothing_half_made(
    step: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is whole or not there; the same orders work afterwards, and the way back is kept."""
    monkeypatch.setattr(systemd_module, "find_program", lambda name: f"/usr/bin/{name}")
    if fault.endswith("kill"):
        assert run_code(_PROGRAM, tmp_path, at=f"{step}:{fault}").returncode == KILLED
    else:
        with monkeypatch.context() as patched:
            patched.setattr(failpoint, "_passes", Counter())
            patched.setenv(failpoint.VARIABLE, f"{step}:{fault}")
            with pytest.raises(SigasersError):
                whole_life(tmp_path)
    spec = make_spec(tmp_path / "siga")
    whole = {systemd_text.service(spec, is_system=False), systemd_text.timer(spec)}
    for path in (tmp_path / "units").glob("mef-siga-*"):
        assert path.read_text(encoding="utf-8") in whole
    (tmp_path / "siga" / "ensayo.json").unlink(missing_ok=True)
    remembered = record.load(tmp_path / "siga")
    digest = whole_life(tmp_path)
    assert list((tmp_path / "units").glob("mef-siga-*")) == []
    assert list((tmp_path / "runtime").glob("mef-siga-*.service")) == []
    again = record.load(tmp_path / "siga")
    if (tmp_path / "siga" / record.FILE_NAME).exists() and remembered.con is not None:
        assert again.instalacion == remembered.instalacion
    mark = type(MARK)(instalacion=MARK.instalacion, unidad=MARK.unidad, anterior=digest)
    kept = earlier.find(tmp_path / "siga", Kind.SYSTEMD, FOREIGN.name, mark)
    assert kept is not None
    assert kept.raw == FOREIGN.raw


def test_every_durable_step_of_the_task_is_in_the_table() -> None:
    """A new step fails here until it is."""
    assert {step for step in all_steps() if ".task." in step} == COVERED_STEPS
