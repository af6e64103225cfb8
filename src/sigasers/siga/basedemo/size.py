"""How many rows: the figures of a middle-size unit, their tenth for tests, and those of a large unit."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

T = TypeVar("T")


class Size(Enum):
    """What ``siga base-demo --tamano`` offers.

    ``media``: a district hospital, about 440,000 rows in the system year; ``chica``: a tenth of it; ``grande``: a
    national hospital or a regional headquarters, about 4 million.
    """

    CHICA = "chica"
    MEDIA = "media"
    GRANDE = "grande"

    @property
    def scale(self) -> "Scale":
        """The figures of this size."""
        return _SCALES[self]

    @property
    def needs(self) -> "Needs":
        """What building a base of this size takes."""
        return _NEEDS[self]


@dataclass(frozen=True)
class Scale:
    """A share of a unit's figures: those of the survey's column M, or of column L for a large unit."""

    factor: float
    is_large: bool = False

    def of(self, rows: int, at_least: int = 3, *, large: int | None = None) -> int:
        """Give how many rows belong here, never fewer than ``at_least``.

        ``rows`` is the middle unit's figure, ``large`` the large one's where it is another.
        """
        figure = rows if large is None else self.shape(rows, large)
        return max(min(at_least, figure), round(figure * self.factor))

    def shape(self, middle: T, large: T) -> T:
        """Give what does not grow with the number of rows, such as lines of a document."""
        return large if self.is_large else middle

    def few(self, share: float) -> "Scale":
        """Give the same unit's figures times ``share``."""
        return Scale(self.factor * share, self.is_large)


@dataclass(frozen=True)
class Needs:
    """Room on disk in MB, and about how many seconds on a machine with two cores."""

    disk_mb: int
    seconds: int


_SCALES = {Size.CHICA: Scale(0.1), Size.MEDIA: Scale(1.0), Size.GRANDE: Scale(1.0, is_large=True)}
# Measured with Python 3.11 on Linux; the disk with a tenth to spare.
_NEEDS = {Size.CHICA: Needs(15, 2), Size.MEDIA: Needs(150, 12), Size.GRANDE: Needs(1_500, 100)}
