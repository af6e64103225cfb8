"""What ``application.properties`` says: folders and habits of the agent; the guide's keys and ours (``sers.``).

No secret stands in that file: the guide's ``authentication.password`` stays empty, the key lies in ``llaves``.
"""

import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sigasers import durable
from sigasers.errors.sers import SettingError
from sigasers.formats import properties
from sigasers.host import sers_folders
from sigasers.host.sers_folders import FOLDERS
from sigasers.protocol.outbox import Pairing
from sigasers.sers.folder import ProfileFolder

_DEFAULTS = {
    "sers.emparejar": "true",
    "sers.espera_html_s": "600",
    "sers.intervalo_s": "15",
    "sers.estabilidad_s": "2",
    "sers.espera_acuse_s": "60",
    "sers.espera_constancia_s": "60",
}
_HEAD = """\
# Configuración de SERS. Las rutas de Windows pueden escribirse con una sola barra invertida.
# Aquí no hay secretos: la llave privada está en la carpeta llaves.
"""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The folders (absolute) and habits of one profile; times in seconds.

    ``stable_s``: between the two scans of ``sers enviar``. ``interval_s``: between the passes of the service.
    ``wait_acuse_s``, ``wait_constancia_s``: how long ``sers enviar`` waits for each, at the most.
    """

    source_out: Path
    source_in: Path
    attach_out: Path
    attach_in: Path
    repository: Path
    pairing: Pairing
    interval_s: float
    stable_s: float
    wait_acuse_s: float
    wait_constancia_s: float

    @property
    def apartados(self) -> Path:
        """Where files that cannot be sent are kept, each with its reason: beside SourceOut."""
        return self.source_out.parent / "Apartados"

    def make_folders(self) -> None:
        """Make the folders that are missing; raises ``DiskError``."""
        durable.make_folder(self.source_out, step="sers.folder.source_out")
        durable.make_folder(self.source_in, step="sers.folder.source_in")
        durable.make_folder(self.attach_out, step="sers.folder.attach_out")
        durable.make_folder(self.attach_in, step="sers.folder.attach_in")
        durable.make_folder(self.repository, step="sers.folder.repository")


def load(folder: ProfileFolder) -> Settings:
    """Give the settings; what the file does not say has its default. Raises ``SettingError``, ``FormatError``."""
    values = _DEFAULTS | properties.parse(sers_folders.read_properties(folder.root))
    paths = {name: sers_folders.folder_of(values, key, folder.root) for key, name in FOLDERS.items()}
    pairing = Pairing(
        enabled=_flag(values, "sers.emparejar"), wait_html_s=_seconds(values, "sers.espera_html_s", 0)
    )
    return Settings(
        source_out=paths["SourceOut"],
        source_in=paths["SourceIn"],
        attach_out=paths["AttachOut"],
        attach_in=paths["AttachIn"],
        repository=paths["Repository"],
        pairing=pairing,
        interval_s=_seconds(values, "sers.intervalo_s", 0.1),
        stable_s=_seconds(values, "sers.estabilidad_s", 0),
        wait_acuse_s=_seconds(values, "sers.espera_acuse_s", 0),
        wait_constancia_s=_seconds(values, "sers.espera_constancia_s", 0),
    )


def write_first(folder: ProfileFolder) -> None:
    """Write the file with its defaults if there is none."""
    if folder.properties.exists():
        return
    values = {
        "authentication.ejecutora": "",
        "authentication.guid": "",
        "authentication.ownerId": "",
        "authentication.password": "",
        "authentication.sessionId": "",
        "authentication.userId": "",
        "authentication.userName": "",
        "authentication.usertype": "UNIDAD_EJECUTORA",
        "configuration.activeSendAnother": "true",
        "configuration.deviceName": platform.node(),
        "configuration.maskMoveToIn": "*.xml",
        "configuration.maskMoveToIn2": "*.rar",
        **{key: str(folder.root / name) for key, name in FOLDERS.items()},
        "configuration.pathapplication": str(folder.root),
        "proxy.active": "false",
        **_DEFAULTS,
    }
    durable.write_new(
        folder.properties, properties.update(_HEAD.encode("utf-8"), values), step="sers.settings.first"
    )


def write_identity(folder: ProfileFolder, *, unidad: str, sistema: str, registro: str, centre: str) -> None:
    """Set the guide's ``authentication`` lines to whom this profile is registered as; other lines are kept."""
    values = {
        "authentication.ejecutora": unidad,
        "authentication.guid": registro,
        "authentication.ownerId": centre,
        "authentication.userId": unidad,
        "authentication.userName": f"{unidad}-{sistema}",
    }
    old = sers_folders.read_properties(folder.root)
    new = properties.update(old, values)
    if new != old:
        durable.replace(folder.properties, new, step="sers.settings.identity")


def _flag(values: Mapping[str, str], key: str) -> bool:
    text = values[key].strip().lower()
    if text not in {"true", "false"}:
        raise SettingError(f"{key} is neither true nor false", clave=key, esperado="true o false")
    return text == "true"


def _seconds(values: Mapping[str, str], key: str, smallest: float) -> float:
    found = re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", values[key].strip(), re.ASCII)
    if not found or float(found[0]) < smallest:
        raise SettingError(f"{key} is no number of seconds", clave=key, esperado="un número de segundos")
    return float(found[0])
