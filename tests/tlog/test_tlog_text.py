"""Notes, checkpoints and proofs as text: what is written is read, and nothing else is."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.formats import BadNoteError
from sigasers.formats.tlog import EMPTY_ROOT, Checkpoint, Note, NoteSignature, Proof, key_hash

# The example of c2sp.org/signed-note: a note of the format's author, not ours.
FOREIGN = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
ROOT = bytes(range(32))
TEXT = Checkpoint(origin="ejemplo.pe/bitacora", size=7, root=ROOT).text
KEY = Ed25519PrivateKey.generate()


def signed(text: str) -> str:
    line = NoteSignature(name="ejemplo.pe/bitacora", key_hash=b"abcd", signature=KEY.sign(text.encode()))
    return str(Note(text=text, signatures=(line,)))


NOTE = signed(TEXT)


def test_note_of_another_writer_is_read_and_written_alike() -> None:
    """The text ends before the last empty line, which may follow others."""
    note = Note.parse(FOREIGN)
    assert note.text.endswith("\n\ned è subito sera.\n")
    assert [item.name for item in note.signatures] == ["quasimodo.example/salvatore"]
    assert str(note) == FOREIGN


def test_note_signed_by_a_foreign_program_verifies() -> None:
    """Known answer of Go's ``golang.org/x/mod/sumdb/note``: key id c74f20a3, its text and its signature."""
    public = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]  # a type byte, then the key
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = (
        "— PeterNeumann "
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    (found,) = Note.parse(f"{text}\n{line}").signatures
    assert found.key_hash == key_hash("PeterNeumann", public) == bytes.fromhex("c74f20a3")
    Ed25519PublicKey.from_public_bytes(public).verify(found.signature, text.encode())


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        TEXT,
        TEXT + "\n",
        NOTE[:-1],
        NOTE + "\n",
        NOTE.replace("— ", "- "),
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("ejemplo.pe/bitacora\n7", "ejemplo.pe/bitacora\r\n7"),
        NOTE.replace("\n7", "\x00\n7"),
        TEXT + "\n— ejemplo.pe/bitacora YWJjZA==\n",
        TEXT + "\n— ejemplo.pe/bitacora YWJjZGU\n",
        TEXT + "\n— ejemplo.pe/bitacora YWJjZGV=\n",
        TEXT + "\n— con espacio YWJjZGU=\n",
        TEXT + "\n— con+mas YWJjZGU=\n",
        TEXT + "\n" + "— n YWJjZGU=\n" * 65,
        "x" * 20_000 + NOTE,
    ],
)
def test_refuses_what_is_no_note(note: str) -> None:
    """Each is a format error."""
    with pytest.raises(BadNoteError):
        Note.parse(note)


def test_takes_sixteen_signatures() -> None:
    """Witnesses may add theirs: at least 16 must be read (c2sp.org/signed-note)."""
    line = NOTE.rpartition("\n\n")[2]
    assert len(Note.parse(TEXT + "\n" + line * 16).signatures) == 16


@pytest.mark.parametrize(
    "text",
    [
        "o\n7\n",
        "o\n7\n" + "A" * 43 + "=\nextension\n",
        "o\n07\n" + "A" * 43 + "=\n",
        "o\n-7\n" + "A" * 43 + "=\n",
        "o\n\u0667\n" + "A" * 43 + "=\n",
        "o\n1000000000000000\n" + "A" * 43 + "=\n",
        "o\n7\nAAAA\n",
        "o\n7\n" + "A" * 42 + "B=\n",
        "o\n0\n" + "A" * 43 + "=\n",
        "\n7\n" + "A" * 43 + "=\n",
    ],
)
def test_refuses_what_is_no_checkpoint(text: str) -> None:
    """Origin, decimal size, base64 root: three lines, one spelling each."""
    with pytest.raises(BadNoteError):
        Checkpoint.parse(Note(text=text, signatures=()))


@given(st.integers(min_value=1, max_value=10**15 - 1), st.binary(min_size=32, max_size=32))
def test_checkpoint_is_read_as_written(size: int, root: bytes) -> None:
    """Any size and root."""
    checkpoint = Checkpoint(origin="ejemplo.pe/bitacora", size=size, root=root)
    assert Checkpoint.parse(Note.parse(signed(checkpoint.text))) == checkpoint


def test_empty_log_has_one_root() -> None:
    """RFC 9162: SHA-256 of nothing."""
    assert Checkpoint.parse(Note(text=Checkpoint(origin="o", size=0, root=EMPTY_ROOT).text, signatures=()))


@given(
    st.integers(min_value=0, max_value=10**15 - 1),
    st.lists(st.binary(min_size=32, max_size=32), max_size=64),
)
def test_proof_is_read_as_written(index: int, path: list[bytes]) -> None:
    """Any index and path of up to 64 hashes; the checkpoint stays byte for byte."""
    proof = Proof(index=index, path=tuple(path), checkpoint=NOTE)
    assert Proof.parse(str(proof)) == proof


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n\n" + NOTE,
        f"c2sp.org/tlog-proof@v1\nindex -1\n\n{NOTE}",
        f"c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n{NOTE}",
        f"c2sp.org/tlog-proof@v1\r\nindex 1\n\n{NOTE}",
        "c2sp.org/tlog-proof@v1\nindex 1\n" + ("A" * 43 + "=\n") * 65 + f"\n{NOTE}",
        f"c2sp.org/tlog-proof@v1\nindex 1\n{NOTE.replace(chr(10) * 2, chr(10))}",
    ],
)
def test_refuses_what_is_no_proof(text: str) -> None:
    """Each is a format error."""
    with pytest.raises(BadNoteError):
        Proof.parse(text)


@given(st.text(max_size=300))
def test_no_text_is_more_than_refused(text: str) -> None:
    """Whatever comes, the readers give a value or a format error."""
    for read in (Note.parse, Proof.parse, lambda body: Checkpoint.parse(Note(text=body, signatures=()))):
        try:
            read(text)
        except BadNoteError:
            continue
