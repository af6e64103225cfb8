"""Who gives an order of ``siga``: the guard before it, and what of it goes into the audit file.

Before an installation has accounts, orders run as ever, and the audit names the account of the operating system. Once
it has, an order that changes something needs an open session, or asks for Usuario and Clave where a person can type.
``siga transmitir --programado`` passes no guard: nothing that runs unattended has a user.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

import click

from sigasers.cli.core import F, consola, is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigasers.formats.audit_log import Value
    from sigasers.host.accounts import Account, UserName
    from sigasers.host.installation import Installation

_current: list[Access] = []
_HINT = "sin-usuarios-avisado"


class Access:
    """An order under way: its installation and the user who gives it (none: the installation has no users)."""

    def __init__(self, instalacion: Installation, quien: UserName | None) -> None:
        self.instalacion = instalacion
        self.quien = quien

    def record(self, hecho: str, **datos: Value) -> None:
        """Put an act into the audit file; on return it is durable. No secret may be among ``datos``."""
        record(self.instalacion, hecho, datos, self.quien)

    def take_charge(self, asunto: str) -> None:
        """Let the user answer for ``asunto`` (``base``, ``tarea``, ``parametros``) until they hand it over."""
        from sigasers.cli.cuentas import administration
        from sigasers.host.owner import acting_as_owner

        if self.quien is not None:
            with acting_as_owner(self.instalacion.siga), administration(self.instalacion) as admin:
                admin.take_charge(asunto, self.quien)


def como_dueno(command: F) -> F:
    """Let root do a command (below ``con_instalacion``) as the account that the installation belongs to."""

    @functools.wraps(command)
    def owned(*args: object, **kwargs: object) -> object:
        become_owner(cast("Installation", kwargs["instalacion"]))
        return command(*args, **kwargs)

    return cast("F", owned)


def become_owner(instalacion: Installation) -> None:
    """Go on as the account that the installation belongs to, where this is root; raises ``DiskError``."""
    from sigasers.durable import disk_error
    from sigasers.host.owner import act_as_owner

    try:
        act_as_owner(instalacion.siga)
    except OSError as error:
        raise disk_error(error, instalacion.siga) from error


def con_permiso(permiso: str, *, solo_lee: bool = False, como_root: bool = False) -> Callable[[F], F]:
    """Guard a command (below ``con_instalacion``): only who has ``permiso`` gets through, and the audit says who did.

    With ``solo_lee`` the order changes nothing, and only a refusal is recorded. Root does it as the installation's
    owner, but for an order that needs root itself (``como_root``). The command finds its ``Access`` by ``actual()``.
    """

    def decorate(command: F) -> F:
        @functools.wraps(command)
        def guarded(*args: object, **kwargs: object) -> object:
            instalacion = cast("Installation", kwargs["instalacion"])
            if not como_root:
                become_owner(instalacion)
            with guard(instalacion, permiso, solo_lee=solo_lee):
                return command(*args, **kwargs)

        return cast("F", guarded)

    return decorate


@contextmanager
def guard(instalacion: Installation, permiso: str, *, solo_lee: bool = False) -> Iterator[Access]:
    """Let the block run for who has ``permiso``; its begin, and its failure, are recorded."""
    from sigasers.errors import SigasersError
    from sigasers.host.owner import acting_as_owner

    orden = order_name()
    with acting_as_owner(instalacion.siga):
        access = Access(instalacion, _allowed(instalacion, permiso, orden))
    if not solo_lee:  # what cannot be recorded is not done
        access.record("orden.empezada", orden=orden, permiso=permiso)
    _current.append(access)
    try:
        yield access
    except (SigasersError, click.Abort, KeyboardInterrupt) as error:
        if not solo_lee:
            code = error.code if isinstance(error, SigasersError) else None
            with suppress(SigasersError):  # the error itself is what must be told
                access.record("orden.fallida", orden=orden, codigo=code)
        raise
    finally:
        _current.remove(access)


def actual() -> Access:
    """Give the order under way; only within a guard."""
    return _current[-1]


def record(
    instalacion: Installation, hecho: str, datos: dict[str, Value], quien: UserName | None = None
) -> None:
    """Put an act into the installation's audit file."""
    from sigasers.host.audit import Audit
    from sigasers.host.owner import acting_as_owner

    audit = Audit(folder=instalacion.siga, programa="siga")
    with acting_as_owner(instalacion.siga):
        audit.record(hecho, datos, quien=str(quien) if quien else None)


def order_name() -> str:
    """Give the order as it was typed, without options."""
    return click.get_current_context().command_path


def _allowed(instalacion: Installation, permiso: str, orden: str) -> UserName | None:
    """Give the user who gives the order, none before there are users; raises where nobody may."""
    from sigasers.cli.cuentas import has_users
    from sigasers.errors.accounts import PermissionLackingError

    if not has_users(instalacion):
        _hint()
        return None
    account = identify(instalacion, orden)
    if permiso not in account.permisos:
        record(instalacion, "acceso.negado", {"orden": orden, "permiso": permiso}, account.usuario)
        raise PermissionLackingError("lacks permission", usuario=str(account.usuario), permiso=permiso)
    return account.usuario


def identify(instalacion: Installation, orden: str) -> Account:
    """Give the account of the open session, else of who enters now; raises ``SessionNeededError`` without terminal."""
    from sigasers.cli.cuentas import entered, open_session
    from sigasers.errors.accounts import SessionNeededError

    session = open_session(instalacion)
    if session is not None:
        return session.account
    if not is_terminal():
        raise SessionNeededError("no session", orden=orden)
    return entered(instalacion)


def _hint() -> None:
    """Say once an account of the system, at a terminal, that the installation has no users."""
    from sigasers.host.accounts.session_file import usual_folder

    if not is_terminal():
        return
    place = usual_folder()
    with suppress(OSError):  # nothing relies on the mark
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        (place / _HINT).open("x", encoding="ascii").close()
        consola.print(
            "Esta instalación no tiene usuarios: en la auditoría queda la cuenta del sistema operativo."
            " El primer administrador se crea con «siga usuarios iniciar».",
            soft_wrap=True,
        )
