"""Folders as other accounts and other volumes have them: a real account without rights, small disks, shares."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sigasers.errors.disk import DiskFullError
from sigasers.errors.parameters import ParameterFolderError
from sigasers.host import volumes
from sigasers.model import Nemonico, UnidadEjecutora
from sigasers.siga.folder_checks import INSTALACION_SERS, Asked, notes, try_writing
from tests.parameters.unit_place import Unit, ministry

NOBODY = 65534
REZOLA = UnidadEjecutora(nemonico=Nemonico(1288), nombre="REGION LIMA - HOSPITAL DE APOYO REZOLA")
as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can be another account"
)


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every account can reach; pytest's own is root's alone."""
    folder = Path(tempfile.mkdtemp(prefix="sigasers-cuentas-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_nobody(unit: Unit, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the order as an account that may read everything (this Python may lie in root's home), and write nothing."""
    may_read = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
    account = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups", *may_read]
    return subprocess.run(
        [*account, *unit.command(*arguments)], cwd="/", check=False, timeout=120,
        capture_output=True, encoding="utf-8", env={**os.environ, "HOME": "/nonexistent", "COLUMNS": "500"},
    )  # fmt: skip


@pytest.fixture
def unit(open_place: Path) -> Unit:
    """An installation of the account ``nobody``, whose courier is root's."""
    made = ministry(open_place / "inst")
    os.chown(made.siga, NOBODY, NOBODY)
    return made


@as_root
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv of util-linux")
def test_an_outbox_that_the_account_may_not_write_is_refused(unit: Unit) -> None:
    """By trying it as that account, not by reading modes; ``ver`` says the same without trying."""
    told = as_nobody(unit, "fijar", "--ruta-sers", str(unit.sers), "--sin-base")
    assert (told.returncode, "SS-012" in told.stderr) == (74, True), told
    assert str(unit.out) in told.stderr
    assert not unit.toml.exists()
    seen = as_nobody(unit, "ver", "--sin-base")
    assert "SS-012" in seen.stdout
    os.chown(unit.out, NOBODY, NOBODY)
    told = as_nobody(unit, "fijar", "--ruta-sers", str(unit.sers), "--sin-base")
    assert f"«{unit.sers}»" in told.stderr  # the working folder of an export is made beside SourceOut
    assert "SS-012" in told.stderr
    os.chown(unit.sers, NOBODY, NOBODY)
    done = as_nobody(unit, "fijar", "--ruta-sers", str(unit.sers), "--sin-base")
    assert done.returncode == 0, done
    assert unit.written == {"ruta_instalacion_sers": str(unit.sers)}


@as_root
def test_a_courier_that_the_account_may_not_enter_is_refused(unit: Unit) -> None:
    """A folder of a person's own, as a service meets it."""
    unit.sers.chmod(0o700)
    os.seteuid(NOBODY)
    try:
        with pytest.raises(ParameterFolderError) as caught:
            Asked(parametro=INSTALACION_SERS, ruta=unit.sers, siga_folder=unit.siga).found()
    finally:
        os.seteuid(0)
    assert caught.value.fields["motivo"] == "Permiso denegado"


@as_root
def test_a_full_disk_is_met_when_the_path_is_set(tmp_path: Path) -> None:
    """And its little space is told before."""
    volume = tmp_path / "volumen"
    volume.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(volume)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        assert "queda poco espacio en ese disco" in notes(volume, None)
        (volume / "lleno").write_bytes(bytes(64 << 10))
        with pytest.raises(DiskFullError):
            try_writing(volume, REZOLA)
        assert [path.name for path in volume.iterdir()] == ["lleno"]
    finally:
        subprocess.run(["umount", str(volume)], check=True)


def test_a_share_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service's account has no rights there; the table of mounts is one as Linux writes it."""
    mounts = tmp_path / "mounts"
    share = tmp_path / "recurso de red"
    share.mkdir()
    spelled = str(share).replace(" ", "\\040")
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\n//servidor/mef {spelled} cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(volumes, "_MOUNTS", mounts)
    assert any("LOCAL SERVICE" in note for note in notes(share, None))
    assert not any("LOCAL SERVICE" in note for note in notes(tmp_path, None))


def test_the_file_that_tries_a_folder_has_a_name_as_long_as_a_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems take 143 bytes of a name alone: met now, not at night."""
    from sigasers import durable

    seen: list[str] = []
    real = durable.write_new

    def watched(path: Path, data: bytes, *, step: str, mode: int = 0o644) -> None:
        seen.append(path.name)
        real(path, data, step=step, mode=mode)

    monkeypatch.setattr(durable, "write_new", watched)
    long = UnidadEjecutora(nemonico=Nemonico(1288), nombre="Ñ" * 250)
    try_writing(tmp_path, long)
    assert len(os.fsencode(seen[0])) >= 240
    assert list(tmp_path.iterdir()) == []
