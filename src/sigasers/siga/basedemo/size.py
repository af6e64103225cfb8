"""How many rows: the figures of a middle-size unit, and their tenth for tests."""

from dataclasses import dataclass
from enum import Enum


class Size(Enum):
    """``media``: a district hospital, about 440,000 rows in the system year; ``chica``: a tenth of it."""

    CHICA = "chica"
    MEDIA = "media"

    @property
    def factor(self) -> float:
        """The share of the middle unit's figures."""
        return 1.0 if self is Size.MEDIA else 0.1


@dataclass(frozen=True)
class Scale:
    """A share of the middle unit's figures."""

    factor: float

    def of(self, rows: int, at_least: int = 3) -> int:
        """Give how many of ``rows`` (the middle unit's figure) belong here, never fewer than ``at_least``."""
        return max(min(at_least, rows), round(rows * self.factor))
