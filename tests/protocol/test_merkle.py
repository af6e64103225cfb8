"""The tree that proves, against a foreign tree and against the verifiers of ``formats.tlog``."""

import hashlib

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.formats.tlog import EMPTY_ROOT, leaf_hash, verify_consistency, verify_inclusion
from sigasers.protocol import merkle

LARGEST = 300


class Stored:
    """Nodes as a table holds them: each written once, each read counted."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.size = self.reads = 0

    def read(self, level: int, position: int) -> bytes:
        self.reads += 1
        return self.nodes[level, position]

    def add(self, leaves: list[bytes]) -> None:
        for node in merkle.grow(self.read, self.size, leaves):
            assert (node.level, node.position) not in self.nodes
            self.nodes[node.level, node.position] = node.hash
        self.size += len(leaves)


LEAVES = [leaf_hash(str(number).encode()) for number in range(LARGEST)]
TREE = Stored()
TREE.add(LEAVES)
ROOTS = [merkle.root(TREE.read, size) for size in range(LARGEST + 1)]
FOREIGN = pymerkle.InmemoryTree(algorithm="sha256")
for number in range(LARGEST):
    FOREIGN.append_entry(str(number).encode())

sizes = st.integers(min_value=0, max_value=LARGEST)


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_root_is_that_of_a_foreign_tree(size: int) -> None:
    """``pymerkle`` computes the same root at every size."""
    assert FOREIGN.get_root(size) == ROOTS[size]


def test_root_of_nothing_is_the_hash_of_nothing() -> None:
    """RFC 9162 section 2.1.1."""
    assert ROOTS[0] == EMPTY_ROOT == hashlib.sha256(b"").digest()


@given(st.lists(st.integers(min_value=0, max_value=9), max_size=40))
def test_leaves_in_groups_make_the_same_nodes_as_one_by_one(groups: list[int]) -> None:
    """A group of the log is one call, and leaves what single calls would have left."""
    grouped, single = Stored(), Stored()
    for count in groups:
        leaves = LEAVES[grouped.size : grouped.size + count]
        grouped.add(leaves)
        for leaf in leaves:
            single.add([leaf])
    assert grouped.nodes == single.nodes
    assert merkle.root(grouped.read, grouped.size) == ROOTS[grouped.size]


@given(sizes.filter(bool), st.data())
def test_inclusion_of_every_leaf_is_proved(size: int, data: st.DataObject) -> None:
    """The path verifies for its leaf, index, size and root, and for no other leaf or index."""
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    path = merkle.inclusion_path(TREE.read, index, size)
    assert verify_inclusion(LEAVES[index], index, size, path, ROOTS[size])
    other = data.draw(st.integers(min_value=0, max_value=LARGEST - 1).filter(lambda number: number != index))
    assert not verify_inclusion(LEAVES[other], index, size, path, ROOTS[size])
    assert not verify_inclusion(LEAVES[index], other, size, path, ROOTS[size])


@given(sizes, sizes)
def test_consistency_of_every_pair_is_proved(one: int, two: int) -> None:
    """The path verifies for its two sizes and roots, and not for the root of another size."""
    first, second = sorted((one, two))
    path = merkle.consistency_path(TREE.read, first, second)
    assert verify_consistency(first, ROOTS[first], second, ROOTS[second], path)
    if 0 < first < second:
        assert not verify_consistency(first, ROOTS[first - 1], second, ROOTS[second], path)
        assert not verify_consistency(first, ROOTS[first], second, ROOTS[second - 1], path)


@given(sizes, sizes, st.data())
def test_bent_path_proves_nothing(one: int, two: int, data: st.DataObject) -> None:
    """A hash changed, missing, doubled or cut short: refused, never an error."""
    first, second = sorted((one, two))
    path = merkle.consistency_path(TREE.read, first, second)
    if not path:
        return
    place = data.draw(st.integers(min_value=0, max_value=len(path) - 1))
    changed = bytes([path[place][0] ^ 1]) + path[place][1:]
    for bent in (
        [*path[:place], *path[place + 1 :]],
        [*path[: place + 1], *path[place:]],
        [*path[:place], changed, *path[place + 1 :]],
        [*path[:place], path[place][:31], *path[place + 1 :]],
    ):
        assert not verify_consistency(first, ROOTS[first], second, ROOTS[second], bent)


def test_history_rewritten_is_not_consistent() -> None:
    """A log that changed one old entry cannot prove itself a continuation."""
    forged = Stored()
    forged.add([*LEAVES[:50], leaf_hash(b"forged"), *LEAVES[51:200]])
    path = merkle.consistency_path(forged.read, 100, 200)
    assert not verify_consistency(100, ROOTS[100], 200, merkle.root(forged.read, 200), path)


@pytest.mark.parametrize(
    ("first", "second", "path", "holds"),
    [
        (0, 0, [], True),
        (0, 5, [], True),
        (0, 5, [LEAVES[0]], False),
        (5, 5, [], True),
        (5, 5, [LEAVES[0]], False),
        (5, 4, [], False),
        (-1, 4, [], False),
        (1, 2, [], False),
        (4, 8, [], False),
    ],
)
def test_edges_of_consistency(first: int, second: int, path: list[bytes], holds: bool) -> None:  # noqa: FBT001 - a column
    """Empty trees, equal trees, shrinking ones and empty paths."""
    assert verify_consistency(first, ROOTS[first], second, ROOTS[second], path) is holds


def test_empty_tree_with_another_root_is_nobodys_beginning() -> None:
    """The empty tree has one root."""
    assert not verify_consistency(0, LEAVES[0], 5, ROOTS[5], [])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_leaf_outside_the_tree_has_no_path(index: int, size: int) -> None:
    """Asking for it is a defect of the caller; a claim of it is refused."""
    with pytest.raises(ValueError, match="tree of"):
        merkle.inclusion_path(TREE.read, index, size)
    assert not verify_inclusion(LEAVES[0], index, size, [], ROOTS[size])


@pytest.mark.parametrize(("first", "second"), [(2, 1), (-1, 1)])
def test_shrinking_tree_has_no_path(first: int, second: int) -> None:
    """A log only grows."""
    with pytest.raises(ValueError, match="sizes"):
        merkle.consistency_path(TREE.read, first, second)


@settings(max_examples=50)
@given(st.integers(min_value=1, max_value=LARGEST - 1))
def test_work_grows_with_the_logarithm(size: int) -> None:
    """A proof reads a few nodes a level, however large the log is."""
    counted = Stored()
    counted.nodes = TREE.nodes
    for ask in (
        lambda: merkle.root(counted.read, size),
        lambda: merkle.inclusion_path(counted.read, size - 1, size),
        lambda: merkle.inclusion_path(counted.read, 0, size),
        lambda: merkle.consistency_path(counted.read, (size + 1) // 2, size),
    ):
        counted.reads = 0
        ask()
        assert counted.reads <= 2 * size.bit_length()
