"""Entering a PostgreSQL server by libpq, and why it was refused: by SQLSTATE, never by text.

libpq keeps that code to itself and gives a sentence in the server's language. Asked for codes alone
(``PQsetErrorVerbosity``), the sentence is a severity and the code. psycopg does not offer that call, so it is made on
the libpq that lies in psycopg's own wheel, which is the one that it uses. Where there is none, a refusal is told by
what is left: whether the password was asked for, and whether the database that every server has lets us in.
"""

import ctypes
import importlib.util
import re
import select
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq

from sigasers.errors import SigasersError
from sigasers.errors.sources import (
    DatabaseUnknownError,
    LoginRefusedError,
    ServerCertificateError,
    ServerRefusesError,
    ServerUnreachableError,
)
from sigasers.siga.sources.server import USUAL_PORT, Server

Connection = psycopg.Connection[tuple[Any, ...]]
Parameters = dict[str, str | int | None]
_EVERYWHERE = "postgres"  # the database that every server has
_SQLSTATE_ALONE = 3  # PQERRORS_SQLSTATE of libpq-fe.h
_CODE = re.compile(r":  ([0-9A-Z]{5})$", re.MULTILINE)
_NO_DATABASE = frozenset({"3D000", "42501"})
_PASSWORD, _NO_RULE = "28P01", "28000"
_WORDS = {
    _NO_RULE: "Sus reglas de entrada (pg_hba.conf) no admiten a ese usuario desde este equipo, o no existe esa cuenta",
    "53300": "Ya atiende todas las conexiones que admite",
    "57P03": "Está arrancando, deteniéndose o recuperándose",
}


def enter(server: Server, password: str | None, roots: Path | None, wait_s: float) -> Connection:
    """Enter the database of ``server``; ``roots`` are the authorities to trust, which ``cifrado`` needs.

    Raises the ``errors.sources`` of connecting.
    """
    parameters: Parameters = {
        "host": server.servidor,
        "port": server.puerto or USUAL_PORT,
        "dbname": server.base,
        "user": server.usuario,
        "password": password,
        "sslmode": "verify-full" if server.cifrado else "prefer",
        "sslrootcert": str(roots) if roots else None,
        "application_name": "siga",
    }
    refused, codes = _tried(parameters, wait_s)
    if refused.status == pq.ConnStatus.OK:
        connection = psycopg.Connection(refused)
        connection.autocommit, connection.prepare_threshold = True, None
        return connection
    asked = bool(refused.used_password or refused.needs_password)
    try:
        if codes is None and asked and not _enters({**parameters, "dbname": _EVERYWHERE}, wait_s):
            raise LoginRefusedError("login", servidor=server.servidor, usuario=server.usuario or "")
        raise _refusal(server, codes if codes is not None else ["3D000"] if asked else [], asked=asked)
    finally:
        refused.finish()


def _tried(parameters: Parameters, wait_s: float) -> tuple[pq.abc.PGconn, list[str] | None]:
    """Connect; gives the connection, made or refused, and the codes of its refusals (``None``: not to be had)."""
    conninfo = psycopg.conninfo.make_conninfo("", **parameters)
    pgconn = pq.PGconn.connect_start(conninfo.encode())
    tells = _codes_alone(pgconn)
    deadline = time.monotonic() + wait_s
    while pgconn.status != pq.ConnStatus.BAD:
        step = pgconn.connect_poll()
        if step not in {pq.PollingStatus.READING, pq.PollingStatus.WRITING}:
            break
        mine, left = [pgconn.socket], max(0.0, deadline - time.monotonic())
        reading = step == pq.PollingStatus.READING
        if not any(select.select(mine if reading else [], [] if reading else mine, [], left)):
            break
    return pgconn, _CODE.findall(pgconn.get_error_message()) if tells else None


def _enters(parameters: Parameters, wait_s: float) -> bool:
    pgconn, _ = _tried(parameters, wait_s)
    entered = bool(pgconn.status == pq.ConnStatus.OK)
    pgconn.finish()
    return entered


def _refusal(server: Server, codes: list[str], *, asked: bool) -> SigasersError:
    """Give the error; of several codes (with TLS and without) the one that is more than a missing rule."""
    user = server.usuario or ""
    code = next((each for each in codes if each != _NO_RULE), codes[0] if codes else None)
    if code is None and server.cifrado:
        words = "El servidor no cifra, o su certificado no es de confianza"
        return ServerCertificateError("tls", servidor=server.servidor, motivo=words)
    if code is None:
        words = "El puerto está abierto, pero no responde como PostgreSQL"
        port = server.puerto or USUAL_PORT
        return ServerUnreachableError("no answer", servidor=server.servidor, puerto=port, motivo=words)
    if code in _NO_DATABASE:
        return DatabaseUnknownError(code, base=server.base, usuario=user)
    if code == _PASSWORD or (code == _NO_RULE and asked):
        return LoginRefusedError(code, servidor=server.servidor, usuario=user)
    words = f"{_WORDS.get(code, 'No dice por qué')} (SQLSTATE {code})"
    return ServerRefusesError(code, servidor=server.servidor, motivo=words)


def _codes_alone(pgconn: Any) -> bool:
    """Have errors of ``pgconn`` be codes; tells whether they will be."""
    library = _libpq()
    if library is None:
        return False
    library.PQsetErrorVerbosity(ctypes.c_void_p(pgconn.pgconn_ptr), _SQLSTATE_ALONE)
    return True


@cache
def _libpq() -> ctypes.CDLL | None:
    """Give the libpq of psycopg's wheel; never another one, whose connections may be made otherwise."""
    spec = importlib.util.find_spec("psycopg_binary")
    if pq.__impl__ != "binary" or spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    found = [
        *package.with_name("psycopg_binary.libs").glob("libpq*"),
        *package.joinpath(".dylibs").glob("libpq*"),
    ]
    with suppress(OSError):
        return ctypes.CDLL(str(found[0])) if len(found) == 1 else None
    return None
