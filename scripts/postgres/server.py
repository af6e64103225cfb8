"""Starts a PostgreSQL server of its own on a free loopback port, and sees that it ends when its starter does.

The server hangs on a keeper process (``keeper``) that waits for the end of its standard input: even a starter that
is killed leaves no server behind.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

SUPERUSER = "postgres"


@dataclass(frozen=True, kw_only=True)
class PostgresServer:
    """A running server: where it listens, its superuser's password, the folder of its programs, its first process."""

    host: str
    port: int
    password: str = field(repr=False)
    programs: Path
    pid: int

    def conninfo(
        self, database: str = "postgres", *, user: str = SUPERUSER, password: str | None = None
    ) -> str:
        """Give what libpq needs to connect; it holds the password."""
        secret = self.password if password is None else password
        return psycopg.conninfo.make_conninfo(
            host=self.host, port=self.port, dbname=database, user=user, password=secret
        )

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """Make an empty database, or a copy of ``template``."""
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            origin = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
            connection.execute(sql.SQL("CREATE DATABASE {}{}").format(sql.Identifier(name), origin))


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Give a server with nothing in it; it and its data are gone afterwards."""
    command = [sys.executable, "-m", "scripts.postgres.keeper"]
    root = Path(__file__).resolve().parent.parent.parent
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as keeper:
        assert keeper.stdin is not None and keeper.stdout is not None  # noqa: S101, PT018 - what PIPE gives
        try:
            told = json.loads(keeper.stdout.readline() or b"{}")
            if "port" not in told:
                raise RuntimeError(f"no PostgreSQL server: {told.get('error', 'the keeper ended')}")
            yield PostgresServer(
                host=told["host"],
                port=told["port"],
                password=told["password"],
                programs=Path(told["programs"]),
                pid=told["pid"],
            )
        finally:
            keeper.stdin.close()
