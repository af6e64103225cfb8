"""Doubles become decimals by one rule in three places: chunk by chunk, value by value, and in SQLite's own sums."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from sigasers.formats.column_type import Column, ColumnType
from sigasers.siga.sources import Notes, Query
from sigasers.siga.sources.place import Place
from sigasers.siga.sources.sqlite_numbers import fast_decimal
from sigasers.siga.sources.sqlite_statements import totals
from sigasers.siga.sources.stored_numbers import unscaled_real

_SCALES = st.integers(1, 6)
_VALUES = st.one_of(
    st.none(),
    st.floats(-1e8, 1e8),
    st.integers(-(10**9), 10**9).map(lambda cents: cents / 100),
    st.sampled_from([0.0, -0.0, 0.005, -0.005, 1.005, -2.675, 0.1 + 0.2, 99999999.995, 1e8, -1e8]),
)


@given(values=st.lists(_VALUES, min_size=1, max_size=30), scale=_SCALES)
@example(values=[0.0, -0.0, None], scale=2)
@example(values=[-0.005, 0.005, -0.0049999999999999996], scale=2)
@example(values=[-1.0, -2.5], scale=1)
def test_a_chunk_its_values_and_the_sum_of_the_engine_agree(
    values: Sequence[float | None], scale: int
) -> None:
    """Judges: the rule in whole numbers, value by value, and SQLite."""
    if all(value is None for value in values):
        return
    tipo = ColumnType.parse(f"decimal(18,{scale})")
    notes = Notes()
    found = fast_decimal(Place("t", Column("n", tipo), notes), pa.array(values, pa.float64()), 1)
    whole = [None if value is None else int(value.scaleb(scale)) for value in found.to_pylist()]
    expected = [None if value is None else unscaled_real(value, scale) for value in values]
    assert whole == [None if one is None else one[0] for one in expected]
    inexact = sum(one is not None and one[1] for one in expected)
    assert sum(note.cantidad or 0 for note in notes.found.values()) == inexact
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (n REAL)")
        connection.executemany("INSERT INTO t VALUES (?)", [(value,) for value in values])
        query = Query(tabla="t", columnas=(Column("n", tipo),))
        count, total, *_ = connection.execute(totals(query, query.columnas)).fetchone()
    assert (count, total) == (len(values), sum(one for one in whole if one is not None))
