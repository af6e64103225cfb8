"""Notes, checkpoints and proofs have one spelling; every other text is refused in our own words."""

import base64

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sigasers.errors.formats import BadNoteError
from sigasers.formats.tlog import EMPTY_ROOT, Checkpoint, Note, NoteSignature, Proof
from sigasers.formats.tlog.note import MAX_CHARS, MAX_SIGNATURES
from sigasers.formats.tlog.proof import MAX_PATH

ORIGIN = "sigasers.pe/bitacora/c-0/1"
ROOT = bytes(range(32))
B64_ROOT = base64.b64encode(ROOT).decode()
LINE = f"— {ORIGIN} {base64.b64encode(bytes(68)).decode()}\n"
TEXT = f"{ORIGIN}\n7\n{B64_ROOT}\n"
NOTE = f"{TEXT}\n{LINE}"
PROOF = f"c2sp.org/tlog-proof@v1\nindex 5\n{B64_ROOT}\n\n{NOTE}"

HASHES = st.binary(min_size=32, max_size=32)
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"], exclude_characters="+"), min_size=1)
LINES = st.builds(
    NoteSignature,
    name=WORDS.filter(lambda name: len(name.split()) == 1),
    key_hash=st.binary(min_size=4, max_size=4),
    signature=st.binary(min_size=1, max_size=100),
)
BODIES = st.lists(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30), min_size=1, max_size=5
).filter(any)


@given(BODIES, st.lists(LINES, min_size=1, max_size=5))
def test_notes_come_back_as_they_were_written(body: list[str], lines: list[NoteSignature]) -> None:
    """Any text of whole lines under any number of signatures."""
    note = Note(text="".join(f"{line}\n" for line in body), signatures=tuple(lines))
    assert Note.parse(str(note)) == note


@given(st.integers(1, 10**15 - 1), HASHES)
def test_checkpoints_come_back_as_they_were_written(size: int, root: bytes) -> None:
    """Origin, size and root of any log."""
    checkpoint = Checkpoint(origin=ORIGIN, size=size, root=root)
    assert Checkpoint.parse(Note(text=checkpoint.text, signatures=())) == checkpoint


@given(st.integers(0, 10**15 - 1), st.lists(HASHES, max_size=MAX_PATH))
def test_proofs_come_back_as_they_were_written(index: int, path: list[bytes]) -> None:
    """Any index and path, down to the empty one of a log of one entry."""
    proof = Proof(index=index, path=tuple(path), checkpoint=NOTE)
    assert Proof.parse(str(proof)) == proof


@given(st.text())
@example("")
@example("\n\n")
@example("\n\n\n")
@example("\ud800\n\n" + LINE)
def test_nonsense_is_no_note(text: str) -> None:
    """Whatever text arrives, the answer is a note or our own error."""
    try:
        note = Note.parse(text)
    except BadNoteError:
        return
    assert str(note) == text


@given(st.integers(0, len(PROOF) - 1), st.characters())
def test_a_changed_character_gives_another_proof_or_none(at: int, char: str) -> None:
    """No two texts read as the same proof."""
    text = PROOF[:at] + char + PROOF[at + 1 :]
    try:
        proof = Proof.parse(text)
        found = (proof, proof.note)
    except BadNoteError:
        return
    assert str(proof) == text
    assert (found == (Proof.parse(PROOF), Note.parse(NOTE))) is (text == PROOF)


HOSTILE_NOTES = {
    "empty": "",
    "no empty line": TEXT + LINE,
    "no signature": TEXT + "\n",
    "no text": "\n\n" + LINE,
    "last newline missing": NOTE[:-1],
    "empty line after": NOTE + "\n",
    "carriage returns": NOTE.replace("\n", "\r\n"),
    "tabulator": NOTE.replace("7", "7\t"),
    "null character": NOTE.replace("7", "7\0"),
    "lone surrogate": NOTE.replace("7", "\ud800"),
    "hyphen for the dash": NOTE.replace("—", "-"),
    "two blanks": NOTE.replace("— ", "—  "),
    "blank at the end": NOTE[:-1] + " \n",
    "no name": NOTE.replace(f"— {ORIGIN}", "— "),
    "name with a plus": NOTE.replace(f"— {ORIGIN}", "— a+b"),
    "key hash alone": f"{TEXT}\n— a AAAAAA==\n",
    "less than a key hash": f"{TEXT}\n— a AAAA\n",
    "no base64": f"{TEXT}\n— a ????????\n",
    "stray bits": f"{TEXT}\n— a AAAAAAD=\n",
    "no padding": f"{TEXT}\n— a AAAAAAA\n",
    "one bad line among good ones": f"{NOTE}nonsense\n",
    "too many signatures": TEXT + "\n" + LINE * (MAX_SIGNATURES + 1),
    "too long": "x" * MAX_CHARS + "\n" + NOTE,
}


@pytest.mark.parametrize("text", HOSTILE_NOTES.values(), ids=HOSTILE_NOTES)
def test_a_note_out_of_form_is_refused(text: str) -> None:
    """The forms that C2SP's signed-note forbids, and our bounds."""
    with pytest.raises(BadNoteError):
        Note.parse(text)


def test_many_signatures_are_read() -> None:
    """Room for the witnesses to come."""
    short = "— w AAAAAAA=\n"
    assert len(Note.parse(TEXT + "\n" + short * MAX_SIGNATURES).signatures) == MAX_SIGNATURES


HOSTILE_CHECKPOINTS = {
    "size with a zero before": f"{ORIGIN}\n07\n{B64_ROOT}\n",
    "negative size": f"{ORIGIN}\n-7\n{B64_ROOT}\n",
    "size with a sign": f"{ORIGIN}\n+7\n{B64_ROOT}\n",
    "size in other digits": f"{ORIGIN}\n٧\n{B64_ROOT}\n",  # noqa: RUF001 - the digit is the test
    "size of 16 digits": f"{ORIGIN}\n{10**15}\n{B64_ROOT}\n",
    "hexadecimal size": f"{ORIGIN}\n0x7\n{B64_ROOT}\n",
    "size with a blank": f"{ORIGIN}\n7 \n{B64_ROOT}\n",
    "no size": f"{ORIGIN}\n\n{B64_ROOT}\n",
    "no origin": f"\n7\n{B64_ROOT}\n",
    "root too short": f"{ORIGIN}\n7\n{B64_ROOT[:-4]}\n",
    "root too long": f"{ORIGIN}\n7\nAAAA{B64_ROOT}\n",
    "root in base64url": f"{ORIGIN}\n7\n{'_' * 43}=\n",
    "extension line": f"{ORIGIN}\n7\n{B64_ROOT}\nmore\n",
    "line missing": f"{ORIGIN}\n7\n",
    "empty log of another root": f"{ORIGIN}\n0\n{B64_ROOT}\n",
}


@pytest.mark.parametrize("text", HOSTILE_CHECKPOINTS.values(), ids=HOSTILE_CHECKPOINTS)
def test_a_checkpoint_out_of_form_is_refused(text: str) -> None:
    """One spelling of each number and root, and no line that our log does not write."""
    with pytest.raises(BadNoteError):
        Checkpoint.parse(Note(text=text, signatures=()))


def test_an_empty_log_has_a_checkpoint() -> None:
    """Before the first acuse the root is the hash of nothing."""
    checkpoint = Checkpoint(origin=ORIGIN, size=0, root=EMPTY_ROOT)
    assert Checkpoint.parse(Note(text=checkpoint.text, signatures=())) == checkpoint


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("", 1, ROOT), ("a\nb", 1, ROOT), (ORIGIN, -1, ROOT), (ORIGIN, 1, ROOT[:-1]), (ORIGIN, 0, ROOT)],
)
def test_no_checkpoint_is_made_that_could_not_be_read(origin: str, size: int, root: bytes) -> None:
    """What is wrong is found before it is signed."""
    with pytest.raises(BadNoteError):
        Checkpoint(origin=origin, size=size, root=root)


HOSTILE_PROOFS = {
    "empty": "",
    "another version": PROOF.replace("@v1", "@v2"),
    "no index": PROOF.replace("index 5\n", ""),
    "extra line": PROOF.replace("index 5\n", "extra AAAA\nindex 5\n"),
    "negative index": PROOF.replace("index 5", "index -5"),
    "index with a zero before": PROOF.replace("index 5", "index 05"),
    "no number": PROOF.replace("index 5", "index "),
    "hash too short": PROOF.replace(B64_ROOT, "AAAA", 1),
    "no base64": PROOF.replace(B64_ROOT, "?" * 44, 1),
    "hash with stray bits": PROOF.replace(B64_ROOT, B64_ROOT[:-2] + "9=", 1),
    "letters outside ascii": PROOF.replace(B64_ROOT, "ñ" * 44, 1),
    "carriage returns": PROOF.replace("\n", "\r\n"),
    "first line alone": "c2sp.org/tlog-proof@v1",
    "no checkpoint": PROOF.partition("\n\n")[0],
    "path too long": PROOF.replace("index 5\n", "index 5\n" + f"{B64_ROOT}\n" * MAX_PATH),
    "path far too long": PROOF.replace("index 5\n", "index 5\n" + f"{B64_ROOT}\n" * 5000),
}


@pytest.mark.parametrize("text", HOSTILE_PROOFS.values(), ids=HOSTILE_PROOFS)
def test_a_proof_out_of_form_is_refused(text: str) -> None:
    """``extra`` lines too, which no signature covers."""
    with pytest.raises(BadNoteError):
        Proof.parse(text)


def test_a_proof_is_read_before_its_checkpoint_is() -> None:
    """The checkpoint's own form is judged where it is read."""
    proof = Proof.parse(PROOF.partition("\n\n")[0] + "\n\nnonsense")
    with pytest.raises(BadNoteError):
        _ = proof.note
