"""TLS of the two listeners, and the client certificate of a connection given to the application.

Expired and not yet valid certificates are let into the handshake (``X509_V_FLAG_NO_CHECK_TIME``): the table decides
on time and revocation at every request, so that an expired unit can be told so.
"""

import asyncio
import ssl
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

EXTENSION = "sigasers.certificate"
MAX_HEAD_BYTES = 32 << 10  # nginx: 4 buffers of 8 KiB
MAX_HEAD_S = 30.0  # nginx waits 60 s for a head
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME, which Python's ssl does not name


class CertificateProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which puts the peer's certificate (DER) into the scope's extensions.

    It also bounds what uvicorn leaves open and anybody could use up: bytes and seconds of a request's head, and
    the number of connections (``limit_concurrency`` of the listener). Only methods of asyncio and of the parser
    are overridden, whose names are stable within uvicorn 0.54, to which the project is pinned; tests hold it.
    """

    _certificate: bytes | None = None
    _in_head = True
    _head_bytes = 0
    _slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Read the certificate once a connection; one too many is closed at once."""
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        self._certificate = tls.getpeercert(binary_form=True) if tls is not None else None
        self._watch_head()
        if self.limit_concurrency is not None and len(self.connections) > self.limit_concurrency:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._unwatch_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse; a head that goes on over its bound ends the connection."""
        if self._in_head:
            self._head_bytes += len(data)
            self._watch_head()
        super().data_received(data)
        if self._in_head and self._head_bytes > MAX_HEAD_BYTES:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """Give the certificate to each request of the connection."""
        super().on_message_begin()
        extensions = cast("dict[str, dict[str, bytes | None]]", self.scope.setdefault("extensions", {}))
        extensions[EXTENSION] = {"der": self._certificate}

    def on_headers_complete(self) -> None:
        """The head came to its end within its bounds."""
        self._in_head, self._head_bytes = False, 0
        self._unwatch_head()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """After a request the next head may come."""
        super().on_message_complete()
        self._in_head = True

    def _watch_head(self) -> None:
        if self._slow is None:
            self._slow = self.loop.call_later(MAX_HEAD_S, self.transport.abort)

    def _unwatch_head(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None


def enrolment_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Give the context of the enrolment listener: TLS 1.2 or newer, no client certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


def transmission_context(
    certificate: Path, key: Path, authorities: Iterable[x509.Certificate]
) -> ssl.SSLContext:
    """Give the context of the transmission listener: TLS 1.3, a certificate of our authorities mandatory."""
    context = enrolment_context(certificate, key)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.num_tickets = 0  # each connection shows its certificate anew; agents keep theirs open
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= _NO_CHECK_TIME
    pems = [item.public_bytes(Encoding.PEM).decode("ascii") for item in authorities]
    context.load_verify_locations(cadata="".join(pems))
    return context
