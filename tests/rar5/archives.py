"""Makes archives for these tests through the public writer alone."""

import io
from datetime import UTC, datetime

from sigasers.formats.rar5 import ArchiveKeys, MemberEncryptor, assemble
from sigasers.model import Instant

PASSWORD = "Yc0SmX1k-fixed-password-of-tests-_9aLwQz0vD"
SALT = bytes(range(16))
MTIME = Instant(datetime(2021, 10, 21, 21, 30, tzinfo=UTC))
KEYS = ArchiveKeys.derive(PASSWORD, SALT)
COMMENT = b'{"p":"eyJ9","s":[],"v":1}'


def archive_of(members: dict[str, bytes], comment: bytes = COMMENT) -> bytes:
    """Give the archive that holds ``members`` under ``PASSWORD``."""
    parts = []
    for name, content in members.items():
        sink = io.BytesIO()
        encryptor = MemberEncryptor(KEYS, name, sink, mtime=MTIME)
        encryptor.write(content)
        encryptor.close()
        parts.append((encryptor.member, [sink.getvalue()]))
    whole = io.BytesIO()
    assemble(KEYS, parts, comment, whole)
    return whole.getvalue()


def content_of(size: int) -> bytes:
    """Give ``size`` bytes that do not repeat by cipher block."""
    return b"".join(number.to_bytes(5, "big") for number in range(size // 5 + 1))[:size]
