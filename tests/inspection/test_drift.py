"""``comparar``: a base that drifted, one thing at a time; what matters and what does not."""

from pathlib import Path

import pytest

from scripts.postgres import PostgresServer
from sigasers.model import Ejercicio, Nemonico
from sigasers.siga.catalogue import load_catalogue
from sigasers.siga.inspection.drift import KeyState, TableDrift, compare_with
from sigasers.siga.inspection.fitting import Fit
from sigasers.siga.sources.postgres import PostgresSource
from sigasers.siga.sources.server import Motor, Server
from tests.inspection.bases import base_of, catalogue_of, entry, snapshot, table_sql

META = entry("meta")
UNIT_YEAR = (Nemonico(1288), Ejercicio(2021))


def drift_of(path: Path, *statements: str, counted: bool = False) -> TableDrift:
    base = base_of(path / "b.db", *statements)
    with snapshot(base) as opened:
        (found,) = compare_with(catalogue_of("meta"), opened, UNIT_YEAR if counted else None).tablas
    return found


def row(**values: object) -> str:
    known = {"ano_eje": 2021, "sec_ejec": 1288, "sec_func": 1} | values
    return f"INSERT INTO meta ({', '.join(known)}) VALUES ({', '.join(map(repr, known.values()))})"


def test_the_demo_base_differs_in_nothing(base_chica: Path) -> None:
    """All 134 tables, their columns, types and keys."""
    with snapshot(base_chica) as opened:
        found = compare_with(load_catalogue(), opened)
    assert [table.entry.nombre for table in found.tablas if not table.igual] == []
    assert len(found.tablas) == 134
    assert not found.importa


def test_a_missing_table_matters(tmp_path: Path) -> None:
    """The package will lack it."""
    found = drift_of(tmp_path, "CREATE TABLE otra (a int)")
    assert (found.presente, found.importa) == (False, True)


def test_a_missing_column_matters_unless_it_would_not_go(tmp_path: Path) -> None:
    """What the policy omits is not missed."""
    found = drift_of(tmp_path, table_sql(META, nombre=None))
    assert (found.ausentes, found.bloqueantes, found.importa) == (("nombre",), (), True)
    personal = entry("sig_personal")
    base = base_of(tmp_path / "p.db", table_sql(personal, **{personal.omitir[0]: None}))
    with snapshot(base) as opened:
        (other,) = compare_with(catalogue_of("sig_personal"), opened).tablas
    assert other.igual


def test_a_missing_column_of_the_selection_is_told_as_what_it_is(tmp_path: Path) -> None:
    """Without it the table does not go at all."""
    key = META.clave
    sql = table_sql(META, sec_ejec=None).replace(
        f'PRIMARY KEY ("{key[0]}", "sec_ejec"', f'PRIMARY KEY ("{key[0]}"'
    )
    found = drift_of(tmp_path, sql)
    assert (found.bloqueantes, found.ausentes, found.importa) == (("sec_ejec",), (), True)


def test_an_additional_column_is_told_and_does_not_matter(tmp_path: Path) -> None:
    """It is exported; whoever reads the list can see whether it is personal."""
    found = drift_of(tmp_path, table_sql(META, FLAG_NUEVO="char(1)"))
    assert (found.adicionales, found.importa, found.igual) == (("FLAG_NUEVO",), False, False)


@pytest.mark.parametrize(
    ("declared", "value", "fit"),
    [
        ("numeric(3,0)", None, Fit.SIEMPRE),
        ("numeric(12,0)", 9999, Fit.HOY),
        ("numeric(12,0)", 10000, Fit.NO),
        ("numeric(6,2)", 7, Fit.HOY),
        ("numeric(6,2)", 7.25, Fit.NO),
        ("varchar(10)", "12", Fit.HOY),
        ("varchar(10)", "doce", Fit.NO),
        ("int", 9999, Fit.HOY),
        ("int", 10000, Fit.NO),
    ],
)
def test_a_changed_type_says_whether_the_values_fit(
    tmp_path: Path, declared: str, value: object, fit: Fit
) -> None:
    """By the types where they suffice, else by every value that is there."""
    assert dict(META.columnas)["sec_func"] == "numeric(4,0)"
    rows = [row(sec_func=value)] if value is not None else []
    found = drift_of(tmp_path, table_sql(META, sec_func=declared), *rows)
    (change,) = found.cambiadas
    assert (change.columna, change.cabe) == ("sec_func", fit)
    assert found.importa is (fit is Fit.NO)


def test_another_key_matters_and_no_key_is_told(tmp_path: Path) -> None:
    """Rows are ordered by the declared key; without one by the catalogue's."""
    columns = table_sql(META).partition(", PRIMARY KEY")[0]
    other = drift_of(tmp_path, f"{columns}, PRIMARY KEY (sec_func))")
    assert (other.clave, other.clave_base, other.importa) == (KeyState.OTRA, ("sec_func",), True)
    (tmp_path / "b.db").unlink()
    none = drift_of(tmp_path, f"{columns})")
    assert (none.clave, none.importa, none.igual) == (KeyState.SIN_CLAVE, False, False)


def test_rows_are_counted_of_the_unit_and_year_and_in_all(tmp_path: Path) -> None:
    """The figures that a package of that year would have."""
    rows = [row(), row(sec_func=2), row(ano_eje=2020), row(sec_ejec=1287)]
    found = drift_of(tmp_path, table_sql(META), *rows, counted=True)
    assert found.conteo is not None
    assert (found.conteo.del_paquete, found.conteo.total) == (2, 4)


def test_counts_are_those_of_the_demo_base(base_chica: Path) -> None:
    """Judged by sqlite3 for a table filtered by unit and year."""
    import sqlite3
    from contextlib import closing

    with snapshot(base_chica) as opened:
        (found,) = compare_with(catalogue_of("SIG_PEDIDOS"), opened, UNIT_YEAR).tablas
    with closing(sqlite3.connect(base_chica)) as judge:
        one = judge.execute(
            "SELECT count(*) FROM SIG_PEDIDOS WHERE ANO_EJE=2021 AND SEC_EJEC=1288"
        ).fetchone()[0]
        total = judge.execute("SELECT count(*) FROM SIG_PEDIDOS").fetchone()[0]
    assert found.conteo is not None
    assert (found.conteo.del_paquete, found.conteo.total) == (one, total)
    assert 0 < one < total


def test_a_real_postgresql_is_compared_alike(
    postgres: PostgresServer, postgres_siga: str, base_chica: Path
) -> None:
    """The same base in another engine: the same counts, nothing missing, every changed type fits."""
    server = Server(
        motor=Motor.POSTGRESQL,
        servidor=postgres.host,
        puerto=postgres.port,
        base=postgres_siga,
        usuario="postgres",
    )
    opened = PostgresSource(server, postgres.password).open_snapshot(lanes=1)
    try:
        other = compare_with(load_catalogue(), opened, UNIT_YEAR)
    finally:
        opened.close()
    with snapshot(base_chica) as lite:
        same = compare_with(load_catalogue(), lite, UNIT_YEAR)
    assert [table.entry.nombre for table in other.tablas if table.importa] == []
    assert [table.conteo for table in other.tablas] == [table.conteo for table in same.tablas]
    assert [group.candidatas for group in other.desconocidas] != []
