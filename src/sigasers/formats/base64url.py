"""Base64url without padding (RFC 4648 section 5), in its one canonical form.

Decoders that take padding, line breaks or stray bits in the last character give one value several spellings;
a digest over the text would then tell equal documents apart, and a signature pass for another.
"""

import base64
import binascii
import re

from sigasers.errors.formats import FormatError

_FORM = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)


def encode(data: bytes) -> str:
    """Give ``data`` as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Read what ``encode`` writes and nothing else; raises ``FormatError``."""
    if not _FORM.fullmatch(text):
        raise FormatError("not base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise FormatError("base64url of impossible length") from error
    if encode(data) != text:
        raise FormatError("base64url not canonical")
    return data
