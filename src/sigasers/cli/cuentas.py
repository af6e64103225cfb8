"""How a person enters at a terminal, and the accounts of the exporter, opened for the commands."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from sigasers.cli.core import consola, is_terminal, typed_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sigasers.host.accounts import (
        Account,
        Administration,
        Entrance,
        Hasher,
        Session,
        Sessions,
        UserName,
    )
    from sigasers.host.installation import Installation
    from sigasers.model import Instant

USER_VARIABLE = "SIGASERS_USUARIO"
_MAX_LINE = 4096
_TRIES = 3
_WARN = timedelta(days=7)


def now() -> Instant:
    """Give the machine's clock."""
    from sigasers.host import audit

    return audit.now()


def hasher() -> Hasher:
    """Give the usual Argon2id."""
    from sigasers.host.accounts import Hasher

    return Hasher()


def has_users(instalacion: Installation) -> bool:
    """Tell whether the installation has users; raises ``AccountsMissingError`` where it had."""
    from sigasers.host.accounts import Book, is_begun, opened

    if not is_begun(instalacion.siga):
        return False
    with opened(instalacion.siga) as connection:
        return not Book(connection).is_empty()


@contextmanager
def administration(instalacion: Installation) -> Iterator[Administration]:
    """Open the accounts; raises ``AccountRuleError`` where there are none yet."""
    from sigasers.errors.accounts import AccountRuleError
    from sigasers.host.accounts import Administration, Book, is_begun, opened
    from sigasers.siga.permisos import PROGRAM

    begun = is_begun(instalacion.siga)
    if begun:
        with opened(instalacion.siga) as connection:
            admin = Administration(book=Book(connection), program=PROGRAM, hasher=hasher())
            begun = not admin.book.is_empty()
            if begun:
                yield admin
    if not begun:
        raise AccountRuleError(
            "no accounts",
            motivo="esta instalación todavía no tiene usuarios; se empieza con «siga usuarios iniciar»",
        )


@contextmanager
def door(instalacion: Installation) -> Iterator[Entrance]:
    """Open the accounts for somebody to enter."""
    from sigasers.host.accounts import Entrance

    with administration(instalacion) as admin:
        yield Entrance(book=admin.book, hasher=admin.hasher)


def open_session(instalacion: Installation) -> Session | None:
    """Give the session of this account of the system, if one is open."""
    from sigasers.host.accounts import session_file

    with door(instalacion) as entrance:
        token = session_file.kept(entrance.book.installation)
        return sessions_of(entrance).use(token, now=now()) if token else None


def sessions_of(entrance: Entrance) -> Sessions:
    """Give the sessions of this account of the system."""
    from sigasers.host.accounts import Sessions
    from sigasers.host.whoami import account_id

    return Sessions(book=entrance.book, system_account=account_id())


def entered(instalacion: Installation, *, desde_entrada: bool = False) -> Account:
    """Ask for Usuario and Clave, at most three times at a terminal, and give the account, its password changed if due.

    With ``desde_entrada`` name and password are two lines of standard input. Failures are recorded. Raises the errors
    of ``Entrance.enter``.
    """
    from sigasers.errors.accounts import EntryRefusedError

    for left in range(_TRIES if not desde_entrada else 1, 0, -1):
        typed, password = _typed(desde_entrada=desde_entrada)
        try:
            return _enter(instalacion, typed, password)
        except EntryRefusedError:
            if left == 1:
                raise
            consola.print("El usuario o la clave no son correctos. Vuelva a escribirlos.")
    raise EntryRefusedError("tries")


def _typed(*, desde_entrada: bool) -> tuple[str, str]:
    if desde_entrada:
        return typed_line(_MAX_LINE), typed_line(_MAX_LINE)
    known = os.environ.get(USER_VARIABLE) or None
    typed = str(click.prompt("Usuario", default=known, err=True))
    return typed, str(click.prompt("Clave", hide_input=True, err=True))


def _enter(instalacion: Installation, typed: str, password: str) -> Account:
    from sigasers.cli.acceso import record
    from sigasers.errors.accounts import AccountRuleError, EntryLockedError, EntryRefusedError

    with door(instalacion) as entrance:
        try:
            account = entrance.enter(typed, password, now=now())
        except (EntryRefusedError, EntryLockedError, AccountRuleError) as error:
            known = _known(entrance, typed)
            record(instalacion, "acceso.fallido", {"usuario": known, "codigo": error.code})
            raise
        if not account.must_change(now()):
            _warn(account)
            return account
        return _changed(instalacion, entrance, account, password)


def _changed(instalacion: Installation, entrance: Entrance, account: Account, old: str) -> Account:
    """Let the person choose a password of their own before anything else is done."""
    from sigasers.cli.acceso import record
    from sigasers.errors.accounts import SessionNeededError

    if not is_terminal():
        raise SessionNeededError("must change", orden="siga usuarios clave")
    consola.print("Antes de continuar debe cambiar su clave.")
    entrance.change(account.usuario, old, new_password(desde_entrada=False), now=now())
    record(instalacion, "usuarios.clave_propia", {}, account.usuario)
    consola.print("Su clave quedó cambiada.")
    return entrance.book.get(account.usuario)


def _known(entrance: Entrance, typed: str) -> str:
    """Give the name of an account, never what was typed where there is none: it may be a password."""
    from sigasers.errors.accounts import AccountRuleError
    from sigasers.host.accounts import UserName

    try:
        account = entrance.book.find(UserName.parse(typed))
    except AccountRuleError:
        account = None
    return str(account.usuario) if account else "(desconocido)"


def _warn(account: Account) -> None:
    expires = account.expires_at()
    if expires is not None and now().plus(_WARN) >= expires:
        days = max(0, (expires.at - now().at).days)
        consola.print(f"Su clave vence en {days} días: cámbiela con «siga usuarios clave».")


def new_password(*, desde_entrada: bool) -> str:
    """Give a new password: typed twice, or one line of standard input. Raises ``PasswordRefusedError``."""
    from sigasers.errors.accounts import PasswordRefusedError

    if desde_entrada:
        return typed_line(_MAX_LINE)
    if not is_terminal():
        raise PasswordRefusedError("no terminal", motivo="no hay una ventana donde escribirla")
    first = str(click.prompt("Clave nueva", hide_input=True, err=True))
    if str(click.prompt("Escríbala otra vez", hide_input=True, err=True)) != first:
        raise PasswordRefusedError("differ", motivo="las dos veces se escribieron claves distintas")
    return first


def user(text: str) -> UserName:
    """Read a user's name; raises ``AccountRuleError``."""
    from sigasers.host.accounts import UserName

    return UserName.parse(text)
