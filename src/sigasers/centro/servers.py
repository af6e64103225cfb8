"""The engine's listeners: sockets bound before anything is promised, TLS material made anew, uvicorn run twice."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Generator, Sequence
from pathlib import Path

import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.applications import Starlette

from sigasers import durable
from sigasers.centro.clock import Clock
from sigasers.centro.folders import Folders
from sigasers.centro.http.tls import CertificateProtocol
from sigasers.centro.llaves.client import KeysClient
from sigasers.errors.centro import PortError
from sigasers.errors.keys import BadKeyFileError
from sigasers.keys.storage import KeyKind, create_key, load_key
from sigasers.keys.x509 import load_certificate, make_csr
from sigasers.mensajes.motivos import motivo

_BACKLOG = 512
_MAX_CONNECTIONS = 800  # of one listener; beyond it new ones are closed at once
_GRACE_S = 5  # an idle keep-alive connection would hold the stop for ever
_KEEP_ALIVE_S = 75  # longer than an agent's pause between two pieces


class Server(uvicorn.Server):
    """A uvicorn server that tells when it listens, and leaves the process's signals to the engine, which runs two."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then tell."""
        await super().startup(sockets)
        self.listening.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


def bind(host: str, port: int) -> socket.socket:
    """Bind a listening socket (port 0: a free one); raises ``PortError``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: SO_REUSEADDR there would steal a port in use
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = motivo(error) if isinstance(error, OSError) else "no existe ese puerto"
        raise PortError(f"cannot bind {host}:{port}", puerto=port, motivo=reason) from error
    return listener


def port_of(listener: socket.socket) -> int:
    """Give the port that was bound."""
    return int(listener.getsockname()[1])


async def server_certificate(
    folders: Folders, keys: KeysClient, names: Sequence[str], clock: Clock
) -> tuple[Path, Path]:
    """Give files of a fresh server certificate for ``names`` and of its key, which is made once."""
    key_path, certificate_path = folders.tls / "servidor.pem", folders.tls / "servidor.crt.pem"
    if not key_path.exists():
        create_key(key_path, KeyKind.P256, step="centro.tls_key")
    key = load_key(key_path)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise BadKeyFileError("server key is not p-256", ruta=str(key_path))
    der = await keys.server_certificate(make_csr(key), names, at=clock())
    certificate: x509.Certificate = load_certificate(der)
    pem = certificate.public_bytes(Encoding.PEM)
    durable.replace(certificate_path, pem, step="centro.tls_certificate")
    return certificate_path, key_path


def server(app: Starlette, context: ssl.SSLContext) -> Server:
    """Give a server of ``app`` over TLS."""
    config = uvicorn.Config(
        app,
        http=CertificateProtocol,
        ssl_context_factory=lambda _config, _default: context,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=_BACKLOG,
        limit_concurrency=_MAX_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_GRACE_S,
        ws="none",
    )
    return Server(config)
