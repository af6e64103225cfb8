"""Typed access to the members of a parsed JSON object: each is what it should be, or ``FormatError``.

It reads what ``strict_json`` gave; members that nobody asks for are kept by the caller and ignored here.
"""

from collections.abc import Callable
from typing import TypeVar

from sigasers.errors import TheirError
from sigasers.errors.formats import FormatError, FormatTooNewError

T = TypeVar("T")
MAX_INTEGER = 2**53 - 1  # what every JSON reader holds exactly (RFC 7493)


class Fields:
    """The members of one JSON object; ``where`` names it in errors."""

    def __init__(self, value: object, where: str) -> None:
        """Hold ``value``; raises ``FormatError`` if it is no object."""
        if not isinstance(value, dict):
            raise FormatError(f"{where} is no object")
        self.raw: dict[str, object] = value
        self._where = where

    def text(self, name: str, *, max_chars: int = 1000) -> str:
        """Give a text of at most ``max_chars`` characters."""
        value = self.raw.get(name)
        if not isinstance(value, str) or len(value) > max_chars:
            raise self._bad(name)
        return value

    def integer(self, name: str, *, minimum: int = 0) -> int:
        """Give an integer of at least ``minimum``; ``true`` and ``1.0`` are none."""
        value = self.raw.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not minimum <= value <= MAX_INTEGER:
            raise self._bad(name)
        return value

    def items(self, name: str, *, max_items: int = 100_000) -> list[object]:
        """Give a list of at most ``max_items``."""
        value = self.raw.get(name)
        if not isinstance(value, list) or len(value) > max_items:
            raise self._bad(name)
        return value

    def objects(self, name: str, *, max_items: int = 100_000) -> "list[Fields]":
        """Give a list of objects."""
        return [Fields(item, f"{self._where}.{name}") for item in self.items(name, max_items=max_items)]

    def texts(self, name: str, *, max_items: int = 10_000) -> tuple[str, ...]:
        """Give a list of texts."""
        values = self.items(name, max_items=max_items)
        if not all(isinstance(value, str) for value in values):
            raise self._bad(name)
        return tuple(str(value) for value in values)

    def parsed(self, name: str, parse: Callable[[str], T]) -> T:
        """Give a text as ``parse`` reads it; what ``parse`` refuses is a ``FormatError``."""
        text = self.text(name)
        try:
            return parse(text)
        except (TheirError, ValueError) as error:
            raise self._bad(name) from error

    def optional(self, name: str) -> bool:
        """Tell whether the member is there and not null."""
        return self.raw.get(name) is not None

    def object(self, name: str) -> "Fields":
        """Give a member that is itself an object."""
        return Fields(self.raw.get(name), f"{self._where}.{name}")

    def check_version(self, formato: str, newest: int) -> None:
        """Raise ``FormatTooNewError`` for a ``v`` over ``newest`` or any name in ``crit`` (none is known)."""
        version = self.integer("v", minimum=1)
        if version > newest or self.texts("crit"):
            raise FormatTooNewError(f"{formato} version {version}", formato=formato, version=version)

    def _bad(self, name: str) -> FormatError:
        return FormatError(f"{self._where}.{name} is missing or not of its type", dato=name)
