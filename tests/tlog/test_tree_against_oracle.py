"""Our tree says what a foreign implementation of RFC 9162 says, for every size up to 70."""

from functools import cache

import pytest
from pymerkle import InclusionProof, InmemoryTree
from pymerkle import verify_consistency as foreign_consistency
from pymerkle import verify_inclusion as foreign_inclusion

from sigasers.formats.tlog import leaf_hash, verify_consistency, verify_inclusion
from tests.tlog.trees import Tree, entry, oracle, our_tree

LARGEST = 70


@pytest.fixture(scope="module")
def tree() -> Tree:
    return our_tree(LARGEST)


@pytest.fixture(scope="module")
def foreign() -> InmemoryTree:
    return oracle(LARGEST)


@cache
def root_at(size: int) -> bytes:
    return our_tree(size).root()


def test_every_root_is_the_oracles(tree: Tree, foreign: InmemoryTree) -> None:
    """Sizes 0 to 70, computed from one tree's stored nodes."""
    assert [tree.root(size) for size in range(LARGEST + 1)] == [
        foreign.get_root(size) for size in range(LARGEST + 1)
    ]


def test_a_past_root_is_the_root_of_the_smaller_tree(tree: Tree) -> None:
    """What was signed once can be computed again from the grown tree."""
    assert [tree.root(size) for size in range(LARGEST + 1)] == [root_at(size) for size in range(LARGEST + 1)]


def test_every_inclusion_path_is_the_oracles(tree: Tree, foreign: InmemoryTree) -> None:
    """The oracle counts leaves from 1 and puts the leaf itself before the path."""
    for size in range(1, LARGEST + 1):
        for index in range(size):
            expected = foreign.prove_inclusion(index + 1, size).path
            assert [leaf_hash(entry(index)), *tree.inclusion(index, size)] == expected


def test_every_inclusion_path_verifies(tree: Tree) -> None:
    """The path that the tree gives is the one that a unit's check takes."""
    for size in range(1, LARGEST + 1):
        root = tree.root(size)
        for index in range(size):
            path = tree.inclusion(index, size)
            assert verify_inclusion(leaf_hash(entry(index)), index, size, path, root)


def test_the_oracle_takes_every_path_of_ours(tree: Tree, foreign: InmemoryTree) -> None:
    """Another program's check accepts what we hand out."""
    for index in range(LARGEST):
        leaf = leaf_hash(entry(index))
        rule = foreign.prove_inclusion(index + 1, LARGEST).rule
        path = [leaf, *tree.inclusion(index, LARGEST)]
        proof = InclusionProof("sha256", True, LARGEST, index + 1, rule, path)  # noqa: FBT003 - its signature
        foreign_inclusion(leaf, tree.root(), proof, index=index + 1, size=LARGEST)


def test_every_consistency_path_verifies(tree: Tree) -> None:
    """All pairs of sizes, the empty tree and equal sizes among them."""
    for second in range(LARGEST + 1):
        for first in range(second + 1):
            path = tree.consistency(first, second)
            assert verify_consistency(first, tree.root(first), second, tree.root(second), path)


@cache
def range_root(start: int, end: int) -> bytes:
    """Give the oracle's root of the leaves [start, end) alone: MTH(D[start:end]) of the RFC."""
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries([entry(number) for number in range(start, end)])
    return bytes(tree.get_root())


def subproof(first: int, start: int, end: int, *, known: bool) -> list[bytes]:
    """Give SUBPROOF(first, D[start:end], known) word for word as RFC 9162 section 2.1.4.1 defines it."""
    size = end - start
    if first == size:
        return [] if known else [range_root(start, end)]
    k = max(1 << n for n in range(size.bit_length()) if 1 << n < size)
    if first <= k:
        return [*subproof(first, start, start + k, known=known), range_root(start + k, end)]
    return [*subproof(first - k, start + k, end, known=False), range_root(start, start + k)]


def test_every_consistency_path_is_the_one_that_the_rfc_defines(tree: Tree) -> None:
    """The RFC's recursion over the oracle's hashes; the oracle's own paths are of another, longer form."""
    for second in range(2, LARGEST + 1):
        for first in range(1, second):
            assert tree.consistency(first, second) == subproof(first, 0, second, known=True)


def test_the_oracle_finds_our_roots_consistent(tree: Tree, foreign: InmemoryTree) -> None:
    """Another program that watches the log sees one history in what we sign."""
    for second in range(2, LARGEST + 1):
        for first in range(1, second):
            proof = foreign.prove_consistency(first, second)
            foreign_consistency(
                tree.root(first), tree.root(second), proof, prior_size=first, later_size=second
            )
