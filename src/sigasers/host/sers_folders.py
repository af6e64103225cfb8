"""Where the folders of a SERS are: what its ``application.properties`` says of them, ours or the ministry's alike.

Both read it: the courier to work in them, the exporter to hold that Ruta de Transmisión is the courier's SourceOut.
"""

import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from sigasers.errors.sers import ProfileDamagedError, SettingError
from sigasers.formats import properties
from sigasers.mensajes.motivos import motivo

PROPERTIES_NAME = "application.properties"
FOLDERS = {
    "configuration.pathFileAttachIn": "AttachIn",
    "configuration.pathFileAttachOut": "AttachOut",
    "configuration.pathRepository": "Repository",
    "configuration.pathSiafSourceIn": "SourceIn",
    "configuration.pathSiafSourceOut": "SourceOut",
}
_SOURCE_OUT = "configuration.pathSiafSourceOut"


def read_properties(root: Path) -> bytes:
    """Give the bytes of the SERS in ``root``; none where it has no such file. Raises ``ProfileDamagedError``."""
    path = root / PROPERTIES_NAME
    try:
        # Asked before it is opened: the open of a pipe waits for a writer, for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise ProfileDamagedError("no regular file", ruta=str(path), motivo="no es un archivo")
        with path.open("rb") as file:
            return file.read(properties.MAX_BYTES + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise ProfileDamagedError(str(error), ruta=str(path), motivo=motivo(error)) from error


def folder_of(values: Mapping[str, str], key: str, root: Path) -> Path:
    """Give the folder that ``key`` (one of ``FOLDERS``) names; a relative one lies in ``root``.

    Raises ``SettingError`` for what is no path on this machine.
    """
    text = values.get(key, "").strip()
    if not text:
        return root / FOLDERS[key]
    if "\0" in text or (sys.platform != "win32" and re.match(r"[A-Za-z]:\\|\\\\", text)):
        raise SettingError(f"{key} is no path here", clave=key, esperado="una carpeta de este equipo")
    return root / text  # an absolute path replaces the root


def source_out(root: Path) -> Path:
    """Give SourceOut of the SERS in ``root``; raises ``ProfileDamagedError``, ``SettingError``, ``FormatError``."""
    return folder_of(properties.parse(read_properties(root)), _SOURCE_OUT, root)
