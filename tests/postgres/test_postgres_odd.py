"""Odd types, values, names and locks of PostgreSQL: each is read exactly or told as what it is."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import psycopg
import pytest

from sigasers.errors.siga import SourceUnreadableError, TableReadError
from sigasers.errors.sources import (
    TableLockedError,
)
from sigasers.formats.column_type import Column, ColumnType
from sigasers.model import Nemonico
from sigasers.siga.export.units import year_facts
from sigasers.siga.sources import Equals, ExistsIn, Query, postgres_errors
from sigasers.siga.sources.server import Motor, Server
from tests.postgres.one_base import PostgresBase, column, everything, read


@pytest.mark.parametrize("stored", ["'NaN'", "'Infinity'", "1.234"])
def test_a_number_that_spoils_a_sum_costs_its_table_and_names_its_row(
    base: PostgresBase, stored: str
) -> None:
    """The engine adds NaN up as it does any number; no sum of a package may be one."""
    base.run(
        "CREATE TABLE tabla (mala numeric, buena numeric(16,2))",
        f"INSERT INTO tabla VALUES (1, 1.5), ({stored}, 2), (3, 3)",
    )
    bad, good = (
        Column("mala", ColumnType.parse("decimal(16,2)")),
        Column("buena", ColumnType.parse("decimal(16,2)")),
    )
    with base.snapshot() as snapshot:
        query = Query(tabla="tabla", columnas=(good, bad))
        with pytest.raises(TableReadError) as caught:
            snapshot.lanes[0].totals(query, (good, bad))
        assert snapshot.lanes[0].totals(query, (good,)).sumas == {"buena": "6.50"}
    fields = caught.value.fields
    assert (fields["tabla"], fields["columna"], fields["fila"]) == ("tabla", "mala", 2)


def test_money_is_exact_whatever_the_servers_language_writes(base: PostgresBase) -> None:
    """``money`` comes as ``$1,234.50``, or as the language of the server has it; here it is a number."""
    base.run(
        "CREATE TABLE t (m money)",
        "INSERT INTO t VALUES (1234.5), (-0.01), (NULL), (90071992547409.93), (90071992547409.93)",
    )
    with base.snapshot() as snapshot:
        money = column(snapshot, "t", "m")
        found = read(snapshot, everything(snapshot, "t"))
        totals = snapshot.lanes[0].totals(everything(snapshot, "t"), (money,))
    assert str(money.tipo) == "decimal(19,4)"
    assert [row[0] for row in found[:4]] == [
        Decimal("1234.5"), Decimal("-0.01"), None, Decimal("90071992547409.93"),
    ]  # fmt: skip
    assert totals.sumas == {"m": "180143985096054.3500"}


@pytest.mark.parametrize("declared", ["numeric", "numeric(6,2)", "bigint", "varchar(9)", "char(9)"])
def test_units_and_years_are_found_whatever_number_or_text_holds_them(
    base: PostgresBase, declared: str
) -> None:
    """``numeric`` without digits travels as text, but it is a number: 1288.00 is the unit 1288."""
    stored = "1288.00" if declared.startswith("numeric") else "1288"
    base.run(
        f"CREATE TABLE padre (ue {declared}, clave int)",
        "CREATE TABLE hija (clave int, nota varchar(5))",
        f"INSERT INTO padre VALUES ({stored}, 1), (1287, 2), (NULL, 3)",
        "INSERT INTO hija VALUES (1, 'si'), (2, 'no'), (3, 'no')",
    )
    with base.snapshot() as snapshot:
        unit = Equals(column(snapshot, "padre", "ue"), 1288)
        own = Query(tabla="padre", columnas=(column(snapshot, "padre", "clave"),), condiciones=(unit,))
        child = Query(
            tabla="hija",
            columnas=(column(snapshot, "hija", "nota"),),
            condiciones=(ExistsIn("padre", (("clave", "clave"),), unit),),
        )
        assert (read(snapshot, own), read(snapshot, child)) == ([(1,)], [("si",)])
        assert snapshot.lanes[0].totals(own, ()).filas == 1
        assert snapshot.lanes[0].integers(own) == [(1,)]
        assert snapshot.lanes[0].texts(child) == ["si"]


def test_a_code_that_is_no_text_and_no_number_disturbs_no_statement(base: PostgresBase) -> None:
    """No unit is a uuid, and nothing is refused for asking."""
    base.run("CREATE TABLE t (ue uuid)", "INSERT INTO t VALUES (gen_random_uuid())")
    with base.snapshot() as snapshot:
        query = replace(everything(snapshot, "t"), condiciones=(Equals(column(snapshot, "t", "ue"), 1288),))
        assert read(snapshot, query) == []


def test_a_number_that_is_not_whole_is_no_code(base: PostgresBase) -> None:
    """Cutting its decimals would make another unit of it."""
    base.run("CREATE TABLE t (ue numeric)", "INSERT INTO t VALUES (1288.5), (1287), ('NaN')")
    with base.snapshot() as snapshot:
        assert snapshot.lanes[0].integers(everything(snapshot, "t")) == [(1287,)]


def test_a_domain_is_the_type_beneath_it(base: PostgresBase) -> None:
    """Also a domain over a domain, with the digits that one of them gives."""
    base.run(
        "CREATE DOMAIN soles AS numeric(16,2)",
        "CREATE DOMAIN soles_igv AS soles CHECK (VALUE >= 0)",
        "CREATE DOMAIN si_no AS boolean",
        "CREATE DOMAIN codigo AS varchar(6)",
        "CREATE DOMAIN cantidad AS numeric",
        "CREATE TABLE t (a soles, b soles_igv, c si_no, d codigo, e cantidad, f timestamp)",
        "INSERT INTO t VALUES (1.5, 2.25, true, '001288', 7.125, '2021-10-21')",
    )
    with base.snapshot() as snapshot:
        kinds = [str(one.tipo) for one in snapshot.tables()["t"].columnas]
        assert kinds == ["decimal(16,2)", "decimal(16,2)", "entero", "texto", "texto", "fecha_hora"]
        assert read(snapshot, everything(snapshot, "t")) == [
            (Decimal("1.50"), Decimal("2.25"), 1, "001288", "7.125", datetime.fromisoformat("2021-10-21"))
        ]
        totals = snapshot.lanes[0].totals(everything(snapshot, "t"), (column(snapshot, "t", "b"),))
        assert totals.sumas == {"b": "2.25"}


def test_of_tables_that_differ_by_case_the_lower_one_is_read_and_the_others_named(base: PostgresBase) -> None:
    """Not whichever the server happens to list last."""
    base.run(
        'CREATE TABLE "Meta" (n int)',
        "CREATE TABLE meta (n numeric(5,2))",
        'CREATE TABLE "META" (n int)',
        "INSERT INTO meta VALUES (7)",
    )
    with base.snapshot() as snapshot:
        taken = snapshot.tables()["meta"]
        assert (taken.nombre, sorted(taken.tablas_iguales)) == ("meta", ["META", "Meta"])
        assert read(snapshot, everything(snapshot, "meta")) == [(Decimal("7.00"),)]


def test_of_columns_that_differ_by_case_the_lower_one_is_read_and_the_others_named(
    base: PostgresBase,
) -> None:
    """A package's columns have names that no case tells apart."""
    base.run(
        'CREATE TABLE t ("N" int, n int, "Ñ" int, m int, PRIMARY KEY ("N", n))',
        "INSERT INTO t VALUES (1, 2, 3, 4)",
    )
    with base.snapshot() as snapshot:
        taken = snapshot.tables()["t"]
        assert [one.nombre for one in taken.columnas] == ["n", "Ñ", "m"]
        assert (taken.columnas_iguales, taken.clave) == (("N",), ())
        assert read(snapshot, everything(snapshot, "t")) == [(2, 3, 4)]


def test_a_locked_table_that_tells_the_year_stops_with_its_own_sentence(base: PostgresBase) -> None:
    """Without it the year could be told wrong: nothing is exported, and the lock is named as the cause."""
    base.run(
        "CREATE TABLE sig_pedidos (ano_eje int, sec_ejec int)",
        "CREATE TABLE sig_movim_almacen (ano_eje int, sec_ejec int)",
        "INSERT INTO sig_movim_almacen VALUES (2020, 1288)",
    )
    with psycopg.connect(base.server.conninfo(base.name)) as other, base.snapshot(wait_s=0.2) as snapshot:
        other.execute("LOCK TABLE sig_pedidos IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(TableLockedError) as caught:
            year_facts(snapshot, Nemonico(1288))
    assert caught.value.fields["tabla"] == "sig_pedidos"


def test_a_deadlocks_victim_is_neither_slow_nor_locked_out() -> None:
    """No setting of ours would help: the cause is told, and no time that was not waited."""
    server = Server(motor=Motor.POSTGRESQL, servidor="x", base="x", usuario="x")
    found = postgres_errors.of_statement(psycopg.errors.DeadlockDetected(), server, "t", wait_s=5, limit_s=60)
    assert type(found) is SourceUnreadableError
    assert "bloquearon uno a otro" in str(found.fields["motivo"])
