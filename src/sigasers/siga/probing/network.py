"""The network's part of a probe: the server's name, its addresses, its port. Waits are bounded, nothing is sent."""

import errno
import socket
from dataclasses import dataclass

from sigasers.errors.sources import ServerNameError, ServerUnreachableError
from sigasers.mensajes.motivos import motivo
from sigasers.siga.probing.steps import FailedError, Quien
from sigasers.siga.sources.server import Motor, Server

USUAL_PORTS = {Motor.SQLSERVER: 1433, Motor.POSTGRESQL: 5432}
_MAX_ADDRESSES = 8
_OWN_NAMES = {".", "(local)", "localhost"}
_UNREACHABLE = {errno.EHOSTUNREACH, errno.ENETUNREACH, 10051, 10065}  # the last two are Windows' own


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seconds that a step of the network may wait."""

    connect_s: float = 5.0
    answer_s: float = 5.0
    browser_s: float = 2.0


@dataclass(frozen=True)
class Address:
    """One address of the server, as ``socket`` wants it."""

    family: socket.AddressFamily
    ip: str


def host_of(server: Server) -> str:
    """Give the name to be resolved."""
    host = server.servidor.partition("\\")[0]
    return "localhost" if host.casefold() in _OWN_NAMES else host


def instance_of(server: Server) -> str | None:
    r"""Give the named instance of ``SERVIDOR\INSTANCIA``."""
    return server.servidor.partition("\\")[2] or None


def resolve(server: Server, host: str) -> tuple[Address, ...]:
    """Give the addresses of ``host``; raises ``ServerNameError``."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ServerNameError("name not resolved", servidor=server.servidor) from error
    addresses = dict.fromkeys(Address(family, str(place[0])) for family, _, _, _, place in found)
    return tuple(addresses)[:_MAX_ADDRESSES]


def connect(address: Address, port: int, wait_s: float) -> socket.socket:
    """Open a connection; raises ``OSError``."""
    connection = socket.socket(address.family, socket.SOCK_STREAM)
    try:
        connection.settimeout(wait_s)
        connection.connect((address.ip, port))
    except BaseException:
        connection.close()
        raise
    return connection


def try_addresses(
    server: Server, addresses: tuple[Address, ...], port: int, limits: Limits
) -> tuple[Address, list[str]]:
    """Connect to every address; give the first that answers and what each of the others did.

    Raises ``FailedError`` with ``ServerUnreachableError`` when none answers: refused is the administrator's affair,
    silence the network's.
    """
    good: Address | None = None
    bad: list[tuple[str, OSError]] = []
    for address in addresses:
        try:
            connect(address, port, limits.connect_s).close()
            good = good or address
        except OSError as error:
            bad.append((address.ip, error))
    if good is None:
        raise _unreachable(server, port, bad, limits)
    return good, [f"{ip}: {_reason(error, limits)}" for ip, error in bad]


def _unreachable(server: Server, port: int, bad: list[tuple[str, OSError]], limits: Limits) -> FailedError:
    refused = any(isinstance(error, ConnectionRefusedError) for _, error in bad)
    each = "; ".join(f"{ip}: {_reason(error, limits)}" for ip, error in bad)
    if refused:
        hint = "El equipo existe, pero nadie atiende en ese puerto"
        if server.motor is Motor.SQLSERVER:
            hint += ": SQL Server está detenido, tiene deshabilitado TCP/IP, o usa un puerto dinámico"
    else:
        hint = "Un cortafuegos descarta la conexión, o el equipo está apagado o en otra red"
    error = ServerUnreachableError(
        "no address answers", servidor=server.servidor, puerto=port, motivo=f"{each}. {hint}"
    )
    return FailedError(error, Quien.BASE if refused else Quien.RED)


def _reason(error: OSError, limits: Limits) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "conexión rechazada"
    if isinstance(error, TimeoutError):
        return f"sin respuesta en {limits.connect_s:g} s"
    if error.errno in _UNREACHABLE:
        return "no hay ruta hasta esa dirección"
    return motivo(error)
