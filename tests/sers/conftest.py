"""A registered profile with its centre in memory."""

from pathlib import Path

import pytest

from tests.sers.made_profile import MadeProfile, make_profile


@pytest.fixture
def profile(tmp_path: Path) -> MadeProfile:
    return make_profile(tmp_path / "sers_siga")
