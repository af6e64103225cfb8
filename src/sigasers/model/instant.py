"""Instants: aware, UTC, to the millisecond, written as RFC 3339."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sigasers.errors.model import InvalidValueError

# ASCII digits and hours to 23: newer Pythons read 24:00 as the next day, a second spelling of one instant.
_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-9]{2}){2}\.[0-9]{3}Z")


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
