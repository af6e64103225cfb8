"""What the figures were measured on: processor, memory, system, versions of all that took part."""

import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import psutil

_BUSY = 0.1  # of one processor, before the run begins: more is another program at work
_LOOK_S = 3.0
_PACKAGES = ("pyarrow", "cryptography", "adbc-driver-sqlite", "psycopg", "dlt")


def describe(programs: Mapping[str, str]) -> dict[str, str]:
    """Give the facts by name; ``programs`` are those measured, each by its path."""
    facts = {
        "processor": f"{_field('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores",
        "memory": f"{int(_field('/proc/meminfo', 'MemTotal').split()[0]) // 1024:,} MiB",
        "system": f"{_field('/etc/os-release', 'PRETTY_NAME', '=')}, Linux {platform.release()}",
        "Python": sys.version.split()[0],
    }
    facts |= {name: version(name) for name in _PACKAGES}
    return facts | {name: _version(path) for name, path in programs.items()}


def processors_in_use() -> float:
    """Give how many processors are at work just now, a few seconds long; what the host takes counts too."""
    return float(psutil.cpu_percent(_LOOK_S)) / 100 * (os.cpu_count() or 1)


def is_busy(in_use: float) -> bool:
    """Tell whether something else was at work where ``in_use`` processors were."""
    return in_use > _BUSY


class StealWatch:
    """What the host of a virtual machine takes of its processors from now on."""

    def __init__(self) -> None:
        self._before = psutil.cpu_times()

    def share(self) -> float:
        """Give the part (0 to 1) of all processor time since the start."""
        now = psutil.cpu_times()
        return float(now.steal - self._before.steal) / max(float(sum(now) - sum(self._before)), 1e-9)


def _field(file: str, name: str, separator: str = ":") -> str:
    for line in Path(file).read_text(encoding="utf-8", errors="replace").splitlines():
        key, _, value = line.partition(separator)
        if key.strip() == name:
            return value.strip().strip('"')
    return "unknown"


def _version(path: str) -> str:
    """Give the first line with a digit of what the program says of itself."""
    asked = [path] if Path(path).name == "7zz" else [path, "--version"]
    told = subprocess.run(asked, capture_output=True, check=False, text=True, errors="replace").stdout
    return next(
        (line.strip()[:60] for line in told.splitlines() if any(c.isdigit() for c in line)), "unknown"
    )
