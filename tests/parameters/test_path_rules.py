"""Which texts can be a folder that a service works in. Windows' rules are held on every machine."""

from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.formats.package_name import MAX_UTF16_UNITS
from sigasers.host.volumes import place_of_device
from sigasers.model import Nemonico, UnidadEjecutora
from sigasers.siga.path_rules import (
    WINDOWS_MAX_PATH,
    excess_on_windows,
    is_unc,
    path_fault,
    stem_of,
    without_drive,
)

GUIDE = r"C:\Users\Public\mef\sers_siga\SourceOut"
REZOLA = UnidadEjecutora(nemonico=Nemonico(1288), nombre="REGION LIMA - HOSPITAL DE APOYO REZOLA")
LONGEST = UnidadEjecutora(nemonico=Nemonico(999999), nombre="N" * 250)


@pytest.mark.parametrize(
    "text", [GUIDE, "D:\\", r"\\servidor\recurso\SourceOut", r"C:\a\..\b", "C:/mef/sers_siga"]
)
def test_complete_paths_of_windows_are_taken(text: str) -> None:
    """The guide's own, a whole disk, a share."""
    assert path_fault(text, windows=True) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SourceOut", "no es una ruta completa"),
        (r"\SourceOut", "no es una ruta completa"),
        ("C:SourceOut", "no es una ruta completa"),
        (r"\\servidor", "no es una ruta completa"),
        ("", "está vacía"),
        ("  ", "está vacía"),
        ("C:\\a\tb", "signos que no se ven"),
        ("C:\\a\u202eb", "signos que no se ven"),
        (r"\\?\C:\mef", "prefijo de dispositivo"),
        (r"\\.\COM1", "prefijo de dispositivo"),
        (r"C:\mef\que?", "Windows no admite"),
        (r"C:\mef\a:b", "Windows no admite"),
        (r"C:\mef\nul", "reservado"),
        (r"C:\com1.viejo\x", "reservado"),
        ("C:\\mef \\x", "termina en espacio o punto"),
        ("C:\\mef.\\x", "termina en espacio o punto"),
    ],
)
def test_what_windows_would_refuse_or_bend_is_told(text: str, told: str) -> None:
    """Before a service meets it at night."""
    assert told in str(path_fault(text, windows=True))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GUIDE, "es una ruta de Windows"),
        (r"\\srv\x", "es una ruta de Windows"),
        ("mef/x", "desde la raíz"),
        ("~/x", "raíz"),
    ],
)
def test_what_is_no_path_on_linux_is_told(text: str, told: str) -> None:
    """A path of another machine is not made a file name of this one."""
    assert told in str(path_fault(text, windows=False))


def test_a_path_that_is_not_text_is_refused() -> None:
    """``siga.toml`` is UTF-8; a name in another encoding could not be written into it."""
    assert path_fault("/mef/a\udcf1o", windows=False) is not None


def test_the_folder_of_the_guide_has_room_for_every_name() -> None:
    """The longest name there can be, in the working folder beside it, while it is made."""
    assert excess_on_windows(GUIDE, None) == excess_on_windows(GUIDE, LONGEST) == 0
    assert len(stem_of(LONGEST)) == MAX_UTF16_UNITS


@given(extra=st.integers(1, 200))
def test_room_is_counted_to_the_sign(extra: int) -> None:
    """A folder is too long by just what the path of the part of the HTML has over 259."""
    folder = "C:\\" + "x" * extra
    path = PureWindowsPath(folder).with_name(f".{'x' * extra}.siga") / f"{stem_of(REZOLA)}.html.part"
    assert excess_on_windows(folder, REZOLA) == max(0, len(str(path)) - WINDOWS_MAX_PATH)


def test_shares_are_known() -> None:
    """Drives are none, whatever they stand for."""
    assert is_unc(r"\\servidor\recurso\x")
    assert not is_unc(GUIDE)


@pytest.mark.parametrize(
    ("device", "place"),
    [
        (r"\Device\HarddiskVolume3", None),
        (r"\Device\CdRom0", None),
        (r"\Device\LanmanRedirector\;Z:00000000000a1b2c\servidor\mef", r"\\servidor\mef"),
        (r"\Device\Mup\;LanmanRedirector\;Z:00000000000a1b2c\servidor\mef", r"\\servidor\mef"),
        (r"\Device\Mup\;RdpDr\;Z:1\tsclient\c", r"\\tsclient\c"),
        (r"\??\D:\datos\mef", r"D:\datos\mef"),
        (r"\??\UNC\servidor\mef", r"\\servidor\mef"),
        ("", None),
    ],
)
def test_a_drive_of_a_session_is_told_by_what_it_stands_for(device: str, place: str | None) -> None:
    """The names are those that Windows gives to connected drives, to ``subst`` and to disks."""
    assert place_of_device(device) == place


@pytest.mark.parametrize(
    ("text", "place", "full"),
    [
        (r"Z:\SourceOut", r"\\servidor\mef", r"\\servidor\mef\SourceOut"),
        (r"z:\a\b", r"\\servidor\mef\sers", r"\\servidor\mef\sers\a\b"),
        (r"S:\x", r"D:\datos\mef", r"D:\datos\mef\x"),
        ("S:\\", r"D:\datos\mef", r"D:\datos\mef"),
    ],
)
def test_a_path_of_a_session_is_offered_as_every_account_sees_it(text: str, place: str, full: str) -> None:
    """What the operator is told to write instead."""
    assert without_drive(text, place) == full
    assert path_fault(full, windows=True) is None
