"""The trial of the task: its command run once as its account in dry mode, and the result that it leaves.

The result is a JSON in the exporter's folder, written in one act by ``siga transmitir --programado --ensayo RUTA``:
``{"v": 1, "cuenta": ..., "equipo": ..., "pasos": [{"nombre", "resultado": bien|aviso|error, "codigo", "texto"}]}``.
"""

import os
import re
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from sigasers.errors import TheirError
from sigasers.errors.task_setup import TrialDamagedError
from sigasers.formats import strict_json
from sigasers.formats.json_fields import Fields
from sigasers.host.tasks import Scheduler, TaskSpec, shown

_MAX_BYTES = 64 << 10
_MAX_STEPS = 50
_CODE = re.compile(r"[A-Z]{2,5}-[0-9]{3}", re.ASCII)


class Outcome(Enum):
    """How a step ended."""

    BIEN = "bien"
    AVISO = "aviso"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class TrialStep:
    """One thing that was tried; texts are printable and bounded."""

    nombre: str
    resultado: Outcome
    codigo: str | None
    texto: str


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the command said about itself: under which account, on which machine, and its steps."""

    cuenta: str
    equipo: str
    pasos: tuple[TrialStep, ...]

    @property
    def is_good(self) -> bool:
        """Whether no step failed, and there was one."""
        return bool(self.pasos) and all(paso.resultado is not Outcome.ERROR for paso in self.pasos)


def rehearse(scheduler: Scheduler, spec: TaskSpec) -> Trial:
    """Run the command of ``spec`` once in dry mode and give its result.

    Raises ``TaskTrialError`` where it left none, ``TrialDamagedError`` where it left something else.
    """
    path = spec.folder / f"ensayo-{secrets.token_hex(8)}.json"
    try:
        scheduler.rehearse(replace(spec, command=(*spec.command, "--ensayo", str(path))), path)
        return read(path)
    finally:
        with suppress(OSError):
            path.unlink()


def read(path: Path) -> Trial:
    """Read a result; the account of the task wrote it, so it is taken for nothing but what it says."""
    try:
        return _parsed(Fields(strict_json.loads(_bytes(path), max_bytes=_MAX_BYTES), "ensayo"))
    except (OSError, TheirError, ValueError) as error:
        raise TrialDamagedError(f"trial: {type(error).__name__}", ruta=str(path)) from error


def _bytes(path: Path) -> bytes:
    """Give the bytes of a regular file; a link or a pipe in its place is not opened."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("no regular file")
        return file.read(_MAX_BYTES + 1)


def _parsed(fields: Fields) -> Trial:
    if fields.integer("v") != 1:
        raise ValueError("version")
    steps = fields.objects("pasos", max_items=_MAX_STEPS)
    return Trial(
        cuenta=shown(fields.text("cuenta")),
        equipo=shown(fields.text("equipo")),
        pasos=tuple(_step(step) for step in steps),
    )


def _step(fields: Fields) -> TrialStep:
    codigo = fields.text("codigo") if fields.optional("codigo") else None
    if codigo is not None and not _CODE.fullmatch(codigo):
        raise ValueError("code")
    return TrialStep(
        nombre=shown(fields.text("nombre")),
        resultado=fields.parsed("resultado", Outcome),
        codigo=codigo,
        texto=shown(fields.text("texto", max_chars=4000), most=2000),
    )
