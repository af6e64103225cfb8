"""``siga tarea`` as its operator meets it, on a Windows and on a Linux whose schedulers are simulators."""

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sigasers.cli import siga_tarea
from sigasers.host.tasks import Kind
from sigasers.host.tasks.windows_xml import render
from tests.host.tasks.one_task import make_spec
from tests.task.one_installation import Installed, OneMachine

NAME = "MEF_SIGA_TRANSMISION"
Maker = Callable[..., Installed]
Output = pytest.CaptureFixture[str]


def put_foreign(machine: OneMachine, tmp_path: Path, name: str = NAME) -> str:
    """Another program's task, as the present SIGA's; give its definition as it is read back."""
    scheduler = machine.usual()
    spec = make_spec(tmp_path / "otro", "C:\\SIGA\\transmision.exe", name=name)
    scheduler.install(spec)
    if scheduler.kind is Kind.SCHTASKS:
        kept = machine.windows.tasks[f"\\SIGA\\{name}"]
        kept.xml = kept.xml.replace(str(spec.mark), "SIGA MEF")
    else:
        for path in (machine.root / "units").glob("*"):
            if name.lower().replace("_", "-") == path.stem:
                path.write_text(
                    path.read_text(encoding="utf-8").replace(str(spec.mark), "x"), encoding="utf-8"
                )
    return next(task.raw for task in machine.usual().tasks() if task.name == name and task.mark is None)


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Someone sits at the terminal and types ``text``."""
    monkeypatch.setattr(siga_tarea, "is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.mark.parametrize("line", ["ruta_transmision", "ruta_instalacion_sers"])
def test_no_task_before_both_routes_are_saved(install: Maker, capsys: Output, line: str) -> None:
    """The guide's order: first the routes of Parámetros por Ejecutora, then the task."""
    one = install()
    path = one.root / "siga" / "siga.toml"
    kept = [text for text in path.read_text(encoding="utf-8").splitlines() if not text.startswith(line)]
    path.write_text("\n".join(kept), encoding="utf-8")
    assert one.run("generar", "--si") == 74
    shown = capsys.readouterr().err
    assert "SIGA-090" in shown
    assert "siga parametros fijar" in shown
    assert one.names() == []


def test_a_task_is_generated_read_back_and_tried(install: Maker, capsys: Output) -> None:
    """The notice is what the trial found, run as the task's account."""
    one = install("uno", "unidad = 1288")
    assert one.run("generar", "--si") == 0
    shown = capsys.readouterr().out
    assert f"Se generó la tarea «{NAME}»." in shown
    assert "Prueba con la cuenta servicio en SERVIDOR:" in shown
    assert "bien  Base de datos. Se pudo leer con su contraseña" in shown
    assert one.names() == [NAME]
    assert list((one.root / "siga").glob("ensayo-*")) == []


def test_a_trial_that_fails_is_told_with_its_code(
    install: Maker, machine: OneMachine, capsys: Output
) -> None:
    """The task stays, the exit code is 1, and each step says what to do. This is what fails at night."""
    step = {
        "nombre": "Base de datos",
        "resultado": "error",
        "codigo": "SIGA-033",
        "texto": "Guarde la [bold]clave\x1b[31m",
    }
    machine.answer([step])
    one = install()
    assert one.run("generar", "--si") == 1
    shown = capsys.readouterr().out
    assert "ERROR Base de datos. SIGA-033: Guarde la [bold]clave?[31m" in shown
    assert "siga tarea probar" in shown
    assert one.names() == [NAME]
    machine.answer([])
    assert one.run("probar") == 1


@pytest.mark.parametrize(
    "text", ["{}", "[", '{"v": 2, "cuenta": "", "equipo": "", "pasos": []}', " " * 70_000]
)
def test_a_result_that_is_none_is_an_error_of_its_own(
    install: Maker, machine: OneMachine, capsys: Output, text: str
) -> None:
    """Another version of the program, or something in its place."""
    one = install()
    (machine.root / "respuesta.json").write_text(text, encoding="utf-8")
    assert one.run("generar", "--si") == 65
    assert "SIGA-094" in capsys.readouterr().err


def test_nothing_is_changed_where_nobody_can_be_asked(install: Maker, capsys: Output) -> None:
    """A question without a person is a refusal; the order that would do it is given."""
    one = install()
    assert one.run("generar") == 2
    assert "siga tarea generar --si" in capsys.readouterr().err
    assert one.names() == []


@pytest.mark.parametrize(("typed", "code", "names"), [("s\n", 0, [NAME]), ("n\n", 1, []), ("\n", 1, [])])
def test_the_question_is_answered_with_s_or_n(
    install: Maker, monkeypatch: pytest.MonkeyPatch, typed: str, code: int, names: list[str]
) -> None:
    """Enter alone changes nothing."""
    one = install()
    answer(monkeypatch, typed)
    assert one.run("generar") == code
    assert one.names() == names


def test_the_same_task_is_generated_again(install: Maker, machine: OneMachine, capsys: Output) -> None:
    """After Python was moved: ``ver`` names what differs, ``generar`` puts it right, and one task is there."""
    one = install("uno", "unidad = 1288")
    one.run("generar", "--si")
    assert one.run("ver") == 0
    assert "Es igual a la que se generaría ahora." in capsys.readouterr().out
    moved = machine.root / "otro python"
    machine.python.rename(moved)
    sys.modules["sigasers.siga.task.plan"].sys.executable = str(moved)
    assert one.run("ver") == 1
    assert "el programa" in capsys.readouterr().out
    assert one.run("generar", "--si") == 0
    assert "Se reemplazará la tarea de este programa" in capsys.readouterr().out
    assert (one.run("ver"), one.names()) == (0, [NAME])


def test_a_foreign_task_of_the_name_is_kept(
    install: Maker, machine: OneMachine, tmp_path: Path, capsys: Output
) -> None:
    """The present SIGA's: without a unit in the settings it is an error, with one ours takes a suffix; both stand."""
    put_foreign(machine, tmp_path)
    assert install("uno").run("generar", "--si") == 74
    assert "SIGA-091" in capsys.readouterr().err
    one = install("uno", "unidad = 1288")
    assert one.run("generar", "--si") == 0
    assert one.names() == [NAME, f"{NAME}_1288"]
    shown = capsys.readouterr().out
    assert "Se conservará la tarea de otro programa: «MEF_SIGA_TRANSMISION»" in shown
    assert one.run("ver") == 0
    assert "Al lado hay una tarea de otro programa" in capsys.readouterr().out


def test_a_foreign_task_is_replaced_by_choice_and_comes_back(
    install: Maker, machine: OneMachine, tmp_path: Path, capsys: Output
) -> None:
    """Its definition is kept before it goes, also when ours is generated twice; ``quitar`` puts the same back."""
    before = put_foreign(machine, tmp_path)
    one = install("uno", "unidad = 1288")
    assert one.run("generar", "--si", "--reemplazar-ajena") == 0
    assert "OTRO PROGRAMA" in capsys.readouterr().out
    assert one.names() == [NAME]
    assert one.run("generar", "--si") == 0
    assert one.run("quitar", "--si", "--devolver-anterior") == 0
    (after,) = machine.usual().tasks()
    assert (after.mark, after.raw) == (None, before)


@pytest.mark.parametrize(("typed", "comes_back"), [("s\ns\n", True), ("s\nn\n", False)])
def test_the_way_back_is_offered(
    install: Maker,
    machine: OneMachine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    *,
    comes_back: bool,
) -> None:
    """A question of its own."""
    put_foreign(machine, tmp_path)
    one = install()
    one.run("generar", "--si", "--reemplazar-ajena")
    answer(monkeypatch, typed)
    assert one.run("quitar") == 0
    assert one.names() == ([NAME] if comes_back else [])


def test_a_definition_that_was_changed_is_never_put_back(
    install: Maker, machine: OneMachine, tmp_path: Path, capsys: Output
) -> None:
    """Whoever can write in the folder cannot have an administrator install a task of theirs."""
    put_foreign(machine, tmp_path)
    one = install()
    one.run("generar", "--si", "--reemplazar-ajena")
    (kept,) = (one.root / "siga" / "tareas_anteriores").iterdir()
    kept.write_bytes(kept.read_bytes() + b" ")
    assert one.run("quitar", "--si", "--devolver-anterior") == 65
    assert "SIGA-095" in capsys.readouterr().err
    assert one.names() == [NAME]
    assert machine.usual().tasks()[0].mark is not None


def test_units_of_one_machine_have_a_task_each(install: Maker) -> None:
    """The plain name is the first one's; removing one leaves the other."""
    first, second = install("uno", "unidad = 1288"), install("dos", "unidad = 1300")
    assert first.run("generar", "--si") == 0
    assert second.run("generar", "--si") == 0
    assert first.names() == [NAME, f"{NAME}_1300"]
    assert first.run("ver") == second.run("ver") == 0
    assert first.run("quitar", "--si") == 0
    assert second.names() == [f"{NAME}_1300"]


def test_an_earlier_task_of_the_unit_goes(install: Maker, capsys: Output) -> None:
    """A unit that is installed anew elsewhere is not sent twice."""
    old, other, new = (
        install("uno", "unidad = 1288"),
        install("dos", "unidad = 1300"),
        install("tres", "unidad = 1300"),
    )
    for one in (old, other):
        one.run("generar", "--si")
    old.run("quitar", "--si")
    capsys.readouterr()
    assert new.run("generar", "--si") == 0
    assert "Se quitará la tarea anterior de esta unidad en" in capsys.readouterr().out
    assert new.names() == [NAME]


def test_a_task_follows_to_another_scheduler(install: Maker, machine: OneMachine, capsys: Output) -> None:
    """From systemd to cron: the timer goes after the crontab has the task, and the choice is remembered."""
    one = install("uno", "unidad = 1288")
    one.run("generar", "--si")
    if machine.platform == "win32":
        assert one.run("generar", "--si", "--con", "cron") == 74
        assert "SS-041" in capsys.readouterr().err
        return
    assert one.run("generar", "--si", "--con", "cron") == 0
    assert machine.usual().tasks() == ()
    assert [task.name for task in machine.scheduler(Kind.CRON).tasks()] == [NAME]
    assert one.run("ver") == one.run("generar", "--si") == one.run("quitar", "--si") == 0
    assert machine.scheduler(Kind.CRON).tasks() == ()


@pytest.mark.parametrize("order", ["ver", "probar", "quitar"])
def test_orders_without_a_task_say_how_to_make_one(install: Maker, capsys: Output, order: str) -> None:
    """Nothing was generated yet."""
    assert install().run(order) == 74
    shown = capsys.readouterr().err
    assert "SIGA-093" in shown
    assert "siga tarea generar" in shown


def test_a_person_or_the_system_is_no_account_for_the_task(
    install: Maker, machine: OneMachine, capsys: Output
) -> None:
    """On Windows by name; on Linux only root may name one at all."""
    expected = "SS-043" if machine.platform == "win32" else "SS-045"
    for account in ("SYSTEM", "DOMINIO\\jperez", "jperez"):
        assert install().run("generar", "--si", "--cuenta", account) == 74
        assert expected in capsys.readouterr().err


def test_a_foreign_task_of_a_person_comes_back_by_an_order(
    install: Maker, tmp_path: Path, capsys: Output
) -> None:
    """Windows wants the password of that account: the order that asks for it is given, ours is removed."""
    one = install()
    if one.machine.platform != "win32":
        pytest.skip("only Windows keeps tasks with a password")
    put_foreign(one.machine, tmp_path)
    kept = one.machine.windows.tasks[f"\\SIGA\\{NAME}"]
    person = "<UserId>PC\\jperez</UserId><LogonType>Password</LogonType>"
    kept.xml = kept.xml.replace("<UserId>S-1-5-19</UserId>", person)
    one.run("generar", "--si", "--reemplazar-ajena")
    capsys.readouterr()
    assert one.run("quitar", "--si", "--devolver-anterior") == 0
    shown = capsys.readouterr().out
    assert f'/tn "\\SIGA\\{NAME}" /ru "PC\\jperez" /rp *' in shown
    assert one.names() == []


def test_windows_refuses_without_an_administrator(
    install: Maker, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """Access denied, in whatever language, becomes our sentence."""
    one = install()
    if one.machine.platform != "win32":
        pytest.skip("Windows alone")
    one.machine.windows.is_administrator = False
    monkeypatch.setattr("sigasers.host.tasks.windows.is_administrator", lambda: False)
    assert one.run("generar", "--si") == 74
    assert "SS-045" in capsys.readouterr().err


def test_the_way_back_survives_any_definition(tmp_path: Path) -> None:
    """The mark holds the digest, whatever else changes."""
    spec = make_spec(tmp_path)
    spec = replace(spec, mark=replace(spec.mark, anterior="ab" * 32))
    assert "ab" * 32 in render(spec, "S-1-5-19")
