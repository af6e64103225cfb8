"""What all commands share: the installation they work in, the guard around them, exit codes.

Exit codes: 0 done; 1 refused or not done; 2 wrong usage; 65 what came from outside is wrong; 70 a defect of
ours; 74 the environment is in the way; 130 stopped by the operator.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from sigasers.cli import espanol, technical_log
from sigasers.cli.avisos import consola_errores, show
from sigasers.errors import OwnError, SigasersError
from sigasers.host.installation import find_installation

F = TypeVar("F", bound=Callable[..., Any])
EXIT_STOPPED = 130
_MODULES = {"sigasers": "todo"}  # a module named as the package would hide it

consola = Console(highlight=False)


def con_instalacion(command: F) -> F:
    """Give a command the option ``--dir`` and pass it the ``Installation`` as ``instalacion``."""
    return click.option(
        "--dir",
        "instalacion",
        type=click.Path(file_okay=False, path_type=Path),
        callback=lambda _ctx, _param, value: technical_log.remember(find_installation(value)),
        metavar="CARPETA",
        help="Carpeta de la instalación (si falta: variable SIGASERS_DIR, o la carpeta usual del sistema).",
    )(command)


def is_terminal() -> bool:
    """Tell whether a person can type here; a service, or a closed input, has no standard input at all."""
    return sys.stdin is not None and sys.stdin.isatty()


def typed_line(most: int) -> str:
    """Give one line of standard input without its end, at most ``most`` characters; none: empty."""
    return sys.stdin.readline(most).rstrip("\r\n") if sys.stdin is not None else ""


def confirm(question: str, *, default: bool) -> bool:
    """Ask for yes or no, in Spanish (click's own question takes ``y``); Enter gives ``default``."""
    answers = {"s": True, "si": True, "sí": True, "n": False, "no": False, "": default}

    def read(text: str) -> bool:
        if text.strip().lower() not in answers:
            raise click.UsageError("escriba s (sí) o n (no)")
        return answers[text.strip().lower()]

    shown = f"{question} [{'S/n' if default else 's/N'}]"
    return bool(click.prompt(shown, default="", show_default=False, value_proc=read))


@contextmanager
def ends_on_term() -> Iterator[None]:
    """Let SIGTERM, with which a system stops a task, end the block as Ctrl-C does: cleaned up and recorded."""
    import signal

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def run(program: str) -> None:
    """Run the command ``program`` with the process's arguments and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # another encoding loses a sign, never the program
    module = f"sigasers.cli.{_MODULES.get(program, program)}"
    sys.exit(_guarded(program, lambda: import_module(module).grupo, None))


def run_with(group: click.Command, arguments: list[str] | None) -> int:
    """Run ``group`` with ``arguments`` (default: the process's) and give the exit code; shows every error."""
    return _guarded(group.name or "sigasers", lambda: group, arguments)


def _guarded(program: str, find: Callable[[], click.Command], arguments: list[str] | None) -> int:
    """Run the command that ``find`` gives; every way out becomes an exit code and a Spanish sentence."""
    espanol.speak()
    try:
        group = espanol.dress(find(), program)
        result = group.main(arguments, prog_name=program, standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        consola_errores.print("Detenido por el operador.")
        return EXIT_STOPPED
    except SigasersError as error:
        return show(error, program)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a defect of ours, told in a sentence
        own = _damage(error) or OwnError(type(error).__name__)
        own.__cause__ = error
        return show(own, program)
    return result if isinstance(result, int) else 0


def _damage(error: Exception) -> SigasersError | None:
    """Give the error for a damaged database of our state, which was met where no transaction tells it; else nothing."""
    import sqlite3

    from sigasers import durable
    from sigasers.errors.disk import DatabaseDamagedError

    if not isinstance(error, sqlite3.Error):
        return None
    told = durable.database_error(error, "base de estado")
    return told if isinstance(told, DatabaseDamagedError) else None
