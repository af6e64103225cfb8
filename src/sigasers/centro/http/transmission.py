"""The transmission listener: who asks is judged on every request, then sessions, sobres, receipts, documents."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from sqlite3 import Connection

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sigasers.centro import log_rows, offers, registrations
from sigasers.centro.clock import Clock
from sigasers.centro.committer import CHECKPOINT
from sigasers.centro.database import read_setting
from sigasers.centro.http.answers import JOSE, body_of, document, guarded, on_error
from sigasers.centro.http.tls import EXTENSION
from sigasers.centro.http.upload_routes import UploadRoutes
from sigasers.centro.identity import Identity
from sigasers.centro.limits import Limits
from sigasers.centro.offers import Status
from sigasers.centro.profiles import Profiles
from sigasers.centro.reception import Reception
from sigasers.errors import TheirError
from sigasers.errors.centro import (
    BodyTooLargeError,
    CertificateError,
    CertificateTimeError,
    NotThereError,
    RequestError,
    RolledBackError,
    SobreError,
)
from sigasers.formats import strict_json
from sigasers.formats.documents.kinds import MAX_SOBRE_BYTES
from sigasers.formats.json_fields import Fields
from sigasers.keys.checkpoint import verify_checkpoint
from sigasers.keys.trust import Trust
from sigasers.model import Digest, Identifier, Instant
from sigasers.protocol import merkle

_JSON = "application/json"
_MAX_SESSION_BYTES = 32 << 10
_ACCEPTED = 202
Judged = Callable[[Request, Identity], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True)
class TransmissionParts:
    """What the routes need; ``on_ahead`` ends the engine when a unit proves that this centre went back."""

    reader: Connection
    trust: Trust
    profiles: Profiles
    reception: Reception
    uploads: UploadRoutes
    clock: Clock
    limits: Limits
    on_ahead: Callable[[RolledBackError], None]


class Transmission:
    """The routes of the transmission listener."""

    def __init__(self, parts: TransmissionParts) -> None:
        self._parts = parts
        self._reader = parts.reader

    def app(self) -> Starlette:
        """Give the application."""
        uploads = self._parts.uploads
        routes = [
            self._route("/v1/sesion", self._session, "POST", any_time=True),
            self._route("/v1/raiz", self._root, "GET"),
            self._route("/v1/perfil", self._profile, "GET"),
            self._route("/v1/sobres", self._offer, "POST"),
            self._route("/v1/acuses/{sobre}", self._acuse, "GET"),
            self._route("/v1/constancias/{sobre}", self._constancia, "GET"),
            self._route("/v1/bitacora/checkpoint", self._checkpoint, "GET"),
            self._route("/v1/estado", self._state, "GET"),
            self._route("/v1/envios", uploads.collection, "POST", "OPTIONS"),
            self._route("/v1/envios/{envio}", uploads.one, "HEAD", "PATCH", "DELETE", "OPTIONS"),
        ]
        return Starlette(routes=routes, exception_handlers={404: on_error, 405: on_error})

    def _route(self, path: str, handler: Judged, *methods: str, any_time: bool = False) -> Route:
        """Give a route whose handler is told who asks; only ``any_time`` ones serve an expired certificate."""

        async def judged(request: Request) -> Response:
            who = self._identify(request)
            if not any_time and not who.in_time(self._parts.clock()):
                raise CertificateTimeError("certificate out of its time")
            request.state.who = who
            return await handler(request, who)

        return Route(path, guarded(judged), methods=list(methods))

    def _identify(self, request: Request) -> Identity:
        der = request.scope.get("extensions", {}).get(EXTENSION, {}).get("der")
        if der is None:
            raise CertificateError("no client certificate")
        who = registrations.identity_of(self._reader, Digest(hashlib.sha256(der).hexdigest()))
        if who is None:
            raise CertificateError("certificate unknown or revoked")
        return who

    async def _session(self, request: Request, who: Identity) -> Response:
        body = await body_of(request, media_type=_JSON, limit=_MAX_SESSION_BYTES)
        try:
            fields = Fields(strict_json.loads(body, max_bytes=_MAX_SESSION_BYTES), "sesion")
            fields.integer("v", minimum=1)  # a newer agent is served: what it adds is ignored
            fields.parsed("reloj", Instant.parse)
            chain = fields.parsed("instalacion", Identifier) if fields.optional("instalacion") else None
            seen = fields.text("checkpoint", max_chars=20_000) if fields.optional("checkpoint") else None
        except TheirError as error:
            raise RequestError(str(error)) from error
        self._check_not_ahead(seen)
        order, _ = await self._parts.profiles.current(who)
        limits = self._parts.limits
        return JSONResponse(
            {
                "v": 1,
                "sesion": secrets.token_urlsafe(16),
                "hora": str(self._parts.clock()),
                "registro": str(who.registro),
                "unidad": who.unidad,
                "sistema": who.sistema,
                "nombre": who.nombre,
                "certificado_vence": str(who.hasta),
                "cabeza": self._head(who, chain),
                "perfil": list(order),
                "raiz": list(self._parts.trust.document.order),
                "bitacora": read_setting(self._reader, CHECKPOINT),
                "limites": {"tamano_maximo": limits.max_file_bytes, "trozo": limits.piece_bytes},
            }
        )

    def _head(self, who: Identity, chain: Identifier | None) -> dict[str, object] | None:
        found = None if chain is None else offers.head(self._reader, who.registro, chain)
        if found is None:
            return None
        return {"instalacion": str(chain), "n": found[0], "sobre": str(found[1])}

    def _check_not_ahead(self, seen: str | None) -> None:
        """Stop signing if a unit holds a checkpoint of our own key that our log does not continue."""
        if seen is None:
            return
        try:
            theirs = verify_checkpoint(seen, self._parts.trust)
        except TheirError:
            return  # no word of ours: it proves nothing
        size = log_rows.size(self._reader)
        if theirs.size > size or merkle.root(log_rows.reader(self._reader), theirs.size) != theirs.root:
            reason = (
                f"una unidad tiene un punto de control de {theirs.size} asientos que no es de esta bitácora"
            )
            error = RolledBackError(f"a unit holds a checkpoint of {theirs.size}, own {size}", motivo=reason)
            self._parts.on_ahead(error)
            raise error

    async def _root(self, _request: Request, _who: Identity) -> Response:
        return document(self._parts.trust.token)

    async def _profile(self, _request: Request, who: Identity) -> Response:
        return document((await self._parts.profiles.current(who))[1])

    async def _offer(self, request: Request, who: Identity) -> Response:
        try:
            body = await body_of(request, media_type=JOSE, limit=MAX_SOBRE_BYTES + 2)
        except BodyTooLargeError as error:
            raise SobreError("sobre too long", motivo=error.code) from error
        status = await self._parts.reception.offer(who, body)
        return _offer_answer(status)

    async def _acuse(self, request: Request, who: Identity) -> Response:
        status = offers.read_status(self._reader, _sobre(request), who.unidad)
        if status is None:
            raise NotThereError("no such sobre")
        return document(status.acuse) if status.acuse else Response(status_code=_ACCEPTED)

    async def _constancia(self, request: Request, who: Identity) -> Response:
        sobre = _sobre(request)
        if offers.read_status(self._reader, sobre, who.unidad) is None:
            raise NotThereError("no such sobre")
        row = self._reader.execute(
            "SELECT jws FROM constancias WHERE sobre = ? ORDER BY orden DESC LIMIT 1", (sobre.hex,)
        ).fetchone()
        return document(str(row["jws"])) if row is not None else Response(status_code=_ACCEPTED)

    async def _checkpoint(self, _request: Request, _who: Identity) -> Response:
        note = read_setting(self._reader, CHECKPOINT)
        if note is None:
            raise NotThereError("log is empty")
        return PlainTextResponse(note)

    async def _state(self, _request: Request, _who: Identity) -> Response:
        return JSONResponse({"v": 1, "estado": "ok"})


def _sobre(request: Request) -> Digest:
    try:
        return Digest(str(request.path_params["sobre"]))
    except TheirError as error:
        raise NotThereError("sobre's id malformed") from error


def _offer_answer(status: Status) -> Response:
    """Answer an offer: 200 with the acuse, 202 with what is missing."""
    body = {
        "v": 1,
        "sobre": str(status.sobre),
        "oferta": status.oferta,
        "faltan": list(status.missing),
        "acuse": status.acuse,
    }
    if status.acuse is not None:
        return JSONResponse(body)
    headers = None if status.missing else {"Retry-After": "1"}
    return JSONResponse(body, status_code=_ACCEPTED, headers=headers)
