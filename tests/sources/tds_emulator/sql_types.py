"""SQL Server's types as the emulator knows them: how they are declared, and what ``sys.columns`` says of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

MAX = -1  # the length of varchar(max) and its kin
_FORM = re.compile(r"\s*(?:blob )?(\w+)\s*(?:\(\s*(\w+)\s*(?:,\s*(\d+)\s*)?\))?\s*", re.IGNORECASE)
# By name, the number of the system type and how many bytes it takes.
IDS = {
    "image": (34, 16), "text": (35, 16), "uniqueidentifier": (36, 16), "date": (40, 3), "time": (41, 5),
    "datetime2": (42, 8), "datetimeoffset": (43, 10), "tinyint": (48, 1), "smallint": (52, 2), "int": (56, 4),
    "smalldatetime": (58, 4), "real": (59, 4), "money": (60, 8), "datetime": (61, 8), "float": (62, 8),
    "ntext": (99, 16), "bit": (104, 1), "decimal": (106, 17), "numeric": (108, 17), "smallmoney": (122, 4),
    "bigint": (127, 8), "varbinary": (165, 0), "varchar": (167, 0), "binary": (173, 0), "char": (175, 0),
    "timestamp": (189, 8), "nvarchar": (231, 0), "nchar": (239, 0), "xml": (241, -1),
}  # fmt: skip
SYNONYMS = {
    "integer": "int",
    "dec": "decimal",
    "rowversion": "timestamp",
    "sysname": "nvarchar",
    "character": "char",
}
SIZED = frozenset({"char", "varchar", "nchar", "nvarchar", "binary", "varbinary"})
WIDE = frozenset({"nchar", "nvarchar", "ntext", "xml"})
NARROW = frozenset({"char", "varchar", "text"})
BYTES = frozenset({"binary", "varbinary", "image", "timestamp"})
DECIMALS = frozenset({"decimal", "numeric"})
MONEY = {"money": 4, "smallmoney": 4}
WHOLE = frozenset({"tinyint", "smallint", "int", "bigint", "bit"})
TIMES = frozenset({"date", "time", "datetime", "datetime2", "smalldatetime", "datetimeoffset"})
FRACTIONAL = frozenset({"time", "datetime2", "datetimeoffset"})


@dataclass(frozen=True)
class SqlType:
    """A type; ``length`` counts characters or bytes (``MAX``), the scale of fractional times is ``scale``."""

    name: str
    length: int = 0
    precision: int = 0
    scale: int = 0

    @property
    def is_text(self) -> bool:
        return self.name in WIDE or self.name in NARROW

    @property
    def is_wide(self) -> bool:
        return self.name in WIDE

    @property
    def is_decimal(self) -> bool:
        return self.name in DECIMALS

    @property
    def is_max(self) -> bool:
        return self.length == MAX

    @property
    def max_length(self) -> int:
        """What ``sys.columns.max_length`` says: bytes, or -1."""
        if self.name in SIZED:
            return self.length if self.is_max else self.length * (2 if self.is_wide else 1)
        return IDS[self.name][1]


@lru_cache(maxsize=1000)
def parse_type(declared: str) -> SqlType | None:
    """Read a declaration such as ``numeric(16,2)`` or ``varchar(max)``; ``None`` for what the server lacks."""
    match = _FORM.fullmatch(declared.replace("_max", "(max)"))
    if match is None:
        return None
    name = SYNONYMS.get(match[1].lower(), match[1].lower())
    if name not in IDS:
        return None
    if name in SIZED:
        length = (
            MAX
            if (match[2] or "").lower() == "max"
            else int(match[2] or (128 if "sysname" in declared else 1))
        )
        return SqlType(name, length=length)
    if name in DECIMALS:
        return SqlType(name, precision=int(match[2] or 18), scale=int(match[3] or 0))
    if name in FRACTIONAL:
        return SqlType(name, scale=int(match[2] or 7))
    return SqlType(name, scale=MONEY.get(name, 0))


def precision_and_scale(found: SqlType) -> tuple[int, int]:
    """Give what ``sys.columns`` says as precision and scale."""
    fixed = {
        "tinyint": 3, "smallint": 5, "int": 10, "bigint": 19, "bit": 1, "float": 53, "real": 24, "money": 19,
        "smallmoney": 10, "datetime": 23, "smalldatetime": 16, "date": 10,
    }  # fmt: skip
    if found.is_decimal:
        return found.precision, found.scale
    if found.name in FRACTIONAL:
        base = {"time": 8, "datetime2": 19, "datetimeoffset": 26}[found.name]
        return base + (found.scale + 1 if found.scale else 0), found.scale
    return fixed.get(found.name, 0), 3 if found.name == "datetime" else found.scale
