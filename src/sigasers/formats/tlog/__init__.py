"""The log's bytes (``docs/spec/log.md``): hashes, signed notes, checkpoints, proofs, as C2SP and RFC 9162 write them.

Nothing here signs or verifies a signature (``keys.checkpoint``), and nothing keeps a tree (``protocol.merkle``).
"""

from sigasers.formats.tlog.checkpoint import Checkpoint
from sigasers.formats.tlog.hashes import (
    EMPTY_ROOT,
    HASH_BYTES,
    entry_of,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from sigasers.formats.tlog.note import Note, NoteSignature, key_hash
from sigasers.formats.tlog.proof import Proof

__all__ = [
    "EMPTY_ROOT",
    "HASH_BYTES",
    "Checkpoint",
    "Note",
    "NoteSignature",
    "Proof",
    "entry_of",
    "key_hash",
    "leaf_hash",
    "node_hash",
    "verify_consistency",
    "verify_inclusion",
]
