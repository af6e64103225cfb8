"""Hashes of the log and what they prove (RFC 9162 section 2.1)."""

import hashlib
from collections.abc import Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()
_TYPE_ACUSE = b"\x01"


def entry_of(asiento: bytes) -> bytes:
    """Give the log entry of an acuse: its type and SHA-256 of the asiento's exact bytes, 33 bytes."""
    return _TYPE_ACUSE + hashlib.sha256(asiento).digest()


def leaf_hash(entry: bytes) -> bytes:
    """Give the hash of a leaf (2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of an inner node (2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether ``path`` leads from the leaf hash at ``index`` to ``root`` of a tree of ``size`` (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0 or len(sibling) != HASH_BYTES:
            return False
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Tell whether the tree of size ``second`` begins with the one of size ``first`` (2.1.4.2).

    The empty tree begins every tree; its path is empty.
    """
    if not 0 <= first <= second or any(len(item) != HASH_BYTES for item in path):
        return False
    if first == 0:
        return not path and first_root == EMPTY_ROOT and (second > 0 or second_root == EMPTY_ROOT)
    if first == second:
        return not path and first_root == second_root
    return _walk(first, first_root, second, second_root, path)


def _walk(first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Walk the path up with both roots in hand; 0 < first < second."""
    steps = list(path) if first & (first - 1) else [first_root, *path]
    if not steps:
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = steps[0]
    for item in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(item, old), node_hash(item, new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, item)
        node, last = node >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
