"""Databases that can be exported: one seam, an implementation an engine. Read only."""

from sigasers.siga.sources.postgres import PostgresSource
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
from sigasers.siga.sources.sqlite import SqliteSource

__all__ = [
    "Condition",
    "Equals",
    "ExistsIn",
    "Lane",
    "NeedsExactError",
    "Notes",
    "PostgresSource",
    "Query",
    "Snapshot",
    "Source",
    "SourceTotals",
    "SqliteSource",
    "TableSchema",
]
