"""Our reader: opens what we wrote, names what is wrong, and lets no changed byte pass."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.errors.formats import (
    FormatError,
    LimitError,
    MemberDamagedError,
    MemberMissingError,
    NotRarError,
    RarCutError,
    RarDamagedError,
    RarTrailingError,
    RarUnsupportedError,
    UnreadableError,
    WrongPasswordError,
)
from sigasers.formats.rar5 import ArchiveLimits, RarArchive, blocks
from tests.rar5.archives import COMMENT, KEYS, MTIME, PASSWORD, archive_of, content_of

MIB = 1 << 20
SIZES = [0, 1, 15, 16, 17, MIB - 1, MIB, MIB + 1]
SMALL = {"manifest.json": b"{}", "tablas/A.parquet": content_of(100), "tablas/VACIA.parquet": b""}


def read_all(whole: bytes, password: str = PASSWORD) -> dict[str, bytes]:
    """Read every member of the archive ``whole``."""
    archive = RarArchive.open(io.BytesIO(whole))
    keys = archive.unlock(password)
    return {member.name: b"".join(archive.read(keys, member)) for member in archive.members}


def edges(whole: bytes) -> list[int]:
    """Give every place where a block's header or data begins or ends, found without the reader under test."""
    found, at = [0, len(blocks.SIGNATURE)], len(blocks.SIGNATURE)
    while at < len(whole):
        cursor = blocks.Cursor(whole[at + 4 :])
        before = cursor.left
        size = cursor.vint()
        body = at + 4 + (before - cursor.left)
        data = blocks.Block.parse(whole[body : body + size]).data_size
        found += [body + size, body + size + data]
        at = body + size + data
    return sorted(set(found))


@pytest.mark.parametrize("size", SIZES)
def test_reads_what_was_written(size: int) -> None:
    """Every size around the cipher block and the pieces of reading and writing."""
    assert read_all(archive_of({"manifest.json": content_of(size)})) == {"manifest.json": content_of(size)}


@given(st.lists(st.binary(max_size=300), max_size=6), st.binary(max_size=500))
@settings(max_examples=50, deadline=None)
def test_any_members_and_any_comment_come_back(contents: list[bytes], comment: bytes) -> None:
    """Contents, order and comment are those that were given."""
    members = {f"tablas/T{place}.parquet": content for place, content in enumerate(contents)}
    whole = archive_of({"manifest.json": b"{}"} | members, comment)
    assert RarArchive.open(io.BytesIO(whole)).comment == comment
    assert list(read_all(whole).items()) == [("manifest.json", b"{}"), *members.items()]


def test_header_fields_come_back() -> None:
    """Sizes, time and comment are read without the password."""
    archive = RarArchive.open(io.BytesIO(archive_of(SMALL)))
    assert archive.comment == COMMENT
    assert [member.size for member in archive.members] == [2, 100, 0]
    assert archive.members[0].header.mtime_s == int(MTIME.at.timestamp())


def test_a_wrong_password_is_no_damage() -> None:
    """Whoever mistypes is not told that the file is broken."""
    with pytest.raises(WrongPasswordError):
        read_all(archive_of(SMALL), "otra clave")


@pytest.mark.parametrize("password", ["", "x" * 128])
def test_a_password_that_no_archive_can_have_is_wrong(password: str) -> None:
    """The format ends at 127 characters."""
    with pytest.raises(WrongPasswordError):
        read_all(archive_of(SMALL), password)


def test_every_truncation_is_seen() -> None:
    """At any length, block edges included, the archive is cut and nothing else."""
    whole = archive_of(SMALL)
    assert len(edges(whole)) > 8
    assert edges(whole)[-1] == len(whole)
    for length in range(1, len(whole)):
        with pytest.raises(RarCutError):
            RarArchive.open(io.BytesIO(whole[:length]))


def test_a_missing_end_block_is_a_cut() -> None:
    """Other readers do not notice it: a copy that stopped there had no way of knowing."""
    whole = archive_of(SMALL)
    with pytest.raises(RarCutError):
        read_all(whole[: -len(blocks.end_header())])


@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_every_flipped_byte_is_seen(bit: int) -> None:
    """Signature, headers, comment, data, padding and end: no byte of the file is without a guard."""
    whole = archive_of(SMALL)
    for place in range(len(whole)):
        flipped = whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]
        with pytest.raises(FormatError):
            read_all(flipped)


def test_a_flipped_byte_of_a_member_names_the_member() -> None:
    """Damage inside the data is told apart from damage of the structure."""
    whole = archive_of(SMALL)
    archive = RarArchive.open(io.BytesIO(whole))
    at = archive.member("tablas/A.parquet").data_at + 40
    with pytest.raises(MemberDamagedError) as caught:
        read_all(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert caught.value.fields == {"miembro": "tablas/A.parquet"}


@pytest.mark.parametrize("extra", [b"\0", b"Rar!", archive_of({"manifest.json": b""})])
def test_bytes_after_the_end_are_refused(extra: bytes) -> None:
    """A second archive or a stray byte: what nobody reads can carry anything."""
    with pytest.raises(RarTrailingError) as caught:
        read_all(archive_of(SMALL) + extra)
    assert caught.value.fields == {"sobrantes": len(extra)}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no rar", b"\0" * 100])
def test_another_file_is_no_rar(content: bytes) -> None:
    """An empty file and a ZIP are not damaged archives."""
    with pytest.raises(NotRarError):
        RarArchive.open(io.BytesIO(content))


def test_an_old_rar_is_named_as_such() -> None:
    """RAR 4 is a RAR, and none of ours."""
    with pytest.raises(RarUnsupportedError):
        RarArchive.open(io.BytesIO(b"Rar!\x1a\x07\x00" + bytes(30)))


def test_members_over_the_limit_are_refused() -> None:
    """Counted while they are read, before any is kept beyond the limit."""
    members = {f"tablas/T{place}.parquet": b"" for place in range(4)}
    with pytest.raises(LimitError):
        RarArchive.open(io.BytesIO(archive_of(members)), ArchiveLimits(members=3))


def test_bytes_over_the_limit_are_refused() -> None:
    """The sum of all members counts."""
    with pytest.raises(LimitError):
        RarArchive.open(io.BytesIO(archive_of(SMALL)), ArchiveLimits(total_bytes=101))


def test_a_missing_member_is_named() -> None:
    """Asking for a name that is not there is no defect of ours."""
    with pytest.raises(MemberMissingError):
        RarArchive.open(io.BytesIO(archive_of(SMALL))).member("tablas/B.parquet")


def forged(body: bytes) -> bytes:
    """Give an archive whose first block after the main header is ``body`` with a CRC that holds."""
    sized = blocks.vint(len(body)) + body
    block = struct.pack("<I", zlib.crc32(sized)) + sized
    return blocks.SIGNATURE + blocks.main_header() + block


HUGE = blocks.vint((1 << 62) + 16)
FORGERIES = {
    "data far beyond the file": (b"\x02\x03\x00" + HUGE + b"\x06" + HUGE, FormatError),
    "extra area over the header": (b"\x02\x03\x7f\x00\x06\x00", RarDamagedError),
    "no fields at all": (b"\x02\x02\x00", RarDamagedError),
    "number without end": (b"\xff" * 11, RarDamagedError),
    "number over 63 bits": (b"\xff" * 9 + b"\x01", RarDamagedError),
    "unknown header flags": (b"\x02\x08", RarUnsupportedError),
    "unknown block type": (b"\x09\x00", RarUnsupportedError),
    "end block with flags": (b"\x05\x04\x01", RarUnsupportedError),
    "comment of another name": (b"\x03\x02\x00\x04\x00\x00\0\0\0\0\x00\x00\x03ACL", RarUnsupportedError),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_header_with_a_true_checksum_is_refused(name: str) -> None:
    """A CRC proves nothing about who wrote it: every field is held against the file and the format."""
    body, error = FORGERIES[name]
    with pytest.raises(error):
        RarArchive.open(io.BytesIO(forged(body) + blocks.end_header()))


def test_a_header_over_the_limit_is_refused_before_it_is_read() -> None:
    """Two mebibytes of header are legal RAR and of no use to us."""
    block = bytes(4) + blocks.vint(blocks.MAX_HEADER_BYTES + 1)
    with pytest.raises(RarDamagedError):
        RarArchive.open(io.BytesIO(blocks.SIGNATURE + blocks.main_header() + block))


def test_a_comment_over_the_limit_is_refused() -> None:
    """It is held in memory, so it is bounded."""
    block = blocks.comment_block(bytes(1 << 15))
    with pytest.raises(LimitError):
        RarArchive.open(io.BytesIO(blocks.SIGNATURE + blocks.main_header() + block + blocks.end_header()))


def header_of(**changes: object) -> bytes:
    """Give an archive of one empty member whose header has ``changes``."""
    fields: dict[str, object] = {
        "name": "manifest.json", "unpacked_size": 0, "packed_size": 0, "mtime_s": 0, "checksum": bytes(4),
        "k": KEYS.k, "salt": KEYS.salt, "iv": bytes(16), "check": KEYS.check,
    }  # fmt: skip
    header = blocks.file_header(blocks.FileHeader(**(fields | changes)))
    return blocks.SIGNATURE + blocks.main_header() + header + blocks.end_header()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"k": 24}, RarUnsupportedError),
        ({"check": bytes(12)}, RarDamagedError),
        ({"name": "x" * 600}, RarUnsupportedError),
        ({"name": ""}, RarUnsupportedError),
        ({"packed_size": 16}, RarDamagedError),
        ({"unpacked_size": 1}, RarDamagedError),
        ({"checksum": b"abcd"}, MemberDamagedError),
    ],
)
def test_a_hostile_member_is_refused(changes: dict[str, object], error: type[FormatError]) -> None:
    """2^24 iterations would cost 12 seconds for every open; sizes and checks must agree with each other."""
    with pytest.raises(error):
        read_all(header_of(**changes))


def test_two_members_of_one_name_are_refused() -> None:
    """Also when they differ in case alone: on Windows the second would be the first."""
    with pytest.raises(RarUnsupportedError):
        RarArchive.open(io.BytesIO(archive_of({"tablas/A.parquet": b"", "tablas/a.parquet": b""})))


def test_members_under_different_passwords_are_refused() -> None:
    """One password opens all, or the check of the first would vouch for the rest."""
    first = header_of()[: -len(blocks.end_header())]
    second = header_of(name="otro", salt=bytes(16))[len(blocks.SIGNATURE + blocks.main_header()) :]
    with pytest.raises(RarUnsupportedError):
        RarArchive.open(io.BytesIO(first + second))


def test_an_archive_without_members_has_no_password() -> None:
    """It is refused when a password is tried, not with a crash."""
    with pytest.raises(RarUnsupportedError):
        read_all(archive_of({}))


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_random_bytes_end_in_an_error_of_ours(noise: bytes) -> None:
    """Whatever follows the signature, the reader raises nothing foreign."""
    with pytest.raises(FormatError):
        read_all(blocks.SIGNATURE + noise)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_member_is_read_from_any_place(data: st.DataObject) -> None:
    """Random access decrypts the same bytes as one pass."""
    content = content_of(1000)
    archive = RarArchive.open(io.BytesIO(archive_of({"manifest.json": content})))
    view = archive.open_member(archive.unlock(PASSWORD), archive.members[0])
    start = data.draw(st.integers(0, 1100))
    count = data.draw(st.integers(0, 1100))
    view.seek(start)
    assert view.read(count) == content[start : start + count]
    assert view.tell() == min(start + count, max(start, 1000))


def test_a_file_that_shrinks_while_it_is_read_is_cut() -> None:
    """What was there at the scan may be gone at the reading."""
    file = io.BytesIO(archive_of(SMALL))
    archive = RarArchive.open(file)
    keys = archive.unlock(PASSWORD)
    file.truncate(archive.members[1].data_at + 3)
    with pytest.raises(RarCutError):
        b"".join(archive.read(keys, archive.members[1]))


class FailingDisk(io.BytesIO):
    """A file on a disk that stops answering."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


def test_a_failing_disk_is_the_environments_fault() -> None:
    """The archive is not blamed for it."""
    with pytest.raises(UnreadableError):
        RarArchive.open(FailingDisk(b"Rar!"))


class Dribble(io.BytesIO):
    """A file that gives at most 7 bytes at once, as unbuffered ones may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 7))


def test_short_reads_are_put_together() -> None:
    """An unbuffered file may give less than was asked."""
    archive = RarArchive.open(Dribble(archive_of(SMALL)))
    member = archive.members[1]
    assert b"".join(archive.read(archive.unlock(PASSWORD), member)) == content_of(100)
