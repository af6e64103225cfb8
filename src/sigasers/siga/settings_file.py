"""``siga.toml`` as it lies on disk: its values, the line on which each stands, and no password in it.

It knows TOML and lines, and nothing of what the exporter's settings mean (``configuration``, ``base_settings``).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sigasers.errors.secrets import PasswordInFileError
from sigasers.errors.siga import ConfigurationError
from sigasers.siga import toml_text

_SECRET = re.compile(r"clave|contrasen|contraseñ|passw|pwd|passphrase|^pass$|secret|token|credencial")
_ASSIGNED = re.compile(r"\b(?:pwd|passw\w*|clave|contrase\w*|secret\w*|token)\s*[=:]", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"://[^/\s@:]*:[^/\s@]*@")
# ``usuario:contraseña@``, whatever signs the password has: / and @ too.
_BEFORE_HOST = re.compile(r"[^\s:@/\\]*:.*@", re.DOTALL)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_DRIVE = re.compile(r"[a-z]:[\\/]", re.IGNORECASE)
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
    try:
        values, text = toml_text.parse(toml_text.read_bytes(path))
    except FileNotFoundError:
        return SettingsFile(path=path, values={})
    except toml_text.TomlError as error:
        where = f"{error.donde.partition(',')[0]}: " if error.donde else ""
        hint = " (las rutas de Windows van entre comillas simples)" if "TOML" in error.motivo else ""
        raise ConfigurationError("bad file", ruta=str(path), motivo=f"{where}{error.motivo}{hint}") from None
    found = SettingsFile(path=path, values=values, text=text)
    _refuse_passwords(found)
    return found


def printable(text: str) -> str:
    """Give the beginning of an outside name, fit to be shown."""
    return "".join(char if char.isprintable() else "?" for char in text)[:_SHOWN]


def _refuse_passwords(file: SettingsFile) -> None:
    for keys, value in _settings(file.values, ()):
        texts = (keys[-1], value) if isinstance(value, str) else keys[-1:]
        if looks_secret(keys[-1]) or any(map(holds_secret, texts)):
            line = file.line_of(*keys)
            name = "..." if holds_secret(keys[-1]) else printable(keys[-1])
            raise PasswordInFileError(
                "password in the settings",
                ruta=str(file.path),
                linea=f"línea {line}, «{name}»" if line else f"«{name}»",
            )


def looks_secret(name: str) -> bool:
    """Tell whether a setting of this name would hold a password (``PWD``, ``Contraseña``, ``pass word``...)."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return _SECRET.search("".join(char for char in folded if char.isalpha())) is not None


def holds_secret(value: str) -> bool:
    """Tell whether a text carries a password within: ``...;PWD=x``, ``postgresql://usuario:x@servidor``, ``u:x@s``."""
    text = value.lstrip()
    scheme = _SCHEME.match(text)
    rest = text[scheme.end() :] if scheme else text
    given = _BEFORE_HOST.match(rest) and (scheme or not _DRIVE.match(rest))
    return bool(given or _ASSIGNED.search(value) or _IN_ADDRESS.search(value))


def is_address(value: str) -> bool:
    """Tell whether a text is the address of a server, or a connection string, and no path."""
    return "://" in value or holds_secret(value) or bool(re.match(r"[^=\\/;]*=[^;]*;", value))


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
