"""PostgreSQL through psqlodbc gives what the native source gives, where a value or a name is odd."""

from contextlib import closing
from decimal import Decimal

import pytest

from scripts.postgres import PostgresServer
from sigasers.errors.siga import SourceUnreadableError, TableReadError
from sigasers.formats.column_type import Column, ColumnType
from sigasers.siga.sources import Equals, Query
from sigasers.siga.sources.odbc import OdbcSource
from sigasers.siga.sources.server import Motor, Server
from tests.postgres.one_base import PostgresBase, column, everything, read
from tests.sources.odbc.drivers import PSQLODBC

pytestmark = [
    pytest.mark.needs("unixodbc"),
    pytest.mark.needs("psqlodbc"),
    pytest.mark.usefixtures("odbc_drivers"),
]


@pytest.fixture
def base(postgres: PostgresServer, request: pytest.FixtureRequest) -> PostgresBase:
    """An empty database, named for its test."""
    name = request.node.name[-50:]
    postgres.create_database(name)
    return PostgresBase(postgres, name)


def source(base: PostgresBase, *, wait_s: float = 5, esquema: str | None = None) -> OdbcSource:
    server = Server(
        motor=Motor.ODBC,
        servidor=base.server.host,
        puerto=base.server.port,
        base=base.name,
        usuario="postgres",
        controlador=PSQLODBC,
        esquema=esquema,
    )
    return OdbcSource(server, base.server.password, wait_s=wait_s, limit_s=60)


def test_nan_in_a_sum_costs_its_table_alone(base: PostgresBase) -> None:
    """The column is named."""
    base.run("CREATE TABLE t (n numeric(16,2))", "INSERT INTO t VALUES (1), ('NaN')")
    with closing(source(base).open_snapshot(lanes=1)) as snapshot:
        with pytest.raises(TableReadError) as caught:
            snapshot.lanes[0].totals(everything(snapshot, "t"), (column(snapshot, "t", "n"),))
        assert (caught.value.fields["columna"], caught.value.fields["fila"]) == ("n", 2)
        with pytest.raises(TableReadError):  # which the driver itself would give as 0
            read(snapshot, everything(snapshot, "t"))
        assert snapshot.lanes[0].totals(everything(snapshot, "t"), ()).filas == 2


def test_money_domains_and_units_in_numbers_without_digits_are_exact(base: PostgresBase) -> None:
    """As ``test_postgres_source`` asks of the native source."""
    base.run(
        "CREATE DOMAIN soles AS numeric(16,2)",
        'CREATE TABLE t (ue numeric, m money, s soles, "S" int)',
        "INSERT INTO t VALUES (1288.00, 1234.5, 2.25, 1), (1287, -0.01, 1, 2)",
    )
    with closing(source(base).open_snapshot(lanes=1)) as snapshot:
        table = snapshot.tables()["t"]
        assert [str(one.tipo) for one in table.columnas] == ["texto", "decimal(19,4)", "decimal(16,2)"]
        assert table.columnas_iguales == ("S",)
        money, soles = column(snapshot, "t", "m"), Column("s", ColumnType.parse("decimal(16,2)"))
        unit = Equals(column(snapshot, "t", "ue"), 1288)
        query = Query(tabla="t", columnas=(money, soles), condiciones=(unit,))
        assert read(snapshot, query) == [(Decimal("1234.5000"), Decimal("2.25"))]
        assert snapshot.lanes[0].totals(query, (money, soles)).sumas == {"m": "1234.5000", "s": "2.25"}


def test_a_statement_that_fails_costs_no_other_table(base: PostgresBase) -> None:
    """The one transaction that holds the state survives it."""
    base.run(
        "CREATE TABLE buena (k int PRIMARY KEY)",
        "INSERT INTO buena VALUES (1), (2)",
        "CREATE VIEW mala AS SELECT 10 / (k - 1) AS n FROM buena",
    )
    with closing(source(base).open_snapshot(lanes=1)) as snapshot:
        with pytest.raises(SourceUnreadableError):
            read(snapshot, everything(snapshot, "mala"))
        base.run("INSERT INTO buena VALUES (3)")
        assert sorted(read(snapshot, everything(snapshot, "buena"))) == [(1,), (2,)]


def test_the_tables_are_those_of_the_schema_that_was_named(base: PostgresBase) -> None:
    """Names, types and rows of one schema, though the account's own path leads to another."""
    base.run(
        "CREATE SCHEMA siga",
        "CREATE TABLE t (publica int)",
        "CREATE TABLE siga.t (k numeric(4,0), cuando timestamptz)",
        "INSERT INTO siga.t VALUES (7, '2021-03-01 08:00:00-05')",
    )
    with closing(source(base, esquema="siga").open_snapshot(lanes=1)) as snapshot:
        assert [one.nombre for one in snapshot.tables()["t"].columnas] == ["k", "cuando"]
        ((number, _),) = read(snapshot, everything(snapshot, "t"))
        assert number == 7
