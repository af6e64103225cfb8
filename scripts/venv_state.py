"""What state an environment is in, told from its files. Standard library alone; changes nothing."""

import csv
import subprocess
import sys
from pathlib import Path

_PROBE_TIMEOUT_S = 30


def python_of(venv: Path) -> Path:
    """Give the path of the environment's Python, which need not exist."""
    return venv / "Scripts" / "python.exe" if sys.platform == "win32" else venv / "bin" / "python"


def version_of(venv: Path) -> str | None:
    """Give version and build of the environment's Python, or ``None`` if it does not run as that one's."""
    probe = "import sys; print(sys.version.replace(chr(10), ' '), sys.prefix != sys.base_prefix)"
    try:
        command = [str(python_of(venv)), "-I", "-c", probe]
        done = subprocess.run(command, capture_output=True, check=False, timeout=_PROBE_TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired):
        return None
    said = done.stdout.decode("utf-8", "replace").strip()
    return said if done.returncode == 0 and said.endswith("True") else None


def parts_of(venv: Path) -> list[str]:
    """Give the names of the installed distributions with their versions, sorted."""
    return sorted(path.name for site in _sites(venv) for path in site.glob("*.dist-info"))


def is_whole(venv: Path, parts: list[str]) -> bool:
    """Tell whether every one of ``parts`` is there and every file has the size that its package recorded."""
    if not set(parts) <= set(parts_of(venv)):
        return False
    return all(
        _is_recorded_whole(record, site)
        for site in _sites(venv)
        for record in site.glob("*.dist-info/RECORD")
    )


def _sites(venv: Path) -> list[Path]:
    return [*venv.glob("lib/python3*/site-packages"), *venv.glob("Lib/site-packages")][:1]


def _is_recorded_whole(record: Path, site: Path) -> bool:
    """Hold one package's list of files (path, hash, size) against the disk; compiled files come and go."""
    try:
        with record.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file) if len(row) == 3 and not row[0].endswith(".pyc")]
        return all((site / path).stat().st_size == int(size or -1) or not size for path, _, size in rows)
    except (OSError, ValueError):
        return False
