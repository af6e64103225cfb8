"""A machine of each kind, and installations on it that the command reaches."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sigasers.cli import siga_tarea
from sigasers.host.installation import Installation
from tests.task.one_installation import Installed, OneMachine

Maker = Callable[..., Installed]


@pytest.fixture(params=["win32", "linux"], ids=["windows", "systemd"])
def machine(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OneMachine:
    for module in ("cron", "systemd"):
        monkeypatch.setattr(f"sigasers.host.tasks.{module}.find_program", lambda name: f"/usr/bin/{name}")
    made = OneMachine(platform=request.param, root=tmp_path / "equipo")
    monkeypatch.setattr("sigasers.siga.task.plan.sys.executable", str(made.python))
    return made


@pytest.fixture
def install(machine: OneMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """Make an installation ``name`` with further lines of its settings."""
    made: dict[Path, Installed] = {}

    def place(instalacion: Installation) -> object:
        return made[instalacion.siga.parent].place

    def make(name: str = "uno", *lines: str) -> Installed:
        one = Installed(root=tmp_path / name, machine=machine)
        one.configure(*lines)
        made[one.root] = one
        return one

    monkeypatch.setattr(siga_tarea, "_place", place)
    return make
