"""Short reads by primary key: at most so many rows a statement, each going on after the last key that was seen.

A composite key is followed level by level (first the rest of the rows that share all but its last column, then the
rest of those that share one less ...): each statement is one search in the key's index, which no condition joined by
OR would be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from sigasers.siga.sources.expressions import column


@dataclass
class KeyPager:
    """Says what to ask next; ``clave`` names the key's columns, ``fijas`` those that the query itself pins."""

    clave: Sequence[str]
    fijas: frozenset[str] = frozenset()
    size: int = 1000
    _last: Sequence[exp.Expr] | None = field(default=None, init=False)
    _level: int = field(default=0, init=False)
    _ended: bool = field(default=False, init=False)

    @property
    def is_done(self) -> bool:
        """Whether every row was seen."""
        return self._ended

    @property
    def order(self) -> list[exp.Expr]:
        """The columns to sort by."""
        return [column(name) for name in self.clave]

    def condition(self) -> exp.Expr | None:
        """Give what the next rows fulfil; ``None`` for the first ones."""
        if self._last is None:
            return None
        *shared, own = list(zip(self.clave, self._last, strict=True))[: self._level]
        parts: list[exp.Expr] = [exp.EQ(this=column(name), expression=value.copy()) for name, value in shared]
        return exp.and_(*parts, exp.GT(this=column(own[0]), expression=own[1].copy()), copy=False)

    def seen(self, count: int, last: Sequence[exp.Expr] | None) -> None:
        """Note that the statement gave ``count`` rows; ``last`` is the key of the last one, ``None`` without rows."""
        first, full = self._last is None, count >= self.size
        if last is not None:
            self._last = last
        if full:
            self._level = len(self.clave)
        elif first:
            self._ended = True
        else:
            self._level -= 1
        while self._level and self.clave[self._level - 1].lower() in self.fijas:
            self._level -= 1
        self._ended = self._ended or not self._level
