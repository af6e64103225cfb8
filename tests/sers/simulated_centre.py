"""A centre in memory that obeys ``docs/spec/wire.md`` and signs for real, for tests of the agent alone.

It is reached through the agent's own HTTP client (``httpx2.MockTransport``). A test can make the line fail at a
request of its choice: refused before it was heard, or heard and the answer lost.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx2

from sigasers.formats import base64url
from sigasers.formats.documents import (
    Acuse,
    Asiento,
    Constancia,
    KeyUse,
    Oferta,
    Profile,
    Resultado,
    SealingKey,
    Sobre,
    Typ,
    log_origin,
)
from sigasers.formats.tlog import Checkpoint, Proof, entry_of, leaf_hash
from sigasers.keys import jws, storage
from sigasers.keys.checkpoint import sign_checkpoint
from sigasers.keys.kinds import PublicKey, kid_of, spki_of
from sigasers.model import Digest, Identifier, Instant, Nemonico
from sigasers.protocol import merkle
from tests.made_centre import MadeCentre

HOST = "https://centro.prueba"
_TUS = {"Tus-Resumable": "1.0.0"}


def now() -> Instant:
    return Instant(datetime.now(UTC))


def new_identifier() -> Identifier:
    return Identifier(base64url.encode(secrets.token_bytes(16)))


@dataclass
class Held:
    """One sobre that was offered."""

    token: str
    sobre: Sobre
    oferta: str
    acuse: str | None = None
    constancias: list[str] = field(default_factory=list)


@dataclass
class SimulatedCentre:
    """One unit's centre. ``fault`` sees each request's method and path and may answer or raise in its place."""

    unit_key: PublicKey
    registro: Identifier
    made: MadeCentre = field(default_factory=MadeCentre)
    held: dict[str, Held] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    uploads: dict[str, tuple[str, int, bytearray]] = field(default_factory=dict)
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    piece_bytes: int = 1 << 20
    verdict: Resultado | None = Resultado.CONFORME
    hold_acuses: bool = False
    received: list[str] = field(default_factory=list)
    _leaves: list[bytes] = field(default_factory=list)
    _nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    before: Callable[[str, str], httpx2.Response | None] = lambda _method, _path: None
    after: Callable[[str, str], None] = lambda _method, _path: None

    def client(self) -> httpx2.Client:
        """Give a client whose every request this centre answers."""
        return httpx2.Client(transport=httpx2.MockTransport(self.answer))

    @property
    def acknowledged(self) -> list[Held]:
        """The sobres that have an acuse."""
        return [held for held in self.held.values() if held.acuse is not None]

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request, unless a fault does."""
        method, path = request.method, request.url.path
        instead = self.before(method, path)
        if instead is not None:
            return instead
        body = request.read()
        self.received.append(f"{method} {path}")
        response = self._route(method, path, body, request.headers)
        self.after(method, path)
        return response

    def _route(  # noqa: PLR0911 - one return for each request
        self, method: str, path: str, body: bytes, headers: httpx2.Headers
    ) -> httpx2.Response:
        match method, path.strip("/").split("/"):
            case "POST", ["v1", "sesion"]:
                return self._session(json.loads(body))
            case "GET", ["v1", "raiz"]:
                return httpx2.Response(200, text=self.made.root_document)
            case "GET", ["v1", "perfil"]:
                return httpx2.Response(200, text=self._profile())
            case "POST", ["v1", "sobres"]:
                return self._offer(body.decode("ascii"))
            case "GET", ["v1", "constancias", sobre]:
                return self._constancia(sobre)
            case "POST", ["v1", "envios"]:
                return self._create(headers)
            case "HEAD", ["v1", "envios", name]:
                return self._head(name)
            case "PATCH", ["v1", "envios", name]:
                return self._patch(name, body, headers)
        return problem(404, "CEN-004", "nunca")

    def _session(self, asked: dict[str, object]) -> httpx2.Response:
        chain = [
            held.sobre for held in self.held.values() if str(held.sobre.instalacion) == asked["instalacion"]
        ]
        head = max(chain, key=lambda sobre: sobre.n, default=None)
        return httpx2.Response(
            200,
            json={
                "v": 1,
                "sesion": secrets.token_urlsafe(16),
                "hora": str(now()),
                "registro": str(self.registro),
                "unidad": "1288",
                "sistema": "SIGA",
                "nombre": "REGION LIMA",
                "certificado_vence": "2031-01-01T00:00:00.000Z",
                "cabeza": None
                if head is None
                else {
                    "instalacion": str(head.instalacion),
                    "n": head.n,
                    "sobre": next(key for key, held in self.held.items() if held.sobre is head),
                },
                "perfil": [1, 1],
                "raiz": [1, 1],
                "bitacora": None,
                "limites": {"tamano_maximo": 1 << 40, "trozo": self.piece_bytes},
            },
        )

    def _profile(self) -> str:
        public = storage.make_key(storage.KeyKind.X25519).public_key()
        profile = Profile(
            aud=self.made.aud,
            unidad=Nemonico(1288),
            sistema="SIGA",
            registro=self.registro,
            epoca=1,
            n=1,
            emitido=now(),
            vence=Instant.parse("2031-01-01T00:00:00.000Z"),
            sellado=(SealingKey(kid=kid_of(public), publica=spki_of(public)),),
        )
        return jws.sign(profile.to_payload(), typ=Typ.PERFIL, key=self.made.keys[KeyUse.PERFIL])

    def _offer(self, token: str) -> httpx2.Response:
        verified = jws.verify(token, typ=Typ.SOBRE, key=lambda _kid: self.unit_key)
        held = self.held.get(str(verified.id))
        if held is None:
            sobre = Sobre.parse(verified.document)
            oferta = Oferta(
                aud=self.made.aud,
                sobre=verified.id,
                unidad=sobre.unidad,
                registro=self.registro,
                ofrecido=now(),
            )
            signed = jws.sign(oferta.to_payload(), typ=Typ.OFERTA, key=self.made.keys[KeyUse.ACUSE])
            held = self.held[str(verified.id)] = Held(token=token, sobre=sobre, oferta=signed)
        missing = [str(file.sha256) for file in held.sobre.archivos if str(file.sha256) not in self.files]
        if not missing and held.acuse is None and not self.hold_acuses:
            held.acuse = self._acknowledge(verified.id, held)
        members = {
            "v": 1,
            "sobre": str(verified.id),
            "oferta": held.oferta,
            "faltan": missing,
            "acuse": held.acuse,
        }
        return httpx2.Response(202 if held.acuse is None else 200, json=members)

    def _acknowledge(self, sobre_id: Digest, held: Held) -> str:
        sobre = held.sobre
        offered = Oferta.parse(jws.verify(held.oferta, typ=Typ.OFERTA, key=self._acuse_key).document).ofrecido
        asiento = Asiento(
            sobre=sobre_id,
            registro=sobre.registro,
            instalacion=sobre.instalacion,
            n=sobre.n,
            ofrecido=offered,
            completado=now(),
            sal=new_identifier(),
        )
        index = len(self._leaves)
        leaf = leaf_hash(entry_of(asiento.to_payload()))
        for node in merkle.grow(self._read, index, [leaf]):
            self._nodes[node.level, node.position] = node.hash
        self._leaves.append(leaf)
        size = len(self._leaves)
        checkpoint = Checkpoint(
            origin=log_origin(self.made.aud, 1), size=size, root=merkle.root(self._read, size)
        )
        note = sign_checkpoint(checkpoint, self.made.keys[KeyUse.BITACORA])
        path = tuple(merkle.inclusion_path(self._read, index, size))
        acuse = Acuse(
            aud=self.made.aud,
            epoca=1,
            sobre=sobre_id,
            unidad=sobre.unidad,
            sistema=sobre.sistema,
            registro=sobre.registro,
            instalacion=sobre.instalacion,
            n=sobre.n,
            archivos=sobre.archivos,
            ofrecido=asiento.ofrecido,
            completado=asiento.completado,
            asiento=asiento.to_payload(),
            indice=index,
            prueba=str(Proof(index=index, path=path, checkpoint=note)),
            marcas=(*sobre.marcas, *self.marks.get(str(sobre_id), ())),
        )
        return self.made.sign(acuse)

    def _acuse_key(self, _kid: str) -> PublicKey:
        return self.made.keys[KeyUse.ACUSE].public_key()

    def _read(self, level: int, position: int) -> bytes:
        return self._nodes[level, position]

    def _constancia(self, sobre: str) -> httpx2.Response:
        held = self.held.get(sobre)
        if held is None or held.acuse is None:
            return problem(404, "CEN-004", "nunca")
        if not held.constancias and self.verdict is not None:
            self.judge(held, self.verdict)
        return httpx2.Response(200, text=held.constancias[-1]) if held.constancias else httpx2.Response(202)

    def judge(self, held: Held, verdict: Resultado) -> None:
        """Give a constancia, superseding the one before."""
        assert held.acuse is not None
        constancia = Constancia(
            aud=self.made.aud,
            epoca=1,
            correlativo=1 + sum(len(other.constancias) for other in self.held.values()),
            sobre=jws.document_id(held.token),
            acuse=jws.document_id(held.acuse),
            unidad=held.sobre.unidad,
            registro=held.sobre.registro,
            resultado=verdict,
            razones=(),
            archivos=held.sobre.archivos,
            emitida=now(),
            orden=len(held.constancias) + 1,
            reemplaza=jws.document_id(held.constancias[-1]) if held.constancias else None,
        )
        held.constancias.append(self.made.sign(constancia))

    def _create(self, headers: httpx2.Headers) -> httpx2.Response:
        pairs = dict(pair.split(" ") for pair in headers["upload-metadata"].split(","))
        digest = base64.b64decode(pairs["sha256"]).decode("ascii")
        if digest in self.files:
            return problem(409, "CEN-040", "nunca")
        name = next((key for key, upload in self.uploads.items() if upload[0] == digest), None)
        if name is None:
            name = secrets.token_hex(8)
            self.uploads[name] = (digest, int(headers["upload-length"]), bytearray())
            if headers["upload-length"] == "0":
                self.files[digest] = b""
        return httpx2.Response(201, headers={"Location": f"{HOST}/v1/envios/{name}", **_TUS})

    def _head(self, name: str) -> httpx2.Response:
        if name not in self.uploads:
            return problem(404, "CEN-004", "nunca")
        return httpx2.Response(200, headers={"Upload-Offset": str(len(self.uploads[name][2])), **_TUS})

    def _patch(self, name: str, body: bytes, headers: httpx2.Headers) -> httpx2.Response:
        if name not in self.uploads:
            return problem(404, "CEN-004", "nunca")
        digest, length, data = self.uploads[name]
        if int(headers["upload-offset"]) != len(data):
            return problem(409, "CEN-042", "luego")
        if headers["upload-checksum"] != f"sha256 {base64.b64encode(hashlib.sha256(body).digest()).decode()}":
            return problem(460, "CEN-043", "luego")
        data += body
        if len(data) == length:
            del self.uploads[name]
            if hashlib.sha256(data).hexdigest() != digest:
                return problem(460, "CEN-041", "luego")
            self.files[digest] = bytes(data)
        return httpx2.Response(204, headers={"Upload-Offset": str(len(data)), **_TUS})


def problem(status: int, code: str, retry: str, **headers: str) -> httpx2.Response:
    """Give a problem document."""
    body = {
        "type": f"urn:sigasers:error:{code}",
        "title": "t",
        "status": status,
        "detail": "d",
        "codigo": code,
    }
    content = json.dumps({**body, "reintentar": retry}).encode()
    kind = {"Content-Type": "application/problem+json"}
    return httpx2.Response(status, content=content, headers={**kind, **headers})


def path_of(request: str) -> str:
    """Give the path of a line of ``received``."""
    return urlsplit(request.partition(" ")[2]).path
