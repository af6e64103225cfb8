"""The working folder beside SourceOut, on its volume: what is half-made lies there, never in SourceOut itself.

Where SourceOut is the root of a volume (a disk of its own, a drive, a share) nothing beside it is on that volume: the
working folder is then a hidden one within, which the courier does not look at.

A run that died leaves parts there, and at worst its HTML in SourceOut without the RAR. The part of the RAR goes away
by becoming the RAR, or once the history knows that it failed: so an HTML whose RAR is still a part is an orphan, and
only then is it removed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sigasers import durable
from sigasers.durable import StagedFile
from sigasers.errors.disk import FolderMissingError, NotWritableError
from sigasers.host import locks
from sigasers.model import Instant
from sigasers.siga.export.space import Space, WatchedFile
from sigasers.siga.history import Estado, History, PackageRow

LOCK_NAME = "exportar.lock"
_RAR, _HTML = ".rar", ".html"


class Workspace:
    """The working folder of the target folder ``target`` (SourceOut)."""

    def __init__(self, target: Path) -> None:
        self.target = target
        alone = os.path.ismount(target)
        self.folder = target / ".siga" if alone else target.with_name(f".{target.name}.siga")
        self.space = Space(self.folder)

    def prepare(self) -> None:
        """Make the folder; raises ``FolderMissingError`` or ``NotWritableError`` before any work is done."""
        if not self.target.is_dir():
            raise FolderMissingError("target folder", ruta=str(self.target), motivo="no existe")
        if not os.access(self.target, os.W_OK):
            raise NotWritableError("target folder", ruta=str(self.target), motivo="sin permiso")
        durable.make_folder(self.folder, step="siga.workspace.folder", mode=0o750)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep other installations out that export to the same target; raises ``LockHeldError``."""
        with locks.hold(self.folder / LOCK_NAME):
            yield

    def clean(self, history: History, at: Instant) -> list[str]:
        """Remove what dead runs left; gives the stems that they had. The caller holds this folder."""
        rows = [row for row in history.unfinished() if row.destino == self.target]
        for row in rows:
            history.finish(row.raiz, self._settle(row), at)
        for part in self.folder.glob(f"*{durable.PART_SUFFIX}"):
            durable.remove(part, step="siga.workspace.part")
        return [row.raiz for row in rows]

    def _settle(self, row: PackageRow) -> Estado:
        """Tell how far a dead run came with ``row``; its orphan HTML goes."""
        if row.estado is Estado.EN_CURSO:
            return Estado.INTERRUMPIDO
        if not self._part_path(row.raiz, _RAR).exists():
            return Estado.TERMINADO
        durable.remove(self.html_path(row.raiz), step="siga.workspace.orphan")
        return Estado.INTERRUMPIDO

    def name_taken(self, raiz: str) -> bool:
        """Tell whether SourceOut holds a file of this stem."""
        return self.rar_path(raiz).exists() or self.html_path(raiz).exists()

    def rar_path(self, raiz: str) -> Path:
        """Where the finished RAR goes."""
        return self.target / f"{raiz}{_RAR}"

    def html_path(self, raiz: str) -> Path:
        """Where the finished HTML log goes."""
        return self.target / f"{raiz}{_HTML}"

    def stage_rar(self, raiz: str) -> StagedFile:
        """Begin the RAR."""
        return WatchedFile(self._part_path(raiz, _RAR), self.space)

    def stage_html(self, raiz: str) -> StagedFile:
        """Begin the HTML log."""
        return StagedFile(self._part_path(raiz, _HTML))

    def stage_member(self, name: str) -> StagedFile:
        """Begin the ciphertext of the member called ``name`` (a table's name: one plain word)."""
        return WatchedFile(self.folder / f"{name}.miembro{durable.PART_SUFFIX}", self.space, mode=0o600)

    def _part_path(self, raiz: str, suffix: str) -> Path:
        return self.folder / f"{raiz}{suffix}{durable.PART_SUFFIX}"
