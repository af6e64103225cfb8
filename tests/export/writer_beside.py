"""Another program that writes into a base all the time that it is exported, as SIGA's users do."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# The unit's own rows are written anew as they are, a neighbour's with other values: pages and journal change all the
# time, and what is exported must not. A process of its own: a second SQLite in this one would undo the source's locks.
_WRITER = """
import sqlite3, sys, threading
base = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
base.execute("PRAGMA synchronous=OFF")
stopped = threading.Event()
def watch():
    sys.stdin.read()
    stopped.set()
threading.Thread(target=watch, daemon=True).start()
commits, told = 0, False
while not stopped.is_set():
    try:
        for statement in (
            "BEGIN IMMEDIATE",
            "UPDATE meta SET pia = pia",
            "UPDATE SIG_PEDIDOS SET MOTIVO_PEDIDO = MOTIVO_PEDIDO",
            "INSERT OR REPLACE INTO meta (ano_eje, sec_ejec, sec_func, pia) VALUES (2021, 1287, 9, random() % 1000)",
            "COMMIT",
        ):
            base.execute(statement)
        commits += 1
    except sqlite3.Error:
        if base.in_transaction:
            base.execute("ROLLBACK")
    if not told:
        print("escribe", flush=True)
        told = True
    stopped.wait(0.002)
print(commits, flush=True)
"""


@dataclass
class Writer:
    """Tells, once it was stopped, how often it committed."""

    commits: int = 0


@contextmanager
def writing_beside(base: Path) -> Iterator[Writer]:
    """Write into ``base`` until the block ends; without WAL, where readers and writers take turns, it is left alone."""
    writer = Writer()
    if not _is_wal(base):
        yield writer
        return
    command = [sys.executable, "-c", _WRITER, str(base)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdout.readline()  # it has tried to write once
            yield writer
        finally:
            process.stdin.close()
            writer.commits = int(process.stdout.read().split()[-1])


def _is_wal(base: Path) -> bool:
    """Tell it from the file's own header (bytes 18 and 19, section 1.3 of SQLite's file format): nothing is opened."""
    try:
        with base.open("rb") as file:
            return file.read(20)[18:20] == b"\x02\x02"
    except OSError:
        return False
