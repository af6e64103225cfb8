"""How the cost of an export grows: over rows (several bases) and over tables (a small base with more of them)."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from scripts.bench.bases import Base
from scripts.bench.measure import Job
from scripts.bench.peers import ours, subject_of
from scripts.bench.rounds import Subject

_MORE_TABLES = (0, 134, 402)
_COLUMNS = 40
_ROUNDS = 3  # enough for the shape of a curve
_ROWS = 100
_ENTRY = """
[[tabla]]
nombre = "{name}"
descripcion = "Tabla de medida"
grupo = "maestro"
ambitos = ["sistema"]
filtro = "ninguno"
unidad = "compartida"
"""


def curve_subjects(folder: Path, sizes: Sequence[str]) -> dict[str, list[Subject]]:
    """Give the subjects over rows and those over tables."""
    bases = [Base(folder, size) for size in dict.fromkeys(("chica", *sizes))]
    rows = [subject_of(f"{base.rows:,} rows", base, _Export(base.path), rounds=_ROUNDS) for base in bases]
    tables = []
    for more in _MORE_TABLES:
        base = Base(folder, "chica")
        path = _with_more(base.path, folder / f"tablas-{more}.db", more)
        name = f"{len(base.taken) + more} tables"
        tables.append(subject_of(name, base, _Export(path, more), rounds=_ROUNDS))
    return {"rows": rows, "tables": tables}


class _Export:
    """Makes the job of exporting one file, with ``more`` tables of the unit's own."""

    def __init__(self, path: Path, more: int = 0) -> None:
        self._path, self._more = path, more

    def __call__(self, folder: Path) -> Job:
        if self._more:
            siga = folder / "siga"
            siga.mkdir()
            entries = "".join(_ENTRY.format(name=_name(number)) for number in range(self._more))
            (siga / "propias.toml").write_text(f"v = 1\n{entries}", encoding="utf-8")
            (siga / "siga.toml").write_text('tablas_adicionales = "propias.toml"\n', encoding="utf-8")
        return ours(folder, ("--base", str(self._path)))


def _with_more(base: Path, target: Path, more: int) -> Path:
    """Copy ``base`` and add ``more`` tables of a hundred rows."""
    if target.exists():
        return target
    part = target.with_suffix(".part")
    shutil.copyfile(base, part)
    columns = ", ".join(f"C{number} numeric(14,2)" for number in range(_COLUMNS))
    row = "(" + ",".join("?" * (_COLUMNS + 1)) + ")"
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for number in range(more):
            connection.execute(f"CREATE TABLE {_name(number)} (ID numeric(6,0) PRIMARY KEY, {columns})")
            rows = ((place, *[place * 1.25] * _COLUMNS) for place in range(_ROWS))
            connection.executemany(f"INSERT INTO {_name(number)} VALUES {row}", rows)  # noqa: S608 - names of ours
        connection.execute("COMMIT")
    part.rename(target)
    return target


def _name(number: int) -> str:
    return f"MEDIDA_{number:03d}"
