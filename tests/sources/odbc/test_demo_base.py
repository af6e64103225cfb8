"""The whole demonstration base through each driver: all 173 tables of the real schema, cell by cell, sum by sum."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from scripts.postgres import PostgresServer
from sigasers.formats.column_type import Column, Kind
from sigasers.siga.sources import Snapshot, TableSchema
from sigasers.siga.sources.odbc import OdbcSource
from sigasers.siga.sources.server import Motor, Server
from tests.sources import judge
from tests.sources.odbc import drivers
from tests.sources.odbc.servers import snapshot
from tests.sources.sources_under_test import everything, read
from tests.sources.tds_emulator.server import EmulatedServer
from tests.sources.tds_emulator.session import Settings

pytestmark = [pytest.mark.needs("unixodbc"), pytest.mark.usefixtures("odbc_drivers")]


@pytest.fixture(scope="module")
def demo_server(base_chica: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatedServer]:
    path = shutil.copy(base_chica, tmp_path_factory.mktemp("demo") / "base.db")
    with EmulatedServer(path, Settings()) as server:
        yield server


def as_a_server_stores(value: object, column: Column, *, thirds: bool) -> object:
    """Give what SQLite holds as a server would: char padded, and in SQL Server times in steps of 1/300 s."""
    if isinstance(value, str) and column.tipo.kind is Kind.CHAR:
        return value.ljust(column.tipo.length)
    if thirds and isinstance(value, datetime) and value.microsecond:
        ticks = round(value.microsecond * 300 / 1_000_000)
        return value.replace(microsecond=0) + timedelta(milliseconds=round(ticks * 10 / 3))
    return value


@lru_cache(maxsize=200)
def _judged(base: Path, table: str, columns: tuple[Column, ...]) -> list[tuple[object, ...]]:
    return judge.rows(base, table, columns)


def judged_rows(base: Path, found: TableSchema) -> list[tuple[object, ...]]:
    """Give the judge's rows; servers spell names in their own case."""
    return _judged(
        base, found.nombre.lower(), tuple(Column(one.nombre.lower(), one.tipo) for one in found.columnas)
    )


def hold_against_the_judge(
    opened: Snapshot, base: Path, *, thirds: bool, sums: bool = True
) -> tuple[int, int]:
    """Compare every table, and the sums of its money; gives how many tables and rows there were."""
    tables = list(opened.tables().values())
    total = 0
    for found in tables:
        rows = sorted(read(opened, everything(opened, found.nombre)), key=repr)
        judged = [
            tuple(
                as_a_server_stores(cell, column, thirds=thirds)
                for cell, column in zip(row, found.columnas, strict=True)
            )
            for row in judged_rows(base, found)
        ]
        assert rows == sorted(judged, key=repr), found.nombre
        total += len(rows)
        if not sums:
            continue
        money = tuple(one for one in found.columnas if one.tipo.kind is Kind.DECIMAL and one.tipo.scale)
        totals = opened.lanes[0].totals(everything(opened, found.nombre), money)
        assert totals.filas == len(rows)
        for one in money:
            place = found.columnas.index(one)
            cells = [row[place] for row in judged if isinstance(row[place], Decimal)]
            assert Decimal(totals.sumas[one.nombre]) == sum(cells, Decimal(0)), (found.nombre, one.nombre)
    return len(tables), total


def test_microsofts_driver_reads_the_demonstration_base(
    base_chica: Path, demo_server: EmulatedServer
) -> None:
    """In short reads by key; the sums are the same statements with either driver."""
    with snapshot(drivers.MICROSOFT, demo_server) as opened:
        tables, rows = hold_against_the_judge(opened, base_chica, thirds=True, sums=False)
    assert (tables, rows > 40_000) == (173, True)


@pytest.mark.needs("freetds")
def test_freetds_reads_the_demonstration_base(base_chica: Path, demo_server: EmulatedServer) -> None:
    """One statement a table, in one snapshot."""
    demo_server.settings.snapshot = True
    with snapshot(drivers.FREETDS, demo_server) as opened:
        tables, rows = hold_against_the_judge(opened, base_chica, thirds=True)
    assert (tables, rows > 40_000) == (173, True)


@pytest.mark.needs("psqlodbc")
def test_psqlodbc_reads_the_demonstration_base(
    base_chica: Path, postgres: PostgresServer, postgres_siga: str
) -> None:
    """A real PostgreSQL."""
    server = Server(
        motor=Motor.ODBC,
        servidor=postgres.host,
        puerto=postgres.port,
        base=postgres_siga,
        usuario="postgres",
        controlador=drivers.PSQLODBC,
    )
    opened = OdbcSource(server, postgres.password).open_snapshot(lanes=2)
    try:
        tables, rows = hold_against_the_judge(opened, base_chica, thirds=False)
    finally:
        opened.close()
    assert (tables, rows > 40_000) == (173, True)
