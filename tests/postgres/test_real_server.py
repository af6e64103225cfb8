"""The PostgreSQL server of the tests: it is a real one, and it ends with whoever started it."""

import os
import signal
import subprocess
import sys

import psutil
import psycopg
import pytest

from scripts.postgres import PostgresServer


def test_it_holds_the_demonstration_base(postgres: PostgresServer, postgres_siga: str) -> None:
    """All 173 tables, their keys, nulls apart from empty texts."""
    with psycopg.connect(postgres.conninfo(postgres_siga)) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        units = connection.execute("SELECT sec_ejec FROM ejecutora ORDER BY sec_ejec").fetchall()
        keyless = connection.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'p' AND connamespace = 'public'::regnamespace"
        ).fetchone()
    assert tables == (173,)
    assert [int(unit) for (unit,) in units] == [1287, 1288]
    assert keyless is not None
    assert keyless[0] > 150


def test_a_wrong_password_is_refused(postgres: PostgresServer) -> None:
    """What is tested against it meets real refusals."""
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres.conninfo(password="otra"))


@pytest.mark.skipif(os.name != "posix", reason="kills by a signal of POSIX")
def test_it_ends_even_if_its_starter_is_killed() -> None:
    """No server outlives a test run that died."""
    program = (
        "from scripts.postgres import running_server\n"
        "with running_server() as server:\n"
        "    print(server.pid, flush=True)\n"
        "    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as starter:
        assert starter.stdout is not None
        server = psutil.Process(int(starter.stdout.readline()))
        starter.send_signal(signal.SIGKILL)
    psutil.wait_procs([server], timeout=60)
    assert not server.is_running() or server.status() == psutil.STATUS_ZOMBIE
