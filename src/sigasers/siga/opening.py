"""Opens packages again at the unit: finds the password, extracts members without ever replacing a file."""

import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from sigasers import durable
from sigasers.errors.catalogue import TableNotInPackageError
from sigasers.errors.disk import NameTakenError
from sigasers.errors.formats import NoCommentError
from sigasers.formats.archive_comment import ArchiveComment, Role, parse_comment
from sigasers.formats.manifest import MEMBER_NAME, Manifest, TableManifest
from sigasers.formats.package import PackageReader
from sigasers.formats.rar5 import RarArchive
from sigasers.keys.sealing_store import SealingStore

KEYS_FOLDER = "llaves"
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, which ``stat`` names on Windows alone


@dataclass(frozen=True, kw_only=True)
class ExtractedFile:
    """One extracted file and its size in bytes."""

    path: Path
    size_bytes: int


def sealed_password(file: BinaryIO, sers_folder: Path) -> str:
    """Give the password of the package in ``file`` with the unit's own sealing key.

    Raises what ``RarArchive.open`` raises, ``NoCommentError`` for a RAR that is not sealed (made with a fixed
    password), ``SealedForOthersError`` for another unit's, ``SealBrokenError``.
    """
    comment = _comment(RarArchive.open(file).comment)
    store = SealingStore(folder=sers_folder / KEYS_FOLDER, role=Role.UNIDAD)
    return store.open_password(comment)


def _comment(data: bytes) -> ArchiveComment:
    comment = parse_comment(data)
    if not comment.copies:
        raise NoCommentError("package made with a fixed password")
    return comment


def chosen_tables(manifest: Manifest, names: Sequence[str]) -> list[TableManifest]:
    """Give the exported tables ``names`` (in any case), or all of them if none is named.

    Raises ``TableNotInPackageError``.
    """
    present = {table.nombre.lower(): table for table in manifest.tablas if table.archivo}
    if not names:
        return list(present.values())
    for name in names:
        if name.lower() not in present:
            near = get_close_matches(name.lower(), present, n=3)
            similar = ", ".join(present[each].nombre for each in near) or "ninguna"
            raise TableNotInPackageError("no such table", tabla=name, parecidas=similar)
    return list({name.lower(): present[name.lower()] for name in names}.values())


def extract(reader: PackageReader, folder: Path, tablas: Sequence[str] = ()) -> list[ExtractedFile]:
    """Write the manifest and the tables (default: every member) below ``folder``, which is made if missing.

    Gives them in the archive's order. A member's name was checked when the package was opened. Raises
    ``NameTakenError`` before a file would be replaced, ``MemberDamagedError`` for a damaged one, which is not left
    behind, and ``TableNotInPackageError``.
    """
    names = reader.names
    if tablas:
        wanted = {table.archivo.miembro for table in chosen_tables(reader.manifest, tablas) if table.archivo}
        names = tuple(name for name in names if name == MEMBER_NAME or name in wanted)
    return [write_out(folder, name, reader.stream_member(name)) for name in names]


def write_out(folder: Path, name: str, pieces: Iterable[bytes]) -> ExtractedFile:
    """Write one file below ``folder``; ``name`` is a checked one with ``/`` between folders.

    The file has its name only when all ``pieces`` are written; nothing is replaced, and no link below ``folder`` is
    followed (``NameTakenError``).
    """
    target = folder.joinpath(*name.split("/"))
    _refuse_links(folder, target)
    durable.make_folder(target.parent, step="siga.open_folder")
    size = 0
    with durable.StagedFile(durable.part_of(target)) as staged:
        for piece in pieces:
            size += staged.write(piece)
        staged.place(target, step="siga.open_member")
    return ExtractedFile(path=target, size_bytes=size)


def _refuse_links(folder: Path, target: Path) -> None:
    for parent in target.relative_to(folder).parents:
        path = folder / parent
        if path != folder and _is_link(path):
            raise NameTakenError("a link stands there", ruta=str(path), motivo="es un enlace")


def _is_link(path: Path) -> bool:
    """Tell whether a symbolic link, or a junction of Windows, stands there."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION
