"""Values look like those of a real base, and every one fits its declared type."""

import re
import sqlite3
from collections import Counter
from datetime import datetime
from decimal import Decimal

from tests.basedemo.tables import columns, count, tables

WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def _values(base: sqlite3.Connection, table: str, column: str) -> list[object]:
    return [
        value
        for (value,) in base.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
    ]


def test_text_fits_its_length_and_code_page(base: sqlite3.Connection) -> None:
    """No text is longer than declared, and all of it can be written in CP1252, as SIGA's client must."""
    for table in tables(base):
        for column in columns(base, table):
            if column.kind in ("varchar", "char", "text"):
                for value in _values(base, table, column.name):
                    assert isinstance(value, str), (table, column.name)
                    assert len(value.encode("cp1252")) <= (column.sizes or (10**6,))[0], (table, column.name)


def test_numbers_are_exact_at_their_scale(base: sqlite3.Connection) -> None:
    """The shortest decimal of each number has no digits beyond its scale and fits its precision."""
    for table in tables(base):
        for column in columns(base, table):
            if column.kind != "numeric":
                continue
            precision, scale = column.sizes
            for value in _values(base, table, column.name):
                assert isinstance(value, int | float), (table, column.name)
                exact = Decimal(repr(value))
                assert exact == exact.quantize(Decimal(1).scaleb(-scale)), (table, column.name)
                assert abs(exact) < Decimal(10) ** (precision - scale), (table, column.name)


def test_money_is_stored_as_integer_and_as_real(base: sqlite3.Connection) -> None:
    """SQLite keeps 120 and 120.5 of one numeric(16,2) column in two classes, as a real base does."""
    kinds = base.execute("SELECT DISTINCT TYPEOF(TOTAL_FACT_SOLES) FROM SIG_ORDEN_ADQUISICION").fetchall()
    assert sorted(kind for (kind,) in kinds) == ["integer", "real"]


def test_dates_are_dates(base: sqlite3.Connection) -> None:
    """Every datetime parses; some have milliseconds, some are midnight; the last is when a lot expires."""
    found: Counter[str] = Counter()
    for table in tables(base):
        for column in columns(base, table):
            if column.kind in ("datetime", "date"):
                for value in _values(base, table, column.name):
                    assert isinstance(value, str), (table, column.name)
                    assert datetime.fromisoformat(value).year <= 2023, (table, column.name)
                    found[
                        "milliseconds" if value[-4:-3] == "." and value[-3:] != "000" else value[11:19]
                    ] += 1
    assert found["milliseconds"] > 100
    assert found["00:00:00"] > 100


def test_dates_of_documents_lie_in_their_year(base: sqlite3.Connection) -> None:
    """An order, a request and a movement are dated in their ejercicio; goods come after their order."""
    for table, column in (
        ("SIG_PEDIDOS", "FECHA_PEDIDO"),
        ("SIG_ORDEN_ADQUISICION", "FECHA_ORDEN"),
        ("SIG_MOVIM_ALMACEN", "FECHA_MOVIMTO"),
    ):
        query = f"SELECT COUNT(*) FROM {table} WHERE SUBSTR({column}, 1, 4) <> CAST(ANO_EJE AS TEXT)"
        assert base.execute(query).fetchone() == (0,)
    query = "SELECT COUNT(*) FROM SIG_ORDEN_ADQUISICION WHERE FECHA_RECEPCION < FECHA_ORDEN"
    assert base.execute(query).fetchone() == (0,)


def test_ruc_has_a_valid_check_digit(base: sqlite3.Connection) -> None:
    """Eleven digits, 10 or 20 at the start, modulus 11 of SUNAT; firms and persons both."""
    numbers = _values(base, "SIG_CONTRATISTAS", "NRO_RUC")
    for number in numbers:
        assert isinstance(number, str)
        assert re.fullmatch(r"(10|20)[0-9]{9}", number)
        total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
        assert int(number[10]) == (11 - total % 11) % 10
    assert {str(number)[:2] for number in numbers} == {"10", "20"}


def test_people_have_dni_and_suppliers_accents(base: sqlite3.Connection) -> None:
    """DNI of eight digits; ñ and accents in names."""
    assert all(
        re.fullmatch(r"[0-9]{8}", str(number)) for number in _values(base, "sig_personal", "docum_ident")
    )
    names = " ".join(str(name) for name in _values(base, "SIG_CONTRATISTAS", "NOMBRE_PROV"))
    assert set("ÑÁÉÍÓÚ") <= set(names)


def test_classifier_keeps_its_inner_blanks(base: sqlite3.Connection) -> None:
    """Fixed width: levels end at positions 3, 6, 9, 12 and 15, padded with blanks within."""
    codes = _values(base, "SIG_CLASIFICADOR_GASTO", "CLASIFICADOR")
    assert all(re.fullmatch(r"2\.[1-6]\.[ 0-9]{2}[ 0-9]{3}\.[ 0-9]{2}[ 0-9]{3}", str(code)) for code in codes)
    assert "2.3. 2  9. 1  1" in codes


def test_catalogue_codes_have_twelve_digits(base: sqlite3.Connection) -> None:
    """Group, class, family and item make the code; a request's number has six digits, a meta's up to four."""
    query = (
        "SELECT COUNT(*) FROM CATALOGO_BIEN_SERV"
        " WHERE CODIGO_ITEM <> GRUPO_BIEN || CLASE_BIEN || FAMILIA_BIEN || ITEM_BIEN"
        " OR LENGTH(CODIGO_ITEM) <> 12"
    )
    assert base.execute(query).fetchone() == (0,)
    assert all(
        re.fullmatch(r"[0-9]{6}", str(number)) for number in _values(base, "SIG_PEDIDOS", "NRO_PEDIDO")
    )


def test_states_are_those_of_the_conventions(base: sqlite3.Connection) -> None:
    """The codes that public sources document, and more than one of each."""
    for table, column, known in (
        ("SIG_PEDIDOS", "ESTADO", {"0", "1", "7"}),
        ("SIG_PEDIDOS", "TIPO_PEDIDO", {"1", "2"}),
        ("SIG_ORDEN_ADQUISICION", "ESTADO_SIAF", {"0", "2", "3"}),
        ("SIG_PAAC_CONSOLIDADO", "ESTADO", {"1", "5", "6", "7"}),
        ("SIG_MOVIM_ALMACEN", "TIPO_MOVIMTO", {"I", "S"}),
        ("SIG_SOLICITUD_MODIFICACION", "ESTADO", {"2", "3"}),
    ):
        assert set(_values(base, table, column)) == known


def test_free_text_holds_tabs_and_line_breaks(base: sqlite3.Connection) -> None:
    """What a tab-separated export would have broken."""
    for table, column in (
        ("SIG_PEDIDOS", "MOTIVO_PEDIDO"),
        ("SIG_ORDEN_ADQUISICION", "GLOSA"),
        ("SIG_ORDEN_ITEM", "ESPECIFICACIONES"),
    ):
        text = "".join(str(value) for value in _values(base, table, column))
        assert "\t" in text, table
        assert "\n" in text, table


def test_null_and_empty_text_both_appear(base: sqlite3.Connection) -> None:
    """In one column of one table, so that an export which confuses them is noticed."""
    for table, column in (("SIG_ORDEN_ITEM", "ESPECIFICACIONES"), ("SIG_CONTRATISTAS", "GIRO_GENERAL")):
        nulls = base.execute(f"SELECT COUNT(*) FROM {table} WHERE {column} IS NULL").fetchone()[0]
        assert 0 < nulls < count(base, table)
    empty = base.execute("SELECT COUNT(*) FROM SIG_ORDEN_ITEM WHERE ESPECIFICACIONES = ''").fetchone()[0]
    assert empty > 0


def test_between_two_and_four_fifths_of_the_values_are_there(base: sqlite3.Connection) -> None:
    """A real base has many empty columns, and is not empty."""
    cells = filled = 0
    for table in tables(base):
        names = [c.name for c in columns(base, table)]
        row = base.execute(
            f"SELECT COUNT(*), {', '.join(f'COUNT({name})' for name in names)} FROM {table}"
        ).fetchone()
        cells, filled = cells + row[0] * len(names), filled + sum(row[1:])
    assert 0.4 < filled / cells < 0.8
