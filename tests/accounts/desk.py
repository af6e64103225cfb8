"""An installation and the commands given in it, with passwords that cost little to hash."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.formats.audit_log import Entry
from sigasers.host.audit import FILE_NAME
from sigasers.host.audit_check import entries
from tests.accounts.people import CHEAP

PASSWORD = "cuatro gatos pardos"
LUZ = "llueve sobre Iquitos"
CHEAP_CHILD = """
from sigasers.host.accounts import Hasher
from sigasers.cli import cuentas
cuentas.hasher = lambda: Hasher(memory_kib=32, passes=1, lanes=1)
from sigasers.cli.core import run; run('siga')
"""


class Lines:
    """Standard input that is no terminal and holds these lines."""

    def __init__(self, *lines: str) -> None:
        self._lines = list(lines)

    def isatty(self) -> bool:
        return False

    def readline(self, size: int = -1) -> str:
        return self._lines.pop(0) + "\n" if self._lines else ""


@dataclass
class Desk:
    """One installation under ``root``; ``siga`` gives an order in this process, ``at_terminal`` at a terminal."""

    root: Path
    patched: pytest.MonkeyPatch

    @classmethod
    def ready(cls, root: Path, patched: pytest.MonkeyPatch) -> "Desk":
        patched.setattr("sigasers.cli.cuentas.hasher", lambda: CHEAP)
        patched.setenv("XDG_CONFIG_HOME", str(root / "conf"))
        return cls(root=root, patched=patched)

    def siga(self, *arguments: str, lines: Sequence[str] = ()) -> int:
        self.patched.setattr("sys.stdin", Lines(*lines))
        return run_with(grupo, [*arguments, "--dir", str(self.root)])

    def begin(self) -> None:
        who = ("--usuario", "ana", "--nombre", "Ana Quispe", "--desde-entrada")
        assert self.siga("usuarios", "iniciar", *who, lines=[PASSWORD]) == 0

    def enter(self, user: str = "ana", password: str = PASSWORD) -> int:
        return self.siga("sesion", "iniciar", "--desde-entrada", lines=[user, password])

    def hire(self, user: str, password: str, *permisos: str) -> None:
        """Add a user, who has changed the first password already."""
        options = [part for each in permisos for part in ("--permiso", each)]
        first = "clave del primer dia"
        command = ("usuarios", "agregar", user, "--nombre", user.title(), *options, "--desde-entrada")
        assert self.siga(*command, lines=[first]) == 0
        answers = {"Usuario": user, "Clave:": first, "Clave nueva": password, "Escríbala": password}
        code, shown = self.at_terminal("sesion", "iniciar", answers=answers)
        assert code == 0, shown
        assert self.enter() == 0

    def acts(self) -> list[Entry]:
        return list(entries(self.root / "siga" / FILE_NAME))

    def act(self, hecho: str) -> Entry:
        """Give the newest act of this name."""
        return [each for each in self.acts() if each.hecho == hecho][-1]

    def at_terminal(
        self, *command: str, answers: Mapping[str, str], code: str = CHEAP_CHILD
    ) -> tuple[int, str]:
        """Run ``siga`` on a pseudo-terminal; each answer is typed when its question is shown, in their order."""
        master, slave = os.openpty()
        environment = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
        with subprocess.Popen(
            [sys.executable, "-c", code, *command, "--dir", str(self.root)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
        ) as process:
            os.close(slave)
            shown = _talk(master, list(answers.items()))
            os.close(master)  # a program that still asks is hung up on
            try:
                return process.wait(timeout=60), shown
            finally:
                process.kill()


def _talk(master: int, left: list[tuple[str, str]]) -> str:
    shown, seen, deadline = b"", 0, time.monotonic() + 60
    while time.monotonic() < deadline:
        while left and (at := shown.find(left[0][0].encode(), seen)) >= 0:
            seen = at + len(left[0][0].encode())
            os.write(master, f"{left.pop(0)[1]}\n".encode())
        if not select.select([master], [], [], 30)[0]:
            break  # it asks for what nobody answers: the caller ends it and shows what it said
        try:
            piece = os.read(master, 65_536)
        except OSError:  # Linux ends a pseudo-terminal so
            break
        if not piece:
            break
        shown += piece
    return shown.decode("utf-8", "replace")
