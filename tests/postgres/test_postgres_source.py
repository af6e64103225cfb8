"""What PostgreSQL gives is read exactly, from one state, and whatever goes wrong is told by its own error."""

import threading
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import psycopg
import pyarrow as pa
import pytest

from sigasers import mensajes
from sigasers.errors.siga import ReadStoppedError, SourceUnreadableError, TableReadError
from sigasers.errors.sources import (
    DatabaseUnknownError,
    LoginRefusedError,
    ReadRightsError,
    ServerNameError,
    ServerUnreachableError,
    StatementTimeoutError,
    TableLockedError,
)
from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.siga.sources import Equals, ExistsIn, Notes, Query
from sigasers.siga.sources.postgres import PostgresSource
from sigasers.siga.sources.server import Motor, Server
from tests.postgres.one_base import PostgresBase, column, everything, read
from tests.sources.chains import logged


def test_reads_every_table_as_the_judge_does(siga: PostgresBase) -> None:
    """All 173 tables, column by column, value by value."""
    with siga.snapshot() as snapshot:
        tables = list(snapshot.tables().values())
        found = {
            table.nombre: sorted(read(snapshot, everything(snapshot, table.nombre)), key=repr)
            for table in tables
        }
    assert len(tables) == 173
    assert sum(map(len, found.values())) > 40_000
    for table in tables:
        judged = siga.judge(f'SELECT * FROM "{table.nombre}"')
        assert found[table.nombre] == sorted(judged, key=repr), table.nombre


def test_sums_every_money_column_as_the_judge_does(siga: PostgresBase) -> None:
    """Counts and sums of the engine against Python's decimals over what psycopg reads."""
    with siga.snapshot() as snapshot:
        for table in snapshot.tables().values():
            money = tuple(one for one in table.columnas if one.tipo.kind is Kind.DECIMAL and one.tipo.scale)
            totals = snapshot.lanes[0].totals(everything(snapshot, table.nombre), money)
            rows = siga.judge(f'SELECT * FROM "{table.nombre}"')
            assert totals.filas == len(rows)
            for one in money:
                place = table.columnas.index(one)
                cells = [row[place] for row in rows if row[place] is not None]
                assert Decimal(totals.sumas[one.nombre]) == sum(cells, Decimal(0)), (table.nombre, one)


@pytest.mark.parametrize(
    ("precision", "scale"), [(1, 0), (1, 1), (15, 6), (18, 0), (19, 4), (38, 0), (38, 38), (38, 6)]
)
def test_the_limits_of_every_precision_come_back_digit_by_digit(
    base: PostgresBase, precision: int, scale: int
) -> None:
    """Largest, smallest, one unit, and a sum that no 128 bits hold."""
    largest = Decimal((0, (9,) * precision, -scale))
    values = [largest, largest.copy_negate(), Decimal((0, (1,), -scale)), None]
    base.run(f"CREATE TABLE t (n numeric({precision},{scale}))")
    with psycopg.connect(base.server.conninfo(base.name)) as connection:
        connection.cursor().executemany(
            "INSERT INTO t VALUES (%s)", [(one,) for one in [*values, largest, largest]]
        )
    with base.snapshot() as snapshot:
        found = read(snapshot, everything(snapshot, "t"))
        totals = snapshot.lanes[0].totals(everything(snapshot, "t"), (column(snapshot, "t", "n"),))
    assert [row[0] for row in found[:4]] == values
    units = 2 * int("9" * precision) + 1
    digits = str(units).rjust(scale + 1, "0")
    assert totals.sumas["n"] == (f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits)


def test_text_is_given_as_stored(base: PostgresBase) -> None:
    """Leading zeros, inner and trailing blanks, '' beside null, ñ, quotes, tabs, line ends, what CSV lives on."""
    values = [
        "007",
        "2.3. 2  9. 1  1",
        "ab  ",
        "",
        None,
        "CAÑETE\tá\r\n",
        "€“”’",
        '"',
        ",",
        "\\N",
        "\\.",
        "\n",
        "a\n\nb",
    ]
    base.run("CREATE TABLE t (c varchar(40))")
    with psycopg.connect(base.server.conninfo(base.name)) as connection:
        connection.cursor().executemany("INSERT INTO t VALUES (%s)", [(one,) for one in values])
    with base.snapshot() as snapshot:
        assert read(snapshot, everything(snapshot, "t")) == [(one,) for one in values]


def test_a_text_of_megabytes_is_whole(base: PostgresBase) -> None:
    """Longer than any block that is parsed at a time."""
    base.run(
        "CREATE TABLE t (c text, n int)",
        "INSERT INTO t SELECT repeat('ñ,\"', 3000000), 7 FROM generate_series(1, 3)",
    )
    with base.snapshot() as snapshot:
        found = read(snapshot, everything(snapshot, "t"))
    assert found == [('ñ,"' * 3_000_000, 7)] * 3


def test_every_kind_of_column_is_exact(base: PostgresBase) -> None:
    """Times to the microsecond, years 1 to 9999, bytes, true and false, doubles, padded texts; others stay text."""
    base.run(
        "CREATE TABLE t (f timestamp, d date, b bytea, v boolean, r float8, s real, c char(4), i bigint, "
        "u uuid, z timestamptz, x numeric)",
        "INSERT INTO t VALUES ('1753-01-01', '1753-01-01', '\\x00ff', true, 0.1, 0.5, 'ab', 9223372036854775807, "
        "'00000000-0000-0000-0000-000000000001', '2021-10-21 16:30:00-05', "
        "123456789012345678901234567890123456789012.5)",
        "INSERT INTO t VALUES ('9999-12-31 23:59:59.999999', '9999-12-31', '', false, 'NaN', '-Infinity', '', "
        "-9223372036854775808, NULL, NULL, 'NaN')",
        "INSERT INTO t (f) VALUES ('0001-01-01 00:00:00.000001')",
    )
    with base.snapshot() as snapshot:
        kinds = [str(one.tipo) for one in snapshot.tables()["t"].columnas]
        first, second, third = read(snapshot, everything(snapshot, "t"))
    assert kinds == [
        "fecha_hora",
        "fecha",
        "binario",
        "entero",
        "real",
        "real",
        "char(4)",
        "entero",
        *["texto"] * 3,
    ]
    assert first == (
        datetime.fromisoformat("1753-01-01"), date(1753, 1, 1), b"\x00\xff", 1, 0.1, 0.5, "ab  ", 2**63 - 1,
        "00000000-0000-0000-0000-000000000001", "2021-10-21 21:30:00+00",
        "123456789012345678901234567890123456789012.5",
    )  # fmt: skip
    assert second[:4] == (datetime.fromisoformat("9999-12-31T23:59:59.999999"), date(9999, 12, 31), b"", 0)
    assert str(second[4:6]) == "(nan, -inf)"
    assert second[6:] == ("    ", -(2**63), None, None, "NaN")
    assert third[0] == datetime.fromisoformat("0001-01-01T00:00:00.000001")
    assert third[1:] == (None,) * 10


def test_a_column_that_is_null_for_long_and_then_filled_is_exact(base: PostgresBase) -> None:
    """Types come from the declared schema, not from the first rows."""
    base.run(
        "CREATE TABLE t (m numeric(16,2), c varchar(5))",
        "INSERT INTO t SELECT NULL, NULL FROM generate_series(1, 100000)",
        "INSERT INTO t VALUES (12345.67, 'x')",
    )
    with base.snapshot() as snapshot:
        found = read(snapshot, everything(snapshot, "t"))
    assert len(found) == 100_001
    assert set(found[:-1]) == {(None, None)}
    assert found[-1] == (Decimal("12345.67"), "x")


def test_a_table_of_one_column_keeps_its_null_rows(base: PostgresBase) -> None:
    """As CSV such a row is an empty line."""
    base.run("CREATE TABLE t (m numeric(5,0))", "INSERT INTO t VALUES (NULL), (1), (NULL), (NULL)")
    with base.snapshot() as snapshot:
        assert read(snapshot, everything(snapshot, "t")) == [(None,), (Decimal(1),), (None,), (None,)]


@pytest.mark.parametrize(
    ("declared", "stored", "wanted"),
    [
        ("numeric(16,2)", "'NaN'", "decimal(16,2)"),
        ("numeric(18,4)", "1.2345", "decimal(16,2)"),
        ("timestamp", "'infinity'", "fecha_hora"),
        ("timestamp", "'0044-03-15 BC'", "fecha_hora"),
        ("timestamp", "'12021-10-21'", "fecha_hora"),
        ("date", "'-infinity'", "fecha"),
    ],
)
@pytest.mark.parametrize("before", [0, 1, 40_000])
def test_a_value_that_its_column_cannot_hold_is_told_by_place_and_never_by_value(
    base: PostgresBase, declared: str, stored: str, wanted: str, before: int
) -> None:
    """Table, column, row ordinal."""
    good = "7" if declared.startswith("numeric") else "'2021-10-21'"
    base.run(
        f"CREATE TABLE tabla (otra int, columna {declared})",
        f"INSERT INTO tabla SELECT n, {good} FROM generate_series(1, {before}) AS n",
        f"INSERT INTO tabla VALUES (1, {stored}), (2, {good}), (3, {stored})",
    )
    query = Query(
        tabla="tabla",
        columnas=(Column("otra", ColumnType(Kind.ENTERO)), Column("columna", ColumnType.parse(wanted))),
    )
    with base.snapshot() as snapshot, pytest.raises(TableReadError) as caught:
        read(snapshot, query)
    fields = caught.value.fields
    assert (fields["tabla"], fields["columna"], fields["fila"]) == ("tabla", "columna", before + 1)
    assert stored.strip("'") not in logged(caught.value)


def test_a_table_that_fails_costs_no_other_one(base: PostgresBase) -> None:
    """A failed statement would end PostgreSQL's transaction; each table has a savepoint of its own."""
    base.run(
        "CREATE TABLE mala (n numeric(5,2))",
        "INSERT INTO mala VALUES ('NaN')",
        "CREATE TABLE t (n int)",
        "INSERT INTO t VALUES (1)",
    )
    with base.snapshot() as snapshot:
        for _ in range(2):
            with pytest.raises(TableReadError):
                read(snapshot, everything(snapshot, "mala"))
            with pytest.raises(SourceUnreadableError):
                read(snapshot, Query(tabla="no hay", columnas=(column(snapshot, "t", "n"),)))
            assert read(snapshot, everything(snapshot, "t")) == [(1,)]


def test_a_read_left_in_the_middle_disturbs_nothing(base: PostgresBase) -> None:
    """The next read begins cleanly on the same connection."""
    base.run("CREATE TABLE t AS SELECT n, repeat('x', 500) AS c FROM generate_series(1, 100000) AS n")
    with base.snapshot() as snapshot:
        query = everything(snapshot, "t")
        next(iter(snapshot.lanes[0].read(query, Notes())))
        assert snapshot.lanes[0].totals(query, ()).filas == 100_000
        assert len(read(snapshot, query)) == 100_000


def test_bytes_that_are_no_utf8_are_read_as_windows_and_observed(base: PostgresBase) -> None:
    """A base without encoding (SQL_ASCII) sends what it holds: an observation, not a lost table."""
    with psycopg.connect(base.server.conninfo(), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {base.name}_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'".encode()
        )
    ascii_base = PostgresBase(base.server, f"{base.name}_ascii")
    ascii_base.run(
        "CREATE TABLE t (c varchar(9))",
        "INSERT INTO t VALUES ('bien'), (convert_from('\\x4341d145', 'SQL_ASCII'))",
    )
    notes = Notes()
    with ascii_base.snapshot() as snapshot:
        assert read(snapshot, everything(snapshot, "t"), notes) == [("bien",), ("CAÑE",)]
    assert [(one.codigo, one.columna, one.fila) for one in notes.found.values()] == [
        ("texto_no_utf8", "c", 2)
    ]


def test_a_base_in_another_encoding_is_read_in_its_own_words(base: PostgresBase) -> None:
    """WIN1252, as SIGA's texts are on their own server."""
    with psycopg.connect(base.server.conninfo(), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {base.name}_win TEMPLATE template0 ENCODING 'WIN1252' LOCALE 'C'".encode()
        )
    other = PostgresBase(base.server, f"{base.name}_win")
    other.run("CREATE TABLE t (c varchar(9))", "INSERT INTO t VALUES ('ÑANDÚ €’')")
    with other.snapshot() as snapshot:
        assert read(snapshot, everything(snapshot, "t")) == [("ÑANDÚ €’",)]


def test_conditions_hold_for_numbers_and_for_padded_codes(base: PostgresBase) -> None:
    """'001288' and 1288 are the same unit, a letter in the column disturbs nothing, an EXISTS never doubles a row."""
    base.run(
        "CREATE TABLE padre (ue varchar(6), clave int)",
        "CREATE TABLE hija (anio numeric(4,0), clave int, nota varchar(5))",
        "INSERT INTO padre VALUES ('001288', 1), (' 1288 ', 1), ('001287', 2), ('X', 2), ('12880', 2), (NULL, 2)",
        "INSERT INTO hija VALUES (2021, 1, 'si'), (2020, 1, 'no'), (2021, 2, 'no'), (NULL, 1, 'no')",
    )
    with base.snapshot() as snapshot:
        unit = Equals(column(snapshot, "padre", "UE"), 1288)
        year = Equals(column(snapshot, "hija", "ANIO"), 2021)
        query = Query(
            tabla="hija",
            columnas=(column(snapshot, "hija", "nota"),),
            condiciones=(year, ExistsIn("padre", (("clave", "clave"),), unit)),
        )
        assert read(snapshot, query) == [("si",)]
        assert snapshot.lanes[0].totals(query, ()).filas == 1
        codes = Query(tabla="padre", columnas=(column(snapshot, "padre", "ue"),))
        assert snapshot.lanes[0].integers(codes) == [(1287,), (1288,), (12880,)]
        assert "X" in snapshot.lanes[0].texts(codes)


def test_names_from_the_schema_are_never_pasted(base: PostgresBase) -> None:
    """A name with quotes, blanks, capitals and SQL in it is just a name."""
    base.run(
        'CREATE TABLE "T "" ; DROP TABLE t" ("A "" b" int, "ñ%s" int)',
        'INSERT INTO "T "" ; DROP TABLE t" VALUES (7, 8)',
    )
    with base.snapshot() as snapshot:
        (name,) = snapshot.tables()
        assert read(snapshot, everything(snapshot, name)) == [(7, 8)]
        assert snapshot.lanes[0].texts(everything(snapshot, name)) == ["7"]


def test_all_lanes_see_one_state_while_others_write(base: PostgresBase) -> None:
    """What is committed after the snapshot was opened is in none of its lanes; nobody waits."""
    base.run("CREATE TABLE t (k int)", "INSERT INTO t VALUES (1)")
    with base.snapshot(lanes=2) as snapshot:
        assert not snapshot.bloquea_escritura
        base.run("INSERT INTO t VALUES (2)", "DELETE FROM t WHERE k = 1")
        query = everything(snapshot, "t")
        assert read(snapshot, query) == read(snapshot, query, lane=1) == [(1,)]
        assert snapshot.lanes[1].totals(query, ()).filas == 1
    with base.snapshot() as snapshot:
        assert read(snapshot, everything(snapshot, "t")) == [(2,)]


def test_nothing_can_be_written_through_it(base: PostgresBase) -> None:
    """Its transactions are read only, even for a login that may write."""
    base.run("CREATE TABLE t (k int)")
    with base.snapshot() as snapshot, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        snapshot.lanes[0]._connection.execute("INSERT INTO t VALUES (1)")  # type: ignore[attr-defined]


def test_cancel_ends_a_read_under_way(base: PostgresBase) -> None:
    """From another thread; the reader gets an error, never a table that is short."""
    base.run("CREATE TABLE t AS SELECT n, repeat('x', 300) AS c FROM generate_series(1, 300000) AS n")
    with base.snapshot() as snapshot:
        batches: Iterator[pa.RecordBatch] = snapshot.lanes[0].read(everything(snapshot, "t"), Notes())
        rows = next(batches).num_rows
        thread = threading.Thread(target=snapshot.cancel)
        thread.start()
        thread.join()
        with pytest.raises(ReadStoppedError):
            for batch in batches:
                rows += batch.num_rows
        assert rows < 300_000


def test_cancel_ends_a_statement_that_the_server_is_busy_with(base: PostgresBase) -> None:
    """The server itself is told: it has not given a row yet."""
    base.run(
        "CREATE FUNCTION lenta() RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_lock(7); RETURN 1; END'",
        "CREATE VIEW t AS SELECT lenta() AS n",
    )
    holder = psycopg.connect(base.server.conninfo(base.name), autocommit=True)
    holder.execute("SELECT pg_advisory_lock(7)")
    with holder, base.snapshot(wait_s=60) as snapshot:
        caught: list[BaseException] = []

        def work() -> None:
            try:
                read(snapshot, everything(snapshot, "t"))
            except BaseException as error:  # noqa: BLE001 - what it was is asserted below
                caught.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        while not base.judge(waiting)[0][0]:
            pass
        snapshot.cancel()
        thread.join(30)
    assert [type(error) for error in caught] == [ReadStoppedError]


def test_a_statement_over_its_limit_is_a_timeout_of_that_table(base: PostgresBase) -> None:
    """The next table is read all the same."""
    base.run("CREATE VIEW lenta AS SELECT 1 AS n FROM pg_sleep(30)", "CREATE TABLE t (n int)")
    with base.snapshot(limit_s=0.2) as snapshot:
        with pytest.raises(StatementTimeoutError) as caught:
            read(snapshot, everything(snapshot, "lenta"))
        assert read(snapshot, everything(snapshot, "t")) == []
    assert caught.value.fields["tabla"] == "lenta"


def test_a_table_that_another_has_locked_is_not_waited_for(base: PostgresBase) -> None:
    """Somebody alters the table: the export goes on with the others."""
    base.run("CREATE TABLE t (n int)")
    with psycopg.connect(base.server.conninfo(base.name)) as other, base.snapshot(wait_s=0.2) as snapshot:
        other.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(TableLockedError) as caught:
            read(snapshot, everything(snapshot, "t"))
    assert caught.value.fields == {"tabla": "t", "segundos": 1}  # a part of a second counts as one
    sentence = mensajes.sentence(caught.value.code, caught.value.fields)
    assert "espera_bloqueo_s" in sentence.haga
    assert "limite_consulta_s" not in sentence.haga


def test_what_may_not_be_read_is_known_before_and_told_when_read(base: PostgresBase) -> None:
    """Rights are asked of the engine, table by table."""
    base.run(
        "CREATE TABLE abierta (n int)",
        "CREATE TABLE cerrada (n int)",
        f"CREATE ROLE {base.name}_lector LOGIN PASSWORD 'lector'",
        f"GRANT SELECT ON abierta TO {base.name}_lector",
    )
    with base.snapshot(user=f"{base.name}_lector", password="lector") as snapshot:
        assert (snapshot.may_read("ABIERTA"), snapshot.may_read("cerrada")) == (True, False)
        assert read(snapshot, everything(snapshot, "abierta")) == []
        with pytest.raises(ReadRightsError) as caught:
            read(snapshot, everything(snapshot, "cerrada"))
    assert caught.value.fields["tabla"] == "cerrada"


def test_each_refusal_to_open_has_its_own_error(base: PostgresBase) -> None:
    """Name, port, login, database."""
    with pytest.raises(LoginRefusedError):
        base.source(password="mala").open_snapshot(lanes=1)
    with pytest.raises(LoginRefusedError):
        base.source(user="nadie").open_snapshot(lanes=1)
    with pytest.raises(DatabaseUnknownError):
        PostgresBase(base.server, "no_hay").source().open_snapshot(lanes=1)
    nowhere = Server(motor=Motor.POSTGRESQL, servidor="no-hay.invalid", base="x", usuario="x")
    with pytest.raises(ServerNameError):
        PostgresSource(nowhere, "x", wait_s=1).open_snapshot(lanes=1)
    closed = Server(motor=Motor.POSTGRESQL, servidor="127.0.0.1", puerto=1, base="x", usuario="x")
    with pytest.raises(ServerUnreachableError):
        PostgresSource(closed, "x", wait_s=1).open_snapshot(lanes=1)


def test_nothing_is_left_open(base: PostgresBase) -> None:
    """After a snapshot, and after one that could not be opened, the server has no connection of ours."""
    base.run("CREATE TABLE t (n int)")
    with base.snapshot(lanes=2) as snapshot:
        read(snapshot, everything(snapshot, "t"))
    ours = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'siga' AND datname = current_database()"
    while base.judge(ours)[0][0]:  # a backend needs a moment to go
        pass


def test_memory_holds_a_block_not_the_table(base: PostgresBase) -> None:
    """300,000 rows of text pass through less than a tenth of their bytes."""
    base.run(
        "CREATE TABLE t AS SELECT lpad(n::text, 100, '0') AS c, n * 0.01 AS m FROM generate_series(1, 300000) AS n"
    )
    with base.snapshot() as snapshot:
        start, peak, total = pa.total_allocated_bytes(), 0, 0
        for batch in snapshot.lanes[0].read(everything(snapshot, "t"), Notes()):
            peak = max(peak, pa.total_allocated_bytes() - start)
            total += batch.nbytes
    assert total > 30_000_000
    assert peak < total / 4
