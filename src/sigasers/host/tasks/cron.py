"""cron: one block in the crontab of the account that the task runs as, replaced in one act by ``crontab`` itself.

What it does not do: it catches nothing up (the command does, at its next start), and cron keeps no history.
"""

import getpass
import os
from dataclasses import dataclass, field
from pathlib import Path

from sigasers.errors.tasks import TaskTrialError
from sigasers.host.tasks import cron_text
from sigasers.host.tasks.programs import Runner, SystemRunner, checked, failed, find_program
from sigasers.host.tasks.seam import Kind, TaskFound, TaskSpec, shown
from sigasers.host.tasks.waiting import Waiting

_EMPTY = b"no crontab for"
_CODES = {
    126: "la cuenta no puede abrir el programa",
    127: "no encontró el programa",
    2: "no pudo entrar en la carpeta",
}


@dataclass(frozen=True, kw_only=True)
class Cron:
    """The crontab of ``account``; ``None``: of the account that runs this."""

    account: str | None
    runner: Runner = field(default_factory=SystemRunner)
    waiting: Waiting = field(default_factory=Waiting)

    @property
    def kind(self) -> Kind:
        """Cron."""
        return Kind.CRON

    def tasks(self) -> tuple[TaskFound, ...]:
        """As the seam says; whose blocks they are stands in their first line."""
        found = cron_text.blocks(self._read(), self._who)
        return tuple(
            TaskFound(
                name=block.name,
                mark=block.mark,
                raw=block.raw.decode("utf-8", "surrogateescape"),
                command=_command_in(block.raw),
                account=self._who,
            )
            for block in sorted(found, key=lambda each: each.name)
        )

    def install(self, spec: TaskSpec) -> None:
        """As the seam says."""
        self._put(spec.name, cron_text.render(spec))

    def differences(self, spec: TaskSpec, found: TaskFound) -> tuple[str, ...]:
        """As the seam says: the block is compared whole."""
        if found.raw.encode("utf-8", "surrogateescape") == cron_text.render(spec):
            return ()
        if found.mark != spec.mark:
            return ("la marca de esta instalación",)
        same = found.command == cron_text.command_line(spec)
        return ("la frecuencia",) if same else ("el programa y sus argumentos",)

    def remove(self, name: str) -> None:
        """As the seam says."""
        if any(block.name == name for block in cron_text.blocks(self._read(), self._who)):
            self._put(name, b"")

    def restore(self, name: str, raw: str) -> None:
        """As the seam says."""
        self._put(name, raw.encode("utf-8", "surrogateescape"))

    def by_hand(self, name: str, raw: str, saved: Path) -> str:
        """Nothing: a crontab holds no password."""
        del name, raw, saved
        return ""

    def rehearse(self, spec: TaskSpec, result: Path) -> None:
        """As the seam says: the same shell, folder, account and small environment that cron gives."""
        home = _home_of(self._who)
        environ = {"HOME": home, "LOGNAME": self._who, "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
        done = self.runner.run(
            ["/bin/sh", "-c", cron_text.shell_line(spec)],
            timeout_s=self.waiting.limit_s,
            environ=environ,
            folder=Path("/"),
            account=self.account,
        )
        if not result.exists():
            why = _CODES.get(done.code, "el programa no llegó a probar nada")
            raise TaskTrialError(
                shown(done.err.decode("utf-8", "replace")),
                cuenta=self._who,
                motivo=f"Terminó con el código {done.code}: {why}",
            )

    @property
    def _who(self) -> str:
        return self.account or getpass.getuser()

    def _crontab(self, *arguments: str) -> list[str]:
        found = find_program("crontab")
        if found is None:
            raise failed("crontab", "no está instalado")
        return [found, *(("-u", self.account) if self.account else ()), *arguments]

    def _read(self) -> bytes:
        done = self.runner.run(self._crontab("-l"))
        if done.code != 0 and _EMPTY in done.err:
            return b""
        checked(done, "crontab")
        return done.out

    def _put(self, name: str, block: bytes) -> None:
        new = cron_text.replaced(self._read(), name, block, self._who)
        checked(self.runner.run(self._crontab("-"), stdin=new), "crontab")


def _command_in(raw: bytes) -> str | None:
    """Give the command of a block of ours: what follows the five fields of its second line."""
    fields = raw.split(b"\n")[1].split(b" ", 5)
    return fields[5].decode("utf-8", "surrogateescape") if len(fields) == 6 else None


def _home_of(account: str) -> str:
    import pwd  # noqa: PLC0415 - POSIX alone has it

    try:
        return pwd.getpwnam(account).pw_dir
    except KeyError:
        return os.environ.get("HOME", "/")
