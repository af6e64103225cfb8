"""A real `centro iniciar` in a process of its own, and a unit that speaks to it with other people's code.

The unit uses ``http.client`` and ``ssl`` of the standard library; only documents and keys are ours.
"""

import base64
import contextlib
import hashlib
import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sigasers import failpoint
from sigasers.centro import administration
from sigasers.centro.folders import Folders
from sigasers.centro.identity import new_identifier
from sigasers.centro.prepare import read_trust
from sigasers.formats.documents import Clase, IdentityFile, Sobre, Typ
from sigasers.keys import jws
from sigasers.keys.trust import Trust, open_root
from sigasers.keys.x509 import make_csr, read_certs_only
from sigasers.model import Digest, FileStatement, Identifier, Instant, Nemonico, UnidadEjecutora

_COMMAND = [sys.executable, "-X", "utf8", "-c", "from sigasers.cli import centro; centro()"]
_READY = "Centro listo"
_TIMEOUT_S = 60


class CentreDiedError(Exception):
    """The centre ended before it was ready; its output is the text."""


def today() -> Instant:
    """Give the present instant."""
    return Instant(datetime.now(UTC))


def digest_of(data: bytes) -> Digest:
    """Give SHA-256."""
    return Digest(hashlib.sha256(data).hexdigest())


def _environment(fault: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGASERS_")}
    return kept | ({failpoint.VARIABLE: fault} if fault else {})


@dataclass
class RunningCentre:
    """The centre of the installation ``folder`` (as ``--dir`` names it); started and stopped at will."""

    folder: Path
    process: "subprocess.Popen[str] | None" = None
    output: list[str] = field(default_factory=list)
    _reader: threading.Thread | None = None

    @property
    def root(self) -> Path:
        """The centre's own folder."""
        return self.folder / "centro"

    def command(self, *arguments: str, fault: str = "") -> "subprocess.CompletedProcess[str]":
        """Run one order of `centro` to its end."""
        return subprocess.run(
            [*_COMMAND, *arguments, "--dir", str(self.folder)],
            capture_output=True, text=True, encoding="utf-8", timeout=_TIMEOUT_S, check=False,
            env=_environment(fault),
        )  # fmt: skip

    def start(self, *arguments: str, fault: str = "", free_ports: bool = True) -> None:
        """Start and wait until it says that it is ready; raises ``CentreDiedError``."""
        ports = ["--puerto-inscripcion", "0", "--puerto-transmision", "0"] if free_ports else []
        self.process = subprocess.Popen(
            [*_COMMAND, "iniciar", "--dir", str(self.folder), *ports, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8", env=_environment(fault),
        )  # fmt: skip
        self.output = []
        ready = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(self.process, ready), daemon=True)
        self._reader.start()
        assert ready.wait(_TIMEOUT_S), "the centre says nothing"
        if not any(_READY in line for line in self.output):
            raise CentreDiedError(f"exit {self.wait()}: {''.join(self.output)}")

    def _read(self, process: "subprocess.Popen[str]", ready: threading.Event) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                self.output.append(line)
                if _READY in line:
                    ready.set()
        ready.set()

    def wait(self) -> int:
        """Wait for its end and give the exit code."""
        assert self.process is not None
        code = self.process.wait(_TIMEOUT_S)
        if self._reader is not None:
            self._reader.join(_TIMEOUT_S)
        self.process = None
        return code

    def stop(self) -> int:
        """Ask it to end, as a service manager would, and give the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """End it with no clean-up at all."""
        assert self.process is not None
        self.process.kill()
        self.wait()

    def end(self) -> None:
        """End it if it runs; for the end of a test."""
        if self.process is not None:
            self.kill()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def address(self, listener: str) -> str:
        """Give the base URL of a listener (``inscripcion``, ``transmision``) as the centre wrote it down."""
        written = json.loads((self.root / "direcciones.json").read_bytes())
        return str(written[listener][0])

    def unit_trust_addresses(self) -> tuple[str, ...]:
        """Give where units are told to transmit to: the root document's word."""
        document = read_trust(Folders(root=self.root))
        assert document is not None
        return document.document.transmision

    def new_code(self, unidad: str = "1288", *, nombre: str = "REGION LIMA") -> "tuple[str, IdentityFile]":
        """Add the unit and give a one-time code and its identity file, as `centro unidad` does it."""
        unit = UnidadEjecutora(nemonico=Nemonico.parse(unidad), nombre=nombre)
        administration.add_unit(self.root, unit, "SIGA")
        path = self.folder / f"identidad-{new_identifier()}.json"
        issued = administration.issue_code(self.root, unit.nemonico, "SIGA", path)
        return issued.code, IdentityFile.from_bytes(path.read_bytes())

    def unit(self, unidad: str = "1288") -> "MadeUnit":
        """Register a new unit and give it."""
        code, identity = self.new_code(unidad)
        unit = MadeUnit(centre=self, identity=identity, code=code)
        reply = unit.enroll()
        assert reply.status == 200, reply.body
        unit.take_certificate(reply)
        return unit

    def stored(self) -> dict[str, bytes]:
        """Give the files of the store by name."""
        return {path.name: path.read_bytes() for path in (self.root / "almacen").rglob("*") if path.is_file()}


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An HTTP answer; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        """The body as a JSON object."""
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found

    @property
    def text(self) -> str:
        """The body as ASCII text."""
        return self.body.decode("ascii").strip()

    @property
    def code(self) -> str:
        """The stable code of a problem document, which the answer must be."""
        assert self.headers["content-type"].split(";")[0] == "application/problem+json", self
        problem = self.json
        assert problem["status"] == self.status
        assert problem["type"] == f"urn:sigasers:error:{problem['codigo']}"
        assert problem["reintentar"] in {"nunca", "luego", "tras_accion"}
        assert problem["title"]
        assert problem["detail"]
        return str(problem["codigo"])


def ask(
    base: str,
    method: str,
    path: str,
    context: ssl.SSLContext,
    *,
    body: bytes | Iterator[bytes] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Send one request over a connection of its own; raises ``OSError``, ``http.client.HTTPException``."""
    parts = urlsplit(base)
    connection = http.client.HTTPSConnection(
        parts.hostname or "", parts.port, context=context, timeout=_TIMEOUT_S
    )
    with contextlib.closing(connection):
        connection.request(
            method, path, body=body, headers=dict(headers or {}), encode_chunked=body is not None
        )
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(status=answer.status, headers=found, body=answer.read())


@dataclass
class MadeUnit:
    """A unit with a key of its own; after ``enroll`` with a certificate too."""

    centre: RunningCentre
    identity: IdentityFile
    code: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    certificate: x509.Certificate | None = None
    instalacion: Identifier = field(default_factory=new_identifier)
    n: int = 0
    anterior: Digest | None = None

    @property
    def trust(self) -> Trust:
        """What follows from the identity file alone."""
        return open_root(self.identity.documento_raiz, huella=self.identity.huella)

    @property
    def ca_file(self) -> Path:
        """The centre's authority in PEM, for tools that want a file."""
        return self._file("ca.pem", self.trust.ca_certificates()[0].public_bytes(Encoding.PEM))

    @property
    def key_file(self) -> Path:
        """The unit's key in PEM."""
        pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return self._file("llave.pem", pem)

    @property
    def certificate_file(self) -> Path:
        """The unit's certificate in PEM."""
        assert self.certificate is not None
        return self._file("cert.pem", self.certificate.public_bytes(Encoding.PEM))

    def _file(self, name: str, data: bytes) -> Path:
        folder = self.centre.folder / "unidad" / str(self.identity.registro_pendiente)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        return folder / name

    def context(self, *, certificate: bool = True) -> ssl.SSLContext:
        """Give the TLS side of the unit, trusting the centre's own authority alone."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.ca_file)
        if certificate:
            context.load_cert_chain(self.certificate_file, self.key_file)
        return context

    def enroll(
        self, *, code: str | None = None, csr: bytes | None = None, registro: str | None = None
    ) -> Reply:
        """Ask for a certificate by EST."""
        name = self.identity.registro_pendiente if registro is None else registro
        user = f"{name}:{self.code if code is None else code}"
        headers = {
            "Content-Type": "application/pkcs10",
            "Content-Transfer-Encoding": "base64",
            "Authorization": "Basic " + base64.b64encode(user.encode()).decode(),
        }
        body = base64.encodebytes(make_csr(self.key) if csr is None else csr)
        base = self.centre.address("inscripcion")
        context = self.context(certificate=False)
        return ask(base, "POST", "/.well-known/est/simpleenroll", context, body=body, headers=headers)

    def take_certificate(self, reply: Reply) -> None:
        """Keep the certificate of an answer to ``enroll``."""
        (self.certificate,) = read_certs_only(base64.b64decode(reply.body))

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request to the transmission listener."""
        base = self.centre.address("transmision")
        return ask(base, method, path, self.context(), body=body, headers=headers)

    def session(self, **members: object) -> Reply:
        """Open a session."""
        asked = {"v": 1, "instalacion": None, "reloj": str(today()), "checkpoint": None} | members
        body = json.dumps(asked).encode()
        return self.ask("POST", "/v1/sesion", body=body, headers={"Content-Type": "application/json"})

    def sobre(self, files: Mapping[str, bytes], **changes: object) -> Sobre:
        """Give the next sobre of the unit's chain, which goes on with it; ``changes`` bend it."""
        assert self.certificate is not None
        true: dict[str, object] = {
            "aud": self.trust.centre_id,
            "registro": self.identity.registro_pendiente,
            "unidad": self.identity.unidad.nemonico,
            "sistema": self.identity.sistema,
            "instalacion": self.instalacion,
            "n": self.n + 1,
            "anterior": self.anterior,
            "creado": today(),
            "desfase_ms": 0,
            "archivos": tuple(statement(name, data) for name, data in files.items()),
            "clase": Clase.ENVIO,
        }
        return Sobre(**(true | changes))  # type: ignore[arg-type]

    def signed(self, files: Mapping[str, bytes], **changes: object) -> str:
        """Give the next sobre, signed; the chain goes on from it."""
        token = self.sign(self.sobre(files, **changes).to_payload())
        self.n, self.anterior = self.n + 1, jws.document_id(token)
        return token

    def sign(self, payload: bytes) -> str:
        """Sign a sobre's payload."""
        return jws.sign(payload, typ=Typ.SOBRE, key=self.key)

    def offer(self, token: str | bytes) -> Reply:
        """Offer a sobre."""
        body = token.encode() if isinstance(token, str) else token
        return self.ask("POST", "/v1/sobres", body=body, headers={"Content-Type": "application/jose"})

    def create(self, token: str, data: bytes, **headers: str) -> Reply:
        """Open an upload for ``data`` as a file of the sobre ``token``."""
        metadata = {"sobre": str(jws.document_id(token)), "sha256": str(digest_of(data))}
        pairs = ",".join(f"{key} {b64(value.encode())}" for key, value in metadata.items())
        return self.tus(
            "POST", "/v1/envios", **{"Upload-Length": str(len(data)), "Upload-Metadata": pairs, **headers}
        )

    def tus(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, **headers: str
    ) -> Reply:
        """Send one tus request; a header given as ``""`` is left out."""
        sent = {"Tus-Resumable": "1.0.0", **headers}
        return self.ask(method, path, body=body, headers={key: value for key, value in sent.items() if value})

    def patch(self, path: str, offset: int, piece: bytes | Iterator[bytes], **headers: str) -> Reply:
        """Send one piece."""
        true = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        return self.tus("PATCH", path, piece, **(true | headers))

    def upload(self, token: str, data: bytes, *, piece_bytes: int = 1 << 20) -> None:
        """Bring one file to its end, going on from what the centre holds."""
        created = self.create(token, data)
        if created.status == 409:
            return
        assert created.status == 201, created
        path = urlsplit(created.headers["location"]).path
        while (offset := int(self.tus("HEAD", path).headers["upload-offset"])) < len(data):
            piece = data[offset : offset + piece_bytes]
            done = self.patch(path, offset, piece, **{"Upload-Checksum": f"sha256 {sha256(piece)}"})
            assert done.status == 204, done

    def deliver(self, token: str, files: Mapping[str, bytes], *, piece_bytes: int = 1 << 20) -> str:
        """Offer a sobre, bring what it misses, and give its acuse."""
        by_digest = {str(digest_of(data)): data for data in files.values()}
        while True:
            reply = self.offer(token)
            assert reply.status in {200, 202}, reply
            if reply.status == 200:
                return str(reply.json["acuse"])
            missing = reply.json["faltan"]
            assert isinstance(missing, list)
            for name in missing:
                self.upload(token, by_digest[name], piece_bytes=piece_bytes)


def statement(name: str, data: bytes) -> FileStatement:
    """Give what a sobre says of a file."""
    return FileStatement(nombre=name, tamano_bytes=len(data), sha256=digest_of(data))


def b64(data: bytes) -> str:
    """Give base64 text."""
    return base64.b64encode(data).decode("ascii")


def sha256(data: bytes) -> str:
    """Give the value of an ``Upload-Checksum`` by SHA-256."""
    return b64(hashlib.sha256(data).digest())
