"""Instants: aware, UTC, to the millisecond, written as RFC 3339."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sigasers.errors.model import InvalidValueError

_FORM = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z")


@dataclass(frozen=True, order=True)
class Instant:
    """A point in time, kept as an aware UTC ``datetime`` cut to whole milliseconds."""

    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = self.at.astimezone(UTC)
        object.__setattr__(self, "at", utc.replace(microsecond=utc.microsecond // 1000 * 1000))

    @classmethod
    def parse(cls, text: str) -> "Instant":
        """Read exactly ``2021-10-21T21:30:00.000Z``; raises ``InvalidValueError``."""
        try:
            if not _FORM.fullmatch(text):
                raise ValueError(text)
            return cls(datetime.fromisoformat(text))
        except ValueError as error:
            raise InvalidValueError(
                "bad instant", nombre="fecha y hora", esperado="RFC 3339 en UTC"
            ) from error

    def plus(self, delta: timedelta) -> "Instant":
        """Give the instant ``delta`` later."""
        return Instant(self.at + delta)

    def __str__(self) -> str:
        return self.at.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
