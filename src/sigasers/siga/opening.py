"""Opens packages again at the unit: finds the password, extracts members without ever replacing a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sigasers import durable
from sigasers.errors.formats import NoCommentError
from sigasers.formats.archive_comment import ArchiveComment, Role, parse_comment
from sigasers.formats.package import PackageReader
from sigasers.formats.rar5 import RarArchive
from sigasers.keys.sealing_store import SealingStore

KEYS_FOLDER = "llaves"


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


def extract(reader: PackageReader, folder: Path) -> list[ExtractedFile]:
    """Write every member below ``folder`` (made if missing); gives them in the archive's order.

    A member's name was checked when the package was opened. Raises ``NameTakenError`` before a file would be
    replaced, ``MemberDamagedError`` for a damaged one, which is not left behind.
    """
    return [_extract_one(reader, name, folder) for name in reader.names]


def _extract_one(reader: PackageReader, name: str, folder: Path) -> ExtractedFile:
    target = folder.joinpath(*name.split("/"))
    durable.make_folder(target.parent, step="siga.open_folder")
    size = 0
    with durable.StagedFile(durable.part_of(target)) as staged:
        for piece in reader.stream_member(name):
            size += staged.write(piece)
        staged.place(target, step="siga.open_member")
    return ExtractedFile(path=target, size_bytes=size)
