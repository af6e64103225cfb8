"""What the figures were measured on: processor, memory, system, versions of all that took part."""

import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

BUSY_LOAD = 0.5  # of one core, before the run begins: more is another program at work
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


def is_busy(load: float) -> bool:
    """Tell whether something else was at work when the load was ``load``."""
    return load > BUSY_LOAD


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
