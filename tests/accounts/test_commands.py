"""``siga usuarios``, ``siga sesion`` and ``siga auditoria`` as an operator meets them."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sigasers.host.accounts import path_in
from sigasers.host.accounts.lockout import FREE_FAILURES
from sigasers.host.audit import FILE_NAME, head
from tests.accounts.desk import LUZ, PASSWORD, Desk

NEW = "otra frase bastante larga"
Shown = pytest.CaptureFixture[str]
on_terminal = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk.ready(tmp_path, monkeypatch)


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """Ana, administrator, with an open session."""
    desk.begin()
    assert desk.enter() == 0
    return desk


def test_before_there_are_users_orders_run_and_are_recorded(desk: Desk) -> None:
    """The account of the operating system stands in the audit; nothing is asked."""
    assert desk.siga("seudonimos", "crear") == 0
    made = desk.act("seudonimos.creada")
    assert made.quien is None
    assert made.cuenta
    assert made.datos["antes"] is None
    assert desk.act("orden.empezada").datos == {"orden": "siga seudonimos crear", "permiso": "parametros"}


def test_the_first_administrator_closes_the_door(desk: Desk, capfd: Shown) -> None:
    """From then on an order that changes something needs a user; reading orders do not."""
    desk.begin()
    assert desk.siga("seudonimos", "crear") == 1
    assert "Error SS-053" in capfd.readouterr().err
    assert not (desk.root / "siga" / "llaves").exists()
    assert desk.siga("seudonimos", "estado") == 0
    assert desk.siga("usuarios", "iniciar", "--usuario", "otro", "--nombre", "Otro", lines=[PASSWORD]) == 1
    assert "SS-055" in capfd.readouterr().err


def test_a_session_opens_orders_until_it_is_closed(staffed: Desk, capfd: Shown) -> None:
    """And the audit names the user."""
    assert staffed.siga("sesion", "ver") == 0
    assert "Usuario: ana (Ana Quispe)" in capfd.readouterr().out
    assert staffed.siga("seudonimos", "crear") == 0
    assert staffed.act("seudonimos.creada").quien == "ana"
    assert staffed.siga("usuarios", "listar") == 0
    assert "seudonimos" in capfd.readouterr().out  # what Ana answers for
    assert staffed.siga("sesion", "cerrar") == 0
    assert staffed.siga("sesion", "cerrar") == 0
    assert staffed.siga("sesion", "ver") == 1
    assert staffed.siga("seudonimos", "crear", "--otra") == 1
    assert "SS-053" in capfd.readouterr().err


@on_terminal
def test_without_the_permission_nothing_is_done_and_it_is_recorded(staffed: Desk, capfd: Shown) -> None:
    """The sentence names user and permission."""
    staffed.hire("luz", LUZ, "operador")
    assert staffed.enter("luz", LUZ) == 0
    for command in (("seudonimos", "crear"), ("usuarios", "listar"), ("auditoria", "ver")):
        assert staffed.siga(*command) == 1
    shown = capfd.readouterr().err
    assert "«luz» no tiene el permiso «parametros»" in shown
    denied = [each for each in staffed.acts() if each.hecho == "acceso.negado"]
    assert [(each.quien, each.datos["permiso"]) for each in denied] == [
        ("luz", "parametros"),
        ("luz", "usuarios"),
        ("luz", "auditoria"),
    ]
    assert staffed.siga("exportar", "--tipo", "diaria") != 1  # let through; there is no base to export
    assert staffed.act("orden.fallida").datos["orden"] == "siga exportar"


@on_terminal
def test_at_a_terminal_an_order_asks_for_user_and_password(staffed: Desk) -> None:
    """Twice wrong, then right; it opens no session. The password is not shown."""
    assert staffed.siga("sesion", "cerrar") == 0
    asked = [
        ("Usuario", "ana"),
        ("Clave", "no es"),
        ("Usuario", "nadie"),
        ("Clave", "no es"),
        ("Usuario", "ANA"),
    ]
    answers = _Several([*asked, ("Clave", PASSWORD)])
    code, shown = staffed.at_terminal("seudonimos", "crear", answers=answers)
    assert code == 0, shown
    assert PASSWORD not in shown
    failed = [each.datos["usuario"] for each in staffed.acts() if each.hecho == "acceso.fallido"]
    assert failed == ["ana", "(desconocido)"]
    assert staffed.act("seudonimos.creada").quien == "ana"
    assert staffed.siga("sesion", "ver") == 1


class _Several(dict[str, str]):
    """Answers of which questions repeat."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs
        super().__init__(pairs)

    def items(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return self._pairs


@on_terminal
def test_the_whole_first_day_at_a_terminal_at_full_cost(desk: Desk) -> None:
    """First administrator, a colleague, who must change the password at the first entry: with the real Argon2id."""
    code = "from sigasers.cli import siga; siga()"
    answers = {"Usuario": "ana", "apellidos": "Ana Quispe", "Clave nueva": PASSWORD, "Escríbala": PASSWORD}
    done, shown = desk.at_terminal("usuarios", "iniciar", answers=answers, code=code)
    assert done == 0, shown
    pairs = [
        ("Usuario", "ana"),
        ("Clave:", PASSWORD),
        ("apellidos", "Luz Huamán"),
        ("Clave nueva", LUZ),
        ("otra vez", LUZ),
    ]
    add = ("usuarios", "agregar", "luz", "--permiso", "operador")
    done, shown = desk.at_terminal(*add, answers=_Several(pairs), code=code)
    assert done == 0, shown
    pairs = [("Usuario", "luz"), ("Clave:", LUZ), ("Clave nueva", NEW), ("otra vez", NEW)]
    done, shown = desk.at_terminal("sesion", "iniciar", answers=_Several(pairs), code=code)
    assert done == 0, shown
    assert "debe cambiar su clave" in shown
    assert "Sesión abierta: luz (Luz Huamán)" in shown
    assert all(word not in shown for word in (PASSWORD, LUZ, NEW))


@on_terminal
def test_a_person_changes_the_own_password_with_the_old_one(staffed: Desk) -> None:
    """A session left open is not enough."""
    wrong = {"Clave actual": "no es esta", "Clave nueva": NEW, "otra vez": NEW}
    assert staffed.at_terminal("usuarios", "clave", answers=wrong)[0] == 1
    assert staffed.at_terminal("usuarios", "clave", answers={**wrong, "Clave actual": PASSWORD})[0] == 0
    assert staffed.act("usuarios.clave_propia").quien == "ana"
    assert staffed.siga("sesion", "ver") == 1
    assert staffed.enter("ana", NEW) == 0


@on_terminal
def test_the_hint_is_shown_once(desk: Desk) -> None:
    """An installation without users says so at a terminal, the first time alone."""
    shown = [desk.at_terminal("seudonimos", "crear", *more, answers={})[1] for more in ((), ("--otra",))]
    assert ["siga usuarios iniciar" in each for each in shown] == [True, False]


def test_locked_names_wait_and_an_administrator_ends_it(staffed: Desk, capfd: Shown) -> None:
    """Told with the minutes; the list shows it."""
    agregar = ("usuarios", "agregar", "luz", "--nombre", "Luz", "--desde-entrada")
    assert staffed.siga(*agregar, lines=[LUZ]) == 0
    for _ in range(FREE_FAILURES):
        assert staffed.enter("luz", "no es esta clave") == 1
    assert staffed.enter("luz", LUZ) == 1
    assert "bloqueado por 1 min" in capfd.readouterr().err
    assert staffed.siga("usuarios", "listar") == 0
    assert "bloqueada" in capfd.readouterr().out
    assert staffed.siga("usuarios", "desbloquear", "luz") == 0
    assert staffed.act("usuarios.desbloqueado").datos == {"usuario": "luz", "fallos": FREE_FAILURES}


def test_permissions_are_given_and_taken_with_before_and_after(staffed: Desk, capfd: Shown) -> None:
    """Roles stand for sets; an unknown one is refused by name."""
    agregar = ("usuarios", "agregar", "luz", "--nombre", "Luz", "--permiso", "operador", "--desde-entrada")
    assert staffed.siga(*agregar, lines=[LUZ]) == 0
    assert staffed.siga("usuarios", "permisos", "luz", "--dar", "auditor", "--quitar", "exportar") == 0
    assert staffed.act("usuarios.permisos").datos == {
        "usuario": "luz",
        "antes": "consulta, exportar",
        "despues": "auditoria, consulta",
    }
    assert staffed.siga("usuarios", "permisos", "luz", "--dar", "rey") == 1
    assert "«rey» no es permiso ni rol" in capfd.readouterr().err
    assert staffed.siga("usuarios", "permisos", "ana", "--quitar", "usuarios") == 1
    assert "ningún administrador" in capfd.readouterr().err


def test_who_leaves_hands_over(staffed: Desk, capfd: Shown) -> None:
    """Nothing is removed; what passed, and to whom, stands in the audit."""
    staffed.siga("seudonimos", "crear")
    agregar = ("usuarios", "agregar", "luz", "--nombre", "Luz", "--desde-entrada")
    assert staffed.siga(*agregar, lines=[LUZ]) == 0
    assert staffed.siga("usuarios", "desactivar", "ana", "--a-cargo-de", "luz") == 1
    assert staffed.siga("usuarios", "desactivar", "ana", "--a-cargo-de", "luz", "--con-permisos") == 0
    left = staffed.act("usuarios.desactivado")
    assert (left.quien, left.datos["usuario"], left.datos["a_cargo_de"]) == ("ana", "ana", "luz")
    assert left.datos["encargos"] == "seudonimos"
    assert staffed.siga("sesion", "ver") == 1
    assert staffed.enter() == 1
    assert "desactivado" in capfd.readouterr().err


def test_accounts_expire_and_come_back_by_order(staffed: Desk, capfd: Shown) -> None:
    """Expiry by choice; a closed account is opened again with another password."""
    agregar = ("usuarios", "agregar", "luz", "--nombre", "Luz", "--desde-entrada")
    assert staffed.siga(*agregar, lines=[LUZ]) == 0
    assert staffed.siga("usuarios", "vencimiento", "luz", "--dias", "90") == 0
    assert staffed.act("usuarios.vencimiento").datos == {"usuario": "luz", "antes": None, "despues": 90}
    assert staffed.siga("usuarios", "vencimiento", "luz") == 2
    assert staffed.siga("usuarios", "vencimiento", "luz", "--nunca") == 0
    assert staffed.siga("usuarios", "desactivar", "luz", "--a-cargo-de", "ana") == 0
    assert staffed.siga("usuarios", "reactivar", "luz", "--desde-entrada", lines=[NEW]) == 0
    assert staffed.siga("usuarios", "clave", "luz", "--desde-entrada", lines=[LUZ]) == 0
    capfd.readouterr()
    assert staffed.siga("usuarios", "listar") == 0
    assert "Estado: activa, debe cambiar su clave" in capfd.readouterr().out


def test_the_owner_of_the_machine_recovers_an_administrator_loudly(desk: Desk, capfd: Shown) -> None:
    """Nobody else; recorded before and after."""
    desk.begin()
    assert desk.siga("usuarios", "recuperar", "ana", "--desde-entrada", lines=[NEW]) == 0
    assert "anotada en la auditoría" in capfd.readouterr().out
    assert [each.hecho for each in desk.acts()][-2:] == [
        "usuarios.recuperacion_pedida",
        "usuarios.administrador_recuperado",
    ]
    assert desk.enter("ana", NEW) == 0


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="needs root to become another account"
)
def test_another_account_of_the_machine_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the owner: no recovery, no orders; a message, never a traceback."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders let no other account pass
        Path(name).chmod(0o755)
        desk = Desk.ready(Path(name), monkeypatch)
        desk.begin()
        _try_as_nobody(desk)


def _try_as_nobody(desk: Desk) -> None:
    (desk.root / "siga").chmod(0o755)
    code = (
        "import os, sys, sigasers.host.audit, sigasers.host.audit_check\n"
        "from sigasers.cli.core import run, run_with\nfrom sigasers.cli.siga import grupo\n"
        "for order in (['sesion', 'ver'], ['seudonimos', 'estado']):\n"  # reads the modules while it may
        "    run_with(grupo, [*order, *sys.argv[-2:]])\n"
        "print('OTRA CUENTA', file=sys.stderr)\nos.setgid(65534); os.setuid(65534)\nrun('siga')"
    )
    # Without the coverage of processes: that account may not write its figures where the tests lie.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environment = {**kept, "HOME": "/nonexistent"}
    commands = (
        ["usuarios", "recuperar", "ana"], ["seudonimos", "crear"], ["usuarios", "listar"], ["sesion", "ver"],
        ["auditoria", "ver"], ["usuarios", "iniciar", "--usuario", "eva", "--nombre", "Eva"],
    )  # fmt: skip
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-c", code, *command, "--dir", str(desk.root)],
            env=environment, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode in {1, 74}, (command, done.stderr)
        shown = done.stderr.partition("OTRA CUENTA")[2]
        assert re.search(r"Error SS-0(12|57)", shown), (command, shown)
        assert "Traceback" not in shown


def test_the_audit_is_shown_and_verified(staffed: Desk, capfd: Shown) -> None:
    """The head that it prints is the anchor that shows a file made anew."""
    staffed.siga("seudonimos", "crear")
    capfd.readouterr()
    assert staffed.siga("auditoria", "ver", "--ultimas", "3") == 0
    shown = capfd.readouterr().out.splitlines()
    assert len(shown) == 3
    assert "ana (" in shown[-1]
    assert "seudonimos.creada antes=- despues=" in shown[-1]
    assert staffed.siga("auditoria", "verificar") == 0
    told = capfd.readouterr().out
    assert f"{head(staffed.root / 'siga')}" in told
    anchor = re.search(r"\d+:[0-9a-f]{64}", told)
    assert anchor is not None
    path = staffed.root / "siga" / FILE_NAME
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    assert staffed.siga("auditoria", "verificar") == 0
    assert staffed.siga("auditoria", "verificar", "--ancla", anchor[0]) == 1
    assert "le cortaron el final" in capfd.readouterr().out
    assert staffed.siga("auditoria", "verificar", "--ancla", "hola") == 2
    path.write_bytes(b"".join(lines).replace(b'"ana"', b'"eva"', 1))
    assert staffed.siga("auditoria", "verificar") == 1
    assert "No está íntegra" in capfd.readouterr().out


def test_an_order_that_cannot_be_recorded_is_not_done(staffed: Desk, capfd: Shown) -> None:
    """A damaged audit file stops orders with its own sentence; put aside, the next file begins."""
    path = staffed.root / "siga" / FILE_NAME
    with path.open("ab") as file:
        file.write(b"una persona estuvo aqui\n")
    assert staffed.siga("seudonimos", "crear") == 74
    assert "Error SS-050" in capfd.readouterr().err
    assert not (staffed.root / "siga" / "llaves").exists()
    path.rename(path.with_name("auditoria-aparte.jsonl"))
    assert staffed.siga("seudonimos", "crear") == 0
    assert (
        staffed.siga("auditoria", "verificar", "--archivo", str(path.with_name("auditoria-aparte.jsonl")))
        == 1
    )


def test_hostile_names_break_neither_screen_nor_file(staffed: Desk, capfd: Shown) -> None:
    """Controls, markup, a megabyte, NUL, a password typed as the user."""
    for name in ("[red]x[/red]", "a\x1b[2Jb", "x" * 100_000, "nu\x00lo", PASSWORD):
        assert staffed.siga("usuarios", "permisos", name) == 1
        assert staffed.enter(name, "x" * 1_000_000) == 1
    shown = capfd.readouterr()
    assert "\x1b[2J" not in shown.out + shown.err
    assert PASSWORD.encode() not in (staffed.root / "siga" / FILE_NAME).read_bytes()
    nombre = ("--nombre", "Ana\x1b[31m[bold]")
    assert staffed.siga("usuarios", "agregar", "luz", *nombre, "--desde-entrada", lines=[LUZ]) == 1


def test_markup_in_a_file_of_others_is_shown_as_text(staffed: Desk, capfd: Shown) -> None:
    """A file that somebody brings to be looked at may hold anything."""
    path = staffed.root / "ajena.jsonl"
    line = json.loads((staffed.root / "siga" / FILE_NAME).read_bytes().splitlines()[0])
    line["datos"] = {"x": "[red]\x9b2J\u202e"}
    text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
    capfd.readouterr()
    assert staffed.siga("auditoria", "ver", "--archivo", str(path)) == 0
    assert "x=[red][U+009B]2J[U+202E]" in capfd.readouterr().out


def test_lost_accounts_stop_orders_until_the_owner_begins_anew(staffed: Desk, capfd: Shown) -> None:
    """And the audit says that they were lost."""
    for path in path_in(staffed.root / "siga").parent.iterdir():
        path.unlink()
    assert staffed.siga("seudonimos", "crear") == 74
    assert "SS-058" in capfd.readouterr().err
    staffed.begin()
    assert "usuarios.base_perdida" in [each.hecho for each in staffed.acts()]
    assert staffed.enter() == 0


def test_no_secret_reaches_audit_or_screen(staffed: Desk, capfd: Shown) -> None:
    """Passwords, hashes and the session's token stay where they belong."""
    agregar = ("usuarios", "agregar", "luz", "--nombre", "Luz", "--desde-entrada")
    assert staffed.siga(*agregar, lines=[LUZ]) == 0
    (token,) = (path.read_text(encoding="ascii") for path in (staffed.root / "conf").rglob("*.ficha"))
    written = (staffed.root / "siga" / FILE_NAME).read_text(encoding="utf-8")
    shown = capfd.readouterr()
    for secret in (PASSWORD, LUZ, token, "argon2"):
        assert secret not in written + shown.out + shown.err
