"""What all tests share: the mark ``needs`` for system programs and libraries."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from scripts import system
from scripts.postgres import PostgresServer, load_sqlite, running_server
from sigasers.model import Nemonico
from sigasers.siga.basedemo import Size, build_demo_database
from sigasers.siga.basedemo.units import known_unit

_REASON = "needs the system program "


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose system program is missing; with CI=true that is a failure."""
    for mark in item.iter_markers("needs"):
        (program,) = mark.args
        if not system.is_present(program):
            if system.is_ci():
                pytest.fail(f"{_REASON}{program}, and CI must have it", pytrace=False)
            pytest.skip(_REASON + program)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which system programs were missing and the command that enables their tests."""
    programs = sorted(set(_missing(terminalreporter)))
    if programs:
        terminalreporter.section("tests not run: system programs missing")
        terminalreporter.line(f"missing: {', '.join(programs)}")
        terminalreporter.line(f"to enable: {system.enabling_command(programs)}")


def _missing(reporter: pytest.TerminalReporter) -> Iterator[str]:
    for report in reporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
        if _REASON in reason:
            yield reason.rpartition(_REASON)[2]


@pytest.fixture(scope="session", autouse=True)
def _own_configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What commands keep in the configuration folder of the account goes into a folder of the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("configuracion")))
        yield


@pytest.fixture(scope="session")
def base_chica(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demonstration base (unit 1288, 2021, seed 1), built once for all workers; copy it to change it."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    target = folder / "base_chica.db"
    with FileLock(folder / "base_chica.lock"):
        if not target.exists():
            unit = known_unit(Nemonico(1288))
            build_demo_database(target, size=Size.CHICA, unit=unit, year=2021, seed=1)
    return target


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server on loopback, one a worker, empty but for what tests make in databases of their own."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_siga(postgres: PostgresServer, base_chica: Path) -> str:
    """The name of a database of ``postgres`` that holds the small demonstration base; read it, do not change it."""
    postgres.create_database("siga_1288")
    load_sqlite(base_chica, postgres.conninfo("siga_1288"))
    return "siga_1288"
