"""What the courier has got back for a package: acuse and constancia, found by the package's stem and verified.

They lie in the courier's Repository (``docs/spec/profile-folder.md``). What does not verify is said, never shown as a
receipt. Where the package itself is now (still in SourceOut, on its way, archived) is told from where its RAR lies.
"""

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sigasers.errors import SigasersError
from sigasers.formats import properties
from sigasers.formats.documents import Acuse, Constancia
from sigasers.host.sers_folders import folder_of, read_properties
from sigasers.keys.receipts import verify_acuse, verify_constancia
from sigasers.keys.trust import Trust
from sigasers.model import Digest
from sigasers.siga.profile import inspect_profile, pinned_huella

_MAX_BYTES = 4 << 20
_DEEPEST = 3  # AAAA, MM, and a folder of its own where a name was taken
_FOLDERS = {"repository": "configuration.pathRepository", "attach_out": "configuration.pathFileAttachOut"}


class Lugar(Enum):
    """Where the RAR of a package is, in the operator's words."""

    SOURCE_OUT = "en SourceOut, por enviar"
    EN_CAMINO = "en camino"
    ARCHIVADO = "archivado"
    NO_ESTA = "ya no está"


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """``acuse`` and ``constancia`` as far as there are any; ``dudoso``: one lies there that does not verify."""

    lugar: Lugar
    acuse: Acuse | None = None
    constancia: Constancia | None = None
    dudoso: bool = False


class ReceiptFinder:
    """Looks in one courier's folders; without a profile that holds, no receipt can be verified."""

    def __init__(self, sers_folder: Path, siga_folder: Path) -> None:
        self._trust = _trust(sers_folder, siga_folder)
        self._folders = _folders(sers_folder)
        self._known: dict[str, dict[str, Path]] = {}

    def of(self, raiz: str, target: Path, sha256: Digest | None) -> Receipts:
        """Give what there is for the package ``raiz``, which was put into ``target``.

        A receipt must name the RAR's ``sha256``: one of another package under this name is none of this one's.
        """
        rar = f"{raiz}.rar"
        if (target / rar).exists():
            return Receipts(lugar=Lugar.SOURCE_OUT)
        archived = self._places("repository").get(rar)
        if archived is None:
            on_its_way = rar in self._places("attach_out")
            return Receipts(lugar=Lugar.EN_CAMINO if on_its_way else Lugar.NO_ESTA)
        return self._verified(archived, raiz, sha256)

    def _verified(self, folder: Path, raiz: str, sha256: Digest | None) -> Receipts:
        token, words = _read(folder / f"{raiz}.acuse.jws"), _newest_constancia(folder, raiz)
        if token is None:
            return Receipts(lugar=Lugar.ARCHIVADO)
        if self._trust is None:
            return Receipts(lugar=Lugar.ARCHIVADO, dudoso=True)
        acuse = constancia = None
        try:
            found = verify_acuse(token, self._trust)
            if sha256 is None or sha256 not in {file.sha256 for file in found.archivos}:
                return Receipts(lugar=Lugar.ARCHIVADO, dudoso=True)
            acuse = found
            constancia = verify_constancia(words, self._trust, acuse=token) if words else None
        except SigasersError:
            return Receipts(lugar=Lugar.ARCHIVADO, acuse=acuse, dudoso=True)
        return Receipts(lugar=Lugar.ARCHIVADO, acuse=acuse, constancia=constancia)

    def _places(self, name: str) -> dict[str, Path]:
        """Give the folder of every RAR below one of the courier's folders, at most three folders deep."""
        if name not in self._known:
            self._known[name] = _rars(self._folders[name]) if name in self._folders else {}
        return self._known[name]


def _rars(root: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for place, folders, files in os.walk(root):
        if len(Path(place).relative_to(root).parts) >= _DEEPEST:
            folders.clear()
        found.update({name: Path(place) for name in files if name.endswith(".rar")})
    return found


def _newest_constancia(folder: Path, raiz: str) -> bytes | None:
    """Give the last word: one that supersedes has its order in its name."""
    later = (folder / f"{raiz}.constancia-{order}.jws" for order in range(20, 1, -1))
    for path in (*later, folder / f"{raiz}.constancia.jws"):
        found = _read(path)
        if found is not None:
            return found
    return None


def _trust(sers_folder: Path, siga_folder: Path) -> Trust | None:
    try:
        found = inspect_profile(sers_folder)
        return found.trust if found.huella == pinned_huella(siga_folder) else None
    except SigasersError:
        return None


def _folders(sers_folder: Path) -> dict[str, Path]:
    try:
        values = properties.parse(read_properties(sers_folder))
        return {name: folder_of(values, key, sers_folder) for name, key in _FOLDERS.items()}
    except SigasersError:
        return {}


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES).strip()
    except OSError:
        return None
