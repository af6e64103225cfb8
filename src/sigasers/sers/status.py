"""What ``sers estado`` tells: read without a lock and without network, so also while the service works."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sigasers.errors import SigasersError
from sigasers.errors.sers import ProfileCopiedError, ProfileMissingError
from sigasers.host import locks
from sigasers.model import Instant
from sigasers.protocol.outbox import FINAL, State, lone_htmls
from sigasers.sers import database, files, identity, rows, settings, trust_file, verdicts
from sigasers.sers.folder import ProfileFolder
from sigasers.sers.rows import Entry
from sigasers.sers.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Status:
    """The state of one profile. ``problem``: what hinders it; ``step``: what to do next (Spanish)."""

    registered: bool
    folder: Path
    service_running: bool
    next_step: str
    problem: SigasersError | None = None
    unidad: str | None = None
    sistema: str | None = None
    registro: str | None = None
    centre: str | None = None
    expires: Instant | None = None
    counts: dict[State, int] | None = None
    open_entries: tuple[Entry, ...] = ()
    last_acknowledged: Entry | None = None
    last_judged: Entry | None = None
    aside: int = 0
    waiting: tuple[str, ...] = ()
    lone: tuple[str, ...] = ()


def status(root: Path, *, now: Instant) -> Status:
    """Give the state of the profile in ``root``; what is wrong with it is part of the answer, not raised."""
    folder = ProfileFolder.at(root)
    running = locks.is_held(folder.lock)
    try:
        return _registered(folder, running=running, now=now)
    except ProfileMissingError as error:
        step = "Ejecute «sers registrar --identidad ARCHIVO» con lo que le entregó el centro."
        return Status(
            registered=False, folder=folder.root, service_running=running, next_step=step, problem=error
        )
    except SigasersError as error:
        copied = isinstance(error, ProfileCopiedError)
        step = "Registre una carpeta nueva." if copied else "Corrija el problema indicado."
        return Status(
            registered=False, folder=folder.root, service_running=running, next_step=step, problem=error
        )


def _registered(folder: ProfileFolder, *, running: bool, now: Instant) -> Status:
    trust = trust_file.load(folder)
    with closing(database.open_existing(folder)) as db:
        who = identity.load(folder, trust)
        habits = settings.load(folder)
        names, problem = _source_out(habits)
        lone = lone_htmls(names)
        waiting = tuple(name for name in sorted(names) if name not in lone)
        entries = tuple(rows.in_states(db, set(State) - FINAL))
        return Status(
            registered=True,
            folder=folder.root,
            service_running=running,
            problem=problem,
            unidad=str(who.subject.unidad),
            sistema=who.subject.sistema,
            registro=str(who.subject.registro),
            centre=trust.centre_id,
            expires=who.expires,
            counts=rows.counts(db),
            open_entries=entries,
            last_acknowledged=rows.last_acknowledged(db),
            last_judged=rows.last_acknowledged(db, judged=True),
            aside=int(db.execute("SELECT count(*) FROM apartados").fetchone()[0]),
            waiting=waiting,
            lone=tuple(lone),
            next_step=_step(
                expired=who.expires <= now,
                to_send=bool(waiting or entries),
                running=running,
                awaited=len(verdicts.awaited(db)),
            ),
        )


def _source_out(habits: Settings) -> tuple[list[str], SigasersError | None]:
    try:
        return [file.name for file in files.scan(habits.source_out)], None
    except SigasersError as error:
        return [], error


def _step(*, expired: bool, to_send: bool, running: bool, awaited: int) -> str:
    if expired:
        return "El certificado venció: pida al centro una identidad nueva."
    if to_send and running:
        return "Nada: el servicio está enviando lo pendiente."
    if to_send:
        return "Ejecute «sers enviar», o deje funcionando «sers servicio ejecutar»."
    if awaited:
        return (
            "Todo tiene acuse. Falta la constancia de algunos envíos: llegará con el próximo «sers enviar»."
        )
    return "Nada pendiente: todo lo enviado tiene su acuse y su constancia."
