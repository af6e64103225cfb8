"""The kinds of keys in use, and their names by digest."""

import hashlib

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from sigasers.errors.keys import WrongAlgorithmError
from sigasers.formats import base64url

PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey | X25519PrivateKey
PublicKey = Ed25519PublicKey | EllipticCurvePublicKey | X25519PublicKey


def spki_of(key: PublicKey) -> bytes:
    """Give the key's SubjectPublicKeyInfo (DER)."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def kid_of(key: PublicKey) -> str:
    """Give the key's id: base64url of SHA-256 of its SubjectPublicKeyInfo."""
    return base64url.encode(hashlib.sha256(spki_of(key)).digest())


def huella_of(key: PublicKey) -> str:
    """Give a root key's huella: lower-case hexadecimal SHA-256 of its SubjectPublicKeyInfo."""
    return hashlib.sha256(spki_of(key)).hexdigest()


def load_spki(spki: bytes, alg: str) -> PublicKey:
    """Give the public key in ``spki``, which must be one of ``alg`` (``Ed25519``, ``ES256``, ``X25519``).

    Raises ``WrongAlgorithmError`` for anything else, also for bytes that are no key or not canonical DER.
    """
    try:
        key = load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise WrongAlgorithmError("no public key") from error
    if not isinstance(key, PublicKey) or alg_of(key) != alg or spki_of(key) != spki:
        raise WrongAlgorithmError(f"not a key of {alg}")
    return key


def alg_of(key: PublicKey | PrivateKey) -> str:
    """Give the one algorithm that a key is used with; a curve other than P-256 is refused."""
    match key:
        case Ed25519PublicKey() | Ed25519PrivateKey():
            return "Ed25519"
        case X25519PublicKey() | X25519PrivateKey():
            return "X25519"
        case EllipticCurvePublicKey() | EllipticCurvePrivateKey() if isinstance(key.curve, SECP256R1):
            return "ES256"
    raise WrongAlgorithmError("a key of no kind in use")
