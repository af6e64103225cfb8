"""An installation whose scheduler is a simulator, and whose Python is a stand-in that answers trials."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.host.installation import Installation
from sigasers.host.tasks import Kind, Machine, Scheduler
from sigasers.host.tasks.cron import Cron
from sigasers.host.tasks.systemd import Systemd
from sigasers.host.tasks.waiting import Waiting
from sigasers.host.tasks.windows import Schtasks
from sigasers.siga.task.plan import Place
from tests.host.tasks.simulated_linux import SimulatedCrontab, SimulatedSystemctl
from tests.host.tasks.simulated_schtasks import SimulatedSchtasks

STEPS = [
    {
        "nombre": "Base de datos",
        "resultado": "bien",
        "codigo": None,
        "texto": "Se pudo leer con su contraseña",
    }
]
_STAND_IN = """#!{python}
import os, sys
from pathlib import Path
arguments = sys.argv[1:]
assert arguments[:6] == ["-P", "-m", "sigasers", "siga", "transmitir", "--programado"], arguments
at = arguments.index("--ensayo") + 1
told = Path(__file__).with_name("respuesta.json").read_bytes()
part = Path(arguments[at] + ".part")
part.write_bytes(told)
os.replace(part, arguments[at])
"""


@dataclass
class OneMachine:
    """Its schedulers, which all installations of the machine share."""

    platform: str
    root: Path
    windows: SimulatedSchtasks = field(default_factory=SimulatedSchtasks)
    crontab: SimulatedCrontab = field(default_factory=SimulatedCrontab)

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True)
        self.systemctl = SimulatedSystemctl(folders=(self.root / "units", self.root / "runtime"))
        self.python = self.root / "python"
        self.python.write_text(_STAND_IN.format(python=sys.executable), encoding="utf-8")
        self.python.chmod(0o755)
        self.answer(STEPS)

    def answer(self, steps: object) -> None:
        told = {"v": 1, "cuenta": "servicio", "equipo": "SERVIDOR", "pasos": steps}
        (self.root / "respuesta.json").write_text(json.dumps(told), encoding="utf-8")

    def scheduler(self, kind: Kind, account: str | None = None) -> Scheduler:
        waiting = Waiting(limit_s=5)
        if kind is Kind.SCHTASKS:
            return Schtasks(folder=r"C:\Windows", code_page="cp850", runner=self.windows, waiting=waiting)
        if kind is Kind.CRON:
            return Cron(account=None, runner=self.crontab, waiting=waiting)
        folders = {"folder": self.root / "units", "runtime": self.root / "runtime"}
        return Systemd(**folders, is_system=False, runner=self.systemctl, waiting=waiting)

    @property
    def machine(self) -> Machine:
        is_windows = self.platform == "win32"
        return Machine(
            platform=self.platform, has_systemd=not is_windows, has_crontab=not is_windows, is_root=False
        )

    def usual(self) -> Scheduler:
        return self.scheduler(self.machine.chosen(None))


@dataclass(frozen=True)
class Installed:
    """One installation on a machine."""

    root: Path
    machine: OneMachine

    def configure(self, *lines: str) -> None:
        siga, sers = self.root / "siga", self.root / "sers_siga"
        for folder in (siga, sers / "SourceOut"):
            folder.mkdir(parents=True, exist_ok=True)
        routes = (f"ruta_transmision = '{sers / 'SourceOut'}'", f"ruta_instalacion_sers = '{sers}'")
        (siga / "siga.toml").write_text("\n".join((*routes, *lines)) + "\n", encoding="utf-8")

    @property
    def place(self) -> Place:
        return Place(
            installation=Installation.under(self.root),
            machine=self.machine.machine,
            open_with=self.machine.scheduler,
        )

    def run(self, *arguments: str) -> int:
        return run_with(grupo, ["tarea", *arguments, "--dir", str(self.root)])

    def names(self) -> list[str]:
        return [task.name for task in self.machine.usual().tasks()]
