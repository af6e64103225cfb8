"""The bases of the contract suite, and the servers behind them: one emulator and one PostgreSQL a worker."""

import itertools
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.sources.contract.bases import (
    BaseUnderTest,
    NativePostgresUnderTest,
    PostgresUnderTest,
    SqliteUnderTest,
    SqlServerUnderTest,
)
from tests.sources.odbc.drivers import DRIVERS, MICROSOFT, real_server, sql_server
from tests.sources.tds_emulator.server import EmulatedServer
from tests.sources.tds_emulator.session import Settings

_COUNT = itertools.count()
POSTGRES = {"postgresql": NativePostgresUnderTest, "postgresql-psqlodbc": PostgresUnderTest}


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatedServer]:
    """An emulated SQL Server with nothing in it, which allows SNAPSHOT."""
    path = tmp_path_factory.mktemp("emulator") / "base.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    with EmulatedServer(path, Settings(snapshot=True)) as server:
        yield server


@pytest.fixture
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BaseUnderTest]:
    """The base that a test was asked to run on (``on_bases``)."""
    name = str(request.param)
    if name == "sqlite":
        yield SqliteUnderTest(tmp_path / "base.db")
    elif name in POSTGRES:
        if name == "postgresql-psqlodbc":
            request.getfixturevalue("odbc_drivers")
        postgres = request.getfixturevalue("postgres")
        database = f"contrato_{next(_COUNT)}"
        postgres.create_database(database)
        yield POSTGRES[name](postgres, database)
    else:
        request.getfixturevalue("odbc_drivers")
        found = _sql_server(request, DRIVERS[name.removeprefix("sqlserver-")])
        try:
            yield found
        finally:
            found.drop()


def _sql_server(request: pytest.FixtureRequest, driver: str) -> SqlServerUnderTest:
    """Give the emulator, or the real server that the environment names."""
    if "SIGASERS_PRUEBA_SQLSERVER" in os.environ and driver == MICROSOFT:
        return SqlServerUnderTest(*real_server(os.environ["SIGASERS_PRUEBA_SQLSERVER"]))
    server = request.getfixturevalue("empty_server")
    return SqlServerUnderTest(*sql_server(driver, server.port))
