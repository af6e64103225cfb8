"""What a peer does that means harm, or a machine that went back: one is closed, the other signs no more."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sigasers.centro.http import tls
from sigasers.centro.servers import Server, bind, port_of
from sigasers.centro.verificacion import verdict
from sigasers.errors.centro import SealRefusedError
from sigasers.formats.documents import Nivel, Razon, Resultado, log_origin
from sigasers.formats.tlog import EMPTY_ROOT, Checkpoint
from sigasers.keys.checkpoint import sign_checkpoint
from sigasers.keys.storage import load_key
from sigasers.model import Digest, FileStatement
from tests.centro.running_centre import CentreDiedError, MadeUnit, RunningCentre

RAR = FileStatement(nombre="a.rar", tamano_bytes=1, sha256=Digest("0" * 64))


async def _hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse((await request.body()).decode() or "hola")


@contextlib.asynccontextmanager
async def plain_server(connections: int | None = None) -> AsyncIterator[int]:
    """The centre's protocol class on a loopback port, without TLS; gives the port."""
    app = Starlette(routes=[Route("/", _hello, methods=["GET", "POST"])])
    config = uvicorn.Config(
        app, http=tls.CertificateProtocol, lifespan="off", log_config=None, limit_concurrency=connections
    )
    server, listener = Server(config), bind("127.0.0.1", 0)
    task = asyncio.create_task(server.serve([listener]))
    await server.listening.wait()
    try:
        yield port_of(listener)
    finally:
        server.should_exit = True
        await task


async def _closed_after(port: int, sent: bytes) -> bytes:
    """Send and give what comes until the other side closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    got = b""
    with contextlib.suppress(ConnectionError):
        writer.write(sent)
        await writer.drain()
        while more := await reader.read(4096):
            got += more
    writer.close()
    return got


def test_head_without_end_is_closed() -> None:
    """Nobody fills the memory with one endless header."""

    async def scenario() -> None:
        async with plain_server() as port:
            sent = b"GET / HTTP/1.1\r\nHost: c\r\nX: " + b"a" * (4 * tls.MAX_HEAD_BYTES)
            assert await _closed_after(port, sent) == b""

    asyncio.run(scenario())


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: c\r\n"])
def test_head_that_does_not_come_is_closed(monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    """Nobody holds a connection open by saying nothing, or half a head."""
    monkeypatch.setattr(tls, "MAX_HEAD_S", 0.05)

    async def scenario() -> None:
        async with plain_server() as port:
            assert await _closed_after(port, sent) == b""

    asyncio.run(scenario())


def test_two_requests_of_one_connection_each_have_a_head_of_their_own() -> None:
    """The bound is that of one head: a connection that stays open is not closed by the sum of its requests."""

    async def scenario() -> None:
        async with plain_server() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            request = (
                b"POST / HTTP/1.1\r\nHost: c\r\nContent-Length: 4\r\nX: "
                + b"a" * (tls.MAX_HEAD_BYTES // 2)
                + b"\r\n\r\nhola"
            )
            for _ in range(4):
                writer.write(request)
                await reader.readuntil(b"\r\n\r\nhola")
            writer.close()

    asyncio.run(scenario())


def test_connection_over_the_bound_is_closed() -> None:
    """One listener holds so many connections; one more is closed, those that are there go on."""

    async def scenario() -> None:
        async with plain_server(connections=3) as port:
            held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
            for reader, writer in held:  # each is known to the server once it has answered
                writer.write(b"GET / HTTP/1.1\r\nHost: c\r\n\r\n")
                await reader.readuntil(b"hola")
            third, fourth = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
            assert await fourth[0].read() == b""
            held[0][1].write(b"GET / HTTP/1.1\r\nHost: c\r\n\r\n")
            assert await held[0][0].readuntil(b"\r\n")
            for _, writer in [*held, third, fourth]:
                writer.close()

    asyncio.run(scenario())


def test_enrolment_listener_closes_an_endless_head(centre: RunningCentre) -> None:
    """So does the real listener, over TLS, and goes on serving."""
    where = urlsplit(centre.address("inscripcion"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    raw = socket.create_connection((where.hostname, where.port), timeout=30)
    with contextlib.suppress(ConnectionError, ssl.SSLError), context.wrap_socket(raw) as client:
        client.sendall(b"GET /v1/raiz HTTP/1.1\r\nX: " + b"a" * (8 * tls.MAX_HEAD_BYTES))
        assert client.recv(100) == b""
    assert centre.unit("1291").session().status == 200


def _log_key(centre: RunningCentre) -> Ed25519PrivateKey:
    key = load_key(centre.root / "claves" / "bitacora.pem")
    assert isinstance(key, Ed25519PrivateKey)
    return key


@pytest.mark.parametrize("size", [5, 1])
def test_unit_that_holds_another_history_stops_the_centre_for_good(
    own_unit: MadeUnit, own_centre: RunningCentre, size: int
) -> None:
    """A checkpoint of the log's own key that this log does not continue: it was rolled back, and signs no more.

    Not by size alone: a log that grew again past the unit's checkpoint is found out by its root.
    """
    token = own_unit.signed({"a.txt": b"uno"})
    own_unit.deliver(token, {"a.txt": b"uno"})
    aud = own_unit.trust.centre_id
    note = sign_checkpoint(
        Checkpoint(origin=log_origin(aud, 1), size=size, root=b"\x07" * 32), _log_key(own_centre)
    )
    reply = own_unit.session(checkpoint=note)
    assert (reply.status, reply.code) == (503, "CEN-062")
    assert own_centre.wait() != 0
    with pytest.raises(CentreDiedError, match="CEN-062"):
        own_centre.start()


def test_checkpoint_of_a_strangers_key_proves_nothing(unit: MadeUnit) -> None:
    """Only the log's own key can accuse the log."""
    note = sign_checkpoint(
        Checkpoint(origin=log_origin(unit.trust.centre_id, 1), size=10**6, root=b"\x07" * 32),
        Ed25519PrivateKey.generate(),
    )
    assert unit.session(checkpoint=note).status == 200


def test_checkpoint_of_the_empty_log_is_continued_by_every_log(unit: MadeUnit, centre: RunningCentre) -> None:
    """A unit that came before the first acuse holds nothing against a log that grew."""
    note = sign_checkpoint(
        Checkpoint(origin=log_origin(unit.trust.centre_id, 1), size=0, root=EMPTY_ROOT), _log_key(centre)
    )
    assert unit.session(checkpoint=note).status == 200


def test_lost_memory_of_the_log_is_not_begun_anew(own_unit: MadeUnit, own_centre: RunningCentre) -> None:
    """Without the last checkpoint the keys process cannot know what it signed: the centre does not start."""
    token = own_unit.signed({"a.txt": b"uno"})
    own_unit.deliver(token, {"a.txt": b"uno"})
    assert own_centre.stop() == 0
    Path(own_centre.root / "claves" / "ultimo-checkpoint").unlink()
    with pytest.raises(CentreDiedError, match="CEN-071"):
        own_centre.start()


def test_reasons_of_a_hostile_sobre_fit_in_a_constancia() -> None:
    """16 packages with hundreds of findings each: refusals first, then a count of what was left out."""

    def reason(level: Nivel) -> Razon:
        return Razon(codigo="PKG-05", nivel=level, texto="x" * 1000, archivo="a.rar")

    many = verdict.Verdict(
        resultado=Resultado.RECHAZADO,
        razones=tuple([reason(Nivel.OBSERVACION)] * 599 + [reason(Nivel.RECHAZO)]),
    )
    joined = verdict.of_sobre([many] * 16, ())
    assert joined.resultado is Resultado.RECHAZADO
    assert len(joined.razones) < 1002
    assert sum(len(item.texto) for item in joined.razones) < 400_000
    assert [item.nivel for item in joined.razones[:17]] == [Nivel.RECHAZO] * 16 + [Nivel.OBSERVACION]
    assert joined.razones[-1].codigo == verdict.MORE_FINDINGS


def test_seal_that_is_too_new_waits() -> None:
    """A comment of a newer version is not the unit's fault: en espera, never rechazado."""
    found = verdict.of_error(SealRefusedError("seal refused", codigo="FMT-003"), RAR)
    assert found.resultado is Resultado.EN_ESPERA
    assert found.razones[0].nivel is Nivel.OBSERVACION


def test_report_with_an_unknown_level_is_a_death() -> None:
    """What a child says is believed no further than its shape."""
    report: dict[str, object] = {
        "resultado": "observado",
        "hallazgos": [{"codigo": "PKG-05", "nivel": "gravisimo", "texto": "x"}],
        "omitidos": 0,
    }
    with pytest.raises(verdict.VerifierDiedError):
        verdict.of_report(report, RAR, "1288")
