"""Answers: problem documents (RFC 9457), documents, bounded bodies; and the guard around every route."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from sigasers import mensajes
from sigasers.errors import OwnError, Retry, SigasersError
from sigasers.errors.centro import (
    BodyTooLargeError,
    MediaTypeError,
    MethodError,
    NotThereError,
    RequestError,
    StoreFullError,
)
from sigasers.errors.disk import DiskError, DiskFullError

JOSE = "application/jose"
PROBLEM = "application/problem+json"
_WORDS = {Retry.NEVER: "nunca", Retry.LATER: "luego", Retry.AFTER_ACTION: "tras_accion"}
_METHOD_NOT_ALLOWED = 405
_RETRY_AFTER_S = "30"
_MAX_BODY_S = 60.0
_OWN_FILE = "un archivo del centro"
log = logging.getLogger("sigasers.centro")
Handler = Callable[[Request], Awaitable[Response]]


def problem(error: SigasersError) -> Response:
    """Give the problem document of ``error``: Spanish, with code and whether to try again; no secret."""
    if isinstance(error, DiskFullError):
        error = StoreFullError("disk full")  # its own sentence is for who can free space: not the unit
    disk = isinstance(error, DiskError)
    retry = Retry.LATER if disk else error.retry  # a unit can do nothing about a disk of ours but come back
    fields = {**error.fields, "ruta": _OWN_FILE} if disk else error.fields
    sentence = mensajes.sentence(error.code, fields)
    body = {
        "type": f"urn:sigasers:error:{error.code}",
        "title": sentence.que,
        "status": error.http_status,
        "detail": f"{sentence.porque} {sentence.haga}",
        "codigo": error.code,
        "reintentar": _WORDS[retry],
    }
    headers = {"Retry-After": _RETRY_AFTER_S} if retry is Retry.LATER else None
    return JSONResponse(body, status_code=error.http_status, media_type=PROBLEM, headers=headers)


async def on_error(_request: Request, error: Exception) -> Response:
    """Turn what a route raised into an answer; what is not of our tree is a defect, logged whole."""
    match error:
        case SigasersError():
            if error.http_status >= 500:
                log.error("request failed: %s", error)
            return problem(error)
        case HTTPException(status_code=status) if status == _METHOD_NOT_ALLOWED:
            return problem(MethodError("method"))
        case HTTPException():
            return problem(NotThereError("address"))
        case ClientDisconnect():
            return problem(RequestError("client went away"))
    log.error("defect", exc_info=error)
    return problem(OwnError(type(error).__name__))


def guarded(handler: Handler) -> Handler:
    """Give ``handler`` with every error turned into an answer."""

    async def guard(request: Request) -> Response:
        begun = time.monotonic()
        try:
            answer = await handler(request)
        except Exception as error:  # noqa: BLE001 - the last line of defence of one request
            answer = await on_error(request, error)
        _log_access(request, answer, time.monotonic() - begun)
        return answer

    return guard


def _log_access(request: Request, answer: Response, took_s: float) -> None:
    """Log who asked for what; addresses hold digests and upload names, never a secret."""
    who = getattr(request.state, "who", None)
    data = {
        "metodo": request.method,
        "ruta": request.url.path[:200],
        "estado": answer.status_code,
        "ms": round(took_s * 1000),
        "de": request.client.host if request.client else None,
        "unidad": who.unidad if who else None,
        "registro": str(who.registro) if who else None,
        "sesion": request.headers.get("sigasers-sesion", "")[:64] or None,
    }
    log.info("solicitud", extra={"datos": data})


async def body_of(request: Request, *, media_type: str, limit: int) -> bytes:
    """Give the body of a request, read within ``limit`` bytes and a minute.

    Raises ``MediaTypeError``, ``BodyTooLargeError``, ``RequestError`` (too slow).
    """
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found != media_type:
        raise MediaTypeError("media type", esperado=media_type)
    if int(request.headers.get("content-length", "0") or "0") > limit:
        raise BodyTooLargeError("announced body", limite=limit)
    body = bytearray()
    try:
        async with asyncio.timeout(_MAX_BODY_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise BodyTooLargeError("body", limite=limit)
    except TimeoutError as error:
        raise RequestError("body too slow") from error
    return bytes(body)


def document(token: str) -> Response:
    """Answer with a signed document."""
    return Response(token, media_type=JOSE)
