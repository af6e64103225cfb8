"""Puts pseudonyms in place of personal values, batch by batch, before anything orders, sums, digests or writes them.

It wraps what a lane gives; ``NeedsExactError`` and the errors of reading pass through it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from sigasers.errors import OwnError
from sigasers.formats.pseudonym import TIPO, Domain, PseudonymKey


@dataclass(frozen=True, kw_only=True)
class Pseudonyms:
    """The pseudonymised columns of one table, as they are read, and the key. Empty: nothing changes.

    Columns without a key are a defect (``OwnError``): they would leave in clear.
    """

    key: PseudonymKey | None = None
    dominios: Mapping[str, Domain] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.dominios and self.key is None:
            raise OwnError("columns to be pseudonymised, and no key")

    def rows(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Give the batches with pseudonyms in place of the values."""
        return (self._batch(batch) for batch in batches)

    def _batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if self.key is None:
            return batch
        for place, name in enumerate(batch.schema.names):
            if name in self.dominios:
                values = self.key.pseudonyms(self.dominios[name], batch.column(place))
                batch = batch.set_column(place, pa.field(name, TIPO.arrow), values)
        return batch
