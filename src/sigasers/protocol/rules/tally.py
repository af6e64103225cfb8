"""Counts of one rule: rows concerned, bad rows, the ordinal of the first bad one; and whether they are a finding."""

import pyarrow as pa
import pyarrow.compute as pc

from sigasers.protocol.rules.kinds import Umbral


class Tally:
    """Adds up masks, batch by batch, in the order of the rows."""

    def __init__(self) -> None:
        self.total = 0
        self.cantidad = 0
        self.fila: int | None = None
        self._passed = 0

    def add(self, concerned: pa.BooleanArray, bad: pa.BooleanArray) -> None:
        """Count one batch; both masks are without nulls and of its length."""
        self.total += concerned.true_count
        self.cantidad += bad.true_count
        if self.fila is None and bad.true_count:
            self.fila = self._passed + pc.index(bad, pa.scalar(value=True)).as_py() + 1
        self._passed += len(bad)

    def set(self, *, total: int, cantidad: int, fila: int | None) -> None:
        """Take counts made otherwise."""
        self.total, self.cantidad, self.fila = total, cantidad, fila

    def exceeds(self, umbral: Umbral) -> bool:
        """Tell whether the bad rows are more than the rule allows."""
        return self.cantidad >= umbral.al_menos and self.cantidad * 100 > umbral.mas_de * self.total
