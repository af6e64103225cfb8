"""The lock files: every package pinned and hashed, no address in them, and the two in step."""

import re
import tomllib

import pytest

from tests.tooling.source_tree import ROOT

LOCKS = ("run.txt", "dev.txt", "bench.txt")


def _text(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)==([^\s;\\]+)", _text(name)))


def _blocks(name: str) -> list[str]:
    return re.split(r"(?m)^(?=[a-z0-9])", _text(name))[1:]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_has_hashes(name: str) -> None:
    """What is installed is what was seen, byte for byte."""
    assert _blocks(name)
    assert [
        block.splitlines()[0]
        for block in _blocks(name)
        if "==" not in block.splitlines()[0] or "--hash=sha256:" not in block
    ] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_stands_in_a_lock_file(name: str) -> None:
    """Each machine has its own registry or mirror."""
    assert re.search(r"://|index-url|find-links|trusted-host", _text(name)) is None


def test_each_lock_contains_the_one_before() -> None:
    """What is tested and measured is what runs: ``run.py`` relies on it too."""
    assert _pins("run.txt").items() <= _pins("dev.txt").items()
    assert _pins("dev.txt").items() <= _pins("bench.txt").items()


@pytest.mark.parametrize(
    ("name", "groups"), [("run.txt", []), ("dev.txt", ["dev"]), ("bench.txt", ["dev", "bench"])]
)
def test_every_dependency_of_the_project_is_locked(name: str, groups: list[str]) -> None:
    """A dependency added to pyproject.toml alone would be missing on a fresh machine."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + [
        line for group in groups for line in project["dependency-groups"][group]
    ]
    names = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in wanted}
    assert names - set(_pins(name)) == set()
