"""System programs and libraries that some tests need: which, of what Debian package, and how they get here.

A test says ``@pytest.mark.needs("strace")``; the name must stand in ``PACKAGES``. As root on Debian the test
command installs what is missing; elsewhere those tests are skipped and the summary says how to enable them.
"""

import os
import shutil
import subprocess
from pathlib import Path

# Program: its Debian package.
PACKAGES = {
    "crontab": "cron",  # a real crontab, and the daemon that fires it
    "curl": "curl",  # a foreign TLS client before the centre's listeners
    "faketime": "faketime",  # lets cron's minutes pass in a second
    "freetds": "tdsodbc",  # the other ODBC driver of SQL Server
    "openssl": "openssl",  # a foreign judge of certificates
    "psqlodbc": "odbc-postgresql",  # a real engine behind ODBC
    "strace": "strace",  # holds the order of writes and syncs against what the system was really asked
    "unar": "unar",  # a foreign RAR reader
    "unixodbc": "libodbc2",  # the driver manager, without which ``arrow-odbc`` does not load
    "wine64": "wine64",  # a foreign schtasks; half a gigabyte, installed in some 10 s
}
# What is a library and no program is there when a file of this form is, below one of the roots.
LIBRARIES = {
    "freetds": "odbc/libtdsodbc.so",
    "psqlodbc": "odbc/psqlodbcw.so",
    "unixodbc": "libodbc.so.2",
    "wine64": "wine/wine64",
}
_LIBRARY_ROOTS = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
_APT_TIMEOUT_S = 240


def missing() -> list[str]:
    """Give the programs and libraries of ``PACKAGES`` that are not on this machine."""
    return [name for name in PACKAGES if not is_present(name)]


def is_present(name: str) -> bool:
    """Tell whether the program or library ``name`` is on this machine."""
    return library(name) is not None if name in LIBRARIES else shutil.which(name) is not None


def library(name: str) -> Path | None:
    """Give the file of a library, straight below a root or in its folder of this processor."""
    for root in map(Path, _LIBRARY_ROOTS):
        for pattern in (LIBRARIES[name], f"*-linux-*/{LIBRARIES[name]}"):
            found = next(iter(sorted(root.glob(pattern))), None)
            if found is not None:
                return found
    return None


def is_ci() -> bool:
    """Tell whether a missing program must fail a test instead of skipping it."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def enabling_command(programs: list[str]) -> str:
    """Give the command that a person runs to get ``programs``."""
    return "sudo apt-get install -y " + " ".join(sorted({PACKAGES[program] for program in programs}))


def install_missing() -> None:
    """Install what the tests lack by apt-get when this is root on Debian; else they are skipped."""
    install_packages([PACKAGES[program] for program in missing()], "the tests")


def install_packages(packages: list[str], purpose: str) -> None:
    """Install ``packages`` when this is root on Debian; a failure is told and leaves them missing."""
    wanted = sorted(set(packages))
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not wanted or not is_root or shutil.which("apt-get") is None:
        return
    print(f"installing system packages for {purpose}: {' '.join(wanted)}", flush=True)
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *wanted]):
        if not _apt(arguments):
            return


def _apt(arguments: list[str]) -> bool:
    """Run apt-get; tells whether it succeeded, and says why where it did not."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", *arguments]
    try:
        done = subprocess.run(command, env=environ, capture_output=True, check=False, timeout=_APT_TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"apt-get {arguments[0]}: {error}", flush=True)
        return False
    if done.returncode != 0:
        print(f"apt-get {arguments[0]}: {done.stderr.decode('utf-8', 'replace').strip()}", flush=True)
    return done.returncode == 0
