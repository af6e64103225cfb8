"""The fault table of the key store: each durable step × {failed, failed but persisted, killed before, killed after}.

Whatever happens: the old password or the new one is there, never half of one, and keeping it again works.
"""

import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from sigasers import failpoint
from sigasers.errors import SigasersError
from sigasers.keys.secret_store import SecretStore
from sigasers.keys.vaults.key_file import KeyFileVault
from tests.faults.steps import all_steps
from tests.faults.stopped import run_code

COVERED_STEPS = {
    "keys.secret_folder",
    "keys.secret_remove",
    "keys.secret_save",
    "keys.vault_folder",
    "keys.vault_key",
}
FAULTS = ("before=error", "after=error", "before=kill", "after=kill")
# Each step with a first password; those that a later one passes again, also with one that was there.
CASES = [(step, None) for step in sorted(COVERED_STEPS)]
CASES += [("keys.secret_save", "vieja"), ("keys.secret_remove", "vieja")]
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137
LABEL = ("base", "x")
_PROGRAM = """
import sys
from pathlib import Path
from tests.keys.test_faults_secret_store import LABEL, store_in
store = store_in(Path(sys.argv[1]))
store.save(LABEL, sys.argv[2])
if sys.argv[3] == "remove":
    store.remove(LABEL)
"""


def store_in(root: Path) -> SecretStore:
    vault = KeyFileVault(folder=root / "aparte" / "sigasers")
    return SecretStore(folder=root / "siga" / "claves", machine="m1", vaults=(vault,))


@pytest.mark.skipif(sys.platform == "win32", reason="DPAPI has no key file; not run on Windows")
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("step", "before"), CASES)
def test_a_fault_at_any_step_leaves_a_whole_password_or_none(
    step: str, before: str | None, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the same order works afterwards."""
    (tmp_path / "siga").mkdir()
    if before is not None:
        store_in(tmp_path).save(LABEL, before)
    act = "remove" if step == "keys.secret_remove" else "save"
    if fault.endswith("kill"):
        assert run_code(_PROGRAM, tmp_path, "nueva", act, at=f"{step}:{fault}").returncode == KILLED
    else:
        with monkeypatch.context() as patched:
            patched.setattr(failpoint, "_passes", Counter())
            patched.setenv(failpoint.VARIABLE, f"{step}:{fault}")
            with pytest.raises(SigasersError):
                save_then(tmp_path, act)
    allowed = {before, "nueva", None if act == "remove" else before}
    assert store_in(tmp_path).load(LABEL) in allowed
    save_then(tmp_path, "save")
    assert store_in(tmp_path).load(LABEL) == "nueva"


def save_then(root: Path, act: str) -> None:
    store = store_in(root)
    store.save(LABEL, "nueva")
    if act == "remove":
        store.remove(LABEL)


def test_every_durable_step_of_the_key_store_is_in_the_table() -> None:
    """A new step fails here until it is."""
    ours = {step for step in all_steps() if step.startswith(("keys.secret_", "keys.vault_"))}
    assert ours == COVERED_STEPS
