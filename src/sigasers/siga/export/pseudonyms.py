"""Puts pseudonyms in place of personal values, batch by batch, before anything orders, sums, digests or writes them.

It wraps what a lane gives; ``NeedsExactError`` and the errors of reading pass through it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from sigasers.formats.column_type import Column
from sigasers.formats.pseudonym import TIPO, Domain, PseudonymKey


@dataclass(frozen=True, kw_only=True)
class Pseudonyms:
    """The pseudonymised columns of one table, as the table spells them, and the key. Empty: nothing changes."""

    key: PseudonymKey | None = None
    dominios: Mapping[str, Domain] = field(default_factory=dict)

    def columns(self, read: Sequence[Column]) -> tuple[Column, ...]:
        """Give the columns as they are written: a pseudonymised one is ``texto``."""
        return tuple(
            Column(column.nombre, TIPO) if column.nombre in self.dominios else column for column in read
        )

    def rows(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Give the batches with pseudonyms in place of the values."""
        return (self._batch(batch) for batch in batches)

    def _batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if self.key is None or not self.dominios:
            return batch
        for place, name in enumerate(batch.schema.names):
            if name in self.dominios:
                values = self.key.pseudonyms(self.dominios[name], batch.column(place))
                batch = batch.set_column(place, pa.field(name, TIPO.arrow), values)
        return batch
