"""``siga.toml``: what the exporter must know of its place. Options of the command line come before it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sigasers.errors import TheirError
from sigasers.errors.siga import ConfigurationError
from sigasers.host.installation import Installation
from sigasers.mensajes.motivos import motivo
from sigasers.model import Ejercicio, Nemonico

FILE_NAME = "siga.toml"
USUAL_ZONE = "America/Lima"
USUAL_WAIT_S = 10
_PATHS = ("base", "ruta_transmision", "ruta_instalacion_sers", "tablas_adicionales")
_YEARS = ("anio_sistema", "anio_programacion")
_KNOWN = {*_PATHS, *_YEARS, "unidad", "zona_horaria", "espera_bloqueo_s"}


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The exporter's settings; ``None`` where the file says nothing and the database is asked.

    ``ruta_transmision`` is SourceOut, ``ruta_instalacion_sers`` the courier's folder, ``espera_bloqueo_s`` how many
    seconds a locked database is waited for, ``tablas_adicionales`` the unit's own catalogue file.
    """

    base: Path | None
    unidad: Nemonico | None
    ruta_transmision: Path
    ruta_instalacion_sers: Path
    zona_horaria: ZoneInfo
    anio_sistema: Ejercicio | None = None
    anio_programacion: Ejercicio | None = None
    espera_bloqueo_s: int = USUAL_WAIT_S
    tablas_adicionales: Path | None = None


def load_configuration(installation: Installation) -> Configuration:
    """Read ``siga.toml`` of the installation; without the file the usual places hold.

    Relative paths start at the file's folder. Raises ``ConfigurationError``: not readable, not TOML, an unknown
    name (a misspelt one must not be passed over), a value that is not what it should be.
    """
    path = installation.siga / FILE_NAME
    values = _read(path)
    unknown = sorted(values.keys() - _KNOWN)
    if unknown:
        raise _bad(path, f"no se conoce la línea «{unknown[0][:40]}»")
    paths = {name: _path(path, values, name) for name in _PATHS}
    sers = paths["ruta_instalacion_sers"] or installation.sers
    return Configuration(
        base=paths["base"],
        unidad=_unit(path, values),
        ruta_transmision=paths["ruta_transmision"] or sers / "SourceOut",
        ruta_instalacion_sers=sers,
        zona_horaria=_zone(path, values),
        anio_sistema=_year(path, values, "anio_sistema"),
        anio_programacion=_year(path, values, "anio_programacion"),
        espera_bloqueo_s=_wait(path, values),
        tablas_adicionales=paths["tablas_adicionales"],
    )


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _bad(path, motivo(error)) from error
    except UnicodeDecodeError as error:
        raise _bad(path, "no está en UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise _bad(path, "no es TOML válido (las rutas de Windows van entre comillas simples)") from error


def _path(file: Path, values: Mapping[str, Any], name: str) -> Path | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise _bad(file, f"«{name}» debe ser una ruta entre comillas")
    return file.parent.joinpath(Path(value).expanduser())


def _unit(file: Path, values: Mapping[str, Any]) -> Nemonico | None:
    value = values.get("unidad")
    try:
        return None if value is None else Nemonico.parse(str(value))
    except TheirError as error:
        raise _bad(file, "«unidad» debe ser un código de 1 a 999999") from error


def _year(file: Path, values: Mapping[str, Any], name: str) -> Ejercicio | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1990 <= value <= 2199:
        raise _bad(file, f"«{name}» debe ser un año de 1990 a 2199")
    return Ejercicio(value)


def _wait(file: Path, values: Mapping[str, Any]) -> int:
    value = values.get("espera_bloqueo_s", USUAL_WAIT_S)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 3600:
        raise _bad(file, "«espera_bloqueo_s» debe ser un número de segundos de 0 a 3600")
    return value


def _zone(file: Path, values: Mapping[str, Any]) -> ZoneInfo:
    value = values.get("zona_horaria", USUAL_ZONE)
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise _bad(file, "«zona_horaria» debe ser un nombre como America/Lima") from error


def _bad(path: Path, motivo: str) -> ConfigurationError:
    return ConfigurationError("bad configuration", ruta=str(path), motivo=motivo)
