"""A TOML file from outside, held to bounds before it is parsed: the library's parser takes a line's dots squared.

Two files are read so: the settings and a unit's own catalogue. What is over a bound is told by its line.
"""

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from sigasers.mensajes.motivos import motivo

MAX_BYTES = 1 << 20
_MAX_KEY_DOTS = 8
_MAX_LINE_DOTS = 100
_DOT = re.compile(r"""[\w"'-][ \t]*\.""")
_PLACE = re.compile(r"at line (\d{1,7}), column (\d{1,7})|(at end of document)")


class TomlError(Exception):
    """The file cannot be used: ``donde`` (a place, or empty) and ``motivo``, Spanish, without full stop."""

    def __init__(self, motivo: str, donde: str = "") -> None:
        super().__init__("unusable TOML")
        self.motivo, self.donde = motivo, donde


def read_bytes(path: Path) -> bytes:
    """Give the bytes of a regular file of at most 1 MiB; raises ``TomlError``, ``FileNotFoundError`` if missing."""
    try:
        # Asked before it is opened: the open of a pipe waits for a writer, for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise TomlError("no es un archivo")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a name with a null sign
        reason = motivo(error) if isinstance(error, OSError) else "su nombre no es válido"
        raise TomlError(f"no se puede leer: {reason}") from error
    if len(raw) > MAX_BYTES:
        raise TomlError("mide más de 1 MiB")
    return raw


def parse(raw: bytes) -> tuple[dict[str, Any], str]:
    """Give the values and the text of ``raw``; raises ``TomlError``, which keeps nothing of the text."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TomlError("no está en UTF-8") from None
    _hold_bounds(text)
    try:
        return tomllib.loads(text), text
    except RecursionError:
        raise TomlError("no es TOML válido: está anidado sin fin") from None
    except ValueError as error:  # TOMLDecodeError is one; so is a number of thousands of digits
        # The library tells the place in its text alone, before Python 3.14; the text may quote a password.
        raise TomlError("no es TOML válido", _place_words(_PLACE.search(str(error)))) from None


def _hold_bounds(text: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        key, equals, _ = line.partition("=")
        key = line if line.lstrip().startswith("[") else key if equals else ""
        if len(_DOT.findall(line)) > _MAX_LINE_DOTS or len(_DOT.findall(key)) > _MAX_KEY_DOTS:
            raise TomlError("un nombre tiene demasiadas partes separadas por puntos", f"línea {number}")


def _place_words(place: "re.Match[str] | None") -> str:
    if place is None:
        return ""
    return f"línea {place[1]}, columna {place[2]}" if place[1] else "el final del archivo"
