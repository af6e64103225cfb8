"""What the tests of sources share: the ODBC drivers of this machine in a list of the tests' own."""

from collections.abc import Iterator

import pytest

from tests.sources.odbc import drivers


@pytest.fixture(scope="session")
def odbc_drivers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point unixODBC, for this process, at the drivers that the tests name."""
    folder = tmp_path_factory.mktemp("odbc")
    drivers.write_list(folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("ODBCSYSINI", str(folder))
    patch.setenv("ODBCINSTINI", "odbcinst.ini")
    yield
    patch.undo()
