"""What drivers and servers refuse: each cause has its error, by number and never by text, with no secret in it."""

import socket
import traceback
from pathlib import Path
from threading import Event

import pytest

from sigasers import mensajes
from sigasers.errors import SigasersError
from sigasers.errors.siga import ConfigurationError, SourceUnreadableError
from sigasers.errors.sources import (
    ConnectionLostError,
    DatabaseUnknownError,
    DriverMissingError,
    EngineUnknownError,
    LoginRefusedError,
    ReadRightsError,
    ServerCertificateError,
    ServerNameError,
    ServerUnreachableError,
    StatementTimeoutError,
    TableLockedError,
)
from sigasers.siga.sources.odbc import OdbcSource
from sigasers.siga.sources.odbc_connection import attempts, connection_string
from sigasers.siga.sources.odbc_drivers import Family, family, installed
from sigasers.siga.sources.odbc_failures import OdbcFailure, guarded, of_statement
from sigasers.siga.sources.server import Motor, Server
from tests.sources.contract.bases import everything, read
from tests.sources.contract.tables import table
from tests.sources.odbc import drivers
from tests.sources.odbc.servers import emulated, snapshot, source
from tests.sources.tds_emulator.errors import SqlError
from tests.sources.tds_emulator.server import EmulatedServer
from tests.sources.tds_emulator.session import Settings

pytestmark = [pytest.mark.needs("unixodbc"), pytest.mark.usefixtures("odbc_drivers")]
both = pytest.mark.parametrize(
    "driver", [drivers.MICROSOFT, pytest.param(drivers.FREETDS, marks=pytest.mark.needs("freetds"))]
)
MADE = table("pedidos", "k int; v varchar(200)", *[(k, "x" * 200) for k in range(2000)], clave="k")
OTHER = table("otra", "k int", (1,), clave="k")


def spoken(error: SigasersError) -> str:
    """Give all that a log or an operator could see of an error, its causes too."""
    sentence = mensajes.sentence(error.code, error.fields)
    return f"{sentence.que} {sentence.porque} {sentence.haga} {''.join(traceback.format_exception(error))}"


@both
def test_a_wrong_password_is_tried_once(tmp_path: Path, driver: str) -> None:
    """And it is nowhere to be read afterwards."""
    with emulated(
        tmp_path,
        Settings(users={drivers.USER: "otra"}),
    ) as server:
        with pytest.raises(LoginRefusedError) as caught:
            source(driver, server).open_snapshot(lanes=1)
        assert server.refused == 1
    assert caught.value.fields == {"servidor": "127.0.0.1", "usuario": drivers.USER}
    assert drivers.PASSWORD not in spoken(caught.value)


@both
def test_a_database_that_the_login_may_not_enter(tmp_path: Path, driver: str) -> None:
    """Error 4060."""
    with emulated(tmp_path, Settings()) as server, pytest.raises(DatabaseUnknownError) as caught:
        source(driver, server, base="SIGA_9999").open_snapshot(lanes=1)
    assert caught.value.fields == {"base": "SIGA_9999", "usuario": drivers.USER}


@both
def test_a_server_that_is_not_there(driver: str) -> None:
    """No such name; a port where nobody listens; a port where somebody says nothing."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(ServerUnreachableError):
        OdbcSource(drivers.configured(driver, port), "x", wait_s=2).open_snapshot(lanes=1)
    nowhere = drivers.configured(driver, 1433)
    with pytest.raises(ServerNameError):
        OdbcSource(type(nowhere)(**{**vars(nowhere), "servidor": "no-existe.invalid"}), "x").open_snapshot(
            lanes=1
        )


@both
def test_a_port_that_speaks_something_else(driver: str) -> None:
    """It is told as what it is: no database answers there."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = drivers.configured(driver, silent.getsockname()[1])
        with pytest.raises(ServerUnreachableError):
            OdbcSource(server, "x", wait_s=1).open_snapshot(lanes=1)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """With ``cifrado`` it is checked; without it the connection is encrypted all the same."""
    with emulated(tmp_path, Settings(), OTHER) as server:
        with pytest.raises(ServerCertificateError):
            source(drivers.MICROSOFT, server, cifrado=True).open_snapshot(lanes=1)
        with snapshot(drivers.MICROSOFT, server) as opened:
            assert read(opened, everything(opened, OTHER)) == [(1,)]
            assert all(session.is_encrypted for session in server.sessions)
            assert all(session.is_read_only for session in server.sessions)


@pytest.mark.needs("freetds")
def test_freetds_is_not_trusted_with_a_certificate(tmp_path: Path) -> None:
    """It encrypts, but checks nothing: what asks for a check is not satisfied by it."""
    with emulated(tmp_path, Settings(), OTHER) as server:
        with pytest.raises(ServerCertificateError):
            source(drivers.FREETDS, server, cifrado=True).open_snapshot(lanes=1)
        with snapshot(drivers.FREETDS, server):
            assert all(session.is_encrypted for session in server.sessions)


@both
def test_a_server_without_tls_is_read_without_it(tmp_path: Path, driver: str) -> None:
    """Unless ``cifrado`` demands it."""
    with emulated(tmp_path, Settings(tls=False), OTHER) as server:
        with snapshot(driver, server) as opened:
            assert read(opened, everything(opened, OTHER)) == [(1,)]
        with pytest.raises(ServerCertificateError):
            source(driver, server, cifrado=True).open_snapshot(lanes=1)


@both
def test_a_table_that_may_not_be_read(tmp_path: Path, driver: str) -> None:
    """It is known beforehand, an error where it is read all the same, and costs no other table."""
    settings = Settings(snapshot=True)
    with emulated(tmp_path, settings, MADE, OTHER) as server:
        settings.trouble.denied.add("pedidos")
        with snapshot(driver, server) as opened:
            assert (opened.may_read("PEDIDOS"), opened.may_read("otra"), opened.may_read("nada")) == (
                False,
                True,
                False,
            )
            with pytest.raises(ReadRightsError) as caught:
                read(opened, everything(opened, MADE))
            assert caught.value.fields == {"base": "SIGA_1288", "tabla": "pedidos", "usuario": drivers.USER}
            assert read(opened, everything(opened, OTHER)) == [(1,)]


@both
def test_a_statement_that_takes_too_long_is_ended(tmp_path: Path, driver: str) -> None:
    """By the driver, with an attention that the server honours; the connection goes on."""
    settings = Settings(read_committed_snapshot=True)
    with emulated(tmp_path, settings, MADE, OTHER) as server, snapshot(driver, server, limit_s=1) as opened:
        settings.trouble.slow["pedidos"] = Event()
        with pytest.raises(StatementTimeoutError) as caught:
            read(opened, everything(opened, MADE))
        assert caught.value.fields == {"tabla": "pedidos", "segundos": 1}
        assert read(opened, everything(opened, OTHER)) == [(1,)]


@both
def test_a_connection_cut_in_the_middle_of_a_table(tmp_path: Path, driver: str) -> None:
    """Half a table is never taken for a whole one."""
    settings = Settings(read_committed_snapshot=True)
    with emulated(tmp_path, settings, MADE) as server, snapshot(driver, server, lanes=1) as opened:
        query = everything(opened, MADE)
        settings.trouble.cut_after_rows["pedidos"] = 900
        with pytest.raises(ConnectionLostError) as caught:
            read(opened, query)
        assert caught.value.fields["servidor"] == "127.0.0.1"
        with pytest.raises(SigasersError):
            read(opened, query)


@both
def test_a_server_that_goes_away_between_statements(tmp_path: Path, driver: str) -> None:
    """The next statement meets it."""
    with emulated(tmp_path, Settings(), MADE) as server, snapshot(driver, server, lanes=1) as opened:
        query = everything(opened, MADE)
        server.cut()
        with pytest.raises(ConnectionLostError):
            opened.lanes[0].totals(query, ())


@both
def test_what_the_engine_says_of_a_value_is_not_repeated(tmp_path: Path, driver: str) -> None:
    """SQL Server quotes cells in its errors; ours name number and table."""
    cell = "DNI 41234567"
    settings = Settings(snapshot=True)
    with emulated(tmp_path, settings, MADE) as server, snapshot(driver, server) as opened:
        query = everything(opened, MADE)
        settings.trouble.errors["pedidos"] = [
            SqlError(245, f"Conversion failed when converting '{cell}' to int.")
        ]
        with pytest.raises(SourceUnreadableError) as caught:
            read(opened, query)
    assert "245" in str(caught.value.fields["motivo"])
    assert cell not in spoken(caught.value)


def test_a_driver_that_is_not_installed_is_named_with_those_that_are(tmp_path: Path) -> None:
    """The machine's own list, as its driver manager gives it."""
    assert drivers.MICROSOFT in installed()
    with EmulatedServer(tmp_path / "base.db") as server, pytest.raises(DriverMissingError) as caught:
        source("Driver de otro mundo", server).open_snapshot(lanes=1)
    assert caught.value.fields["controlador"] == "Driver de otro mundo"
    assert drivers.MICROSOFT in str(caught.value.fields["presentes"])


def test_the_best_driver_is_taken_where_none_is_named(tmp_path: Path) -> None:
    """Microsoft's newest first."""
    with emulated(tmp_path, Settings(), OTHER) as server:
        opened = source("", server, controlador=None).open_snapshot(lanes=1)
        opened.close()
        assert server.sessions


def test_an_engine_that_nobody_knows(tmp_path: Path) -> None:
    """It is neither SQL Server nor PostgreSQL by its own word."""
    settings = Settings(version="Adaptive Server Enterprise/16.0")
    with emulated(tmp_path, settings) as server, pytest.raises(EngineUnknownError):
        source(drivers.MICROSOFT, server).open_snapshot(lanes=1)


@pytest.mark.parametrize("value", ["a;UID=sa", "}", "a}b;PWD=x", "{x}", " con blancos ", "ñ'\"=,"])
def test_no_value_ends_itself_in_a_connection_string(value: str) -> None:
    """Whatever a password or a name holds, it is one value: read back by the rules of ODBC."""
    text = connection_string(
        "ODBC Driver 18 for SQL Server", [("UID", "lector"), ("PWD", value), ("APP", "siga")]
    )
    assert _parsed(text) == [
        ("DRIVER", "ODBC Driver 18 for SQL Server"),
        ("UID", "lector"),
        ("PWD", value),
        ("APP", "siga"),
    ]


def test_freetds_is_not_given_what_it_would_cut() -> None:
    """It takes the first ``};`` as the end, whatever stands before."""
    with pytest.raises(ConfigurationError, match="FreeTDS"):
        connection_string(drivers.FREETDS, [("PWD", "a};Database=otra")])
    assert "PWD={a}b;c};" in connection_string(drivers.FREETDS, [("PWD", "a}b;c")])


@pytest.mark.parametrize(
    ("place", "port", "expected"),
    [
        ("SRV\\SIGA", None, [("SERVER", "SRV\\SIGA")]),
        ("SRV\\SIGA", 1500, [("SERVER", "SRV"), ("PORT", "1500")]),
        ("SRV", None, [("SERVER", "SRV"), ("PORT", "1433")]),
    ],
)
def test_freetds_finds_an_instance_by_its_name_or_by_its_port(
    place: str, port: int | None, expected: list[tuple[str, str]]
) -> None:
    """With a port named, FreeTDS does not ask for the instance's: it would read the wrong one without a word."""
    server = Server(motor=Motor.SQLSERVER, servidor=place, puerto=port, base="SIGA")
    for parts in attempts(server, drivers.FREETDS, port or 1433):
        assert parts[: parts.index(("DATABASE", "SIGA"))] == expected


def _parsed(text: str) -> list[tuple[str, str]]:
    """Read a connection string as ODBC defines it: braces around a value, a closing one doubled within."""
    found = []
    while text:
        key, _, text = text.partition("=")
        if not text.startswith("{"):
            value, _, text = text.partition(";")
        else:
            at = 1
            while text[at] != "}" or text[at : at + 2] == "}}":
                at += 2 if text[at] == "}" else 1
            value, text = text[1:at].replace("}}", "}"), text[at + 2 :]
        found.append((key, value))
    return found


@pytest.mark.parametrize(
    ("state", "native", "error"),
    [
        ("HYT00", 0, StatementTimeoutError), ("HY000", 1222, TableLockedError),
        ("55P03", 1, TableLockedError), ("40001", 1205, SourceUnreadableError), ("40P01", 1, SourceUnreadableError),
        ("57014", 1, StatementTimeoutError), ("42000", 229, ReadRightsError), ("42501", 1, ReadRightsError),
        ("08S01", 10054, ConnectionLostError), ("57P01", 1, ConnectionLostError), ("HY000", 20006, ConnectionLostError),
        ("42S02", 208, SourceUnreadableError), ("", 0, SourceUnreadableError),
    ],
)  # fmt: skip
def test_every_state_has_its_error(state: str, native: int, error: type[SigasersError]) -> None:
    """SQLSTATE and native number decide."""
    server = drivers.configured(drivers.MICROSOFT, 1433)
    found = of_statement(OdbcFailure(state, native), server, "pedidos", wait_s=5, limit_s=60)
    assert type(found) is error
    assert spoken(found)


def test_a_failure_keeps_nothing_of_the_drivers_text() -> None:
    """Not as its words, not as its cause, not as its context."""
    import arrow_odbc

    def fails() -> None:
        arrow_odbc.connect(f"DRIVER={{nada}};PWD={drivers.PASSWORD};")

    with pytest.raises(OdbcFailure) as caught:
        guarded(fails)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert caught.value.is_unknown_to_the_driver


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ODBC Driver 18 for SQL Server", Family.MICROSOFT), ("SQL Server Native Client 11.0", Family.MICROSOFT),
        ("FreeTDS", Family.FREETDS), ("PostgreSQL Unicode(x64)", Family.PSQLODBC), ("Oracle", Family.OTHER),
    ],
)  # fmt: skip
def test_drivers_are_known_by_their_names(name: str, expected: Family) -> None:
    """Each family writes its connection string in its own way."""
    assert family(name) is expected
