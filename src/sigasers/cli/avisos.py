"""An error as the operator sees it: what happened, why, what to do. The rest goes to the technical log."""

import textwrap

from rich.console import Console

from sigasers import mensajes
from sigasers.cli import technical_log
from sigasers.errors import Fault, SigasersError

consola_errores = Console(stderr=True, highlight=False)
_MIN_WIDTH = 40


def show(error: SigasersError, program: str = "sigasers") -> int:
    """Print the operator's sentence of ``error``, write its detail to the log, and give its exit code."""
    sentence = mensajes.sentence(error.code, error.fields)
    log = technical_log.write(program, error)
    lines = [("Por qué: ", sentence.porque), ("Qué hacer: ", sentence.haga)]
    if log is not None and error.fault is not Fault.THEIRS:
        lines.append(("Detalle técnico: ", str(log)))
    consola_errores.print(f"[bold red]Error {error.code}:[/] ", end="")
    _say(sentence.que, first_indent=len(f"Error {error.code}: "), indent=2)
    for label, text in lines:
        consola_errores.print(f"  [bold]{label}[/]", end="")
        _say(text, first_indent=2 + len(label), indent=4)
    return error.exit_code


def _say(text: str, *, first_indent: int, indent: int) -> None:
    """Print ``text`` after what stands on the line; wrapped on a terminal, one line where a program reads it.

    Words are never cut, so that a path can be copied whole.
    """
    if consola_errores.is_terminal:
        wrapped = textwrap.fill(
            text,
            width=max(consola_errores.width - 1, _MIN_WIDTH),
            initial_indent=" " * first_indent,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        text = wrapped[first_indent:]
    consola_errores.print(text, markup=False, soft_wrap=True)
