"""The part of ``siga.toml`` that says which database: ``base = "ARCHIVO"``, or a table ``[base]``.

Everything is checked here, once: what leaves is a path, or a ``Server`` whose texts can stand in a connection string.
"""

import errno
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sigasers.siga.settings_file import SettingsFile, holds_secret, is_address, printable
from sigasers.siga.sources.server import Motor, Server

USUAL_LIMIT_S = 600
_LONGEST = {"servidor": 255, "nombre": 128, "usuario": 128, "esquema": 128, "controlador": 200}
_FILE_KEYS = {"motor", "archivo"}
_SERVER_KEYS = {"motor", "puerto", "opciones", "cifrado", "limite_consulta_s", "certificado", *_LONGEST}
_MOTORS = ", ".join(f"«{motor.value}»" for motor in Motor)
_OPTION_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_ ]{0,39}")
_MAX_OPTIONS, _LONGEST_OPTION = 20, 200
# What the settings say by a name of their own, or what would lead the connection elsewhere.
_OWN = {
    "server": "servidor", "servername": "servidor", "host": "servidor", "address": "servidor", "addr": "servidor",
    "networkaddress": "servidor", "port": "puerto", "database": "nombre", "initialcatalog": "nombre",
    "uid": "usuario", "user": "usuario", "userid": "usuario", "username": "usuario", "driver": "controlador",
    "trustedconnection": "usuario", "integratedsecurity": "usuario", "encrypt": "cifrado",
    "trustservercertificate": "cifrado", "sslmode": "cifrado", "dsn": "servidor", "filedsn": "servidor",
    "savefile": "controlador", "failoverpartner": "servidor", "attachdbfilename": "nombre",
}  # fmt: skip


def base_of(file: SettingsFile) -> Path | Server | None:
    """Give the database that ``file`` names; raises ``ConfigurationError`` that says which line, and the cure."""
    value = file.values.get("base")
    if value is None:
        return None
    if isinstance(value, str) and value.strip():
        return path_of(file, value, "base")
    if not isinstance(value, Mapping):
        raise file.bad("«base» debe ser una ruta entre comillas, o una sección [base]", "base")
    return _from_table(file, value)


def limit_of(file: SettingsFile) -> int:
    """Give ``limite_consulta_s`` of ``[base]``: how many seconds one statement may take."""
    table = file.values.get("base")
    value = table.get("limite_consulta_s", USUAL_LIMIT_S) if isinstance(table, Mapping) else USUAL_LIMIT_S
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 86_400:
        raise file.bad(
            "«limite_consulta_s» debe ser un número de segundos de 1 a 86400", "base", "limite_consulta_s"
        )
    return value


def _from_table(file: SettingsFile, table: Mapping[str, Any]) -> Path | Server:
    motor = _motor(file, table)
    unknown = sorted(table.keys() - (_FILE_KEYS if motor is Motor.SQLITE else _SERVER_KEYS))
    if unknown:
        name = unknown[0]
        known = name in _FILE_KEYS | _SERVER_KEYS
        what = f'no va con motor = "{motor.value}"' if known else "no se conoce; revise cómo está escrita"
        raise file.bad(f"«{printable(name)}» de [base] {what}", "base", name)
    if motor is Motor.SQLITE:
        archivo = table.get("archivo")
        if not isinstance(archivo, str) or not archivo.strip():
            raise file.bad("falta en [base] la línea archivo = 'RUTA' con el archivo de la base", "base")
        return path_of(file, archivo, "base", "archivo")
    return _server(file, table, motor)


def _server(file: SettingsFile, table: Mapping[str, Any], motor: Motor) -> Server:
    texts = {name: _text(file, table, name) for name in _LONGEST}
    for name in ("servidor", "nombre", *(("controlador",) if motor is Motor.ODBC else ())):
        if texts[name] is None:
            raise file.bad(f'falta en [base] la línea {name} = "..."', "base")
    return Server(
        motor=motor,
        servidor=_host(file, str(texts["servidor"]), motor),
        base=str(texts["nombre"]),
        puerto=_port(file, table),
        usuario=texts["usuario"],
        esquema=texts["esquema"],
        controlador=_driver(file, texts["controlador"]),
        opciones=_options(file, table),
        cifrado=_flag(file, table),
        certificado=_authorities(file, table, motor),
    )


def path_of(file: SettingsFile, value: object, *keys: str) -> Path:
    """Give the path that the setting ``keys`` names, from the file's folder; raises ``ConfigurationError``."""
    if not isinstance(value, str) or not value.strip():
        raise file.bad(f"«{keys[-1]}» debe ser una ruta entre comillas", *keys)
    wrong = wrong_path(value, file.path.parent)
    if wrong:
        raise file.bad(f"«{keys[-1]}» {wrong}", *keys)
    return file.path.parent / Path(value).expanduser()


def wrong_path(value: str, folder: Path) -> str | None:
    """Tell, in Spanish and without showing it, why a text is no path of a file; nothing if it is one."""
    if is_address(value):
        return (
            "es la ruta de un archivo o carpeta; la base de un servidor va en una sección [base] de siga.toml"
        )
    if re.search(r"[\x00-\x1f\x7f]", value):
        return "tiene signos que no van en una ruta"
    try:
        (folder / Path(value).expanduser()).exists()
    except RuntimeError:
        return "empieza con ~ y el nombre de una cuenta que no existe"
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return "es una ruta demasiado larga"
    return None


def _motor(file: SettingsFile, table: Mapping[str, Any]) -> Motor:
    where = ("base", "motor") if "motor" in table else ("base",)
    try:
        return Motor(table.get("motor"))
    except ValueError:
        raise file.bad(f"«motor» de [base] debe ser uno de {_MOTORS}", *where) from None


def _text(file: SettingsFile, table: Mapping[str, Any], name: str) -> str | None:
    value = table.get(name)
    if value is None:
        return None
    longest = _LONGEST[name]
    if not isinstance(value, str) or not value.strip() or len(value) > longest or not value.isprintable():
        raise file.bad(
            f"«{name}» debe ser un texto entre comillas, de 1 a {longest} caracteres", "base", name
        )
    if holds_secret(value):
        raise file.bad(f"«{name}» trae algo más; la contraseña se guarda con «siga base clave»", "base", name)
    return value.strip()


def _host(file: SettingsFile, value: str, motor: Motor) -> str:
    """Hold that it is a name or an address: nothing that a connection string would read as more than that."""
    instance = motor is Motor.SQLSERVER and re.fullmatch(r"[^\\/]+\\[\w$#]{1,16}", value)
    if not instance and ("\\" in value or "/" in value):
        raise file.bad(
            "«servidor» es un nombre o una dirección IP (en SQL Server, también 'SERVIDOR\\INSTANCIA')",
            "base", "servidor",
        )  # fmt: skip
    if re.search(r"[\s;,{}@='\"]", value) or "://" in value:
        raise file.bad("«servidor» es solo el nombre; el puerto va en «puerto»", "base", "servidor")
    return value


def _port(file: SettingsFile, table: Mapping[str, Any]) -> int | None:
    value = table.get("puerto")
    if value is not None and (
        not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 65_535
    ):
        raise file.bad("«puerto» debe ser un número de 1 a 65535, sin comillas", "base", "puerto")
    return value


def _driver(file: SettingsFile, value: str | None) -> str | None:
    if value is not None and re.search(r"[;={}]", value):
        raise file.bad(
            "«controlador» es solo el nombre del controlador ODBC, sin llaves", "base", "controlador"
        )
    return value


def _options(file: SettingsFile, table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    value = table.get("opciones", {})
    if not isinstance(value, Mapping) or len(value) > _MAX_OPTIONS:
        raise file.bad(
            '«opciones» debe ser una sección [base.opciones] con líneas Nombre = "valor"', "base", "opciones"
        )
    return tuple((_option_name(file, name), _option_value(file, name, each)) for name, each in value.items())


def _option_name(file: SettingsFile, name: str) -> str:
    folded = re.sub(r"[_ ]", "", name.casefold())
    if folded in _OWN:
        raise file.bad(
            f"«{printable(name)}» no va en las opciones: para eso está «{_OWN[folded]}» de [base]",
            "base", "opciones", name,
        )  # fmt: skip
    if not _OPTION_NAME.fullmatch(name):
        raise file.bad(f"«{printable(name)}» no es nombre de una opción de ODBC", "base", "opciones", name)
    return name


def _option_value(file: SettingsFile, name: str, value: object) -> str:
    text = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else str(value)
    simple = isinstance(value, str | int) and text.isprintable() and 0 < len(text) <= _LONGEST_OPTION
    if not simple or re.search(r"[;{}]", text):
        raise file.bad(
            f"la opción «{printable(name)}» debe ser un texto sin punto y coma ni llaves",
            "base",
            "opciones",
            name,
        )
    return text


def _flag(file: SettingsFile, table: Mapping[str, Any]) -> bool:
    value = table.get("cifrado", False)
    if not isinstance(value, bool):
        raise file.bad("«cifrado» debe ser true o false, sin comillas", "base", "cifrado")
    return value


def _authorities(file: SettingsFile, table: Mapping[str, Any], motor: Motor) -> Path | None:
    """Give the file of the authorities to trust; only where it would be used."""
    value = table.get("certificado")
    if value is None:
        return None
    if motor is not Motor.POSTGRESQL or table.get("cifrado") is not True:
        raise file.bad(
            '«certificado» va solo con motor = "postgresql" y cifrado = true', "base", "certificado"
        )
    return path_of(file, value, "base", "certificado")
