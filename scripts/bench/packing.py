"""Packs the files of a folder as the exporter packs its tables, for ``bench``: arguments folder, RAR, workers.

Each file is encrypted into a part of its own by one of the workers; the archive is put together and read back member by
member, as ``siga.export`` does. It is not synced: what that takes is the disk's affair, and 7zz does not.
"""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from sigasers.durable import StagedFile
from sigasers.formats.rar5 import ArchiveKeys, EncryptedMember, MemberEncryptor, assemble
from sigasers.model import Instant
from sigasers.siga.export.archive_io import file_pieces, members_hold

_READ_BYTES = 1 << 20
_NOW = Instant(datetime.now(UTC))
Part = tuple[EncryptedMember, StagedFile]


def main(folder: str, target: str, workers: str) -> None:
    """Pack ``folder`` into the RAR ``target``."""
    password = "una clave solo de medida"  # noqa: S105 - of a file that is thrown away
    keys, place = ArchiveKeys.derive(password, os.urandom(16)), Path(target)
    files = sorted(Path(folder).iterdir())
    with ThreadPoolExecutor(int(workers)) as pool:
        parts = list(pool.map(lambda file: _encrypted(keys, file, place.parent), files))
    with StagedFile(place.with_suffix(".part")) as staged:
        assemble(keys, _taken(parts), b"", staged)
        wanted = [(member.name, member.sha256) for member, _ in parts]
        if not members_hold(staged.part, keys, wanted, workers=int(workers)):
            raise SystemExit("read back: not what was written")
        staged.part.rename(place)


def _encrypted(keys: ArchiveKeys, file: Path, folder: Path) -> Part:
    part = StagedFile(folder / f"{file.name}.part")
    with MemberEncryptor(keys, f"tablas/{file.name}", part, mtime=_NOW) as sink, file.open("rb") as source:
        while piece := source.read(_READ_BYTES):
            sink.write(piece)
    return sink.member, part


def _taken(parts: list[Part]) -> Iterator[tuple[EncryptedMember, Iterator[memoryview]]]:
    for member, part in parts:
        yield member, file_pieces(part.part)
        part.discard()


if __name__ == "__main__":
    main(*sys.argv[1:])
