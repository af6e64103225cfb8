"""Whether a server's name has an address and its port answers, told before a driver is asked: theirs say less."""

import socket

from sigasers.errors.sources import ServerNameError, ServerUnreachableError
from sigasers.mensajes.motivos import motivo
from sigasers.siga.sources.server import Server


def reach(server: Server, host: str, port: int, wait_s: float) -> None:
    """See that one address of ``host``, which is ``server``'s, answers at ``port``.

    Raises ``ServerNameError``, ``ServerUnreachableError``.
    """
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ServerNameError("no address", servidor=server.servidor) from error
    last: OSError | None = None
    for family, kind, protocol, _, address in addresses:
        try:
            with socket.socket(family, kind, protocol) as probe:
                probe.settimeout(wait_s)
                probe.connect(address)
                return
        except OSError as error:
            last = error
    raise ServerUnreachableError(
        "port closed", servidor=server.servidor, puerto=port, motivo=_why(last)
    ) from last


def _why(error: OSError | None) -> str:
    if error is None or isinstance(error, TimeoutError):
        return "Se agotó el tiempo de espera"
    text = motivo(error)
    return text[:1].upper() + text[1:]
