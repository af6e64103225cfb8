"""The reference schema: columns, declared types and keys of the catalogue's tables, as SIGA's SQL Server has them.

Compiled from public material. Real bases drift from it with the version of SIGA; ``comparison`` says how.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class ReferenceTable:
    """A table's primary key in its order, and its (name, declared type) pairs in theirs."""

    clave: tuple[str, ...]
    columnas: tuple[tuple[str, str], ...]


@cache
def reference_schema() -> Mapping[str, ReferenceTable]:
    """Give the reference tables by name, spelled as in the schema."""
    raw = json.loads(files(__package__).joinpath("referencia.json").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            name: ReferenceTable(clave=tuple(table["clave"]), columnas=tuple(table["columnas"].items()))
            for name, table in raw.items()
        }
    )
