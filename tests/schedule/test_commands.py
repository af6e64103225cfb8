"""``siga transmitir``, ``siga historial``, ``siga cronograma``: what the task runs and what an operator reads."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import sigasers
from sigasers.siga.history import History, Resultado
from tests.export.place import PASSWORD, small_base
from tests.schedule.installed import LIMA, USUAL

_RUN = "from sigasers.cli.core import run; run('siga')"
NOBODY = 65534
# The account may read this Python, wherever it is: what is looked at is whose the files are.
KEEPING_RIGHTS = ("setpriv", "--securebits", "+no_setuid_fixup")
ROOT_ALONE = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0 or shutil.which("setpriv") is None,
    reason="only root can become another account",
)


@dataclass(frozen=True)
class Unit:
    """An installation on disk; its commands run in processes of their own, by the machine's clock."""

    root: Path

    @property
    def siga(self) -> Path:
        return self.root / "siga"

    @property
    def out(self) -> Path:
        return self.root / "sers_siga" / "SourceOut"

    def configure(self, base: Path, *lines: str) -> "Unit":
        self.out.mkdir(parents=True)
        self.siga.mkdir()
        text = "\n".join((f"base = '{base}'", "unidad = 1288", "anio_sistema = 2021", *lines))
        (self.siga / "siga.toml").write_text(text + "\n", encoding="utf-8")
        password = self.siga / "clave-fija.txt"
        password.write_text(PASSWORD + "\n", encoding="utf-8")
        password.chmod(0o600)
        return self

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-c", _RUN, *arguments, "--dir", str(self.root)]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"}

    def run(self, *arguments: str, through: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*through, *self.command(*arguments)],
            env=self.environment(), capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    def packages(self) -> list[str]:
        return sorted(path.name for path in self.out.glob("*.rar"))

    def results(self) -> list[tuple[str, Resultado | None]]:
        with History.open(self.siga) as history:
            return [(run.modo, run.resultado) for run in history.runs(limit=10)]


def just_now() -> str:
    """Give the setting of a turno that opened a minute ago."""
    hour = datetime.now(UTC).astimezone(LIMA) - timedelta(minutes=1)
    return f"[cronograma]\ndiaria = ['{hour:%H:%M}']\ndispersion_min = 0"


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    return Unit(tmp_path / "inst").configure(small_base(tmp_path / "base.db"), just_now())


def test_the_task_answers_what_is_due_and_then_finds_nothing(unit: Unit) -> None:
    """Two runs of the task a moment apart: one package, and the second says that there is nothing to do."""
    first = unit.run("transmitir", "--programado")
    assert first.returncode == 0, first.stderr
    assert "Turno respondido: DIARIA del" in first.stdout
    assert len(unit.packages()) == 1
    second = unit.run("transmitir", "--programado")
    assert second.returncode == 0
    assert "no hay nada por transmitir" in second.stdout
    assert len(unit.packages()) == 1
    assert unit.results() == [("programada", Resultado.COMPLETA)]


def test_a_failing_run_ends_with_its_code_and_is_in_the_history(unit: Unit, tmp_path: Path) -> None:
    """The system's own log of tasks sees a code that is not zero; the history says why."""
    (tmp_path / "base.db").unlink()
    done = unit.run("transmitir", "--programado")
    assert done.returncode == 74
    assert "No se respondió el turno DIARIA" in done.stdout
    assert "SIGA-001" in done.stderr
    told = unit.run("historial")
    assert told.returncode == 0
    assert "fallida" in told.stdout
    assert "SIGA-001:" in told.stdout


def test_without_its_option_it_says_what_the_operator_wants(unit: Unit) -> None:
    """By hand it is ``siga exportar``."""
    done = unit.run("transmitir")
    assert done.returncode == 2
    assert "siga exportar" in done.stderr
    assert unit.packages() == []


def test_a_unit_without_schedule_is_told(tmp_path: Path) -> None:
    """The task fails with a way out: it never runs for months without a word."""
    unit = Unit(tmp_path / "inst").configure(small_base(tmp_path / "base.db"))
    done = unit.run("transmitir", "--programado")
    assert done.returncode == 74
    assert "SIGA-046" in done.stderr
    assert "[cronograma]" in done.stderr


def test_the_trial_tries_everything_and_sends_nothing(unit: Unit, tmp_path: Path) -> None:
    """Its result is a file that says for each step how it went; nothing stays in SourceOut."""
    result = tmp_path / "ensayo.json"
    done = unit.run("transmitir", "--programado", "--ensayo", str(result))
    assert done.returncode == 0, done.stderr
    document = json.loads(result.read_text(encoding="utf-8"))
    steps = {step["nombre"]: step["resultado"] for step in document["pasos"]}
    assert {"Base de datos", "Ruta de Transmisión", "Cronograma", "Llave de los paquetes"} <= steps.keys()
    assert set(steps.values()) <= {"bien", "omitido", "aviso"}
    assert document["cuenta"]
    assert list(unit.out.iterdir()) == []
    assert unit.results() == []


def test_the_trial_finds_what_would_fail_at_night(unit: Unit, tmp_path: Path) -> None:
    """A folder that is gone, a key that is not there: each is named, and the others are tried all the same."""
    unit.out.rmdir()
    (unit.siga / "clave-fija.txt").unlink()
    result = tmp_path / "ensayo.json"
    done = unit.run("transmitir", "--programado", "--ensayo", str(result))
    assert done.returncode == 1
    steps = {step["nombre"]: step for step in json.loads(result.read_text(encoding="utf-8"))["pasos"]}
    assert steps["Ruta de Transmisión"]["codigo"] == "SS-013"
    assert steps["Llave de los paquetes"]["codigo"] == "SIGA-011"
    assert steps["Base de datos"]["resultado"] == "bien"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a task without a word")
def test_the_system_stops_the_task_in_the_middle(tmp_path: Path, base_chica: Path) -> None:
    """SIGTERM is recorded as an interruption, SourceOut is empty, and the turno is still owed."""
    base = Path(shutil.copy(base_chica, tmp_path / "base.db"))
    with closing(sqlite3.connect(base)) as connection:
        connection.executescript("DROP TABLE SIG_TRANS_PROGRA; DROP TABLE SIG_TRANS_PROGRA_HOR")
    unit = Unit(tmp_path / "inst").configure(base, just_now())
    environment = {**unit.environment(), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        unit.command("transmitir", "--programado"), env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        while line and "tablas" not in line:
            line = running.stdout.readline()
        running.send_signal(signal.SIGTERM)
        running.stdout.read()
        assert running.wait(60) == 130
    assert list(unit.out.iterdir()) == []
    assert unit.results() == [("programada", Resultado.INTERRUMPIDA)]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter; those of the tests are closed."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@ROOT_ALONE
def test_root_leaves_nothing_of_its_own_in_an_installation_of_another_account(open_folder: Path) -> None:
    """Else the task, which runs as that account, could not open it that night."""
    unit = Unit(open_folder / "inst").configure(small_base(open_folder / "base.db"), just_now())
    for path in (unit.root, *unit.root.rglob("*"), unit.root.parent, *unit.root.parent.glob("base.db*")):
        os.chown(path, NOBODY, NOBODY)
    for arguments in (
        ("cronograma", "ver"),
        ("exportar", "--tipo", "diaria"),
        ("transmitir", "--programado"),
        ("historial",),
    ):
        done = unit.run(*arguments, through=KEEPING_RIGHTS)
        assert done.returncode in {0, 1}, done.stderr
    assert {path.stat().st_uid for path in unit.root.rglob("*")} == {NOBODY}
    assert len(unit.packages()) == 2


@ROOT_ALONE
def test_root_is_told_that_the_account_could_not_even_read_the_program(open_folder: Path) -> None:
    """A program in root's home works by hand and fails at night: here it fails by hand, with what to do."""
    program = open_folder / "cerrado"
    shutil.copytree(
        Path(sigasers.__file__).parent, program / "sigasers", ignore=shutil.ignore_patterns("*.gz")
    )
    program.chmod(0o700)
    unit = Unit(open_folder / "inst").configure(small_base(open_folder / "base.db"), just_now())
    for path in (unit.root, *unit.root.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    done = subprocess.run(
        unit.command("historial"), env={**unit.environment(), "PYTHONPATH": str(program)}, check=False,
        capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert done.returncode == 74
    assert "SS-031" in done.stderr


def test_the_history_names_runs_and_lost_turnos_and_what_the_courier_has(unit: Unit) -> None:
    """Who, where, which turno, which file; without acuse it says so."""
    unit.run("transmitir", "--programado")
    told = unit.run("historial").stdout
    assert "DIARIA, programada  completa" in told
    assert "Turno DIARIA-" in told
    assert "Sin acuse todavía: en SourceOut, por enviar." in " ".join(told.split())
    document = json.loads(unit.run("historial", "--json").stdout)
    (run,) = document["corridas"]
    assert run["resultado"] == "completa"
    assert run["paquetes"][0]["lugar"] == "source_out"
    assert run["paquetes"][0]["acuse"] is None


def test_an_installation_without_history_gets_none_by_looking(unit: Unit) -> None:
    """``historial`` only reads."""
    assert "Todavía no hay ninguna corrida" in unit.run("historial").stdout
    assert not (unit.siga / "historial.db").exists()


def test_the_schedule_is_shown_with_its_source_rules_and_what_comes(tmp_path: Path) -> None:
    """What the database's tables mean, in words; the next turnos with this unit's own minute."""
    unit = Unit(tmp_path / "inst").configure(small_base(tmp_path / "base.db", *USUAL))
    done = unit.run("cronograma", "ver", "--proximos", "3")
    assert done.returncode == 0, done.stderr
    told = " ".join(done.stdout.split())
    assert "El cronograma lo da la base de datos del SIGA." in told
    assert "PERIÓDICA los días 5, 20 de cada mes, a las 16:30" in told
    assert "DIARIA todos los días, a las 12:30, 16:30" in told
    assert done.stdout.count("esta unidad empieza a las") == 3
    assert told.index("PERIÓDICA los días") < told.index("DIARIA todos")


def test_a_lost_turno_is_seen_and_changes_the_exit_code(unit: Unit) -> None:
    """A program that asks ``siga cronograma ver`` learns of it by the code."""
    unit.run("transmitir", "--programado")
    with closing(sqlite3.connect(unit.siga / "historial.db")) as connection:
        connection.execute("UPDATE corrida SET resultado = 'fallida'")
        connection.execute("UPDATE turno SET perdido = '2026-01-01T00:00:00.000Z'")
        connection.commit()
    done = unit.run("cronograma", "ver")
    assert done.returncode == 1
    assert "perdido" in done.stdout
    assert "Turno perdido" in unit.run("historial").stdout


_RECORD = """
import os, sys
from pathlib import Path
from sigasers.cli import technical_log
from sigasers.cli.acceso import record
from sigasers.errors.disk import DiskError
from sigasers.host.installation import Installation
place = technical_log.remember(Installation.under(Path(sys.argv[1])))
try:
    record(place, "prueba.hecha", {})
    print("anotado")
except DiskError as error:
    print("rehusado", technical_log.write("siga", error) is None or "")
assert os.geteuid() == 0
"""


@ROOT_ALONE
def test_root_writes_into_the_folder_of_an_account_with_no_more_than_its_rights(open_folder: Path) -> None:
    """Links that the account puts in the place of the audit file or of the log lead root nowhere."""
    siga = open_folder / "siga"
    (siga / "logs").mkdir(parents=True)
    secret = open_folder / "de_root.txt"
    secret.write_text("intacto", encoding="utf-8")
    secret.chmod(0o600)
    (siga / "auditoria.jsonl").symlink_to(secret)
    (siga / "logs" / f"siga-{datetime.now(UTC):%Y-%m-%d}.log").symlink_to(secret)
    for path in (siga, siga / "logs"):
        os.chown(path, NOBODY, NOBODY)
    # Without the right to pass by rights of files, which the other test keeps for this Python's sake.
    own = ("setpriv", "--securebits", "+no_setuid_fixup", "--bounding-set", "-dac_override")
    command = [*own, sys.executable, "-c", _RECORD, str(open_folder)]
    environment = {**os.environ, "HOME": str(open_folder), "XDG_STATE_HOME": str(open_folder / "estado")}

    def again() -> str:
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
        return done.stdout

    assert "rehusado" in again()
    assert secret.read_text(encoding="utf-8") == "intacto"
    (siga / "auditoria.jsonl").unlink()
    assert "anotado" in again()
    made = [path for path in siga.rglob("*") if not path.is_symlink()]
    assert {path.stat().st_uid for path in made} == {NOBODY}
