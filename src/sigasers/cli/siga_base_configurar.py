"""``siga base configurar``: asks where the database is, writes it into ``siga.toml``, and tries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sigasers.cli.acceso import actual, con_permiso
from sigasers.cli.core import con_instalacion, confirm, consola, is_terminal
from sigasers.cli.siga_secretos import keep_password, passwords_of

if TYPE_CHECKING:
    from sigasers.host.installation import Installation
    from sigasers.siga.configuration import Configuration
    from sigasers.siga.settings_edit import Value

_NONE = "-"
_RECORDED = (
    "motor", "archivo", "servidor", "puerto", "nombre", "usuario", "esquema", "controlador", "cifrado", "certificado",
)  # fmt: skip
_ENGINES = ("sqlserver", "postgresql", "odbc", "sqlite")


@click.command("configurar")
@con_instalacion
@con_permiso("base")
def configurar(instalacion: Installation) -> int:
    """Pregunta dónde está la base de datos, lo escribe en siga.toml sin tocar lo demás, y prueba la conexión."""
    from sigasers.cli.base_shown import ShownSteps, conclude
    from sigasers.siga.configuration import FILE_NAME, load_configuration
    from sigasers.siga.probing.ladder import Ladder
    from sigasers.siga.settings_edit import write_base
    from sigasers.siga.settings_file import read_settings

    path = instalacion.siga / FILE_NAME
    before = read_settings(path).values.get("base")
    values = _asked(before if isinstance(before, dict) else {})
    _check(instalacion, values)
    write_base(path, values)
    actual().record("base.configurada", **_changes(before, values))
    actual().take_charge("base")
    consola.print(f"Quedó escrito en {path}", markup=False, soft_wrap=True)
    configuration = load_configuration(instalacion)
    if (
        is_terminal()
        and _needs_password(configuration, instalacion)
        and confirm("¿Guardar ahora la contraseña?", default=True)
    ):
        keep_password(configuration, instalacion, desde_entrada=False)
        actual().record("base.clave_guardada", base=str(values.get("nombre")))
    secrets = passwords_of(instalacion)
    return conclude(
        Ladder(load=lambda: load_configuration(instalacion), secrets=secrets, told=ShownSteps()).run()
    )


def _changes(before: object, after: dict[str, Value]) -> dict[str, Value]:
    """Give each setting that changed as it was and as it is; the settings hold no password (``settings_file``)."""
    old = before if isinstance(before, dict) else {"archivo": str(before)} if before else {}
    changed = [name for name in _RECORDED if old.get(name) != after.get(name)]
    sides = (("antes", old), ("despues", after))
    return {f"{side}_{name}": values[name] for name in changed for side, values in sides if name in values}


def _asked(before: dict[str, object]) -> dict[str, Value]:
    """Ask step by step; what stands in the file already is offered."""
    motor = click.prompt("Motor", type=click.Choice(_ENGINES), default=_known(before, "motor") or _ENGINES[0])
    values: dict[str, Value] = {"motor": str(motor)}
    if motor != before.get("motor"):
        before = {}  # ports, schemas and drivers of another engine are none of this one
    if motor == "sqlite":
        values["archivo"] = _text("Archivo de la base", before, "archivo")
        return values
    values["servidor"] = _text(
        "Servidor (nombre o IP; en SQL Server, también SERVIDOR\\INSTANCIA)", before, "servidor"
    )
    port = click.prompt("Puerto (0: el usual)", type=click.IntRange(0, 65_535), default=_port(before))
    if port:
        values["puerto"] = int(port)
    values["nombre"] = _text("Nombre de la base de datos", before, "nombre")
    for name, question in (
        ("usuario", "Usuario de solo lectura (vacío: la cuenta que ejecuta el programa)"),
        ("esquema", "Esquema (vacío: el usual)"),
        ("controlador", "Controlador ODBC (vacío: el usual)"),
    ):
        if name != "controlador" or motor != "postgresql":
            values |= _optional(question, before, name)
    values["cifrado"] = confirm(
        "¿Exigir conexión cifrada, con el certificado comprobado?", default=before.get("cifrado") is True
    )
    if values["cifrado"] and motor == "postgresql":
        values |= _optional(
            "Archivo PEM de las autoridades que se aceptan (vacío: las de este equipo)", before, "certificado"
        )
    return values


def _optional(question: str, before: dict[str, object], name: str) -> dict[str, Value]:
    """Ask for what may be left out; Enter keeps what stands in the file, and a sign of its own takes it away."""
    known = _known(before, name)
    asked = f"{question} ({_NONE}: ninguno)" if known else question
    answer = str(click.prompt(asked, default=known or "", show_default=bool(known))).strip()
    return {name: answer} if answer and answer != _NONE else {}


def _text(question: str, before: dict[str, object], name: str) -> str:
    return str(click.prompt(question, default=_known(before, name))).strip()


def _known(before: dict[str, object], name: str) -> str | None:
    value = before.get(name)
    return value if isinstance(value, str) else None


def _port(before: dict[str, object]) -> int:
    value = before.get("puerto")
    return value if isinstance(value, int) else 0


def _check(instalacion: Installation, values: dict[str, Value]) -> None:
    """Refuse what the settings would refuse, before anything is written."""
    from sigasers.siga.base_settings import base_of
    from sigasers.siga.configuration import FILE_NAME
    from sigasers.siga.settings_file import SettingsFile

    base_of(SettingsFile(path=instalacion.siga / FILE_NAME, values={"base": values}))


def _needs_password(configuration: Configuration, instalacion: Installation) -> bool:
    from sigasers.siga.passwords import label_of, store_in
    from sigasers.siga.sources.server import Server

    base = configuration.base
    if not isinstance(base, Server) or base.usuario is None:
        return False
    return store_in(instalacion.siga).load(label_of(base)) is None
