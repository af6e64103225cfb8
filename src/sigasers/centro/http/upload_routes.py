"""tus 1.0.0 at ``/v1/envios``: headers to values and back; pieces go to ``uploads``."""

from collections.abc import AsyncIterator, Coroutine
from datetime import UTC
from email.utils import format_datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sigasers.centro.clock import Clock
from sigasers.centro.http.answers import problem
from sigasers.centro.identity import Identity
from sigasers.centro.upload_rows import UploadRow
from sigasers.centro.uploads import UploadRequest, Uploads
from sigasers.errors import SigasersError, TheirError
from sigasers.errors.centro import (
    BodyTooLargeError,
    MediaTypeError,
    TusHeaderError,
    TusVersionError,
    UploadGoneError,
    UploadRefusedError,
)
from sigasers.model import Digest, Identifier
from sigasers.protocol import tus

_CREATED, _NO_CONTENT = 201, 204


class UploadRoutes:
    """Routes of uploads; every answer, errors too, carries ``Tus-Resumable``."""

    def __init__(self, uploads: Uploads, clock: Clock) -> None:
        self._uploads, self._clock = uploads, clock

    async def collection(self, request: Request, who: Identity) -> Response:
        """Serve ``/v1/envios``."""
        if request.method == "OPTIONS":
            return self._options()
        return await self._answered(request, self._create(request, who))

    async def one(self, request: Request, who: Identity) -> Response:
        """Serve ``/v1/envios/{envio}``."""
        if request.method == "OPTIONS":
            return self._options()
        action = {"HEAD": self._head, "PATCH": self._patch, "DELETE": self._delete}[request.method]
        return await self._answered(request, action(request, who))

    async def _answered(self, request: Request, action: Coroutine[None, None, Response]) -> Response:
        try:
            tus.check_version(request.headers)
            answer = await action
        except SigasersError as error:
            answer = problem(error)
            if isinstance(error, TusVersionError):
                answer.headers["Tus-Version"] = tus.VERSION
        finally:
            action.close()
        answer.headers["Tus-Resumable"] = tus.VERSION
        return answer

    def _options(self) -> Response:
        headers = {
            "Tus-Resumable": tus.VERSION,
            "Tus-Version": tus.VERSION,
            "Tus-Extension": tus.EXTENSIONS,
            "Tus-Checksum-Algorithm": tus.ALGORITHMS,
            "Tus-Max-Size": str(self._uploads.limits.max_file_bytes),
        }
        return Response(status_code=_NO_CONTENT, headers=headers)

    async def _create(self, request: Request, who: Identity) -> Response:
        creation = tus.read_creation(request.headers)
        if creation.size_bytes > self._uploads.limits.max_file_bytes:
            raise BodyTooLargeError("file", limite=self._uploads.limits.max_file_bytes)
        wanted = UploadRequest(
            sobre=_named(creation, "sobre"), sha256=_named(creation, "sha256"), size_bytes=creation.size_bytes
        )
        row = await self._uploads.create(who, wanted, request.headers.get("upload-metadata", ""))
        offset = row.offset_bytes
        if request.headers.get("content-type") == tus.CONTENT_TYPE and not row.whole:
            piece = tus.read_piece(request.headers, creating=True)
            offset = await self._uploads.patch(who, row.id, piece, _chunks(request))
        location = f"{request.url.scheme}://{request.url.netloc}/v1/envios/{row.id}"
        headers = {"Location": location, "Upload-Offset": str(offset)} | self._expires(row)
        return Response(status_code=_CREATED, headers=headers)

    async def _head(self, request: Request, who: Identity) -> Response:
        row = await self._uploads.head(who, _upload(request))
        headers = {
            "Upload-Offset": str(row.offset_bytes),
            "Upload-Length": str(row.size_bytes),
            "Cache-Control": "no-store",
        }
        if row.metadata:
            headers["Upload-Metadata"] = row.metadata
        return Response(status_code=200, headers=headers | self._expires(row))

    async def _patch(self, request: Request, who: Identity) -> Response:
        if request.headers.get("content-type") != tus.CONTENT_TYPE:
            raise MediaTypeError("piece", esperado=tus.CONTENT_TYPE)
        piece = tus.read_piece(request.headers)
        offset = await self._uploads.patch(who, _upload(request), piece, _chunks(request))
        return Response(status_code=_NO_CONTENT, headers={"Upload-Offset": str(offset)})

    async def _delete(self, request: Request, who: Identity) -> Response:
        await self._uploads.terminate(who, _upload(request))
        return Response(status_code=_NO_CONTENT)

    def _expires(self, row: UploadRow) -> dict[str, str]:
        if row.whole:
            return {}
        at = self._uploads.expires(row).at.astimezone(UTC)
        return {"Upload-Expires": format_datetime(at, usegmt=True)}


def _upload(request: Request) -> Identifier:
    try:
        return Identifier(str(request.path_params["envio"]))
    except TheirError as error:
        raise UploadGoneError("upload's name malformed") from error


def _named(creation: tus.Creation, name: str) -> Digest:
    """Give a digest of the metadata; one that is not there or malformed names no open offer."""
    raw = creation.metadata.get(name)
    if raw is None:
        raise UploadRefusedError(f"metadata without {name}")
    try:
        return Digest(raw.decode("ascii", "replace"))
    except TheirError as error:
        raise TusHeaderError(f"{name} malformed", cabecera="Upload-Metadata") from error


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    """Give the body as it comes; a sender that went away is a broken connection."""
    try:
        async for chunk in request.stream():
            if chunk:
                yield chunk
    except ClientDisconnect as error:
        raise ConnectionError("sender went away") from error
