"""Simulators of ``crontab`` and ``systemctl``: what a caller observes. The real ones judge in test_real_*."""

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sigasers.host.tasks.programs import Done


@dataclass
class SimulatedCrontab:
    """Debian's: one crontab, replaced whole; the shell is the real one."""

    crontab: bytes | None = None

    def run(
        self,
        command: Sequence[str],
        *,
        stdin: bytes = b"",
        timeout_s: float = 60,
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
        account: str | None = None,
    ) -> Done:
        if command[0] == "/bin/sh":
            done = subprocess.run(
                command, env=environ, cwd=folder, capture_output=True, check=False, timeout=timeout_s
            )
            return Done(code=done.returncode, out=done.stdout, err=done.stderr)
        if command[-1] == "-l":
            return (
                Done(code=0, out=self.crontab)
                if self.crontab is not None
                else Done(code=1, err=b"no crontab for x\n")
            )
        assert command[-1] == "-"
        if stdin and not stdin.endswith(b"\n"):
            return Done(code=1, err=b"new crontab file is missing newline before EOF, can't install.\n")
        self.crontab = stdin
        return Done(code=0)


@dataclass
class SimulatedSystemctl:
    """What of ``systemctl`` is used: units of two folders, read at ``daemon-reload``."""

    folders: tuple[Path, ...]
    loaded: dict[str, str] = field(default_factory=dict)
    enabled: set[str] = field(default_factory=set)
    active: set[str] = field(default_factory=set)
    status: dict[str, int] = field(default_factory=dict)

    def run(
        self,
        command: Sequence[str],
        *,
        stdin: bytes = b"",
        timeout_s: float = 60,
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
        account: str | None = None,
    ) -> Done:
        act, *rest = [
            part for part in command[1:] if part not in {"--user", "--no-pager", "--no-ask-password"}
        ]
        units = [part for part in rest if not part.startswith("--")]
        return {
            "daemon-reload": self._reload,
            "enable": lambda: self._add(self.enabled, units[0]),
            "restart": lambda: self._add(self.active, units[0]),
            "disable": lambda: self._disable(units[0]),
            "show": lambda: self._show(units[0], {part.partition("=")[2] for part in rest}),
            "start": lambda: self._start(units[0]),
            "reset-failed": lambda: Done(code=0),
        }[act]()

    def _reload(self) -> Done:
        paths = [path for place in self.folders for path in place.glob("*") if path.is_file()]
        self.loaded = {path.name: path.read_text(encoding="utf-8") for path in paths}
        return Done(code=0)

    def _add(self, names: set[str], unit: str) -> Done:
        if unit not in self.loaded:
            return Done(code=5, err=f"Unit {unit} not found.\n".encode())
        names.add(unit)
        return Done(code=0)

    def _disable(self, unit: str) -> Done:
        self.enabled.discard(unit)
        self.active.discard(unit)
        return Done(code=0)

    def _show(self, unit: str, asked: set[str]) -> Done:
        told = {
            "ActiveState": "active" if unit in self.active else "inactive",
            "UnitFileState": "enabled" if unit in self.enabled else "disabled",
            "LastTriggerUSec": "n/a",
            "NextElapseUSecRealtime": "Sat 2026-11-28 05:45:00 UTC",
            "ExecMainStatus": str(self.status.get(unit, 0)),
        }
        return Done(
            code=0, out="".join(f"{name}={value}\n" for name, value in told.items() if name in asked).encode()
        )

    def _start(self, unit: str) -> Done:
        text = self.loaded[unit]
        values = dict(line.partition("=")[::2] for line in text.splitlines() if "=" in line)
        words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(values["ExecStart"])]
        try:
            done = subprocess.run(
                words, cwd=values["WorkingDirectory"], capture_output=True, check=False, timeout=60
            )
        except FileNotFoundError:
            self.status[unit] = 203
            return Done(code=1)
        self.status[unit] = done.returncode
        return Done(code=1 if done.returncode else 0)
