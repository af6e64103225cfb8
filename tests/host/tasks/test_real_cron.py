"""Debian's real cron and crontab, in namespaces and with a spool of their own; its minutes pass in a second."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sigasers.host.tasks.programs import find_program
from tests.host.tasks.one_task import reachable_python

ROOT = Path(__file__).resolve().parents[3]
OTHERS = b'# de otra persona\nMAILTO=""\n5 4 * * * /bin/true \\% 100\n'
# Every disk is read-only but the test's folder; the spool, /run and /tmp are its own.
_START = """
set -e
mount --bind "$1" "$1"
for own in /run /tmp /dev/shm /var/spool/cron /etc/cron.d; do mount -t tmpfs tmpfs "$own"; done
mkdir -m 1730 /var/spool/cron/crontabs && chgrp crontab /var/spool/cron/crontabs
mount -o remount,bind,ro /
shift
exec "$@"
"""
_ACT = """
import subprocess, sys, time
from pathlib import Path
from sigasers.host.tasks.cron import Cron
from sigasers.host.tasks.programs import SystemRunner
from tests.host.tasks.one_task import make_spec, reachable_python, tried
from tests.host.tasks.test_real_cron import OTHERS
folder, cron = Path(sys.argv[1]) / "una carpeta 50% ñ", Cron(account="daemon")
spec = make_spec(folder, "100%", "comilla ' simple", account="daemon", python=reachable_python(), every_min=1)
folder.chmod(0o777)
crontab = lambda: SystemRunner().run(["/usr/bin/crontab", "-u", "daemon", "-l"]).out
assert cron.tasks() == ()
SystemRunner().run(["/usr/bin/crontab", "-u", "daemon", "-"], stdin=OTHERS)
cron.install(spec)
cron.install(spec)
(found,) = cron.tasks()
assert cron.differences(spec, found) == (), cron.differences(spec, found)
assert crontab().startswith(OTHERS) and crontab().count(b"@reboot") == 1
result = folder / "ensayo.json"
cron.rehearse(tried(spec, result), result)
print(result.read_text(encoding="utf-8"), result.owner())
runs = folder / "corridas.txt"
daemon = subprocess.Popen(["faketime", "-f", "@2026-11-28 05:00:30 x60", "/usr/sbin/cron", "-f"])
end = time.monotonic() + 60
fired = lambda: runs.read_text(encoding="utf-8").count("\\n") if runs.exists() else 0
while daemon.poll() is None and time.monotonic() < end and fired() < 3:
    time.sleep(0.1)
daemon.kill()
print(fired() >= 3, runs.owner())
cron.remove(spec.name)
assert crontab() == OTHERS, crontab()
"""


@pytest.fixture
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="siga-cron-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.needs("crontab")
@pytest.mark.needs("faketime")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="namespaces of its own need root")
@pytest.mark.skipif(reachable_python() is None, reason="no Python that another account can start")
def test_a_crontab_is_installed_tried_and_fires(place: Path) -> None:
    """Other lines stay, the trial runs as the account, cron runs it at its start and each minute, and it goes again."""
    assert find_program("crontab")
    flags = ("--mount", "--pid", "--fork", "--mount-proc", "--kill-child")
    command = [
        "unshare",
        *flags,
        "sh",
        "-c",
        _START,
        "sh",
        str(place),
        sys.executable,
        "-X",
        "utf8",
        "-c",
        _ACT,
        str(place),
    ]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, timeout=120,
        env={**environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told, fired = done.stdout.splitlines()
    assert '"argumentos": ["100%", "comilla \' simple"]' in told
    assert told.endswith(" daemon")
    assert fired == "True daemon"
