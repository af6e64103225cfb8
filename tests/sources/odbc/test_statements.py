"""The T-SQL of the exporter: level 100, parsed by sqlglot, nothing but SELECT; the emulator refuses the rest."""

import shutil
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from tests.sources.contract.bases import SqlServerUnderTest, everything, read
from tests.sources.contract.tables import table
from tests.sources.odbc import drivers
from tests.sources.odbc.servers import asked, emulated, snapshot
from tests.sources.tds_emulator.errors import SqlError
from tests.sources.tds_emulator.server import EmulatedServer
from tests.sources.tds_emulator.session import Settings, statements
from tests.sources.tds_emulator.tsql import Translator, parse

pytestmark = [pytest.mark.needs("unixodbc"), pytest.mark.usefixtures("odbc_drivers")]
TYPES = [
    "tinyint",
    "smallint",
    "int",
    "bigint",
    "bit",
    "float",
    "real",
    "numeric(38,10)",
    "decimal(3,3)",
    "money",
    "smallmoney",
    "datetime",
    "smalldatetime",
    "date",
    "time(7)",
    "datetime2(7)",
    "datetime2(0)",
    "datetimeoffset(7)",
    "char(5)",
    "varchar(20)",
    "varchar(5000)",
    "varchar(max)",
    "text",
    "nchar(5)",
    "nvarchar(20)",
    "nvarchar(max)",
    "ntext",
    "binary(4)",
    "varbinary(10)",
    "varbinary(max)",
    "image",
    "uniqueidentifier",
    "xml",
]


def test_all_that_the_exporter_asks_is_a_select_of_level_100(tmp_path: Path) -> None:
    """Every type, in every level of consistency; session statements are the six that are listed."""
    fields = "; ".join(f"c{at} {one}" for at, one in enumerate(TYPES))
    made = table("tipos", f"k int; {fields}", (1, *[None] * len(TYPES)), clave="k")
    said: list[str] = []
    with emulated(tmp_path, Settings(), made) as server:
        for server.settings.snapshot in (False, True):
            with snapshot(drivers.MICROSOFT, server) as opened:
                query = everything(opened, made)
                assert read(opened, query) == [(1, *[None] * len(TYPES))]
                opened.lanes[0].totals(query, tuple(one for one in query.columnas if one.tipo.scale))
        said = asked(server)
    selects = [one for one in said if one.startswith("SELECT")]
    for one in selects:
        parsed = sqlglot.parse(one, dialect="tsql")
        assert [type(node) for node in parsed] == [exp.Select]
    assert {" ".join(one.split()[:2]) for one in said if one not in selects} == {
        "SET TEXTSIZE", "SET LOCK_TIMEOUT", "SET DEADLOCK_PRIORITY", "SET TRANSACTION", "BEGIN TRANSACTION",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tipo", "literal", "expected"),
    [
        ("tinyint", "255", 255), ("bit", "1", 1), ("float", "1.5e10", 1.5e10), ("real", "0.5", 0.5),
        ("money", "-922337203685477.5808", "-922337203685477.5808"), ("smallmoney", "-0.0001", "-0.0001"),
        ("time(7)", "'23:59:59.1234567'", "23:59:59.1234567"),
        ("datetimeoffset(7)", "'2021-10-21 10:00:00.1234567 -05:00'", "2021-10-21 10:00:00.1234567 -05:00"),
        ("uniqueidentifier", "'6F9619FF-8B86-D011-B42D-00C04FC964FF'", "6F9619FF-8B86-D011-B42D-00C04FC964FF"),
        ("xml", "N'<a>ñ€</a>'", "<a>ñ€</a>"), ("ntext", "N'😀'", "😀"),
        ("varchar(5000)", f"N'{'ñ' * 5000}'", "ñ" * 5000),
        ("binary(4)", "0x0102", b"\1\2\0\0"), ("smalldatetime", "'2021-10-21T16:31:00'", "2021-10-21 16:31:00"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "driver", [drivers.MICROSOFT, pytest.param(drivers.FREETDS, marks=pytest.mark.needs("freetds"))]
)
def test_types_that_siga_seldom_uses_are_exact_too(
    tmp_path: Path, driver: str, tipo: str, literal: str, expected: object
) -> None:
    """Beside a null."""
    made = table("rara", f"c {tipo}")
    with emulated(tmp_path, Settings(), made) as server:
        with SqlServerUnderTest(*drivers.sql_server(driver, server.port)).connection() as cursor:
            cursor.execute(f"INSERT INTO [dbo].[rara] VALUES ({literal}), (NULL)")
        with snapshot(driver, server) as opened:
            found = {row[0] for row in read(opened, everything(opened, made))}
    assert {None if one is None else str(one) if isinstance(expected, str) else one for one in found} == {
        expected,
        None,
    }


REFUSED = [
    ("SELECT TRY_CAST([k] AS int) FROM [t]", 195), ("SELECT IIF([k] > 1, 1, 2) FROM [t]", 195),
    ("SELECT FORMAT([k], 'N') FROM [t]", 195), ("SELECT STRING_AGG([v], ',') FROM [t]", 195),
    ("SELECT CONCAT([v], [v]) FROM [t]", 195), ("SELECT TRIM([v]) FROM [t]", 195),
    ("SELECT [k] FROM [t] ORDER BY [k] OFFSET 5 ROWS FETCH NEXT 5 ROWS ONLY", 102),
    ("SELECT [k] FROM [t] LIMIT 5", 102), ("SELECT [k] FROM [t] WHERE [v] IS DISTINCT FROM NULL", 102),
    ("SELECT [nada] FROM [t]", 207), ("SELECT [k] FROM [nada]", 208), ("SELECT [k] FROM", 102),
    ("EXEC sp_who", 2812), ("SET NADA ON", 195), ("SELECT CAST('x' AS int) FROM [t]", 245),
    ("SELECT CAST('1' AS json) FROM [t]", 243),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "number"), REFUSED, ids=[one for one, _ in REFUSED])
def test_the_emulator_refuses_what_level_100_lacks(tmp_path: Path, statement: str, number: int) -> None:
    """With SQL Server's own number, which the driver passes on."""
    import pyodbc

    made = table("t", "k int; v varchar(5)", (1, "x"))
    with emulated(tmp_path, Settings(), made) as server:
        base = SqlServerUnderTest(*drivers.sql_server(drivers.MICROSOFT, server.port))
        with base.connection() as cursor, pytest.raises(pyodbc.Error) as caught:
            cursor.execute(statement).fetchall()
        assert f"({number})" in str(caught.value)


def test_a_batch_is_split_as_the_server_does() -> None:
    """At semicolons outside texts, and before each SET."""
    batch = "SET TEXTSIZE 10 set nocount on; SELECT ';' AS [a;b] ; COMMIT"
    assert list(statements(batch)) == ["SET TEXTSIZE 10", "set nocount on", "SELECT ';' AS [a;b]", "COMMIT"]


def test_the_emulator_answers_from_the_base_and_not_from_memory(base_chica: Path, tmp_path: Path) -> None:
    """A row that another program changes is what it answers."""
    import sqlite3

    path = Path(shutil.copy(base_chica, tmp_path / "base.db"))
    with EmulatedServer(path) as server:
        base = SqlServerUnderTest(*drivers.sql_server(drivers.MICROSOFT, server.port))
        with sqlite3.connect(path) as other:
            other.execute("UPDATE ejecutora SET nombre = 'CAMBIADO €' WHERE sec_ejec = 1288")
        with base.connection() as cursor:
            found = cursor.execute(
                "SELECT [NOMBRE] FROM [dbo].[EJECUTORA] WHERE [sec_ejec] = 1288"
            ).fetchall()
    assert [tuple(row) for row in found] == [("CAMBIADO €",)]


def test_the_translation_knows_the_tables_and_types_it_reads() -> None:
    """An ambiguous name is an error, as in the server."""
    from tests.sources.tds_emulator.base import EmulatedColumn, EmulatedTable
    from tests.sources.tds_emulator.sql_types import SqlType

    column = EmulatedColumn("k", SqlType("int"), nullable=True)
    found = EmulatedTable("t", "dbo", (column,))
    translator = Translator(lambda _schema, _name: found, lambda _name, _arguments: None)
    with pytest.raises(SqlError) as caught:
        translator.query(parse("SELECT k FROM a JOIN b ON a.k = b.k"))
    assert caught.value.number == 209
    assert translator.query(parse("SELECT TOP 3 k FROM a ORDER BY k DESC")).sql.endswith(
        'ORDER BY "a"."k" DESC LIMIT 3'
    )
