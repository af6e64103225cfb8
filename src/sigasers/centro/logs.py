"""The centre's log: JSON lines in ``logs/centro.log``, rotated, without secrets."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler

from sigasers import durable
from sigasers.centro.folders import Folders

_MAX_BYTES = 10 << 20
_KEPT = 5


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        members: dict[str, object] = {
            "hora": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "nivel": record.levelname,
            "origen": record.name,
            "mensaje": record.getMessage(),
        }
        if (data := getattr(record, "datos", None)) is not None:
            members["datos"] = data
        if record.exc_info:
            members["detalle"] = self.formatException(record.exc_info)
        return json.dumps(members, ensure_ascii=False)


class _SizedFile(RotatingFileHandler):
    """A rotating file that counts what it wrote: the standard one asks the file system twice for each line."""

    def shouldRollover(self, _record: logging.LogRecord) -> int:  # noqa: N802 - the standard library's name
        """Tell whether the file is over its size; a line more or less does not matter."""
        if self.stream is None:  # closed by a rotation under way
            return 0
        return int(self.stream.tell() >= self.maxBytes)


@contextmanager
def start_logs(folders: Folders) -> Iterator[None]:
    """Write what this process logs to the centre's log for the block."""
    durable.make_folder(folders.root, step="centro.root_folder", mode=0o750)
    durable.make_folder(folders.logs, step="centro.logs_folder", mode=0o750)
    handler = _SizedFile(
        folders.logs / "centro.log", maxBytes=_MAX_BYTES, backupCount=_KEPT, encoding="utf-8"
    )
    handler.setFormatter(_JsonLines())
    logger = logging.getLogger()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
        handler.close()
