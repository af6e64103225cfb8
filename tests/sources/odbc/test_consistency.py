"""SQL Server's three levels: one SNAPSHOT transaction, one state a statement, short reads by key; each told truly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sigasers.errors.siga import SourceUnreadableError
from sigasers.errors.sources import SnapshotLostError, TableLockedError
from sigasers.formats.manifest import Consistencia
from sigasers.siga.sources import Equals, Notes, Query, odbc_rows
from tests.sources.contract.bases import everything, read
from tests.sources.contract.tables import Made, Value, table
from tests.sources.odbc import drivers
from tests.sources.odbc.servers import asked, emulated, snapshot
from tests.sources.tds_emulator.errors import SqlError
from tests.sources.tds_emulator.session import Settings, Trouble

pytestmark = [pytest.mark.needs("unixodbc"), pytest.mark.usefixtures("odbc_drivers")]
both = pytest.mark.parametrize(
    "driver", [drivers.MICROSOFT, pytest.param(drivers.FREETDS, marks=pytest.mark.needs("freetds"))]
)
KEYED = table(
    "pedidos", "anio numeric(4,0); ue numeric(6,0); nro varchar(6); nota nvarchar(20)",
    *[(Decimal(year), Decimal(ue), nro, f"{year}/{ue}/{nro}")
      for year in (2020, 2021) for ue in (1287, 1288)
      for nro in [f"{n:06d}" for n in range(23)] + ["ab", "ÑA", "z", "'; --"]],
    clave="anio ue nro",
)  # fmt: skip


@pytest.fixture
def short_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a short read of 4 columns end after 5 rows."""
    monkeypatch.setattr(odbc_rows, "_KEYED_CELLS", 20)


@both
def test_the_level_is_what_the_database_allows(tmp_path: Path, driver: str) -> None:
    """SNAPSHOT where it is on, else a state for each statement where rows have versions, else committed rows."""
    made = table("t", "k int", (1,), clave="k")
    with emulated(tmp_path, Settings(), made) as server:
        for settings, level, lanes in (
            ({"snapshot": True, "read_committed_snapshot": True}, Consistencia.INSTANTANEA, 1),
            ({"snapshot": False, "read_committed_snapshot": True}, Consistencia.POR_TABLA, 2),
            ({"snapshot": False, "read_committed_snapshot": False}, Consistencia.LECTURA_CONFIRMADA, 2),
        ):
            for name, value in settings.items():
                setattr(server.settings, name, value)
            server.sessions.clear()
            with snapshot(driver, server) as opened:
                assert (opened.consistencia, len(opened.lanes), opened.bloquea_escritura) == (
                    level,
                    lanes,
                    False,
                )
                assert (opened.motor, opened.motor_version) == ("SQL Server", "16.0.1000.6")
                for lane in range(lanes):
                    assert read(opened, everything(opened, made), lane=lane) == [(1,)]
            said = asked(server)
            assert said.count("SET DEADLOCK_PRIORITY LOW") == lanes
            assert said.count("SET LOCK_TIMEOUT 5000") == lanes
            assert ("BEGIN TRANSACTION" in said) == (level is Consistencia.INSTANTANEA)
            assert all(session.text_size == 2**31 - 1 for session in server.sessions)


@both
def test_a_snapshot_that_is_refused_after_all_is_not_claimed(tmp_path: Path, driver: str) -> None:
    """Error 3952 at the first read: the next best level is taken, and told."""
    made = table("t", "k int", (1,), clave="k")
    settings = Settings(snapshot=True, trouble=Trouble(refuse_snapshot=True))
    with emulated(tmp_path, settings, made) as server, snapshot(driver, server) as opened:
        assert opened.consistencia is Consistencia.LECTURA_CONFIRMADA
        assert read(opened, everything(opened, made)) == [(1,)]


@both
@pytest.mark.usefixtures("short_reads")
def test_short_reads_give_every_row_once(tmp_path: Path, driver: str) -> None:
    """A composite key is followed to its end, its texts sorted as the server does; none asks for all."""
    with emulated(tmp_path, Settings(), KEYED) as server, snapshot(driver, server) as opened:
        found = read(opened, everything(opened, KEYED))
        assert found == sorted(KEYED.filas, key=repr)
        selects = [one for one in asked(server) if "FROM [dbo].[pedidos]" in one]
        assert len(selects) > 108 / 5
        assert all(one.startswith("SELECT TOP 5 ") for one in selects)
        assert not any(" OR " in one for one in selects)


@both
@pytest.mark.usefixtures("short_reads")
def test_short_reads_keep_conditions_and_add_no_column(tmp_path: Path, driver: str) -> None:
    """A year of a unit, its key not among the columns asked for."""
    with emulated(tmp_path, Settings(), KEYED) as server, snapshot(driver, server) as opened:
        columns = {one.nombre: one for one in everything(opened, KEYED).columnas}
        query = Query(
            tabla="pedidos",
            columnas=(columns["nota"],),
            condiciones=(Equals(columns["anio"], 2021), Equals(columns["ue"], 1288)),
        )
        found = read(opened, query)
    assert found == sorted(((row[3],) for row in KEYED.filas if row[:2] == (2021, 1288)), key=repr)


@both
@pytest.mark.usefixtures("short_reads")
def test_short_reads_find_every_spelling_of_a_code_kept_as_text(tmp_path: Path, driver: str) -> None:
    """``001288`` and ``1288`` are one unit: after the rows of the one come those of the other."""
    rows = [(ue, n, "x") for ue in ("001288", "1288", "1287") for n in range(7)]
    made = table("t", "ue varchar(6); n int; v varchar(5)", *rows, clave="ue n")
    with emulated(tmp_path, Settings(), made) as server, snapshot(driver, server) as opened:
        query = everything(opened, made)
        ue = next(one for one in query.columnas if one.nombre == "ue")
        found = read(opened, replace(query, condiciones=(Equals(ue, 1288),)))
    assert found == sorted((row for row in rows if row[0] != "1287"), key=repr)


@both
@pytest.mark.parametrize("number", [1205, 3961])
def test_a_state_that_the_server_ended_costs_the_package(tmp_path: Path, driver: str, number: int) -> None:
    """What came after it would be of another moment, and told to be of the same."""
    errors = {"pedidos": [SqlError(number, "the transaction is rolled back")]}
    with (
        emulated(tmp_path, Settings(snapshot=True), KEYED) as server,
        snapshot(driver, server) as opened,
    ):
        assert opened.consistencia is Consistencia.INSTANTANEA
        server.settings.trouble = Trouble(errors=errors)
        with pytest.raises(SnapshotLostError) as caught:
            read(opened, everything(opened, KEYED))
        assert caught.value.fields["tabla"] == "pedidos"


@both
def test_an_error_that_leaves_the_state_costs_its_table(tmp_path: Path, driver: str) -> None:
    """A statement that fails within it."""
    errors = {"pedidos": [SqlError(8115, "overflow"), SqlError(8115, "overflow")]}
    with (
        emulated(tmp_path, Settings(snapshot=True), KEYED) as server,
        snapshot(driver, server) as opened,
    ):
        server.settings.trouble = Trouble(errors=errors)
        with pytest.raises(SourceUnreadableError):
            read(opened, everything(opened, KEYED))
        server.settings.trouble = Trouble()
        assert len(read(opened, everything(opened, KEYED))) == len(KEYED.filas)


at = datetime.fromisoformat
KEYS: list[tuple[str, Callable[[int], Value]]] = [
    ("numeric(38,10)", lambda k: Decimal(f"1234567890123456789012345{k:03d}.0000000001")),
    ("numeric(4,0)", lambda k: Decimal(-k)),
    ("bigint", lambda k: 2**62 + k),
    ("char(5)", lambda k: f"{k:02d} a"),
    ("nvarchar(9)", lambda k: f"ñ😀{k:02d}'"),
    ("datetime", lambda k: at(f"{1753 + k}-03-04T05:06:07.003")),
    ("smalldatetime", lambda k: at(f"{1950 + k}-12-31T23:59")),
    ("date", lambda k: date(1 + k, 2, 3)),
    ("datetime2(3)", lambda k: at(f"{900 + k:04d}-02-03T04:05:06.789")),
    ("uniqueidentifier", lambda k: f"6F9619FF-8B86-D011-B42D-00C04FC964{k:02X}"),
]


@both
@pytest.mark.usefixtures("short_reads")
@pytest.mark.parametrize(("tipo", "value"), KEYS, ids=[tipo for tipo, _ in KEYS])
def test_keys_of_every_type_are_followed(
    tmp_path: Path, driver: str, tipo: str, value: Callable[[int], Value]
) -> None:
    """Those that come back as they are, as constants; a table with any other key is read with one statement."""
    made = table("t", f"k {tipo}; n int", *[(value(k), k) for k in range(40)], clave="k")
    with emulated(tmp_path, Settings(), made) as server, snapshot(driver, server) as opened:
        found = read(opened, everything(opened, made))
        assert sorted(row[1] for row in found) == list(range(40))
        assert [row[0] for row in sorted(found, key=lambda row: row[1])][:3] == [
            str(value(k)).ljust(5) if tipo == "char(5)" else value(k) for k in range(3)
        ]
        keyed = any(" TOP " in one for one in asked(server))
    assert keyed == (tipo != "uniqueidentifier")


@both
@pytest.mark.usefixtures("short_reads")
def test_a_lock_met_on_the_way_is_tried_again(tmp_path: Path, driver: str) -> None:
    """A deadlock's victim or a lock not got in time costs a repetition of one short read, not the table."""
    errors = [SqlError(1205, "deadlock"), SqlError(1222, "lock")]
    settings = Settings(trouble=Trouble(errors={"pedidos": errors}))
    with emulated(tmp_path, Settings(), KEYED) as server, snapshot(driver, server) as opened:
        server.settings.trouble = settings.trouble
        assert len(read(opened, everything(opened, KEYED))) == len(KEYED.filas)
        assert settings.trouble.errors == {"pedidos": []}


@both
def test_a_lock_that_stays_is_named(tmp_path: Path, driver: str) -> None:
    """After three short waits; SIGA's users were never made to wait for us."""
    with emulated(tmp_path, Settings(), KEYED) as server, snapshot(driver, server, wait_s=0.05) as opened:
        server.settings.trouble.locked.add("pedidos")
        with pytest.raises(TableLockedError) as caught:
            read(opened, everything(opened, KEYED))
    assert caught.value.fields["tabla"] == "pedidos"


@both
@pytest.mark.usefixtures("short_reads")
def test_rows_written_meanwhile_are_seen_and_none_twice(tmp_path: Path, driver: str) -> None:
    """Committed reads: what comes after the place where we are is read; what was read is not read again."""
    made: Made = table("t", "k int; a int; b int; c int", *[(k, k, k, k) for k in range(0, 40, 2)], clave="k")
    with emulated(tmp_path, Settings(), made) as server:
        from tests.sources.contract.bases import SqlServerUnderTest

        base = SqlServerUnderTest(*drivers.sql_server(driver, server.port))
        with snapshot(driver, server) as opened:
            reading = opened.lanes[0].read(everything(opened, made), Notes())
            first = next(reading).column(0).to_pylist()
            base.write(made, (1, 1, 1, 1), (39, 1, 1, 1))
            keys = first + [key for batch in reading for key in batch.column(0).to_pylist()]
    assert keys == [*range(0, 40, 2), 39]


@both
@pytest.mark.parametrize("versions", [True, False], ids=["one statement", "short reads"])
def test_a_text_that_grows_while_it_is_read_is_whole(
    tmp_path: Path, driver: str, *, versions: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its size was asked before: FreeTDS would cut it without a word."""
    made = table("t", "k int; v varchar(max)", (1, "x" * 100), (2, None), clave="k")
    settings = Settings(read_committed_snapshot=versions)
    with emulated(tmp_path, settings, made) as server, snapshot(driver, server) as opened:
        asks = odbc_rows.RowReader._longest
        grown: list[int] = []

        def asked_before(self: odbc_rows.RowReader, *given: object) -> int:
            found = asks(self, *given)  # type: ignore[arg-type]
            if not grown:
                _grow(server.port, driver)
            grown.append(found)
            return found

        monkeypatch.setattr(odbc_rows.RowReader, "_longest", asked_before)
        found = read(opened, everything(opened, made))
    assert [len(row[1] or "") for row in found] == [150, 0]
    assert grown[0] == 100


def _grow(port: int, driver: str) -> None:
    from tests.sources.contract.bases import SqlServerUnderTest

    with SqlServerUnderTest(*drivers.sql_server(driver, port)).connection() as cursor:
        cursor.execute(f"UPDATE [dbo].[t] SET [v] = N'{'y' * 150}' WHERE [k] = 1")
