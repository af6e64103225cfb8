"""``siga catalogo nuevo`` stopped at its durable steps: a whole file or none."""

from pathlib import Path

import pytest

from tests.faults.stopped import run_code
from tests.inspection.bases import base_of

COVERED_STEPS = {"siga.catalogue.folder", "siga.catalogue.new"}

_NEW = """
import sys
from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
sys.exit(run_with(grupo, ["catalogo", "nuevo", "UE_X", "--base", sys.argv[1], "--dir", sys.argv[2]]))
"""


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("kind", ["kill", "error"])
@pytest.mark.parametrize("step", sorted(COVERED_STEPS))
def test_a_stopped_order_leaves_a_whole_file_or_none(tmp_path: Path, step: str, kind: str, side: str) -> None:
    """What is there is what an undisturbed order writes."""
    base = base_of(tmp_path / "b.db", "CREATE TABLE UE_X (A int)")
    assert run_code(_NEW, base, tmp_path / "whole").returncode == 0
    whole = (tmp_path / "whole/siga/tablas-adicionales.toml").read_bytes()
    assert run_code(_NEW, base, tmp_path / "cut", at=f"{step}:{side}={kind}").returncode != 0
    path = tmp_path / "cut/siga/tablas-adicionales.toml"
    if not path.exists():
        assert run_code(_NEW, base, tmp_path / "cut").returncode == 0
    assert path.read_bytes() == whole
