"""``siga base``: the connection to the SIGA database: tried, its password kept, its rights scripted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import actual, con_permiso
from sigasers.cli.base_option import BasePath
from sigasers.cli.core import con_instalacion, consola
from sigasers.cli.siga_base_configurar import configurar
from sigasers.cli.siga_secretos import keep_password, passwords_of, server_with_user

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.siga.configuration import Configuration

_USUAL_LOGIN = "siga_lectura"


@click.group("base", no_args_is_help=True)
def base() -> None:
    """Prueba y prepara la conexión a la base de datos del SIGA."""


@base.command("probar")
@click.option(
    "--base",
    "archivo",
    type=BasePath(path_type=Path),
    metavar="ARCHIVO",
    help="Base de datos SQLite por probar (si falta: la de siga.toml).",
)
@click.option("--ue", metavar="NEMÓNICO", help="Unidad ejecutora (si falta: la de siga.toml, o la única).")
@click.option(
    "--formato",
    type=click.Choice(["texto", "json"]),
    default="texto",
    show_default=True,
    help="«json»: un objeto JSON, para otros programas.",
)
@con_instalacion
def probar(instalacion: Installation, archivo: Path | None, ue: str | None, formato: str) -> int:
    """Prueba la conexión paso a paso; si algo falla, dice la causa y quién la puede resolver. Solo lee."""
    from sigasers.cli.base_shown import ShownSteps, as_json, conclude
    from sigasers.siga.probing.ladder import Ladder
    from sigasers.siga.probing.steps import Silent

    ladder = Ladder(
        load=lambda: _configuration(instalacion, archivo, ue),
        secrets=passwords_of(instalacion),
        told=Silent() if formato == "json" else ShownSteps(),
    )
    pasos = ladder.run()
    return as_json(pasos) if formato == "json" else conclude(pasos)


@base.command("clave")
@click.option("--borrar", is_flag=True, help="Olvida la contraseña guardada.")
@click.option(
    "--desde-entrada",
    is_flag=True,
    help="Lee la contraseña de la entrada (una línea), para guardarla desde otro programa.",
)
@con_instalacion
@con_permiso("base")
def clave(instalacion: Installation, *, borrar: bool, desde_entrada: bool) -> None:
    """Guarda cifrada la contraseña del usuario de la base; la prueba antes, si el servidor contesta."""
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.passwords import label_of, store_in

    configuration = load_configuration(instalacion)
    server = server_with_user(configuration)
    if borrar:
        found = store_in(instalacion.siga).remove(label_of(server))
        actual().record("base.clave_borrada", servidor=server.nombre, usuario=server.usuario, habia=found)
        consola.print(
            "Se borró la contraseña guardada." if found else "No había ninguna contraseña guardada."
        )
        return
    keep_password(configuration, instalacion, desde_entrada=desde_entrada)
    actual().record("base.clave_guardada", servidor=server.nombre, usuario=server.usuario)


@base.command("permisos")
@click.option(
    "--usuario",
    metavar="NOMBRE",
    help=f"Usuario de solo lectura (si falta: el de siga.toml, o {_USUAL_LOGIN}); DOMINIO\\CUENTA es de Windows.",
)
@click.option(
    "--motor",
    type=click.Choice(["sqlserver", "postgresql"]),
    help="Motor del servidor (si falta: el de siga.toml, o sqlserver).",
)
@click.option("--nombre", metavar="BASE", help="Nombre de la base de datos (si falta: el de siga.toml).")
@click.option("--esquema", metavar="NOMBRE", help="Esquema de las tablas (si falta: dbo o public).")
@con_instalacion
def permisos(
    instalacion: Installation, usuario: str | None, motor: str | None, nombre: str | None, esquema: str | None
) -> None:
    """Muestra el script con que el administrador crea un usuario que solo puede leer las tablas que se exportan."""
    from sigasers.siga.catalogue import load_catalogue
    from sigasers.siga.configuration import load_configuration
    from sigasers.siga.probing.database import tables_wanted
    from sigasers.siga.rights_script import RightsScript
    from sigasers.siga.sources.server import Motor, Server

    configuration = load_configuration(instalacion)
    server = configuration.base if isinstance(configuration.base, Server) else None
    named = nombre or (server.base if server else None)
    if named is None:
        raise click.UsageError("Falta la opción --nombre: siga.toml no dice el nombre de la base de datos.")
    known = server.motor if server and server.motor is not Motor.ODBC else Motor.SQLSERVER
    script = RightsScript(
        motor=Motor(motor) if motor else known,
        base=_name("--nombre", named),
        usuario=_name("--usuario", usuario or (server.usuario if server else None) or _USUAL_LOGIN),
        esquema=_name("--esquema", esquema) if esquema else server.esquema if server else None,
        tablas=tables_wanted(load_catalogue(configuration.tablas_adicionales)),
    )
    click.echo(script.text(), nl=False)


def _name(option: str, value: str) -> str:
    if not value.strip() or len(value) > 128 or not value.isprintable():
        raise click.BadParameter("debe ser un nombre de 1 a 128 caracteres.", param_hint=option)
    return value.strip()


def _configuration(instalacion: Installation, archivo: Path | None, ue: str | None) -> Configuration:
    """Give the settings with what the command line says in their place."""
    from sigasers.model import Nemonico
    from sigasers.siga.configuration import load_configuration

    found = load_configuration(instalacion)
    return replace(
        found,
        base=archivo.absolute() if archivo else found.base,
        unidad=Nemonico.parse(ue) if ue else found.unidad,
    )


base.add_command(configurar)
