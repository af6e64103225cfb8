"""Signed documents: JWS in compact form (RFC 7515), read as strictly as ``docs/spec/signed-documents.md`` says.

joserfc makes and checks the signature. What it takes and we refuse is refused here first: duplicate members in
the protected header, members beyond ``alg``, ``kid``, ``typ``, another algorithm than the one that the
``typ`` has, base64url that is not canonical. It does not know which key may sign what; that is ``trust``.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from joserfc import jws as jose
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey

from sigasers.errors.formats import FormatError
from sigasers.errors.keys import (
    BadHeaderError,
    BadSignatureError,
    BadTokenError,
    UnknownKeyError,
    WrongAlgorithmError,
    WrongTypeError,
)
from sigasers.formats import base64url, strict_json
from sigasers.formats.documents import Typ
from sigasers.formats.json_fields import MAX_INTEGER
from sigasers.keys.kinds import PrivateKey, PublicKey, alg_of, kid_of
from sigasers.model import Digest

__all__ = ["Peek", "Verified", "document_id", "kid_of", "peek", "sign", "unverified", "verify"]

MAX_TOKEN_BYTES = max(typ.max_token_bytes for typ in Typ)
_MAX_HEADER_CHARS = 400  # ours take 146 at the most
_SIGNATURE_BYTES = 64  # of Ed25519 and of ES256 alike


@dataclass(frozen=True, kw_only=True)
class Peek:
    """What a token says of itself, nothing verified: for looking up, never for deciding."""

    typ: Typ
    kid: str
    id: Digest


@dataclass(frozen=True, kw_only=True)
class Verified:
    """A document whose signature holds: exact payload bytes, its members, the signer's kid, its id."""

    payload: bytes
    document: dict[str, object]
    kid: str
    id: Digest


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """A token taken apart: its header's members checked, payload and signature decoded, signature unchecked."""

    peek: Peek
    alg: str
    payload: bytes


def sign(payload: bytes, *, typ: Typ, key: PrivateKey) -> str:
    """Give the compact JWS of ``payload`` by ``key``, which must be of the algorithm that ``typ`` has.

    Raises ``WrongAlgorithmError``, and ``BadTokenError`` if it would be longer than readers take.
    """
    if alg_of(key) != typ.alg:
        raise WrongAlgorithmError(f"{typ.value} is signed with {typ.alg}")
    header = {"alg": typ.alg, "kid": kid_of(key.public_key()), "typ": typ.value}
    token = jose.serialize_compact(header, payload, _jose_key(key), registry=_registry(typ.alg))
    if len(payload) > typ.max_payload_bytes or len(token) > typ.max_token_bytes:
        raise BadTokenError(f"{typ.value} of {len(token)} bytes")
    return token


def verify(token: str | bytes, *, typ: Typ, key: Callable[[str], PublicKey]) -> Verified:
    """Check ``token`` as a document of ``typ`` signed by the key that ``key`` gives for its kid.

    ``key`` raises for a kid that may not sign it. Errors: ``BadTokenError``, ``BadHeaderError``,
    ``WrongTypeError``, ``WrongAlgorithmError``, what ``key`` raises, ``UnknownKeyError`` (the key given is not
    of that kid), ``BadSignatureError``, and ``FormatError`` for a payload that is not one JSON object.
    """
    text, parts = _open(token, typ)
    public = key(parts.peek.kid)
    if alg_of(public) != typ.alg:
        raise WrongAlgorithmError(f"{typ.value} is verified with a key of {typ.alg}")
    if kid_of(public) != parts.peek.kid:
        raise UnknownKeyError("key of another kid", kid=parts.peek.kid)
    _check_signature(text, public, typ)
    document = _object(parts.payload, typ)
    return Verified(payload=parts.payload, document=document, kid=parts.peek.kid, id=parts.peek.id)


def unverified(token: str | bytes, *, typ: Typ) -> dict[str, object]:
    """Give the members of a document of ``typ`` before any signature is checked; raises as ``verify`` does.

    For the root document alone, which carries the key that a pinned huella names.
    """
    return _object(_open(token, typ)[1].payload, typ)


def peek(token: str | bytes) -> Peek:
    """Give typ, kid and id of ``token`` without verifying; raises as ``verify`` does for malformed ones."""
    return _take_apart(_text(token)).peek


def document_id(token: str | bytes) -> Digest:
    """Give the document's id: SHA-256 of the JWS signing input, so of everything but the signature."""
    return _id(_text(token))


def _open(token: str | bytes, typ: Typ) -> tuple[str, _Parts]:
    """Take apart a token that must be of ``typ`` and of its one algorithm."""
    text = _text(token)
    if len(text) > typ.max_token_bytes:
        raise BadTokenError(f"{typ.value} of {len(text)} bytes")
    parts = _take_apart(text)
    if parts.peek.typ is not typ:
        raise WrongTypeError("another typ", esperado=typ.value, encontrado=parts.peek.typ.value)
    if parts.alg != typ.alg:
        raise WrongAlgorithmError(f"{typ.value} with alg {parts.alg}")
    return text, parts


def _text(token: str | bytes) -> str:
    """Give the token as text of bounded length; a byte outside ASCII is refused."""
    if len(token) > MAX_TOKEN_BYTES:
        raise BadTokenError(f"token of {len(token)} bytes")
    try:
        text = token.decode("ascii") if isinstance(token, bytes) else token
        text.encode("ascii")
    except UnicodeError as error:
        raise BadTokenError("token is not ascii") from error
    if text.count(".") != 2:
        raise BadTokenError("token has not three parts")
    return text


def _id(text: str) -> Digest:
    return Digest(hashlib.sha256(text[: text.rindex(".")].encode("ascii")).hexdigest())


def _take_apart(text: str) -> _Parts:
    header_text, payload_text, signature_text = text.split(".")
    try:
        header = base64url.decode(header_text[:_MAX_HEADER_CHARS])
        payload = base64url.decode(payload_text)
        signature = base64url.decode(signature_text)
    except FormatError as error:
        raise BadTokenError("a part is not canonical base64url") from error
    if len(header_text) > _MAX_HEADER_CHARS or len(signature) != _SIGNATURE_BYTES:
        raise BadTokenError("header or signature of wrong length")
    members = _header(header)
    typ = _typ(members["typ"])
    if len(payload) > typ.max_payload_bytes:
        raise BadTokenError(f"payload of {len(payload)} bytes")
    found = Peek(typ=typ, kid=members["kid"], id=_id(text))
    return _Parts(peek=found, alg=members["alg"], payload=payload)


def _header(data: bytes) -> dict[str, str]:
    """Give the protected header: exactly ``alg``, ``kid``, ``typ``, each once, each a text."""
    try:
        members = strict_json.loads(data, max_bytes=_MAX_HEADER_CHARS)
    except FormatError as error:
        raise BadHeaderError("header is no json, or has a member twice") from error
    if not isinstance(members, dict) or members.keys() != {"alg", "kid", "typ"}:
        raise BadHeaderError("header is not exactly alg, kid, typ")
    if not all(isinstance(value, str) for value in members.values()):
        raise BadHeaderError("a header member is no text")
    return members


def _typ(name: str) -> Typ:
    try:
        return Typ(name)
    except ValueError as error:
        raise WrongTypeError("unknown typ", esperado="sigasers-…", encontrado=name[:40]) from error


def _check_signature(text: str, key: PublicKey, typ: Typ) -> None:
    try:
        jose.deserialize_compact(text, _jose_key(key), registry=_registry(typ.alg))
    except (JoseError, ValueError) as error:
        raise BadSignatureError("signature does not hold") from error


def _object(payload: bytes, typ: Typ) -> dict[str, object]:
    """Read the payload: one JSON object, integers within 53 bits, no floating point."""
    document = strict_json.loads(payload, max_bytes=typ.max_payload_bytes)
    if not isinstance(document, dict):
        raise FormatError("payload is no object")
    pending: list[object] = [document]
    while pending:
        item = pending.pop()
        if isinstance(item, float) or (isinstance(item, int) and abs(item) > MAX_INTEGER):
            raise FormatError("a number is no integer within 53 bits")
        if isinstance(item, dict | list):
            pending.extend(item.values() if isinstance(item, dict) else item)
    return document


def _jose_key(key: PrivateKey | PublicKey) -> ECKey | OKPKey:
    if isinstance(key, EllipticCurvePrivateKey | EllipticCurvePublicKey):
        return ECKey(key, key)
    return OKPKey(key, key)


@cache
def _registry(alg: str) -> jose.JWSRegistry:
    """Give joserfc's settings: one algorithm, and its own length limits lifted to ours."""
    registry = jose.JWSRegistry(algorithms=[alg])
    registry.max_payload_length = MAX_TOKEN_BYTES
    return registry
