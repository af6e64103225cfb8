"""The vectors of the log: a tree of four leaves put down by hand, and the published ones of others."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sigasers.formats.documents import Asiento
from sigasers.formats.tlog import (
    Checkpoint,
    Note,
    Proof,
    entry_of,
    key_hash,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from tests.tlog.trees import Tree

FOLDER = Path(__file__).parents[1] / "vectors" / "tlog"
VECTORS: dict[str, Any] = json.loads((FOLDER / "vectors.json").read_text(encoding="utf-8"))
# The eight inputs of the tests of RFC 6962's reference implementation, and the roots it gives.
RFC6962_LEAVES = (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)  # fmt: skip
RFC6962_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
# The example of the documentation of Go's package golang.org/x/mod/sumdb/note.
GO_NAME, GO_KEY_HASH = "PeterNeumann", "c74f20a3"
GO_PUBLIC = bytes.fromhex("1a5cd907143c384c41e830c5bce12aa8817ec5649aaabf2c31388b35b2d744d6")
GO_NOTE = """\
If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""


def raw(texts: list[str]) -> list[bytes]:
    return [bytes.fromhex(text) for text in texts]


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree().add(*raw(VECTORS["entries"]))


def test_the_vectors_are_what_their_script_makes() -> None:
    """The file and the script that makes it say the same."""
    made = runpy.run_path(str(FOLDER / "make.py"))
    assert made["VECTORS"] == VECTORS


def test_the_asientos_of_the_vectors_are_in_their_one_spelling() -> None:
    """The order of members and the blanks of the specification."""
    for text in VECTORS["asientos"]:
        assert Asiento.from_bytes(text.encode()).to_payload() == text.encode()


def test_entries_and_leaves_are_hashed_as_written_by_hand() -> None:
    """Type byte and SHA-256 of the asiento; then the leaf's prefix."""
    asientos = [text.encode() for text in VECTORS["asientos"]]
    assert [entry_of(data).hex() for data in asientos] == VECTORS["entries"]
    assert [leaf_hash(entry_of(data)).hex() for data in asientos] == VECTORS["leaves"]


def test_roots_are_those_written_by_hand(tree: Tree) -> None:
    """From the empty tree to four leaves."""
    assert [tree.root(size).hex() for size in range(5)] == VECTORS["roots"]


@pytest.mark.parametrize("case", VECTORS["inclusion"], ids=str)
def test_inclusion_paths_are_those_written_by_hand(case: dict[str, Any], tree: Tree) -> None:
    """All ten of the small tree: made alike and taken alike."""
    index, size, path = case["index"], case["size"], raw(case["path"])
    leaf, root = (bytes.fromhex(VECTORS[name][at]) for name, at in (("leaves", index), ("roots", size)))
    assert tree.inclusion(index, size) == path
    assert verify_inclusion(leaf, index, size, path, root)


@pytest.mark.parametrize("case", VECTORS["consistency"], ids=str)
def test_consistency_paths_are_those_written_by_hand(case: dict[str, Any], tree: Tree) -> None:
    """All six of the small tree: made alike and taken alike."""
    first, second, path = case["first"], case["second"], raw(case["path"])
    old, new = (bytes.fromhex(VECTORS["roots"][size]) for size in (first, second))
    assert tree.consistency(first, second) == path
    assert verify_consistency(first, old, second, new, path)


def test_the_proof_written_by_hand_is_read_and_written_again() -> None:
    """Every byte of the C2SP text, from the first line to the checkpoint's signature line."""
    proof = Proof.parse(VECTORS["proof"])
    checkpoint = Checkpoint.parse(proof.note)
    assert str(proof) == VECTORS["proof"]
    assert (proof.index, checkpoint.size, checkpoint.text) == (2, 4, VECTORS["checkpoint"])
    leaf = bytes.fromhex(VECTORS["leaves"][2])
    assert verify_inclusion(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root)


def test_the_note_written_by_hand_is_read_and_written_again() -> None:
    """Name, key hash and signature of its one line."""
    note = Note.parse(VECTORS["note"])
    (line,) = note.signatures
    origin = Checkpoint.parse(note).origin
    assert str(note) == VECTORS["note"]
    assert line.key_hash.hex() == VECTORS["key_hash"]
    assert key_hash(origin, bytes.fromhex(VECTORS["public"])) == line.key_hash
    assert (line.name, line.signature) == (origin, bytes(64))


def test_roots_of_rfc_6962_are_ours() -> None:
    """The published inputs of certificate transparency."""
    tree = Tree().add(*(bytes.fromhex(text) for text in RFC6962_LEAVES))
    assert tuple(tree.root(size).hex() for size in range(1, 9)) == RFC6962_ROOTS


def test_a_note_of_another_program_is_read() -> None:
    """The published example of Go's notes: key hash, text and signature as that program sees them."""
    note = Note.parse(GO_NOTE)
    (line,) = note.signatures
    assert str(note) == GO_NOTE
    assert line.name == GO_NAME
    assert line.key_hash.hex() == key_hash(GO_NAME, GO_PUBLIC).hex() == GO_KEY_HASH
    Ed25519PublicKey.from_public_bytes(GO_PUBLIC).verify(line.signature, note.text.encode())
