"""One ODBC connection: its string, statements run and rows asked for, each with a limit.

The connection string holds the password: it is built here, given to the driver, and kept nowhere.
"""

import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from sigasers.errors import SigasersError
from sigasers.errors.siga import ConfigurationError
from sigasers.errors.sources import DriverMissingError, ServerCertificateError
from sigasers.siga.sources import odbc_failures
from sigasers.siga.sources.odbc_drivers import Family, family
from sigasers.siga.sources.odbc_failures import LOST, OdbcFailure, guarded
from sigasers.siga.sources.reachable import reach
from sigasers.siga.sources.server import Motor, Server

_PORTS = {Family.PSQLODBC: 5432}
_TDS_PORT = 1433
_PLAIN = re.compile(r"[\w.:,\\/-]*", re.ASCII)
_LONGEST = 1 << 30  # characters; psqlodbc binds no more than it announces, and announces 8190 unless told
_SMALL_ROWS, _SMALL_TEXT = 5_000, 4_000


class OdbcConnection:
    """An open connection; one thread at a time."""

    def __init__(self, handle: Any, limit_s: float) -> None:
        self._handle = handle
        self._limit_s = max(1, int(limit_s))
        self._reader: Any = None

    def run(self, statement: str) -> None:
        """Run a statement that gives no rows; raises ``OdbcFailure``."""
        self.end()
        handle = self._opened()
        guarded(lambda: handle.execute(statement, query_timeout_sec=self._limit_s))

    def judged(self, failure: OdbcFailure) -> OdbcFailure:
        """Give the failure; as a lost connection where nothing else was said and the server no longer answers."""
        if not failure.says_nothing:
            return failure
        try:
            self.rows("SELECT 1")
        except OdbcFailure:
            return OdbcFailure(LOST, failure.native)
        return failure

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Give the rows of a small query, every value as the driver's own type; raises ``OdbcFailure``."""
        self.open(statement, rows=_SMALL_ROWS, longest=_SMALL_TEXT)
        found: list[tuple[Any, ...]] = []
        while (batch := self.next()) is not None:
            found.extend(zip(*(column.to_pylist() for column in batch.columns), strict=True))
        return found

    def open(self, statement: str, *, rows: int, longest: int, schema: pa.Schema | None = None) -> None:
        """Run a query whose batches ``next`` gives: at most ``rows`` each.

        Values of unbounded columns have at most ``longest`` UTF-16 units or bytes. Text travels as UTF-16: no locale
        of this machine has a say.
        """
        self.end()
        handle = self._opened()
        self._reader = guarded(lambda: handle.read_arrow_batches(
            statement, batch_size=rows, max_bytes_per_batch=None, max_text_size=longest, max_binary_size=longest,
            schema=schema, fetch_concurrently=False, query_timeout_sec=self._limit_s,
            payload_text_encoding=library().TextEncoding.UTF16,
        ))  # fmt: skip

    def next(self) -> pa.RecordBatch | None:
        """Give the next batch, ``None`` after the last; raises ``OdbcFailure``."""
        reader = self._reader
        batch = guarded(lambda: next(reader, None)) if reader is not None else None
        if batch is None:
            self.end()
        return batch

    def _opened(self) -> Any:
        if self._handle is None:
            raise OdbcFailure("08003", 0)
        return self._handle

    def end(self) -> None:
        """Close the query before."""
        self._reader = None  # its last reference: the cursor is closed with it

    def close(self) -> None:
        """Disconnect; a transaction that is open is rolled back by the server."""
        self.end()
        self._handle = None


def connect(
    server: Server, password: str | None, driver: str, *, wait_s: float, limit_s: float
) -> OdbcConnection:
    """Connect; without ``cifrado`` TLS is used where the server has it. Raises the ``errors.sources`` of connecting."""
    port = server.puerto or _PORTS.get(family(driver), _TDS_PORT)
    if "\\" not in server.servidor or server.puerto:
        host = server.servidor.partition("\\")[0]  # without the instance of SERVIDOR\\INSTANCIA
        reach(server, host, port, wait_s)
    if server.cifrado and family(driver) is Family.FREETDS:
        words = "FreeTDS no comprueba el certificado del servidor; use el controlador ODBC de Microsoft"
        raise ServerCertificateError("not verified", servidor=server.servidor, motivo=words)
    failure: SigasersError | None = None
    for parts in attempts(server, driver, port):
        text = connection_string(driver, _with_options([*parts, *_login(server, password)], server.opciones))
        try:
            return OdbcConnection(guarded(lambda: _opened(text, wait_s)), limit_s)  # noqa: B023 - called at once
        except OdbcFailure as refused:
            failure = odbc_failures.of_login(refused, server, driver, port)
            if not refused.state.startswith("08"):
                break  # the server answered; a second try would count as a second wrong password
    assert failure is not None  # noqa: S101 - there is at least one attempt
    raise failure


def _with_options(parts: list[tuple[str, str]], options: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Let the operator's own keys stand for ours: a driver takes the first of two."""
    named = {key.lower() for key, _ in options}
    return [*((key, value) for key, value in parts if key.lower() not in named), *options]


def library() -> Any:
    """Give arrow-odbc, which loads the driver manager; raises ``DriverMissingError`` on a machine without one."""
    try:
        import arrow_odbc  # noqa: PLC0415 - see above
    except (ImportError, OSError) as error:
        raise DriverMissingError("no driver manager", controlador="unixODBC", presentes="ninguno") from error
    return arrow_odbc


def _opened(text: str, wait_s: float) -> Any:
    return library().connect(text, login_timeout_sec=max(1, int(wait_s)))


def connection_string(driver: str, parts: Sequence[tuple[str, str]]) -> str:
    """Join keys and values so that no value can end itself and begin another key.

    FreeTDS takes the first ``};`` as the end of a value and undoes nothing: what holds it cannot be said to it.
    Raises ``ConfigurationError``.
    """
    doubled = family(driver) is not Family.FREETDS
    fields = [f"DRIVER={{{driver}}}"]
    for key, value in parts:
        if not doubled and "};" in value:
            words = (
                "FreeTDS no admite «};» en un nombre ni en una contraseña; use el controlador de Microsoft"
            )
            raise ConfigurationError("}; for FreeTDS", ruta="siga.toml", motivo=words)
        if _PLAIN.fullmatch(value):
            fields.append(f"{key}={value}")  # psqlodbc takes braces off passwords alone
        else:
            fields.append(f"{key}={{{value.replace('}', '}}') if doubled else value}}}")
    return ";".join(fields) + ";"


def attempts(server: Server, driver: str, port: int) -> list[list[tuple[str, str]]]:
    """Give what names server and database in the driver's own words, the encrypted form first."""
    kind = family(driver)
    if kind is Family.MICROSOFT:
        place = (
            server.servidor if "\\" in server.servidor and not server.puerto else f"{server.servidor},{port}"
        )
        base = [
            ("SERVER", place),
            ("DATABASE", server.base),
            ("APP", "siga"),
            ("ApplicationIntent", "ReadOnly"),
        ]
        strict = [("Encrypt", "yes"), ("TrustServerCertificate", "no" if server.cifrado else "yes")]
        loose = [("Encrypt", "no"), ("TrustServerCertificate", "yes")]
        return [base + strict] if server.cifrado else [base + strict, base + loose]
    host, _, instance = server.servidor.partition("\\")
    if instance and not server.puerto:  # FreeTDS asks the server for the instance's port where none is named
        base = [("SERVER", server.servidor), ("DATABASE", server.base)]
    else:
        base = [("SERVER", host), ("PORT", str(port)), ("DATABASE", server.base)]
    if kind is Family.FREETDS:
        own = [
            ("TDS_Version", "7.4"),
            ("ClientCharset", "UTF-8"),
            ("APP", "siga"),
            ("ApplicationIntent", "ReadOnly"),
        ]
        return [[*base, *own, ("Encryption", how)] for how in ("require", "off")]
    if kind is Family.PSQLODBC:
        own = [("SSLmode", "verify-full" if server.cifrado else "prefer"), ("UseDeclareFetch", "1"), ("Fetch", "2000"),
               ("MaxLongVarcharSize", str(_LONGEST)), ("MaxVarcharSize", "8190")]  # fmt: skip
        return [[*base, *own]]
    return [base]


def _login(server: Server, password: str | None) -> list[tuple[str, str]]:
    if server.usuario is not None:
        return [("UID", server.usuario), ("PWD", password or "")]
    return [("Trusted_Connection", "yes")] if server.motor is Motor.SQLSERVER else []
