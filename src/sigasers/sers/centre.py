"""The centre as the agent asks it: ``docs/spec/wire.md``, request by request.

Answers are read strictly; nothing signed is verified here (``keys.receipts``). No retries.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from sigasers.errors import TheirError
from sigasers.errors.sers import BadAnswerError, PieceMismatchError
from sigasers.formats import strict_json
from sigasers.formats.documents import Typ
from sigasers.formats.json_fields import Fields
from sigasers.model import Digest, Identifier, Instant, Nemonico
from sigasers.sers.line import MAX_ANSWER_BYTES, Answer, Line

T = TypeVar("T")
_TUS = {"Tus-Resumable": "1.0.0"}
_JOSE = {"Content-Type": "application/jose"}
_JSON = {"Content-Type": "application/json"}
_WHOLE_FILE_MISMATCH = "CEN-041"
_MAX_DOCUMENT_CHARS = Typ.ACUSE.max_token_bytes


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head of a chain as the centre knows it: its last number and that sobre's id."""

    instalacion: Identifier
    n: int
    sobre: Digest


@dataclass(frozen=True, kw_only=True)
class SessionAnswer:
    """What the centre says at the start: its clock, whom it takes us for, the head of our chain, its limits.

    ``raiz`` and ``perfil``: (época, n) of the newest; ``piece_bytes``: the longest piece that it takes.
    """

    sesion: str
    hora: Instant
    registro: Identifier
    unidad: Nemonico
    sistema: str
    nombre: str
    expires: Instant
    head: Head | None
    raiz: tuple[int, int]
    perfil: tuple[int, int]
    piece_bytes: int
    largest_file_bytes: int


@dataclass(frozen=True, kw_only=True)
class OfferAnswer:
    """The answer to an offered sobre; ``acuse`` when it is whole, else what is missing."""

    oferta: str
    missing: tuple[Digest, ...]
    acuse: str | None


class Centre:
    """The requests of the transmission listener, over ``line``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def session(
        self, instalacion: Identifier | None, *, clock: Instant, checkpoint: str | None
    ) -> SessionAnswer:
        """Open a session; later requests carry its name."""
        body = {
            "v": 1,
            "instalacion": None if instalacion is None else str(instalacion),
            "reloj": str(clock),
            "checkpoint": checkpoint,
        }
        content = json.dumps(body).encode("ascii")
        answer = self._line.ask("POST", "/v1/sesion", expect={200}, content=content, headers=_JSON)
        found = _parsed(answer, _session)
        self._line.headers["Sigasers-Sesion"] = found.sesion
        return found

    def root(self) -> str:
        """Give the current root document."""
        return _token(self._line.ask("GET", "/v1/raiz", expect={200}))

    def profile(self) -> str:
        """Give our profile."""
        return _token(self._line.ask("GET", "/v1/perfil", expect={200}))

    def offer(self, token: str) -> OfferAnswer:
        """Offer a sobre, for the first time or again."""
        content = token.encode("ascii")
        return _parsed(
            self._line.ask("POST", "/v1/sobres", expect={200, 202}, content=content, headers=_JOSE), _offer
        )

    def constancia(self, sobre: Digest) -> str | None:
        """Give the newest constancia of an acknowledged sobre, or ``None`` while there is none."""
        answer = self._line.ask("GET", f"/v1/constancias/{sobre}", expect={200, 202})
        return _token(answer) if answer.status == 200 else None

    def create_upload(self, sobre: Digest, digest: Digest, size_bytes: int) -> str | None:
        """Give the path of the upload for a missing file; ``None`` when the centre no longer misses it."""
        pairs = {"sobre": str(sobre), "sha256": str(digest)}
        metadata = ",".join(f"{key} {_b64(value.encode('ascii'))}" for key, value in pairs.items())
        headers = {**_TUS, "Upload-Length": str(size_bytes), "Upload-Metadata": metadata}
        answer = self._line.ask("POST", "/v1/envios", expect={201, 409}, headers=headers)
        if answer.status == 409:
            return None
        # The path alone is taken: an answer must not lead us to another host.
        path = urlsplit(answer.headers.get("location", "")).path
        if not path.startswith("/v1/envios/"):
            raise BadAnswerError("bad location", motivo="No dijo dónde enviar el archivo")
        return path

    def upload_offset(self, path: str) -> int | None:
        """Give how many bytes the centre holds for good; ``None`` when the upload is gone."""
        answer = self._line.ask("HEAD", path, expect={200, 204, 404, 410}, headers=_TUS)
        return None if answer.status in {404, 410} else _offset(answer)

    def send_piece(self, path: str, offset: int, piece: bytes) -> int | None:
        """Send one piece and give the offset after it; ``None`` when offset or upload must be asked for again.

        Raises ``PieceMismatchError`` (field ``archivo``: whether the whole file is another).
        """
        digest = _b64(hashlib.sha256(piece).digest())
        headers = {
            **_TUS,
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {digest}",
        }
        try:
            answer = self._line.ask(
                "PATCH", path, expect={204, 404, 409, 410, 423}, content=piece, headers=headers
            )
        except PieceMismatchError as error:
            whole = error.fields.get("codigo") == _WHOLE_FILE_MISMATCH
            raise PieceMismatchError("digest mismatch", archivo=whole) from error
        return _offset(answer) if answer.status == 204 else None


def _session(fields: Fields) -> SessionAnswer:
    limits = fields.object("limites")
    return SessionAnswer(
        sesion=fields.parsed("sesion", _header_text),
        hora=fields.parsed("hora", Instant.parse),
        registro=fields.parsed("registro", Identifier),
        unidad=fields.parsed("unidad", Nemonico.parse),
        sistema=fields.text("sistema", max_chars=16),
        nombre=fields.text("nombre", max_chars=250),
        expires=fields.parsed("certificado_vence", Instant.parse),
        head=_head(fields.object("cabeza")) if fields.optional("cabeza") else None,
        raiz=_order(fields, "raiz"),
        perfil=_order(fields, "perfil"),
        piece_bytes=limits.integer("trozo", minimum=1),
        largest_file_bytes=limits.integer("tamano_maximo", minimum=1),
    )


def _head(fields: Fields) -> Head:
    return Head(
        instalacion=fields.parsed("instalacion", Identifier),
        n=fields.integer("n", minimum=1),
        sobre=fields.parsed("sobre", Digest),
    )


def _offer(fields: Fields) -> OfferAnswer:
    acuse = fields.optional("acuse")
    return OfferAnswer(
        oferta=fields.text("oferta", max_chars=_MAX_DOCUMENT_CHARS),
        missing=tuple(Digest(text) for text in fields.texts("faltan", max_items=16)),
        acuse=fields.text("acuse", max_chars=_MAX_DOCUMENT_CHARS) if acuse else None,
    )


def _order(fields: Fields, name: str) -> tuple[int, int]:
    found = fields.items(name, max_items=2)
    match found:
        case [int() as epoca, int() as n]:
            return epoca, n
    raise BadAnswerError(f"{name} is not a pair", motivo="La respuesta no tiene la forma esperada")


def _parsed(answer: Answer, parse: Callable[[Fields], T]) -> T:
    """Read a JSON answer; whatever does not hold is a bad answer."""
    try:
        return parse(Fields(strict_json.loads(answer.body, max_bytes=MAX_ANSWER_BYTES), "answer"))
    except BadAnswerError:
        raise
    except TheirError as error:
        raise BadAnswerError(str(error), motivo="La respuesta no tiene la forma esperada") from error


def _token(answer: Answer) -> str:
    try:
        return answer.body.decode("ascii").strip()
    except UnicodeDecodeError as error:
        raise BadAnswerError("not a token", motivo="La respuesta no es un documento firmado") from error


def _offset(answer: Answer) -> int:
    text = answer.headers.get("upload-offset", "")
    if not re.fullmatch(r"[0-9]{1,15}", text, re.ASCII):
        raise BadAnswerError("no offset", motivo="No dijo cuánto del archivo tiene")
    return int(text)


def _header_text(text: str) -> str:
    """Give the session's name if a header can carry it."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,64}", text, re.ASCII):
        raise ValueError("not a session name")
    return text


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
