"""One engine a folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from sigasers.errors.disk import FolderMissingError
from sigasers.errors.host import LockHeldError
from sigasers.host import locks

_HOLDER = """
import sys
from pathlib import Path
from sigasers.host import locks
with locks.hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def start_holder(path: Path) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_second_process_is_refused_while_the_first_holds(tmp_path: Path) -> None:
    """A second engine never starts on a folder that one works in."""
    path = tmp_path / "x.lock"
    holder = start_holder(path)
    try:
        with pytest.raises(LockHeldError), locks.hold(path, wait_s=0):
            pass
        assert locks.is_held(path)
    finally:
        holder.communicate("")
    assert not locks.is_held(path)


def test_killed_holder_frees_the_lock(tmp_path: Path) -> None:
    """A crash leaves no lock behind."""
    path = tmp_path / "x.lock"
    holder = start_holder(path)
    holder.kill()
    holder.communicate()
    with locks.hold(path):
        assert path.exists()


def test_missing_folder_is_said(tmp_path: Path) -> None:
    """A folder that is not there is the disk's error, not a held lock."""
    with pytest.raises(FolderMissingError), locks.hold(tmp_path / "no" / "x.lock"):
        pass
    assert not locks.is_held(tmp_path / "no" / "x.lock")


def test_lock_can_be_taken_again_after_release(tmp_path: Path) -> None:
    """Released is free."""
    path = tmp_path / "x.lock"
    for _ in range(2):
        with locks.hold(path, wait_s=0):
            assert path.exists()
    assert not locks.is_held(path)
