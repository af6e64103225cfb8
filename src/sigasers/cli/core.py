"""What all commands share: the Spanish catalogue of click, the installation, errors shown, exit codes.

Exit codes: 0 done; 1 refused or not done; 2 wrong usage; 65 what came from outside is wrong; 70 a defect of
ours; 74 the environment is in the way; 130 stopped by the operator.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from sigasers import mensajes
from sigasers.errors import OwnError, SigasersError
from sigasers.host.installation import find_installation

F = TypeVar("F", bound=Callable[..., Any])
EXIT_STOPPED = 130

consola = Console(highlight=False)
consola_errores = Console(stderr=True, highlight=False)


def con_instalacion(command: F) -> F:
    """Give a command the option ``--dir`` and pass it the ``Installation`` as ``instalacion``."""
    return click.option(
        "--dir",
        "instalacion",
        type=click.Path(file_okay=False, path_type=Path),
        callback=lambda _ctx, _param, value: find_installation(value),
        metavar="CARPETA",
        help="Carpeta de la instalación (si falta: variable SIGASERS_DIR, o la carpeta usual del sistema).",
    )(command)


def run(group: click.Command) -> None:
    """Run ``group`` with the process's arguments and end the process with its exit code."""
    sys.exit(run_with(group, None))


def run_with(group: click.Command, arguments: list[str] | None) -> int:
    """Run ``group`` with ``arguments`` (default: the process's) and give the exit code; shows every error."""
    try:
        result = group.main(arguments, standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        consola_errores.print("Detenido por el operador.")
        return EXIT_STOPPED
    except SigasersError as error:
        return show(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a defect of ours, told without a traceback
        return show(OwnError(f"{type(error).__name__}: {error}"))
    return result if isinstance(result, int) else 0


def show(error: SigasersError) -> int:
    """Print the operator's sentence of ``error`` and give its exit code."""
    parts = mensajes.sentence(error.code, error.fields)
    consola_errores.print(f"[bold red]Error {error.code}[/]: ", end="")
    for line in (parts.que, parts.porque, parts.haga):
        consola_errores.print(line, markup=False)
    return error.exit_code
