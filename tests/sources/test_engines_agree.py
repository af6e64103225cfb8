"""Equal data in two engines is exported with equal digests, sums and rows, whatever the engine names and sorts by."""

import itertools
import shutil
import threading
from pathlib import Path

import psycopg
import pytest

from scripts.postgres import PostgresServer
from sigasers.durable import StagedFile
from sigasers.formats.manifest import Estado, TableManifest
from sigasers.formats.rar5 import ArchiveKeys
from sigasers.model import Ambito, Ejercicio, Nemonico
from sigasers.siga.catalogue import load_catalogue
from sigasers.siga.export.table_export import MEMORY_BYTES, TableExporter
from sigasers.siga.export.tables import discard_parts, export_tables
from sigasers.siga.sources import Snapshot, Source
from sigasers.siga.sources.postgres import PostgresSource
from sigasers.siga.sources.server import Motor, Server
from sigasers.siga.sources.sqlite import SqliteSource
from tests.export.place import ManualClock, Told
from tests.sources.odbc import drivers, servers
from tests.sources.tds_emulator.server import EmulatedServer
from tests.sources.tds_emulator.session import Settings

YEARS = [(2021, Ambito.SISTEMA), (2022, Ambito.PROGRAMACION)]


def exported(source: Source, folder: Path, year: int, ambito: Ambito, memory: int) -> list[TableManifest]:
    """Export all tables of a year, without a package."""
    snapshot = source.open_snapshot(lanes=2)
    numbers = itertools.count()
    try:
        exporter = TableExporter(
            keys=ArchiveKeys.derive("una clave", b"0" * 16),
            make_part=lambda name: StagedFile(folder / f"{name}.{next(numbers)}.part"),
            clock=ManualClock().now,
            consistencia=snapshot.consistencia,
            memory_bytes=memory,
        )
        entries = load_catalogue().for_ambito(ambito)
        results = export_tables(snapshot, entries, Nemonico(1288), Ejercicio(year), exporter, Told())
    finally:
        snapshot.close()
    discard_parts(results)
    assert list(folder.glob("*.part")) == []
    return [result.manifest for result in results]


@pytest.fixture(scope="module")
def of_sqlite(base_chica: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[TableManifest]]:
    folder = tmp_path_factory.mktemp("sqlite")
    source = SqliteSource(base_chica)
    return {year: exported(source, folder, year, ambito, MEMORY_BYTES) for year, ambito in YEARS}


@pytest.mark.parametrize("memory", [MEMORY_BYTES, 100_000], ids=["in memory", "merged"])
@pytest.mark.parametrize(("year", "ambito"), YEARS)
def test_postgresql_gives_what_sqlite_gives(
    of_sqlite: dict[int, list[TableManifest]],
    postgres: PostgresServer,
    postgres_siga: str,
    tmp_path: Path,
    year: int,
    ambito: Ambito,
    memory: int,
) -> None:
    """134 tables; PostgreSQL folds names to lower case, keeps its own order, and pads what is char."""
    place = Server(
        motor=Motor.POSTGRESQL, servidor=postgres.host, puerto=postgres.port, base=postgres_siga, usuario="postgres"
    )  # fmt: skip
    found = exported(PostgresSource(place, postgres.password), tmp_path, year, ambito, memory)
    assert {table.estado for table in found} == {Estado.EXPORTADA}
    assert [agreed(table) for table in found] == [agreed(table) for table in of_sqlite[year]]
    assert sum(table.filas for table in found) > 1000


class WrittenTo:
    """A PostgreSQL source whose base gets new rows of the very unit and year as soon as its snapshot is open."""

    def __init__(self, source: PostgresSource, conninfo: str) -> None:
        self._source, self._conninfo = source, conninfo
        self._stop = threading.Event()
        self._writer = threading.Thread(target=self._write)
        self.written = 0

    def open_snapshot(self, *, lanes: int) -> Snapshot:
        opened = self._source.open_snapshot(lanes=lanes)
        self._writer.start()
        return opened

    def _write(self) -> None:
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            while not self._stop.is_set():
                self.written += 1
                connection.execute(
                    "INSERT INTO meta (ano_eje, sec_ejec, sec_func) VALUES (2021, 1288, %s) ON CONFLICT DO NOTHING",
                    (2000 + self.written % 7000,),
                )
                connection.execute(
                    "UPDATE sig_pedidos SET motivo_pedido = motivo_pedido || '!' WHERE ano_eje = 2021"
                )
                connection.execute(
                    "DELETE FROM sig_orden_item WHERE ctid IN (SELECT ctid FROM sig_orden_item LIMIT 1)"
                )

    def stop(self) -> None:
        self._stop.set()
        self._writer.join()


def test_what_others_write_meanwhile_is_in_no_table(
    of_sqlite: dict[int, list[TableManifest]], postgres: PostgresServer, postgres_siga: str, tmp_path: Path
) -> None:
    """SIGA's users go on inserting, changing and deleting; the package is of the one moment, all of it."""
    postgres.create_database("escrita", template=postgres_siga)
    place = Server(
        motor=Motor.POSTGRESQL, servidor=postgres.host, puerto=postgres.port, base="escrita", usuario="postgres"
    )  # fmt: skip
    source = WrittenTo(PostgresSource(place, postgres.password), postgres.conninfo("escrita"))
    try:
        found = exported(source, tmp_path, 2021, Ambito.SISTEMA, MEMORY_BYTES)
    finally:
        source.stop()
    assert source.written > 1
    assert [agreed(table) for table in found] == [agreed(table) for table in of_sqlite[2021]]


@pytest.mark.needs("unixodbc")
@pytest.mark.needs("freetds")
@pytest.mark.usefixtures("odbc_drivers")
@pytest.mark.parametrize(("year", "ambito"), YEARS)
def test_sql_server_on_the_wire_gives_what_sqlite_gives(
    of_sqlite: dict[int, list[TableManifest]], base_chica: Path, tmp_path: Path, year: int, ambito: Ambito
) -> None:
    """134 tables through TDS and FreeTDS: an emulated server, whose T-SQL is answered from the same base."""
    copy = shutil.copy(base_chica, tmp_path / "base.db")
    with EmulatedServer(Path(copy), Settings(snapshot=True)) as server:
        source = servers.source(drivers.FREETDS, server)
        found = exported(source, tmp_path, year, ambito, MEMORY_BYTES)
    assert {table.estado for table in found} == {Estado.EXPORTADA}
    assert [agreed(table) for table in found] == [agreed(table) for table in of_sqlite[year]]


def agreed(table: TableManifest) -> tuple[object, ...]:
    """Give what must not depend on the engine; its observations of inexact numbers do."""
    digest = table.archivo and table.archivo.resumen_contenido
    return (table.nombre, table.filas, digest, table.columnas, table.clave, table.totales, table.omitidas)
