"""``grande`` has the documents of a large unit; what its rows say of one another is held by the tests of all bases."""

import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.errors.basedemo import DemoSpaceError
from sigasers.model import Nemonico
from sigasers.siga.basedemo import Needs, Size, build_demo_database, size
from sigasers.siga.basedemo.units import known_unit
from tests.basedemo.conftest import OWN, YEAR
from tests.basedemo.tables import count, tables

FIGURES = tomllib.loads((Path(__file__).parent / "figures_grande.toml").read_text(encoding="utf-8"))
NOT_EXPORTED = {
    "SIG_TRANS_PROGRA", "SIG_TRANS_PROGRA_HOR", "SIG_TRANS_ENVIO", "LOG_TIPOS_TRANSMISIONES", "SIG_INT_TRANSMISION",
    "SI_PRG_TABLAS_TRANSFER", "CATALOGO_BIEN_SERV_ORIGINAL",
}  # fmt: skip
BUILD = """
import sys
from pathlib import Path
from sigasers.model import Nemonico
from sigasers.siga.basedemo import Size, build_demo_database
from sigasers.siga.basedemo.units import known_unit
path = Path(sys.argv[1])
build_demo_database(path, size=Size.GRANDE, unit=known_unit(Nemonico(1288)), year=2021, seed=1)
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(path.stat().st_size, peak.split()[1])
"""


def test_has_the_rows_of_a_large_unit(grande: tuple[sqlite3.Connection, float]) -> None:
    """Within a fifth of the survey's figure, and within rows few enough not to matter (100) where it is small."""
    connection, share = grande
    wrong = {}
    for table, rows in FIGURES.items():
        found = count(connection, table, unit=OWN, year=YEAR)
        if abs(found - share * rows) > max(0.2 * share * rows, 100):
            wrong[table] = (found, share * rows)
    assert wrong == {}


def test_has_about_4_million_rows_in_the_system_year(grande: tuple[sqlite3.Connection, float]) -> None:
    """Those that a package carries: masters included, programming in its three phases."""
    connection, share = grande
    exported = [table for table in tables(connection) if table not in NOT_EXPORTED]
    found = sum(count(connection, table, unit=OWN, year=YEAR) for table in exported)
    assert 3_900_000 * share <= found <= 4_300_000 * share


def test_says_before_it_starts_what_it_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Megabytes and time are told first, the tables after it."""
    assert run_with(grupo, ["base-demo", "--tamano", "chica", "--destino", str(tmp_path / "x.db")]) == 0
    shown = capsys.readouterr().out
    assert shown.index("MB de disco") < shown.index("Base de demostración")


def test_refuses_a_disk_without_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any work: what it would need and what there is are in the error; nothing is left behind."""
    needs = Needs(disk_mb=10**12, seconds=1)
    monkeypatch.setitem(size._NEEDS, Size.GRANDE, needs)
    with pytest.raises(DemoSpaceError) as caught:
        build_demo_database(
            tmp_path / "x.db", size=Size.GRANDE, unit=known_unit(Nemonico(OWN)), year=YEAR, seed=1
        )
    assert caught.value.fields["carpeta"] == str(tmp_path)
    assert caught.value.fields["necesarios_mb"] == needs.disk_mb
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("which", [Size.CHICA, Size.MEDIA, pytest.param(Size.GRANDE, marks=pytest.mark.slow)])
def test_takes_no_more_disk_than_told(tmp_path: Path, which: Size) -> None:
    """What the operator is told covers the file, with at most half of it to spare."""
    summary = build_demo_database(
        tmp_path / "x.db", size=which, unit=known_unit(Nemonico(OWN)), year=YEAR, seed=1
    )
    assert summary.size_bytes <= which.needs.disk_mb * 1_000_000 <= 1.5 * summary.size_bytes


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_holds_the_documents_of_one_year_in_memory_not_the_rows(tmp_path: Path) -> None:
    """The process that writes a file of a gigabyte stays under 500 MB (``ru_maxrss`` would count its parent's peak)."""
    command = [sys.executable, "-c", BUILD, str(tmp_path / "x.db")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    size_bytes, peak_kb = map(int, done.stdout.split())
    assert size_bytes > 10**9
    assert peak_kb < 500_000
