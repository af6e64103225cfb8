"""Where SourceOut of a SERS is, by its ``application.properties``: one reading for courier and exporter."""

import sys
from pathlib import Path

import pytest

from sigasers.errors.sers import ProfileDamagedError, SettingError
from sigasers.host import sers_folders
from sigasers.sers import settings
from sigasers.sers.folder import ProfileFolder

GUIDE = rb"configuration.pathSiafSourceOut=C:\Users\Public\mef\sers_siga\SourceOut" + b"\n"


def write(root: Path, data: bytes) -> Path:
    (root / sers_folders.PROPERTIES_NAME).write_bytes(data)
    return root


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"", "SourceOut"),
        (b"configuration.pathSiafSourceOut=\n", "SourceOut"),
        (b"configuration.pathSiafSourceOut = salida/hoy\n", "salida/hoy"),
        (b"configuration.pathSiafSourceOut=../otra\n", "../otra"),
        ("configuration.pathSiafSourceOut=salida ñ\n".encode("cp1252"), "salida ñ"),
    ],
)
def test_is_what_the_settings_say_and_what_the_courier_works_with(
    tmp_path: Path, data: bytes, where: str
) -> None:
    """A relative one lies in the profile, one that is not said has its usual name."""
    root = write(tmp_path, data)
    assert sers_folders.source_out(root) == root / where
    assert settings.load(ProfileFolder.at(root)).source_out == root / where


def test_without_settings_it_is_the_usual_one(tmp_path: Path) -> None:
    """And there are no bytes, which is how one tells."""
    assert sers_folders.source_out(tmp_path) == tmp_path / "SourceOut"
    assert sers_folders.read_properties(tmp_path) == b""


@pytest.mark.skipif(sys.platform == "win32", reason="a path there")
def test_a_path_of_windows_is_told_on_another_machine(tmp_path: Path) -> None:
    """It would become the name of a file, backslashes and all."""
    with pytest.raises(SettingError):
        sers_folders.source_out(write(tmp_path, GUIDE))


def test_the_raw_backslashes_of_the_guide_are_kept(tmp_path: Path) -> None:
    """As a Windows machine has them before it makes a path of them."""
    from sigasers.formats import properties

    values = properties.parse(sers_folders.read_properties(write(tmp_path, GUIDE)))
    assert values["configuration.pathSiafSourceOut"] == r"C:\Users\Public\mef\sers_siga\SourceOut"


def test_settings_that_are_no_file_are_told(tmp_path: Path) -> None:
    """A folder in their place is not read, and a pipe is not waited for."""
    (tmp_path / sers_folders.PROPERTIES_NAME).mkdir()
    with pytest.raises(ProfileDamagedError):
        sers_folders.read_properties(tmp_path)
