"""Parts of the work that a benchmark leaves out to see what they cost. No command, setting or variable reaches them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What is done: rows put in order, control totals asked and held, how many tables are read at once."""

    orders: bool = True
    sums: bool = True
    lanes: int = 2


ALL_PARTS = Parts()
