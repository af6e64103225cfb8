"""What an operator sees of an error: three parts in Spanish, an exit code, never a traceback."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest

from sigasers.cli import avisos, technical_log
from sigasers.cli.core import con_instalacion, consola, run_with
from sigasers.errors import OwnError
from sigasers.errors.disk import DiskFullError
from sigasers.errors.model import InvalidValueError
from sigasers.host.installation import Installation


@click.group("siga")
def grupo() -> None:
    """Grupo de prueba."""


@grupo.command("falla")
@click.argument("como")
@con_instalacion
def falla(como: str, instalacion: Installation) -> int:
    """Falla como se le pide."""
    if como == "disco":
        raise DiskFullError("no space", ruta="/datos/a.rar")
    if como == "valor":
        raise InvalidValueError("bad", nombre="año", esperado="un año de 1990 a 2199")
    if como == "defecto":
        raise KeyError("0xDEADBEEF")
    if como == "dañada":
        sqlite3.connect(__file__).execute("SELECT * FROM sqlite_master")
    if como == "alto":
        raise KeyboardInterrupt
    if como == "uno":
        return 1
    consola.print(str(instalacion.sers))
    return 0


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation whose folder of ``siga`` is there; the account's own log lies below it too."""
    (tmp_path / "siga").mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("SIGASERS_DIR", raising=False)
    technical_log._remembered.clear()
    return tmp_path


def _logs(root: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.log")))


def test_an_error_says_what_happened_why_and_what_to_do(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The code stands first, for the help desk."""
    assert run_with(grupo, ["falla", "valor", "--dir", str(installation)]) == 65
    assert capsys.readouterr().err.splitlines() == [
        "Error SS-020: El valor indicado para «año» no es válido.",
        "  Por qué: Se esperaba un año de 1990 a 2199.",
        "  Qué hacer: Corrija el valor y vuelva a ejecutar la orden.",
    ]


def test_an_error_of_the_machine_names_the_log(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its detail lies in the installation's folder ``logs``."""
    assert run_with(grupo, ["falla", "disco", "--dir", str(installation)]) == 74
    (log,) = (installation / "siga" / "logs").iterdir()
    assert f"  Detalle técnico: {log}\n" in capsys.readouterr().err
    assert "SS-011 no space" in log.read_text(encoding="utf-8")


def test_a_damaged_database_of_state_is_no_defect(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Met in a read, where nothing else tells it: the sentence says that the base is damaged and what to do."""
    assert run_with(grupo, ["falla", "dañada", "--dir", str(installation)]) == 74
    assert "SS-015" in capsys.readouterr().err


def test_a_defect_shows_a_sentence_and_logs_its_traceback(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 70; the screen shows no line of Python."""
    assert run_with(grupo, ["falla", "defecto", "--dir", str(installation)]) == 70
    shown = capsys.readouterr().err
    assert "Error SS-001: El programa encontró un defecto propio" in shown
    assert "Traceback" not in shown
    assert "DEADBEEF" not in shown
    assert "Traceback" in _logs(installation)
    assert "0xDEADBEEF" in _logs(installation)


def test_a_folder_that_is_not_there_is_not_made_for_a_log(tmp_path: Path, installation: Path) -> None:
    """A mistyped ``--dir`` leaves no folder behind; the log goes to the account's own place."""
    nowhere = tmp_path / "mal-escrita"
    assert run_with(grupo, ["falla", "defecto", "--dir", str(nowhere)]) == 70
    assert not nowhere.exists()
    assert "Traceback" in _logs(tmp_path / "state")


def test_a_log_that_cannot_be_written_hides_nothing(
    installation: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence comes without the line of the detail."""
    (installation / "siga" / "logs").write_text("a file in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(installation / "siga" / "logs"))
    assert run_with(grupo, ["falla", "defecto", "--dir", str(installation)]) == 70
    shown = capsys.readouterr().err
    assert "Error SS-001" in shown
    assert "Detalle técnico" not in shown


def test_stopping_is_no_error(installation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C: exit code 130 and one sentence."""
    assert run_with(grupo, ["falla", "alto", "--dir", str(installation)]) == 130
    assert capsys.readouterr().err.strip() == "Detenido por el operador."


@pytest.mark.parametrize(("como", "code"), [("uno", 1), ("nada", 0)])
def test_a_command_gives_its_own_exit_code(como: str, code: int, installation: Path) -> None:
    """What a command returns is what the shell sees."""
    assert run_with(grupo, ["falla", como, "--dir", str(installation)]) == code


def test_the_installation_is_found_by_option_then_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--dir`` wins over SIGASERS_DIR, which wins over the platform's usual place."""
    monkeypatch.setenv("SIGASERS_DIR", str(tmp_path / "variable"))
    run_with(grupo, ["falla", "nada", "--dir", str(tmp_path / "opcion")])
    run_with(grupo, ["falla", "nada"])
    monkeypatch.delenv("SIGASERS_DIR")
    run_with(grupo, ["falla", "nada"])
    usual = r"C:\Users\Public\mef\sers_siga" if sys.platform == "win32" else "/var/lib/sigasers/sers_siga"
    shown = capsys.readouterr().out.replace("\n", "")
    assert shown == f"{tmp_path / 'opcion' / 'sers_siga'}{tmp_path / 'variable' / 'sers_siga'}{usual}"


def test_a_terminal_gets_wrapped_lines_and_whole_paths(
    installation: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No line runs over the width unless a path does, and a path is never cut."""
    monkeypatch.setattr(avisos.consola_errores, "_force_terminal", True)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    long_path = "/" + "carpeta/" * 20 + "archivo.rar"
    assert avisos.show(DiskFullError("full", ruta=long_path)) == 74
    lines = capsys.readouterr().err.splitlines()
    assert any(long_path in line for line in lines)
    assert all(len(line) < 80 for line in lines if "/" not in line)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp850"])
def test_a_console_of_another_encoding_loses_a_sign_not_the_program(encoding: str, tmp_path: Path) -> None:
    """As on Windows, where a pipe is seldom UTF-8."""
    import os

    environ = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "SIGASERS_DIR": str(tmp_path)}
    for arguments in (["--help"], ["nada"]):
        done = subprocess.run(
            [sys.executable, "-m", "sigasers", *arguments], env=environ, capture_output=True, check=False
        )
        assert b"Traceback" not in done.stderr
        assert done.returncode == (0 if arguments == ["--help"] else 2)


def test_a_command_that_cannot_even_be_loaded_is_a_defect_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken installation of the program itself shows no traceback either."""
    from sigasers.cli import core

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with pytest.raises(SystemExit) as stop:
        core.run("no_existe")
    assert stop.value.code == OwnError.exit_code
    assert "Error SS-001" in capsys.readouterr().err
