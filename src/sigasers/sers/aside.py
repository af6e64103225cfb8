"""Files that cannot be sent are kept in ``Apartados``, each with ``<name>.motivo.txt`` that says why.

Intent row first, then the reason, then the file: a crash between any two is finished at the next start, and no
file is ever there without its reason.
"""

import sqlite3
from pathlib import Path
from urllib.parse import quote, unquote

from sigasers import durable, mensajes
from sigasers.errors import SigasersError
from sigasers.sers import files
from sigasers.sers.agent import Agent

REASON_SUFFIX = ".motivo.txt"
_MAX_STEM_BYTES = 200  # leaves room for the number, the extension and the reason's suffix


def plan(agent: Agent, source: Path, error: SigasersError) -> None:
    """Write, within the caller's transaction, the intent to keep ``source`` aside because of ``error``."""
    name = _shown(source.name)
    target = _free_name(agent, name)
    told = type(error)(error.detail, **{**error.fields, "archivo": name, "carpeta": target.parent})
    parts = mensajes.sentence(told.code, told.fields)
    text = f"{parts.que}\n{parts.porque}\n{parts.haga}\nCódigo: {told.code}. Fecha: {agent.clock.now()}\n"
    agent.db.execute(
        "INSERT INTO apartados (nombre, origen, destino, codigo, texto, apartado, hecho)"
        " VALUES (?, ?, ?, ?, ?, ?, 0)",
        (name, _written(source), str(target), told.code, text, str(agent.clock.now())),
    )
    agent.trace.failed(told)


def keep(agent: Agent, source: Path, error: SigasersError) -> None:
    """Keep ``source`` aside because of ``error``; when it returns, file and reason are durable."""
    with durable.transaction(agent.db, step="sers.aside.plan"):
        plan(agent, source, error)
    finish(agent)


def finish(agent: Agent) -> None:
    """Carry out every intent that is not done; raises ``DiskError``."""
    for row in agent.db.execute("SELECT * FROM apartados WHERE hecho = 0 ORDER BY id").fetchall():
        _carry_out(row)
        with durable.transaction(agent.db, step="sers.aside.done"):
            agent.db.execute("UPDATE apartados SET hecho = 1 WHERE id = ?", (row["id"],))


def _carry_out(row: sqlite3.Row) -> None:
    source, target = _read(row["origen"]), Path(row["destino"])
    durable.make_folder(target.parent, step="sers.aside.folder")
    reason = target.with_name(target.name + REASON_SUFFIX)
    durable.replace(reason, row["texto"].encode("utf-8"), step="sers.aside.reason")
    if target.exists():
        if files.is_left_over(source, target):
            durable.remove(source, step="sers.aside.leftover")
    elif source.exists():
        durable.move_new(source, target, step="sers.aside.move")


def _shown(name: str) -> str:
    """Give ``name`` as it can be shown: bytes that are no UTF-8, and what moves a cursor, are ``_``."""
    return "".join(char if char.isprintable() else "_" for char in name)


def _written(source: Path) -> str:
    """Give ``source``, an absolute path, as text for the database: as it is, or escaped after ``%``."""
    text = str(source)
    return text if text.isprintable() else "%" + quote(text, safe="", errors="surrogatepass")


def _read(written: str) -> Path:
    """Give the path that ``_written`` wrote."""
    return Path(unquote(written[1:], errors="surrogatepass") if written.startswith("%") else written)


def _free_name(agent: Agent, name: str) -> Path:
    """Give a name in ``Apartados`` that neither a file nor an intent has."""
    stem, dot, extension = name.rpartition(".")
    base = (stem or extension).encode("utf-8")[:_MAX_STEM_BYTES].decode("utf-8", errors="ignore")
    ending = f"{dot}{extension}" if stem else ""
    taken = {row["destino"] for row in agent.db.execute("SELECT destino FROM apartados")}
    for count in range(1, 1_000_000):
        number = "" if count == 1 else f" ({count})"
        target = agent.settings.apartados / f"{base}{number}{ending}"
        if str(target) not in taken and not target.exists():
            return target
    raise AssertionError("a million files of one name")
