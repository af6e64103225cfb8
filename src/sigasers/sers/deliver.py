"""One sobre to the centre: numbered, offered, its missing files sent, its acuse verified and stored.

Offering again is always safe: the centre answers the same oferta and the same acuse for ever.
"""

from datetime import timedelta
from functools import partial

from sigasers import durable
from sigasers.errors import OwnError
from sigasers.errors.sers import (
    CentreRefusedError,
    FileChangedError,
    FileVanishedError,
    SobreRefusedError,
    WrongReceiptError,
)
from sigasers.formats.documents import Acuse
from sigasers.formats.tlog import Checkpoint, Note, Proof
from sigasers.keys.receipts import verify_acuse, verify_oferta
from sigasers.protocol.outbox import Event, State
from sigasers.protocol.retry import IN_ONE_PASS
from sigasers.sers import archive, chain, database, rows, take, upload
from sigasers.sers.agent import Agent
from sigasers.sers.centre import OfferAnswer
from sigasers.sers.clock import retried
from sigasers.sers.rows import Entry
from sigasers.sers.session import CHECKPOINT, Session

_ACUSE_POLL_S = 0.5
_MAX_ROUNDS = 3  # a centre that still misses what it said to have is left alone until the next pass
_FORK = "bifurcacion"


def deliver(agent: Agent, session: Session, entry: Entry) -> Entry:
    """Bring ``entry`` as far as the centre lets it: *recibido*, *rechazado*, or *enviando* when the acuse is late.

    Raises the errors of the line (what is stored stays, the next pass goes on) and ``TrustError``,
    ``WrongReceiptError`` for an answer that does not hold.
    """
    try:
        if entry.state is State.PREPARED:
            for file in entry.files:
                upload.check_unchanged(file, take.attached(agent, entry) / file.name)
            entry = chain.sign(agent, session, entry)
        return _until_acuse(agent, session, entry)
    except FileChangedError as error:
        return take.reject(agent, entry, Event.CHANGED, error)
    except FileVanishedError as error:
        return take.reject(agent, entry, Event.VANISHED, error)
    except SobreRefusedError as error:
        return take.reject(agent, entry, Event.REFUSED, error)


def _until_acuse(agent: Agent, session: Session, entry: Entry) -> Entry:
    deadline = agent.clock.now().plus(timedelta(seconds=agent.settings.wait_acuse_s))
    rounds = 0
    while True:
        answer = retried(partial(_offer, agent, entry), policy=IN_ONE_PASS, clock=agent.clock)
        if answer.acuse is not None:
            return _receive(agent, entry, answer.acuse)
        entry = _answered(agent, entry, answer)
        if answer.missing and rounds < _MAX_ROUNDS:
            _send_missing(agent, session, entry, answer)
            rounds += 1
        elif agent.clock.now() >= deadline:
            return entry
        else:
            agent.clock.sleep(_ACUSE_POLL_S)


def _offer(agent: Agent, entry: Entry) -> OfferAnswer:
    try:
        return agent.centre.offer(_token(entry))
    except CentreRefusedError as error:
        raise SobreRefusedError("sobre refused", **error.fields) from error


def _answered(agent: Agent, entry: Entry, answer: OfferAnswer) -> Entry:
    """Store the oferta: the proof that the sobre was offered, and when."""
    if entry.state is State.SENDING:
        return entry
    verify_oferta(answer.oferta, agent.trust, sobre=entry.sobre)
    with durable.transaction(agent.db, step="sers.sobre.answered"):
        rows.move(agent.db, entry, Event.ANSWERED, oferta=answer.oferta)
    return rows.by_id(agent.db, entry.id)


def _send_missing(agent: Agent, session: Session, entry: Entry, answer: OfferAnswer) -> None:
    folder = take.attached(agent, entry)
    for file in entry.files:
        if file.sha256 in answer.missing and entry.sobre is not None:
            agent.trace.say(
                "envio", f"enviando {file.name} ({file.size_bytes} bytes)", sobre=str(entry.sobre)
            )
            upload.upload(
                agent, entry.sobre, file, folder / file.name, piece_bytes=session.answer.piece_bytes
            )


def _receive(agent: Agent, entry: Entry, token: str) -> Entry:
    """Verify the acuse and store it; only now the sobre counts as sent."""
    acuse = verify_acuse(token, agent.trust)
    _check_ours(entry, acuse)
    destination = archive.choose(agent, entry, acuse)
    with durable.transaction(agent.db, step="sers.acuse.stored"):
        rows.move(
            agent.db,
            entry,
            Event.ACKNOWLEDGED,
            acuse=token,
            acuse_numero=acuse.numero,
            acusado=str(acuse.completado),
            destino=str(destination),
        )
        _keep_checkpoint(agent, acuse)
        if _FORK in acuse.marcas:
            chain.open_chain(agent.db, acuse.sobre)
    agent.trace.say(
        "acuse", f"acuse {acuse.numero} recibido y verificado: {entry.stem}", sobre=str(acuse.sobre)
    )
    if _FORK in acuse.marcas:
        agent.trace.say(
            _FORK, "AVISO: el centro ya tenía otro sobre con ese número; se abre otra instalación"
        )
    return rows.by_id(agent.db, entry.id)


def _check_ours(entry: Entry, acuse: Acuse) -> None:
    """Raise unless ``acuse`` answers just this sobre with just these files."""
    stated = tuple(file.statement() for file in entry.files)
    if (acuse.sobre, acuse.archivos) != (entry.sobre, stated):
        raise WrongReceiptError(
            "acuse of another sobre", motivo="El acuse es de otro sobre o de otros archivos."
        )


def _keep_checkpoint(agent: Agent, acuse: Acuse) -> None:
    """Keep the highest checkpoint that was verified; the next session carries it to the centre."""
    found = Proof.parse(acuse.prueba).checkpoint
    known = database.get(agent.db, CHECKPOINT)
    if known is not None:
        (old_origin, old_size), (origin, size) = _size(known), _size(found)
        if old_origin == origin and old_size >= size:
            return
    database.put(agent.db, CHECKPOINT, found)


def _size(note: str) -> tuple[str, int]:
    checkpoint = Checkpoint.parse(Note.parse(note))
    return checkpoint.origin, checkpoint.size


def _token(entry: Entry) -> str:
    if entry.token is None:
        raise OwnError("outbox: an entry without sobre is offered")
    return entry.token
