"""A real systemd, in namespaces of its own: units taken, a timer that fires, a trial as the service account."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sigasers.host.tasks import systemd_text
from sigasers.host.tasks.programs import find_program
from tests.host.tasks.one_task import make_spec, reachable_python, told
from tests.host.tasks.private_systemd import PrivateSystemd, private_systemd, why_not

_WHY_NOT = why_not() or (None if reachable_python() else "no Python that another account can start")
needs_systemd = pytest.mark.skipif(_WHY_NOT is not None, reason=str(_WHY_NOT))
ACCOUNT = "daemon"
# ``%`` and ``$`` have a meaning in units, quotes and backslashes too.
AWKWARD = [
    "con blanco",
    "50%",
    "%n",
    "$HOME",
    "$$",
    'comilla " doble',
    "comilla ' simple",
    "barra \\ n",
    "ñandú",
    ";",
    "",
]
_ACT = """
import sys
from pathlib import Path
from sigasers.host.tasks.systemd import this_systemd
from tests.host.tasks.one_task import make_spec, reachable_python, tried
act, folder, arguments = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
systemd = this_systemd(is_system=True)
spec = make_spec(folder, *arguments, account="daemon", python=reachable_python())
if act == "install":
    systemd.install(spec)
    (found,) = systemd.tasks()
    print(systemd.differences(spec, found), found.enabled, found.account)
elif act == "rehearse":
    result = folder / "ensayo.json"
    systemd.rehearse(tried(spec, result), result)
elif act == "remove":
    systemd.remove(spec.name)
    print(systemd.tasks())
elif act == "look":
    (found,) = systemd.tasks()
    print(found.last_run is not None, found.last_result, found.next_run is not None)
"""


@pytest.fixture(scope="module")
def writable() -> Iterator[Path]:
    """The one folder that can be written inside; another account must reach it, and pytest's own is closed."""
    folder = Path(tempfile.mkdtemp(prefix="siga 100% ñ ", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def systemd(writable: Path) -> Iterator[PrivateSystemd]:
    with private_systemd(writable) as running:
        yield running


@pytest.fixture
def place(writable: Path, request: pytest.FixtureRequest) -> Path:
    folder = writable / request.node.name
    folder.mkdir()
    folder.chmod(0o777)
    return folder


@needs_systemd
def test_a_timer_is_installed_and_fires_for_a_missed_start(systemd: PrivateSystemd, place: Path) -> None:
    """The machine was off at the last turn: the command runs at once, as the service account, and that is told."""
    systemd.run("touch", "-d", "2020-01-01", "/var/lib/systemd/timers/stamp-mef-siga-transmision.timer")
    assert systemd.python(_ACT, "install", place) == "() True daemon\n"
    assert systemd.wait_for(place / "corridas.txt")
    assert (place / "corridas.txt").owner() == ACCOUNT
    assert systemd.python(_ACT, "look", place) == "True 0 True\n"
    assert systemd.python(_ACT, "remove", place) == "()\n"
    assert "mef-siga" not in systemd.run("systemctl", "list-timers", "--all", "--no-pager")


@needs_systemd
def test_a_trial_runs_as_the_service_account_with_exactly_its_arguments(
    systemd: PrivateSystemd, place: Path
) -> None:
    """Whatever a folder is called, and nothing of the trial stays behind."""
    systemd.python(_ACT, "rehearse", place, *AWKWARD)
    result = told(place / "ensayo.json")
    assert result["argumentos"] == AWKWARD
    assert result["carpeta"] == str(place)
    assert (place / "ensayo.json").owner() == ACCOUNT
    assert "prueba.service" not in systemd.run("systemctl", "list-units", "--all", "--no-pager", "mef-siga*")


@pytest.mark.skipif(find_program("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("is_system", [True, False], ids=["machine", "account"])
def test_systemd_finds_no_fault_with_the_units(tmp_path: Path, *, is_system: bool) -> None:
    """``systemd-analyze verify`` says nothing about the two files."""
    account = ACCOUNT if is_system else None
    spec = make_spec(tmp_path / "una carpeta 50%", *AWKWARD, account=account)
    stem = tmp_path / systemd_text.unit_stem(spec.name)
    service, timer = Path(f"{stem}.service"), Path(f"{stem}.timer")
    service.write_text(systemd_text.service(spec, is_system=is_system), encoding="utf-8")
    timer.write_text(systemd_text.timer(spec), encoding="utf-8")
    program = str(find_program("systemd-analyze"))
    command = [program, "verify", "--man=no", str(service), str(timer)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)
    ours = [line for line in done.stderr.splitlines() if "mef-siga" in line]
    assert (done.returncode, ours) == (0, [])
