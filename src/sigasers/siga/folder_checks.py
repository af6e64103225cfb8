"""Whether a folder of this machine can serve as Ruta de Transmisión or Ruta de Instalación SERS.

What makes it useless is raised; what an operator should only know is given as a note (Spanish, one sentence without
full stop). Nothing stays behind: the file that tries the folder is removed.
"""

import os
import secrets
import shutil
import stat
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sigasers
from sigasers import durable
from sigasers.durable import PART_SUFFIX
from sigasers.errors.disk import NotWritableError
from sigasers.errors.parameters import (
    ForbiddenPlaceError,
    MappedDriveError,
    ParameterFolderError,
    ParameterPathError,
    PathTooLongError,
)
from sigasers.formats.visible_text import visible
from sigasers.host import volumes
from sigasers.mensajes.motivos import motivo
from sigasers.model import UnidadEjecutora
from sigasers.siga.export.workspace import Workspace
from sigasers.siga.path_rules import (
    GUIDE_COLUMN_CHARS,
    excess_on_windows,
    is_unc,
    path_fault,
    stem_of,
    without_drive,
)

TRANSMISION = "Ruta de Transmisión"
INSTALACION_SERS = "Ruta de Instalación SERS"
_PROBE = "sigasers-prueba-"
_LITTLE_BYTES = 1 << 30
_NETWORK = "está en la red: la cuenta de la tarea necesita permiso en ese recurso; LOCAL SERVICE no lo tiene"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A folder given as the parameter ``parametro``; ``siga_folder`` is the exporter's own, which nothing may share."""

    parametro: str
    ruta: Path
    siga_folder: Path

    def found(self) -> Path:
        """Give the folder free of links; it is there, and in no forbidden place.

        Raises what ``hold_path`` raises, ``ParameterFolderError``, ``ForbiddenPlaceError``.
        """
        self.hold_path()
        resolved = self._resolved()
        for where, forbidden in _own_places(self.siga_folder):
            if resolved.is_relative_to(forbidden):
                raise ForbiddenPlaceError("inside the program", **self._fields, donde=where)
        return resolved

    def hold_path(self) -> None:
        """Hold that it is a complete path, for every account; raises ``ParameterPathError``, ``MappedDriveError``."""
        fault = path_fault(str(self.ruta), windows=sys.platform == "win32")
        if fault:
            raise ParameterPathError("no usable path", **self._fields, motivo=_sentence(fault))
        place = volumes.drive_stands_for(self.ruta)
        if place is not None:
            full = without_drive(str(self.ruta), place)
            raise MappedDriveError("drive of a session", **self._fields, completa=visible(full))

    def _resolved(self) -> Path:
        try:
            resolved = self.ruta.resolve(strict=True)
            if not stat.S_ISDIR(resolved.stat().st_mode):
                raise self._bad("Es un archivo, no una carpeta")
            os.scandir(resolved).close()
        except OSError as error:
            raise self._bad(_sentence(motivo(error))) from error
        except RuntimeError as error:  # how pathlib tells a loop, before Python 3.13
            raise self._bad("Sus enlaces simbólicos forman un círculo") from error
        return resolved

    @property
    def _fields(self) -> dict[str, str]:
        return {"parametro": self.parametro, "ruta": visible(str(self.ruta))}

    def _bad(self, reason: str) -> ParameterFolderError:
        return ParameterFolderError("no usable folder", **self._fields, motivo=reason)


def hold_apart(outbox: Path, sers_folder: Path, siga_folder: Path) -> None:
    """Hold that what lies in ``outbox`` (free of links) may be sent: raises ``ForbiddenPlaceError``.

    It is neither the courier's own folder nor the exporter's, nor one above them.
    """
    for where, inner in (("la carpeta del SERS", sers_folder), ("la carpeta de siga", siga_folder)):
        if Path(os.path.realpath(inner)).is_relative_to(outbox):
            raise ForbiddenPlaceError(
                "outbox over the program",
                parametro=TRANSMISION,
                ruta=visible(str(outbox)),
                donde=f"Contiene {where}, y lo que hay en la Ruta de Transmisión se envía",
            )


def hold_writable(outbox: Path) -> None:
    """Hold that the account may make files in ``outbox`` and in the working folder beside it, without making any.

    Raises ``NotWritableError``. Windows tells little this way: ``try_writing`` is what counts.
    """
    work = Workspace(outbox).folder
    for folder in (outbox, work if work.exists() else work.parent):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise NotWritableError("parameter", ruta=visible(str(folder)), motivo="sin permiso")


def try_writing(folder: Path, unidad: UnidadEjecutora | None) -> None:
    """Write a file in ``folder`` whose name is as long as a package's, and remove it; raises ``DiskError``.

    The courier does not look at its name. What an earlier trial left because the power went is removed too.
    """
    for left in folder.glob(f".*{_PROBE}*{PART_SUFFIX}"):
        if left.is_file():
            durable.remove(left, step="siga.parameters.probe_left")
    name = f".{_PROBE}{secrets.token_hex(8)}"
    longest = len(os.fsencode(stem_of(unidad))) if unidad else 0
    path = folder / f"{name.ljust(longest, 'x')}{PART_SUFFIX}"
    durable.write_new(path, b"prueba de escritura\n", step="siga.parameters.probe_write")
    durable.remove(path, step="siga.parameters.probe_remove")


def free_bytes(folder: Path) -> int:
    """Give how many bytes the account can still write there; raises ``DiskError``."""
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise durable.disk_error(error, folder) from error


def hold_room(folder: Path, unidad: UnidadEjecutora | None) -> None:
    """Hold that names of the unit's packages fit within Windows' longest path; raises ``PathTooLongError``."""
    excess = excess_on_windows(str(folder), unidad) if sys.platform == "win32" and unidad else 0
    if excess and not volumes.long_paths_enabled():
        raise PathTooLongError("no room for names", ruta=visible(str(folder)), sobran=excess)


def notes(folder: Path, unidad: UnidadEjecutora | None) -> list[str]:
    """Give what an operator should know of ``folder`` (there, free of links) although it serves."""
    found = [_NETWORK] if is_unc(str(folder)) or volumes.is_network_share(folder) else []
    if len(str(folder)) > GUIDE_COLUMN_CHARS:
        found.append(
            f"tiene {len(str(folder))} caracteres, y el SIGA guarda {GUIDE_COLUMN_CHARS} de cada ruta: allí se cortaría"
        )
    if sys.platform == "win32" and excess_on_windows(str(folder), unidad):
        found.append("los nombres de paquete más largos no caben en los 259 caracteres que Windows admite")
    if free_bytes(folder) < _LITTLE_BYTES:
        found.append("queda poco espacio en ese disco")
    return [*found, *_replaceable(folder)]


def _own_places(siga_folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the folders where no file of an operator may lie, each with the words that tell so."""
    yield "Está dentro de la carpeta propia de siga", siga_folder.resolve()
    program = "Está dentro del programa, que se reemplaza entero al actualizarlo"
    yield program, Path(sigasers.__file__).resolve().parent
    yield from (
        (program, Path(sysconfig.get_path(name)).resolve()) for name in ("stdlib", "purelib", "platlib")
    )
    if sys.prefix != sys.base_prefix:
        yield program, Path(sys.prefix).resolve()


def _replaceable(folder: Path) -> list[str]:
    """Tell which folder on the way other accounts may put another in the place of; Windows' lists are not read."""
    if sys.platform == "win32":
        return []
    try:
        trusted = {0, os.geteuid(), folder.stat().st_uid}
        statuses = [(above, above.stat()) for above in folder.parents]
    except OSError as error:
        raise durable.disk_error(error, folder) from error
    for above, status in statuses:
        open_to_all = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not status.st_mode & stat.S_ISVTX
        if open_to_all or status.st_uid not in trusted:
            return [
                f"otras cuentas pueden cambiar lo que hay en «{visible(str(above))}», por donde pasa esta ruta"
            ]
    return []


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
