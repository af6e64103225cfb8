"""A session with the centre: its clock, the head of our chain, and newer documents fetched when it names them."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sigasers.errors.keys import RolledBackError
from sigasers.errors.sers import WrongReceiptError
from sigasers.keys.receipts import verify_perfil
from sigasers.keys.trust import Trust
from sigasers.model import Identifier
from sigasers.protocol.retry import IN_ONE_PASS
from sigasers.sers import database, public_profile, trust_file
from sigasers.sers.agent import Agent
from sigasers.sers.centre import SessionAnswer
from sigasers.sers.clock import retried

INSTALACION = "instalacion"
PREVIOUS_HEAD = "cabeza_anterior"
CHECKPOINT = "checkpoint"


@dataclass(frozen=True, kw_only=True)
class Session:
    """What one session told; ``offset_ms``: the centre's clock minus ours, as measured when it opened."""

    answer: SessionAnswer
    offset_ms: int


def open_session(agent: Agent) -> tuple[Agent, Session]:
    """Open a session and give the agent with the newest root document.

    Raises the errors of the line, ``WrongReceiptError`` when the centre takes us for somebody else, and
    ``TrustError`` for documents that do not hold or went back.
    """
    current = database.get(agent.db, INSTALACION)
    checkpoint = database.get(agent.db, CHECKPOINT)
    before = agent.clock.now()

    def ask() -> SessionAnswer:
        instalacion = None if current is None else Identifier(current)
        return agent.centre.session(instalacion, clock=before, checkpoint=checkpoint)

    answer = retried(ask, policy=IN_ONE_PASS, clock=agent.clock)
    middle = before.plus((agent.clock.now().at - before.at) / 2)
    agent.trace.passkey()
    agent.trace.session(answer.sesion)
    subject = agent.identity.subject
    if (answer.registro, answer.unidad, answer.sistema) != (
        subject.registro,
        subject.unidad,
        subject.sistema,
    ):
        raise WrongReceiptError("another unit's session", motivo="El centro nos tomó por otra unidad.")
    offset_ms = (answer.hora.at - middle.at) // timedelta(milliseconds=1)
    trust = _newest_trust(agent, answer)
    agent = replace(agent, trust=trust)
    _newest_profile(agent, answer)
    return agent, Session(answer=answer, offset_ms=offset_ms)


def _newest_trust(agent: Agent, answer: SessionAnswer) -> Trust:
    if answer.raiz <= agent.trust.document.order:
        return agent.trust
    agent.trace.say("raiz", "el centro publicó un documento raíz más nuevo")
    token = retried(agent.centre.root, policy=IN_ONE_PASS, clock=agent.clock)
    return trust_file.renew(agent.folder, agent.trust, token)


def _newest_profile(agent: Agent, answer: SessionAnswer) -> None:
    """Fetch the profile if the centre has a newer one, or ours is gone; one that goes back is refused."""
    known = public_profile.known(agent.folder, agent.trust)
    if known is not None and known.order >= answer.perfil:
        return
    token = retried(agent.centre.profile, policy=IN_ONE_PASS, clock=agent.clock)
    found = verify_perfil(token, agent.trust)
    if known is not None and found.order < known.order:
        raise RolledBackError("profile went back", vista=known.order, recibida=found.order)
    if found.registro != agent.identity.subject.registro:
        raise WrongReceiptError(
            "another unit's profile", motivo="El centro entregó el perfil de otra unidad."
        )
    public_profile.write(agent.folder, agent.settings, agent.trust, token)
    agent.trace.say("perfil", f"perfil {found.epoca}.{found.n} recibido y verificado")
