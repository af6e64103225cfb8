"""The fault table of the parameters: each durable step × {failed, failed but persisted, killed before or after}."""

import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from sigasers import failpoint
from sigasers.siga.folder_checks import try_writing
from tests.faults.steps import all_steps
from tests.faults.stopped import run_code
from tests.parameters.unit_place import Unit, registered

COVERED_STEPS = {
    "siga.parameters.huella",
    "siga.parameters.probe_left",
    "siga.parameters.probe_remove",
    "siga.parameters.probe_write",
}
FAULTS = ("before=error", "after=error", "before=kill", "after=kill")
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137
OLD = "# nuestra\nunidad = 1288\n"
_PROGRAM = """
import sys
from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
sys.exit(run_with(grupo, sys.argv[1:]))
"""


def order(unit: Unit) -> list[str]:
    given = ("--ruta-transmision", str(unit.out), "--ruta-sers", str(unit.sers))
    return ["parametros", "fijar", *given, "--sin-base", "--si", "--dir", str(unit.root)]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", sorted(COVERED_STEPS))
def test_a_fault_leaves_the_old_parameters_or_the_new_ones(
    step: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a path whose centre nobody confirmed; the same order works afterwards, and nothing lies in SourceOut."""
    unit, profile = registered(tmp_path / "inst")
    unit.write(OLD)
    if step == "siga.parameters.probe_left":
        (unit.out / ".sigasers-prueba-00.part").write_bytes(b"")
    at = f"{step}:{fault}"
    if fault.endswith("kill"):
        assert run_code(_PROGRAM, *order(unit), at=at).returncode == KILLED
    else:
        with monkeypatch.context() as patched:
            patched.setattr(failpoint, "_passes", Counter())
            patched.setenv(failpoint.VARIABLE, at)
            assert unit.run("fijar", *order(unit)[2:-2]) == 74
    confirmed = unit.pin.exists() and unit.pin.read_text(encoding="ascii").strip() == profile.trust.huella
    written = "ruta_transmision" in unit.written if unit.toml.exists() else False
    assert confirmed or not written
    assert not unit.toml.exists() or written or unit.toml.read_text(encoding="utf-8") == OLD
    assert unit.run("fijar", *order(unit)[2:-2]) == 0
    assert unit.written["ruta_transmision"] == str(unit.out)
    assert unit.pin.read_text(encoding="ascii").strip() == profile.trust.huella
    assert list(unit.out.iterdir()) == []


def test_a_killed_trial_leaves_nothing_that_the_courier_would_send(tmp_path: Path) -> None:
    """Its file has a name that is not looked at, however long it is made."""
    from sigasers.sers import files

    code = "import sys; from pathlib import Path\n"
    code += "from sigasers.siga.folder_checks import try_writing\n"
    code += "try_writing(Path(sys.argv[1]), None)"
    run_code(code, tmp_path, at="siga.parameters.probe_write:after=kill")
    assert len(list(tmp_path.iterdir())) == 1
    assert files.scan(tmp_path) == []
    try_writing(tmp_path, None)
    assert list(tmp_path.iterdir()) == []


def test_every_durable_step_of_the_parameters_is_in_the_table() -> None:
    """A new step fails here until it is."""
    assert {step for step in all_steps() if step.startswith("siga.parameters")} == COVERED_STEPS
