"""The tree that proves: RFC 9162 section 2.1 over stored hashes of complete subtrees.

A node (level, position) is the hash of the 2^level leaves from position * 2^level on. Only complete ones are stored,
each once and for ever; everything else is computed from at most two of them a level. ``Reader`` gives a stored
node. It keeps nothing and reads nothing itself.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sigasers.formats.tlog import EMPTY_ROOT, node_hash

Reader = Callable[[int, int], bytes]
"""Gives the stored hash of the node (level, position); asked only for complete nodes of the size at hand."""


class Node(NamedTuple):
    """A complete node to store."""

    level: int
    position: int
    hash: bytes


def grow(read: Reader, size: int, leaves: Iterable[bytes]) -> list[Node]:
    """Give the nodes that become complete when ``leaves`` (leaf hashes) are added to a tree of ``size``."""
    fresh: dict[tuple[int, int], bytes] = {}
    for number, leaf in enumerate(leaves, start=size):
        level, index, value = 0, number, leaf
        fresh[level, index] = value
        while index & 1:
            left = fresh.get((level, index - 1))
            value = node_hash(read(level, index - 1) if left is None else left, value)
            level, index = level + 1, index >> 1
            fresh[level, index] = value
    return [Node(level, index, value) for (level, index), value in fresh.items()]


def root(read: Reader, size: int) -> bytes:
    """Give the root of the tree's first ``size`` leaves."""
    return _hash_of(read, 0, size) if size else EMPTY_ROOT


def inclusion_path(read: Reader, index: int, size: int) -> list[bytes]:
    """Give the path that proves leaf ``index`` in the tree of ``size``, leaf first (2.1.3.1).

    Raises ``ValueError`` unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} in a tree of {size}")
    return [_hash_of(read, start, end) for start, end in _siblings(index, size)][::-1]


def consistency_path(read: Reader, first: int, second: int) -> list[bytes]:
    """Give the path that proves the tree of ``first`` leaves a beginning of ``second`` (2.1.4.1).

    Empty for ``first`` 0 and for equal sizes. Raises ``ValueError`` unless 0 <= first <= second.
    """
    if not 0 <= first <= second:
        raise ValueError(f"sizes {first} and {second}")
    if first in {0, second}:
        return []
    path: list[bytes] = []
    start, end, known = 0, second, True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(_hash_of(read, middle, end))
            end = middle
        else:
            path.append(_hash_of(read, start, middle))
            start, known = middle, False
    return ([] if known else [_hash_of(read, start, end)]) + path[::-1]


def _siblings(index: int, size: int) -> Iterator[tuple[int, int]]:
    """Walk from the root down to leaf ``index`` and give the range beside each step."""
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            yield middle, end
            end = middle
        else:
            yield start, middle
            start = middle


def _hash_of(read: Reader, start: int, end: int) -> bytes:
    """Give the hash of the leaves [start, end), a range that occurs in a tree: stored, or of its two parts."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return read(level, start >> level)
    middle = start + _split(width)
    return node_hash(_hash_of(read, start, middle), _hash_of(read, middle, end))


def _split(width: int) -> int:
    """Give the largest power of two below ``width``."""
    return 1 << (width - 1).bit_length() - 1
