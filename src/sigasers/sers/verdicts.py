"""Constancias: fetched for what was acknowledged, verified, kept beside the acuse."""

import json
import sqlite3

from sigasers import durable
from sigasers.formats.documents import Resultado
from sigasers.keys.receipts import verify_constancia
from sigasers.protocol.outbox import Event
from sigasers.protocol.retry import IN_ONE_PASS
from sigasers.sers import archive, rows
from sigasers.sers.agent import Agent
from sigasers.sers.clock import retried
from sigasers.sers.rows import Entry

_NOT_LAST = (Resultado.EN_ESPERA.value, Resultado.EN_REVISION.value)


def awaited(db: sqlite3.Connection) -> list[Entry]:
    """Give the archived entries whose last word is still to come."""
    return rows.awaiting_word(db, _NOT_LAST)


def fetch(agent: Agent, entry: Entry) -> Entry:
    """Give ``entry`` with the newest constancia, or as it was while there is none; raises as ``deliver`` does."""
    if entry.sobre is None or entry.acuse is None:
        return entry
    sobre, acuse = entry.sobre, entry.acuse
    token = retried(lambda: agent.centre.constancia(sobre), policy=IN_ONE_PASS, clock=agent.clock)
    if token is None or token == entry.constancia:
        return entry
    found = verify_constancia(token, agent.trust, acuse=acuse)
    if found.orden <= entry.order:
        return entry
    archive.keep_constancia(entry, found, token)
    with durable.transaction(agent.db, step="sers.constancia.stored"):
        rows.move(
            agent.db,
            entry,
            Event.JUDGED,
            constancia=token,
            constancia_numero=found.numero,
            resultado=found.resultado.value,
            orden=found.orden,
            razones=json.dumps([reason.to_json() for reason in found.razones], ensure_ascii=False),
        )
    agent.trace.say(
        "constancia", f"constancia {found.numero}: {found.resultado.value} — {entry.stem}", sobre=str(sobre)
    )
    return rows.by_id(agent.db, entry.id)
