"""Who listens at a port: the first message of each engine's protocol, and nothing that needs a user.

SQL Server: PRELOGIN of [MS-TDS] 2.2.6.5, whose answer tells version and encryption. PostgreSQL: SSLRequest of its
protocol 3 ("Message Formats"), answered by one byte. What answers otherwise is named where it is known.
"""

import socket
import struct
from dataclasses import dataclass

from sigasers.errors.secrets import WrongServiceError
from sigasers.errors.sources import ServerCertificateError
from sigasers.siga.probing.network import Address, Limits, connect
from sigasers.siga.sources.server import Motor, Server

_MAX_ANSWER = 4096
_SSL_REQUEST = struct.pack("!ii", 8, 80_877_103)
# Options VERSION, ENCRYPTION, INSTOPT: five bytes each, an end mark, then their data.
_PRELOGIN_OPTIONS = (
    b"".join(struct.pack("!BHH", *each) for each in ((0, 16, 6), (1, 22, 1), (2, 23, 1))) + b"\xff"
)
_TDS_ANSWER, _TDS_HEADER_BYTES = 0x04, 8
_VERSION, _ENCRYPTION, _END = 0, 1, 0xFF
_NO_TLS = 2
_YEARS = {
    (8, 0): "2000", (9, 0): "2005", (10, 0): "2008", (10, 50): "2008 R2", (11, 0): "2012", (12, 0): "2014",
    (13, 0): "2016", (14, 0): "2017", (15, 0): "2019", (16, 0): "2022", (17, 0): "2025",
}  # fmt: skip
_NAMES = {Motor.SQLSERVER: "SQL Server", Motor.POSTGRESQL: "PostgreSQL"}


@dataclass(frozen=True)
class Greeting:
    """What the engine said of itself, in Spanish, and whether it offers TLS."""

    texto: str
    tls: bool


def greet(server: Server, address: Address, port: int, limits: Limits) -> Greeting:
    """Say the first word to ``server``'s port; its motor is ``SQLSERVER`` or ``POSTGRESQL``.

    Raises ``WrongServiceError`` for what is another service, and ``ServerCertificateError`` where TLS is asked for and
    the server has none.
    """
    motor = server.motor
    answer, reason = _ask(_hello(motor, tls=server.cifrado), address, port, limits)
    found = _read(motor, answer)
    if found is None:
        raise WrongServiceError(
            "unexpected answer",
            servidor=server.servidor,
            puerto=port,
            motor=_NAMES[motor],
            motivo=_known(answer) or _other_engine(motor, address, port, limits) or reason,
        )
    if server.cifrado and not found.tls:
        raise ServerCertificateError(
            "no tls", servidor=server.servidor, motivo="El servidor no ofrece conexión cifrada"
        )
    return found


def _hello(motor: Motor, *, tls: bool) -> bytes:
    """Give the first message of a client; to SQL Server it says whether TLS is asked for the whole connection."""
    if motor is Motor.POSTGRESQL:
        return _SSL_REQUEST
    body = _PRELOGIN_OPTIONS + bytes(6) + bytes([tls]) + b"\x00"
    return struct.pack("!BBHHBB", 0x12, 1, _TDS_HEADER_BYTES + len(body), 0, 1, 0) + body


def _ask(hello: bytes, address: Address, port: int, limits: Limits) -> tuple[bytes, str]:
    """Give the answer, and what to say if it is none of the engine's."""
    try:
        with connect(address, port, limits.connect_s) as connection:
            connection.settimeout(limits.answer_s)
            connection.sendall(hello)
            answer = _receive(connection)
    except TimeoutError:
        return b"", f"Aceptó la conexión y no contestó nada en {limits.answer_s:g} s"
    except OSError:
        return b"", "Cortó la conexión sin contestar"
    return answer, "Contestó en otro protocolo" if answer else "Cerró la conexión sin contestar"


def _receive(connection: socket.socket) -> bytes:
    """Read one answer: a byte of PostgreSQL, a packet of SQL Server, or whatever else came first."""
    answer = connection.recv(_MAX_ANSWER)
    while answer[:1] == bytes([_TDS_ANSWER]) and len(answer) < _wanted(answer):
        more = connection.recv(_MAX_ANSWER)
        if not more:
            break
        answer += more
    return answer


def _wanted(answer: bytes) -> int:
    if len(answer) < _TDS_HEADER_BYTES:
        return _TDS_HEADER_BYTES
    return min(int.from_bytes(answer[2:4], "big"), _MAX_ANSWER)


def _read(motor: Motor, answer: bytes) -> Greeting | None:
    return _prelogin(answer) if motor is Motor.SQLSERVER else _ssl_answer(answer)


def _ssl_answer(answer: bytes) -> Greeting | None:
    if answer not in {b"S", b"N"}:
        return None
    return Greeting(f"PostgreSQL, {'con' if answer == b'S' else 'sin'} conexión cifrada", answer == b"S")


def _prelogin(answer: bytes) -> Greeting | None:
    """Read the options of a PRELOGIN answer; every offset is held within it."""
    if len(answer) < _TDS_HEADER_BYTES or answer[0] != _TDS_ANSWER:
        return None
    body, options, place = answer[_TDS_HEADER_BYTES:], {}, 0
    while place + 5 <= len(body) and body[place] != _END:
        token, offset, size = struct.unpack_from("!BHH", body, place)
        options[token] = body[offset : offset + size]
        place += 5
    version = options.get(_VERSION, b"")
    if len(version) < 4:
        return None
    major, minor, build = struct.unpack_from("!BBH", version)
    tls = options.get(_ENCRYPTION, b"") != bytes([_NO_TLS])
    year = _YEARS.get((major, minor), "")
    name = f"SQL Server {year} ({major}.{minor}.{build})".replace("  ", " ")
    return Greeting(f"{name}, {'con' if tls else 'sin'} conexión cifrada", tls)


def _other_engine(motor: Motor, address: Address, port: int, limits: Limits) -> str | None:
    other = Motor.POSTGRESQL if motor is Motor.SQLSERVER else Motor.SQLSERVER
    shorter = Limits(connect_s=limits.connect_s, answer_s=limits.answer_s / 2)
    answer, _ = _ask(_hello(other, tls=False), address, port, shorter)
    return f"Contesta {_NAMES[other]}; corrija «motor» en siga.toml" if _read(other, answer) else None


def _known(answer: bytes) -> str | None:
    """Name services that speak first or that answer in clear."""
    if answer.startswith(b"HTTP/"):
        return "Contesta un servidor web"
    if answer.startswith(b"SSH-"):
        return "Contesta un servidor SSH"
    if answer[3:5] == b"\x00\x0a":
        return "Contesta MySQL o MariaDB"
    return None
