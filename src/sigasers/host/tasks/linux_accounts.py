"""Service accounts of Linux: which may run a task, how one is made, and how its folder is handed over to it."""

import os
import re
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sigasers.durable import disk_error
from sigasers.errors.tasks import TaskAccountMissingError, TaskAccountRefusedError
from sigasers.host.tasks.programs import Runner, checked, failed, find_program
from sigasers.host.tasks.seam import shown

USUAL_ACCOUNT = "sigasers"
_LOGIN_DEFS = Path("/etc/login.defs")
_USUAL_UID_MIN = 1000
_NO_SHELL = {"nologin", "false", "sync", "true"}
_NAME = re.compile(r"[a-z_][a-z0-9_-]{0,31}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Account:
    """One line of the system's list of accounts."""

    name: str
    uid: int
    gid: int
    login_shell: str


def look_up(name: str) -> Account | None:
    """Give the account of this system, ``None`` where there is none."""
    if sys.platform == "win32":
        return None
    import pwd  # noqa: PLC0415 - POSIX alone has it

    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name=found.pw_name, uid=found.pw_uid, gid=found.pw_gid, login_shell=found.pw_shell)


def check(
    name: str, *, look: Callable[[str], Account | None] = look_up, login_defs: Path = _LOGIN_DEFS
) -> Account:
    """Give the account if a task may run as it.

    Raises ``TaskAccountRefusedError`` (root, a person's) and ``TaskAccountMissingError``.
    """
    if not _NAME.fullmatch(name):
        raise _refused(name, "Un nombre de cuenta lleva minúsculas, cifras, «-» y «_»")
    found = look(name)
    if found is None:
        raise TaskAccountMissingError("no account", cuenta=name, orden=" ".join(creation(name)))
    if found.uid == 0:
        raise _refused(name, "Esa cuenta puede hacer todo en el equipo, y la tarea no lo necesita")
    if found.uid >= _uid_min(login_defs) and Path(found.login_shell).name not in _NO_SHELL:
        raise _refused(name, "Es la cuenta de una persona: una persona se va, y la tarea se detiene")
    return found


def creation(name: str) -> list[str]:
    """Give the command that makes the account: of the system, without login, with a home of its own for its keys."""
    home = f"/var/lib/{name}-cuenta"
    return ["useradd", "--system", "--create-home", "--home-dir", home, "--shell", "/usr/sbin/nologin", name]


def create(name: str, runner: Runner) -> None:
    """Make the account; raises ``TaskProgramError``."""
    program, *arguments = creation(name)
    found = find_program(program)
    if found is None:
        raise failed(program, "no está instalado")
    checked(runner.run([found, *arguments]), program)


def hand_over(folder: Path, account: Account) -> tuple[Path, ...]:
    """Make ``account`` the owner of ``folder`` and all below it; give what was left alone.

    Links are not followed, and a file with a second name is left alone: it may be someone else's, named here to be
    taken. Raises ``DiskError``.
    """
    if sys.platform == "win32":
        return ()
    left: list[Path] = []
    try:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
        for place, folders, files, descriptor in os.fwalk(folder, follow_symlinks=False):
            for name in (*folders, *files):
                found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
                if not stat.S_ISDIR(found.st_mode) and found.st_nlink > 1:
                    left.append(Path(place, name))
                elif (found.st_uid, found.st_gid) != (account.uid, account.gid):
                    os.chown(name, account.uid, account.gid, dir_fd=descriptor, follow_symlinks=False)
    except OSError as error:
        raise disk_error(error, folder) from error
    return tuple(left)


def hand_over_alone(folder: Path, account: Account) -> None:
    """Make ``account`` the owner of ``folder``, and of nothing in it. Raises ``DiskError``."""
    if sys.platform == "win32":
        return
    try:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    except OSError as error:
        raise disk_error(error, folder) from error


def _uid_min(path: Path) -> int:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return _USUAL_UID_MIN
    found = re.search(r"^\s*UID_MIN\s+(\d{1,9})\s*$", text, re.MULTILINE | re.ASCII)
    return int(found[1]) if found else _USUAL_UID_MIN


def _refused(name: str, motivo: str) -> TaskAccountRefusedError:
    return TaskAccountRefusedError("account refused", cuenta=shown(name), motivo=motivo)
