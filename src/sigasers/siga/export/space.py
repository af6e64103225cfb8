"""Room on the volume of SourceOut: estimated before a year is exported, watched while it is written.

The database of SIGA may lie on the same volume, and a full disk stops SIGA too. So the exporter ends before the last
bytes are taken: it leaves 256 MiB, of a small volume a twentieth. Quotas of an account are not seen here; they end a
write with the system's own error.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sigasers.durable import StagedFile, disk_error
from sigasers.errors.siga import SpaceShortError

_RESERVE_BYTES = 256 << 20
_RESERVE_SHARE = 20
_CHECKED_EVERY = 1 << 20
_MARGIN_BYTES = 1 << 20
# A year's package was a sixteenth of the demonstration base (107 MB, one year): an eighth leaves room.
_FILE_SHARE = 8
_UNKNOWN_BYTES = 32 << 20


@dataclass(frozen=True)
class Space:
    """The room of the volume that ``folder`` lies on."""

    folder: Path

    def hold(self, more_bytes: int) -> None:
        """Hold that ``more_bytes`` can be written and the reserve stays; raises ``SpaceShortError``, ``DiskError``."""
        try:
            usage = shutil.disk_usage(self.folder)
        except OSError as error:
            raise disk_error(error, self.folder) from error
        reserve = min(_RESERVE_BYTES, usage.total // _RESERVE_SHARE)
        if usage.free < more_bytes + reserve:
            raise SpaceShortError(
                f"{usage.free} bytes free, {more_bytes} wanted",
                ruta=str(self.folder),
                libres_mb=usage.free >> 20,
                necesarios_mb=(more_bytes + reserve) >> 20,
            )


def estimated_bytes(last_package_bytes: int | None, base: object) -> int:
    """Estimate what exporting a year takes: the members' ciphertexts, and the RAR beside them.

    By the year's last package; before the first, by the size of the database's file; of a server nothing is known.
    """
    if last_package_bytes is not None:
        package = last_package_bytes + last_package_bytes // 4
    elif isinstance(base, Path) and base.is_file():
        package = base.stat().st_size // _FILE_SHARE
    else:
        package = _UNKNOWN_BYTES
    return 2 * package + _MARGIN_BYTES


class WatchedFile(StagedFile):
    """A staged file that stops before the disk is full."""

    def __init__(self, part: Path, space: Space, *, mode: int = 0o644) -> None:
        super().__init__(part, mode=mode)
        self._space, self._unchecked = space, 0

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Append ``data`` whole; raises ``SpaceShortError`` and ``DiskError``."""
        done = super().write(data)
        self._unchecked += done
        if self._unchecked >= _CHECKED_EVERY:
            self._unchecked = 0
            self._space.hold(0)
        return done
