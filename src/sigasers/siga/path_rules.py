r"""Which texts can be a folder that an unattended program works in. Pure: Windows' rules hold on any machine.

What a rule gives is Spanish, without full stop, and without the path. It asks no disk (``folder_checks`` does).
"""

import re
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath

from sigasers.durable import PART_SUFFIX
from sigasers.formats.package_name import MAX_UTF16_UNITS, package_name
from sigasers.model import Ejercicio, UnidadEjecutora

WINDOWS_MAX_PATH = 259
"""UTF-16 units in the path of a file, where long paths are not enabled; MAX_PATH without its null."""
GUIDE_COLUMN_CHARS = 100
"""What SIGA's own table of parameters holds of each of the two paths."""
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*/]')
_WORKING_FOLDER = (
    "..siga"  # what the working folder beside SourceOut has in its name besides: ``.SourceOut.siga``
)
_LONGEST_ENDING = ".html" + PART_SUFFIX


def path_fault(text: str, *, windows: bool) -> str | None:
    """Tell why ``text`` is no complete path of a folder; nothing if it is one."""
    if not text.strip() or not text.isprintable():
        return "la ruta está vacía o tiene signos que no se ven"
    return _windows_fault(text) if windows else _posix_fault(text)


def is_unc(text: str) -> bool:
    r"""Tell whether ``text`` names a share, ``\\servidor\recurso``."""
    return PureWindowsPath(text).drive.startswith("\\\\")


def without_drive(text: str, place: str) -> str:
    r"""Give ``Z:\carpeta`` as it is for every account, where its drive stands for ``place``."""
    return str(PureWindowsPath(place, *PureWindowsPath(text).parts[1:]))


def excess_on_windows(folder: str, unidad: UnidadEjecutora | None) -> int:
    """Give how many characters the longest path made within or beside ``folder`` has too many; 0: it fits.

    Without ``unidad`` the longest name that a package can have is counted.
    """
    inside = len(_WORKING_FOLDER) + len("\\") + longest_stem(unidad) + len(_LONGEST_ENDING)
    return max(0, _units(folder.rstrip("\\/")) + inside - WINDOWS_MAX_PATH)


def longest_stem(unidad: UnidadEjecutora | None) -> int:
    """Give how many UTF-16 units the names of the unit's packages have, without ending; of any unit's, at most."""
    return MAX_UTF16_UNITS if unidad is None else _units(stem_of(unidad))


def stem_of(unidad: UnidadEjecutora) -> str:
    """Give the name that a package of ``unidad`` would have; year and minute do not change its length."""
    return package_name(unidad, Ejercicio(2021), datetime(2021, 10, 21, 16, 30)).stem  # noqa: DTZ001 - local, made up


def _windows_fault(text: str) -> str | None:
    path = PureWindowsPath(text)
    if text.startswith(("\\\\?\\", "\\\\.\\", "//?/", "//./")):
        return "empieza con un prefijo de dispositivo; escríbala sin él"
    if not path.is_absolute():
        return "no es una ruta completa: escríbala desde la unidad, como C:\\carpeta, o \\\\servidor\\recurso\\carpeta"
    for part in path.parts[1:]:
        if _NOT_IN_NAMES.search(part):
            return 'tiene un signo que Windows no admite en un nombre (< > : " | ? *)'
        if _RESERVED.fullmatch(part):
            return "tiene un nombre reservado por Windows, como CON o NUL"
        if part != ".." and part.endswith((" ", ".")):
            return "un nombre termina en espacio o punto, que Windows quita"
    return None


def _posix_fault(text: str) -> str | None:
    if re.match(r"[A-Za-z]:[\\/]|\\\\", text):
        return "es una ruta de Windows, y este equipo no es Windows"
    if not PurePosixPath(text).is_absolute():
        return "no es una ruta completa: escríbala desde la raíz, como /var/lib/carpeta"
    return None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
