"""One missing file to the centre by tus: the offset is asked, never remembered; each piece with its digest."""

from pathlib import Path
from typing import BinaryIO

from sigasers.durable import disk_error
from sigasers.errors import SigasersError
from sigasers.errors.sers import CentreBusyError, FileChangedError, FileVanishedError, PieceMismatchError
from sigasers.model import Digest
from sigasers.protocol.retry import IN_ONE_PASS
from sigasers.sers import files
from sigasers.sers.agent import Agent
from sigasers.sers.rows import OutFile

PIECE_BYTES = 4 << 20


def upload(agent: Agent, sobre: Digest, file: OutFile, path: Path, *, piece_bytes: int) -> None:
    """Bring ``file``, which lies at ``path``, whole to the centre, or return when it no longer misses it.

    The whole file is hashed before its first byte goes. Raises ``FileChangedError``, ``FileVanishedError``, and
    the errors of the line; a short cut is bridged, and whatever went through counts as progress.
    """
    check_unchanged(file, path)
    progress = _Progress(agent, sobre, file, path, min(piece_bytes, PIECE_BYTES))
    failures = 0
    while True:
        before = progress.offset
        try:
            progress.run()
        except PieceMismatchError as error:
            check_unchanged(file, path)
            failure: SigasersError = error
        except SigasersError as error:
            failure = error
        else:
            return
        failures = 1 if progress.offset > before else failures + 1
        delay = IN_ONE_PASS.delay_s(failures=failures, retry=failure.retry, jitter=agent.clock.jitter())
        if delay is None:
            raise failure
        agent.clock.sleep(delay)


def check_unchanged(file: OutFile, path: Path) -> None:
    """Raise ``FileChangedError`` or ``FileVanishedError`` unless ``path`` is just what was stated of ``file``."""
    if not path.exists():
        raise FileVanishedError("gone after its sobre", archivo=file.name)
    stated = file.statement()
    if path.stat().st_size != stated.tamano_bytes or files.measure(path)[1] != stated.sha256:
        raise FileChangedError("not what the sobre states", archivo=file.name, carpeta=str(path.parent))


class _Progress:
    """One upload, resumed as often as needed; ``offset`` is the last that the centre confirmed."""

    def __init__(self, agent: Agent, sobre: Digest, file: OutFile, path: Path, piece_bytes: int) -> None:
        self._agent, self._sobre, self._file, self._path = agent, sobre, file, path
        self._piece_bytes = piece_bytes
        self.offset = 0

    def run(self) -> None:
        """Go on from what the centre holds until the file is whole there."""
        centre, stated = self._agent.centre, self._file.statement()
        place = centre.create_upload(self._sobre, stated.sha256, stated.tamano_bytes)
        if place is None:
            return
        offset = centre.upload_offset(place)
        try:
            with self._path.open("rb") as source:
                while offset is not None and offset < stated.tamano_bytes:
                    self.offset = offset
                    offset = centre.send_piece(place, offset, self._piece(source, offset))
        except OSError as error:
            raise disk_error(error, self._path) from error
        if offset is None:
            raise CentreBusyError("upload to be asked again", codigo="tus", detalle="el envío se retomará")
        self.offset = offset

    def _piece(self, source: BinaryIO, offset: int) -> bytes:
        source.seek(offset)
        piece = source.read(self._piece_bytes)
        if not piece:
            raise FileChangedError(
                "shorter than stated", archivo=self._file.name, carpeta=str(self._path.parent)
            )
        return piece
