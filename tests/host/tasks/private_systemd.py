"""A real systemd of the machine's own version as process 1 of namespaces of its own; root alone can start one.

Nothing of the machine can be touched from inside: every disk is read-only but the test's folder; /tmp, /run and
/var/lib are empty ones of its own, /proc/sys is read-only, and none of the distribution's units exist (one of them
empties /tmp at a start). When the block ends its process 1 is ended, and the kernel ends all else in it.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_SYSTEMD = Path("/usr/lib/systemd/systemd")
_NAMESPACES = ("--mount", "--pid", "--uts", "--ipc", "--cgroup")
_STUBS = (
    "basic",
    "default",
    "final",
    "network-online",
    "paths",
    "shutdown",
    "slices",
    "sockets",
    "sysinit",
    "timers",
)
_START = f"""
set -e
mount --bind "$1" "$1"
mount -t tmpfs tmpfs /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
for own in /run /tmp /dev/shm /etc/systemd/system /var/lib /var/log; do mount -t tmpfs tmpfs "$own"; done
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
mkdir -p /var/lib/systemd/timers /run/systemd/system
for stub in {" ".join(_STUBS)}; do
    printf '[Unit]\\nDefaultDependencies=no\\n' > "/etc/systemd/system/$stub.target"
done
printf '[Unit]\\nRequires=basic.target timers.target\\nAllowIsolate=yes\\n' > /etc/systemd/system/prueba.target
mount -o remount,bind,ro /
touch "$1/.escribible" && rm "$1/.escribible"
for closed in /usr /var /etc /home /root; do
    if touch "$closed/.escribible" 2>/dev/null; then exit 9; fi
done
export container=prueba SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/systemd/system SYSTEMD_GENERATOR_PATH=/run/none
exec {_SYSTEMD} --system --unit=prueba.target --log-target=null --show-status=0
"""
_TRY = "mount -t tmpfs t /sys/fs/cgroup && mount -t cgroup2 c /sys/fs/cgroup"
_START_S = 20.0


@dataclass(frozen=True)
class PrivateSystemd:
    """One that runs; ``pid`` is its process 1 as this side sees it."""

    pid: int

    def run(self, *command: str, check: bool = True) -> str:
        """Run a command inside; give its output."""
        inside = ("nsenter", "-t", str(self.pid), "-m", "-p", "-u", "-i", "-C", "--")
        done = subprocess.run([*inside, *command], capture_output=True, encoding="utf-8", timeout=120, check=False,
                              env=_environment())  # fmt: skip
        if check and done.returncode != 0:
            raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def python(self, code: str, *arguments: object) -> str:
        """Run a piece of Python inside."""
        return self.run(sys.executable, "-X", "utf8", "-c", code, *map(str, arguments))

    def wait_for(self, path: Path, limit_s: float = 60.0) -> bool:
        """Tell whether ``path`` appears in time."""
        return _until(path.exists, limit_s)


def why_not() -> str | None:
    """Say why no private systemd can be started here; ``None``: it can be tried."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "a private systemd needs root"
    lacking = [name for name in ("unshare", "nsenter", "systemctl") if shutil.which(name) is None]
    if lacking or not _SYSTEMD.exists():
        return "systemd, unshare and nsenter are needed"
    tried = subprocess.run(
        ["unshare", *_NAMESPACES, "--fork", "sh", "-c", _TRY],
        capture_output=True, check=False, timeout=30,
    )  # fmt: skip
    return (
        None
        if tried.returncode == 0
        else f"no namespaces here: {tried.stderr.decode(errors='replace').strip()}"
    )


@contextmanager
def private_systemd(writable: Path) -> Iterator[PrivateSystemd]:
    """Start one that can write in the folder ``writable`` alone, which must not lie below /tmp."""
    assert not writable.is_relative_to("/tmp")
    flags = ("--fork", "--mount-proc", "--kill-child")
    command = ["unshare", *_NAMESPACES, *flags, "sh", "-c", _START, "sh", str(writable)]
    outer = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        inner: list[int] = []

        def is_up() -> bool:
            inner[:] = _children(outer.pid)
            return bool(inner) and "running" in PrivateSystemd(inner[0]).run(
                "systemctl", "is-system-running", check=False
            ).replace("degraded", "running")

        assert _until(is_up, _START_S), "systemd did not come up"
        yield PrivateSystemd(inner[0])
    finally:
        outer.kill()  # --kill-child: its process 1 goes along
        outer.wait()


def _environment() -> dict[str, str]:
    """No coverage inside: its data could not be written."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(word) for word in text.split()]


def _until(happened: object, limit_s: float) -> bool:
    assert callable(happened)
    end = time.monotonic() + limit_s
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
