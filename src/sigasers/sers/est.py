"""EST (RFC 7030) as the agent speaks it: ``cacerts`` and ``simpleenroll``; each answer checked before it is kept."""

import base64
import binascii

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from sigasers.errors.keys import BadCertificateError
from sigasers.errors.sers import BadAnswerError, NotOurCentreError
from sigasers.keys.trust import Trust
from sigasers.keys.x509 import check_issued, fingerprint, make_csr, read_certs_only
from sigasers.model import Identifier
from sigasers.sers.line import Answer, Line

_CSR = {"Content-Type": "application/pkcs10", "Content-Transfer-Encoding": "base64"}


def check_authority(line: Line, trust: Trust) -> None:
    """Raise ``NotOurCentreError`` unless the centre names an authority of its root document (4.1)."""
    answer = line.ask("GET", "/.well-known/est/cacerts", expect={200})
    named = {fingerprint(certificate) for certificate in _certificates(answer)}
    if not named & {fingerprint(certificate) for certificate in trust.ca_certificates()}:
        raise NotOurCentreError("cacerts names a foreign authority", direccion=trust.document.inscripcion[0])


def enroll(
    line: Line, trust: Trust, *, registro: Identifier, code: str, key: EllipticCurvePrivateKey
) -> x509.Certificate:
    """Give the certificate for ``key`` against the one-time ``code`` (4.2).

    The same key within the code's life gets the same certificate. Raises ``WrongCodeError``, ``UsedCodeError``,
    ``ExpiredCodeError``, ``LockedCodeError``, ``BadCertificateError``, and the errors of the line.
    """
    body = base64.encodebytes(make_csr(key))
    answer = line.ask(
        "POST",
        "/.well-known/est/simpleenroll",
        expect={200},
        content=body,
        headers=_CSR,
        auth=(str(registro), code),
    )
    certificate = _certificates(answer)[0]
    check_issued(certificate, trust.ca_certificates(), key=key.public_key())
    return certificate


def _certificates(answer: Answer) -> list[x509.Certificate]:
    try:
        return read_certs_only(base64.b64decode(b"".join(answer.body.split()), validate=True))
    except (binascii.Error, BadCertificateError) as error:
        raise BadAnswerError(
            "not a certs-only message", motivo="La respuesta no es un certificado"
        ) from error
