"""Makes JWS by hand, good and bad, from ``cryptography``'s primitives alone: a second hand beside ``keys.jws``."""

import base64
import hashlib
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Key = Ed25519PrivateKey | ec.EllipticCurvePrivateKey
# The order of P-256's group (FIPS 186-4, D.1.2.3).
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def b64(data: bytes) -> str:
    """Give base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Read base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def spki(key: Key) -> bytes:
    """Give the public key's SubjectPublicKeyInfo."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def kid(key: Key) -> str:
    """Give the key's id."""
    return b64(hashlib.sha256(spki(key)).digest())


def raw_signature(key: Key, data: bytes) -> bytes:
    """Sign ``data`` and give the 64 bytes that JWS has."""
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(data)
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def forge(key: Key, payload: object, header: object) -> str:
    """Give a JWS truly signed by ``key`` over any header and payload; bytes are taken as they are."""
    parts = (
        part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()
        for part in (header, payload)
    )
    signing_input = ".".join(map(b64, parts))
    return f"{signing_input}.{b64(raw_signature(key, signing_input.encode()))}"


def header_of(key: Key, typ: str, /, **changes: object) -> dict[str, object]:
    """Give the right header with ``changes``."""
    alg = "Ed25519" if isinstance(key, Ed25519PrivateKey) else "ES256"
    return {"alg": alg, "kid": kid(key), "typ": typ} | changes


def other_valid_signature(token: str) -> str:
    """Give the token with (r, n - s) for (r, s): another valid ES256 signature over the same bytes."""
    head, _, signature = token.rpartition(".")
    raw = unb64(signature)
    s = P256_ORDER - int.from_bytes(raw[32:])
    return f"{head}.{b64(raw[:32] + s.to_bytes(32))}"
