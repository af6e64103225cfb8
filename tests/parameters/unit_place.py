"""An installation with a courier that is really registered, or the ministry's, and the order run in it."""

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.sers.session import open_session
from tests.export.place import Place
from tests.made_centre import MadeCentre
from tests.sers.made_profile import MadeProfile, make_profile

_RUN = "from sigasers.cli.core import run; run('siga')"
MINISTRY = """#SERS
authentication.ejecutora=AACdCKU+gLtXMQ6X6y1D0JLbug==
authentication.password=daLZru/X0tZSmLNAwOTLdYQs6u7mJkp/
authentication.usertype=UNIDAD_EJECUTORA
configuration.pathSiafSourceOut=SourceOut
proxy.active=false
"""


@dataclass(frozen=True)
class Unit:
    """One installation, its folders under ``root``."""

    root: Path

    @property
    def siga(self) -> Path:
        return self.root / "siga"

    @property
    def toml(self) -> Path:
        return self.siga / "siga.toml"

    @property
    def sers(self) -> Path:
        return self.root / "sers_siga"

    @property
    def out(self) -> Path:
        return self.sers / "SourceOut"

    @property
    def pin(self) -> Path:
        return self.siga / "huella-raiz.txt"

    @property
    def written(self) -> dict[str, object]:
        return tomllib.loads(self.toml.read_text(encoding="utf-8"))

    def audited(self) -> list[dict[str, object]]:
        """Give the acts of the audit, oldest first."""
        lines = (self.siga / "auditoria.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def write(self, text: str) -> None:
        self.siga.mkdir(parents=True, exist_ok=True)
        self.toml.write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> int:
        """Run ``siga parametros`` in this process."""
        return run_with(grupo, ["parametros", *arguments, "--dir", str(self.root)])

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-X", "utf8", "-c", _RUN, "parametros", *arguments, "--dir", str(self.root)]

    def started(self, *arguments: str, **streams: object) -> "subprocess.Popen[bytes]":
        """Start it with streams of the caller's."""
        environment = {**os.environ, "COLUMNS": "500", "XDG_CONFIG_HOME": f"{self.root}-cuenta"}
        return subprocess.Popen(self.command(*arguments), env=environment, **streams)  # type: ignore[call-overload, no-any-return]

    def files(self) -> dict[Path, bytes]:
        """Give every file but logs and the audit, with its bytes."""
        kept = (path for path in self.root.rglob("*") if not path.name.startswith("auditoria."))
        found = (path for path in kept if path.is_file() and path.suffix != ".log")
        return {path: path.read_bytes() for path in found}


def registered(root: Path) -> tuple[Unit, MadeProfile]:
    """Give an installation of unit 1288 whose courier is registered and has its profile."""
    unit = Unit(root)
    unit.siga.mkdir(parents=True)
    profile = make_profile(unit.sers)
    with profile.agent() as agent:
        open_session(agent)
    return unit, profile


def ministry(root: Path, text: str = MINISTRY) -> Unit:
    """Give an installation whose courier is the ministry's program, as the guide shows its settings."""
    unit = Unit(root)
    unit.siga.mkdir(parents=True)
    unit.out.mkdir(parents=True)
    (unit.sers / "application.properties").write_text(text, encoding="utf-8")
    return unit


def of_unit(root: Path, unidad: object) -> Unit:
    """Give an installation whose courier has a profile of ``unidad``, by a centre of its own."""
    unit = ministry(root, "sers.intervalo_s=15\n")
    Place(root=root, base=None).write_profile(MadeCentre(), unidad=unidad)
    return unit
