"""What the catalogue selects from a base with two units and several years, judged by predicates written by hand."""

import sqlite3

import pytest

from sigasers.model import Ambito
from sigasers.siga.catalogue import (
    Anual,
    Compartida,
    PorColumna,
    PorJoin,
    TableEntry,
    load_catalogue,
)
from tests.catalogue.predicates import PROGRAMACION, SISTEMA, by_table

UNIT, NEIGHBOUR = 1288, 1287
YEARS = {Ambito.SISTEMA: 2021, Ambito.PROGRAMACION: 2022}
PREDICATES = {Ambito.SISTEMA: by_table(SISTEMA), Ambito.PROGRAMACION: by_table(PROGRAMACION)}
CASES = [
    pytest.param(entry, ambito, id=f"{entry.nombre}-{ambito.value}")
    for ambito in Ambito
    for entry in load_catalogue().for_ambito(ambito)
]


def selected(entry: TableEntry, ambito: Ambito) -> tuple[str, tuple[int, ...]]:
    """FROM and WHERE of the rows that the catalogue sends, and their parameters."""
    wheres, values = ["1 = 1"], []
    if isinstance(entry.filtro, Anual):
        wheres.append(f't."{entry.filtro.columna}" = ?')
        values.append(YEARS[ambito])
    match entry.unidad:
        case PorColumna(columna):
            wheres.append(f't."{columna}" = ?')
            values.append(UNIT)
        case PorJoin(tabla, pares, columna):
            on = " AND ".join(f'p."{theirs}" = t."{own}"' for own, theirs in pares)
            wheres.append(f'EXISTS (SELECT 1 FROM "{tabla}" p WHERE {on} AND p."{columna}" = ?)')
            values.append(UNIT)
        case Compartida():
            pass
    return f'FROM "{entry.nombre}" t WHERE {" AND ".join(wheres)}', tuple(values)


def count(base: sqlite3.Connection, sql: str, values: tuple[int, ...] = ()) -> int:
    return int(base.execute(f"SELECT COUNT(*) {sql}", values).fetchone()[0])


def unit_column(entry: TableEntry) -> str | None:
    """The column that names the owner of a row, found by its name in the schema."""
    return next((name for name, _ in entry.columnas if name.lower() == "sec_ejec"), None)


@pytest.mark.parametrize(("entry", "ambito"), CASES)
def test_selects_the_rows_of_the_handwritten_predicate(
    base: sqlite3.Connection, entry: TableEntry, ambito: Ambito
) -> None:
    """Row by row, not only as many: neither side has a row that the other lacks."""
    sql, values = selected(entry, ambito)
    judge = f'FROM "{entry.nombre}" WHERE {PREDICATES[ambito][entry.nombre]}'
    assert count(base, sql, values) == count(base, judge)
    assert count(base, f"FROM (SELECT t.rowid {sql} EXCEPT SELECT rowid {judge})", values) == 0


@pytest.mark.parametrize(("entry", "ambito"), CASES)
def test_no_row_of_the_second_unit_goes(base: sqlite3.Connection, entry: TableEntry, ambito: Ambito) -> None:
    """A table with SEC_EJEC sends rows of 1288 alone, whatever its rule says."""
    owner = unit_column(entry)
    if owner is None:
        assert isinstance(entry.unidad, Compartida | PorJoin)
        return
    sql, values = selected(entry, ambito)
    assert count(base, f'{sql} AND (t."{owner}" IS NULL OR t."{owner}" <> ?)', (*values, UNIT)) == 0


@pytest.mark.parametrize("entry", load_catalogue().tablas, ids=lambda entry: entry.nombre)
def test_the_base_can_betray_a_wrong_rule(base: sqlite3.Connection, entry: TableEntry) -> None:
    """Each table has rows that go and, where a unit or a year selects, rows that must not."""
    sql, values = selected(entry, Ambito.SISTEMA)
    assert count(base, sql, values) > 0
    if unit_column(entry):
        assert count(base, f'FROM "{entry.nombre}" WHERE sec_ejec = {NEIGHBOUR}') > 0
    if isinstance(entry.filtro, Anual):
        assert count(base, f'FROM "{entry.nombre}" WHERE "{entry.filtro.columna}" <> 2021') > 0


def test_programming_takes_every_phase(base: sqlite3.Connection) -> None:
    """The formulated programme goes whole: as many phases as the base has, in both packages."""
    (entry,) = (e for e in load_catalogue().tablas if e.nombre == "SIG_CUADRO_NECESIDAD")
    for ambito, year in YEARS.items():
        sql, values = selected(entry, ambito)
        there = base.execute(
            "SELECT COUNT(DISTINCT FASE_CUADRO) FROM SIG_CUADRO_NECESIDAD WHERE SEC_EJEC = ? AND ANO_EJE = ?",
            (UNIT, year),
        ).fetchone()[0]
        assert count(base, f"FROM (SELECT DISTINCT t.FASE_CUADRO {sql})", values) == there
    assert there > 1


def test_modified_programming_takes_every_programmed_year(base: sqlite3.Connection) -> None:
    """The modified CMN of 2021 goes with its rows for 2021 to 2024."""
    (entry,) = (e for e in load_catalogue().tablas if e.nombre == "SIG_CUADRO_MODIFICADO_DET")
    sql, values = selected(entry, Ambito.SISTEMA)
    years = base.execute(f"SELECT DISTINCT t.ANNO_PROG {sql} ORDER BY 1", values).fetchall()
    assert [int(year) for (year,) in years] == [2021, 2022, 2023, 2024]


def test_patrimony_goes_whatever_the_year(base: sqlite3.Connection) -> None:
    """Assets of earlier years are the unit's still."""
    (entry,) = (e for e in load_catalogue().tablas if e.nombre == "SIG_PATRIMONIO")
    sql, values = selected(entry, Ambito.SISTEMA)
    assert count(base, f"{sql} AND t.ANO_EJE < 2021", values) > 0


def test_sites_of_the_pliego_go_once_and_no_others() -> None:
    """The join to the parent is an EXISTS: two units of one pliego do not double its sites."""
    (entry,) = (e for e in load_catalogue().tablas if isinstance(e.unidad, PorJoin))
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE TABLE ejecutora (sec_ejec, sector, pliego)")
        base.executemany(
            "INSERT INTO ejecutora VALUES (?, ?, ?)",
            [(UNIT, "99", "463"), (NEIGHBOUR, "99", "463"), (1286, "99", "463"), (1512, "11", "011")],
        )
        base.execute("CREATE TABLE sig_sedes (sede, pliego, sector)")
        base.executemany(
            "INSERT INTO sig_sedes VALUES (?, ?, ?)", [(1, "463", "99"), (2, "463", None), (3, "011", "11")]
        )
        sql, values = selected(entry, Ambito.SISTEMA)
        assert base.execute(f"SELECT t.sede {sql} ORDER BY 1", values).fetchall() == [(1,), (2,)]


def test_states_of_a_group_of_requests_go_too(base: sqlite3.Connection) -> None:
    """Their year is in another column than that of a single request's state: no year filters this table."""
    (entry,) = (e for e in load_catalogue().tablas if e.nombre == "SIG_DOCUMENTO_ESTADO")
    for ambito in Ambito:
        sql, values = selected(entry, ambito)
        assert count(base, f"{sql} AND t.SOL_ANNO_EJEC IS NULL AND t.SOL_GRU_ANNO_EJEC = 2021", values) > 0
