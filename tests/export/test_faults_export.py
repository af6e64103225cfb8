"""The fault table of the exporter: each durable step × {failed, failed but persisted, killed before, killed after}.

Whatever happens, SourceOut holds finished pairs alone once the next run has begun, each opens, and no name is given
twice.
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
from sigasers.formats.package import Resultado
from sigasers.formats.package_name import parse_stem
from sigasers.siga.history import Estado, History
from sigasers.siga.history import Resultado as RunResult
from tests.export.place import PERIODICA, Place, small_base
from tests.faults.steps import all_steps
from tests.made_centre import MadeCentre

COVERED_STEPS = {
    "siga.export.folder",
    "siga.export.place_html",
    "siga.export.place_rar",
    "siga.export.unplace_html",
    "siga.history.finish",
    "siga.history.package",
    "siga.history.placing",
    "siga.history.profile",
    "siga.history.run",
    "siga.history.run_dead",
    "siga.history.run_end",
    "siga.history.schema",
    "siga.history.unit",
    "siga.profile.pin",
    "siga.workspace.folder",
    "siga.workspace.orphan",
    "siga.workspace.part",
}
# Steps that clean up after another fault, and the fault that makes them happen in the next run.
AFTER = {
    "siga.history.run_dead": "siga.history.unit:after=kill",
    "siga.workspace.orphan": "siga.export.place_rar:before=kill",
    "siga.workspace.part": "siga.export.place_html:before=kill",
}
UNPLACING = "siga.export.unplace_html"  # follows a fault within the same run: two cannot be set at once
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137
FAULTS = ("before=error", "after=error", "before=kill", "after=kill")


def killed(root: Path, fault: str) -> int:
    """Run an export in a process of its own, which the fault ends; give its exit code."""
    command = [sys.executable, str(Path(__file__).with_name("one_export.py")), str(root)]
    environ = {**os.environ, failpoint.VARIABLE: fault, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, env=environ, check=False, timeout=120, capture_output=True).returncode


def failed(place: Place, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run an export here, in which one step tells a failure; it must be told as ours."""
    with monkeypatch.context() as patched:
        patched.setattr(failpoint, "_passes", Counter())
        patched.setenv(failpoint.VARIABLE, fault)
        with pytest.raises(SigasersError):
            place.export(PERIODICA)


@pytest.fixture
def sealed(tmp_path: Path) -> Place:
    """A registered unit, whose exporter has never run."""
    root = tmp_path / "inst"
    made = Place(root=root, base=root / "base.db").make()
    made.siga.rmdir()
    small_base(root / "base.db")
    made.write_profile(MadeCentre())
    return made


def finished(place: Place) -> list[str]:
    """Give the stems in SourceOut, holding that nothing else lies there and that every archive is whole."""
    names = set(place.files())
    stems = {Path(name).stem for name in names}
    assert names == {f"{stem}{end}" for stem in stems for end in (".rar", ".html")}
    for stem in stems:
        parse_stem(stem)
    return sorted(stems)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", sorted(COVERED_STEPS - {UNPLACING}))
def test_a_fault_at_any_step_leaves_finished_pairs_and_a_run_that_works(
    step: str, fault: str, sealed: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing half-made, nothing twice: what is there verifies, and the next run is clean."""
    if step in AFTER:
        assert killed(sealed.root, AFTER[step]) == KILLED
    if fault.endswith("kill"):
        assert killed(sealed.root, f"{step}:{fault}") == KILLED
    else:
        failed(sealed, f"{step}:{fault}", monkeypatch)
    check_next_run(sealed)


def test_an_html_whose_rar_could_not_be_placed_goes_away_at_once(
    sealed: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A told failure leaves SourceOut as it was."""
    failed(sealed, "siga.export.place_rar:before=error", monkeypatch)
    assert sealed.files() == []
    check_next_run(sealed)


def check_next_run(place: Place) -> None:
    """Export again and hold that all is in order."""
    packages = place.export(PERIODICA)
    stems = finished(place)
    assert {package.rar.stem for package in packages} <= set(stems)
    for package in packages:
        assert place.opened_by_unit(package).resultado is not Resultado.RECHAZADO
    assert place.half_made() == []
    with History.open(place.siga) as history:
        rows = history.packages()
        runs = history.runs(limit=100)
    assert {row.raiz for row in rows if row.estado is Estado.TERMINADO} == set(stems)
    assert not [row for row in rows if row.estado in {Estado.EN_CURSO, Estado.COLOCANDO}]
    assert runs[0].resultado is RunResult.COMPLETA
    assert all(run.resultado is not None and run.fin is not None for run in runs)


def test_every_durable_step_of_the_exporter_is_in_the_table() -> None:
    """A new step fails here until it is."""
    ours = {
        step
        for step in all_steps()
        if step.startswith(("siga.export", "siga.history", "siga.workspace", "siga.profile"))
    }
    assert ours == COVERED_STEPS
