"""The orders that ask who gives them: what they leave in the audit file, before and after."""

import sys
from pathlib import Path

import pytest

from sigasers.cli.acceso import con_permiso
from sigasers.host.audit import FILE_NAME
from sigasers.host.audit_check import verify
from tests.accounts.desk import PASSWORD, Desk
from tests.export.place import PASSWORD as FIXED
from tests.export.place import Place


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk.ready(tmp_path, monkeypatch)
    desk.begin()
    assert desk.enter() == 0
    return desk


def test_an_export_is_recorded_with_who_and_what(desk: Desk, base_chica: Path) -> None:
    """Type, year, file and its digest, under the user's name."""
    place = Place(root=desk.root, base=base_chica)
    place.out.mkdir(parents=True)
    place.fix_password()
    assert (
        desk.siga("exportar", "--tipo", "diaria", "--anio", "2021", "--base", str(base_chica), "--ue", "1288")
        == 0
    )
    done = desk.act("exportacion.hecha")
    (rar,) = place.out.glob("*.rar")
    assert done.quien == "ana"
    assert (done.datos["tipo"], done.datos["anio"], done.datos["archivo"]) == ("DIARIA", 2021, rar.name)
    path = desk.root / "siga" / FILE_NAME
    assert verify(path).broken is None
    # The package carries the head of then: a file made anew does not hold against it.
    command = ("auditoria", "verificar", "--paquete", str(rar), "--clave-por-entrada")
    assert desk.siga(*command, lines=[FIXED]) == 0
    path.unlink()
    desk.siga("seudonimos", "crear")
    assert desk.siga("auditoria", "verificar") == 0
    assert desk.siga(*command, lines=[FIXED]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")
def test_a_changed_base_is_recorded_before_and_after(desk: Desk, base_chica: Path) -> None:
    """What was not changed is left out, and who changed it answers for it."""
    for path in (base_chica, desk.root / "otra.db"):
        answers = {"Motor": "sqlite", "Archivo de la base": str(path)}
        desk.at_terminal("base", "configurar", answers=answers)
    first, second = [each for each in desk.acts() if each.hecho == "base.configurada"]
    assert first.datos == {"despues_motor": "sqlite", "despues_archivo": str(base_chica)}
    assert second.datos == {"antes_archivo": str(base_chica), "despues_archivo": str(desk.root / "otra.db")}
    assert second.quien == "ana"


def test_a_kept_password_is_recorded_without_the_password(desk: Desk) -> None:
    """Server and user alone; forgetting it too."""
    lines = [
        "[base]",
        "motor = 'postgresql'",
        "servidor = '127.0.0.1'",
        "puerto = 1",
        "nombre = 'x'",
        "usuario = 'lee'",
    ]
    (desk.root / "siga" / "siga.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    secret = "contraseña de la base 42"
    assert desk.siga("base", "clave", "--desde-entrada", lines=[secret]) == 0
    assert desk.act("base.clave_guardada").datos["usuario"] == "lee"
    assert desk.siga("base", "clave", "--borrar") == 0
    assert desk.act("base.clave_borrada").datos["habia"] is True
    written = (desk.root / "siga" / FILE_NAME).read_text(encoding="utf-8")
    assert secret not in written
    assert PASSWORD not in written


def test_a_permission_that_the_program_lacks_lets_nobody_through(desk: Desk) -> None:
    """A misspelt guard closes; it never opens."""
    import click

    from sigasers.cli.core import con_instalacion, run_with

    done: list[int] = []

    @click.command("prueba")
    @con_instalacion
    @con_permiso("exprotar")
    def prueba(instalacion: object) -> None:
        done.append(1)

    assert run_with(prueba, ["--dir", str(desk.root)]) == 1
    assert done == []
