"""The result of a trial of the scheduled transmission: what the task's account tried, and the file that it leaves.

``siga transmitir --programado --ensayo RUTA`` writes it in one act; ``siga tarea`` reads it as an outsider's word:
``{"v": 1, "cuenta": ..., "equipo": ..., "pasos": [{"nombre", "resultado", "codigo", "texto"}]}``.
"""

import json
import os
import re
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sigasers.errors import TheirError
from sigasers.errors.task_setup import TrialDamagedError
from sigasers.formats import strict_json
from sigasers.formats.json_fields import Fields
from sigasers.host.tasks import shown

VERSION = 1
_MAX_BYTES = 1 << 20
_MAX_STEPS = 50
_MAX_TEXT = 2000
_CODE = re.compile(r"[A-Z]{2,5}-[0-9]{3}", re.ASCII)


class Outcome(Enum):
    """How a step ended; ``OMITIDO``: there was nothing to try."""

    BIEN = "bien"
    AVISO = "aviso"
    ERROR = "error"
    OMITIDO = "omitido"


@dataclass(frozen=True, kw_only=True)
class TrialStep:
    """One thing that was tried; ``texto`` is Spanish, ``codigo`` the error's."""

    nombre: str
    resultado: Outcome
    texto: str
    codigo: str | None = None


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What was tried, under which account, on which machine."""

    cuenta: str
    equipo: str
    pasos: tuple[TrialStep, ...]

    @property
    def is_good(self) -> bool:
        """Whether no step failed, and there was one."""
        return bool(self.pasos) and all(paso.resultado is not Outcome.ERROR for paso in self.pasos)

    def to_bytes(self) -> bytes:
        """Give the file's JSON; texts are cut to what ``read`` takes."""
        steps = [
            {
                "nombre": shown(paso.nombre),
                "resultado": paso.resultado.value,
                "codigo": paso.codigo,
                "texto": shown(paso.texto, _MAX_TEXT),
            }
            for paso in self.pasos[:_MAX_STEPS]
        ]
        document = {"v": VERSION, "cuenta": shown(self.cuenta), "equipo": shown(self.equipo), "pasos": steps}
        return json.dumps(document, ensure_ascii=False).encode()


def read(path: Path) -> Trial:
    """Read a result; another account wrote it, so it is taken for nothing but what it says.

    Raises ``TrialDamagedError``. Texts are printable and bounded.
    """
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
    if fields.integer("v") != VERSION:
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
        texto=shown(fields.text("texto", max_chars=2 * _MAX_TEXT), _MAX_TEXT),
    )
