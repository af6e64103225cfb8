"""How a password is typed and kept: hidden, at a terminal alone, never as an argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sigasers.cli.core import consola, is_terminal, typed_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigasers.host.installation import Installation
    from sigasers.siga.configuration import Configuration
    from sigasers.siga.passwords import Passwords
    from sigasers.siga.sources.server import Server

_MAX_LINE = 4096


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
        return checked(typed_line(_MAX_LINE))
    if not is_terminal():
        raise PasswordInputError("no terminal", motivo="No hay una ventana donde escribirla")
    first = _ask(server)
    if str(click.prompt("Escríbala otra vez", hide_input=True, err=True)) != first:
        raise PasswordInputError("differ", motivo="Las dos veces se escribieron contraseñas distintas")
    return checked(first)


def keep_password(configuration: Configuration, instalacion: Installation, *, desde_entrada: bool) -> None:
    """Take a password, try it where the server answers, and keep it. One that the server refuses is not kept."""
    from sigasers.siga.passwords import label_of, store_in

    server = server_with_user(configuration)
    password = new_password(server, desde_entrada=desde_entrada)
    _try(configuration, password)
    store, label = store_in(instalacion.siga), label_of(server)
    vault = store.save(label, password)
    told = f"La contraseña quedó guardada, cifrada ({vault}), en {store.path_of(label)}"
    consola.print(told, markup=False, soft_wrap=True)


def server_with_user(configuration: Configuration) -> Server:
    """Give the server whose user has a password; raises ``PasswordInputError`` where there is none."""
    from sigasers.errors.secrets import PasswordInputError
    from sigasers.siga.sources.server import Server

    if not isinstance(configuration.base, Server) or configuration.base.usuario is None:
        raise PasswordInputError(
            "no user",
            motivo="siga.toml no tiene una sección [base] con «servidor» y «usuario», que es quien la lleva",
        )
    return configuration.base


def _try(configuration: Configuration, password: str) -> None:
    """Log in once. A refusal passes through, and nothing is kept; what else is in the way is told."""
    from sigasers import mensajes
    from sigasers.errors import SigasersError
    from sigasers.errors.sources import LoginRefusedError
    from sigasers.siga.passwords import Given
    from sigasers.siga.sources.opening import open_source

    try:
        open_source(configuration, Given(password)).open_snapshot(lanes=1).close()
    except LoginRefusedError:
        raise
    except SigasersError as error:
        told = mensajes.sentence(error.code, error.fields).que
        consola.print(f"No se pudo probar la contraseña ({error.code}): {told}", markup=False, soft_wrap=True)
    else:
        consola.print("El servidor acepta la contraseña.")
