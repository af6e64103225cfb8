"""How a password is typed: hidden, at a terminal alone, never as an argument."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigasers.host.installation import Installation
    from sigasers.siga.passwords import Passwords
    from sigasers.siga.sources.server import Server

_MAX_LINE = 4096


def is_terminal() -> bool:
    """Tell whether a person can type here; a service may have no standard input at all."""
    return sys.stdin is not None and sys.stdin.isatty()


def passwords_of(instalacion: Installation) -> Passwords:
    """Give the installation's passwords; asked for only where a person can type."""
    from sigasers.siga.passwords import passwords

    return passwords(instalacion.siga, ask=_asker())


def _asker() -> Callable[[Server], str] | None:
    return _ask if is_terminal() else None


def _ask(server: Server) -> str:
    from sigasers.siga.probing.steps import printable

    who = printable(f"Contraseña de {server.usuario} en {server.nombre}")
    return str(click.prompt(who, hide_input=True, err=True))


def new_password(server: Server, *, desde_entrada: bool) -> str:
    """Give a password to be kept: typed twice, or one line of standard input. Raises ``PasswordInputError``."""
    from sigasers.errors.secrets import PasswordInputError
    from sigasers.siga.passwords import checked

    if desde_entrada:
        return checked(sys.stdin.readline(_MAX_LINE).rstrip("\r\n") if sys.stdin else "")
    if not is_terminal():
        raise PasswordInputError("no terminal", motivo="No hay una ventana donde escribirla")
    first = _ask(server)
    if str(click.prompt("Escríbala otra vez", hide_input=True, err=True)) != first:
        raise PasswordInputError("differ", motivo="Las dos veces se escribieron contraseñas distintas")
    return checked(first)
