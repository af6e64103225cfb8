"""The benchmark's own instruments: what they count, in which order subjects run, what the page says of the figures."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.bench.bases import Base, Taken
from scripts.bench.measure import BenchError, Job, Sample, run, tree_cpu_s
from scripts.bench.peers import copy_script, halves, partial_export
from scripts.bench.report import render
from scripts.bench.rounds import Result, Subject, in_turns, order_of
from scripts.bench.store import Section, load_sections, save_section
from scripts.bench.targets import judge

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="reads /proc, as the benchmark does"
)

BURN = "import time\nwhile time.process_time() < {}: pass\n"
# Starts a child that burns, waits for it, says so, and lives on until its input ends: as a database server does.
PARENT = """
import subprocess, sys
subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
print("done", flush=True)
sys.stdin.read()
"""
HOLD = "import sys\nkept = bytearray({})\nsys.stdout.write('x')\n"


def _job(folder: Path, *commands: str) -> Job:
    out = folder / "out"
    pipeline = [(sys.executable, "-c", command) for command in commands]
    return Job(pipelines=((pipeline, out),), environment={}, results=lambda: [out])


def _sample(wall_s: float, *, cpu_s: float = 1.0, peak_mb: int = 100) -> Sample:
    return Sample(wall_s=wall_s, cpu_s=cpu_s, server_cpu_s=0.5, peak_bytes=peak_mb * 1_000_000, out_bytes=10)


def _result(name: str, *walls: float, peak_mb: int = 100) -> Result:
    samples = tuple(_sample(wall, peak_mb=peak_mb) for wall in walls)
    return Result(subject=name, rows=1_000, cells=10_000, samples=samples)


def _section(groups: dict[str, list[Result]], *, in_use: float = 0.0) -> Section:
    machine = {"processor": "Z80"}
    return Section(
        at="2026-01-01 00:00 UTC",
        machine=machine,
        rounds=5,
        in_use=in_use,
        stolen_share=0.0,
        is_smoke=False,
        groups=groups,
    )


def test_counts_the_processor_of_every_process_of_a_pipeline(tmp_path: Path) -> None:
    """Two commands that burn 0.3 s each are 0.6 s and their start, not 0.3."""
    burn = BURN.format(0.3)
    sample = run(_job(tmp_path, burn, burn + "print('x')\n"))
    assert 0.6 <= sample.cpu_s < 3
    assert sample.out_bytes == 2


def test_counts_the_processor_of_a_servers_children_that_have_ended() -> None:
    """A backend that served and is gone has left its time with the process that awaited it."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, BURN.format(0.4)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        before = tree_cpu_s(server.pid)
        assert server.stdout is not None
        assert server.stdout.readline() == b"done\n"
        assert tree_cpu_s(server.pid) - before >= 0.39  # the kernel counts in hundredths
        assert server.stdin is not None
        server.stdin.close()


def test_sees_the_peak_of_memory(tmp_path: Path) -> None:
    """A process that holds 60 MB shows them, this one's own do not count."""
    kept = bytearray(200_000_000)
    sample = run(_job(tmp_path, HOLD.format(60_000_000) + "import time\ntime.sleep(0.2)\n"))
    assert 60_000_000 <= sample.peak_bytes < 120_000_000
    assert len(kept) == 200_000_000


@pytest.mark.parametrize("part", ["orders", "sums", "lanes"])
def test_an_export_without_a_part_is_an_export(base_chica: Path, tmp_path: Path, part: str) -> None:
    """Left out for a measurement, the rest is done: RAR and HTML are there."""
    job = partial_export(tmp_path, f"base = '{base_chica}'\n", part, {})
    run(job)
    assert sorted(path.suffix for path in job.results()) == [".html", ".rar"]


def test_a_subject_that_fails_measures_nothing(tmp_path: Path) -> None:
    """Neither one that ends with an error nor one that makes nothing."""
    with pytest.raises(BenchError):
        run(_job(tmp_path, "raise SystemExit(3)"))
    with pytest.raises(BenchError):
        run(_job(tmp_path, "pass"))


def test_subjects_run_in_turns_and_every_second_round_backwards() -> None:
    """None has always the same neighbour before it; the first run of each does not count."""
    seen: list[str] = []

    def subject(name: str) -> Subject:
        def measure() -> Sample:
            seen.append(name)
            return _sample(float(len(seen)))

        return Subject(name=name, rows=1, cells=1, measure=measure)

    results = in_turns([subject("a"), subject("b")], 3, lambda text: None)
    assert "".join(seen) == "ab" + "ab" + "ba" + "ab"
    assert [sample.wall_s for sample in results[0].samples] == [3, 6, 7]
    assert [one.name for one in order_of([subject("a"), subject("b")], 1)] == ["b", "a"]


def test_a_slow_subject_runs_less_often() -> None:
    """And without a warm-up."""
    slow = Subject(name="slow", rows=1, cells=1, measure=lambda: _sample(1.0), rounds=1)
    (result,) = in_turns([slow], 5, lambda text: None)
    assert len(result.samples) == 1


def test_results_come_back_as_they_were_stored(tmp_path: Path) -> None:
    """A section measured again replaces itself alone."""
    path = tmp_path / "x.json"
    first = _section({"media": [_result("siga exportar", 1.0, 3.0, 2.0)]})
    save_section(path, "sqlite", first)
    save_section(path, "curva", _section({}))
    save_section(path, "curva", _section({"rows": [_result("x", 1.0)]}))
    found = load_sections(path)
    assert found["sqlite"] == first
    assert list(found["curva"].groups) == ["rows"]
    assert found["sqlite"].groups["media"][0].middle("wall_s") == 2.0


def test_targets_are_judged_by_the_figures() -> None:
    """Met or missed, and by how much, follows from the medians."""
    groups = {
        "media": [_result("siga exportar", 4.0), _result("sqlite3 .dump | zstd -1", 8.0)],
        "grande": [_result("siga exportar", 40.0, peak_mb=700), _result("sqlite3 .dump | zstd -1", 160.0)],
    }
    found = {target.what: target for target in judge({"sqlite": _section(groups)})}
    assert found["media from SQLite, wall"].is_met
    assert not found["media from SQLite, rows/s beside sqlite3 .dump | zstd -1"].is_met
    assert found["media from SQLite, rows/s beside sqlite3 .dump | zstd -1"].found == "2.00 times"
    assert found["grande from SQLite, rows/s beside sqlite3 .dump | zstd -1"].is_met
    assert not found["memory from media to grande, SQLite"].is_met
    assert found["memory from media to grande, SQLite"].found == "+600 MB"


def test_the_page_says_what_is_missing_and_what_proves_nothing() -> None:
    """Sections not measured say so; figures from a busy machine carry the warning."""
    page = render({"sqlite": _section({"media": [_result("siga exportar", 4.0)]}, in_use=1.0)})
    assert "these figures prove nothing" in page
    assert page.count("Not measured yet.") == 4
    assert "| siga exportar | 250 | 0.00 |" in page
    assert "these figures prove nothing" not in render(
        {"sqlite": _section({"media": [_result("siga exportar", 4.0)]}, in_use=0.01)}
    )


@pytest.fixture(scope="module")
def taken(base_chica: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Base, tuple[Taken, ...]]:
    folder = tmp_path_factory.mktemp("bench")
    (folder / "chica.db").symlink_to(base_chica)
    base = Base(folder, "chica")
    return base, base.taken


def test_peers_get_the_tables_and_rows_of_the_export(taken: tuple[Base, tuple[Taken, ...]]) -> None:
    """The copy for those that cannot filter holds them alone; psql's two halves hold each once."""
    import sqlite3

    base, tables = taken
    assert len(tables) == 134
    with sqlite3.connect(base.copy) as copy:
        for one in tables:
            assert copy.execute(f'SELECT count(*) FROM "{one.query.tabla}"').fetchone() == (one.rows,)
    left, right = halves(tables)
    assert sorted(one.query.tabla for one in (*left, *right)) == sorted(one.query.tabla for one in tables)
    assert abs(sum(one.cells for one in left) - sum(one.cells for one in right)) < base.cells / 20
    script = copy_script(left, "0001-1")
    assert "SET TRANSACTION SNAPSHOT '0001-1';" in script
    assert script.count("COPY (SELECT") == len(left)
