"""Every check of the project, one after another: ``python3 run.py test``.

All run even when one fails, so that one run tells everything; the exit code is 0 only if all passed. With
arguments it is pytest alone, with those arguments and without the bound on coverage.
"""

import subprocess
import sys
import time
from dataclasses import dataclass

from scripts import system

PYTHON = (sys.executable, "-m")
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as command; command()"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: its name in the summary and its command; a quiet one is shown only when it fails."""

    name: str
    command: tuple[str, ...]
    quiet: bool = True


CHECKS = (
    Check(name="format", command=(*PYTHON, "ruff", "format", "--check", "--quiet")),
    Check(name="lint", command=(*PYTHON, "ruff", "check", "--quiet")),
    Check(name="types", command=(*PYTHON, "mypy")),
    Check(name="types of scripts", command=(*PYTHON, "mypy", "--strict", "-p", "scripts")),
    Check(name="imports", command=(sys.executable, "-c", _LINT_IMPORTS)),
    Check(
        name="tests",
        command=(*PYTHON, "pytest", "-n", "2", "--cov", "--cov-report=term", "--durations=15"),
        quiet=False,
    ),
)


def main(arguments: list[str]) -> int:
    """Run all checks, or pytest with ``arguments``; gives the exit code."""
    system.install_missing()
    if arguments:
        return subprocess.run([*PYTHON, "pytest", *arguments], check=False).returncode
    results = [(check, *_run(check)) for check in CHECKS]
    print("\nsummary")
    for check, code, seconds in results:
        print(f"  {check.name:<18} {'ok' if code == 0 else f'FAILED (exit {code})':<18} {seconds:7.1f} s")
    failed = [check.name for check, code, _ in results if code != 0]
    print(f"FAILED: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def _run(check: Check) -> tuple[int, float]:
    """Run ``check``; gives its exit code and the seconds it took."""
    print(f"== {check.name}", flush=True)
    start = time.monotonic()
    if check.quiet:
        done = subprocess.run(check.command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            print(done.stdout.decode("utf-8", "replace"), flush=True)
    else:
        done = subprocess.run(check.command, check=False)
    return done.returncode, time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
