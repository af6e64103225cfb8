"""Who this profile is: its private key and the certificate that the centre issued for it."""

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from sigasers import durable
from sigasers.errors.keys import BadCertificateError, BadKeyFileError
from sigasers.errors.sers import ProfileDamagedError, ProfileMissingError
from sigasers.keys import storage
from sigasers.keys.storage import KeyKind
from sigasers.keys.trust import Trust
from sigasers.keys.x509 import ClientSubject, check_issued, read_client
from sigasers.model import Instant
from sigasers.sers.folder import ProfileFolder


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Key and certificate that belong together, and whom the certificate names."""

    key: EllipticCurvePrivateKey
    certificate: x509.Certificate
    subject: ClientSubject

    @property
    def expires(self) -> Instant:
        """The end of the certificate's life."""
        return Instant(self.certificate.not_valid_after_utc)


def load(folder: ProfileFolder, trust: Trust) -> Identity:
    """Give the identity; raises ``ProfileMissingError``, ``ProfileDamagedError`` and the errors of key files."""
    if not folder.certificate.exists():
        raise ProfileMissingError("no certificate", carpeta=str(folder.root))
    key = _p256(folder)
    try:
        certificate = x509.load_pem_x509_certificate(folder.certificate.read_bytes())
        check_issued(certificate, trust.ca_certificates(), key=key.public_key())
        return Identity(key=key, certificate=certificate, subject=read_client(certificate))
    except (ValueError, OSError, BadCertificateError) as error:
        reason = "No es el certificado de la llave de esta carpeta."
        raise ProfileDamagedError("certificate", ruta=str(folder.certificate), motivo=reason) from error


def make_key(folder: ProfileFolder) -> EllipticCurvePrivateKey:
    """Give the key of the certificate to ask for: the one that is there, else a new one, durable."""
    if not folder.identity_key.exists():
        storage.create_key(folder.identity_key, KeyKind.P256, step="sers.identity.key")
    return _p256(folder)


def keep_certificate(folder: ProfileFolder, certificate: x509.Certificate) -> None:
    """Write the certificate, once."""
    pem = certificate.public_bytes(Encoding.PEM)
    durable.write_new(folder.certificate, pem, step="sers.identity.certificate")


def _p256(folder: ProfileFolder) -> EllipticCurvePrivateKey:
    key = storage.load_key(folder.identity_key)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise BadKeyFileError("not a p-256 key", ruta=str(folder.identity_key))
    return key
