"""What PostgreSQL and libpq refuse, as errors of ours; by SQLSTATE (PostgreSQL manual, appendix A), never by text."""

import math

import psycopg
from psycopg import errors

from sigasers.errors import SigasersError
from sigasers.errors.siga import SourceUnreadableError
from sigasers.errors.sources import (
    ConnectionLostError,
    ReadRightsError,
    StatementTimeoutError,
    TableLockedError,
)
from sigasers.siga.sources.server import Server

_WORDS = {
    "40P01": "dos procesos se bloquearon uno a otro, y el servidor cortó esta lectura",
    "53": "al servidor le faltan recursos",
    "57": "el servidor se está deteniendo, o un administrador cortó la consulta",
    "58": "el servidor tiene un problema con sus archivos",
    "XX": "el servidor tiene un error interno o datos dañados",
}


def of_statement(
    error: psycopg.Error, server: Server, tabla: str, *, wait_s: float, limit_s: float
) -> SigasersError:
    """Give the error for a statement that failed while ``tabla`` was read; the times are those allowed."""
    match error:
        case errors.LockNotAvailable():
            return TableLockedError("locked", tabla=tabla, segundos=math.ceil(wait_s))
        case errors.QueryCanceled():
            return StatementTimeoutError("timeout", tabla=tabla, segundos=int(limit_s))
        case errors.InsufficientPrivilege():
            return ReadRightsError("no rights", tabla=tabla, base=server.base, usuario=server.usuario or "")
    if error.sqlstate is None:
        return ConnectionLostError(
            type(error).__name__, servidor=server.servidor, motivo="El servidor dejó de responder"
        )
    return SourceUnreadableError(
        f"sqlstate {error.sqlstate}", base=server.nombre, motivo=_words(error.sqlstate)
    )


def _words(state: str) -> str:
    words = _WORDS.get(state) or _WORDS.get(state[:2], "no pudo cumplir la consulta")
    return f"{words} (SQLSTATE {state})"
