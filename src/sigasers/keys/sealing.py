"""Seals a package's password to the keys of those who may read it (HPKE, RFC 9180), and opens it.

X25519, HKDF-SHA256, AES-256-GCM, mode base, one message. The only module that touches the HPKE interface of
``cryptography``. Source: ``docs/spec/package.md``, section 4. Sealing hides the password; it proves no origin.
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from sigasers.errors.formats import FormatError
from sigasers.errors.keys import SealBrokenError, SealedForOthersError
from sigasers.formats import base64url
from sigasers.formats.archive_comment import (
    ArchiveComment,
    Role,
    SealedCopy,
    comment_bytes,
    parse_comment,
)
from sigasers.keys.kinds import kid_of

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_CONTEXT = b"sigasers-rar-v1"
_PASSWORD_BYTES = 32
_PASSWORD_FORM = re.compile(rb"[A-Za-z0-9_-]{43}")
SEALED_BYTES = 32 + 43 + 16  # encapsulated key, password, tag


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One who may open the package: the centre or the unit, with its public sealing key."""

    role: Role
    public_key: X25519PublicKey


def new_password() -> str:
    """Give a random password: 32 bytes as base64url, 43 characters."""
    return base64url.encode(secrets.token_bytes(_PASSWORD_BYTES))


def seal_info(role: Role, kid: str, label: bytes) -> bytes:
    """Give the exact ``info`` of HPKE: what a sealed copy is bound to. The file's name is no part of it."""
    parts = (_CONTEXT, role.value.encode("ascii"), kid.encode("ascii"), hashlib.sha256(label).digest())
    return b"\0".join(parts)


def seal_password(password: str, label: bytes, recipients: Sequence[Recipient]) -> bytes:
    """Give the archive's comment: ``label`` as it is, and ``password`` sealed to each recipient.

    ``password`` is one of ``new_password``. Sealing twice gives other bytes.
    """
    secret = password.encode("ascii")
    if not _PASSWORD_FORM.fullmatch(secret):
        raise ValueError("only passwords of new_password are sealed")
    copies = tuple(_sealed(secret, label, recipient) for recipient in recipients)
    return comment_bytes(ArchiveComment(label=label, copies=copies))


def open_password(comment: bytes | ArchiveComment, role: Role, private_key: X25519PrivateKey) -> str:
    """Give the password from the copy sealed to ``role`` and ``private_key``.

    Raises what ``parse_comment`` raises, ``SealedForOthersError`` when no copy is for this key, and
    ``SealBrokenError`` when the copy, or the label it is bound to, was changed.
    """
    parsed = parse_comment(comment) if isinstance(comment, bytes) else comment
    kid = kid_of(private_key.public_key())
    for copy in parsed.copies:
        if (copy.role, copy.kid) == (role, kid):
            return _opened(copy, parsed.label, private_key)
    raise SealedForOthersError("no copy for this key", rol=role.value)


def _sealed(secret: bytes, label: bytes, recipient: Recipient) -> SealedCopy:
    kid = kid_of(recipient.public_key)
    sealed = _SUITE.encrypt(secret, recipient.public_key, seal_info(recipient.role, kid, label))
    return SealedCopy(role=recipient.role, kid=kid, sealed=sealed)


def _opened(copy: SealedCopy, label: bytes, private_key: X25519PrivateKey) -> str:
    if len(copy.sealed) != SEALED_BYTES:
        raise SealBrokenError(f"sealed copy of {len(copy.sealed)} bytes")
    try:
        secret = _SUITE.decrypt(copy.sealed, private_key, seal_info(copy.role, copy.kid, label))
        base64url.decode(secret.decode("ascii"))
    except (InvalidTag, ValueError, FormatError) as error:
        raise SealBrokenError("sealed copy does not open") from error
    return secret.decode("ascii")
