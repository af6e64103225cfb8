"""``siga abrir`` stopped at its durable steps: what is there is whole, and a new folder takes all of it."""

from pathlib import Path

import pytest

from tests.faults.stopped import run_code
from tests.package import packages

COVERED_STEPS = {"siga.open_folder", "siga.open_member"}

_EXTRACT = """
import sys
from pathlib import Path
from sigasers.formats.package import PackageReader
from sigasers.siga.opening import extract
from tests.package.packages import PASSWORD
with open(sys.argv[1], "rb") as file:
    extract(PackageReader.open(file, PASSWORD), Path(sys.argv[2]))
"""


_EXTRACT_CSV = _EXTRACT.replace(
    "siga.opening import extract", "siga.opening_csv import extract_csv as extract"
)


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("kind", ["kill", "error"])
@pytest.mark.parametrize("step", sorted(COVERED_STEPS))
def test_stopped_opening_to_csv_leaves_only_whole_files(
    tmp_path: Path, step: str, kind: str, side: str
) -> None:
    """The same promise for tables as CSV."""
    rar = tmp_path / "a.rar"
    rar.write_bytes(packages.true_package())
    first, second = tmp_path / "first", tmp_path / "second"
    assert run_code(_EXTRACT_CSV, rar, first, at=f"{step}:{side}={kind}").returncode != 0
    assert run_code(_EXTRACT_CSV, rar, second).returncode == 0
    whole = {path.relative_to(second): path.read_bytes() for path in second.rglob("*") if path.is_file()}
    assert len(whole) == 5
    for path in first.rglob("*") if first.exists() else ():
        if path.is_file() and path.suffix != ".part":
            assert path.read_bytes() == whole[path.relative_to(first)]


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("kind", ["kill", "error"])
@pytest.mark.parametrize("step", sorted(COVERED_STEPS))
def test_stopped_extraction_leaves_only_whole_files(tmp_path: Path, step: str, kind: str, side: str) -> None:
    """A file has its name only when it is whole; the package itself is never touched."""
    rar = tmp_path / "a.rar"
    rar.write_bytes(packages.true_package())
    first = tmp_path / "first"
    assert run_code(_EXTRACT, rar, first, at=f"{step}:{side}={kind}").returncode != 0
    second = tmp_path / "second"
    assert run_code(_EXTRACT, rar, second).returncode == 0
    whole = {path.relative_to(second): path.read_bytes() for path in second.rglob("*") if path.is_file()}
    assert len(whole) == 3
    for path in first.rglob("*") if first.exists() else ():
        if path.is_file() and path.suffix != ".part":
            assert path.read_bytes() == whole[path.relative_to(first)]
    assert rar.read_bytes()[:4] == b"Rar!"
