"""A real systemd of the machine's own version as process 1 of namespaces of its own; root alone can start one.

Its units, its run folder, its control groups and its stamps are its own, so nothing of the machine is touched. When the
block ends its process 1 is ended, and the kernel ends all else in it.
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
# Its root of control groups is a tree of its own; /tmp stays, the tests' folders are there.
_START = f"""
set -e
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t tmpfs tmpfs /etc/systemd/system
mount -t tmpfs tmpfs /var/lib/systemd
printf '[Unit]\\nRequires=timers.target\\nAllowIsolate=yes\\n' > /etc/systemd/system/prueba.target
export container=prueba
exec {_SYSTEMD} --system --unit=prueba.target --log-target=null --show-status=0
"""
_START_S = 20.0


@dataclass(frozen=True)
class PrivateSystemd:
    """One that runs; ``pid`` is its process 1 as this side sees it."""

    pid: int

    def run(self, *command: str, check: bool = True) -> str:
        """Run a command inside; give its output."""
        inside = ("nsenter", "-t", str(self.pid), "-m", "-p", "-u", "-i", "-C", "--")
        done = subprocess.run([*inside, *command], capture_output=True, encoding="utf-8", timeout=120, check=False,
                              env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
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
        ["unshare", *_NAMESPACES, "--fork", "sh", "-c", "mount -t tmpfs t /sys/fs/cgroup && mount -t cgroup2 c /sys/fs/cgroup"],
        capture_output=True, check=False, timeout=30,
    )  # fmt: skip
    return (
        None
        if tried.returncode == 0
        else f"no namespaces here: {tried.stderr.decode(errors='replace').strip()}"
    )


@contextmanager
def private_systemd() -> Iterator[PrivateSystemd]:
    command = ["unshare", *_NAMESPACES, "--fork", "--mount-proc", "--kill-child", "sh", "-c", _START]
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
