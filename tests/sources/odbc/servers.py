"""Emulated servers with a base of one's own, and small helpers to look at what they were asked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from sigasers.siga.sources import Snapshot
from sigasers.siga.sources.odbc import OdbcSource
from tests.sources.contract.bases import SqlServerUnderTest
from tests.sources.contract.tables import Made
from tests.sources.odbc import drivers
from tests.sources.tds_emulator.server import EmulatedServer
from tests.sources.tds_emulator.session import Settings


@contextmanager
def emulated(folder: Path, settings: Settings, *tables: Made) -> Iterator[EmulatedServer]:
    """Give a server with ``tables``."""
    path = folder / "base.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    with EmulatedServer(path, settings) as server:
        if tables:
            SqlServerUnderTest(*drivers.sql_server(drivers.MICROSOFT, server.port)).make(*tables)
        server.sessions.clear()
        yield server


def source(
    driver: str, server: EmulatedServer, *, wait_s: float = 5, limit_s: float = 60, **other: object
) -> OdbcSource:
    """Give the server as a source."""
    configured = replace(drivers.configured(driver, server.port), **other)  # type: ignore[arg-type]
    return OdbcSource(configured, drivers.PASSWORD, wait_s=wait_s, limit_s=limit_s)


@contextmanager
def snapshot(driver: str, server: EmulatedServer, *, lanes: int = 2, **other: float) -> Iterator[Snapshot]:
    """Open the server's source and close it."""
    opened = source(driver, server, **other).open_snapshot(lanes=lanes)
    try:
        yield opened
    finally:
        opened.close()


def asked(server: EmulatedServer) -> list[str]:
    """Give every statement that the server's sessions were sent."""
    return [statement for session in server.sessions for statement in session.log]
