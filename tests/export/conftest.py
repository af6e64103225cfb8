"""Installations to export in."""

from pathlib import Path

import pytest

from tests.export.place import Place, small_base


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A small base, and a fixed password."""
    made = Place(root=tmp_path / "inst", base=small_base(tmp_path / "base.db")).make()
    made.fix_password()
    return made


@pytest.fixture
def bare(tmp_path: Path) -> Place:
    """A small base, and no key of any kind."""
    return Place(root=tmp_path / "inst", base=small_base(tmp_path / "base.db")).make()


@pytest.fixture
def hospital(tmp_path: Path, base_chica: Path) -> Place:
    """The demonstration base, and a fixed password."""
    made = Place(root=tmp_path / "inst", base=base_chica).make()
    made.fix_password()
    return made
