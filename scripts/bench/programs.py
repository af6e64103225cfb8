"""System programs that are measured beside ours: found, or installed by apt-get where this is root on Debian."""

import shutil

from scripts import system
from scripts.bench.measure import BenchError

PACKAGES = {"zstd": "zstd", "7zz": "7zip", "sqlite3": "sqlite3"}


def programs() -> dict[str, str]:
    """Give each program's path; raises ``BenchError`` with the command that installs what is missing."""
    missing = [name for name in PACKAGES if shutil.which(name) is None]
    system.install_packages([PACKAGES[name] for name in missing], "the benchmarks")
    found = {name: shutil.which(name) for name in PACKAGES}
    still = [PACKAGES[name] for name, path in found.items() if path is None]
    if still:
        raise BenchError(f"missing; to enable: sudo apt-get install -y {' '.join(still)}")
    return {name: str(path) for name, path in found.items()}
