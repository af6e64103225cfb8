"""Trees for tests: ours over a dictionary that counts what it is asked, and the oracle's."""

import hashlib
from dataclasses import dataclass, field

from pymerkle import InmemoryTree

from sigasers.formats.tlog import leaf_hash
from sigasers.protocol import merkle


def entry(number: int) -> bytes:
    """Give the entry that stands at ``number`` in every tree of the tests."""
    return b"\x01" + hashlib.sha256(str(number).encode()).digest()


@dataclass
class Tree:
    """Our tree: its stored nodes, kept as the centre keeps them, written once."""

    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    size: int = 0
    reads: int = 0

    def read(self, level: int, position: int) -> bytes:
        """Give a stored node; ``KeyError`` for one that is not complete."""
        self.reads += 1
        return self.nodes[level, position]

    def add(self, *entries: bytes) -> "Tree":
        """Append ``entries``."""
        for node in merkle.grow(self.read, self.size, [leaf_hash(item) for item in entries]):
            assert (node.level, node.position) not in self.nodes
            self.nodes[node.level, node.position] = node.hash
        self.size += len(entries)
        return self

    def root(self, size: int | None = None) -> bytes:
        """Give the root of the first ``size`` leaves."""
        return merkle.root(self.read, self.size if size is None else size)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Give the path of leaf ``index``."""
        return merkle.inclusion_path(self.read, index, size)

    def consistency(self, first: int, second: int) -> list[bytes]:
        """Give the path between two sizes."""
        return merkle.consistency_path(self.read, first, second)


def our_tree(size: int) -> Tree:
    """Give our tree of ``size`` leaves, added at once."""
    return Tree().add(*(entry(number) for number in range(size)))


def oracle(size: int) -> InmemoryTree:
    """Give the foreign tree of the same leaves."""
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries([entry(number) for number in range(size)])
    return tree
