"""The demo stopped at durable steps of its own: run again in the same folder, it goes on."""

import json
from pathlib import Path

import pytest

from tests.faults.stopped import run_code
from tests.made_centre import MadeCentre

COVERED_STEPS = {
    "demo.folder",
    "demo.own_folder",
    "demo.root_document",
    "demo.settings",
    "demo.siga_folder",
}

_PREPARE = """
import sys
from pathlib import Path
from sigasers.cli.demo_steps import Demo
demo = Demo(root=Path(sys.argv[1]), tamano="chica")
demo.make_base()
demo.set_paths()
"""
_ROOT = """
import sys
from pathlib import Path
from sigasers.cli.demo_proof import write_root_document
from sigasers.cli.demo_steps import Demo
write_root_document(Demo(root=Path(sys.argv[1]), tamano="chica"))
"""


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("kind", ["kill", "error"])
@pytest.mark.parametrize("step", sorted(COVERED_STEPS - {"demo.root_document"}))
def test_stopped_preparation_is_gone_on_with(tmp_path: Path, step: str, kind: str, side: str) -> None:
    """Base and settings are whole after the second run, whatever the first one left."""
    assert run_code(_PREPARE, tmp_path, at=f"{step}:{side}={kind}").returncode != 0
    done = run_code(_PREPARE, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "base" / "SIGA_1288.db").stat().st_size > 1_000_000
    assert "unidad = 1288" in (tmp_path / "siga" / "siga.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("kind", ["kill", "error"])
def test_stopped_proof_writes_the_root_document_again(tmp_path: Path, kind: str, side: str) -> None:
    """The file that the independent verifier starts from is whole after the second run."""
    centre = MadeCentre()
    (tmp_path / "demo").mkdir()
    (tmp_path / "sers_siga").mkdir()
    pinned = {"v": 1, "huella": centre.huella, "documento_raiz": centre.root_document}
    (tmp_path / "sers_siga" / "confianza.json").write_text(json.dumps(pinned), encoding="ascii")
    assert run_code(_ROOT, tmp_path, at=f"demo.root_document:{side}={kind}").returncode != 0
    assert run_code(_ROOT, tmp_path).returncode == 0
    written = (tmp_path / "demo" / "documento-raiz.jws").read_text(encoding="ascii")
    assert written == pinned["documento_raiz"]
