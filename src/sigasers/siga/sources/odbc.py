"""A database behind ODBC as a source: SQL Server by Microsoft's driver or FreeTDS, PostgreSQL by psqlodbc. Read only.

How consistent what is read is depends on the database, and is said: one SNAPSHOT transaction where it is allowed,
else one state for each statement (``por_tabla``), else short reads of committed rows (``lectura_confirmada``).
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from threading import Event

from sigasers.errors import SigasersError
from sigasers.errors.siga import SourceUnreadableError
from sigasers.errors.sources import EngineUnknownError
from sigasers.siga.sources import odbc_drivers, odbc_failures
from sigasers.siga.sources.expressions import column
from sigasers.siga.sources.odbc_connection import OdbcConnection, connect
from sigasers.siga.sources.odbc_dialect import Dialect, EngineTable, Opening
from sigasers.siga.sources.odbc_failures import OdbcFailure
from sigasers.siga.sources.odbc_lane import OdbcLane
from sigasers.siga.sources.psqlodbc_statements import PsqlodbcDialect
from sigasers.siga.sources.seam import Lane, Query, TableSchema, by_lower_name
from sigasers.siga.sources.server import Server
from sigasers.siga.sources.tsql_statements import TsqlDialect

_SECONDS = len("2021-01-31 23:59:59")
# Asked in this order of an engine that nobody named; each is an error to the others.
_WHO = (("SELECT @@VERSION", "SQL Server", TsqlDialect), ("SELECT version()", "PostgreSQL", PsqlodbcDialect))


class OdbcSource:
    """The database ``server``; ``wait_s`` is how long to wait for it or a lock, ``limit_s`` for one statement."""

    def __init__(
        self, server: Server, password: str | None, *, wait_s: float = 10.0, limit_s: float = 1800.0
    ) -> None:
        self._server, self._password, self._wait_s, self._limit_s = server, password, wait_s, limit_s

    def open_snapshot(self, *, lanes: int) -> "OdbcSnapshot":
        """Open the best state that the database allows; at most ``lanes`` readers, one where one connection holds it.

        Raises ``DriverMissingError`` and the ``errors.sources`` of connecting, ``SourceUnreadableError``.
        """
        driver = odbc_drivers.chosen(self._server)
        first = self._connect(driver)
        try:
            dialect = self._dialect(first, driver)
            opening = dialect.opening(first)
            _run(first, opening.sesion)  # the schema that is looked at among it
            tables = dialect.tables(first)
            try:
                return self._opened(first, driver, dialect, opening, tables, lanes)
            except OdbcFailure as failure:
                if opening.alternativa is None or not failure.is_refused_snapshot:
                    raise
                first = self._connect(driver)
                _run(first, opening.alternativa.sesion)
                return self._opened(first, driver, dialect, opening.alternativa, tables, lanes)
        except OdbcFailure as failure:
            first.close()
            raise self._failure(failure, "la base") from failure
        except BaseException:
            first.close()
            raise

    def _failure(self, failure: OdbcFailure, tabla: str) -> SigasersError:
        return odbc_failures.of_statement(
            failure, self._server, tabla, wait_s=self._wait_s, limit_s=self._limit_s
        )

    def _connect(self, driver: str) -> OdbcConnection:
        return connect(self._server, self._password, driver, wait_s=self._wait_s, limit_s=self._limit_s)

    def _dialect(self, connection: OdbcConnection, driver: str) -> Dialect:
        for question, name, dialect in _WHO:
            try:
                told = str(connection.rows(question)[0][0])
            except OdbcFailure as failure:
                if failure.is_lost or failure.is_timeout:
                    raise
                continue
            if name in told:
                return dialect(self._server.esquema, self._wait_s)
        raise EngineUnknownError("neither SQL Server nor PostgreSQL", motor=driver)

    def _opened(
        self,
        first: OdbcConnection,
        driver: str,
        dialect: Dialect,
        opening: Opening,
        tables: list[EngineTable],
        lanes: int,
    ) -> "OdbcSnapshot":
        connections = [first]
        try:
            while len(connections) < (1 if opening.una_sola else lanes):
                connections.append(self._connect(driver))
                _run(connections[-1], opening.sesion)
            for connection in connections:
                _run(connection, opening.sentencias)
            if opening.una_sola:
                _fix(first, dialect, tables)
            version = dialect.version(first)
        except BaseException:
            for connection in connections:
                connection.close()
            raise
        return OdbcSnapshot(connections, dialect, opening, tables, version, self._failure)


def _run(connection: OdbcConnection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.run(statement)


def _fix(connection: OdbcConnection, dialect: Dialect, tables: list[EngineTable]) -> None:
    """Read one row: it is the first read that fixes the state of a transaction, and that may be refused."""
    readable = next((table for table in tables if table.legible and table.columnas), None)
    if readable is not None:
        query = Query(tabla=readable.nombre, columnas=())
        first = dialect.carrier(readable.columnas[0]).medida or column(readable.columnas[0].nombre)
        connection.rows(dialect.text(dialect.select([first], query, first=1)))


class OdbcSnapshot:
    """An open state of a database behind ODBC; see ``seam.Snapshot``."""

    bloquea_escritura = False

    def __init__(
        self,
        connections: list[OdbcConnection],
        dialect: Dialect,
        opening: Opening,
        tables: list[EngineTable],
        version: str,
        failure: Callable[[OdbcFailure, str], SigasersError],
    ) -> None:
        self.motor, self.motor_version, self.consistencia = dialect.motor, version, opening.consistencia
        self._connections, self._stopped, self._dialect = connections, Event(), dialect
        self._schemas = by_lower_name(table.schema for table in tables)
        taken = {schema.nombre for schema in self._schemas.values()}
        self._tables = {table.nombre.lower(): table for table in tables if table.nombre in taken}
        self._own = tuple(
            OdbcLane(one, dialect, self._tables, failure, self._stopped, opening) for one in connections
        )
        self.lanes: tuple[Lane, ...] = self._own

    def tables(self) -> dict[str, TableSchema]:
        """Give every table by its lower-case name."""
        return dict(self._schemas)

    def may_read(self, tabla: str) -> bool:
        """Tell whether this login may select from ``tabla``."""
        table = self._tables.get(tabla.lower())
        return table is not None and table.legible

    def may_write(self, tablas: Iterable[str]) -> tuple[str, ...]:
        """Give those of ``tablas`` that this login could change; no lane may be reading."""
        wanted = set(tablas)
        rows = self._connections[0].rows(self._dialect.changeable())
        return tuple(str(name) for name, *rights in rows if name in wanted and 1 in rights)

    def clock(self) -> datetime:
        """Give the server's clock, now; no lane may be reading."""
        text = str(self._connections[0].rows(self._dialect.clock)[0][0])
        return datetime.fromisoformat(text[:_SECONDS]).replace(tzinfo=UTC)

    def cancel(self) -> None:
        """End reads under way at their next batch (the driver has no interrupt): ``ReadStoppedError``."""
        self._stopped.set()

    def close(self) -> None:
        """Release the state; what a server holds for a connection ends with it."""
        for connection in self._connections:
            with suppress(OdbcFailure, SourceUnreadableError):
                connection.close()
