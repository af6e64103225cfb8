"""``siga validar`` and the question of ``siga exportar``, as an operator sees them."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.siga.history import FILE_NAME as HISTORY
from tests.export.place import DIARIA, PASSWORD, Place
from tests.rules.alterations import ALTERATIONS

Lean = Callable[..., Place]
Shown = pytest.CaptureFixture[str]
# Two grave findings and one light, in another order than they are shown.
BAD = (*ALTERATIONS["VAL-55"], *ALTERATIONS["VAL-21"], *ALTERATIONS["VAL-40"])


def siga(place: Place, *arguments: str) -> int:
    return run_with(grupo, [*arguments, "--dir", str(place.root)])


def base(place: Place) -> tuple[str, ...]:
    return "--base", str(place.base), "--ue", "1288"


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_base_without_grave_findings_ends_with_0(lean: Lean, capfd: Shown) -> None:
    """Both years; each with its figures."""
    place = lean()
    assert siga(place, "validar", *base(place)) == 0
    shown = capfd.readouterr().out
    assert "Validación · año 2021 (año del sistema)" in shown
    assert "Validación · año 2022 (año de programación)" in shown
    assert shown.count("Sin hallazgos graves.") == 2
    assert re.search(
        r"Reglas 1\.\d+: 47 aplicadas, 2 sin los datos que necesitan \(VAL-72, VAL-73\)\.", shown
    )


def test_findings_are_shown_by_weight_within_80_columns_and_end_with_1(
    lean: Lean, capfd: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Grave ones first; sentence, where to look, how many rows."""
    monkeypatch.setenv("COLUMNS", "80")
    place = lean(*BAD)
    assert siga(place, "validar", "--tipo", "diaria", *base(place)) == 1
    shown = capfd.readouterr().out
    table = shown[shown.index("Nivel") :].splitlines()
    assert max(map(len, table)) <= 80
    assert re.findall(r"VAL-\d\d", shown)[:3] == ["VAL-21", "VAL-40", "VAL-55"]
    assert re.search(r"^Rechazo +VAL-21 +En \d+ de 305 órdenes .* \d+$", shown, re.MULTILINE)
    assert "SIG_CENTRO_COSTO · CENTRO_PADRE · fila 4" in shown
    assert "Para corregir antes de enviar: 2 hallazgos graves y 1 observación." in shown


def test_validating_a_base_leaves_nothing_and_needs_no_key(lean: Lean) -> None:
    """Before registration too: no folder of transmission, no key, no history; only the lock of the exporter."""
    place = lean()
    (place.siga / "clave-fija.txt").unlink()
    place.out.rmdir()
    assert siga(place, "validar", *base(place)) == 0
    assert files_below(place.root) == {"siga/exportar.lock"}
    assert not list(place.siga.glob(".validar-*"))


def test_what_a_killed_validation_left_goes_with_the_next(lean: Lean) -> None:
    """Its ciphertexts have a key that nobody kept."""
    place = lean()
    left = place.siga / ".validar-viejo"
    left.mkdir()
    (left / "meta.part").write_bytes(b"x")
    assert siga(place, "validar", "--tipo", "diaria", *base(place)) == 0
    assert not left.exists()


def test_a_package_is_validated_with_what_the_history_knows(lean: Lean, capfd: Shown) -> None:
    """The rows of the package before it; options that only a base has are refused."""
    place = lean(*BAD)
    (package,) = place.export(DIARIA)
    command = ("validar", str(package.rar), "--clave-por-entrada")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", _Lines(PASSWORD))
        assert siga(place, *command) == 1
        shown = capfd.readouterr().out
        assert "2 hallazgos graves" in shown
        assert "VAL-72" in shown  # left out: no package before it
    assert siga(place, *command, "--anio", "2021") == 2
    assert "no lleva --tipo" in capfd.readouterr().err


def test_a_package_that_is_not_whole_is_told_and_not_judged(lean: Lean, capfd: Shown) -> None:
    """As ``siga verificar`` tells it; rules over damaged tables would mislead."""
    place = lean()
    (package,) = place.export(DIARIA)
    data = bytearray(package.rar.read_bytes())
    data[len(data) // 2] ^= 1
    package.rar.write_bytes(data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", _Lines(PASSWORD))
        assert siga(place, "validar", str(package.rar), "--clave-por-entrada") == 1
    shown = capfd.readouterr().out
    assert "No está íntegro" in shown
    assert "Validación" not in shown


def test_without_a_terminal_an_export_is_not_asked_about(lean: Lean, capfd: Shown) -> None:
    """A scheduled task that runs the manual order does not hang: it sends, and says that it does."""
    place = lean(*BAD)
    assert siga(place, "exportar", "--tipo", "diaria", *base(place)) == 0
    shown = capfd.readouterr().out
    assert "2 hallazgos graves y 1 observación" in shown
    assert "Se continúa" in shown
    assert len(place.files()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")
@pytest.mark.parametrize(
    ("answer", "more", "code", "files"),
    [
        ("", (), 1, 0),
        ("n", (), 1, 0),
        ("y\nno", (), 1, 0),
        ("S", (), 0, 2),
        ("sí", (), 0, 2),
        (None, ("--si",), 0, 2),
    ],
)
def test_on_a_terminal_grave_findings_are_asked_about(
    lean: Lean, answer: str | None, more: tuple[str, ...], code: int, files: int
) -> None:
    """No is the default; ``--si`` answers beforehand; a refusal leaves nothing half-made."""
    place = lean(*BAD)
    command = ["exportar", "--dir", str(place.root), "--tipo", "diaria", *base(place), *more]
    found, shown = on_terminal(command, answer)
    assert found == code, shown
    assert ("¿Generar el paquete" in shown) is (answer is not None)
    assert ("SIGA-040" in shown) is (code == 1)
    assert len(place.files()) == files
    assert place.half_made() == []


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")
def test_on_a_terminal_observations_alone_are_not_asked_about(lean: Lean) -> None:
    """They are shown, and the package is made."""
    place = lean(*ALTERATIONS["VAL-55"])
    code, shown = on_terminal(["exportar", "--dir", str(place.root), "--tipo", "diaria", *base(place)], None)
    assert code == 0
    assert "VAL-55" in shown
    assert "¿Generar" not in shown
    assert (place.siga / HISTORY).exists()


def on_terminal(command: list[str], answer: str | None) -> tuple[int, str]:
    """Run ``siga`` on a pseudo-terminal of 80 columns; ``answer`` is typed when it asks."""
    master, slave = os.openpty()
    environment = {**os.environ, "COLUMNS": "80", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    code = "from sigasers.cli import siga; siga()"
    with subprocess.Popen(
        [sys.executable, "-c", code, *command], stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as process:
        os.close(slave)
        shown, typed, deadline = b"", answer is None, time.monotonic() + 120
        while time.monotonic() < deadline and (piece := _read(master)):
            shown += piece
            if not typed and b"[s/N]" in shown:
                os.write(master, f"{answer}\n".encode())
                typed = True
        os.close(master)
        return process.wait(timeout=60), shown.decode("utf-8", "replace")


def _read(master: int) -> bytes:
    """Give what comes next, nothing at the end."""
    select.select([master], [], [], 60)
    try:
        return os.read(master, 65_536)
    except OSError:  # Linux ends a pseudo-terminal so
        return b""


class _Lines:
    """Standard input that is no terminal and holds one line."""

    def __init__(self, line: str) -> None:
        self._line = line

    def isatty(self) -> bool:
        return False

    def readline(self, size: int = -1) -> str:
        return self._line + "\n"
