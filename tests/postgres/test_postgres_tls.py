"""TLS with a real PostgreSQL: its certificate is checked where ``cifrado`` asks for it."""

import asyncio
import ipaddress
import os
import ssl
import struct
import threading
from collections.abc import Coroutine, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scripts.postgres import PostgresServer
from sigasers.errors.sources import ServerCertificateError
from sigasers.siga.sources import trusted_roots
from sigasers.siga.sources.postgres import PostgresSource
from sigasers.siga.sources.server import Motor, Server

_DAY = timedelta(days=1)
_SSL_REQUEST = 80877103


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the test."""

    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    def signed(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, extension: x509.ExtensionType
    ) -> bytes:
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _DAY)
            .not_valid_after(now + _DAY)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        )
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    @property
    def pem(self) -> bytes:
        return self.signed(self.name, self.key, x509.BasicConstraints(ca=True, path_length=None))


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def authority(name: str) -> Authority:
    return Authority(ec.generate_private_key(ec.SECP256R1()), named(name))


class TlsFront:
    """Speaks TLS before a real server (the one of the tests was built without), as the protocol asks for it.

    ``encrypted`` counts the connections whose handshake came to its end.
    """

    def __init__(self, server: PostgresServer, context: ssl.SSLContext) -> None:
        self.server, self.encrypted, self._context = server, 0, context
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._listener = self._in_loop(asyncio.start_server(self._meet, "127.0.0.1", 0))
        self.port = int(self._listener.sockets[0].getsockname()[1])

    def _in_loop(self, work: Coroutine[Any, Any, asyncio.Server]) -> asyncio.Server:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError), closing(writer):
            assert struct.unpack("!ii", await reader.readexactly(8)) == (8, _SSL_REQUEST)
            writer.write(b"S")
            await writer.start_tls(self._context)
            self.encrypted += 1
            theirs, ours = await asyncio.open_connection(self.server.host, self.server.port)
            with closing(ours):
                await asyncio.gather(_pump(reader, ours), _pump(theirs, writer))

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    async def _end(self) -> None:
        self._listener.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await asyncio.sleep(0)  # closed transports leave the loop in its next round


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while block := await reader.read(65_536):
        writer.write(block)
        await writer.drain()
    writer.close()


@dataclass(frozen=True)
class TlsServer:
    """A server that speaks TLS as ``localhost`` and 127.0.0.1, and the file of who vouches for it."""

    front: TlsFront
    authorities: Path

    def place(self, host: str, authorities: Path | None) -> Server:
        return Server(
            motor=Motor.POSTGRESQL,
            servidor=host,
            puerto=self.front.port,
            base="postgres",
            usuario="postgres",
            cifrado=True,
            certificado=authorities,
        )

    def encrypted(self, place: Server) -> int:
        """Open a snapshot at ``place`` and use it; gives how many encrypted connections that took."""
        before = self.front.encrypted
        snapshot = PostgresSource(place, self.front.server.password, wait_s=5).open_snapshot(lanes=1)
        try:
            assert snapshot.tables() == {}
        finally:
            snapshot.close()
        return self.front.encrypted - before


@pytest.fixture
def tls(postgres: PostgresServer, tmp_path: Path) -> Iterator[TlsServer]:
    """A server whose certificate is made here."""
    own = authority("Autoridad de la prueba")
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    )
    file, chain = tmp_path / "autoridad.pem", tmp_path / "servidor.pem"
    file.write_bytes(own.pem)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain.write_bytes(private + own.signed(named("localhost"), key, names))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    front = TlsFront(postgres, context)
    yield TlsServer(front, file)
    front.close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_server_vouched_for_by_the_named_authority_is_read_encrypted(tls: TlsServer, host: str) -> None:
    """By its name and by its address, since its certificate has both; keeper and lane alike."""
    assert tls.encrypted(tls.place(host, tls.authorities)) == 2


def test_another_authority_is_refused(tls: TlsServer, tmp_path: Path) -> None:
    """Whoever made the certificate, it is not whom we were told to trust."""
    other = tmp_path / "otra.pem"
    other.write_bytes(authority("Autoridad de la prueba").pem)
    with pytest.raises(ServerCertificateError):
        tls.encrypted(tls.place("localhost", other))


def test_the_machines_own_authorities_do_not_know_it(tls: TlsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ``certificado`` they are asked; once they know this one, it is let in."""
    with pytest.raises(ServerCertificateError):
        tls.encrypted(tls.place("localhost", None))
    paths = ssl.get_default_verify_paths()._replace(cafile=str(tls.authorities))
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: paths)
    if os.name != "nt":  # there, the store is asked and no file
        assert tls.encrypted(tls.place("localhost", None)) == 2


def test_a_server_without_tls_is_refused(postgres: PostgresServer, tls: TlsServer) -> None:
    """``cifrado`` is a demand."""
    plain = replace(tls.place("127.0.0.1", tls.authorities), puerto=postgres.port)
    with pytest.raises(ServerCertificateError):
        PostgresSource(plain, postgres.password, wait_s=5).open_snapshot(lanes=1)


@pytest.mark.parametrize("content", [None, b"", b"nada"])
def test_a_file_without_certificates_is_told_as_such(
    tls: TlsServer, tmp_path: Path, content: bytes | None
) -> None:
    """Not as a fault of the server's certificate."""
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ServerCertificateError) as caught:
        tls.encrypted(tls.place("localhost", file))
    assert "«certificado»" in str(caught.value.fields["motivo"])


def test_a_read_is_ended_through_tls_too(tls: TlsServer) -> None:
    """Ending it is a connection of its own, which checks the server again."""
    snapshot = PostgresSource(
        tls.place("localhost", tls.authorities), tls.front.server.password, wait_s=5
    ).open_snapshot(lanes=1)
    before = tls.front.encrypted
    snapshot.cancel()
    snapshot.close()
    assert tls.front.encrypted == before + 1


def test_the_machines_store_can_be_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, which has no file of it: what the store holds is in the file, and nothing else."""
    one = authority("Una")
    context = ssl.create_default_context(cadata=one.pem.decode())
    monkeypatch.setattr(ssl, "create_default_context", lambda: context)
    file = trusted_roots.written_down(tmp_path)
    assert [each.subject for each in x509.load_pem_x509_certificates(file.read_bytes())] == [one.name]
