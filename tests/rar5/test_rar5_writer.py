"""The writer as export workers use it."""

import io
import pickle

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.errors import OwnError
from sigasers.errors.formats import RarUnsupportedError
from sigasers.formats.rar5 import ArchiveKeys, MemberEncryptor, RarArchive, assemble
from tests.rar5.archives import KEYS, MTIME, PASSWORD, SALT, archive_of, content_of

IV = bytes(range(100, 116))


def encrypted(pieces: list[bytes]) -> tuple[bytes, MemberEncryptor]:
    sink = io.BytesIO()
    encryptor = MemberEncryptor(KEYS, "manifest.json", sink, mtime=MTIME, iv=IV)
    for piece in pieces:
        encryptor.write(piece)
    encryptor.close()
    return sink.getvalue(), encryptor


@given(st.lists(st.integers(0, 400_000), max_size=5))
@settings(max_examples=25, deadline=None)
def test_how_writes_are_cut_does_not_matter(sizes: list[int]) -> None:
    """Pieces of any size give the same ciphertext and the same description as one."""
    whole = content_of(sum(sizes))
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    pieces = [whole[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    assert encrypted(pieces)[0] == encrypted([whole])[0]
    assert encrypted(pieces)[1].member == encrypted([whole])[1].member


def test_a_parquet_writer_writes_into_it() -> None:
    """The encryptor is a file to pyarrow, and what comes out of the archive is that Parquet file."""
    sink = io.BytesIO()
    table = pa.table({"a": list(range(1000)), "b": ["ñ"] * 1000})
    with MemberEncryptor(KEYS, "tablas/T.parquet", sink, mtime=MTIME) as encryptor:
        pq.write_table(table, encryptor, compression="zstd")
    whole = io.BytesIO()
    assemble(KEYS, [(encryptor.member, [sink.getvalue()])], b"", whole)
    archive = RarArchive.open(whole)
    member = archive.open_member(archive.unlock(PASSWORD), archive.members[0])
    assert pq.read_table(pa.PythonFile(member, mode="r")).equals(table)


def test_no_plaintext_reaches_the_sink() -> None:
    """What the sink got holds no run of the plaintext."""
    ciphertext, _ = encrypted([b"PLAINTEXT-OF-A-CELL" * 50_000])
    assert b"PLAINTEXT" not in ciphertext


def test_members_and_keys_travel_between_processes() -> None:
    """Workers are processes: what they need and what they give back is pickled."""
    _, encryptor = encrypted([b"x"])
    assert pickle.loads(pickle.dumps(encryptor.member)) == encryptor.member
    assert pickle.loads(pickle.dumps(KEYS)) == KEYS


def test_keys_do_not_show_in_a_repr() -> None:
    """A traceback or a log line that holds them gives nothing away."""
    assert KEYS.aes_key.hex() not in repr(KEYS)
    assert repr(KEYS.aes_key) not in repr(KEYS)
    assert repr(KEYS.hash_key) not in repr(KEYS)


def test_an_error_inside_leaves_the_member_open() -> None:
    """A half-written member never passes for a whole one."""
    with pytest.raises(ZeroDivisionError), MemberEncryptor(KEYS, "m", io.BytesIO(), mtime=MTIME) as encryptor:
        raise ZeroDivisionError
    assert not encryptor.closed
    with pytest.raises(OwnError):
        _ = encryptor.member


def test_nothing_is_written_after_close() -> None:
    """The checksum is fixed; closing again does nothing."""
    ciphertext, encryptor = encrypted([b"x"])
    encryptor.close()
    assert len(ciphertext) == 16
    with pytest.raises(OwnError):
        encryptor.write(b"y")


@pytest.mark.parametrize("name", ["", "/a", "a//b", "../a", "a/..", "a\\b", "a\0", "x" * 513])
def test_a_name_that_leads_elsewhere_is_a_defect(name: str) -> None:
    """No archive of ours holds a name that another program could follow out of its folder."""
    with pytest.raises(OwnError):
        MemberEncryptor(KEYS, name, io.BytesIO(), mtime=MTIME)


@pytest.mark.parametrize("given_bytes", [b"", bytes(15), bytes(32)])
def test_a_ciphertext_of_another_size_is_a_defect(given_bytes: bytes) -> None:
    """A part file that was cut or swapped cannot end in an archive."""
    _, encryptor = encrypted([b"x"])
    with pytest.raises(OwnError):
        assemble(KEYS, [(encryptor.member, [given_bytes])], b"", io.BytesIO())


def test_a_comment_over_the_limit_is_a_defect() -> None:
    """Our own reader would refuse it."""
    with pytest.raises(OwnError):
        archive_of({}, bytes(1 << 15))


def test_the_digest_is_that_of_the_archive() -> None:
    """It is computed in the same pass."""
    import hashlib

    ciphertext, encryptor = encrypted([b"x"])
    whole = io.BytesIO()
    digest = assemble(KEYS, [(encryptor.member, [ciphertext])], b"c", whole)
    assert digest.hex == hashlib.sha256(whole.getvalue()).hexdigest()


def test_too_many_iterations_are_refused() -> None:
    """The derivation itself is bounded, whoever calls it."""
    with pytest.raises(RarUnsupportedError):
        ArchiveKeys.derive(PASSWORD, SALT, 19)


@pytest.mark.parametrize(("password", "salt"), [("", SALT), ("x" * 128, SALT), ("x", b"")])
def test_a_password_or_salt_out_of_form_is_a_defect(password: str, salt: bytes) -> None:
    """The caller made them."""
    with pytest.raises(ValueError):
        ArchiveKeys.derive(password, salt)
