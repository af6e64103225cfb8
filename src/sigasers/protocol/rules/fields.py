"""Typed access to the keys of one table of a rules file: each is what it should be, or ``RulesFormatError``."""

import re
from decimal import Decimal

from sigasers.errors.rules import RulesFormatError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_MAX_TEXT = 300


class Entry:
    """One table of TOML; ``where`` names it in errors."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise bad(where, "no es una tabla de TOML")
        self.raw: dict[str, object] = value
        self.where = where

    def only(self, known: set[str]) -> None:
        """Refuse keys other than ``known``."""
        unknown = sorted(self.raw.keys() - known)
        if unknown:
            raise bad(self.where, f"«{unknown[0][:40]}» no es una clave conocida")

    def text(self, key: str, *, max_chars: int = _MAX_TEXT) -> str:
        """Give a text that must be there, printable and not empty."""
        value = self.raw.get(key)
        if not isinstance(value, str) or not 1 <= len(value) <= max_chars or not value.isprintable():
            raise self._bad(key, f"debe ser un texto de una línea, hasta {max_chars} caracteres")
        return value

    def sentence(self, key: str, *, max_chars: int = _MAX_TEXT) -> str:
        """Give a text that an operator reads, without blanks around it."""
        value = self.text(key, max_chars=max_chars)
        if value != value.strip():
            raise self._bad(key, "tiene espacios al comienzo o al final")
        return value

    def texts(self, key: str, smallest: int, largest: int) -> tuple[str, ...]:
        """Give a list of short texts, none twice."""
        values = self.raw.get(key)
        if not isinstance(values, list) or not smallest <= len(values) <= largest:
            raise self._bad(key, f"debe ser una lista de {smallest} a {largest} textos")
        if not all(isinstance(value, str) and 1 <= len(value) <= 40 for value in values):
            raise self._bad(key, "cada elemento es un texto de 1 a 40 caracteres")
        if len(set(values)) != len(values):
            raise self._bad(key, "hay un elemento repetido")
        return tuple(values)

    def name(self, key: str) -> str:
        """Give the name of a table or column."""
        value = self.raw.get(key)
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise self._bad(key, "un nombre tiene letras, dígitos y guion bajo, hasta 128")
        return value

    def names(self, key: str, smallest: int = 1, largest: int = 60) -> tuple[str, ...]:
        """Give a list of columns, none twice whatever its case."""
        values = self.raw.get(key)
        if not isinstance(values, list) or not smallest <= len(values) <= largest:
            raise self._bad(key, f"debe ser una lista de {smallest} a {largest} columnas")
        if not all(isinstance(value, str) and _NAME.fullmatch(value) for value in values):
            raise self._bad(key, "un nombre tiene letras, dígitos y guion bajo, hasta 128")
        if len({value.lower() for value in values}) != len(values):
            raise self._bad(key, "hay una columna repetida")
        return tuple(values)

    def integer(self, key: str, smallest: int, largest: int, *, default: int | None = None) -> int:
        """Give a whole number; without ``default`` it must be there."""
        value = self.raw.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not smallest <= value <= largest:
            raise self._bad(key, f"debe ser un número de {smallest} a {largest}")
        return value

    def decimal(self, key: str) -> Decimal:
        """Give a number written as text, so that it is exact."""
        value = self.raw.get(key)
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            raise self._bad(key, "debe ser un número entre comillas, con hasta 6 decimales")
        return Decimal(value)

    def flag(self, key: str) -> bool:
        """Give a truth value, false where it is not said."""
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            raise self._bad(key, "debe ser true o false")
        return value

    def _bad(self, key: str, motivo: str) -> RulesFormatError:
        return bad(f"{self.where}: {key}", motivo)


def bad(donde: str, motivo: str) -> RulesFormatError:
    """Give the refusal of what stands at ``donde``."""
    return RulesFormatError("rules format broken", donde=donde, motivo=motivo)
