"""Settings of the Parquet writer: zstd level, dictionaries, cells a group. What one costs, and what it gains in bytes.

Each subject is a process that reads every table of a base into memory and then writes them, encrypted, to nowhere; only
the writing is measured. As a program: arguments base, level, what has dictionaries, cells a group; prints JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from scripts.bench.bases import Base
from scripts.bench.measure import BenchError, Sample
from scripts.bench.rounds import Subject
from sigasers.formats.rar5 import ArchiveKeys, MemberEncryptor
from sigasers.model import Instant
from sigasers.siga.export.order import SLICE_ROWS
from sigasers.siga.export.table_writer import PARQUET_OPTIONS
from sigasers.siga.sources import Notes
from sigasers.siga.sources.sqlite import SqliteSource

_Setting = tuple[int, str, int]
_SETTINGS: dict[str, _Setting] = {
    "zstd 3, dictionaries of texts, 1 million cells a group (chosen)": (3, "texts", 1_000_000),
    "zstd 1": (1, "texts", 1_000_000),
    "zstd 6": (6, "texts", 1_000_000),
    "zstd 9": (9, "texts", 1_000_000),
    "dictionaries of all columns": (3, "all", 1_000_000),
    "no dictionaries": (3, "none", 1_000_000),
    "250,000 cells a group": (3, "texts", 250_000),
    "4 million cells a group": (3, "texts", 4_000_000),
}


def tuning_subjects(base: Base) -> list[Subject]:
    """Give one subject a setting, each differing from the chosen one in one thing."""
    return [
        Subject(name=name, rows=base.rows, cells=base.cells, measure=partial(_run, base, setting))
        for name, setting in _SETTINGS.items()
    ]


def _run(base: Base, setting: _Setting) -> Sample:
    command = [sys.executable, "-m", "scripts.bench.tuning", str(base.folder), base.size, *map(str, setting)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"tuning: {done.stderr[-300:]}")
    return Sample(**json.loads(done.stdout), server_cpu_s=0.0)


class _Count:
    """A sink that keeps nothing but the number of bytes."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, data: bytes | bytearray | memoryview, /) -> int:
        self.size += len(data)
        return len(data)


def _tables(base: Base) -> Iterator[tuple[pa.Table, list[str]]]:
    """Give each table, and the names of its columns of text."""
    snapshot = SqliteSource(base.path).open_snapshot(lanes=1)
    try:
        for one in base.taken:
            schema = pa.schema([column.arrow for column in one.query.columnas])
            texts = [column.nombre for column in one.query.columnas if column.tipo.varies_in_length]
            yield pa.Table.from_batches(list(snapshot.lanes[0].read(one.query, Notes())), schema), texts
    finally:
        snapshot.close()


def main(folder: str, size: str, level: str, dictionary: str, group: str) -> None:
    """Write all tables with one setting and print what it took."""
    tables = [(table.combine_chunks(), texts) for table, texts in _tables(Base(Path(folder), size))]
    keys, sink = ArchiveKeys.derive("una clave solo de medida", os.urandom(16)), _Count()
    start, cpu = time.perf_counter(), time.process_time()
    for number, (table, texts) in enumerate(tables):
        member = MemberEncryptor(keys, f"t{number}", sink, mtime=Instant(datetime.now(UTC)))
        with member, pq.ParquetWriter(
            member, table.schema, compression_level=int(level),
            use_dictionary={"texts": texts, "all": True, "none": False}[dictionary], **PARQUET_OPTIONS,
        ) as writer:  # fmt: skip
            writer.write_table(table, row_group_size=min(SLICE_ROWS, max(1, int(group) // table.num_columns)))
    figures = {"wall_s": time.perf_counter() - start, "cpu_s": time.process_time() - cpu, "peak_bytes": 0}
    print(json.dumps({**figures, "out_bytes": sink.size}))


if __name__ == "__main__":
    main(*sys.argv[1:])
