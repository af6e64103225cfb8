"""Where an account of the operating system keeps its session's token: its own configuration folder, for it alone."""

import hashlib
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs

from sigasers import durable
from sigasers.host.whoami import account_id

_MOST_BYTES = 200
_FOREIGN_RIGHTS = stat.S_IRWXG | stat.S_IRWXO


def usual_folder() -> Path:
    """Give the account's own configuration folder."""
    return Path(platformdirs.user_config_dir("sigasers", appauthor=False))


def keep(token: str, installation: str, *, folder: Path | None = None) -> None:
    """Keep ``token`` as the session in the installation of this id; an older one goes. Raises ``DiskError``."""
    place = folder or usual_folder()
    durable.make_folder(place, step="host.accounts.token_folder", mode=0o700)
    path = _path(place, installation)
    durable.replace(path, token.encode(), step="host.accounts.token", mode=0o600)


def kept(installation: str, *, folder: Path | None = None) -> str | None:
    """Give the token, if there is one that other accounts can neither read nor change."""
    try:
        with _path(folder or usual_folder(), installation).open("rb") as file:
            found = os.fstat(file.fileno())
            is_open = sys.platform != "win32" and (
                found.st_mode & _FOREIGN_RIGHTS or found.st_uid != os.geteuid()
            )
            data = b"" if is_open else file.read(_MOST_BYTES)
    except OSError:
        return None
    return data.decode("ascii", "replace") or None


def forget(installation: str, *, folder: Path | None = None) -> None:
    """Remove the token; one that is gone is no error."""
    place = folder or usual_folder()
    with suppress(FileNotFoundError):
        if place.is_dir():
            durable.remove(_path(place, installation), step="host.accounts.token_forget")


def _path(folder: Path, installation: str) -> Path:
    who = hashlib.sha256(account_id().encode()).hexdigest()[:16]
    return folder / f"sesion-{installation[:32]}-{who}.ficha"
