"""The footer of a Parquet file, read by us before Arrow sees it.

Arrow ends the whole process when a footer names an unknown codec (an exception that no one catches, seen with
pyarrow 26), and it trusts what a footer claims. Here the bytes are walked once, within their bounds, and codec,
encodings and counts are given as plain numbers. Source: Thrift's compact protocol, and ``parquet.thrift`` of Apache
Parquet. It does not read pages, statistics or the schema's meaning.
"""

from dataclasses import dataclass
from enum import IntEnum

from sigasers.errors.formats import BadParquetError

_MAX_DEPTH = 12  # parquet.thrift nests to 6
_VARINT_BITS = 70


class _Kind(IntEnum):
    """Types of the compact protocol."""

    TRUE = 1
    FALSE = 2
    BYTE = 3
    I16 = 4
    I32 = 5
    I64 = 6
    DOUBLE = 7
    BINARY = 8
    LIST = 9
    SET = 10
    STRUCT = 12


_FIXED_BYTES: dict[int, int] = {_Kind.TRUE: 0, _Kind.FALSE: 0, _Kind.BYTE: 1, _Kind.DOUBLE: 8}


@dataclass(frozen=True)
class Chunk:
    """One column of one row group: codec and encodings as numbers of ``parquet.thrift``, ``size`` uncompressed."""

    codec: int
    encodings: frozenset[int]
    values: int
    size: int


@dataclass(frozen=True)
class RowGroup:
    """One row group: its rows, and its column chunks."""

    rows: int
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True)
class Footer:
    """What a file claims of itself."""

    rows: int
    groups: tuple[RowGroup, ...]


def parse_footer(data: bytes) -> Footer:
    """Read the footer's bytes; raises ``BadParquetError`` for anything that is not a whole, plain footer."""
    walker = _Walker(data)
    fields = walker.struct(0)
    if not walker.at_end:
        raise BadParquetError("bytes after the footer's end")
    groups = tuple(_group(item) for item in _list(fields, 4))
    return Footer(rows=_integer(fields, 3), groups=groups)


def _group(value: object) -> RowGroup:
    fields = _struct(value)
    return RowGroup(rows=_integer(fields, 3), chunks=tuple(_chunk(item) for item in _list(fields, 1)))


def _chunk(value: object) -> Chunk:
    outer = _struct(value)
    if 1 in outer or 8 in outer or 9 in outer:
        raise BadParquetError("a column in another file, or encrypted")
    fields = _struct(outer.get(3))
    encodings = _list(fields, 2)
    if not all(isinstance(item, int) for item in encodings):
        raise BadParquetError("encodings are no numbers")
    return Chunk(
        codec=_integer(fields, 4),
        encodings=frozenset(item for item in encodings if isinstance(item, int)),
        values=_integer(fields, 5),
        size=_integer(fields, 6),
    )


def _struct(value: object) -> dict[int, object]:
    if not isinstance(value, dict):
        raise BadParquetError("a part of the footer is missing")
    return value


def _list(fields: dict[int, object], number: int) -> list[object]:
    value = fields.get(number)
    if not isinstance(value, list):
        raise BadParquetError("a list of the footer is missing")
    return value


def _integer(fields: dict[int, object], number: int) -> int:
    value = fields.get(number)
    if not isinstance(value, int) or value < 0:
        raise BadParquetError("a number of the footer is missing or negative")
    return value


class _Walker:
    """Reads compact-protocol values; texts are passed over. Every size is held against the bytes that are left."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at == len(self._data)

    def struct(self, depth: int) -> dict[int, object]:
        """Give the fields of a struct by number; a field that stands twice is refused."""
        if depth > _MAX_DEPTH:
            raise BadParquetError("footer nested too deep")
        fields: dict[int, object] = {}
        number = 0
        while head := self._byte():
            delta = head >> 4
            number = number + delta if delta else self._zigzag()
            if number in fields:
                raise BadParquetError("a field of the footer stands twice")
            fields[number] = self._value(head & 0x0F, depth)
        return fields

    def _value(self, kind: int, depth: int) -> object:
        if kind in {_Kind.I16, _Kind.I32, _Kind.I64}:
            return self._zigzag()
        if kind == _Kind.STRUCT:
            return self.struct(depth + 1)
        if kind in {_Kind.LIST, _Kind.SET}:
            return self._items(depth)
        if kind == _Kind.BINARY:
            self._skip(self._varint())
        elif kind in _FIXED_BYTES:
            self._skip(_FIXED_BYTES[kind])
        else:
            raise BadParquetError(f"thrift type {kind} in the footer")
        return None

    def _items(self, depth: int) -> list[object]:
        head = self._byte()
        count, kind = head >> 4, head & 0x0F
        if count == 15:
            count = self._varint()
        if count > len(self._data) - self._at:
            raise BadParquetError("a list longer than the footer")
        if kind in {_Kind.TRUE, _Kind.FALSE}:
            kind = _Kind.BYTE  # in a list a boolean takes a byte
        return [self._value(kind, depth) for _ in range(count)]

    def _byte(self) -> int:
        if self._at >= len(self._data):
            raise BadParquetError("the footer ends too early")
        self._at += 1
        return self._data[self._at - 1]

    def _skip(self, count: int) -> None:
        if count > len(self._data) - self._at:
            raise BadParquetError("a text longer than the footer")
        self._at += count

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift >= _VARINT_BITS:
                raise BadParquetError("a number without end")

    def _zigzag(self) -> int:
        raw = self._varint()
        return (raw >> 1) ^ -(raw & 1)
