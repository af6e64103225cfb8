"""Bases and installations to validate in."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from sigasers.model import Ejercicio
from tests.export.place import Place
from tests.rules.lean_base import alter, make_lean

AFTER_THE_YEAR = datetime(2022, 1, 15, 14, 0, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def lean_base(base_chica: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables that rules read, with all their rows, built once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    target = folder / "base_reglas.db"
    with FileLock(folder / "base_reglas.lock"):
        if not target.exists():
            make_lean(base_chica, target)
    return target


@pytest.fixture
def lean(tmp_path: Path, lean_base: Path) -> Callable[..., Place]:
    """Make an installation with an altered copy of the lean base, early in the next year."""

    def make(*statements: str) -> Place:
        base = tmp_path / "base.db"
        shutil.copyfile(lean_base, base)
        alter(base, *statements)
        return installation(tmp_path / "inst", base)

    return make


def installation(root: Path, base: Path) -> Place:
    """Give an installation that still works in the demonstration's year, in January after it; with a fixed password."""
    place = Place(root=root, base=base, anio_sistema=Ejercicio(2021)).make()
    place.fix_password()
    place.time.at = AFTER_THE_YEAR
    return place
