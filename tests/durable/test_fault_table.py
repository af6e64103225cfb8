"""The fault table of ``durable``: each act × {failed, failed but persisted, killed before, killed after}.

Whatever happens, the target is as it was or whole and new; what was told as done is there.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sigasers import durable, failpoint
from tests.durable.one_step import ACTS, NEW, OLD

# Act: what the folder shows before it, and after it.
STATES: dict[str, tuple[str, str]] = {
    "write_new": ("nothing", "target=new"),
    "place": ("nothing", "target=new"),
    "replace": ("target=old", "target=new"),
    "move_new": ("source=new", "target=new"),
    "remove": ("target=old", "nothing"),
    "make_folder": ("nothing", "a/target"),
    "truncate": ("target=old", "target=old[:3]"),
    "sync_data": ("target=old", "target=new"),
    "sync_folder": ("nothing", "nothing"),
    "transaction": ("state=old", "state=new"),
    "migrate": ("state=old", "state=new"),
}
# (fail-point, exit code, whether the act's effect is there afterwards)
FAULTS = {
    "no fault": ("", 0, True),
    "failed": ("t.act:before=error", 3, False),
    "failed but persisted": ("t.act:after=error", 3, True),
    "killed before": ("t.act:before=kill", -signal.SIGKILL, False),
    "killed after": ("t.act:after=kill", -signal.SIGKILL, True),
}


def _prepare(folder: Path, state: str) -> None:
    if state == "state=old":
        connection = durable.open_database(folder / "state.db")
        connection.execute("CREATE TABLE fact AS SELECT 'old' AS value")
        connection.close()
    elif state != "nothing":
        name, _, content = state.partition("=")
        (folder / name).write_bytes(OLD if content == "old" else NEW)


def _shown(folder: Path) -> str:
    """Tell what a reader sees; parts of unfinished files are no result and are left out."""
    if (folder / "state.db").exists():
        connection = durable.open_database(folder / "state.db")
        (row,) = connection.execute("SELECT value FROM fact")
        connection.close()
        return f"state={row['value']}"
    names = {OLD: "old", NEW: "new", OLD[:3]: "old[:3]"}
    files = [path for path in sorted(folder.rglob("*")) if path.suffix != durable.PART_SUFFIX]
    shown = [
        f"{path.name}={names.get(path.read_bytes(), 'torn')}"
        if path.is_file()
        else path.relative_to(folder).as_posix()
        for path in files
    ]
    return shown[-1] if shown else "nothing"


def _run(folder: Path, act: str, fault: str) -> int:
    environ = {**os.environ, failpoint.VARIABLE: fault}
    command = [sys.executable, str(Path(__file__).with_name("one_step.py")), str(folder), act]
    return subprocess.run(command, env=environ, check=False, timeout=60).returncode


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_is_cut_short_leaves_the_old_or_the_new(
    act: str, fault: tuple[str, int, bool], tmp_path: Path
) -> None:
    """Never a torn file, never an effect that was not told of before the step, never a loss after it."""
    before, after = STATES[act]
    where, code, is_done = fault
    _prepare(tmp_path, before)
    assert _run(tmp_path, act, where) == code
    seen = _shown(tmp_path)
    if act == "sync_data" and not is_done:  # what was written and not yet synced may be there or not
        assert seen in {before, after}
    else:
        assert seen == (after if is_done else before)


@pytest.mark.parametrize("fault", ["t.act:before=kill", "t.act:before=error"])
@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_was_cut_short_can_be_done_again(act: str, fault: str, tmp_path: Path) -> None:
    """What a killed program leaves is never in the way of the next one."""
    before, after = STATES[act]
    _prepare(tmp_path, before)
    _run(tmp_path, act, fault)
    for part in tmp_path.rglob("target.part"):  # the caller of StagedFile chose this name and removes it
        part.unlink()
    assert _run(tmp_path, act, "") == 0
    assert _shown(tmp_path) == after


@pytest.mark.parametrize("act", ["write_new", "replace", "place"])
def test_a_told_failure_leaves_no_part_behind(act: str, tmp_path: Path) -> None:
    """A disk that was full for a moment does not fill with leftovers."""
    _prepare(tmp_path, STATES[act][0])
    _run(tmp_path, act, "t.act:before=error")
    assert list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part")) == []


def test_every_durable_function_stands_in_the_table() -> None:
    """A new function that takes a step fails here until the table has it."""
    source = Path(durable.__file__).read_text(encoding="utf-8")
    takers = re.findall(r"def (\w+)\([^)]*step: str", source)
    assert set(takers) - {"_step"} == set(ACTS)


@pytest.mark.needs("strace")
@pytest.mark.parametrize("act", ["write_new", "place", "replace"])
def test_bytes_are_synced_before_the_name_and_the_name_before_the_return(act: str, tmp_path: Path) -> None:
    """What the system was really asked: sync of the file, rename, sync of the folder, in this order."""
    _prepare(tmp_path, STATES[act][0])
    trace = tmp_path.parent / f"{tmp_path.name}.trace"
    strace = shutil.which("strace") or "strace"
    calls = "trace=fsync,fdatasync,rename,renameat,renameat2,link,linkat"
    command = [sys.executable, str(Path(__file__).with_name("one_step.py")), str(tmp_path), act]
    subprocess.run([strace, "-f", "-y", "-e", calls, "-o", str(trace), *command], check=True, timeout=60)
    lines = [line for line in trace.read_text(encoding="utf-8").splitlines() if str(tmp_path) in line]
    kinds = [
        "rename" if "rename" in line or "link" in line else "file" if ".part>" in line else "folder"
        for line in lines
    ]
    assert kinds[:3] == ["file", "rename", "folder"]
