"""Taking files out of SourceOut: intent row, move into AttachOut, digest; and refusing what cannot travel."""

from pathlib import Path

from sigasers import durable, mensajes
from sigasers.durable import disk_error
from sigasers.errors import SigasersError
from sigasers.errors.formats import (
    FormatError,
    NotRarError,
    RarCutError,
    RarDamagedError,
    RarTrailingError,
)
from sigasers.errors.sers import BadFileNameError, CutRarError, FileVanishedError
from sigasers.formats.rar5 import RarArchive
from sigasers.model.wire import is_plain_file_name
from sigasers.protocol.outbox import Batch, Event
from sigasers.sers import aside, files, rows
from sigasers.sers.agent import Agent
from sigasers.sers.rows import Entry, OutFile

_CUT = (NotRarError, RarCutError, RarDamagedError, RarTrailingError)


def kept_aside(agent: Agent, name: str) -> bool:
    """Tell whether the settled file ``name`` of SourceOut cannot travel, and so was kept aside with its reason."""
    path = agent.settings.source_out / name
    refused = BadFileNameError("name cannot travel") if not is_plain_file_name(name) else _cut(path)
    if refused is not None:
        aside.keep(agent, path, refused)
    return refused is not None


def take(agent: Agent, batch: Batch) -> Entry:
    """Take ``batch`` and give its entry: *prepared*, or *rejected* when a file went away meanwhile."""
    with durable.transaction(agent.db, step="sers.take.intent"):
        entry_id = rows.insert(agent.db, batch, agent.settings.source_out, at=agent.clock.now())
    return finish(agent, rows.by_id(agent.db, entry_id))


def finish(agent: Agent, entry: Entry) -> Entry:
    """Bring a *detected* entry to *prepared*, from wherever an earlier run left it; *rejected* if a file is gone."""
    folder = attached(agent, entry)
    durable.make_folder(folder, step="sers.take.folder")
    for file in entry.files:
        if not _move(file, folder / file.name):
            error = FileVanishedError("gone before it was taken", archivo=file.name)
            return reject(agent, entry, Event.VANISHED, error)
    measured = [files.measure(folder / file.name) for file in entry.files]
    with durable.transaction(agent.db, step="sers.take.prepared"):
        rows.set_digests(agent.db, entry, measured)
        rows.move(agent.db, entry, Event.TAKEN)
    agent.trace.say("preparado", f"preparado para enviar: {_names(entry)}", entrada=entry.id)
    return rows.by_id(agent.db, entry.id)


def reject(agent: Agent, entry: Entry, event: Event, error: SigasersError) -> Entry:
    """Close ``entry`` as *rejected* because of ``error``; what is left of its files is kept aside."""
    entry = rows.by_id(agent.db, entry.id)  # the caller may hold what it was before the last event
    folder = attached(agent, entry)
    with durable.transaction(agent.db, step="sers.rejected"):
        rows.move(agent.db, entry, event, motivo_codigo=error.code, motivo=_reason(error))
        for file in entry.files:
            if (folder / file.name).exists():
                aside.plan(agent, folder / file.name, error)
    agent.trace.failed(error, entrada=entry.id)
    aside.finish(agent)
    files.remove_empty(folder)
    return rows.by_id(agent.db, entry.id)


def attached(agent: Agent, entry: Entry) -> Path:
    """Give the folder in AttachOut where the files of ``entry`` lie until they are archived."""
    return agent.settings.attach_out / f"{entry.id:06d}"


def _move(file: OutFile, target: Path) -> bool:
    """Have ``file`` at ``target``; tell whether it is there."""
    if target.exists():
        if files.is_left_over(file.source, target):
            durable.remove(file.source, step="sers.take.leftover")
        return True
    if not file.source.exists():
        return False
    durable.move_new(file.source, target, step="sers.take.move")
    return True


def _cut(path: Path) -> CutRarError | None:
    """Open a RAR's structure from signature to end; one that another program made is none of our business."""
    if not path.name.lower().endswith(".rar"):
        return None
    try:
        with path.open("rb") as file:
            RarArchive.open(file)
    except _CUT as error:
        return CutRarError(str(error), archivo=path.name, carpeta=str(path.parent))
    except FormatError:
        return None
    except FileNotFoundError:
        return None  # taking it will say so
    except OSError as error:
        raise disk_error(error, path) from error
    return None


def _names(entry: Entry) -> str:
    return ", ".join(file.name for file in entry.files)


def _reason(error: SigasersError) -> str:
    sentence = mensajes.sentence(error.code, error.fields)
    return f"{sentence.que} {sentence.porque}"
