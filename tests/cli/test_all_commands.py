"""Every command of the program: its help and its usage errors are Spanish, its options follow the house rules."""

import importlib
import re

import click
import pytest

from sigasers.cli import espanol
from sigasers.cli.core import run_with
from tests.cli.test_click_in_spanish import english_in

PROGRAMS = {"siga": "siga", "sers": "sers", "centro": "centro", "sigasers": "todo"}
# Words of an English sentence that no Spanish one has; names of formats and folders are no sentence.
MORE_ENGLISH = re.compile(
    r"\b(and|of|for|from|this|that|folder|print|shows?|run|runs|give|gives|when|which|to)\b", re.IGNORECASE
)


def _group(program: str) -> click.Group:
    group = importlib.import_module(f"sigasers.cli.{PROGRAMS[program]}").grupo
    assert isinstance(group, click.Group)
    espanol.dress(group, program)
    return group


def _paths(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            found += _paths(child, (*path, name))
    return found


ALL = [(program, path) for program in ("siga", "sers", "centro") for path in _paths(_group(program))]
ALL += [("sigasers", ()), ("sigasers", ("demo",))]
IDS = [" ".join((program, *path)) for program, path in ALL]


def _command(program: str, path: tuple[str, ...]) -> click.Command:
    command: click.Command = _group(program)
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


@pytest.mark.parametrize(("program", "path"), ALL, ids=IDS)
def test_help_is_spanish(program: str, path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """What a person asks first; every option says what it is for."""
    assert run_with(_group(program), [*path, "--help"]) == 0
    text = capsys.readouterr().out
    assert f"Uso: {' '.join((program, *path))} " in text
    assert english_in(text) + MORE_ENGLISH.findall(re.sub(r"«[^»]*»|--?[\w-]+|\S*/\S*", " ", text)) == []


@pytest.mark.parametrize(("program", "path"), ALL, ids=IDS)
def test_every_command_and_option_explains_itself(program: str, path: tuple[str, ...]) -> None:
    """A sentence that starts with a capital and ends with a full stop."""
    command = _command(program, path)
    texts = [command.help or ""] + [
        param.help or "" for param in command.params if isinstance(param, click.Option)
    ]
    assert [
        text
        for text in texts
        if not re.match(r"[A-ZÁÉÍÓÚÑ¿«]", text) or not text.strip().endswith((".", "?"))
    ] == []


@pytest.mark.parametrize(("program", "path"), ALL, ids=IDS)
@pytest.mark.parametrize("wrong", [["--nada-igual"], ["--dir"], ["uno", "dos", "tres", "cuatro"]])
def test_wrong_use_is_told_in_spanish(
    program: str, path: tuple[str, ...], wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and nothing is done. Words are no wrong use of a command that takes any number of them."""
    if not wrong[0].startswith("-") and any(param.nargs == -1 for param in _command(program, path).params):
        return
    assert run_with(_group(program), [*path, *wrong]) == 2
    shown = capsys.readouterr()
    assert "Error: " in shown.err
    assert english_in(shown.err) == []


@pytest.mark.parametrize(("program", "path"), ALL, ids=IDS)
def test_a_command_that_lacks_something_says_what_in_spanish(
    program: str, path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """A group without a command, a command without what it requires."""
    command = _command(program, path)
    if not isinstance(command, click.Group) and not any(param.required for param in command.params):
        return
    assert run_with(_group(program), list(path)) == 2
    assert english_in(capsys.readouterr().err) == []


@pytest.mark.parametrize(("program", "path"), ALL, ids=IDS)
def test_every_command_that_works_takes_a_folder(program: str, path: tuple[str, ...]) -> None:
    """``--dir`` finds the installation, the same for all."""
    command = _command(program, path)
    if not isinstance(command, click.Group):
        assert any("--dir" in param.opts for param in command.params)


@pytest.mark.parametrize(("program", "path"), ALL, ids=IDS)
def test_no_secret_is_taken_as_an_option(program: str, path: tuple[str, ...]) -> None:
    """Whoever may list the machine's processes would read it."""
    secret = re.compile(r"clave|codigo|contras|password|token|secreto")
    options = [
        param
        for param in _command(program, path).params
        if isinstance(param, click.Option) and not param.is_flag
    ]
    assert [param.opts for param in options if any(secret.search(name) for name in param.opts)] == []
