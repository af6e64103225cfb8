"""The key of pseudonyms, its making and replacing stopped at each durable step: one whole key, or none and told."""

from pathlib import Path

import pytest

from sigasers.keys.pseudonym_store import PseudonymStore
from tests.faults.stopped import run_code

COVERED_STEPS = {"keys.pseudonym_create", "keys.pseudonym_folder", "keys.pseudonym_retire"}

_CREATE = """
import sys
from pathlib import Path
from sigasers.keys.pseudonym_store import PseudonymStore
PseudonymStore(folder=Path(sys.argv[1])).create()
"""
_RETIRE = _CREATE.replace("create", "retire")


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("kind", ["kill", "error"])
@pytest.mark.parametrize("step", ["keys.pseudonym_create", "keys.pseudonym_folder"])
def test_a_stopped_creation_leaves_a_whole_key_or_none(
    tmp_path: Path, step: str, kind: str, side: str
) -> None:
    """Asked again, there is one key, and it loads."""
    store = PseudonymStore(folder=tmp_path / "llaves")
    assert run_code(_CREATE, store.folder, at=f"{step}:{side}={kind}").returncode != 0
    if not store.exists():
        assert run_code(_CREATE, store.folder).returncode == 0
    store.load()


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("kind", ["kill", "error"])
def test_a_stopped_replacement_never_loses_the_old_key(tmp_path: Path, kind: str, side: str) -> None:
    """It is in use or aside, whole."""
    store = PseudonymStore(folder=tmp_path / "llaves")
    made = store.create()
    content = store.path.read_bytes()
    assert run_code(_RETIRE, store.folder, at=f"keys.pseudonym_retire:{side}={kind}").returncode != 0
    aside = store.folder / f"seudonimos-{made.kid}.llave"
    assert [path.read_bytes() for path in (store.path, aside) if path.exists()] == [content]
