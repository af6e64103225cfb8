"""RAR5 against bytes made from the spec page by another hand."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

from sigasers.formats.rar5 import ArchiveKeys, MemberEncryptor, RarArchive, assemble
from sigasers.model import Instant

VECTOR = json.loads((Path(__file__).parents[1] / "vectors/rar5/one-member.json").read_text(encoding="utf-8"))


def keys() -> ArchiveKeys:
    return ArchiveKeys.derive(VECTOR["password"], bytes.fromhex(VECTOR["salt"]), VECTOR["k"])


def test_derived_values_are_the_vectors() -> None:
    """AES key, hash key and password check are those of section 4."""
    found = keys()
    assert (found.aes_key.hex(), found.hash_key.hex(), found.check.hex()) == (
        VECTOR["aes_key"],
        VECTOR["hash_key"],
        VECTOR["check"],
    )


def test_written_archive_is_the_vector_byte_for_byte() -> None:
    """With salt and IV given, the writer has no freedom left."""
    sink, whole = io.BytesIO(), io.BytesIO()
    mtime = Instant(datetime.fromtimestamp(VECTOR["mtime"], UTC))
    with MemberEncryptor(keys(), VECTOR["name"], sink, mtime=mtime, iv=bytes.fromhex(VECTOR["iv"])) as file:
        file.write(bytes.fromhex(VECTOR["content"]))
    assemble(keys(), [(file.member, [sink.getvalue()])], bytes.fromhex(VECTOR["comment"]), whole)
    assert whole.getvalue().hex() == VECTOR["archive"]


def test_vector_is_read_back() -> None:
    """The reader takes the other hand's archive."""
    archive = RarArchive.open(io.BytesIO(bytes.fromhex(VECTOR["archive"])))
    unlocked = archive.unlock(VECTOR["password"])
    content = b"".join(archive.read(unlocked, archive.member(VECTOR["name"])))
    assert content.hex() == VECTOR["content"]
    assert archive.comment.hex() == VECTOR["comment"]
