"""``siga parametros fijar`` at a terminal: one question after the other, what holds offered, the huella compared."""

import os
import sys
from pathlib import Path

import pytest

from tests.export.place import small_base
from tests.parameters.unit_place import Unit, registered

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")


def transcript(unit: Unit, *turns: tuple[str, str], options: tuple[str, ...] = ()) -> tuple[int, str]:
    """Answer each question that the terminal shows; gives the exit code and all that was shown."""
    import pty

    terminal, own = pty.openpty()
    with unit.started("fijar", *options, stdin=own, stdout=own, stderr=own, start_new_session=True) as child:
        os.close(own)
        shown = ""
        for question, answer in turns:
            shown += read_until(terminal, question)
            os.write(terminal, f"{answer}\n".encode())
        shown += read_until(terminal, None)
    os.close(terminal)
    return child.returncode, shown.replace("\r\n", "\n")


def read_until(terminal: int, wanted: str | None) -> str:
    """Read what the terminal shows until ``wanted`` stands in it, or its end."""
    shown = b""
    while wanted is None or wanted.encode() not in shown:
        try:
            data = os.read(terminal, 4096)
        except OSError:  # Linux says EIO when the other side is closed
            break
        if not data:
            break
        shown += data
    text = shown.decode("utf-8", "replace")
    assert wanted is None or wanted in text, text
    return text


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    made, _ = registered(tmp_path / "inst")
    made.write(f"base = '{small_base(tmp_path / 'base.db')}' # la nuestra\nanio_sistema = 2021\n")
    return made


def test_asks_for_everything_and_offers_the_right_outbox(unit: Unit) -> None:
    """From a wrong path to a confirmed centre; the units of the base are listed, and a dash takes a year away."""
    code, shown = transcript(
        unit,
        ("Ruta de Transmisión", str(unit.root)),
        ("Ruta de Instalación SERS", ""),
        ("Unidad ejecutora", "1288"),
        ("Año del sistema", "-"),
        ("Año de programación", ""),
        ("también el año anterior", "02-28"),
        ("Zona horaria", ""),
        (f"¿Usar «{unit.out}»? [S/n]", "s"),
        ("[s/N]", "s"),
    )
    assert code == 0, shown
    assert f"[{unit.out}]" in shown  # the present value is what Enter keeps
    assert "\n  1287  CAÑETE" in shown
    assert "SIGA-084" not in shown
    assert unit.written == {
        "base": str(unit.root.parent / "base.db"),
        "ruta_transmision": str(unit.out),
        "ruta_instalacion_sers": str(unit.sers),  # the usual one, accepted: it is saved as well
        "unidad": 1288,
        "cierre_anio_anterior": "02-28",
    }
    assert "# la nuestra\n" in unit.toml.read_text(encoding="utf-8")
    assert unit.pin.exists()


@pytest.mark.parametrize("answer", ["n", ""])
def test_a_huella_that_is_not_the_same_is_not_believed(unit: Unit, answer: str) -> None:
    """Enter is no: a person who did not look has not compared."""
    before = unit.files()
    code, shown = transcript(unit, ("[s/N]", answer), options=("--ruta-sers", str(unit.sers), "--sin-base"))
    assert code == 74
    assert "SIGA-087" in shown
    assert unit.files() == before


def test_the_offer_may_be_turned_down(unit: Unit) -> None:
    """Then it is the error that it would have been, and nothing is written."""
    before = unit.files()
    options = ("--ruta-transmision", str(unit.root), "--sin-base")
    code, shown = transcript(unit, ("[S/n]", "n"), options=options)
    assert code == 74
    assert "SIGA-084" in shown
    assert unit.files() == before


def test_a_second_round_of_enters_changes_nothing(unit: Unit) -> None:
    """All is checked again, and said to be as it was."""
    both = ("--ruta-sers", str(unit.sers), "--ruta-transmision", str(unit.out))
    assert unit.run("fijar", "--ue", "1288", *both, "--si") == 0
    before = unit.toml.read_bytes()
    code, shown = transcript(unit, *((question, "") for question in (
        "Ruta de Transmisión", "Ruta de Instalación SERS", "Unidad ejecutora", "Año del sistema",
        "Año de programación", "también el año anterior", "Zona horaria",
    )))  # fmt: skip
    assert code == 0, shown
    assert "no había nada que cambiar" in shown
    assert "ya confirmada" in shown
    assert unit.toml.read_bytes() == before
