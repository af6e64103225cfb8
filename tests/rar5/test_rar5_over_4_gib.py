"""A member over 4 GiB: every size field, offset and sum past 32 bits. Marked slow; CONTRIBUTING says how to run it."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import rarfile
from unrar.cffi.unrarlib import BadRarFile
from unrar.cffi.unrarlib import RarArchive as UnrarArchive

from sigasers import durable
from sigasers.errors.formats import MemberDamagedError
from sigasers.formats.rar5 import ArchiveKeys, EncryptedMember, MemberEncryptor, RarArchive, assemble
from tests.rar5.archives import COMMENT, MTIME, PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

MIB = 1 << 20
SIZE = (4 << 30) + 7 * MIB + 5  # past 2^32, and no multiple of the cipher's block
NAME = "tablas/GRANDE.parquet"
LAST = "tablas/ULTIMA.parquet"
LAST_CONTENT = b"lo que sigue a cuatro GiB"
KEYS = ArchiveKeys.derive(PASSWORD, bytes(16))
_PATTERN = bytes(number * 7 % 251 for number in range(MIB))


@dataclass(frozen=True, kw_only=True)
class Big:
    """The archive on disk, and what its large member must be, computed apart from the writer."""

    path: Path
    sha256: str
    crc32: int


def plaintext() -> Iterator[bytes]:
    """Give ``SIZE`` bytes in pieces that are cheap to make, each with its own number at its head."""
    left = SIZE
    number = 0
    while left:
        piece = (number.to_bytes(8, "little") + _PATTERN[8:])[:left]
        yield piece
        left -= len(piece)
        number += 1


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(MIB):
            yield piece


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Big]:
    """Written as an export does: ciphertext to a ``.part``, then the archive in one pass; 8.1 GiB for a while."""
    folder = tmp_path_factory.mktemp("grande")
    sha256, crc32 = hashlib.sha256(), 0
    part, target = folder / "grande.part", folder / "grande.rar"
    with durable.StagedFile(part) as sink:
        with MemberEncryptor(KEYS, NAME, sink, mtime=MTIME) as encryptor:
            for piece in plaintext():
                sha256.update(piece)
                crc32 = zlib.crc32(piece, crc32)
                encryptor.write(piece)
        last = bytearray()
        small = _small(last)
        with target.open("wb") as out:
            assemble(KEYS, [(encryptor.member, pieces_of(part)), (small, [last])], COMMENT, out)
    assert encryptor.member.unpacked_size == SIZE
    assert encryptor.member.sha256.hex == sha256.hexdigest()
    yield Big(path=target, sha256=sha256.hexdigest(), crc32=crc32)
    target.unlink()


class _Gathered:
    def __init__(self, into: bytearray) -> None:
        self._into = into

    def write(self, data: bytes | bytearray | memoryview, /) -> None:
        self._into += data


def _small(into: bytearray) -> EncryptedMember:
    with MemberEncryptor(KEYS, LAST, _Gathered(into), mtime=MTIME) as encryptor:
        encryptor.write(LAST_CONTENT)
    return encryptor.member


def test_our_reader_gives_every_byte_back(big: Big) -> None:
    """Size, SHA-256 and the keyed checksum hold, and what stands after the member is found."""
    with big.path.open("rb") as file:
        archive = RarArchive.open(file)
        keys = archive.unlock(PASSWORD)
        large = archive.member(NAME)
        assert large.size == SIZE
        running, size = hashlib.sha256(), 0
        for piece in archive.read(keys, large):
            running.update(piece)
            size += len(piece)
        assert (size, running.hexdigest()) == (SIZE, big.sha256)
        assert keys.checksum(big.crc32) == large.header.checksum
        assert b"".join(archive.read(keys, archive.member(LAST))) == LAST_CONTENT


def test_a_seek_past_4_gib_decrypts_the_right_bytes(big: Big) -> None:
    """Parquet is read from its end: the last bytes of the member, without those before."""
    with big.path.open("rb") as file:
        archive = RarArchive.open(file)
        view = archive.open_member(archive.unlock(PASSWORD), archive.member(NAME))
        start = 4096 * MIB  # the piece of this number, 2^32 bytes in
        view.seek(start)
        assert view.read(MIB) == (4096).to_bytes(8, "little") + _PATTERN[8:]
        view.seek(-5, 2)
        assert view.read() == ((4103).to_bytes(8, "little") + _PATTERN[8:])[:5]


def test_the_official_engine_reads_it_whole(big: Big) -> None:
    """RARLAB's engine checks its checksum and gives bytes of the same size and SHA-256."""
    running, sizes = hashlib.sha256(), {}

    def take(chunk: bytes) -> None:
        nonlocal size
        running.update(chunk)
        size += len(chunk)

    with UnrarArchive.open_for_processing(big.path, pwd=PASSWORD) as opened:
        for header in opened.iterate_headers():
            size = 0
            sizes[header.FileNameW] = header.UnpSize + (header.UnpSizeHigh << 32)
            if header.FileNameW == NAME:
                header.test(take)
                assert (size, running.hexdigest()) == (SIZE, big.sha256)
            else:
                header.test()
    assert sizes == {NAME: SIZE, LAST: len(LAST_CONTENT)}


def test_the_official_engine_sees_a_flipped_byte_past_4_gib(big: Big) -> None:
    """The judge above can fail, and our reader names the member."""
    with big.path.open("rb") as file:
        at = RarArchive.open(file).member(NAME).data_at + (1 << 32) + 4096
    _flip(big.path, at)
    try:
        with UnrarArchive.open_for_processing(big.path, pwd=PASSWORD) as opened:
            header = next(iter(opened.iterate_headers()))
            with pytest.raises(BadRarFile):
                header.test()
        with big.path.open("rb") as file, pytest.raises(MemberDamagedError):
            archive = RarArchive.open(file)
            for _ in archive.read(archive.unlock(PASSWORD), archive.member(NAME)):
                pass
    finally:
        _flip(big.path, at)


def _flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))


def test_an_independent_scanner_reads_the_same_headers(big: Big) -> None:
    """The package ``rarfile`` parses sizes and places on its own."""
    with rarfile.RarFile(big.path) as opened:
        sizes = {item.filename: item.file_size for item in opened.infolist()}
    assert sizes == {NAME: SIZE, LAST: len(LAST_CONTENT)}
