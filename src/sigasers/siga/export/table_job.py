"""What passes through the export of one table: the job, what the database counted, the result."""

from dataclasses import dataclass

from sigasers.durable import StagedFile
from sigasers.errors import SigasersError
from sigasers.formats.column_type import Column, Kind
from sigasers.formats.manifest import Observacion, TableManifest
from sigasers.formats.rar5 import EncryptedMember
from sigasers.siga.export.selection import Selection
from sigasers.siga.sources import SourceTotals

_CELL_BYTES = 16  # of a decimal; texts of SIGA average less


@dataclass(frozen=True, kw_only=True)
class TableJob:
    """A table to export: its selection, ``filtro`` in words, what the comparison with the catalogue observed."""

    selection: Selection
    filtro: str
    observaciones: tuple[Observacion, ...]

    @property
    def nombre(self) -> str:
        """The catalogue's name."""
        return self.selection.entry.nombre

    @property
    def summed(self) -> tuple[tuple[Column, Column], ...]:
        """Money and quantities: the decimals with a fraction outside the key, by their own and their exported names."""
        pairs = zip(self.selection.query.columnas, self.selection.columnas, strict=True)
        return tuple(
            (origin, column)
            for origin, column in pairs
            if column.tipo.kind is Kind.DECIMAL
            and column.tipo.scale
            and column.nombre not in self.selection.clave
        )


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A job with the database's own figures (by exported names), or the error that it gave instead of them."""

    job: TableJob
    totals: SourceTotals
    error: SigasersError | None = None

    @property
    def size_bytes(self) -> int:
        """About how many bytes the rows take in memory: what the queue is ordered by."""
        return self.totals.filas * len(self.job.selection.columnas) * _CELL_BYTES


@dataclass(frozen=True, kw_only=True)
class TableResult:
    """The table's entry in the manifest, and its encrypted member where it was exported."""

    manifest: TableManifest
    member: EncryptedMember | None
    part: StagedFile | None
