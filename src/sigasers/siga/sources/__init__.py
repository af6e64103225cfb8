"""Databases that can be exported: one seam, an implementation an engine (``opening`` chooses). Read only."""

from sigasers.siga.sources.seam import (
    Condition,
    Equals,
    ExistsIn,
    Lane,
    NeedsExactError,
    Notes,
    Query,
    Snapshot,
    Source,
    SourceTotals,
    TableSchema,
)

__all__ = [
    "Condition",
    "Equals",
    "ExistsIn",
    "Lane",
    "NeedsExactError",
    "Notes",
    "Query",
    "Snapshot",
    "Source",
    "SourceTotals",
    "TableSchema",
]
