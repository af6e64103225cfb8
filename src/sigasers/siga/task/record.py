"""What an installation remembers of its task: a random id that moves along with the folder, and what was chosen.

``tarea.json`` of the exporter's folder. It is a hint, never trusted: what is installed is asked from the system.
"""

import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from sigasers import durable
from sigasers.errors import TheirError
from sigasers.formats import strict_json
from sigasers.formats.json_fields import Fields
from sigasers.host.tasks import Kind

FILE_NAME = "tarea.json"
_MAX_BYTES = 4096
_ID_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class TaskRecord:
    """The installation's id, and the scheduler and account of its last task, where one was generated."""

    instalacion: str
    con: Kind | None = None
    cuenta: str | None = None

    def of(self, con: Kind, cuenta: str | None) -> "TaskRecord":
        """Give the record of a task under ``con`` and ``cuenta``."""
        return replace(self, con=con, cuenta=cuenta)


def load(folder: Path) -> TaskRecord:
    """Give what ``folder`` remembers; a missing or damaged file gives a new installation, not yet written."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            fields = Fields(strict_json.loads(file.read(_MAX_BYTES + 1), max_bytes=_MAX_BYTES), "tarea")
        con = Kind(fields.text("con")) if fields.optional("con") else None
        cuenta = fields.text("cuenta") if fields.optional("cuenta") else None
        return TaskRecord(instalacion=_id(fields.text("instalacion")), con=con, cuenta=cuenta)
    except (OSError, TheirError, ValueError):
        return TaskRecord(instalacion=secrets.token_hex(_ID_BYTES))


def save(folder: Path, record: TaskRecord) -> None:
    """Keep ``record``; raises ``DiskError``."""
    fields = {
        "v": 1,
        "instalacion": record.instalacion,
        "con": record.con.value if record.con else None,
        "cuenta": record.cuenta,
    }
    durable.replace(folder / FILE_NAME, json.dumps(fields).encode(), step="siga.task.record")


def _id(text: str) -> str:
    if len(text) != 2 * _ID_BYTES or not set(text) <= set("0123456789abcdef"):
        raise ValueError("id")
    return text
