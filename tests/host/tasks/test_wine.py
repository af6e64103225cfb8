"""``schtasks`` of Wine: a foreign program takes our XML and gives its true exit code. It drops triggers and command."""

import os
import subprocess
from pathlib import Path

import pytest

from scripts import system
from sigasers.host.tasks import windows_xml
from tests.host.tasks.test_windows_xml import SPEC

_WINE = system.library("wine64") or Path("wine64")
_TASK = "\\SIGA\\MEF_SIGA_TRANSMISION"


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An empty Windows of its own; the server is ended once, as its scheduler's service starts only then."""
    prefix = tmp_path_factory.mktemp("wine")
    environ = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "DISPLAY": ""}
    environ["WINEDLLOVERRIDES"] = "mscoree,mshtml="
    boot = [str(_WINE), "wineboot", "-i"]
    subprocess.run(boot, env=environ, capture_output=True, check=False, timeout=240)
    subprocess.run([str(_WINE.with_name("wineserver64")), "-k"], env=environ, check=False, timeout=60)
    return environ


def _schtasks(environ: dict[str, str], *arguments: str) -> int:
    command = [str(_WINE), "schtasks", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, check=False, timeout=120).returncode


@pytest.mark.needs("wine64")
def test_wines_scheduler_takes_and_removes_our_task(wine: dict[str, str], tmp_path: Path) -> None:
    """Created, replaced by ``/f``, removed; removing what is gone fails, so the codes mean something."""
    path = tmp_path / "tarea.xml"
    path.write_bytes(b"\xff\xfe" + windows_xml.render(SPEC, "S-1-5-19").encode("utf-16-le"))
    create = ("/create", "/xml", f"Z:{path}".replace("/", "\\"), "/tn", _TASK, "/f")
    assert _schtasks(wine, *create) == 0
    assert _schtasks(wine, *create) == 0
    assert _schtasks(wine, "/delete", "/tn", _TASK, "/f") == 0
    assert _schtasks(wine, "/delete", "/tn", _TASK, "/f") != 0
