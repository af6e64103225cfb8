"""One running centre with registered units for all tests that do no harm to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centro.running_centre import MadeUnit, RunningCentre


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    """A running centre, shared by the worker's tests."""
    running = RunningCentre(tmp_path_factory.mktemp("centro"))
    running.start()
    yield running
    running.end()


@pytest.fixture(scope="session")
def registered(centre: RunningCentre) -> MadeUnit:
    """The shared registration of unit 1288; take ``unit`` in tests."""
    return centre.unit("1288")


@pytest.fixture
def unit(registered: MadeUnit) -> MadeUnit:
    """The unit 1288 with a chain of its own."""
    return MadeUnit(
        centre=registered.centre,
        identity=registered.identity,
        code=registered.code,
        key=registered.key,
        certificate=registered.certificate,
    )


@pytest.fixture(scope="session")
def neighbour(centre: RunningCentre) -> MadeUnit:
    """Another unit of the same centre."""
    return centre.unit("1287")


@pytest.fixture
def own_centre(tmp_path: Path) -> Iterator[RunningCentre]:
    """A centre folder of the test's own, not started."""
    running = RunningCentre(tmp_path)
    yield running
    running.end()


@pytest.fixture
def own_unit(own_centre: RunningCentre) -> MadeUnit:
    """A unit of a centre of the test's own, which runs and may be killed."""
    own_centre.start()
    return own_centre.unit()
