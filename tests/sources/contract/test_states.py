"""What a snapshot sees while SIGA goes on writing; and that nothing of it is left when it is closed."""

import pytest

from sigasers.errors.siga import ReadStoppedError, SourceUnreadableError
from sigasers.formats.manifest import Consistencia
from sigasers.siga.sources import Notes
from tests.sources.contract.bases import (
    COMPARES_LOOSELY,
    WRITES,
    BaseUnderTest,
    everything,
    on_bases,
    opened,
    read,
)
from tests.sources.contract.tables import table


@on_bases(WRITES)
def test_one_state_is_seen_while_others_write(base: BaseUnderTest) -> None:
    """Every engine here gives a snapshot: rows committed after its opening are in none of its tables."""
    old = table("antes", "k int; v varchar(5)", *[(k, "x") for k in range(500)], clave="k")
    other = table("otra", "k int", (1,))
    base.make(old, other)
    with opened(base) as snapshot:
        assert snapshot.consistencia is Consistencia.INSTANTANEA
        assert not snapshot.bloquea_escritura
        lane = snapshot.lanes[0]
        started = lane.read(everything(snapshot, old), Notes())
        first = next(started).num_rows
        base.write(old, (1000, "y"))
        base.write(other, (2,))
        assert first + sum(batch.num_rows for batch in started) == 500
        assert read(snapshot, everything(snapshot, other)) == [(1,)]
        assert lane.totals(everything(snapshot, old), ()).filas == 500
    with opened(base) as snapshot:
        assert snapshot.lanes[0].totals(everything(snapshot, old), ()).filas == 501


@on_bases()
def test_a_read_that_is_left_ends_with_the_next_one(base: BaseUnderTest) -> None:
    """A lane is asked for another table before the one before was read to its end."""
    many = table("muchas", "k int; v varchar(100)", *[(k, "x" * 100) for k in range(3000)])
    few = table("pocas", "k int", (7,))
    base.make(many, few)
    with opened(base) as snapshot:
        next(snapshot.lanes[0].read(everything(snapshot, many), Notes()))
        assert read(snapshot, everything(snapshot, few)) == [(7,)]
        assert snapshot.lanes[0].totals(everything(snapshot, many), ()).filas == 3000


@on_bases()
def test_cancel_ends_reading(base: BaseUnderTest) -> None:
    """Whoever reads gets an error of the tree, not half a table."""
    many = table("muchas", "k int", *[(k,) for k in range(100)])
    base.make(many)
    with opened(base) as snapshot:
        query = everything(snapshot, many)
        snapshot.cancel()
        with pytest.raises(ReadStoppedError):
            read(snapshot, query)


@on_bases()
def test_a_table_that_is_not_there_is_an_error(base: BaseUnderTest) -> None:
    """It costs no other table."""
    good, gone = table("buena", "k int", (1,)), table("perdida", "k int", (1,))
    base.make(good)
    with opened(base) as snapshot:
        query = everything(snapshot, good)
        with pytest.raises(SourceUnreadableError):
            read(snapshot, type(query)(tabla=gone.nombre, columnas=query.columnas))
        assert read(snapshot, query) == [(1,)]


@on_bases(COMPARES_LOOSELY)
def test_codes_are_compared_as_the_database_does(base: BaseUnderTest) -> None:
    """Its collation ignores case and sorts ñ after n: what is read does not depend on it."""
    codes = ["a", "B", "ñ", "n", "Ñandú", "zeta", "_", "1", "á"]
    made = table("codigos", "c varchar(10)", *[(one,) for one in codes], clave="c")
    base.make(made)
    with opened(base) as snapshot:
        assert [row[0] for row in read(snapshot, everything(snapshot, made))] == sorted(codes)
