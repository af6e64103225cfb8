"""The name of a package: ``MEF-SIGA-tr_1288_2021_202110211630_REGION LIMA`` (``docs/spec/package.md``, section 1).

A unit's name is mapped to what Windows and POSIX both take, never refused: the true one stands in the manifest.
It does not say whether the name is free.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sigasers.errors.formats import BadPackageNameError
from sigasers.errors.model import InvalidValueError
from sigasers.formats.visible_text import UNSEEN
from sigasers.model import Ejercicio, Nemonico, UnidadEjecutora

MAX_UTF16_UNITS = 200
MAX_UTF8_BYTES = 240
NAMELESS = "UE"
_PREFIX = "MEF-SIGA-tr"
_FORM = re.compile(rf"{_PREFIX}_([1-9][0-9]{{0,5}})_([0-9]{{4}})_([0-9]{{12}})_(.+)", re.DOTALL)
_MINUTE = "%Y%m%d%H%M"
_FORBIDDEN = set('<>:"/\\|?*')  # by Windows


@dataclass(frozen=True, kw_only=True)
class PackageName:
    """The parts of a stem: ``minuto`` is the unit's local time, without zone; ``nombre`` the mapped name."""

    nemonico: Nemonico
    anio: Ejercicio
    minuto: datetime
    nombre: str

    @property
    def stem(self) -> str:
        """The file name without ``.rar`` or ``.html``."""
        return f"{_PREFIX}_{self.nemonico}_{self.anio}_{self.minuto:{_MINUTE}}_{self.nombre}"


def package_name(unidad: UnidadEjecutora, anio: Ejercicio, minuto: datetime) -> PackageName:
    """Give the name of the package of ``unidad`` and ``anio`` whose export starts at ``minuto``, local time."""
    local = minuto.replace(second=0, microsecond=0, tzinfo=None)
    bare = PackageName(nemonico=unidad.nemonico, anio=anio, minuto=local, nombre="")
    nombre = mapped_name(unidad.nombre, room=len(bare.stem))
    return PackageName(nemonico=unidad.nemonico, anio=anio, minuto=local, nombre=nombre)


def parse_stem(stem: str) -> PackageName:
    """Read exactly what ``PackageName.stem`` gives; raises ``BadPackageNameError``."""
    match = _FORM.fullmatch(stem)
    if match is None:
        raise BadPackageNameError("not the name of a package")
    try:
        name = PackageName(
            nemonico=Nemonico.parse(match[1]),
            anio=Ejercicio(int(match[2])),
            minuto=datetime.strptime(match[3], _MINUTE),  # noqa: DTZ007 - local time of the unit, without zone
            nombre=match[4],
        )
    except (InvalidValueError, ValueError) as error:
        raise BadPackageNameError("a part of the name is out of range") from error
    if mapped_name(name.nombre, room=len(stem) - len(name.nombre)) != name.nombre:
        raise BadPackageNameError("the name of the unit is not in its mapped form")
    return name


def mapped_name(name: str, *, room: int) -> str:
    """Give ``name`` as it may stand in a stem whose other characters, all ASCII, number ``room``."""
    composed = unicodedata.normalize("NFC", name)
    mapped = "".join(_mapped_char(char) for char in composed).strip(" ").rstrip(". ")
    return _cut(mapped, room).rstrip(". ") or NAMELESS


def _mapped_char(char: str) -> str:
    category = unicodedata.category(char)
    if char in _FORBIDDEN or category in UNSEEN:
        return "_"
    return " " if category == "Zs" else char


def _cut(text: str, room: int) -> str:
    """Give the longest beginning within both limits that does not part a letter from its accents."""
    units, size, end = room, room, 0
    for place, char in enumerate(text):
        if not unicodedata.combining(char):
            end = place
        units += 2 if ord(char) > 0xFFFF else 1
        size += len(char.encode("utf-8"))
        if units > MAX_UTF16_UNITS or size > MAX_UTF8_BYTES:
            return text[:end]
    return text
