"""What goes wrong on the line, as errors of ours: failures of the network and refusals of the centre.

Decided by exception class, OpenSSL's verify code or reason word, HTTP status and the problem document's code;
never by a message's text.
"""

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import httpx2

from sigasers.errors import SigasersError
from sigasers.errors.formats import FormatError
from sigasers.errors.sers import (
    BadAnswerError,
    CentreActionError,
    CentreBusyError,
    CentreRefusedError,
    CentreTimeoutError,
    CentreUnreachableError,
    CertificateExpiredError,
    CertificateRefusedError,
    ClockError,
    ConnectionRefusedByHostError,
    ExpiredCodeError,
    LockedCodeError,
    NameNotFoundError,
    NotOurCentreError,
    PieceMismatchError,
    UsedCodeError,
    WrongCodeError,
)
from sigasers.formats import strict_json
from sigasers.formats.json_fields import Fields
from sigasers.mensajes.motivos import motivo

_MAX_PROBLEM_BYTES = 16 << 10
_MAX_DETAIL_CHARS = 300
_TIME_VERIFY_CODES = {9, 10}  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED
_NOT_TLS = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNSUPPORTED_PROTOCOL"}
_CLIENT_REFUSED = {
    "TLSV13_ALERT_CERTIFICATE_REQUIRED",
    "TLSV1_ALERT_UNKNOWN_CA",
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
    "SSLV3_ALERT_BAD_CERTIFICATE",
}
_BY_CODE: Mapping[str, type[SigasersError]] = {
    "CEN-010": WrongCodeError,
    "CEN-011": WrongCodeError,
    "CEN-012": UsedCodeError,
    "CEN-013": ExpiredCodeError,
    "CEN-014": LockedCodeError,
    "CEN-020": CertificateRefusedError,
    "CEN-021": CertificateExpiredError,
}
_BY_RETRY: Mapping[str, type[SigasersError]] = {
    "nunca": CentreRefusedError,
    "luego": CentreBusyError,
    "tras_accion": CentreActionError,
}
_PIECE_MISMATCH = 460


def translate(error: Exception, address: str) -> SigasersError:
    """Give our error for a failure below HTTP."""
    for cause in _chain(error):
        found = _by_class(cause, address)
        if found is not None:
            return found
    return CentreUnreachableError(
        type(error).__name__, direccion=address, motivo="la conexión se cortó o no se entiende"
    )


def refusal(status: int, headers: Mapping[str, str], body: bytes) -> SigasersError:
    """Give our error for an answer that refuses: by its problem document, else ``BadAnswerError``."""
    wait = headers.get("retry-after", "")
    wait_s = int(wait) if re.fullmatch(r"[0-9]{1,6}", wait, re.ASCII) else None
    try:
        fields = Fields(strict_json.loads(body, max_bytes=_MAX_PROBLEM_BYTES), "problem")
        code, retry = fields.text("codigo", max_chars=20), fields.text("reintentar")
        detail = _plain(fields.text("detail", max_chars=2000))
    except FormatError:
        code, retry, detail = "", "", ""
    if status == _PIECE_MISMATCH:
        return PieceMismatchError("digest mismatch", codigo=code)
    kind = _BY_CODE.get(code) or _BY_RETRY.get(retry)
    if kind is None:
        return BadAnswerError(
            f"status {status}", motivo=f"Respondió con el estado HTTP {status}", esperar_s=wait_s
        )
    return kind(f"status {status}", codigo=code, detalle=detail, esperar_s=wait_s)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _by_class(  # noqa: PLR0911 - one return for each kind of failure
    cause: BaseException, address: str
) -> SigasersError | None:
    match cause:
        case ssl.SSLCertVerificationError():
            return _by_verify_code(cause.verify_code, address)
        case ssl.SSLError():
            return _by_reason(cause.reason or "", address)
        case socket.gaierror():
            return NameNotFoundError("no address", direccion=address, motivo="el nombre no existe")
        case ConnectionRefusedError():
            return ConnectionRefusedByHostError("refused", direccion=address, motivo="conexión rechazada")
        case httpx2.TimeoutException() | TimeoutError():
            return CentreTimeoutError("timeout", direccion=address, motivo="no respondió a tiempo")
        case OSError() if cause.errno:
            return CentreUnreachableError(str(cause), direccion=address, motivo=motivo(cause))
    return None


def _by_verify_code(code: int, address: str) -> SigasersError:
    if code in _TIME_VERIFY_CODES:
        now = datetime.now(UTC).astimezone()
        return ClockError(f"verify code {code}", hora=now.strftime("%d/%m/%Y %H:%M"), direccion=address)
    return NotOurCentreError(f"verify code {code}", direccion=address)


def _by_reason(reason: str, address: str) -> SigasersError:
    if reason in _NOT_TLS:
        return NotOurCentreError(reason, direccion=address)
    if reason in _CLIENT_REFUSED:
        return CertificateRefusedError(reason, detalle="la conexión segura rechazó el certificado")
    return CentreUnreachableError(reason, direccion=address, motivo="la conexión segura no se pudo abrir")


def _plain(text: str) -> str:
    """Give a peer's sentence without control characters and at a length that a screen takes."""
    return "".join(char for char in text if char.isprintable())[:_MAX_DETAIL_CHARS]
