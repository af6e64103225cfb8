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
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME, which Python's ssl does not name


class CertificateProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which puts the peer's certificate (DER) into the scope's extensions.

    It overrides two methods whose names are stable within uvicorn 0.54, to which the project is pinned; a test
    holds it.
    """

    _certificate: bytes | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Read the certificate once a connection."""
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        self._certificate = tls.getpeercert(binary_form=True) if tls is not None else None

    def on_message_begin(self) -> None:
        """Give it to each request of the connection."""
        super().on_message_begin()
        extensions = cast("dict[str, dict[str, bytes | None]]", self.scope.setdefault("extensions", {}))
        extensions[EXTENSION] = {"der": self._certificate}


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
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= _NO_CHECK_TIME
    pems = [item.public_bytes(Encoding.PEM).decode("ascii") for item in authorities]
    context.load_verify_locations(cadata="".join(pems))
    return context
