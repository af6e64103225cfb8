"""Numbering and signing: one transaction takes the number, names the predecessor and stores the signed bytes."""

import secrets
import sqlite3
from dataclasses import dataclass

from sigasers import durable
from sigasers.formats import base64url
from sigasers.formats.documents import Sobre, Typ
from sigasers.keys import jws
from sigasers.model import Digest, Identifier
from sigasers.protocol.outbox import Event
from sigasers.sers import database, rows
from sigasers.sers.agent import Agent
from sigasers.sers.centre import Head
from sigasers.sers.rows import Entry
from sigasers.sers.session import INSTALACION, PREVIOUS_HEAD, Session


@dataclass(frozen=True, kw_only=True)
class _Link:
    """Where the next sobre goes in its chain."""

    instalacion: Identifier
    n: int
    previous: Digest | None
    earlier_head: Digest | None


def sign(agent: Agent, session: Session, entry: Entry) -> Entry:
    """Give ``entry`` with its sobre numbered, signed and stored; stored bytes are never signed again."""
    subject = agent.identity.subject
    with durable.transaction(agent.db, step="sers.sobre.signed"):
        link = _next(agent.db, session.answer.head)
        sobre = Sobre(
            aud=agent.trust.centre_id,
            registro=subject.registro,
            unidad=subject.unidad,
            sistema=subject.sistema,
            instalacion=link.instalacion,
            n=link.n,
            anterior=link.previous,
            cabeza_anterior=link.earlier_head,
            creado=agent.clock.now(),
            desfase_ms=session.offset_ms,
            archivos=tuple(file.statement() for file in entry.files),
            marcas=entry.marks,
        )
        token = jws.sign(sobre.to_payload(), typ=Typ.SOBRE, key=agent.identity.key)
        rows.move(
            agent.db,
            entry,
            Event.SIGNED,
            instalacion=str(link.instalacion),
            n=link.n,
            digest=str(jws.document_id(token)),
            jws=token,
        )
    signed = rows.by_id(agent.db, entry.id)
    agent.trace.say("numerado", f"sobre número {signed.n} firmado: {signed.stem}", sobre=str(signed.sobre))
    return signed


def open_chain(db: sqlite3.Connection, earlier_head: Digest) -> Identifier:
    """Begin, within the caller's transaction, a new instalación after ``earlier_head``."""
    database.put(db, PREVIOUS_HEAD, str(earlier_head))
    return _begin(db)


def _next(db: sqlite3.Connection, head: Head | None) -> _Link:
    """Give the place of the next sobre; a new instalación where the centre's head is ahead of what we hold."""
    stored = database.get(db, INSTALACION)
    instalacion = _begin(db) if stored is None else Identifier(stored)
    end = rows.chain_end(db, instalacion)
    if head is not None and head.instalacion == instalacion and _is_ahead(head, end):
        instalacion, end = open_chain(db, head.sobre), None
    if end is not None:
        return _Link(instalacion=instalacion, n=end[0] + 1, previous=end[1], earlier_head=None)
    earlier = database.get(db, PREVIOUS_HEAD)
    return _Link(
        instalacion=instalacion, n=1, previous=None, earlier_head=None if earlier is None else Digest(earlier)
    )


def _is_ahead(head: Head, end: tuple[int, Digest] | None) -> bool:
    """Tell whether the centre holds a sobre of this chain that we do not: we were restored from a backup."""
    return end is None or head.n > end[0] or (head.n == end[0] and head.sobre != end[1])


def _begin(db: sqlite3.Connection) -> Identifier:
    instalacion = Identifier(base64url.encode(secrets.token_bytes(16)))
    database.put(db, INSTALACION, str(instalacion))
    return instalacion
