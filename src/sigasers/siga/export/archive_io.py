"""The archive's bytes on disk: ciphertexts read piece by piece, and the finished archive read back by its members."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue

from sigasers.durable import disk_error
from sigasers.formats.rar5 import ArchiveKeys, RarArchive
from sigasers.model import Digest

_COPY_BYTES = 1 << 20
_READERS = 2


def file_pieces(path: Path) -> Iterator[memoryview]:
    """Give a file's bytes in pieces, each good until the next is asked for. Raises ``DiskError``."""
    buffer = memoryview(bytearray(_COPY_BYTES))
    try:
        with path.open("rb", buffering=0) as file:
            while size := file.readinto(buffer):
                yield buffer[:size]
    except OSError as error:
        raise disk_error(error, path) from error


def members_hold(
    path: Path, keys: ArchiveKeys, wanted: Sequence[tuple[str, Digest]], workers: int = _READERS
) -> bool:
    """Tell whether every member of the archive has its checksum and the SHA-256 that ``wanted`` gives for its name.

    Each of ``workers`` reads with a file of its own. Raises what ``RarArchive`` raises, and ``OSError``.
    """
    queue: SimpleQueue[tuple[str, Digest]] = SimpleQueue()
    for one in wanted:
        queue.put(one)

    def work() -> bool:
        with path.open("rb", buffering=0) as file:
            archive = RarArchive.open(file)
            while True:
                try:
                    name, digest = queue.get_nowait()
                except Empty:
                    return True
                if archive.sha256(keys, archive.member(name)) != digest:
                    return False

    with ThreadPoolExecutor(workers, thread_name_prefix="releer") as pool:
        started = [pool.submit(work) for _ in range(workers)]
        return all(done.result() for done in started)
