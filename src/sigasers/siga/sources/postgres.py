"""A PostgreSQL database as a source: read only, one exported snapshot for all lanes, rows by COPY."""

from collections.abc import Iterable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import psycopg
from psycopg import sql

from sigasers.errors import SigasersError
from sigasers.formats.manifest import Consistencia
from sigasers.siga.sources import postgres_errors, postgres_login
from sigasers.siga.sources.postgres_lane import Failure, PostgresLane
from sigasers.siga.sources.postgres_login import Connection
from sigasers.siga.sources.postgres_schema import read_schema
from sigasers.siga.sources.reachable import reach
from sigasers.siga.sources.seam import Lane, TableSchema
from sigasers.siga.sources.server import USUAL_PORT, Server
from sigasers.siga.sources.trusted_roots import trusted_roots

_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_MIN_WAIT_S = 2.0  # for a connection
_CHANGEABLE = """
SELECT name FROM unnest(%s::text[]) AS name
WHERE has_table_privilege(to_regclass(quote_ident(name)), 'INSERT, UPDATE, DELETE, TRUNCATE')
"""
# What the values look like must not depend on the server's or the account's settings.
_SETTINGS = {
    "client_encoding": "UTF8",
    "DateStyle": "ISO, YMD",
    "TimeZone": "UTC",
    "bytea_output": "hex",
    "extra_float_digits": "3",
    "idle_in_transaction_session_timeout": "0",
}


class PostgresSource:
    """The database ``server``; ``wait_s`` is how long to wait for it or a lock, ``limit_s`` for one statement."""

    def __init__(
        self, server: Server, password: str | None, *, wait_s: float = 10.0, limit_s: float = 1800.0
    ) -> None:
        self._server, self._password, self._wait_s, self._limit_s = server, password, wait_s, limit_s

    def open_snapshot(self, *, lanes: int) -> "PostgresSnapshot":
        """Open ``lanes`` readers of one state; a standby server cannot share one: there, one lane alone.

        The connection that exports the snapshot reads no table. Raises the ``errors.sources`` of connecting.
        """
        reach(self._server, self._server.servidor, self._server.puerto or USUAL_PORT, self._wait_s)
        opened: list[Connection] = []
        kept = ExitStack()
        try:
            roots = kept.enter_context(trusted_roots(self._server))
            opened.append(self._connect(roots))
            keeper = opened[0]
            keeper.execute(_BEGIN)
            name = _exported(keeper)
            for _ in range(lanes if name else 1):
                opened.append(self._connect(roots))
                opened[-1].execute(_BEGIN)
                if name:
                    opened[-1].execute(
                        sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(name)), prepare=False
                    )
            return PostgresSnapshot(opened, self._failure, kept)
        except psycopg.Error as error:
            _close_all(opened)
            kept.close()
            raise self._failure(error, "la base") from error
        except BaseException:
            _close_all(opened)
            kept.close()
            raise

    def _failure(self, error: psycopg.Error, tabla: str) -> SigasersError:
        return postgres_errors.of_statement(
            error, self._server, tabla, wait_s=self._wait_s, limit_s=self._limit_s
        )

    def _connect(self, roots: Path | None) -> Connection:
        connection = postgres_login.enter(self._server, self._password, roots, max(_MIN_WAIT_S, self._wait_s))
        try:
            self._set(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _set(self, connection: Connection) -> None:
        settings = {
            **_SETTINGS,
            "statement_timeout": f"{int(self._limit_s * 1000)}",
            "lock_timeout": f"{int(self._wait_s * 1000)}",
        }
        if self._server.esquema:
            settings["search_path"] = sql.Identifier(self._server.esquema).as_string(connection)
        for name, value in settings.items():
            connection.execute("SELECT set_config(%s, %s, false)", (name, value))


class PostgresSnapshot:
    """One state of a PostgreSQL database; see ``seam.Snapshot``."""

    motor = "PostgreSQL"
    consistencia = Consistencia.INSTANTANEA
    bloquea_escritura = False

    def __init__(self, connections: list[Connection], failure: Failure, kept: ExitStack) -> None:
        """Take over ``connections`` and ``kept``, which holds what making another one (to cancel) needs."""
        self._connections, self._stopped, self._kept = connections, Event(), kept
        keeper, *readers = connections
        version = keeper.info.server_version
        self.motor_version = f"{version // 10000}.{version % 10000}"
        self._schema = read_schema(readers[0])
        self._own = tuple(PostgresLane(reader, self._schema, failure, self._stopped) for reader in readers)
        self.lanes: tuple[Lane, ...] = self._own

    def tables(self) -> dict[str, TableSchema]:
        """Give every table and view by its lower-case name."""
        return dict(self._schema.tablas)

    def may_read(self, tabla: str) -> bool:
        """Tell whether this user may select from ``tabla``."""
        table = self._schema.tablas.get(tabla.lower())
        return table is not None and table.nombre in self._schema.legibles

    def may_write(self, tablas: Iterable[str]) -> tuple[str, ...]:
        """Give those of ``tablas`` that this user could change. Reads catalogues alone; no lane may be reading."""
        found = self._connections[1].execute(_CHANGEABLE, (list(tablas),))
        return tuple(str(name) for (name,) in found)

    def clock(self) -> datetime:
        """Give the server's clock, now."""
        (at,) = self._connections[1].execute("SELECT clock_timestamp()").fetchone() or (datetime.now(UTC),)
        assert isinstance(at, datetime)  # noqa: S101 - the type of that function
        return at

    def cancel(self) -> None:
        """End reads under way in other threads: the server is told to stop them."""
        self._stopped.set()
        for connection in self._connections[1:]:
            with suppress(psycopg.Error):
                connection.cancel_safe(timeout=5)

    def close(self) -> None:
        """Release the snapshot."""
        for lane in self._own:
            with suppress(psycopg.Error, SigasersError):
                lane.end()
        _close_all(self._connections)
        self._kept.close()


def _exported(keeper: Connection) -> str | None:
    """Give the name under which others can take this snapshot; a standby server gives none."""
    standby = keeper.execute("SELECT pg_is_in_recovery()").fetchone()
    if standby is None or standby[0]:
        return None
    name = keeper.execute("SELECT pg_export_snapshot()").fetchone()
    return str(name[0]) if name else None


def _close_all(connections: list[Connection]) -> None:
    for connection in connections:
        with suppress(psycopg.Error):
            connection.close()
