"""A checkpoint counts when the log's own key signed it, in the time of that key, for this log."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sigasers.errors.formats import BadNoteError
from sigasers.errors.keys import (
    BadCheckpointSignatureError,
    KeyNotYetValidError,
    WithdrawnKeyError,
    WrongLogError,
)
from sigasers.formats.documents import KeyUse, log_origin
from sigasers.formats.tlog import Checkpoint, Note, NoteSignature, key_hash
from sigasers.keys.checkpoint import sign_checkpoint, verify_checkpoint
from tests.made_centre import AT, MadeCentre

CENTRE = MadeCentre()
LOG_KEY = CENTRE.keys[KeyUse.BITACORA]
CHECKPOINT = Checkpoint(origin=log_origin(CENTRE.aud, 1), size=7, root=bytes(range(32)))
LATER = AT.plus(timedelta(days=1))


def line(
    key: Ed25519PrivateKey, *, name: str = CHECKPOINT.origin, text: str = CHECKPOINT.text
) -> NoteSignature:
    return NoteSignature(
        name=name,
        key_hash=key_hash(name, key.public_key().public_bytes_raw()),
        signature=key.sign(text.encode()),
    )


def note(*lines: NoteSignature) -> str:
    return str(Note(text=CHECKPOINT.text, signatures=lines))


def test_the_logs_checkpoint_is_verified() -> None:
    """What the centre signs, a unit reads."""
    assert verify_checkpoint(sign_checkpoint(CHECKPOINT, LOG_KEY), CENTRE.trust) == CHECKPOINT


def test_a_checkpoint_is_signed_in_one_way() -> None:
    """Signing again gives the same bytes: nobody can be shown two of one size."""
    assert sign_checkpoint(CHECKPOINT, LOG_KEY) == sign_checkpoint(CHECKPOINT, LOG_KEY) == note(line(LOG_KEY))


@pytest.mark.parametrize("use", [KeyUse.ACUSE, KeyUse.PERFIL])
def test_another_key_of_the_centre_does_not_sign_the_log(use: KeyUse) -> None:
    """Only a key of use ``bitacora``."""
    with pytest.raises(BadCheckpointSignatureError):
        verify_checkpoint(sign_checkpoint(CHECKPOINT, CENTRE.keys[use]), CENTRE.trust)


def test_a_strangers_signature_beside_the_logs_is_ignored() -> None:
    """Witnesses may sign too, before or after, under any name."""
    stranger = Ed25519PrivateKey.generate()
    witness = line(stranger, name="witness.example/w1")
    same_name = line(stranger)
    for lines in ([witness, line(LOG_KEY)], [line(LOG_KEY), witness], [same_name, line(LOG_KEY)]):
        assert verify_checkpoint(note(*lines), CENTRE.trust) == CHECKPOINT
    with pytest.raises(BadCheckpointSignatureError):
        verify_checkpoint(note(witness, same_name), CENTRE.trust)


def test_a_failing_line_of_the_logs_key_refuses_the_note() -> None:
    """Also beside a good one: a note that is partly false is not shown on."""
    false = replace(line(LOG_KEY), signature=bytes(64))
    for lines in ([false], [false, line(LOG_KEY)], [line(LOG_KEY), false]):
        with pytest.raises(BadCheckpointSignatureError):
            verify_checkpoint(note(*lines), CENTRE.trust)


@pytest.mark.parametrize("cut", [0, 1, 63])
def test_a_signature_cut_short_fails(cut: int) -> None:
    """No length but 64 bytes."""
    short = replace(line(LOG_KEY), signature=line(LOG_KEY).signature[: cut or 1])
    with pytest.raises(BadCheckpointSignatureError):
        verify_checkpoint(note(short), CENTRE.trust)


def test_the_signature_under_another_name_does_not_count() -> None:
    """The name is part of the key's id in a note."""
    with pytest.raises(BadCheckpointSignatureError):
        verify_checkpoint(note(line(LOG_KEY, name="another.example/log")), CENTRE.trust)


@pytest.mark.parametrize("change", [{"size": 8}, {"root": bytes(32)}])
def test_a_changed_checkpoint_loses_its_signature(change: dict[str, object]) -> None:
    """Size and root are what is signed."""
    changed = replace(CHECKPOINT, **change)  # type: ignore[arg-type]
    text = sign_checkpoint(CHECKPOINT, LOG_KEY).replace(CHECKPOINT.text, changed.text)
    with pytest.raises(BadCheckpointSignatureError):
        verify_checkpoint(text, CENTRE.trust)


@pytest.mark.parametrize(
    "origin",
    [log_origin(CENTRE.aud, 2), log_origin("c-" + "0" * 32, 1), "x"],
    ids=["another epoca", "another centre", "no log"],  # keys are new in each process, so values name no test
)
def test_a_checkpoint_of_another_log_is_refused(origin: str) -> None:
    """Of another época, of another centre, however well signed by this log's key."""
    with pytest.raises(WrongLogError) as caught:
        verify_checkpoint(sign_checkpoint(replace(CHECKPOINT, origin=origin), LOG_KEY), CENTRE.trust)
    assert caught.value.fields == {"esperado": CHECKPOINT.origin, "encontrado": origin}


def test_the_logs_key_counts_in_its_time() -> None:
    """Before ``desde`` and from ``retirada`` on it signs nothing; asked without a time it counts."""
    withdrawn = replace(CENTRE, withdrawn={KeyUse.BITACORA: LATER})
    text = sign_checkpoint(CHECKPOINT, LOG_KEY)
    assert verify_checkpoint(text, withdrawn.trust) == CHECKPOINT
    assert verify_checkpoint(text, withdrawn.trust, at=AT) == CHECKPOINT
    with pytest.raises(WithdrawnKeyError):
        verify_checkpoint(text, withdrawn.trust, at=LATER)
    with pytest.raises(KeyNotYetValidError):
        verify_checkpoint(text, withdrawn.trust, at=AT.plus(timedelta(milliseconds=-1)))


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", CHECKPOINT.text, CHECKPOINT.text + "\n", "a\n\n— a AAAAAAAA\n"],
    ids=["empty", "nonsense", "text alone", "no signature", "no checkpoint"],
)
def test_what_is_no_note_is_refused_as_such(text: str) -> None:
    """In the words of the format."""
    with pytest.raises(BadNoteError):
        verify_checkpoint(text, CENTRE.trust)
