"""``siga.toml``: what the exporter must know of its place. Options of the command line come before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sigasers.errors import TheirError
from sigasers.host.installation import Installation
from sigasers.model import DiaDelAnio, Ejercicio, Nemonico
from sigasers.siga.base_settings import USUAL_LIMIT_S, base_of, limit_of, path_of
from sigasers.siga.settings_file import SettingsFile, printable, read_settings
from sigasers.siga.sources.server import Server

FILE_NAME = "siga.toml"
USUAL_ZONE = "America/Lima"
USUAL_WAIT_S = 10
_PATHS = ("ruta_transmision", "ruta_instalacion_sers", "tablas_adicionales")
_YEARS = ("anio_sistema", "anio_programacion")
_CLOSING = "cierre_anio_anterior"
_KNOWN = {*_PATHS, *_YEARS, _CLOSING, "base", "cronograma", "unidad", "zona_horaria", "espera_bloqueo_s"}


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The exporter's settings; ``None`` where the file says nothing and the database is asked.

    ``base`` is a SQLite file or a database in a server, ``limite_consulta_s`` how many seconds one statement in a
    server may take. ``ruta_transmision`` is SourceOut, ``ruta_instalacion_sers`` the courier's folder,
    ``espera_bloqueo_s`` how many seconds a locked database is waited for, ``tablas_adicionales`` the unit's own
    catalogue file, ``cierre_anio_anterior`` the last day on which the year before goes on being sent, ``cronograma``
    its section as it stands.
    """

    base: Path | Server | None
    unidad: Nemonico | None
    ruta_transmision: Path
    ruta_instalacion_sers: Path
    zona_horaria: ZoneInfo
    anio_sistema: Ejercicio | None = None
    anio_programacion: Ejercicio | None = None
    espera_bloqueo_s: int = USUAL_WAIT_S
    tablas_adicionales: Path | None = None
    limite_consulta_s: int = USUAL_LIMIT_S
    cierre_anio_anterior: DiaDelAnio | None = None
    cronograma: Mapping[str, Any] | None = None

    @property
    def base_nombre(self) -> str:
        """How errors and logs name the database."""
        return self.base.nombre if isinstance(self.base, Server) else str(self.base)


def load_configuration(installation: Installation) -> Configuration:
    """Read ``siga.toml`` of the installation; without the file the usual places hold.

    Relative paths start at the file's folder. Raises ``ConfigurationError``: not readable, not TOML, an unknown
    name (a misspelt one must not be passed over), a value that is not what it should be; ``PasswordInFileError``.
    """
    return configuration_of(read_settings(installation.siga / FILE_NAME), installation)


def configuration_of(file: SettingsFile, installation: Installation) -> Configuration:
    """Give the settings that ``file`` says; raises as ``load_configuration`` does."""
    unknown = sorted(file.values.keys() - _KNOWN)
    if unknown:
        raise file.bad(f"no se conoce la línea «{printable(unknown[0])}»", unknown[0])
    paths = {name: _path(file, name) for name in _PATHS}
    sers = paths["ruta_instalacion_sers"] or installation.sers
    return Configuration(
        base=base_of(file),
        unidad=_unit(file),
        ruta_transmision=paths["ruta_transmision"] or sers / "SourceOut",
        ruta_instalacion_sers=sers,
        zona_horaria=_zone(file),
        anio_sistema=_year(file, "anio_sistema"),
        anio_programacion=_year(file, "anio_programacion"),
        espera_bloqueo_s=_wait(file),
        tablas_adicionales=paths["tablas_adicionales"],
        limite_consulta_s=limit_of(file),
        cierre_anio_anterior=_closing(file),
        cronograma=_section(file, "cronograma"),
    )


def _path(file: SettingsFile, name: str) -> Path | None:
    value = file.values.get(name)
    return None if value is None else path_of(file, value, name)


def _unit(file: SettingsFile) -> Nemonico | None:
    value = file.values.get("unidad")
    try:
        return None if value is None else Nemonico.parse(str(value))
    except TheirError as error:
        raise file.bad("«unidad» debe ser un código de 1 a 999999", "unidad") from error


def _year(file: SettingsFile, name: str) -> Ejercicio | None:
    value = file.values.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1990 <= value <= 2199:
        raise file.bad(f"«{name}» debe ser un año de 1990 a 2199", name)
    return Ejercicio(value)


def _section(file: SettingsFile, name: str) -> Mapping[str, Any] | None:
    value = file.values.get(name)
    if value is not None and not isinstance(value, dict):
        raise file.bad(f"«{name}» debe ser una sección [{name}]", name)
    return value


def _wait(file: SettingsFile) -> int:
    name = "espera_bloqueo_s"
    value = file.values.get(name, USUAL_WAIT_S)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 3600:
        raise file.bad(f"«{name}» debe ser un número de segundos de 0 a 3600", name)
    return value


def _closing(file: SettingsFile) -> DiaDelAnio | None:
    value = file.values.get(_CLOSING)
    try:
        return None if value is None else DiaDelAnio.parse(str(value))
    except TheirError as error:
        raise file.bad(f'«{_CLOSING}» debe ser un día como "03-31" (mes y día)', _CLOSING) from error


def _zone(file: SettingsFile) -> ZoneInfo:
    value = file.values.get("zona_horaria", USUAL_ZONE)
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise file.bad("«zona_horaria» debe ser un nombre como America/Lima", "zona_horaria") from error
