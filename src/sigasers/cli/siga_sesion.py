"""``siga sesion``: enter once, and give orders for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import como_dueno, record
from sigasers.cli.core import con_instalacion, consola
from sigasers.cli.cuentas import administration, door, entered, now, open_session, sessions_of

if TYPE_CHECKING:
    from sigasers.host.installation import Installation


@click.group("sesion", no_args_is_help=True)
def sesion() -> None:
    """Abre y cierra la sesión de un usuario en esta cuenta del sistema operativo."""


@sesion.command("iniciar")
@click.option(
    "--desde-entrada",
    is_flag=True,
    help="Lee usuario y clave de la entrada (dos líneas), para abrirla desde otro programa.",
)
@con_instalacion
@como_dueno
def iniciar(instalacion: Installation, *, desde_entrada: bool) -> None:
    """Pide Usuario y Clave y abre la sesión: vale 10 horas, y media hora desde la última orden."""
    from sigasers.host.accounts import session_file

    with administration(instalacion):
        pass
    account = entered(instalacion, desde_entrada=desde_entrada)
    with door(instalacion) as entrance:
        token = sessions_of(entrance).open(account.usuario, now=now())
        session_file.keep(token, entrance.book.installation)
    record(instalacion, "sesion.abierta", {}, account.usuario)
    consola.print(f"Sesión abierta: {account.usuario} ({account.nombre})", markup=False)


@sesion.command("ver")
@con_instalacion
@como_dueno
def ver(instalacion: Installation) -> int:
    """Muestra quién tiene la sesión abierta, hasta cuándo y con qué permisos. Termina con 1 si no hay sesión."""
    found = open_session(instalacion)
    if found is None:
        consola.print("No hay ninguna sesión abierta.")
        return 1
    account = found.account
    consola.print(f"Usuario: {account.usuario} ({account.nombre})", markup=False)
    consola.print(f"Permisos: {', '.join(sorted(account.permisos)) or 'ninguno'}", markup=False)
    consola.print(f"Sin otra orden, termina a las {found.until.at:%H:%M} (UTC).", markup=False)
    return 0


@sesion.command("cerrar")
@con_instalacion
@como_dueno
def cerrar(instalacion: Installation) -> None:
    """Cierra la sesión; si no había ninguna, no pasa nada."""
    from sigasers.host.accounts import session_file

    with door(instalacion) as entrance:
        installation = entrance.book.installation
        token = session_file.kept(installation)
        found = open_session(instalacion)
        if token:
            sessions_of(entrance).close(token)
            session_file.forget(installation)
    if found is not None:
        record(instalacion, "sesion.cerrada", {}, found.account.usuario)
    consola.print("Sesión cerrada." if found else "No había ninguna sesión abierta.")
