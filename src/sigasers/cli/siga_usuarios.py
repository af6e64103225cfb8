"""``siga usuarios``: who may do what in this installation."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import Access, actual, como_dueno, con_permiso, guard, identify, order_name, record
from sigasers.cli.core import F, con_instalacion, consola, is_terminal
from sigasers.cli.cuentas import administration, door, has_users, hasher, new_password, now, user

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sigasers.host.installation import Installation

USUARIO = click.argument("usuario", metavar="USUARIO")
NOMBRE = click.option("--nombre", help="Nombres y apellidos de la persona (si falta, los pide).")
DESDE_ENTRADA = click.option(
    "--desde-entrada",
    is_flag=True,
    help="Lee la clave nueva de la entrada (una línea), para crearla desde otro programa.",
)


def con_permisos(command: F) -> F:
    """Give a command the option ``--permiso`` as ``permiso``, any number of times."""
    return click.option(
        "--permiso",
        multiple=True,
        metavar="NOMBRE",
        help="Permiso o rol (administrador, operador, configurador, auditor); se puede repetir.",
    )(command)


@click.group("usuarios", no_args_is_help=True)
def usuarios() -> None:
    """Administra los usuarios de esta instalación y lo que puede hacer cada uno."""


@usuarios.command("iniciar")
@click.option(
    "--usuario", metavar="USUARIO", help="Nombre de usuario del primer administrador (si falta, lo pide)."
)
@NOMBRE
@DESDE_ENTRADA
@con_instalacion
@como_dueno
def iniciar(
    instalacion: Installation, usuario: str | None, nombre: str | None, *, desde_entrada: bool
) -> None:
    """Crea el primer administrador. Desde entonces, las órdenes que cambian algo piden Usuario y Clave."""
    from sigasers.host.accounts import Administration, Book, make, opened
    from sigasers.siga.permisos import PROGRAM

    record(instalacion, "orden.empezada", {"orden": order_name()})
    _hold_owner(instalacion)
    _refuse_second(instalacion)
    name, person = (
        user(_asked("--usuario", "Usuario", usuario)),
        _asked("--nombre", "Nombres y apellidos", nombre),
    )
    password = new_password(desde_entrada=desde_entrada)
    make(instalacion.siga)
    with opened(instalacion.siga) as connection:
        admin = Administration(book=Book(connection), program=PROGRAM, hasher=hasher())
        admin.begin(name, person, password, now=now())
    record(instalacion, "usuarios.iniciado", {"usuario": str(name)})
    consola.print(f"Se creó el administrador «{name}», con todos los permisos.", markup=False)


@usuarios.command("agregar")
@USUARIO
@NOMBRE
@con_permisos
@DESDE_ENTRADA
@con_instalacion
@con_permiso("usuarios")
def agregar(
    instalacion: Installation,
    usuario: str,
    nombre: str | None,
    permiso: tuple[str, ...],
    *,
    desde_entrada: bool,
) -> None:
    """Agrega un usuario. La clave que usted le pone la cambia él al ingresar por primera vez."""
    with administration(instalacion) as admin:
        name, permisos = user(usuario), admin.program.permissions(permiso)
        person = _asked("--nombre", "Nombres y apellidos", nombre)
        admin.add(name, person, new_password(desde_entrada=desde_entrada), permisos, now=now())
    actual().record("usuarios.agregado", usuario=str(name), permisos=_listed(permisos))
    consola.print(f"Se agregó el usuario «{name}». Permisos: {_listed(permisos)}", markup=False)


@usuarios.command("listar")
@con_instalacion
@con_permiso("usuarios", solo_lee=True)
def listar(instalacion: Installation) -> None:
    """Lista los usuarios: estado, permisos, último ingreso y de qué está a cargo cada uno."""
    from sigasers.cli.usuarios_lista import show

    if not has_users(instalacion):
        consola.print("Esta instalación no tiene usuarios.")
        return
    with administration(instalacion) as admin:
        show(consola, admin.book.all(), now())


@usuarios.command("permisos")
@USUARIO
@click.option("--dar", multiple=True, metavar="NOMBRE", help="Permiso o rol que se da; se puede repetir.")
@click.option(
    "--quitar", multiple=True, metavar="NOMBRE", help="Permiso o rol que se quita; se puede repetir."
)
@con_instalacion
@con_permiso("usuarios")
def permisos(instalacion: Installation, usuario: str, dar: tuple[str, ...], quitar: tuple[str, ...]) -> None:
    """Da o quita permisos a un usuario; sin opciones, los muestra con lo que significa cada uno."""
    with administration(instalacion) as admin:
        name = user(usuario)
        before = admin.book.get(name).permisos
        after = (before | admin.program.permissions(dar)) - admin.program.permissions(quitar)
        if after != before:
            admin.set_permissions(name, after)
            actual().record(
                "usuarios.permisos", usuario=str(name), antes=_listed(before), despues=_listed(after)
            )
        for each, meaning in admin.program.permisos.items():
            consola.print(f"  {'sí' if each in after else 'no'}  {each}: {meaning}", markup=False)


@usuarios.command("clave")
@click.argument("usuario", metavar="[USUARIO]", required=False)
@DESDE_ENTRADA
@con_instalacion
@como_dueno
def clave(instalacion: Installation, usuario: str | None, *, desde_entrada: bool) -> None:
    """Cambia su propia clave; con USUARIO, un administrador le pone otra, que se cambia al ingresar."""
    if usuario is None:
        _own_password(instalacion)
        return
    with guard(instalacion, "usuarios") as access, administration(instalacion) as admin:
        name = user(usuario)
        admin.book.get(name)
        admin.reset_password(name, new_password(desde_entrada=desde_entrada), now=now())
        access.record("usuarios.clave_puesta", usuario=str(name))
    consola.print(f"«{name}» ingresa con la clave nueva y la cambia en ese momento.", markup=False)


@usuarios.command("desbloquear")
@USUARIO
@con_instalacion
@con_permiso("usuarios")
def desbloquear(instalacion: Installation, usuario: str) -> None:
    """Termina la espera de un usuario que se equivocó varias veces de clave."""
    with administration(instalacion) as admin:
        before = admin.unlock(user(usuario))
    actual().record("usuarios.desbloqueado", usuario=str(before.usuario), fallos=before.tries.fallos)
    consola.print(f"El usuario «{before.usuario}» puede ingresar.", markup=False)


@usuarios.command("desactivar")
@USUARIO
@click.option(
    "--a-cargo-de",
    required=True,
    metavar="USUARIO",
    help="Usuario que queda a cargo de lo que llevaba quien se va.",
)
@click.option("--con-permisos", is_flag=True, help="Le pasa también los permisos.")
@con_instalacion
@con_permiso("usuarios")
def desactivar(instalacion: Installation, usuario: str, a_cargo_de: str, *, con_permisos: bool) -> None:
    """Cierra la cuenta de quien se va de la unidad y nombra a quien queda a cargo. No se borra nada."""
    with administration(instalacion) as admin:
        heir = user(a_cargo_de)
        before = admin.deactivate(user(usuario), heir, with_permissions=con_permisos)
    actual().record(
        "usuarios.desactivado",
        usuario=str(before.usuario),
        a_cargo_de=str(heir),
        encargos=_listed(before.encargos),
        permisos=_listed(before.permisos),
        con_permisos=con_permisos,
    )
    consola.print(
        f"El usuario «{before.usuario}» ya no puede ingresar. A cargo queda «{heir}»: "
        f"{_listed(before.encargos)}.",
        markup=False,
        soft_wrap=True,
    )


@usuarios.command("reactivar")
@USUARIO
@DESDE_ENTRADA
@con_instalacion
@con_permiso("usuarios")
def reactivar(instalacion: Installation, usuario: str, *, desde_entrada: bool) -> None:
    """Abre de nuevo una cuenta desactivada, con una clave que se cambia al ingresar."""
    with administration(instalacion) as admin:
        name = user(usuario)
        admin.book.get(name)
        admin.reactivate(name, new_password(desde_entrada=desde_entrada), now=now())
    actual().record("usuarios.reactivado", usuario=str(name))
    consola.print(f"El usuario «{name}» puede ingresar otra vez.", markup=False)


@usuarios.command("vencimiento")
@USUARIO
@click.option("--dias", type=click.IntRange(1, 3650), help="Días que vale cada clave.")
@click.option("--nunca", is_flag=True, help="La clave no vence.")
@con_instalacion
@con_permiso("usuarios")
def vencimiento(instalacion: Installation, usuario: str, dias: int | None, *, nunca: bool) -> None:
    """Fija cada cuántos días debe cambiar su clave un usuario (al empezar: nunca)."""
    if (dias is None) is not nunca:
        raise click.UsageError("Indique --dias o --nunca.")
    with administration(instalacion) as admin:
        before = admin.set_expiry(user(usuario), dias)
    actual().record(
        "usuarios.vencimiento", usuario=str(before.usuario), antes=before.vence_dias, despues=dias
    )
    told = f"vence cada {dias} días" if dias else "no vence"
    consola.print(f"La clave de «{before.usuario}» {told}.", markup=False)


@usuarios.command("recuperar")
@USUARIO
@DESDE_ENTRADA
@con_instalacion
@como_dueno
def recuperar(instalacion: Installation, usuario: str, *, desde_entrada: bool) -> None:
    """Vuelve a dar un administrador cuando no queda ninguno que pueda ingresar; solo el dueño del equipo.

    Crea el usuario, o lo reactiva y lo desbloquea, con una clave nueva y el permiso «usuarios». Queda anotado.
    """
    name = user(usuario)
    _hold_owner(instalacion)
    with administration(instalacion) as admin:
        password = new_password(desde_entrada=desde_entrada)
        record(instalacion, "usuarios.recuperacion_pedida", {"usuario": str(name)})
        is_new = admin.recover(name, password, now=now())
    record(instalacion, "usuarios.administrador_recuperado", {"usuario": str(name), "nuevo": is_new})
    consola.print(f"El administrador «{name}» puede ingresar con la clave nueva.", markup=False)
    consola.print(
        "Esta recuperación, con su cuenta del sistema operativo, quedó anotada en la auditoría y no se puede quitar de"
        " ahí sin que se note. Avise a los demás administradores.",
        soft_wrap=True,
    )


def _own_password(instalacion: Installation) -> None:
    """Ask for the old password whoever has a session: a window left open must not give an account away."""
    with administration(instalacion):
        pass
    account = identify(instalacion, order_name())
    access = Access(instalacion, account.usuario)
    old = str(click.prompt("Clave actual", hide_input=True, err=True))
    new = new_password(desde_entrada=False)
    with door(instalacion) as entrance:
        entrance.change(account.usuario, old, new, now=now())
    access.record("usuarios.clave_propia")
    consola.print("Su clave quedó cambiada. Vuelva a abrir su sesión con «siga sesion iniciar».")


def _asked(option: str, question: str, given: str | None) -> str:
    """Give what was given, else ask for it where a person can type."""
    if given is not None:
        return given
    if not is_terminal():
        raise click.UsageError(f"Falta la opción {option}.")
    return str(click.prompt(question, err=True))


def _hold_owner(instalacion: Installation) -> None:
    """Hold that the machine's administrator, or the account that owns the folder, gives the order."""
    from sigasers import durable
    from sigasers.errors import SigasersError
    from sigasers.errors.accounts import NotMachineOwnerError
    from sigasers.host.whoami import owns

    try:
        allowed = owns(instalacion.siga)
    except OSError as error:
        raise durable.disk_error(error, instalacion.siga) from error
    if not allowed:
        with suppress(SigasersError):  # an account that may not write there leaves no entry
            record(instalacion, "acceso.negado", {"orden": order_name(), "permiso": "dueño"})
        raise NotMachineOwnerError("not the owner", ruta=str(instalacion.siga))


def _refuse_second(instalacion: Installation) -> None:
    """Refuse a second beginning before a password is typed; a database that was lost may be begun anew."""
    from sigasers.errors.accounts import AccountRuleError, AccountsMissingError

    try:
        begun = has_users(instalacion)
    except AccountsMissingError:
        record(instalacion, "usuarios.base_perdida", {})
        return
    if begun:
        raise AccountRuleError("begun", motivo="esta instalación ya tiene usuarios")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "ninguno"
