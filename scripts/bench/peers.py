"""The subjects of the export: ours, as its users run it, and its peers, each as one job."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from scripts.bench.bases import COPY_SCHEMA, SIGA, UNIT, YEAR, Base, Taken
from scripts.bench.measure import Job, Sample, run
from scripts.bench.rounds import Subject
from scripts.postgres import PostgresServer

PASSWORD = "una clave solo de medida"  # noqa: S105 - of packages that are thrown away
_LEFT_OUT = {
    "siga, one worker": "lanes",
    "siga without sorting": "orders",
    "siga without control totals": "sums",
}
Maker = Callable[[Path], Job]
_OURS = {"SIGASERS_CLAVE_FIJA": PASSWORD}
_CONFIGURATION = """\
[base]
motor = "postgresql"
servidor = "{host}"
puerto = {port}
nombre = "{base}"
usuario = "postgres"
"""


@dataclass(frozen=True)
class SqlitePeers:
    """What exports a SQLite base."""

    base: Base

    def subjects(self, *, with_slow: bool) -> list[Subject]:
        """Give ours first; ``with_slow`` adds dlt, and ours without its parts."""
        base = self.base
        settings = f"base = '{base.path}'\n"
        slow = [*without_parts(base, settings, {}), subject_of("dlt", base, self._dlt)]
        return [
            subject_of("siga exportar", base, lambda folder: ours(folder, ("--base", str(base.path)))),
            subject_of("sqlite3 .dump | zstd -1", base, self._dump),
            *(slow if with_slow else []),
        ]

    def _dump(self, folder: Path) -> Job:
        out = folder / "dump.sql.zst"
        pipeline = (("sqlite3", "-readonly", str(self.base.copy), ".dump"), ("zstd", "-1", "-q", "-c"))
        return Job(pipelines=((pipeline, out),), environment={}, results=lambda: [out])

    def _dlt(self, folder: Path) -> Job:
        return dlt(folder, f"sqlite:///{self.base.copy}", "")


@dataclass(frozen=True)
class PostgresPeers:
    """What exports the base of that size in ``server``."""

    base: Base
    server: PostgresServer

    def subjects(self, *, with_slow: bool) -> list[Subject]:
        """Give ours first; ``with_slow`` adds dlt, and ours without its parts."""
        base, pid = self.base, self.server.pid
        secret = {"SIGASERS_CLAVE_BASE": self.server.password}
        slow = [*without_parts(base, self._settings(), secret, pid), subject_of("dlt", base, self._dlt, pid)]
        return [
            subject_of("siga exportar", base, self._ours, pid),
            subject_of("psql COPY csv | zstd -1", base, lambda folder: self._copy(folder, [base.taken]), pid),
            Subject(name="psql COPY csv | zstd -1, 2 processes", rows=base.rows, cells=base.cells,
                    measure=self._copy_by_two),
            subject_of("pg_dump -Fc -Z1", base, self._pg_dump, pid),
            *(slow if with_slow else []),
        ]  # fmt: skip

    def _ours(self, folder: Path) -> Job:
        siga = folder / "siga"
        siga.mkdir()
        (siga / "siga.toml").write_text(self._settings(), encoding="utf-8")
        return ours(folder, (), {"SIGASERS_CLAVE_BASE": self.server.password})

    def _settings(self) -> str:
        return _CONFIGURATION.format(host=self.server.host, port=self.server.port, base=self.base.size)

    def _copy(self, folder: Path, parts: Sequence[Sequence[Taken]], snapshot: str = "") -> Job:
        pipelines = []
        for number, tables in enumerate(parts):
            script, out = folder / f"copy{number}.sql", folder / f"copy{number}.csv.zst"
            script.write_text(copy_script(tables, snapshot), encoding="utf-8")
            psql = (
                str(self.server.programs / "psql"),
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-f",
                str(script),
            )
            pipelines.append(((psql, ("zstd", "-1", "-q", "-c")), out))
        outs = [out for _, out in pipelines]
        return Job(pipelines=tuple(pipelines), environment=self._libpq(), results=lambda: outs)

    def _copy_by_two(self) -> Sample:
        """Both read one snapshot, exported by a third session that does nothing else."""
        with _folder() as folder, psycopg.connect(self.server.conninfo(self.base.size)) as keeper:
            keeper.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            row = keeper.execute("SELECT pg_export_snapshot()").fetchone()
            job = self._copy(folder, halves(self.base.taken), str(row[0]) if row else "")
            return run(job, server_pid=self.server.pid)

    def _pg_dump(self, folder: Path) -> Job:
        out = folder / "dump.pgc"
        command = (str(self.server.programs / "pg_dump"), "-Fc", "-Z1", "-n", COPY_SCHEMA)
        return Job(pipelines=(((command,), out),), environment=self._libpq(), results=lambda: [out])

    def _dlt(self, folder: Path) -> Job:
        secret, server = self.server.password, self.server
        url = f"postgresql+psycopg://postgres:{secret}@{server.host}:{server.port}/{self.base.size}"
        return dlt(folder, url, COPY_SCHEMA)

    def _libpq(self) -> dict[str, str]:
        return {
            "PGHOST": self.server.host, "PGPORT": str(self.server.port), "PGUSER": "postgres",
            "PGPASSWORD": self.server.password, "PGDATABASE": self.base.size,
        }  # fmt: skip


def ours(folder: Path, options: Sequence[str], environment: Mapping[str, str] | None = None) -> Job:
    """Give the export of the system year by the true command, into a new installation: no name is taken there."""
    target = folder / "SourceOut"
    target.mkdir()
    command = (
        SIGA, "exportar", "--tipo", "diaria", "--anio", str(YEAR.value), "--ue", str(UNIT.value),
        "--destino", str(target), "--dir", str(folder), *options,
    )  # fmt: skip
    return Job(
        pipelines=(((command,), folder / "siga.out"),),
        environment={**_OURS, **(environment or {})},
        results=lambda: list(target.iterdir()),
    )


def without_parts(
    base: Base, settings: str, environment: Mapping[str, str], pid: int | None = None
) -> list[Subject]:
    """Give ours without sorting, without control totals, with one worker: what each of them costs."""
    return [
        subject_of(
            name, base, partial(partial_export, settings=settings, part=part, environment=environment), pid
        )
        for name, part in _LEFT_OUT.items()
    ]


def partial_export(folder: Path, settings: str, part: str, environment: Mapping[str, str]) -> Job:
    """Give the export without ``part``."""
    target, siga = folder / "SourceOut", folder / "siga"
    target.mkdir()
    siga.mkdir()
    head = f"unidad = {UNIT.value}\nruta_transmision = '{target}'\n"
    (siga / "siga.toml").write_text(head + settings, encoding="utf-8")
    command = (sys.executable, "-m", "scripts.bench.exporter", str(folder), part)
    return Job(
        pipelines=(((command,), folder / "siga.out"),),
        environment={**_OURS, **environment},
        results=lambda: list(target.iterdir()),
    )


def dlt(folder: Path, url: str, schema: str) -> Job:
    """Give the load of a whole schema into Parquet files by ``dlt``."""
    out = folder / "dlt-out"
    command = (sys.executable, "-m", "scripts.bench.dlt_peer", schema, str(out))
    environment = {"BENCH_DLT_URL": url, "DLT_DATA_DIR": str(folder / "dlt"), "HOME": str(folder)}
    return Job(
        pipelines=(((command,), folder / "dlt.log"),),
        environment=environment,
        results=lambda: [path for path in out.rglob("*.parquet") if path.is_file()],
    )


def copy_script(tables: Sequence[Taken], snapshot: str) -> str:
    """Give what psql runs: one read-only transaction, on the snapshot of that name if there is one."""
    lines = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"]
    if snapshot:
        lines.append(f"SET TRANSACTION SNAPSHOT '{snapshot}';")
    lines += [f"COPY ({one.statement('postgres')}) TO STDOUT (FORMAT csv);" for one in tables]
    return "\n".join([*lines, "COMMIT;", ""])


def halves(tables: Sequence[Taken]) -> tuple[list[Taken], list[Taken]]:
    """Give the tables in two parts of about as many cells, the largest first."""
    parts: tuple[list[Taken], list[Taken]] = ([], [])
    sizes = [0, 0]
    for one in sorted(tables, key=lambda each: -each.cells):
        place = sizes.index(min(sizes))
        parts[place].append(one)
        sizes[place] += one.cells
    return parts


def subject_of(
    name: str,
    base: Base | None,
    make: Maker,
    pid: int | None = None,
    *,
    rounds: int | None = None,
) -> Subject:
    """Give the subject whose every run is ``make`` in a folder of its own; ``pid`` is a server that works for it."""

    def measure() -> Sample:
        with _folder() as folder:
            return run(make(folder), server_pid=pid)

    rows, cells = (base.rows, base.cells) if base else (0, 0)
    return Subject(name=name, rows=rows, cells=cells, measure=measure, rounds=rounds)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=os.environ.get("BENCH_DIR")))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
