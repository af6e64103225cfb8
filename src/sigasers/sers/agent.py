"""The opened agent: everything that one engine of one profile works with."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sigasers.host import locks
from sigasers.keys.trust import Trust
from sigasers.sers import database, identity, settings, trust_file
from sigasers.sers.centre import Centre
from sigasers.sers.clock import Clock
from sigasers.sers.folder import ProfileFolder
from sigasers.sers.identity import Identity
from sigasers.sers.line import Line, open_line
from sigasers.sers.settings import Settings
from sigasers.sers.trace import Trace

LineOpener = Callable[[ProfileFolder, Trust], Line]


@dataclass(frozen=True, kw_only=True)
class Agent:
    """One engine: its folder, state, identity, line to the centre, logs and clock. One thread uses it."""

    folder: ProfileFolder
    settings: Settings
    db: sqlite3.Connection
    trust: Trust
    identity: Identity
    centre: Centre
    trace: Trace
    clock: Clock


def transmission_line(folder: ProfileFolder, trust: Trust) -> Line:
    """Give the line to the transmission listener, with our certificate."""
    return open_line(
        trust.document.transmision, trust.ca_certificates(), client=(folder.certificate, folder.identity_key)
    )


@contextmanager
def open_agent(root: Path, *, clock: Clock, line: LineOpener = transmission_line) -> Iterator[Agent]:
    """Open the profile in ``root`` as its one engine.

    Raises ``LockHeldError`` while another engine works there, ``ProfileMissingError``, ``ProfileCopiedError``,
    ``ProfileDamagedError``, ``SettingError``, and the errors of key files and of the disk.
    """
    folder = ProfileFolder.at(root)
    with ExitStack() as stack:
        trust = trust_file.load(folder)
        stack.enter_context(locks.hold(folder.lock))
        db = database.open_existing(folder)
        stack.callback(db.close)
        habits = settings.load(folder)
        habits.make_folders()
        trace = stack.enter_context(Trace(folder.logs))
        who = identity.load(folder, trust)
        opened = stack.enter_context(line(folder, trust))
        trace.credentials()
        yield Agent(
            folder=folder,
            settings=habits,
            db=db,
            trust=trust,
            identity=who,
            centre=Centre(opened),
            trace=trace,
            clock=clock,
        )
