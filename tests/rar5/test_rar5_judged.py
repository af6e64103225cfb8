"""Other people's engines open what we write. Each judge is first seen to fail."""

from pathlib import Path

import pytest

from tests.rar5.archives import COMMENT, PASSWORD, archive_of, content_of
from tests.rar5.rar_judges import (
    Judge,
    JudgeRefusedError,
    debian_unar,
    official_unrar,
    python_rarfile,
    rust_rars,
)

MIB = 1 << 20
SIZES = [0, 1, 15, 16, 17, MIB - 1, MIB, MIB + 1]
JUDGES = [
    pytest.param(official_unrar, id="unrar"),
    pytest.param(rust_rars, id="rars"),
    pytest.param(debian_unar, id="unar", marks=pytest.mark.needs("unar")),
    pytest.param(python_rarfile, id="rarfile", marks=pytest.mark.needs("unar")),
]


@pytest.fixture(params=JUDGES)
def judge(request: pytest.FixtureRequest, tmp_path: Path) -> Judge:
    """A judge that has just refused a wrong password and a flipped byte, and opened the archive they came from."""
    read: Judge = request.param
    whole = archive_of({"manifest.json": b"{}", "tablas/A.parquet": content_of(5000)})
    sound, flipped = tmp_path / "sound.rar", tmp_path / "flipped.rar"
    sound.write_bytes(whole)
    flipped.write_bytes(_flip(whole, len(whole) - 2000))
    with pytest.raises(JudgeRefusedError):
        _assert_all(read(sound, "another password"))
    with pytest.raises(JudgeRefusedError):
        _assert_all(read(flipped, PASSWORD))
    _assert_all(read(sound, PASSWORD))
    return read


def _assert_all(members: dict[str, bytes]) -> None:
    """Some engines give an empty list instead of an error: names and bytes are both asserted."""
    if members != {"manifest.json": b"{}", "tablas/A.parquet": content_of(5000)}:
        raise JudgeRefusedError("members differ")


def _flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :]


@pytest.mark.parametrize("size", SIZES)
def test_one_member_of_any_size_opens(judge: Judge, tmp_path: Path, size: int) -> None:
    """Sizes around the cipher block and around the pieces we write in."""
    archive = tmp_path / "uno.rar"
    archive.write_bytes(archive_of({"manifest.json": content_of(size)}))
    assert judge(archive, PASSWORD) == {"manifest.json": content_of(size)}


def test_many_members_of_all_sizes_open(judge: Judge, tmp_path: Path) -> None:
    """All sizes in one archive, in folders, empty members between full ones."""
    members = {f"tablas/U{place}.parquet": content_of(size) for place, size in enumerate(SIZES)}
    archive = tmp_path / "varios.rar"
    archive.write_bytes(archive_of({"manifest.json": b"{}"} | members))
    assert judge(archive, PASSWORD) == {"manifest.json": b"{}"} | members


def test_a_renamed_archive_opens(judge: Judge, tmp_path: Path) -> None:
    """The file's name is no input of anything."""
    archive = tmp_path / "otro nombre, con ñ.rar"
    archive.write_bytes(archive_of({"manifest.json": b"{}"}))
    assert judge(archive, PASSWORD) == {"manifest.json": b"{}"}


def test_the_official_engine_reads_the_comment_in_clear(tmp_path: Path) -> None:
    """The comment needs no password: it is where the sealed copies of the password stand."""
    from unrar.cffi import rarfile as unrarfile

    archive = tmp_path / "a.rar"
    archive.write_bytes(archive_of({"manifest.json": b"{}"}))
    assert unrarfile.RarFile(archive).comment == COMMENT.decode().encode()
