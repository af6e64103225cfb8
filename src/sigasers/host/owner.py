"""Root does an installation's work as the account that the installation belongs to.

An order given once with ``sudo`` would else leave files of root's behind (a lock, a database, a log), and the scheduled
task, which runs as the service account, could not open them that night. It also tries things by hand under the very
rights that the task has. Windows needs none of it: what is made in a folder inherits the folder's rights.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sigasers.errors.host import ProgramUnreadableError

_OF_ANOTHER_HOME = (
    "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
)  # fmt: skip


def act_as_owner(folder: Path) -> None:
    """Become the account that ``folder`` belongs to, if this is root and it is another's; there is no way back.

    Nothing happens where the folder is not there. Home and names in the environment become that account's, so that
    what is kept below them (a key store) is found where the task finds it. Raises ``OSError``, and
    ``ProgramUnreadableError`` where that account could not even read this program.
    """
    if sys.platform == "win32" or os.geteuid() != 0 or not folder.is_dir():
        return
    owner = folder.stat()
    if owner.st_uid == 0:
        return
    name, home = _account(owner.st_uid)
    hold_readable(owner.st_uid, owner.st_gid, name)
    _groups(name, owner.st_gid)
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)
    os.environ.update(HOME=home, LOGNAME=name or str(owner.st_uid), USER=name or str(owner.st_uid))
    for variable in (
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
        "XDG_RUNTIME_DIR",
    ):
        os.environ.pop(variable, None)


@contextmanager
def acting_as_owner(folder: Path) -> Iterator[None]:
    """Do the block as ``folder``'s account, where this is root; for what root must do in a folder of another's.

    What is made there is that account's, and a link that it has put in the place of a file leads root nowhere that the
    account could not go itself. Raises ``ProgramUnreadableError`` as ``act_as_owner``.
    """
    if sys.platform == "win32" or os.geteuid() != 0 or not folder.is_dir() or folder.stat().st_uid == 0:
        yield
        return
    owner = folder.stat()
    name, home = _account(owner.st_uid)
    hold_readable(owner.st_uid, owner.st_gid, name)
    groups, own_gid, environment = os.getgroups(), os.getegid(), dict(os.environ)
    try:
        _groups(name, owner.st_gid)
        os.setegid(owner.st_gid)
        os.seteuid(owner.st_uid)
        _take_home(name or str(owner.st_uid), home)
        yield
    finally:
        os.seteuid(0)
        os.setegid(own_gid)
        os.setgroups(groups)
        os.environ.clear()
        os.environ.update(environment)


def _take_home(name: str, home: str) -> None:
    os.environ.update(HOME=home, LOGNAME=name, USER=name)
    for variable in _OF_ANOTHER_HOME:
        os.environ.pop(variable, None)


def hold_readable(uid: int, gid: int, name: str | None) -> None:
    """Hold that an account can read Python and this program; root only.

    A Python in root's home is the usual case where it cannot. Raises ``ProgramUnreadableError``, ``OSError``.
    """
    if sys.platform == "win32":
        return
    groups, own_gid = os.getgroups(), os.getegid()
    needed = (Path(os.__file__), Path(__file__), Path(sys.executable))
    try:
        _groups(name, gid)
        os.setegid(gid)
        os.seteuid(uid)
        closed = [path for path in needed if not os.access(path, os.R_OK, effective_ids=True)]
    finally:
        os.seteuid(0)
        os.setegid(own_gid)
        os.setgroups(groups)
    if closed:
        raise ProgramUnreadableError(
            "closed to the account", cuenta=name or str(uid), ruta=str(closed[0].parent)
        )


def _groups(name: str | None, gid: int) -> None:
    if sys.platform == "win32":
        return
    os.setgroups([])
    if name is not None:
        os.initgroups(name, gid)


def _account(number: int) -> tuple[str | None, str]:
    """Give the account's name, if it has one, and its home."""
    if sys.platform == "win32":
        return None, ""
    import pwd  # noqa: PLC0415 - only POSIX has it

    try:
        found = pwd.getpwuid(number)
    except KeyError:
        return None, "/"
    return found.pw_name, found.pw_dir
