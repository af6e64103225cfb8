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


@contextmanager
def start_logs(folders: Folders) -> Iterator[None]:
    """Write what this process logs to the centre's log for the block."""
    durable.make_folder(folders.root, step="centro.root_folder", mode=0o750)
    durable.make_folder(folders.logs, step="centro.logs_folder", mode=0o750)
    handler = RotatingFileHandler(
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
