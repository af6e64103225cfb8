"""What an export takes from a base with two units and several years, judged by predicates written by hand.

The rows are those that the exporter itself asks the database for; the judge reads with ``sqlite3``.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.model import Ambito, Ejercicio, Nemonico
from sigasers.siga.catalogue import (
    Anual,
    Compartida,
    PorColumna,
    PorJoin,
    SinFiltro,
    TableEntry,
    load_catalogue,
)
from sigasers.siga.export.selection import select
from sigasers.siga.sources import Query
from sigasers.siga.sources.seam import Snapshot
from sigasers.siga.sources.sqlite import SqliteSource
from tests.catalogue.predicates import PROGRAMACION, SISTEMA, by_table

UNIT, NEIGHBOUR = 1288, 1287
YEARS = {Ambito.SISTEMA: 2021, Ambito.PROGRAMACION: 2022}
PREDICATES = {Ambito.SISTEMA: by_table(SISTEMA), Ambito.PROGRAMACION: by_table(PROGRAMACION)}
ENTRIES = {entry.nombre: entry for entry in load_catalogue().tablas}
CASES = [
    pytest.param(entry, ambito, id=f"{entry.nombre}-{ambito.value}")
    for ambito in Ambito
    for entry in load_catalogue().for_ambito(ambito)
]
_YEAR = re.compile(r"(sol_|sol_gru_)?(ano|anno|anio)_\w+|periodo_ano", re.IGNORECASE)
_ROWID = (Column(nombre="rowid", tipo=ColumnType(Kind.ENTERO)),)

Sent = Callable[[TableEntry, Ambito], list[int]]


@pytest.fixture(scope="module")
def snapshot(base: sqlite3.Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The base as the exporter opens it: a copy, for two SQLite libraries in one process must not share a file."""
    path = tmp_path_factory.mktemp("seleccion") / "copia.db"
    copy = sqlite3.connect(path)
    base.backup(copy)
    copy.close()
    opened = SqliteSource(path).open_snapshot(lanes=1)
    yield opened
    opened.close()


@pytest.fixture
def sent(snapshot: Snapshot) -> Sent:
    """Gives the row ids that the exporter reads of a table, as often as it reads them."""
    return lambda entry, ambito: rows_sent(snapshot, entry, YEARS[ambito])


def rows_sent(snapshot: Snapshot, entry: TableEntry, year: int) -> list[int]:
    query = select(entry, snapshot.tables(), Nemonico(UNIT), Ejercicio(year)).query
    only_ids = Query(tabla=query.tabla, columnas=_ROWID, condiciones=query.condiciones)
    ids = [number for (number,) in snapshot.lanes[0].integers(only_ids)]
    assert snapshot.lanes[0].totals(query, ()).filas == len(ids), "a row would go twice"
    return ids


def rows_where(base: sqlite3.Connection, table: str, where: str) -> list[int]:
    return [number for (number,) in base.execute(f'SELECT rowid FROM "{table}" WHERE {where} ORDER BY rowid')]


def owner_column(entry: TableEntry) -> str | None:
    """The column that names the owner of a row, found by its name in the schema."""
    return next((name for name, _ in entry.columnas if name.lower() == "sec_ejec"), None)


@pytest.mark.parametrize(("entry", "ambito"), CASES)
def test_sends_the_rows_of_the_handwritten_predicate(
    base: sqlite3.Connection, sent: Sent, entry: TableEntry, ambito: Ambito
) -> None:
    """Row by row, not only as many."""
    assert sent(entry, ambito) == rows_where(base, entry.nombre, PREDICATES[ambito][entry.nombre])


@pytest.mark.parametrize(("entry", "ambito"), CASES)
def test_no_row_of_the_second_unit_goes(
    base: sqlite3.Connection, sent: Sent, entry: TableEntry, ambito: Ambito
) -> None:
    """A table with SEC_EJEC sends rows of 1288 alone, whatever its rule says."""
    owner = owner_column(entry)
    if owner is None:
        assert isinstance(entry.unidad, Compartida | PorJoin)
        return
    others = rows_where(base, entry.nombre, f'"{owner}" IS NULL OR "{owner}" <> {UNIT}')
    assert set(sent(entry, ambito)).isdisjoint(others)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_the_base_can_betray_a_wrong_rule(base: sqlite3.Connection, sent: Sent, entry: TableEntry) -> None:
    """Each table has rows that go and, where a unit or a year selects, rows that must not."""
    assert sent(entry, Ambito.SISTEMA)
    if owner_column(entry):
        assert rows_where(base, entry.nombre, f"sec_ejec = {NEIGHBOUR}")
    if isinstance(entry.filtro, Anual):
        assert rows_where(base, entry.nombre, f'"{entry.filtro.columna}" <> 2021')


def wrong_rules(entry: TableEntry) -> Iterator[TableEntry]:
    """The entry with each slip that a hand can make: no year, no unit, another year, another unit."""
    if not isinstance(entry.unidad, Compartida):
        yield replace(entry, unidad=Compartida())
    if isinstance(entry.filtro, Anual):
        yield replace(entry, filtro=SinFiltro())
    for name, _ in entry.columnas:
        if _YEAR.fullmatch(name) and entry.filtro != Anual(name):
            yield replace(entry, filtro=Anual(name))
        if "sec_ejec" in name.lower() and entry.unidad != PorColumna(name):
            yield replace(entry, unidad=PorColumna(name))


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_every_slip_in_a_rule_is_noticed(base: sqlite3.Connection, sent: Sent, entry: TableEntry) -> None:
    """By other rows than the judge's; or, by a year that always agrees in this base, by not being in the key."""
    judge = rows_where(base, entry.nombre, PREDICATES[Ambito.SISTEMA][entry.nombre])
    for wrong in wrong_rules(entry):
        outside = isinstance(wrong.filtro, Anual) and wrong.filtro.columna not in entry.clave
        assert sent(wrong, Ambito.SISTEMA) != judge or outside, wrong


@pytest.mark.parametrize("ambito", Ambito)
def test_programming_takes_every_phase(base: sqlite3.Connection, sent: Sent, ambito: Ambito) -> None:
    """The formulated programme goes whole: as many phases as the base has, in both packages."""
    own = f"SEC_EJEC = {UNIT} AND ANO_EJE = {YEARS[ambito]}"
    phases = base.execute(f"SELECT DISTINCT FASE_CUADRO FROM SIG_CUADRO_NECESIDAD WHERE {own}").fetchall()
    assert len(phases) > 1
    gone = set(sent(ENTRIES["SIG_CUADRO_NECESIDAD"], ambito))
    for (phase,) in phases:
        assert gone & set(rows_where(base, "SIG_CUADRO_NECESIDAD", f"FASE_CUADRO = {phase}"))


def test_modified_programming_takes_every_programmed_year(base: sqlite3.Connection, sent: Sent) -> None:
    """The modified CMN of 2021 goes with its rows for 2021 to 2024."""
    gone = set(sent(ENTRIES["SIG_CUADRO_MODIFICADO_DET"], Ambito.SISTEMA))
    for year in (2021, 2022, 2023, 2024):
        assert gone & set(rows_where(base, "SIG_CUADRO_MODIFICADO_DET", f"ANNO_PROG = {year}"))


def test_patrimony_goes_whatever_the_year(base: sqlite3.Connection, sent: Sent) -> None:
    """Assets of earlier years are the unit's still."""
    gone = set(sent(ENTRIES["SIG_PATRIMONIO"], Ambito.SISTEMA))
    assert gone & set(rows_where(base, "SIG_PATRIMONIO", "ANO_EJE < 2021"))


@pytest.mark.parametrize("ambito", Ambito)
def test_states_of_a_group_of_requests_go_too(base: sqlite3.Connection, sent: Sent, ambito: Ambito) -> None:
    """Their year is in another column than that of a single request's state: no year filters this table."""
    of_groups = rows_where(base, "SIG_DOCUMENTO_ESTADO", "SOL_ANNO_EJEC IS NULL AND SOL_GRU_ANNO_EJEC = 2021")
    assert set(sent(ENTRIES["SIG_DOCUMENTO_ESTADO"], ambito)) & set(of_groups)


def test_sites_of_the_pliego_go_once_and_no_others(tmp_path: Path) -> None:
    """Two units of one pliego do not double its sites, nor does a site without sector get lost."""
    base = sqlite3.connect(tmp_path / "sedes.db")
    base.execute("CREATE TABLE ejecutora (sec_ejec numeric(6,0), pliego varchar(3))")
    base.execute("CREATE TABLE sig_sedes (sede numeric(4,0), pliego varchar(3), sector varchar(2))")
    units = [(UNIT, "463"), (NEIGHBOUR, "463"), (1286, "463"), (1512, "011")]
    base.executemany("INSERT INTO ejecutora VALUES (?, ?)", units)
    sites = [(1, "463", "99"), (2, "463", None), (3, "011", "11")]
    base.executemany("INSERT INTO sig_sedes VALUES (?, ?, ?)", sites)
    base.commit()
    base.close()
    snapshot = SqliteSource(tmp_path / "sedes.db").open_snapshot(lanes=1)
    try:
        assert rows_sent(snapshot, ENTRIES["sig_sedes"], 2021) == [1, 2]
    finally:
        snapshot.close()
