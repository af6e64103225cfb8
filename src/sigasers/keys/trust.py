"""Which key of the centre may say what, and when: all of it from one root document and a pinned huella."""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from sigasers.errors.keys import (
    BadCertificateError,
    BadRootDocumentError,
    FingerprintMismatchError,
    KeyNotYetValidError,
    RolledBackError,
    UnknownKeyError,
    WithdrawnKeyError,
    WrongAlgorithmError,
    WrongUseError,
)
from sigasers.formats import base64url
from sigasers.formats.documents import KeyUse, RootDocument, RootKey, Typ
from sigasers.formats.json_fields import Fields
from sigasers.keys import jws
from sigasers.keys.kinds import PublicKey, huella_of, load_spki, spki_of
from sigasers.keys.x509 import check_issued, load_certificate
from sigasers.model import Instant

__all__ = ["Trust", "ca_root_key", "huella_of", "make_root_document", "open_root", "root_key", "show_huella"]

_GROUP = 4


def show_huella(huella: str) -> str:
    """Give the huella in groups of four digits, as people compare it."""
    return " ".join(huella[start : start + _GROUP] for start in range(0, len(huella), _GROUP))


@dataclass(frozen=True, kw_only=True)
class Trust:
    """A root document that was verified against a huella, with its keys loaded."""

    token: str
    document: RootDocument
    _keys: dict[str, tuple[RootKey, PublicKey]] = field(repr=False)

    @property
    def huella(self) -> str:
        """The root's huella: 64 hexadecimal digits."""
        return self.document.huella

    @property
    def centre_id(self) -> str:
        """The centre's id (``aud``)."""
        return self.document.aud

    def public_key(self, kid: str, *, use: KeyUse, at: Instant | None = None) -> PublicKey:
        """Give the key ``kid`` if it may do ``use`` at the instant ``at`` (``None``: at some time).

        Raises ``UnknownKeyError``, ``WrongUseError``, ``KeyNotYetValidError``, ``WithdrawnKeyError``.
        """
        if kid not in self._keys:
            raise UnknownKeyError("kid not in the root document", kid=kid[:60])
        entry, key = self._keys[kid]
        if entry.uso is not use:
            raise WrongUseError("key of another use", kid=kid, uso=entry.uso.value, esperado=use.value)
        if at is not None:
            _check_time(entry, at)
        return key

    def keys(self, use: KeyUse, *, at: Instant | None = None) -> list[PublicKey]:
        """Give all keys of ``use`` that count at ``at`` (``None``: that ever counted), in the document's order."""
        return [
            key
            for entry, key in self._keys.values()
            if entry.uso is use and (at is None or _counts(entry, at))
        ]

    def ca_certificates(self) -> list[x509.Certificate]:
        """Give the certificates of the centre's authorities that are not withdrawn."""
        return [
            load_certificate(entry.certificado)
            for entry, _ in self._keys.values()
            if entry.certificado is not None and entry.retirada is None
        ]

    def check_not_older(self, seen: tuple[int, int]) -> Self:
        """Give this trust; raises ``RolledBackError`` if its (época, n) lies before ``seen``."""
        if self.document.order < seen:
            raise RolledBackError("root document went back", vista=seen, recibida=self.document.order)
        return self


def open_root(token: str, *, huella: str) -> Trust:
    """Verify the root document ``token`` against the pinned ``huella`` (64 hexadecimal digits, any case, blanks).

    Raises ``FingerprintMismatchError``, the errors of ``jws.verify``, ``FormatError``,
    ``BadRootDocumentError`` (a key or certificate in it is none).
    """
    key = _pinned_key(token, "".join(huella.split()).lower())
    verified = jws.verify(token, typ=Typ.RAIZ, key=lambda _kid: key)
    document = RootDocument.parse(verified.document)
    return Trust(
        token=token, document=document, _keys={key.kid: (key, _load(key)) for key in document.claves}
    )


def make_root_document(document: RootDocument, key: Ed25519PrivateKey) -> str:
    """Sign ``document`` with the root key; raises ``BadRootDocumentError`` if it names another root."""
    if spki_of(key.public_key()) != document.raiz:
        raise BadRootDocumentError("document names another root")
    return jws.sign(document.to_payload(), typ=Typ.RAIZ, key=key)


def root_key(uso: KeyUse, key: PublicKey, *, desde: Instant) -> RootKey:
    """Give the entry of ``claves`` for a key of any use but ``ca``."""
    return RootKey.of(uso, spki_of(key), desde=desde)


def ca_root_key(certificate: x509.Certificate, *, desde: Instant) -> RootKey:
    """Give the entry of ``claves`` for an authority; raises ``BadRootDocumentError`` if its key is not P-256."""
    der = certificate.public_bytes(Encoding.DER)
    entry = RootKey.of(KeyUse.CA, _certified_spki(certificate), desde=desde, certificado=der)
    _load(entry)
    return entry


def _pinned_key(token: str, huella: str) -> PublicKey:
    """Give the root key that the document carries, if its digest is ``huella``."""
    claimed = base64url.decode(Fields(jws.unverified(token, typ=Typ.RAIZ), "raiz").text("raiz"))
    found = hashlib.sha256(claimed).hexdigest()
    if not hmac.compare_digest(found.encode(), huella.encode()):
        raise FingerprintMismatchError(
            "root key is not the pinned one", esperada=show_huella(huella[:64]), encontrada=show_huella(found)
        )
    return load_spki(claimed, Typ.RAIZ.alg)


def _load(entry: RootKey) -> PublicKey:
    """Give the entry's key; for an authority its certificate must be self-signed, of that very key."""
    try:
        key = load_spki(entry.publica, entry.uso.alg)
        if entry.certificado is not None:
            certificate = load_certificate(entry.certificado)
            check_issued(certificate, [certificate], key=key)
    except (WrongAlgorithmError, BadCertificateError) as error:
        raise BadRootDocumentError(f"key {entry.kid} is not what it should be") from error
    return key


def _certified_spki(certificate: x509.Certificate) -> bytes:
    key = certificate.public_key()
    if not isinstance(key, PublicKey):
        raise BadRootDocumentError("authority with a key of no kind in use")
    return spki_of(key)


def _counts(entry: RootKey, at: Instant) -> bool:
    return entry.desde <= at and (entry.retirada is None or at < entry.retirada)


def _check_time(entry: RootKey, at: Instant) -> None:
    """Raise unless ``at`` lies within [desde, retirada)."""
    if at < entry.desde:
        raise KeyNotYetValidError("signed before the key", kid=entry.kid, desde=str(entry.desde))
    if not _counts(entry, at):
        raise WithdrawnKeyError("signed after withdrawal", kid=entry.kid, retirada=str(entry.retirada))
