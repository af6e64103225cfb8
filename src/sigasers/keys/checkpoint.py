"""Checkpoints of the log signed and verified: Ed25519 note signatures by a key of use ``bitacora``."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sigasers.errors.keys import BadCheckpointSignatureError, WrongLogError
from sigasers.formats.documents import KeyUse
from sigasers.formats.tlog import Checkpoint, Note, NoteSignature, key_hash
from sigasers.keys.kinds import kid_of
from sigasers.keys.trust import Trust
from sigasers.model import Instant


def sign_checkpoint(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """Give the signed note of ``checkpoint``; the key's name is the origin. Ed25519 gives the same bytes again."""
    signature = NoteSignature(
        name=checkpoint.origin,
        key_hash=key_hash(checkpoint.origin, key.public_key().public_bytes_raw()),
        signature=key.sign(checkpoint.text.encode()),
    )
    return str(Note(text=checkpoint.text, signatures=(signature,)))


def verify_checkpoint(text: str, trust: Trust, *, at: Instant | None = None) -> Checkpoint:
    """Give the checkpoint in the signed note ``text``, of the log and by a log key that counts at ``at``.

    ``at`` ``None``: that ever counted. Signatures of unknown keys are ignored; one of a known key that fails
    refuses the note. Raises ``BadNoteError``, ``WrongLogError``, ``BadCheckpointSignatureError``, and the
    errors of ``Trust.public_key``.
    """
    note = Note.parse(text)
    checkpoint = Checkpoint.parse(note)
    check_signature(note, checkpoint, trust, at=at)
    return checkpoint


def check_signature(note: Note, checkpoint: Checkpoint, trust: Trust, *, at: Instant | None) -> None:
    """Raise unless ``note``, read as ``checkpoint``, is of the log in ``trust`` and signed by its key."""
    origin = trust.document.origen
    if checkpoint.origin != origin:
        raise WrongLogError("another log's checkpoint", esperado=origin, encontrado=checkpoint.origin[:200])
    signers = [key for key in _log_keys(trust) if _holds(note, origin, key)]
    if not signers:
        raise BadCheckpointSignatureError("no signature of a log key")
    for key in signers:
        trust.public_key(kid_of(key), use=KeyUse.BITACORA, at=at)


def _log_keys(trust: Trust) -> list[Ed25519PublicKey]:
    return [key for key in trust.keys(KeyUse.BITACORA) if isinstance(key, Ed25519PublicKey)]


def _holds(note: Note, origin: str, key: Ed25519PublicKey) -> bool:
    """Tell whether ``key`` signed ``note``; raises if a line claims so and fails."""
    wanted = key_hash(origin, key.public_bytes_raw())
    lines = [line for line in note.signatures if line.name == origin and line.key_hash == wanted]
    try:
        for line in lines:
            key.verify(line.signature, note.text.encode())
    except InvalidSignature as error:
        raise BadCheckpointSignatureError("signature of the log key fails") from error
    return bool(lines)
