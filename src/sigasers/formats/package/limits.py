"""How much of a stranger's package is taken, and which names its members may have."""

import re
from dataclasses import dataclass, field

from sigasers.formats.manifest import MEMBER_NAME
from sigasers.formats.rar5 import ArchiveLimits
from sigasers.model.wire import is_plain_file_name

GIB = 1 << 30
_TABLE_MEMBER = re.compile(r"tablas/([A-Za-z0-9_][A-Za-z0-9_$#]{0,127}\.parquet)")


@dataclass(frozen=True, kw_only=True)
class PackageLimits:
    """Bounds that no true package reaches; each is checked before what it bounds is allocated.

    ``batch_bytes`` bounds the decoded text of one batch, ``decoded_bytes`` all that one package decodes to.
    """

    archive: ArchiveLimits = field(default_factory=lambda: ArchiveLimits(members=2001, total_bytes=64 * GIB))
    footer_bytes: int = 16 << 20
    row_groups: int = 20_000
    row_group_rows: int = 65_536
    table_rows: int = 500_000_000
    columns: int = 2000
    batch_bytes: int = 64 << 20
    decoded_bytes: int = 1024 * GIB


def table_member(table: str) -> str:
    """Give the name of the member that holds ``table``."""
    return f"tablas/{table}.parquet"


def is_member_name(name: str) -> bool:
    """Tell whether ``name`` is one that a package's member may have; only then is it made part of a path."""
    if name == MEMBER_NAME:
        return True
    match = _TABLE_MEMBER.fullmatch(name)
    return match is not None and is_plain_file_name(match[1])
