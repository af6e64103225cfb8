"""The tables of a package as columns: of each only what is asked for is read and decrypted.

It judges nothing: what a package holds was verified before, or was written by us a moment ago. What is read is
bounded as ``BoundedParquet`` bounds it. It is what ``protocol.rules`` calls ``Tables``.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from sigasers.errors.formats import BadParquetError
from sigasers.formats.manifest import TableManifest
from sigasers.formats.package.limits import PackageLimits
from sigasers.formats.package.parquet import BoundedParquet, trusted_footer
from sigasers.formats.package.reader import PackageReader

Opener = Callable[[TableManifest], AbstractContextManager[BinaryIO]]


class PackageTables:
    """The exported tables among ``tables``; ``open_table`` gives the plaintext of a table's Parquet file.

    Columns that hold pseudonyms are not there: whatever is looked for in the true values, they do not show it. The
    footers are not walked again: the package was verified, or its files were written by us a moment ago.
    """

    def __init__(
        self,
        tables: Sequence[TableManifest],
        open_table: Opener,
        limits: PackageLimits | None = None,
    ) -> None:
        self._tables = {table.nombre.lower(): table for table in tables if table.archivo}
        self._types = {name: _types(table) for name, table in self._tables.items()}
        self._open = open_table
        self._limits = limits or PackageLimits()
        self._footers: dict[str, pq.FileMetaData] = {}

    @classmethod
    def of_reader(cls, reader: PackageReader, limits: PackageLimits | None = None) -> "PackageTables":
        """Give the tables of an open package, which must have been verified."""

        def open_table(table: TableManifest) -> AbstractContextManager[BinaryIO]:
            assert table.archivo is not None  # noqa: S101 - only exported tables are kept
            return io.BufferedReader(reader.open_member(table.archivo.miembro))

        return cls(reader.manifest.tablas, open_table, limits)

    def names(self) -> Sequence[str]:
        """Give the tables that are in the package, in its order."""
        return [table.nombre for table in self._tables.values()]

    def rows(self, tabla: str) -> int:
        """Give the number of rows; the table must be in the package."""
        return self._tables[tabla.lower()].filas

    def columns(self, tabla: str) -> Mapping[str, pa.DataType] | None:
        """Give the Arrow types by lower-case column name; ``None`` for a table that is not in the package."""
        return self._types.get(tabla.lower())

    def batches(self, tabla: str, columnas: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give all rows of ``columnas``, which must be the table's, each under the name that was asked for.

        Raises what ``BoundedParquet`` and the file's own reading raise.
        """
        table = self._tables[tabla.lower()]
        spelled = {column.nombre.lower(): column.nombre for column in table.columnas}
        wanted = [spelled[name.lower()] for name in columnas]
        with self._open(table) as source:
            known = self._footers.get(table.nombre) or trusted_footer(source)
            self._footers[table.nombre] = known
            parquet = BoundedParquet(source, table.columnas, self._limits, known=known)
            if not parquet.matches_columns:
                raise BadParquetError("columns other than the manifest's")
            for batch in parquet.batches(wanted):
                yield pa.RecordBatch.from_arrays(
                    [batch.column(name) for name in wanted], names=list(columnas)
                )


def _types(table: TableManifest) -> dict[str, pa.DataType]:
    hidden = {name for name, _ in table.seudonimizadas}
    return {each.nombre.lower(): each.tipo.arrow for each in table.columnas if each.nombre not in hidden}
