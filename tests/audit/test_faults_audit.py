"""The fault table of the audit file: each durable step × {failed, failed but persisted, killed before, after}."""

import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from sigasers import failpoint
from sigasers.errors import SigasersError
from sigasers.formats.audit_log import digest_of
from sigasers.host.audit import FILE_NAME, head
from sigasers.host.audit_check import entries, verify
from tests.audit.test_audit import audit
from tests.faults.steps import all_steps
from tests.faults.stopped import run_code

COVERED_STEPS = {
    "host.audit.folder",
    "host.audit.new",
    "host.audit.append",
    "host.audit.undo",
    "host.audit.complete",
    "host.audit.torn_aside",
    "host.audit.torn_cut",
}
FAULTS = ("before=error", "after=error", "before=kill", "after=kill")
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137
_PROGRAM = """
import sys
from pathlib import Path
from tests.audit.test_audit import audit
audit(Path(sys.argv[1])).record("prueba.hecha", {"marca": "nueva"})
"""


def prepared(root: Path, step: str) -> Path:
    """Give a folder in which ``step`` is passed."""
    folder = root / "siga"
    if step in {"host.audit.folder", "host.audit.new"}:
        if step == "host.audit.new":
            folder.mkdir()
        return folder
    folder.mkdir()
    for number in range(3):
        audit(folder).record("prueba.antes", {"vuelta": number})
    path = folder / FILE_NAME
    if step == "host.audit.complete":
        path.write_bytes(path.read_bytes()[:-1])
    elif step.startswith("host.audit.torn"):
        path.write_bytes(path.read_bytes()[:-20])
    return folder


def marks(folder: Path) -> int:
    return sum(each.datos.get("marca") == "nueva" for each in entries(folder / FILE_NAME))


def whole_before(folder: Path) -> list[int]:
    return [int(str(each.datos["vuelta"])) for each in entries(folder / FILE_NAME) if "vuelta" in each.datos]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", sorted(COVERED_STEPS - {"host.audit.undo"}))
def test_a_fault_loses_no_entry_and_the_next_act_follows(
    step: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that raised is not there, one that was killed is there once or not at all; the chain holds."""
    folder = prepared(tmp_path, step)
    before = whole_before(folder)
    pieces = set(folder.glob("auditoria-trozo-*"))
    if fault.endswith("kill"):
        assert run_code(_PROGRAM, folder, at=f"{step}:{fault}").returncode == KILLED
    else:
        with monkeypatch.context() as patched:
            patched.setattr(failpoint, "_passes", Counter())
            patched.setenv(failpoint.VARIABLE, f"{step}:{fault}")
            with pytest.raises(SigasersError):
                audit(folder).record("prueba.hecha", {"marca": "nueva"})
        assert marks(folder) == 0
    found = marks(folder)
    assert found <= 1
    audit(folder).record("prueba.hecha", {"marca": "nueva"})
    assert marks(folder) == found + 1
    assert verify(folder / FILE_NAME).broken is None
    assert whole_before(folder)[: len(before)] == before
    torn = {piece.read_bytes() for piece in set(folder.glob("auditoria-trozo-*")) - pieces}
    assert len(torn) == (1 if step.startswith("host.audit.torn") else 0)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_entry_whose_sync_failed_is_taken_back_even_if_that_is_cut(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of a failed sync may be gone: nothing may be chained to them without having been read again."""
    folder = prepared(tmp_path, "host.audit.undo")
    code = f"""
from sigasers import failpoint
failing = failpoint.hit
def hit(step, side):
    if (step, side) == ("host.audit.append", "after"):
        raise OSError(5, "sync")
    failing(step, side)
failpoint.hit = hit
{_PROGRAM}"""
    done = run_code(code, folder, at=f"host.audit.undo:{fault}")
    assert done.returncode == (KILLED if fault.endswith("kill") else 1)
    kept = fault.startswith("before")  # the taking back was stopped: the entry is there, whole
    assert marks(folder) == kept
    audit(folder).record("prueba.hecha", {"marca": "nueva"})
    assert marks(folder) == kept + 1
    assert verify(folder / FILE_NAME).broken is None


def test_a_killed_act_never_changes_what_was_anchored(tmp_path: Path) -> None:
    """A head given out before stays good whatever dies after it."""
    folder = prepared(tmp_path, "host.audit.append")
    anchor = head(folder)
    for fault in ("before=kill", "after=kill"):
        run_code(_PROGRAM, folder, at=f"host.audit.append:{fault}")
    audit(folder).record("prueba.hecha", {})
    assert verify(folder / FILE_NAME, [anchor]).broken is None
    lines = (folder / FILE_NAME).read_bytes().splitlines(keepends=True)
    assert digest_of(lines[anchor.n - 1]) == anchor.digest


def test_every_durable_step_of_the_audit_is_in_the_table() -> None:
    """A new step fails here until it is."""
    assert {step for step in all_steps() if step.startswith("host.audit")} == COVERED_STEPS
