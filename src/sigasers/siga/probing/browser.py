"""SQL Server Browser: which port a named instance listens on, [MC-SQLR] (UDP 1434), CLNT_UCAST_EX.

Its answer is a list of texts from whoever sent it: only names and port numbers are taken from it.
"""

import re
import socket
from dataclasses import dataclass

from sigasers.errors.sources import ServerUnreachableError
from sigasers.siga.probing.network import Address, Limits
from sigasers.siga.probing.steps import FailedError, Quien, printable
from sigasers.siga.sources.server import Server

PORT = 1434
_ASK_ALL = b"\x03"
_ANSWER, _HEADER_BYTES, _MAX_ANSWER = 5, 3, 65_535
_MAX_INSTANCES = 50


@dataclass(frozen=True)
class Instance:
    """One instance of a machine; ``puerto`` is ``None`` where it listens on no TCP port."""

    nombre: str
    puerto: int | None


def instances(address: Address, limits: Limits, *, port: int = PORT) -> tuple[Instance, ...]:
    """Ask the browser at ``address``; gives nothing where it does not answer."""
    try:
        with socket.socket(address.family, socket.SOCK_DGRAM) as asker:
            asker.settimeout(limits.browser_s)
            asker.connect((address.ip, port))  # only that address may answer
            asker.send(_ASK_ALL)
            answer = asker.recv(_MAX_ANSWER)
    except OSError:
        return ()
    return parse(answer)


def parse(answer: bytes) -> tuple[Instance, ...]:
    """Read a SVR_RESP; what is not in its form gives nothing."""
    if len(answer) < _HEADER_BYTES or answer[0] != _ANSWER:
        return ()
    found = []
    for entry in answer[_HEADER_BYTES:].decode("latin-1").split(";;")[:_MAX_INSTANCES]:
        words = entry.split(";")
        pairs = {name.lower(): value for name, value in zip(words[::2], words[1::2], strict=False)}
        name, port = pairs.get("instancename", ""), pairs.get("tcp", "")
        if name:
            number = int(port) if re.fullmatch(r"[0-9]{1,5}", port) else 0
            found.append(Instance(printable(name, 16), number if 1 <= number <= 65_535 else None))
    return tuple(found)


def port_of(server: Server, wanted: str, address: Address, limits: Limits, *, port: int = PORT) -> int:
    """Give the TCP port of the instance ``wanted``.

    Raises ``FailedError`` with ``ServerUnreachableError``: the browser is silent, has no such instance, or the instance
    listens on no TCP port.
    """
    found = instances(address, limits, port=port)
    if not found:
        raise _failed(
            server, Quien.BASE,
            f"SQL Server Browser, que dice el puerto de la instancia, no responde en {limits.browser_s:g} s; "
            "inícielo, abra UDP 1434 o escriba «puerto» en siga.toml",
        )  # fmt: skip
    one = next((each for each in found if each.nombre.casefold() == wanted.casefold()), None)
    if one is None:
        names = ", ".join(each.nombre for each in found)
        raise _failed(server, Quien.USTED, f"El servidor no tiene esa instancia; tiene: {names}")
    if one.puerto is None:
        raise _failed(
            server, Quien.BASE, "La instancia existe, pero tiene deshabilitado TCP/IP (Configuration Manager)"
        )
    return one.puerto


def _failed(server: Server, quien: Quien, motivo: str) -> FailedError:
    error = ServerUnreachableError(
        "instance not found", servidor=server.servidor, puerto="1434 (UDP)", motivo=motivo
    )
    return FailedError(error, quien)
