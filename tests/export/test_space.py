"""Room on the disk: estimated before a year is exported, watched while it is written."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sigasers.errors.disk import DiskFullError
from sigasers.errors.siga import SpaceShortError
from sigasers.siga.export.space import Space, WatchedFile, estimated_bytes
from sigasers.siga.history import History, Resultado
from tests.export.place import Place

MIB = 1 << 20
needs_mount = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can mount a small volume"
)


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Path]:
    """A volume of 64 MiB, of which a twentieth stays free."""
    folder = tmp_path / "volumen"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@needs_mount
def test_a_file_stops_before_the_disk_is_full(volume: Path) -> None:
    """What is left is the reserve, but for the piece between two looks: SIGA's own database may lie there."""
    with WatchedFile(volume / "x.part", Space(volume)) as staged:
        with pytest.raises(SpaceShortError):
            for _ in range(1024):
                staged.write(b"\0" * (MIB // 8))
        assert 2 * MIB < shutil.disk_usage(volume).free < 4 * MIB


@needs_mount
def test_a_year_is_not_begun_where_the_last_one_would_not_fit(volume: Path, hospital: Place) -> None:
    """Nothing is read; the error says how much is lacking; the run is in the history; with room it works."""
    out = volume / "SourceOut"
    out.mkdir()
    (package,) = hospital.export(ruta_transmision=out)
    ballast = volume / "lastre"
    ballast.write_bytes(b"\0" * (shutil.disk_usage(volume).free - package.tamano_bytes - 4 * MIB))
    hospital.time.sleep(60)
    begun = len(hospital.told.years)
    with pytest.raises(SpaceShortError) as caught:
        hospital.export(ruta_transmision=out)
    assert int(str(caught.value.fields["necesarios_mb"])) > int(str(caught.value.fields["libres_mb"]))
    assert len(hospital.told.years) == begun
    with History.open(hospital.siga) as history:
        newest = history.runs(limit=1)[0]
    assert (newest.resultado, newest.codigo) == (Resultado.FALLIDA, "SIGA-048")
    ballast.unlink()
    assert len(hospital.export(ruta_transmision=out)) == 1


def test_short_room_is_a_full_disk_to_whoever_asks_for_that() -> None:
    """One error to catch, one more exact sentence."""
    assert issubclass(SpaceShortError, DiskFullError)


def test_the_estimate_follows_the_last_package_then_the_base(tmp_path: Path) -> None:
    """Twice a package, for the members and the RAR; of a server nothing is known, and little is asked."""
    base = tmp_path / "base.db"
    base.write_bytes(b"\0" * (40 * MIB))
    assert estimated_bytes(8 * MIB, base) == 21 * MIB
    assert estimated_bytes(None, base) == 11 * MIB
    assert estimated_bytes(None, None) == estimated_bytes(None, tmp_path / "no.db") == 65 * MIB
