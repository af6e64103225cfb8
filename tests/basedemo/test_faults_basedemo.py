"""The demo base stopped at its durable steps: the name is free, or it holds a sound base."""

import sqlite3
from pathlib import Path

import pytest

from tests.faults.stopped import run_code

COVERED_STEPS = {"basedemo.folder", "basedemo.place", "basedemo.sync"}

_BUILD = """
import sys
from sigasers.cli.core import run_with
from sigasers.cli.siga_base_demo import base_demo
sys.exit(run_with(base_demo, ["--tamano", "chica", "--dir", sys.argv[1]]))
"""


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("kind", ["kill", "error"])
@pytest.mark.parametrize("step", sorted(COVERED_STEPS))
def test_stopped_build_leaves_a_whole_base_or_none(tmp_path: Path, step: str, kind: str, side: str) -> None:
    """Where the name is free after the stop, the next run fills it; where it is not, the base is whole."""
    base = tmp_path / "siga" / "SIGA_1288.db"
    assert run_code(_BUILD, tmp_path, at=f"{step}:{side}={kind}").returncode != 0
    if not base.exists():
        assert run_code(_BUILD, tmp_path).returncode == 0
    connection = sqlite3.connect(base)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM SIG_PEDIDOS").fetchone()[0] > 400
    connection.close()
