"""The sections of the report: each measures one question and gives its results."""

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from scripts.bench.bases import Base
from scripts.bench.curve import curve_subjects
from scripts.bench.measure import Job
from scripts.bench.peers import PASSWORD, Maker, PostgresPeers, SqlitePeers, subject_of
from scripts.bench.rounds import Result, Subject, in_turns
from scripts.bench.tuning import tuning_subjects
from scripts.postgres import running_server

_LARGE = "grande"  # what is slow already is not measured with it
_FILES, _FILE_BYTES = 64, 8 << 20
Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is measured: where the bases lie, which sizes, how often."""

    folder: Path
    sizes: tuple[str, ...]
    rounds: int
    tell: Tell

    def base(self, size: str) -> Base:
        """Give the base of ``size``."""
        return Base(self.folder, size)

    def measured(self, subjects: list[Subject]) -> list[Result]:
        """Run ``subjects`` in turns."""
        return in_turns(subjects, self.rounds, self.tell)


def sqlite(plan: Plan) -> dict[str, list[Result]]:
    """Export a SQLite base, by size."""
    found = {}
    for size in plan.sizes:
        plan.tell(f"  {size}")
        found[size] = plan.measured(SqlitePeers(plan.base(size)).subjects(with_slow=size != _LARGE))
    return found


def postgres(plan: Plan) -> dict[str, list[Result]]:
    """Export the same bases from a PostgreSQL server, which is started for it."""
    found = {}
    with running_server() as server:
        for size in plan.sizes:
            plan.tell(f"  {size}: loading")
            base = plan.base(size)
            base.load(server)
            found[size] = plan.measured(PostgresPeers(base, server).subjects(with_slow=size != _LARGE))
    return found


def packing(plan: Plan) -> dict[str, list[Result]]:
    """Encrypt and pack files that cannot be compressed."""
    folder = _files(plan.folder)
    size = f"{_FILES * _FILE_BYTES >> 20} MiB"
    ours = [
        subject_of(f"ours, {workers} worker{'s' * (workers > 1)}", None, _packing(folder, workers))
        for workers in (1, 2)
    ]
    return {size: plan.measured([*ours, subject_of("7zz a -mx0 -mhe", None, _sevenzip(folder))])}


def tuning(plan: Plan) -> dict[str, list[Result]]:
    """Write the tables of the smaller base with other settings of Parquet, in this process's children."""
    base = plan.base(plan.sizes[0])
    return {base.size: plan.measured(tuning_subjects(base))}


def curve(plan: Plan) -> dict[str, list[Result]]:
    """Cost over rows and over tables."""
    return {
        kind: plan.measured(subjects) for kind, subjects in curve_subjects(plan.folder, plan.sizes).items()
    }


SECTIONS: Mapping[str, Callable[[Plan], dict[str, list[Result]]]] = {
    "sqlite": sqlite,
    "postgres": postgres,
    "empaque": packing,
    "ajustes": tuning,
    "curva": curve,
}


def _packing(folder: Path, workers: int) -> Maker:
    def make(place: Path) -> Job:
        out = place / "out.rar"
        command = (sys.executable, "-m", "scripts.bench.packing", str(folder), str(out), str(workers))
        return Job(pipelines=(((command,), place / "log"),), environment={}, results=lambda: [out])

    return make


def _sevenzip(folder: Path) -> Maker:
    def make(place: Path) -> Job:
        out = place / "out.7z"
        command = ("7zz", "a", "-mx0", "-mhe", f"-p{PASSWORD}", "-bso0", "-bsp0", str(out), str(folder))
        return Job(pipelines=(((command,), place / "log"),), environment={}, results=lambda: [out])

    return make


def _files(folder: Path) -> Path:
    """Make the files once: the same bytes on every machine."""
    target = folder / "empaque"
    if len(list(target.glob("*"))) == _FILES:
        return target
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    chance = Random(1)
    for number in range(_FILES):
        (target / f"t{number:02d}.parquet").write_bytes(chance.randbytes(_FILE_BYTES))
    return target
