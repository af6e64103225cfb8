"""The tree that the centre keeps: nodes written once, paths from few of them, nothing proved that is not so."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.formats.tlog import (
    EMPTY_ROOT,
    HASH_BYTES,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from sigasers.protocol import merkle
from tests.tlog.trees import Tree, entry, our_tree

SIZES = st.integers(1, 300)
HASHES = st.binary(min_size=HASH_BYTES, max_size=HASH_BYTES)


@st.composite
def leaves_in_trees(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(SIZES)
    return draw(st.integers(0, size - 1)), size


@st.composite
def ordered_sizes(draw: st.DrawFn) -> tuple[int, int]:
    second = draw(st.integers(2, 300))
    return draw(st.integers(1, second - 1)), second


@given(st.lists(st.integers(0, 9), max_size=20))
def test_growing_in_pieces_gives_the_tree_grown_at_once(pieces: list[int]) -> None:
    """How many acuses one commit holds leaves no trace in the log."""
    grown = Tree()
    for piece in pieces:
        grown.add(*(entry(grown.size + number) for number in range(piece)))
    assert grown.nodes == our_tree(sum(pieces)).nodes


@given(st.integers(0, 300))
def test_a_tree_stores_each_complete_node_and_no_other(size: int) -> None:
    """A store never holds a hash that a later leaf would change."""
    expected = {(level, position) for level in range(size.bit_length()) for position in range(size >> level)}
    assert our_tree(size).nodes.keys() == expected


def test_adding_nothing_stores_nothing() -> None:
    """An empty commit is one without nodes."""
    assert merkle.grow(our_tree(5).read, 5, []) == []


@given(leaves_in_trees())
def test_a_path_is_read_from_few_nodes(place: tuple[int, int]) -> None:
    """A proof in a log of any size costs at most two reads a level."""
    index, size = place
    tree = our_tree(size)
    tree.reads = 0
    path = tree.inclusion(index, size)
    assert tree.reads <= 2 * size.bit_length()
    assert len(path) <= size.bit_length()


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (7, 3)])
def test_no_path_is_given_for_a_leaf_outside_the_tree(index: int, size: int) -> None:
    """An index that is not below the size is a mistake of the caller."""
    with pytest.raises(ValueError):
        our_tree(3).inclusion(index, size)


@pytest.mark.parametrize(("first", "second"), [(-1, 3), (4, 3)])
def test_no_path_is_given_from_a_larger_tree_to_a_smaller(first: int, second: int) -> None:
    """A log never shrinks."""
    with pytest.raises(ValueError):
        our_tree(5).consistency(first, second)


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    """RFC 9162 section 2.1.1."""
    assert Tree().root() == EMPTY_ROOT
    assert Tree().consistency(0, 0) == []


@given(leaves_in_trees())
def test_an_honest_inclusion_holds(place: tuple[int, int]) -> None:
    """Every leaf of a tree of up to 300 leaves."""
    index, size = place
    tree = our_tree(size)
    path = tree.inclusion(index, size)
    assert verify_inclusion(leaf_hash(entry(index)), index, size, path, tree.root())


def bent(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@given(leaves_in_trees(), st.data())
def test_one_changed_bit_anywhere_ends_an_inclusion(place: tuple[int, int], data: st.DataObject) -> None:
    """In the leaf, in any element of the path, in the root."""
    index, size = place
    tree = our_tree(size)
    hashes = [leaf_hash(entry(index)), *tree.inclusion(index, size), tree.root()]
    at, bit = data.draw(st.integers(0, len(hashes) - 1)), data.draw(st.integers(0, 255))
    hashes[at] = bent(hashes[at], bit)
    assert not verify_inclusion(hashes[0], index, size, hashes[1:-1], hashes[-1])


def test_a_path_proves_one_index_and_no_other() -> None:
    """For all sizes to 40: the same leaf and path at another index of the same tree lead nowhere."""
    tree = our_tree(40)
    for size in range(1, 41):
        root = tree.root(size)
        for index in range(size):
            leaf, path = leaf_hash(entry(index)), tree.inclusion(index, size)
            others = [other for other in range(-1, size + 2) if other != index]
            assert not any(verify_inclusion(leaf, other, size, path, root) for other in others)


PATH_CHANGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "shortened": lambda path: path[:-1],
    "without its first": lambda path: path[1:],
    "lengthened": lambda path: [*path, bytes(32)],
    "lengthened before": lambda path: [bytes(32), *path],
    "with a hash cut": lambda path: [*path[:-1], path[-1][:-1]],
    "with a hash too long": lambda path: [*path[:-1], path[-1] + b"\0"],
    "turned round": lambda path: path[::-1],
}


@pytest.mark.parametrize("change", PATH_CHANGES)
def test_a_path_of_another_form_is_refused(change: str) -> None:
    """Inclusion and consistency alike, over sizes 3 to 40 (a path turned round may read the same)."""
    tree = our_tree(40)
    for size in range(3, 41):
        for index in range(size):
            path = tree.inclusion(index, size)
            other = PATH_CHANGES[change](path)
            if other != path:
                assert not verify_inclusion(leaf_hash(entry(index)), index, size, other, tree.root(size))
        for first in range(1, size):
            path = tree.consistency(first, size)
            other = PATH_CHANGES[change](path)
            if other != path:
                assert not verify_consistency(first, tree.root(first), size, tree.root(size), other)


def test_an_inner_node_is_no_leaf() -> None:
    """The prefixes keep a node from being passed off as an entry (second preimage)."""
    tree = our_tree(4)
    left, right = (tree.nodes[1, position] for position in (0, 1))
    assert verify_inclusion(left, 0, 2, [right], tree.root())  # as hashes, two leaves
    assert not verify_inclusion(leaf_hash(left), 0, 2, [right], tree.root())
    assert leaf_hash(left + right) != node_hash(left, right)


@given(ordered_sizes())
def test_an_honest_history_is_consistent(sizes: tuple[int, int]) -> None:
    """Any smaller tree begins any larger one of the same log."""
    first, second = sizes
    tree = our_tree(second)
    path = tree.consistency(first, second)
    assert verify_consistency(first, tree.root(first), second, tree.root(second), path)


@given(ordered_sizes(), st.data())
def test_one_changed_bit_anywhere_ends_consistency(sizes: tuple[int, int], data: st.DataObject) -> None:
    """In either root or any element of the path."""
    first, second = sizes
    tree = our_tree(second)
    hashes = [tree.root(first), *tree.consistency(first, second), tree.root(second)]
    at, bit = data.draw(st.integers(0, len(hashes) - 1)), data.draw(st.integers(0, 255))
    hashes[at] = bent(hashes[at], bit)
    assert not verify_consistency(first, hashes[0], second, hashes[-1], hashes[1:-1])


@given(ordered_sizes(), st.data())
def test_a_rewritten_entry_has_no_consistency_proof(sizes: tuple[int, int], data: st.DataObject) -> None:
    """A log that changed an entry already signed for cannot prove its new tree to who saw the old."""
    first, second = sizes
    honest = our_tree(second)
    place = data.draw(st.integers(0, first - 1))
    forged = Tree().add(*(entry(n) if n != place else b"forged" for n in range(second)))
    path = forged.consistency(first, second)
    assert not verify_consistency(first, honest.root(first), second, forged.root(), path)


@given(HASHES, HASHES, st.lists(HASHES, max_size=8), st.integers(-2, 20), st.integers(-2, 20))
def test_made_up_consistency_is_refused(
    old: bytes, new: bytes, path: list[bytes], first: int, second: int
) -> None:
    """Random hashes prove nothing, except that a tree is equal to itself."""
    same = first == second and old == new and not path and first > 0
    assert verify_consistency(first, old, second, new, path) is same


@pytest.mark.parametrize(
    ("first", "old", "second", "new", "path", "holds"),
    [
        (0, EMPTY_ROOT, 0, EMPTY_ROOT, [], True),
        (0, EMPTY_ROOT, 5, bytes(32), [], True),
        (0, bytes(32), 5, bytes(32), [], False),
        (0, EMPTY_ROOT, 0, bytes(32), [], False),
        (0, EMPTY_ROOT, 5, bytes(32), [bytes(32)], False),
        (3, bytes(32), 3, bytes(32), [], True),
        (3, bytes(32), 3, bytes(32), [bytes(32)], False),
        (3, bytes(32), 4, bytes(32), [], False),
        (5, bytes(32), 3, bytes(32), [], False),
    ],
)
def test_consistency_at_the_edges(
    first: int, old: bytes, second: int, new: bytes, path: list[bytes], *, holds: bool
) -> None:
    """The empty tree begins every tree, a tree begins itself, and neither takes a path."""
    assert verify_consistency(first, old, second, new, path) is holds


@pytest.mark.parametrize(("index", "size"), [(-1, 1), (1, 1), (0, 0), (0, -1), (5, 2)])
def test_inclusion_outside_the_tree_is_refused(index: int, size: int) -> None:
    """A single leaf is its own root, at index 0 of a tree of 1 and nowhere else."""
    leaf = leaf_hash(entry(0))
    assert verify_inclusion(leaf, 0, 1, [], leaf)
    assert not verify_inclusion(leaf, index, size, [], leaf)
