"""The agent's logs: ``traceclient.log`` in plain words, ``sers.jsonl`` with the same as JSON lines.

The help desk looks for three facts (guide 6.2, 6.5, 6.6), each written only when it happened: *credenciales*
(key and certificate load and match), *passkey* (the centre answered a first request made with our certificate) and
*sessionId* (its first characters). No secret and no content of a file is ever written. Both files are rotated.
"""

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Self

from sigasers import mensajes
from sigasers.durable import disk_error
from sigasers.errors import SigasersError
from sigasers.model import Instant

MAX_BYTES = 2 << 20
KEPT_FILES = 5
_SESSION_CHARS = 6


class Trace:
    """Writes both logs of one folder; one process at a time, the engine's."""

    def __init__(self, folder: Path) -> None:
        """Open the logs in ``folder``; raises ``DiskError``."""
        try:
            self._words = _handler(folder / "traceclient.log")
            self._lines = _handler(folder / "sers.jsonl")
        except OSError as error:
            raise disk_error(error, folder) from error

    def say(self, event: str, text: str, **fields: object) -> None:
        """Write one fact: ``event`` names it for programs, ``text`` (Spanish) for people."""
        now = datetime.now(UTC)
        _emit(self._words, f"{now.astimezone():%Y-%m-%d %H:%M:%S%z} {text}")
        line = {"hora": str(Instant(now)), "hecho": event, "texto": text, **fields}
        _emit(self._lines, json.dumps(line, ensure_ascii=False, default=str))

    def failed(self, error: SigasersError, **fields: object) -> None:
        """Write an error: the operator's sentence, and for programs its code and detail."""
        sentence = mensajes.sentence(error.code, error.fields)
        text = f"ERROR {error.code}: {sentence.que} {sentence.porque}"
        self.say("error", text, codigo=error.code, detalle=str(error), **fields)

    def credentials(self) -> None:
        """Key and certificate load and match."""
        self.say(
            "credenciales", "credenciales: la llave y el certificado se cargaron y corresponden entre sí"
        )

    def passkey(self) -> None:
        """The centre answered a first request that was made with our certificate."""
        self.say("passkey", "passkey: el centro respondió al primer pedido hecho con nuestro certificado")

    def session(self, name: str) -> None:
        """The centre gave the session a name."""
        start = name[:_SESSION_CHARS]
        self.say("sessionId", f"sessionId: {start}… (sesión abierta)", sesion=start)

    def close(self) -> None:
        """Close the files."""
        self._words.close()
        self._lines.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _handler(path: Path) -> RotatingFileHandler:
    return RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8")


def _emit(handler: RotatingFileHandler, text: str) -> None:
    """Write one line; a text with line breaks stays one line."""
    line = text.replace("\r", " ").replace("\n", " ")
    handler.emit(logging.LogRecord("sers", logging.INFO, "", 0, "%s", (line,), None))
