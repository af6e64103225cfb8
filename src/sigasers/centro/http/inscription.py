"""The enrolment listener: EST ``cacerts`` and ``simpleenroll`` (RFC 7030), and the root document."""

import base64
import binascii

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sigasers.centro.enrolment import Enrolment
from sigasers.centro.http.answers import body_of, document, guarded, on_error
from sigasers.errors import SigasersError, TheirError
from sigasers.errors.centro import CredentialsError, CsrError, WrongCodeError
from sigasers.keys.trust import Trust
from sigasers.keys.x509 import MAX_CSR_BYTES, certs_only, load_certificate
from sigasers.model import Identifier

_CERTS = "application/pkcs7-mime; smime-type=certs-only"
_CSR = "application/pkcs10"
_UNAUTHORIZED = 401


class Inscription:
    """The routes of the enrolment listener."""

    def __init__(self, enrolment: Enrolment, trust: Trust) -> None:
        self._enrolment, self._trust = enrolment, trust

    def app(self) -> Starlette:
        """Give the application."""
        routes = [
            Route("/.well-known/est/cacerts", guarded(self._cacerts), methods=["GET"]),
            Route("/.well-known/est/simpleenroll", guarded(self._enroll), methods=["POST"]),
            Route("/v1/raiz", guarded(self._root), methods=["GET"]),
        ]
        return Starlette(routes=routes, exception_handlers={404: on_error, 405: on_error})

    async def _root(self, _request: Request) -> Response:
        return document(self._trust.token)

    async def _cacerts(self, _request: Request) -> Response:
        return _pkcs7(certs_only(self._trust.ca_certificates()))

    async def _enroll(self, request: Request) -> Response:
        try:
            user, code = _basic(request.headers.get("authorization", ""))
            body = await body_of(request, media_type=_CSR, limit=2 * MAX_CSR_BYTES)
            der = await self._enrolment.enroll(_registro(user), code, _base64(body))
        except SigasersError as error:
            answer = await on_error(request, error)
            if answer.status_code == _UNAUTHORIZED:
                answer.headers["WWW-Authenticate"] = 'Basic realm="sigasers"'
            return answer
        return _pkcs7(certs_only([load_certificate(der)]))


def _basic(header: str) -> tuple[str, str]:
    scheme, _, value = header.partition(" ")
    try:
        user, colon, code = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise CredentialsError("authorization malformed") from error
    if scheme.lower() != "basic" or not colon:
        raise CredentialsError("no basic authorization")
    return user, code


def _registro(user: str) -> Identifier:
    """Give the registration named by the user part; a malformed one is as good as one that is not there."""
    try:
        return Identifier(user)
    except TheirError as error:
        raise WrongCodeError("registration malformed") from error


def _base64(body: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(body.split()), validate=True)
    except binascii.Error as error:
        raise CsrError("request is not base64") from error


def _pkcs7(der: bytes) -> Response:
    """Answer with a certs-only message in base64, as RFC 7030 section 4.1.3 says."""
    return Response(
        base64.encodebytes(der), media_type=_CERTS, headers={"Content-Transfer-Encoding": "base64"}
    )
