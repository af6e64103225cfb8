"""Builds the base in a file of its own name and places it whole: a base that exists is complete."""

import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sigasers import durable
from sigasers.errors.basedemo import DemoSpaceError
from sigasers.errors.disk import DiskError, DiskFullError, FolderMissingError, NameTakenError
from sigasers.mensajes.motivos import motivo
from sigasers.model import Ejercicio, UnidadEjecutora
from sigasers.siga.basedemo.contents import fill_base
from sigasers.siga.basedemo.sheet import Book, Progress
from sigasers.siga.basedemo.size import Size
from sigasers.siga.basedemo.units import neighbour_of

_PRAGMAS = (
    "PRAGMA journal_mode=OFF",  # nobody reads the part, and after a crash it is thrown away
    "PRAGMA synchronous=OFF",  # synced once, whole, before it gets its name
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
    "PRAGMA page_size=8192",
)


@dataclass(frozen=True, kw_only=True)
class DemoSummary:
    """What was built: rows by group letter (all units and years), size in bytes, seconds taken."""

    path: Path
    unit: UnidadEjecutora
    neighbour: UnidadEjecutora
    year: int
    tables: int
    rows: int
    rows_by_group: dict[str, int]
    size_bytes: int
    seconds: float


def build_demo_database(
    path: Path,
    *,
    size: Size,
    unit: UnidadEjecutora,
    year: int,
    seed: int,
    progress: Progress | None = None,
) -> DemoSummary:
    """Build a base at ``path`` for ``unit`` with ``year`` as system year and ``year + 1`` as programming year.

    The same arguments give the same rows. ``progress`` hears of each table and its rows so far. The file appears
    whole and durable, in WAL mode like a base in use, or not at all. Rows are streamed; what is held is the
    documents of one unit's year (``grande``: about 300 MB). Raises ``NameTakenError`` if ``path`` exists,
    ``DemoSpaceError`` if the disk is too full to begin, other ``DiskError`` when it cannot be written,
    ``InvalidValueError`` for a year out of range.
    """
    started = time.monotonic()
    Ejercicio(year + 1)
    _refuse_taken(path)
    _refuse_small(path.parent, size)
    part = path.with_name(f".{path.name[:80]}.{os.getpid()}{durable.PART_SUFFIX}")
    try:
        book = _build(part, size=size, unit=unit, year=year, seed=seed, progress=progress)
        with _as_disk_errors(part), part.open("r+b") as file:
            durable.sync_data(file.fileno(), part, step="basedemo.sync")
        durable.move_new(part, path, step="basedemo.place")
    finally:
        part.unlink(missing_ok=True)
    return DemoSummary(
        path=path,
        unit=unit,
        neighbour=neighbour_of(unit),
        year=year,
        tables=len(book.tables),
        rows=book.counts.total(),
        rows_by_group=_by_group(book),
        size_bytes=path.stat().st_size,
        seconds=time.monotonic() - started,
    )


def _refuse_taken(path: Path) -> None:
    """Say at once what would otherwise be found out after the work."""
    if path.exists():
        raise NameTakenError("demo base exists", ruta=str(path), motivo="ya existe")
    if not path.parent.is_dir():
        raise FolderMissingError("folder missing", ruta=str(path.parent), motivo="no existe")


def _refuse_small(folder: Path, size: Size) -> None:
    """Say before the work that the disk is too small for it."""
    with _as_disk_errors(folder):
        free_mb = shutil.disk_usage(folder).free // 1_000_000
    if free_mb < size.needs.disk_mb:
        raise DemoSpaceError(
            "demo base needs room",
            carpeta=str(folder),
            necesarios_mb=size.needs.disk_mb,
            libres_mb=free_mb,
        )


def _build(
    part: Path, *, size: Size, unit: UnidadEjecutora, year: int, seed: int, progress: Progress | None
) -> Book:
    with _as_disk_errors(part):
        connection = sqlite3.connect(part, isolation_level=None)
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            book = Book(connection, progress)
            connection.execute("BEGIN")
            fill_base(book, scale=size.scale, unit=unit, year=year, seed=seed)
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode=WAL")  # a base in use has writers beside its readers
        finally:
            connection.close()
    return book


@contextmanager
def _as_disk_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the operating system say of the file into our errors."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        kind = DiskFullError if full else DiskError
        raise kind(f"demo base: {error}", ruta=str(path), motivo=motivo(error)) from error
    except OSError as error:
        raise durable.disk_error(error, path) from error


def _by_group(book: Book) -> dict[str, int]:
    rows: Counter[str] = Counter()
    for name, table in book.tables.items():
        rows[table.group] += book.counts[name]
    return {group: rows[group] for group in sorted(rows)}
