"""An installation that can export, for what the parameters say of it."""

from pathlib import Path

import pytest

from tests.export.place import Place, small_base


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A small base, and a fixed password."""
    made = Place(root=tmp_path / "inst", base=small_base(tmp_path / "base.db")).make()
    made.fix_password()
    return made
