"""``siga.toml`` as it lies on disk: its values, the line on which each stands, and no password in it.

It knows TOML and lines, and nothing of what the exporter's settings mean (``configuration``, ``base_settings``).
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sigasers.errors.secrets import PasswordInFileError
from sigasers.errors.siga import ConfigurationError
from sigasers.mensajes.motivos import motivo

MAX_BYTES = 1 << 20
_SECRET = re.compile(r"clave|contrasen|contraseñ|passw|pwd|passphrase|^pass$|secret|token|credencial")
_ASSIGNED = re.compile(r"\b(?:pwd|passw\w*|clave|contrase\w*|secret\w*|token)\s*[=:]", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s@:]*:[^/\s@]*@", re.IGNORECASE)
_LINE = re.compile(r"line (\d+)")  # of TOMLDecodeError, which has no field for it before Python 3.14
_SHOWN = 40


@dataclass(frozen=True, kw_only=True)
class SettingsFile:
    """The parsed file ``path``; ``text`` is what was read, never shown: it may hold a password."""

    path: Path
    values: Mapping[str, Any]
    text: str = field(default="", repr=False)

    def bad(self, motivo: str, *keys: str) -> ConfigurationError:
        """Give the error of the setting ``keys`` (table, then name); ``motivo`` is Spanish, without full stop."""
        line = self.line_of(*keys) if keys else None
        where = f"línea {line}: " if line else ""
        return ConfigurationError("bad configuration", ruta=str(self.path), motivo=f"{where}{motivo}")

    def line_of(self, *keys: str) -> int | None:
        """Give the line (from 1) on which the setting stands, ``None`` where it is written some other way."""
        table = keys[:-1]
        inside: tuple[str, ...] = ()
        for number, line in enumerate(self.text.splitlines(), start=1):
            header = re.match(r"\s*\[+\s*([^\[\]]+?)\s*\]", line)
            if header:
                inside = tuple(part.strip().strip("\"'") for part in header[1].split("."))
                if inside == keys:
                    return number
            written = line.split("=", 1)[0].strip().strip("\"'") if "=" in line else None
            full = (*inside, *(part.strip().strip("\"'") for part in written.split("."))) if written else ()
            if full == keys or (inside == table and written == keys[-1]):
                return number
            if table and full == table:  # opciones = { ... } on one line
                return number
        return None


def read_settings(path: Path) -> SettingsFile:
    """Read ``path``; without the file there are no values.

    Raises ``ConfigurationError`` (not readable, over 1 MiB, not UTF-8, not TOML) and ``PasswordInFileError`` for a
    setting, at any depth, that is named like a password or holds one.
    """
    text = _text(path)
    try:
        found = SettingsFile(path=path, values=tomllib.loads(text), text=text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _LINE.search(str(error))
        where = f"línea {line[1]}: " if line else ""
        reason = f"{where}no es TOML válido (las rutas de Windows van entre comillas simples)"
        # The parser's own text may quote the line, and with it a password: it is not kept as cause.
        raise ConfigurationError("not toml", ruta=str(path), motivo=reason) from None
    _refuse_passwords(found)
    return found


def _text(path: Path) -> str:
    nothing = SettingsFile(path=path, values={})
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise nothing.bad(motivo(error)) from error
    if len(raw) > MAX_BYTES:
        raise nothing.bad("mide más de 1 MiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise nothing.bad("no está en UTF-8") from None


def printable(text: str) -> str:
    """Give the beginning of an outside name, fit to be shown."""
    return "".join(char if char.isprintable() else "?" for char in text)[:_SHOWN]


def _refuse_passwords(file: SettingsFile) -> None:
    for keys, value in _settings(file.values, ()):
        if looks_secret(keys[-1]) or (isinstance(value, str) and holds_secret(value)):
            line = file.line_of(*keys)
            raise PasswordInFileError(
                "password in the settings",
                ruta=str(file.path),
                linea=f"línea {line}, «{printable(keys[-1])}»" if line else f"«{printable(keys[-1])}»",
            )


def looks_secret(name: str) -> bool:
    """Tell whether a setting of this name would hold a password (``PWD``, ``Contraseña``, ``pass word``...)."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return _SECRET.search("".join(char for char in folded if char.isalpha())) is not None


def holds_secret(value: str) -> bool:
    """Tell whether a text carries a password within: ``...;PWD=x``, ``postgresql://usuario:x@servidor``."""
    return bool(_ASSIGNED.search(value) or _IN_ADDRESS.search(value))


def _settings(values: object, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """Give every (path of names, value) below ``values``; what stands in a list has the list's name."""
    if isinstance(values, Mapping):
        for name, value in values.items():
            yield (*above, name), value
            yield from _settings(value, (*above, name))
    elif isinstance(values, list):
        for value in values:
            yield (*(above or ("",)),), value
            yield from _settings(value, above or ("",))
