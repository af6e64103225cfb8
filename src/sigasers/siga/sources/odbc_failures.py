"""What an ODBC driver refuses, as errors of ours; by SQLSTATE and native number, never by text.

A driver's text can hold a cell ("conversion failed when converting the value 'x' ...") or part of the connection
string, so nothing of it goes on: not in an error, not as its cause.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa

from sigasers.errors import SigasersError
from sigasers.errors.siga import SourceUnreadableError
from sigasers.errors.sources import (
    ConnectionLostError,
    DatabaseUnknownError,
    DriverMissingError,
    LoginRefusedError,
    ReadRightsError,
    ServerCertificateError,
    ServerUnreachableError,
    StatementTimeoutError,
    TableLockedError,
)
from sigasers.siga.sources.server import Server

T = TypeVar("T")
_SHAPE = re.compile(r"State: (\w{5}), Native error: (-?\d+)")  # how arrow-odbc begins every diagnostic record
_CANNOT_OPEN = frozenset({4060, 4064, 911, 916, 40615})
_NO_RIGHTS = frozenset({229, 230, 262, 297, 300, 371})
_VICTIM, _LOCKED = 1205, 1222  # of a deadlock; a lock not got in time
_BUSY = frozenset({_VICTIM, _LOCKED, 3960})  # the last: a snapshot too old
_OVERFLOW = 8115
_NO_SNAPSHOT = frozenset({3952, 3957, 3961})
_LOST_NATIVE = frozenset(
    {20004, 20006, 20017, 10054, 10053, 596}
)  # FreeTDS: read, write, end; sockets; a killed session
LOST = "08S01"
_TIMEOUT_STATES = frozenset({"HYT00", "HYT01", "57014"})


@dataclass
class OdbcFailure(Exception):  # noqa: N818 - not an error of the tree: it becomes one where the table is known
    """A diagnostic record without its text; ``state`` is empty where arrow-odbc itself refused what it got."""

    state: str
    native: int

    @property
    def is_busy(self) -> bool:
        """Somebody else's lock, which may be gone at the next try."""
        return self.native in _BUSY or self.state in {"40001", "40P01", "55P03"}

    @property
    def is_overflow(self) -> bool:
        """A sum with more digits than the engine holds."""
        return self.native == _OVERFLOW or self.state == "22003"

    @property
    def is_refused_snapshot(self) -> bool:
        """The database does not allow SNAPSHOT after all."""
        return self.native in _NO_SNAPSHOT

    @property
    def is_lost(self) -> bool:
        """The connection is gone."""
        return self.state.startswith("08") or self.state in {"57P01", "57P02"} or self.native in _LOST_NATIVE

    @property
    def says_nothing(self) -> bool:
        """FreeTDS so answers a statement on a connection that was cut before."""
        return self.state in {"HY000", "01000"} and not self.native

    @property
    def is_timeout(self) -> bool:
        """The statement took longer than allowed."""
        return self.state in _TIMEOUT_STATES

    @property
    def is_locked(self) -> bool:
        """A lock was waited for in vain."""
        return self.native == _LOCKED or self.state == "55P03"

    @property
    def is_victim(self) -> bool:
        """Two waited for each other, and the engine ended this one."""
        return self.native == _VICTIM or self.state == "40P01"

    @property
    def is_unknown_to_the_driver(self) -> bool:
        """The driver manager has no such driver, or its library does not load."""
        return self.state in {"IM002", "IM003", "IM004"} or (self.state == "01000" and not self.native)

    def __str__(self) -> str:
        return f"SQLSTATE {self.state or '-'}, native error {self.native}"


def guarded(call: Callable[[], T]) -> T:
    """Call the driver; its error goes on as ``OdbcFailure`` alone, without the text that came with it."""
    import arrow_odbc  # noqa: PLC0415 - it loads the driver manager, which a machine may lack

    try:
        return call()
    except arrow_odbc.Error as error:
        match = _SHAPE.search(error.message())
        failure = OdbcFailure(match[1], int(match[2])) if match else OdbcFailure("", 0)
    except (pa.ArrowException, OSError):
        failure = OdbcFailure("", 0)
    raise failure  # outside the handler: the text is not kept as its context


def of_statement(
    failure: OdbcFailure, server: Server, tabla: str, *, wait_s: float, limit_s: float
) -> SigasersError:
    """Give the error for a statement that failed while ``tabla`` was read; the times are those allowed."""
    if failure.is_locked:
        return TableLockedError(str(failure), tabla=tabla, segundos=math.ceil(wait_s))
    if failure.is_victim:
        words = f"dos procesos se bloquearon uno a otro, y el servidor cortó esta lectura ({_code(failure)})"
        return SourceUnreadableError(str(failure), base=server.nombre, motivo=words)
    if failure.is_timeout:
        return StatementTimeoutError(str(failure), tabla=tabla, segundos=int(limit_s))
    if failure.native in _NO_RIGHTS or failure.state == "42501":
        return ReadRightsError(str(failure), tabla=tabla, base=server.base, usuario=server.usuario or "")
    if failure.is_lost:
        words = f"El servidor dejó de responder ({_code(failure)})"
        return ConnectionLostError(str(failure), servidor=server.servidor, motivo=words)
    words = f"el motor no pudo cumplir la consulta ({_code(failure)})"
    return SourceUnreadableError(str(failure), base=server.nombre, motivo=words)


def of_login(failure: OdbcFailure, server: Server, driver: str, port: int) -> SigasersError:
    """Give the error for a connection that was refused after its port had answered."""
    user = server.usuario or ""
    if failure.is_unknown_to_the_driver:
        return DriverMissingError(
            str(failure), controlador=driver, presentes="ninguno que cargue con ese nombre"
        )
    if failure.native in _CANNOT_OPEN or failure.state == "3D000":
        return DatabaseUnknownError(str(failure), base=server.base, usuario=user)
    if failure.state.startswith("28") or failure.native == 18456:
        return LoginRefusedError(str(failure), servidor=server.servidor, usuario=user)
    if server.cifrado and failure.state in {"08001", "08S01", "HY000"}:
        words = f"El servidor no cifra, o su certificado no es de confianza ({_code(failure)})"
        return ServerCertificateError(str(failure), servidor=server.servidor, motivo=words)
    words = f"El puerto está abierto, pero no responde como base de datos ({_code(failure)})"
    return ServerUnreachableError(str(failure), servidor=server.servidor, puerto=port, motivo=words)


def _code(failure: OdbcFailure) -> str:
    return f"SQLSTATE {failure.state or 'HY000'}, error {failure.native}"
