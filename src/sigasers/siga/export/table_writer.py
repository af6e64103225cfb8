"""Ordered rows of one table into its Parquet member, with what the manifest says of it, all in one pass."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from sigasers.formats.column_type import Column, arrow_schema
from sigasers.formats.content_digest import ContentDigest
from sigasers.formats.package import ExactSum
from sigasers.formats.rar5 import MemberEncryptor
from sigasers.model import Digest
from sigasers.siga.export.order import SLICE_ROWS

ZSTD_LEVEL = 3  # docs/decisions/0016
PARQUET_OPTIONS = {
    "compression": "zstd", "store_schema": False, "store_decimal_as_integer": True, "write_page_index": False,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written: rows, digest of the contents, sums as decimal text by column."""

    filas: int
    resumen: Digest
    sumas: dict[str, str]


def write_table(
    slices: Iterable[pa.Table], columns: tuple[Column, ...], summed: tuple[Column, ...], sink: MemberEncryptor
) -> Written:
    """Write ``slices`` (each at most a row group) as Parquet to ``sink``, which is closed.

    The Arrow schema is not stored: the Parquet types and the manifest say all of it. Texts alone get dictionaries, so
    that a reader can bound what they take (``formats.package.parquet``).
    """
    digest, rows = ContentDigest(columns), 0
    sums = {column.nombre: ExactSum(column.tipo) for column in summed}
    writer = pq.ParquetWriter(
        sink,
        arrow_schema(columns),
        compression_level=ZSTD_LEVEL,
        use_dictionary=[column.nombre for column in columns if column.tipo.varies_in_length],
        **PARQUET_OPTIONS,
    )
    with sink, writer:
        for piece in slices:
            whole = piece.combine_chunks()
            digest.update(whole)
            for name, total in sums.items():
                for chunk in whole.column(name).chunks:
                    total.add(chunk)
            writer.write_table(whole, row_group_size=SLICE_ROWS)
            rows += whole.num_rows
    return Written(
        filas=rows, resumen=digest.finish(), sumas={name: total.text for name, total in sums.items()}
    )
