"""How a scheduler's programs are started: a list of arguments, a fixed small environment, bytes in and out."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sigasers.errors.tasks import TaskProgramError
from sigasers.host.tasks.seam import shown
from sigasers.mensajes.motivos import motivo

USUAL_TIMEOUT_S = 60.0
_MOST_OUTPUT = 4 << 20
_SAFE_PATH = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
# What a scheduler's program needs of ours: where its bus is, and nothing that changes what it prints.
_KEPT = (
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_CONFIG_HOME",
    "HOME",
    "USER",
    "LOGNAME",
    "SYSTEMROOT",
)


@dataclass(frozen=True, kw_only=True)
class Done:
    """How a program ended; the output is bytes, in whatever encoding the program chose."""

    code: int
    out: bytes = b""
    err: bytes = b""


class Runner(Protocol):
    """Starts a program and waits for its end."""

    def run(
        self,
        command: Sequence[str],
        *,
        stdin: bytes = b"",
        timeout_s: float = USUAL_TIMEOUT_S,
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
        account: str | None = None,
    ) -> Done:
        """Give how it ended; raises ``TaskProgramError`` where it could not start, or did not end in time.

        ``account`` (POSIX, root alone): runs as that account, with its groups. ``environ``: the whole environment.
        """


class SystemRunner:
    """The real one."""

    def run(
        self,
        command: Sequence[str],
        *,
        stdin: bytes = b"",
        timeout_s: float = USUAL_TIMEOUT_S,
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
        account: str | None = None,
    ) -> Done:
        """As the protocol says."""
        try:
            done = subprocess.run(
                list(command),
                input=stdin,
                capture_output=True,
                timeout=timeout_s,
                check=False,
                cwd=folder,
                env=dict(environ) if environ is not None else usual_environment(),
                user=account,
                group=_group_of(account),
                extra_groups=_groups_of(account),
            )
        except subprocess.TimeoutExpired as error:
            raise failed(command[0], f"no terminó en {timeout_s:.0f} segundos") from error
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            why = motivo(error) if isinstance(error, OSError) else "no se pudo iniciar con esa cuenta"
            raise failed(command[0], why) from error
        return Done(code=done.returncode, out=done.stdout[:_MOST_OUTPUT], err=done.stderr[:_MOST_OUTPUT])


def usual_environment() -> dict[str, str]:
    """Give the environment of a scheduler's program: it speaks plain English and finds its bus."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if sys.platform == "win32":
        return {**os.environ}
    return {
        **kept,
        "PATH": ":".join(_SAFE_PATH),
        "LC_ALL": "C.UTF-8",
        "SYSTEMD_COLORS": "0",
        "SYSTEMD_PAGER": "",
    }


def find_program(name: str) -> str | None:
    """Give the absolute path of a system program, from the system's own folders alone."""
    return shutil.which(name, path=os.pathsep.join(_SAFE_PATH))


def checked(done: Done, program: str, decode: str = "utf-8") -> str:
    """Give the output of a program that ended well; raises ``TaskProgramError`` with what it printed."""
    if done.code != 0:
        text = (done.err or done.out).decode(decode, "replace")
        raise failed(program, text.strip().rstrip(".") or f"terminó con el código {done.code}")
    return done.out.decode(decode, "replace")


def failed(program: str, why: str) -> TaskProgramError:
    """Give the error of a program; ``why`` may be outside text."""
    name = program.replace("\\", "/").rpartition("/")[2]
    return TaskProgramError("scheduler's program failed", programa=name, motivo=shown(why))


def _group_of(account: str | None) -> int | None:
    if account is None or sys.platform == "win32":
        return None
    import pwd  # noqa: PLC0415 - POSIX alone has it

    try:
        return pwd.getpwnam(account).pw_gid
    except KeyError as error:
        raise ValueError("no such account") from error


def _groups_of(account: str | None) -> list[int] | None:
    group = _group_of(account)
    if account is None or group is None or sys.platform == "win32":
        return None
    return os.getgrouplist(account, group)
