"""One durable act, run as a program: ``python one_step.py FOLDER ACT``. The fault table ends it on the way.

Exit code 0 done, 3 told as a ``DiskError``; anything else is the test's failure or the kill.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from sigasers import durable
from sigasers.errors.disk import DiskError

OLD = b"old bytes"
NEW = b"new bytes, longer than the old ones"


def _transaction(folder: Path) -> None:
    connection = durable.open_database(folder / "state.db")
    with durable.transaction(connection, step="t.act"):
        connection.execute("UPDATE fact SET value = 'new'")


def _migrate(folder: Path) -> None:
    connection = durable.open_database(folder / "state.db")
    durable.migrate(connection, ["UPDATE fact SET value = 'new'"], step="t.act", too_new=_unexpected)


def _unexpected(version: int) -> Exception:
    return AssertionError(version)


def _sync_data(folder: Path) -> None:
    with (folder / "target").open("r+b") as file:
        file.write(NEW)
        file.flush()
        durable.sync_data(file.fileno(), folder / "target", step="t.act")


def _place(folder: Path) -> None:
    with durable.StagedFile(folder / "target.part") as staged:
        staged.write(NEW)
        staged.place(folder / "target", step="t.act")


ACTS: dict[str, Callable[[Path], None]] = {
    "write_new": lambda folder: durable.write_new(folder / "target", NEW, step="t.act"),
    "place": _place,
    "replace": lambda folder: durable.replace(folder / "target", NEW, step="t.act"),
    "move_new": lambda folder: durable.move_new(folder / "source", folder / "target", step="t.act"),
    "remove": lambda folder: durable.remove(folder / "target", step="t.act"),
    "make_folder": lambda folder: durable.make_folder(folder / "a" / "target", step="t.act"),
    "truncate": lambda folder: durable.truncate(folder / "target", 3, step="t.act"),
    "sync_data": _sync_data,
    "sync_folder": lambda folder: durable.sync_folder(folder, step="t.act"),
    "transaction": _transaction,
    "migrate": _migrate,
}


def main() -> int:
    """Run the act; gives the exit code."""
    folder, act = Path(sys.argv[1]), sys.argv[2]
    try:
        ACTS[act](folder)
    except DiskError:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
