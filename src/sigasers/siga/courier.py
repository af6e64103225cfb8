"""The SERS in a folder, as the exporter sees it: whose it is, what it sends, which centre it believes.

Ours is known by its profile; the ministry's by its settings alone, and serves as courier too. Nothing is written, and
no secret of it is read.
"""

import os
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sigasers import mensajes
from sigasers.errors import SigasersError
from sigasers.errors.formats import FormatError
from sigasers.errors.parameters import NotSersError, NotSourceOutError, OtherUnitError
from sigasers.errors.sers import ProfileDamagedError, SettingError
from sigasers.formats import properties
from sigasers.formats.visible_text import visible
from sigasers.host import sers_folders
from sigasers.model import Nemonico
from sigasers.siga.profile import VerifiedProfile, inspect_profile, profile_exists

_OURS = "sers."  # begins the settings that only our agent writes
_UNIT = "authentication.ejecutora"


class Kind(Enum):
    """Whose SERS it is; the values are what the operator reads."""

    REGISTRADO = "SERS registrado ante el centro"
    SIN_REGISTRAR = "SERS de este programa, todavía sin registrar"
    MINISTERIO = "SERS del ministerio: se acepta como mensajero, sin perfil de un centro"


@dataclass(frozen=True, kw_only=True)
class Courier:
    """What stands in the folder ``root``; ``unidad`` where it can be seen, ``perfil`` for one that is registered."""

    root: Path
    source_out: Path
    kind: Kind
    unidad: Nemonico | None = None
    perfil: VerifiedProfile | None = None

    def hold_outbox(self, outbox: Path) -> None:
        """Hold that ``outbox`` is what this courier sends; raises ``NotSourceOutError``, which offers that folder."""
        if not same_folder(outbox, self.source_out):
            raise NotSourceOutError(
                "not the courier's outbox",
                dada=visible(str(outbox)),
                ofrecida=visible(str(self.source_out)),
                sers=visible(str(self.root)),
            )

    def hold_unit(self, unidad: Nemonico | None) -> None:
        """Hold that it is not the courier of another unit; raises ``OtherUnitError``."""
        if unidad is not None and self.unidad not in {None, unidad}:
            raise OtherUnitError(
                "courier of another unit", ruta=visible(str(self.root)), suya=self.unidad, unidad=unidad
            )

    def notes(self) -> list[str]:
        """Give what an operator should know of it (Spanish, one sentence each, without full stop)."""
        if self.perfil is None or not self.perfil.outbox:
            return []
        if same_folder(Path(self.perfil.outbox), self.source_out):
            return []
        said, real = visible(self.perfil.outbox), visible(str(self.source_out))
        return [
            f"su perfil dice que envía «{said}» y application.properties, «{real}»: reinicie el servicio del SERS"
        ]


def find_courier(root: Path) -> Courier:
    """Give the SERS in ``root``; raises ``NotSersError``, and ``BadProfileError`` for a profile that does not hold."""
    try:
        data = sers_folders.read_properties(root)
        values = properties.parse(data)
        outbox = sers_folders.source_out(root)
    except (ProfileDamagedError, SettingError, FormatError) as error:
        raise NotSersError("unusable settings", ruta=visible(str(root)), motivo=_told(error)) from error
    if not data:
        raise NotSersError(
            "no settings",
            ruta=visible(str(root)),
            motivo=f"Esa carpeta no tiene {sers_folders.PROPERTIES_NAME}, o está vacío",
        )
    if profile_exists(root):
        perfil = inspect_profile(root)
        return Courier(
            root=root,
            source_out=outbox,
            kind=Kind.REGISTRADO,
            unidad=perfil.profile.unidad,
            perfil=perfil,
        )
    if any(name.startswith(_OURS) for name in values):
        unit = values.get(_UNIT, "")
        unidad = Nemonico(int(unit)) if re.fullmatch(r"[1-9][0-9]{0,5}", unit) else None
        return Courier(root=root, source_out=outbox, kind=Kind.SIN_REGISTRAR, unidad=unidad)
    return Courier(root=root, source_out=outbox, kind=Kind.MINISTERIO)


def same_folder(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to one folder, by whatever links or capitals; folders need not exist."""
    try:
        return one.samefile(other)
    except OSError:
        return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))
    except ValueError:  # a null sign: no path at all
        return False


def _told(error: SigasersError) -> str:
    sentence = mensajes.sentence(error.code, error.fields)
    return f"{sentence.que} {sentence.porque}".rstrip(".")
