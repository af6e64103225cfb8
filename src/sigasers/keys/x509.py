"""X.509: the centre's CA, certificates of units and of servers, requests, and EST's certs-only messages.

Certificates are dated back one hour against skewed clocks, and carry what strict verifiers ask for (key
identifiers, critical basicConstraints). Who a certificate belongs to is looked up by its digest in the centre's
table, never read from its name; nothing here decides on revocation or time.
"""

import hashlib
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sigasers.errors import TheirError
from sigasers.errors.keys import BadCertificateError, BadCsrError, WrongAlgorithmError
from sigasers.formats import base64url
from sigasers.keys.kinds import PublicKey, alg_of, spki_of
from sigasers.model import Digest, Identifier, Instant, Nemonico

MAX_CSR_BYTES = 8 << 10
MAX_CERTIFICATES_BYTES = 64 << 10
DATED_BACK = timedelta(hours=1)
CLIENT_LIFE = timedelta(days=365)
SERVER_LIFE = timedelta(days=365)
CA_LIFE = timedelta(days=20 * 365)
REGISTRO_URN = "urn:sigasers:registro:"
_ORGANIZATION = "SIGA-SERS"
# What the parser raises for foreign bytes: besides ValueError, exceptions that share no base class.
_MALFORMED = (
    ValueError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, kw_only=True)
class Authority:
    """The issuing certificate with its key; made and used in the keys process alone."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey


@dataclass(frozen=True, kw_only=True)
class ClientSubject:
    """Whom a client certificate is for."""

    unidad: Nemonico
    sistema: str
    registro: Identifier


def make_ca(key: EllipticCurvePrivateKey, *, centre_id: str, at: Instant) -> Authority:
    """Give a self-signed P-256 authority named after the centre, valid 20 years from ``at``; pathlen 0."""
    name = _name(f"{_ORGANIZATION} CA {centre_id}")
    builder = _builder(name, name, key.public_key(), at, CA_LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(ca=True), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
    )
    return Authority(certificate=builder.sign(key, hashes.SHA256()), key=key)


def make_csr(key: EllipticCurvePrivateKey) -> bytes:
    """Give a certificate request (PKCS#10, DER) for ``key``; its subject is empty, the centre writes its own."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def read_csr(der: bytes) -> EllipticCurvePublicKey:
    """Give the public key of a request; raises ``BadCsrError`` unless it is P-256 and signed by that key."""
    if len(der) > MAX_CSR_BYTES:
        raise BadCsrError(f"request of {len(der)} bytes")
    try:
        request = x509.load_der_x509_csr(der)
        key = request.public_key()
        valid = request.is_signature_valid
    except _MALFORMED as error:
        raise BadCsrError("request malformed") from error
    if not isinstance(key, EllipticCurvePublicKey) or _alg(key) != "ES256" or not valid:
        raise BadCsrError("request not of p-256 or not signed by its own key")
    return key


def issue_client(
    ca: Authority, key: EllipticCurvePublicKey, subject: ClientSubject, *, at: Instant
) -> x509.Certificate:
    """Give a unit's certificate, as ``docs/spec/wire.md`` says, valid one year from ``at``."""
    # A serialNumber is a PrintableString, which has no "_": the identifier's bytes stand there in hexadecimal.
    serial = base64url.decode(str(subject.registro)).hex()
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"{subject.unidad}-{subject.sistema}"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, serial),
        ]
    )
    alternative = x509.SubjectAlternativeName(
        [x509.UniformResourceIdentifier(f"{REGISTRO_URN}{subject.registro}")]
    )
    builder = _builder(name, ca.certificate.subject, key, at, CLIENT_LIFE)
    return _sign_leaf(ca, builder, alternative, ExtendedKeyUsageOID.CLIENT_AUTH)


def issue_server(
    ca: Authority, key: EllipticCurvePublicKey, hosts: Sequence[str], *, at: Instant
) -> x509.Certificate:
    """Give a server's certificate for ``hosts`` (names or addresses, at least one), valid one year."""
    builder = _builder(_name(f"{_ORGANIZATION} centro"), ca.certificate.subject, key, at, SERVER_LIFE)
    alternative = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    return _sign_leaf(ca, builder, alternative, ExtendedKeyUsageOID.SERVER_AUTH)


def read_client(certificate: x509.Certificate) -> ClientSubject:
    """Give whom ``certificate`` was issued for; raises ``BadCertificateError`` if it is no unit's."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        (uri,) = names.get_values_for_type(x509.UniformResourceIdentifier)
        (common,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        unidad, _, sistema = str(common.value).partition("-")
        if not uri.startswith(REGISTRO_URN) or not sistema:
            raise BadCertificateError("not a unit's certificate")
        return ClientSubject(
            unidad=Nemonico.parse(unidad),
            sistema=sistema,
            registro=Identifier(uri.removeprefix(REGISTRO_URN)),
        )
    except BadCertificateError:
        raise
    except (x509.ExtensionNotFound, TheirError, *_MALFORMED) as error:
        raise BadCertificateError("not a unit's certificate") from error


def check_issued(
    certificate: x509.Certificate, authorities: Iterable[x509.Certificate], *, key: PublicKey
) -> None:
    """Raise ``BadCertificateError`` unless one of ``authorities`` issued ``certificate``, and for ``key``.

    For the agent, which must not store an answer that is not its own. Time is not judged.
    """
    try:
        found = certificate.public_key()
    except _MALFORMED as error:
        raise BadCertificateError("certificate with a key that is none") from error
    if not isinstance(found, PublicKey) or spki_of(found) != spki_of(key):
        raise BadCertificateError("certificate is for another key")
    if not any(_issued(certificate, authority) for authority in authorities):
        raise BadCertificateError("no authority of the centre issued this certificate")


def load_certificate(der: bytes) -> x509.Certificate:
    """Read one certificate (DER); raises ``BadCertificateError``."""
    try:
        return x509.load_der_x509_certificate(der)
    except _MALFORMED as error:
        raise BadCertificateError("certificate malformed") from error


def certs_only(certificates: Sequence[x509.Certificate]) -> bytes:
    """Give the certs-only CMS message (PKCS#7, DER) of RFC 7030."""
    return pkcs7.serialize_certificates(list(certificates), Encoding.DER)


def read_certs_only(der: bytes) -> list[x509.Certificate]:
    """Give the certificates of a certs-only message, at least one; raises ``BadCertificateError``."""
    if len(der) > MAX_CERTIFICATES_BYTES:
        raise BadCertificateError(f"message of {len(der)} bytes")
    try:
        found = pkcs7.load_der_pkcs7_certificates(der)
    except _MALFORMED as error:
        raise BadCertificateError("certs-only message malformed") from error
    if not found:
        raise BadCertificateError("certs-only message without certificates")
    return found


def fingerprint(certificate: x509.Certificate) -> Digest:
    """Give SHA-256 of the certificate's DER: the key of the centre's table."""
    return Digest(hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePublicKey, at: Instant, life: timedelta
) -> x509.CertificateBuilder:
    """Give what all certificates share; raises ``WrongAlgorithmError`` for a key that is not P-256."""
    if _alg(key) != "ES256":
        raise WrongAlgorithmError("certificates are for p-256 keys")
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at.at.replace(microsecond=0) - DATED_BACK)
        .not_valid_after(at.at.replace(microsecond=0) + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _sign_leaf(
    ca: Authority,
    builder: x509.CertificateBuilder,
    alternative: x509.SubjectAlternativeName,
    usage: x509.ObjectIdentifier,
) -> x509.Certificate:
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(ca=False), True),
        (x509.ExtendedKeyUsage([usage]), False),
        (alternative, False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(ca.key.public_key()), False),
    ]
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(ca.key, hashes.SHA256())


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _issued(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (TypeError, InvalidSignature, *_MALFORMED):
        return False
    return True


def _alg(key: EllipticCurvePublicKey) -> str:
    try:
        return alg_of(key)
    except WrongAlgorithmError:
        return ""
