"""Where the technical detail of an error goes: a file in the installation's ``logs``, never the screen.

Nothing relies on these files: they are appended to without sync, one file a day, and a log that cannot be
written is given up silently, because it must not hide the error that it was to tell of. An error's text holds
no secret and no cell (rule of the error tree); no local variable is written.
"""

import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from sigasers.errors import SigasersError
from sigasers.host.installation import Installation
from sigasers.host.owner import acting_as_owner

_remembered: list[Installation] = []


def remember(installation: Installation) -> Installation:
    """Keep the installation that this process works in, for a log that may be needed later."""
    _remembered[:] = [installation]
    return installation


def write(program: str, error: SigasersError) -> Path | None:
    """Append ``error`` with its causes and calls to the log; gives the file, ``None`` if none can be written."""
    moment = datetime.now(UTC)
    calls = "".join(traceback.format_exception(error))
    entry = f"{moment:%Y-%m-%dT%H:%M:%SZ} {program} [{os.getpid()}] {error}\n{calls}\n"
    for folder in _folders(program):
        path = folder / f"{program}-{moment:%Y-%m-%d}.log"
        with suppress(OSError, SigasersError), acting_as_owner(folder.parent):
            folder.mkdir(parents=True, exist_ok=True)
            with open(path, "a", encoding="utf-8", errors="backslashreplace", opener=_no_link) as file:
                file.write(entry)
            return path
    return None


def _no_link(path: str, flags: int) -> int:
    """Open a file that is no link to another one."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o644)


def _folders(program: str) -> list[Path]:
    """Give where a log may go: the program's folder if it is there already, else the account's own place."""
    roots = [getattr(installation, program, installation.siga) for installation in _remembered]
    own = Path(platformdirs.user_log_dir("sigasers", appauthor=False))
    return [*(root / "logs" for root in roots if root.is_dir()), own]
