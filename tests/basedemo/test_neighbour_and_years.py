"""What a filter must leave out is really there: the neighbour's rows, other years', seats of another pliego."""

import sqlite3

import pytest

from tests.basedemo.conftest import NEIGHBOUR, OWN, YEAR
from tests.basedemo.tables import columns, count, tables, unit_column, year_column

PROGRAMMING = (
    "SIG_CUADRO_NECESIDAD",
    "SIG_CUADRO_NECESIDAD_DET",
    "SIG_TECHO_PRESUPUESTO",
    "SIG_META_PROPUESTA",
)


def test_every_table_of_a_unit_has_rows_of_its_neighbour(base: sqlite3.Connection) -> None:
    """Wherever the unit has rows the neighbour has some too, and far fewer."""
    checked = 0
    for table in tables(base):
        if unit_column(base, table) and count(base, table, unit=OWN):
            assert count(base, table, unit=NEIGHBOUR) > 0, table
            checked += 1
    assert checked > 100
    whole = sum(count(base, table, unit=OWN) for table in tables(base) if unit_column(base, table))
    other = sum(count(base, table, unit=NEIGHBOUR) for table in tables(base) if unit_column(base, table))
    assert other < whole / 3


def test_there_are_no_third_units(base: sqlite3.Connection) -> None:
    """Two units, as one base of two hospitals has."""
    for table in tables(base):
        if name := unit_column(base, table):
            units = {unit for (unit,) in base.execute(f"SELECT DISTINCT {name} FROM {table}")}
            assert units <= {OWN, NEIGHBOUR}, table


@pytest.mark.parametrize(
    "table", ["SIG_PEDIDOS", "SIG_ORDEN_ADQUISICION", "SIG_MOVIM_ALMACEN", "SIG_PATRIMONIO", "SIG_EXP_SIGA"]
)
def test_document_numbers_overlap_between_units(base: sqlite3.Connection, table: str) -> None:
    """A key without the unit would mix them up."""
    names = ", ".join(c.name for c in columns(base, table) if c.in_key and c.name.lower() != "sec_ejec")
    query = (
        f"SELECT COUNT(*) FROM (SELECT {names} FROM {table} WHERE SEC_EJEC = ? INTERSECT"
        f" SELECT {names} FROM {table} WHERE SEC_EJEC = ?)"
    )
    assert base.execute(query, (OWN, NEIGHBOUR)).fetchone()[0] > 0


def test_every_yearly_table_has_rows_of_the_year_before(base: sqlite3.Connection) -> None:
    """A modest number, for both units."""
    for table in tables(base):
        if (
            year_column(base, table)
            and count(base, table, year=YEAR, unit=OWN)
            and table != "SIG_TRANS_ENVIO"
        ):
            for unit in (OWN, NEIGHBOUR):
                before = count(base, table, year=YEAR - 1, unit=unit)
                assert before > 0, table
            assert before <= count(base, table, year=YEAR, unit=OWN), table


def test_the_programming_year_has_needs_and_masters_alone(base: sqlite3.Connection) -> None:
    """All phases of the needs of the year to come; its execution has not begun."""
    for table in PROGRAMMING:
        assert count(base, table, unit=OWN, year=YEAR + 1) > 0
    phases = base.execute(
        "SELECT DISTINCT FASE_CUADRO FROM SIG_CUADRO_NECESIDAD WHERE ANO_EJE = ?", (YEAR + 1,)
    )
    assert sorted(phase for (phase,) in phases) == [1, 2, 3]
    assert count(base, "SIG_ORDEN_ADQUISICION", year=YEAR + 1) == 0


def test_the_cmn_programs_years_that_it_does_not_execute(base: sqlite3.Connection) -> None:
    """ANNO_PROG reaches three years ahead, ANNO_EJEC does not: a filter by the wrong one is noticed."""
    query = "SELECT DISTINCT ANNO_EJEC, ANNO_PROG FROM SIG_CUADRO_MODIFICADO_DET WHERE SEC_EJEC = ?"
    found = set(base.execute(query, (OWN,)))
    assert found == {(year, year + ahead) for year in (YEAR - 1, YEAR) for ahead in range(4)}


def test_there_are_seats_of_a_pliego_of_neither_unit(base: sqlite3.Connection) -> None:
    """Seats belong to a pliego; those of another one must stay behind."""
    own = {pliego for (pliego,) in base.execute("SELECT DISTINCT pliego FROM ejecutora")}
    seats = {pliego for (pliego,) in base.execute("SELECT DISTINCT pliego FROM sig_sedes")}
    assert own < seats


def test_the_schedule_names_days_and_hours_of_both_units(base: sqlite3.Connection) -> None:
    """Both kinds of transmission have hours; the log has sendings of both modes."""
    for unit in (OWN, NEIGHBOUR):
        kinds = base.execute("SELECT DISTINCT TIPO FROM SIG_TRANS_PROGRA_HOR WHERE SEC_EJEC = ?", (unit,))
        assert sorted(kind for (kind,) in kinds) == ["D", "P"]
        assert count(base, "SIG_TRANS_PROGRA", unit=unit) == 2
    assert {mode for (mode,) in base.execute("SELECT DISTINCT MODO FROM SIG_TRANS_ENVIO")} == {"A", "M"}
