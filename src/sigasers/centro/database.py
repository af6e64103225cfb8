"""The centre's state database: its schema, one writer that commits in groups, and readers.

Every write of the running engine goes through ``Writer``: what waits at the same time shares one transaction
and one sync, each in a savepoint of its own. An answer is given after the commit, never before.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Generic, TypeVar, cast

from sigasers import durable
from sigasers.errors.centro import BusyError, NewerStateError

T = TypeVar("T")
SCHEMA_VERSION = 2
_MAX_BATCH = 256  # writes of one group; bounds how long the first of them waits


def open_centre_database(path: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    """Open the database, which must have been prepared."""
    return durable.open_database(path, check_same_thread=check_same_thread)


def make_schema(connection: sqlite3.Connection) -> None:
    """Make what tables are missing; safe to repeat. Raises ``NewerStateError``, and then changes nothing."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise NewerStateError(f"schema {version}", version=version, conocida=SCHEMA_VERSION)
    script = files("sigasers.centro").joinpath("schema.sql").read_text(encoding="utf-8")
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    with durable.transaction(connection, step="centro.schema"):
        for statement in "\n".join(lines).split(";"):
            if statement.strip():
                connection.execute(statement)
        _add_missing_column(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _add_missing_column(connection: sqlite3.Connection) -> None:
    """Bring a table of version 1 to version 2: profiles say which schedule is in them, the old ones none."""
    columns = {row["name"] for row in connection.execute("PRAGMA table_info(perfiles)")}
    if "cronograma" not in columns:
        connection.execute("ALTER TABLE perfiles ADD COLUMN cronograma INTEGER NOT NULL DEFAULT 0")


def read_setting(connection: sqlite3.Connection, name: str) -> str | None:
    """Give the setting ``name``."""
    row = connection.execute("SELECT valor FROM ajustes WHERE clave = ?", (name,)).fetchone()
    return None if row is None else str(row["valor"])


def write_setting(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Set ``name``; to be called within a transaction."""
    connection.execute("INSERT OR REPLACE INTO ajustes (clave, valor) VALUES (?, ?)", (name, value))


@dataclass(frozen=True, kw_only=True)
class _Job(Generic[T]):
    """One write that waits, and who waits for it."""

    work: Callable[[sqlite3.Connection], T]
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[T]"


class _Outcome(Generic[T]):
    """What a write gave: a value or an error."""

    def __init__(self, job: _Job[T]) -> None:
        self.job = job
        self.value: T | None = None
        self.error: BaseException | None = None

    def deliver(self) -> None:
        if self.job.done.done():  # its waiter was cancelled
            return
        if self.error is not None:
            self.job.done.set_exception(self.error)
        else:
            self.job.done.set_result(cast("T", self.value))  # None is a value of T here


class Writer:
    """The one thread that writes; ``run`` may be awaited by any number of tasks at once."""

    def __init__(self, path: Path) -> None:
        """Open the database and start the thread."""
        self._connection = open_centre_database(path, check_same_thread=False)
        self._waiting: queue.SimpleQueue[_Job[object] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="centro-escritor", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``work`` in a transaction and give its result once it is committed and synced.

        ``work`` may be undone and its error raised; errors of the commit itself are ``DiskError``.
        """
        if self._closed:
            raise BusyError("the writer is closed")
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._waiting.put(cast("_Job[object]", _Job(work=work, loop=loop, done=done)))
        return await done

    def close(self) -> None:
        """Write what waits, then end; harmless twice."""
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
            self._thread.join()
            self._connection.close()

    def _work(self) -> None:
        while True:
            batch, last = self._next_batch()
            if batch:
                self._commit(batch)
            if last:
                return

    def _next_batch(self) -> tuple[list[_Job[object]], bool]:
        batch: list[_Job[object]] = []
        job = self._waiting.get()
        while job is not None:
            batch.append(job)
            try:
                if len(batch) == _MAX_BATCH:
                    return batch, False
                job = self._waiting.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _commit(self, batch: list[_Job[object]]) -> None:
        outcomes = [_Outcome(job) for job in batch]
        try:
            with durable.transaction(self._connection, step="centro.commit"):
                for outcome in outcomes:
                    self._run_one(outcome)
        except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it; the thread lives on
            for outcome in outcomes:
                outcome.error = outcome.error or error
        for outcome in outcomes:
            outcome.job.loop.call_soon_threadsafe(outcome.deliver)

    def _run_one(self, outcome: _Outcome[object]) -> None:
        self._connection.execute("SAVEPOINT una")
        try:
            outcome.value = outcome.job.work(self._connection)
        except Exception as error:  # noqa: BLE001 - it goes to its own waiter; the others' writes stand
            self._connection.execute("ROLLBACK TO una")
            outcome.error = error
        self._connection.execute("RELEASE una")
