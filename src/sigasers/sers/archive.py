"""Repository: what was acknowledged lies in ``AAAA/MM`` with its acuse, later with its constancia.

The month is that of the acuse, in UTC. A name that is taken there moves the whole sobre into a folder of its
own, named after the acuse.
"""

from pathlib import Path

from sigasers import durable
from sigasers.errors import OwnError
from sigasers.formats.documents import Acuse, Constancia
from sigasers.model.wire import MAX_NAME_BYTES
from sigasers.protocol.outbox import Event
from sigasers.sers import files, rows, take
from sigasers.sers.agent import Agent
from sigasers.sers.rows import Entry, OutFile

_ACUSE, _CONSTANCIA = ".acuse.jws", ".constancia.jws"


def choose(agent: Agent, entry: Entry, acuse: Acuse) -> Path:
    """Give the folder for ``entry``, in which none of its names is taken; nothing is made."""
    month = agent.settings.repository / f"{acuse.completado.at:%Y}" / f"{acuse.completado.at:%m}"
    names = [file.name for file in entry.files]
    names += [_document_name(entry.stem, ending, acuse.numero) for ending in (_ACUSE, _CONSTANCIA)]
    if any((month / name).exists() for name in names):
        return month / acuse.numero
    return month


def file_away(agent: Agent, entry: Entry) -> Entry:
    """Bring a *received* entry to *archived*: its files, then its acuse, from wherever an earlier run left them."""
    target, folder = _destination(entry), take.attached(agent, entry)
    durable.make_folder(target, step="sers.archive.folder")
    for file in entry.files:
        _move(agent, entry, file, folder / file.name, target / file.name)
    _write_acuse(target / _document_name(entry.stem, _ACUSE, entry.acuse_number or ""), entry)
    with durable.transaction(agent.db, step="sers.archive.done"):
        rows.move(agent.db, entry, Event.FILED)
    files.remove_empty(folder)
    agent.trace.say("archivado", f"archivado en {target}: {entry.stem}", sobre=str(entry.sobre))
    return rows.by_id(agent.db, entry.id)


def keep_constancia(entry: Entry, constancia: Constancia, token: str) -> Path:
    """Write the constancia beside the acuse; one that supersedes has its order in its name."""
    ending = _CONSTANCIA if constancia.orden == 1 else f".constancia-{constancia.orden}.jws"
    path = _destination(entry) / _document_name(entry.stem, ending, constancia.numero)
    data = token.encode("ascii")
    if not files.holds(path, data):
        durable.replace(path, data, step="sers.constancia.file")
    return path


def acuse_path(entry: Entry) -> Path:
    """Give where the acuse of an acknowledged entry lies, once it is archived."""
    return _destination(entry) / _document_name(entry.stem, _ACUSE, entry.acuse_number or "")


def _move(agent: Agent, entry: Entry, file: OutFile, source: Path, target: Path) -> None:
    if target.exists():
        if files.is_left_over(source, target):
            durable.remove(source, step="sers.archive.leftover")
    elif source.exists():
        durable.move_new(source, target, step="sers.archive.move")
    else:  # acknowledged all the same: the centre has it; a folder restored from a backup looks like this
        agent.trace.say("ausente", f"AVISO: {file.name} ya no está en AttachOut", sobre=str(entry.sobre))


def _write_acuse(path: Path, entry: Entry) -> None:
    data = (entry.acuse or "").encode("ascii")
    if not files.holds(path, data):
        durable.replace(path, data, step="sers.archive.acuse")


def _document_name(stem: str, ending: str, number: str) -> str:
    name = stem + ending
    return name if len(name.encode("utf-8")) <= MAX_NAME_BYTES else number + ending


def _destination(entry: Entry) -> Path:
    if entry.destination is None:
        raise OwnError("outbox: an entry without acuse has no place in Repository")
    return Path(entry.destination)
