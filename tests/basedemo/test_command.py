"""``siga base-demo`` as the operator meets it."""

from pathlib import Path

import pytest

from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo


def test_builds_a_base_and_sums_it_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables, rows a group, size and time, in Spanish."""
    target = tmp_path / "base.db"
    assert run_with(grupo, ["base-demo", "--tamano", "chica", "--destino", str(target)]) == 0
    shown = capsys.readouterr().out
    assert target.is_file()
    assert "REGION LIMA - HOSPITAL DE APOYO REZOLA" in shown
    assert "173 tablas" in shown
    assert "requerimiento y contratación" in shown
    assert "Año del sistema 2021, año de programación 2022" in shown


def test_lies_in_the_folder_of_siga_by_default(tmp_path: Path) -> None:
    """The folder is made when it is not there; the name tells the unit."""
    arguments = [
        "base-demo",
        "--tamano",
        "chica",
        "--ue",
        "001287",
        "--anio",
        "2024",
        "--dir",
        str(tmp_path / "x"),
    ]
    assert run_with(grupo, arguments) == 0
    assert (tmp_path / "x" / "siga" / "SIGA_1287.db").is_file()


def test_says_that_the_name_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the code of the error, and the exit code of the environment."""
    target = tmp_path / "base.db"
    target.write_bytes(b"")
    assert run_with(grupo, ["base-demo", "--destino", str(target)]) == 74
    assert "SS-014" in capsys.readouterr().err


@pytest.mark.parametrize("ue", ["0", "abc", "1000000", "12x"])
def test_refuses_what_is_no_unit(tmp_path: Path, ue: str) -> None:
    """One to six digits, not zero."""
    assert run_with(grupo, ["base-demo", "--ue", ue, "--destino", str(tmp_path / "x.db")]) == 65
    assert not list(tmp_path.iterdir())
