"""``siga exportar`` as the operator sees it: what is shown, exit codes, sentences."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sigasers.cli.core import consola, run_with
from sigasers.cli.siga import grupo
from tests.export.place import PASSWORD, Place, small_base


def export(place: Place, *more: str) -> int:
    return run_with(grupo, ["exportar", "--dir", str(place.root), "--tipo", "diaria", *more])


def test_shows_each_table_and_a_summary(place: Place, capfd: pytest.CaptureFixture[str]) -> None:
    """Plain lines where there is no terminal: descripción, inicio, fin, duración, filas; then files and SHA-256."""
    assert export(place, "--base", str(place.base), "--ue", "001288") == 0
    shown = capfd.readouterr().out
    assert re.search(r"Descripción +Inicio +Fin +Duración +Filas", shown)
    assert re.search(r"Metas.* \d\d:\d\d:\d\d \d\d:\d\d:\d\d +\d+\.\d\d s +2\n", shown)
    assert re.search(r"SHA-256 [0-9a-f]{64}", shown)
    (rar,) = place.out.glob("*.rar")
    assert str(rar) in shown
    assert PASSWORD not in shown


def test_settings_come_from_siga_toml(place: Place, tmp_path: Path) -> None:
    """Base, unit and target need not be said each time; the option comes before the file."""
    target = tmp_path / "otra"
    target.mkdir()
    (place.siga / "siga.toml").write_text(f"base = '{place.base}'\nunidad = 1288\n", encoding="utf-8")
    assert export(place) == 0
    assert export(place, "--destino", str(target), "--anio", "2022") == 0
    assert len(list(place.out.glob("*.rar"))) == len(list(target.glob("*.rar"))) == 1


@pytest.mark.parametrize(
    ("more", "code", "exit_code"),
    [
        (["--base", "no.db"], "SIGA-001", 74),
        (["--ue", "9"], "SIGA-007", 65),
        (["--destino", "no"], "SS-013", 74),
        (["--ue", "mil"], "SS-020", 65),
    ],
)
def test_errors_are_told_with_code_and_next_step(
    place: Place, capfd: pytest.CaptureFixture[str], more: list[str], code: str, exit_code: int
) -> None:
    """Never a traceback."""
    arguments = ["--base", str(place.base), "--ue", "1288", *more]
    assert export(place, *arguments) == exit_code
    shown = capfd.readouterr().err
    assert f"Error {code}" in shown
    assert "Qué hacer:" in shown
    assert "Traceback" not in shown


def test_before_registration_it_says_what_to_do(bare: Place, capfd: pytest.CaptureFixture[str]) -> None:
    """The way to a key."""
    assert export(bare, "--base", str(bare.base), "--ue", "1288") == 74
    shown = capfd.readouterr().err
    assert "SIGA-011" in shown
    assert "sers registrar" in shown


def test_a_stop_by_the_operator_leaves_nothing(place: Place, capfd: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends with 130 and an empty SourceOut; the next export works."""

    def stop(table: object) -> None:
        raise KeyboardInterrupt

    told = place.told.table_done
    place.told.table_done = stop  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        place.export()
    assert place.files() == []
    place.told.table_done = told  # type: ignore[method-assign]
    assert len(place.export()) == 1


def test_exports_where_there_is_no_standard_input(place: Place) -> None:
    """A Windows service and ``pythonw`` have none; neither has a shell's ``<&-``."""
    command = "from sigasers.cli.core import run; run('siga')"
    arguments = [
        "exportar",
        "--dir",
        str(place.root),
        "--tipo",
        "diaria",
        "--base",
        str(place.base),
        "--ue",
        "1288",
    ]
    ended = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-c", command, *arguments],
        capture_output=True, timeout=120, check=False, text=True,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(list(place.out.glob("*.rar"))) == 1


def test_a_password_by_standard_input_that_is_not_there_is_a_wrong_one(
    place: Place, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told in a sentence, like an empty line."""
    (package,) = place.export()
    monkeypatch.setattr("sys.stdin", None)
    arguments = ["verificar", str(package.rar), "--dir", str(place.root), "--clave-por-entrada"]
    assert run_with(grupo, arguments) == 65
    assert "SS-001" not in capfd.readouterr().err


def test_a_unit_whose_name_no_file_can_bear_here_is_told_before_a_table_is_read(place: Place) -> None:
    """An old locale whose encoding of file names has no ñ; the cure is named, and nothing is left behind."""
    command = "from sigasers.cli.core import run; run('siga')"
    arguments = [
        "exportar",
        "--dir",
        str(place.root),
        "--tipo",
        "diaria",
        "--base",
        str(place.base),
        "--ue",
        "1287",
    ]
    ended = subprocess.run(
        [sys.executable, "-c", command, *arguments],
        capture_output=True, timeout=120, check=False,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert ended.returncode == 74
    assert b"Error SS-016" in ended.stderr
    assert b"PYTHONUTF8=1" in ended.stderr
    assert b"Metas" not in ended.stdout
    assert place.files() == []


def test_a_table_that_could_not_be_read_is_named_and_ends_with_1(
    place: Place, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package is made; the summary says what it lacks and why. Absent tables do not count."""
    monkeypatch.setattr(consola, "_width", 400)
    base = small_base(
        tmp_path / "mala.db", "UPDATE meta SET pia = 'mil' WHERE sec_func = 1 AND ano_eje = 2021"
    )
    assert export(place, "--base", str(base), "--ue", "1288") == 1
    shown = capfd.readouterr().out
    assert re.search(r"1 tabla no exportada; \d+ tablas que la base no tiene", shown)
    told = shown[shown.index("Año 2021: Una tabla no se exportó") :].splitlines()
    assert re.fullmatch(r"  meta \(Metas.*\): La tabla meta no se pudo leer .+pia.+", told[1])
    assert "mil" not in told[1].split()
    assert len(told) == 2
    (rar,) = place.out.glob("*.rar")
    assert str(rar) in shown
