"""System programs: each is used by a test, and a missing one is told or fails, never passed over."""

import os
import re
import subprocess
import sys

import pytest

from scripts import checks, system
from tests.tooling.source_tree import ROOT


def _marks() -> set[str]:
    found = set()
    for path in (ROOT / "tests").rglob("*.py"):
        found |= set(re.findall(r"pytest\.mark\.needs\(\"([^\"]+)\"\)", path.read_text(encoding="utf-8")))
    return found - {"no-such-program"}


def test_each_program_that_a_test_needs_can_be_installed() -> None:
    """And nothing is installed that no test needs."""
    assert _marks() == set(system.PACKAGES)


@pytest.mark.parametrize(
    ("ci", "code", "words"),
    [("", 0, ["1 skipped", "to enable: sudo apt-get install -y strace"]), ("true", 1, ["CI must have it"])],
)
def test_a_missing_program_skips_its_tests_and_fails_in_ci(ci: str, code: int, words: list[str]) -> None:
    """The summary names it and the command that would enable its tests."""
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "PYTEST"))
    }
    environ |= {"CI": ci, "PATH": "/nonexistent"}
    test = "test_bytes_are_synced_before_the_name_and_the_name_before_the_return"
    path = f"{ROOT / 'tests' / 'durable' / 'test_fault_table.py'}::{test}[place]"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:cov", path]
    done = subprocess.run(
        command, env=environ, cwd=ROOT, capture_output=True, check=False, encoding="utf-8", timeout=120
    )
    assert done.returncode == code, done.stdout
    assert [word for word in words if word not in done.stdout] == []


def test_one_failed_check_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All run, the summary names what failed, and the exit code says so."""
    good = checks.Check(name="good", command=(sys.executable, "-c", "print('quiet')"))
    bad = checks.Check(name="bad", command=(sys.executable, "-c", "print('the reason'); raise SystemExit(3)"))
    monkeypatch.setattr(system, "install_missing", lambda: None)
    monkeypatch.setattr(checks, "CHECKS", (bad, good))
    assert checks.main([]) == 1
    said = capsys.readouterr().out
    assert "the reason" in said
    assert "quiet" not in said
    assert said.splitlines()[-1] == "FAILED: bad"
    monkeypatch.setattr(checks, "CHECKS", (good,))
    assert checks.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "all checks passed"


@pytest.mark.skipif(sys.platform == "win32", reason="bash")
def test_ci_runs_the_command_of_the_readme() -> None:
    """What a person runs is what CI runs."""
    command = "python3 run.py test"
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith(f"exec {command}")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
