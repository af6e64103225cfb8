"""Values come out of every engine as they went in, to the last digit; judged by readers of other making."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.siga.sources import Equals, Notes, Query
from tests.sources.contract.bases import (
    FINE_TIMES,
    NAMES,
    NUL,
    PADDED,
    WIDE_NUMBERS,
    WINDOWS,
    BaseUnderTest,
    SqlServerUnderTest,
    everything,
    on_bases,
    opened,
    read,
)
from tests.sources.contract.tables import Made, Value, table

at = datetime.fromisoformat
LONG = "ñ€ largo " * 180_000  # 1.6 million characters: more than any driver's usual limits


def _texts(row: tuple[Value, ...]) -> list[object]:
    """Bring both sides of a comparison to one form: bytes of a narrow text, dates in text."""
    return [one.decode("cp1252") if isinstance(one, bytes) else one for one in row]


def same_as_judge(base: BaseUnderTest, made: Made) -> list[tuple[Value, ...]]:
    """Read ``made`` and hold it against the judge; gives what was read."""
    with opened(base) as snapshot:
        found = read(snapshot, everything(snapshot, made))
    judged = sorted(map(tuple, map(_texts, base.judged(made))), key=repr)
    assert sorted(map(tuple, map(_texts, found)), key=repr) == judged
    return found


def _limits(precision: int, scale: int) -> list[Decimal]:
    digits = "9" * precision
    top = Decimal(f"{digits[: precision - scale] or '0'}.{digits[precision - scale :] or '0'}")
    least = Decimal(1).scaleb(-scale)
    return [top, top.copy_negate(), least, least.copy_negate(), Decimal(0).scaleb(-scale)]


@on_bases(WIDE_NUMBERS)
def test_numbers_reach_the_limits_of_every_precision(base: BaseUnderTest) -> None:
    """The largest, the smallest and the least of numeric(p,s), p from 1 to 38, in one row each."""
    sizes = [(p, s) for p in range(1, 39) for s in sorted({0, p // 2, p}) if s <= p]
    rows = list(zip(range(5), *(_limits(p, s) for p, s in sizes), strict=True))
    made = table(
        "limites",
        "k int; " + "; ".join(f"n{p}_{s} numeric({p},{s})" for p, s in sizes),
        *rows,
        (9, *[None] * len(sizes)),
    )
    base.make(made)
    found = same_as_judge(base, made)
    assert found == sorted([*rows, (9, *[None] * len(sizes))], key=repr)


@on_bases(WIDE_NUMBERS)
def test_sums_beyond_38_digits_are_exact(base: BaseUnderTest) -> None:
    """What the engine cannot add up (SQL Server: error 8115) is added up here."""
    top = Decimal("9" * 36 + ".99")
    made = table(
        "sumas", "k int; m numeric(38,2); n numeric(16,2)", *[(k, top, Decimal("0.10")) for k in range(30)]
    )
    base.make(made)
    with opened(base) as snapshot:
        query = everything(snapshot, made)
        totals = snapshot.lanes[0].totals(query, query.columnas[1:])
    assert totals.filas == 30
    assert totals.sumas == {
        "m": str(30 * int("9" * 38))[:-2] + "." + str(30 * int("9" * 38))[-2:],
        "n": "3.00",
    }


@on_bases()
def test_a_column_null_for_long_and_then_filled(base: BaseUnderTest) -> None:
    """A driver that guesses a type from its first rows would fail or round here."""
    count = 2**17  # 131,072
    last = [
        (count, Decimal("12345.67"), "texto", at("2021-10-21T16:30:00")),
        (count + 1, Decimal("-0.01"), "", None),
    ]
    made = table(
        "tardia", "k int; m numeric(16,2); c varchar(20); f datetime", *last, clave="k", vacias=count
    )
    base.make(made)
    with opened(base) as snapshot:
        query = everything(snapshot, made)
        found = [row for row in read(snapshot, query) if row[1] is not None]
        totals = snapshot.lanes[0].totals(query, (query.columnas[1],))
    assert found == sorted(last, key=repr)
    assert (totals.filas, totals.sumas) == (count + 2, {"m": "12345.66"})


@on_bases()
def test_text_is_given_as_stored(base: BaseUnderTest) -> None:
    """Leading zeros, inner and trailing blanks, '' beside null, ñ, €, typographic quotes, tabs and line ends."""
    texts = [
        "007",
        "2.3. 2  9. 1  1",
        "ab  ",
        "",
        None,
        "CAÑETE\tá\r\n",
        "€ “tipográfico” ’",
        "'; DROP TABLE t --",
        "%_[]",
    ]
    made = table(
        "textos", "k int; v varchar(40); t text", *[(k, one, one) for k, one in enumerate(texts)], clave="k"
    )
    base.make(made)
    found = same_as_judge(base, made)
    assert [row[1] for row in found] == texts
    assert [row[2] for row in found] == texts


@on_bases(NUL)
def test_nul_stays_in_text(base: BaseUnderTest) -> None:
    """A character that ends a string in C ends none here."""
    made = table("nulos", "k int; v varchar(10)", (1, "\x00x"), (2, "a\x00b"), (3, "c\x00"))
    base.make(made)
    assert [row[1] for row in same_as_judge(base, made)] == ["\x00x", "a\x00b", "c\x00"]


@on_bases(WINDOWS)
def test_every_byte_of_windows_1252_is_kept(base: BaseUnderTest) -> None:
    """The five bytes that the code page leaves open too: drivers alone would give '?' for them."""
    assert isinstance(base, SqlServerUnderTest)
    made = table("bytes", "k int; v varchar(300); c char(1); t varchar(max)")
    base.make(made)
    every = bytes(range(1, 256))
    with base.connection() as cursor:
        cursor.execute(
            f"INSERT INTO [dbo].[bytes] VALUES (1, CAST(0x{every.hex()} AS varchar(300)), "
            f"CAST(0x81 AS char(1)), CAST(0x{every.hex()} AS varchar(max)))"
        )
        ((stored,),) = cursor.execute("SELECT CAST([v] AS varbinary(300)) FROM [dbo].[bytes]").fetchall()
    assert stored == every
    holes = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    expected = "".join(chr(byte) if byte in holes else bytes([byte]).decode("cp1252") for byte in every)
    with opened(base) as snapshot:
        assert read(snapshot, everything(snapshot, made)) == [(1, expected, "\x81", expected)]


@on_bases(WIDE_NUMBERS)
def test_text_beyond_the_basic_plane(base: BaseUnderTest) -> None:
    """Emoji take two units of UTF-16 each, up to the last place of the column."""
    texts = ["😀ñ", "😀" * 10, "", None, "中文"]
    made = table(
        "anchos",
        "k int; v nvarchar(20); c nchar(4)",
        *[(k, one, (one or "x")[:2]) for k, one in enumerate(texts)],
    )
    base.make(made)
    assert [row[1] for row in same_as_judge(base, made)] == texts


@on_bases(PADDED)
def test_char_comes_padded_as_the_engine_stores_it(base: BaseUnderTest) -> None:
    """The package pads char(n) on its own, so that engines agree; here nothing is cut."""
    made = table("fijos", "k int; c char(5)", (1, "ab"), (2, ""), (3, None), (4, " x"))
    base.make(made)
    assert [row[1] for row in same_as_judge(base, made)] == ["ab   ", "     ", None, " x   "]


@on_bases()
def test_dates_from_1753_to_9999(base: BaseUnderTest) -> None:
    """Both ends of datetime, its steps of 3.33 ms, date alone."""
    times = [at("1753-01-01T00:00:00"), at("9999-12-31T23:59:59.997000"), at("2021-10-21T16:30:59.003000"),
             at("2021-02-28T00:00:00.007000"), None]  # fmt: skip
    days = [date(1753, 1, 1), date(9999, 12, 31), date(2021, 10, 21), None, date(2000, 2, 29)]
    rows = [(k, *pair) for k, pair in enumerate(zip(times, days, strict=True))]
    made = table("fechas", "k int; f datetime; d date", *rows)
    base.make(made)
    with opened(base) as snapshot:
        assert read(snapshot, everything(snapshot, made)) == sorted(rows, key=repr)
    if not hasattr(base, "path"):
        same_as_judge(base, made)


@on_bases(FINE_TIMES)
def test_times_of_100_ns_are_cut_and_observed(base: BaseUnderTest) -> None:
    """datetime2(7): the digit that Arrow's microseconds lack is an observation when it is not 0."""
    rows = [
        (1, "0001-01-01 00:00:00.1234567"),
        (2, "9999-12-31 23:59:59.9999990"),
        (3, None),
        (4, "2021-10-21 00:00:00.0000000"),
    ]
    made = table("finas", "k int; f datetime2(7); g datetime2(3)", *[(k, f, f and f[:23]) for k, f in rows])
    base.make(made)
    notes = Notes()
    with opened(base) as snapshot:
        found = read(snapshot, everything(snapshot, made), notes)
    assert [(row[0], row[1] and row[1].isoformat(sep=" ", timespec="microseconds")) for row in found] == [
        (1, "0001-01-01 00:00:00.123456"), (2, "9999-12-31 23:59:59.999999"), (3, None),
        (4, "2021-10-21 00:00:00.000000"),
    ]  # fmt: skip
    assert sorted(row[1] or "" for row in base.judged(made)) == sorted(text or "" for _, text in rows)
    assert [(note.codigo, note.columna, note.fila, note.cantidad) for note in notes.found.values()] == [
        ("fecha_recortada", "f", 1, 1)
    ]


@on_bases()
def test_bytes_are_given_as_stored(base: BaseUnderTest) -> None:
    """Empty beside null, NUL, every byte; a megabyte of them."""
    blobs = [b"", None, b"\x00", bytes(range(256)), b"\xff" * 1_200_000]
    made = table(
        "binarios", "k int; b varbinary(max); i image", *[(k, one, one) for k, one in enumerate(blobs)]
    )
    base.make(made)
    with opened(base) as snapshot:
        found = read(snapshot, everything(snapshot, made))
    assert [row[1] for row in found] == blobs
    assert [row[2] for row in found] == blobs
    assert sorted((bytes(row[1]) if row[1] is not None else b"null") for row in base.judged(made)) == sorted(
        b"null" if one is None else one for one in blobs
    )


@on_bases()
def test_text_of_more_than_a_megabyte_is_whole(base: BaseUnderTest) -> None:
    """In text, varchar(max) and nvarchar(max), among short ones: no driver's buffer cuts it."""
    rows = [
        (1, "corto", "corto", "corto"),
        (2, LONG, LONG[:-1], LONG[::-1]),
        (3, None, "", None),
        (4, "x" * 4001, "y" * 8001, "z"),
    ]
    made = table("largos", "k int; t text; v varchar(max); n nvarchar(max)", *rows, clave="k")
    base.make(made)
    with opened(base) as snapshot:
        found = read(snapshot, everything(snapshot, made))
    assert [[len(cell) if cell is not None else None for cell in row[1:]] for row in found] == [
        [len(cell) if cell is not None else None for cell in row[1:]] for row in rows
    ]
    assert found == rows


@on_bases()
def test_equal_rows_of_a_table_without_key_are_all_given(base: BaseUnderTest) -> None:
    """Nothing is taken for a repetition."""
    made = table("sin_clave", "a int; b varchar(3)", *[(1, "x")] * 3, (2, "y"), (1, "x"))
    base.make(made)
    assert same_as_judge(base, made) == [(1, "x")] * 4 + [(2, "y")]
    with opened(base) as snapshot:
        assert snapshot.tables()["sin_clave"].clave == ()


@on_bases()
def test_names_are_found_as_they_are_spelled(base: BaseUnderTest) -> None:
    """Blanks, quotes, brackets, ñ and reserved words in names; keys in their own order."""
    made = table(
        'tabla ñ [1] "x"', "orden int; año_ej int; [c]]'\" varchar(5)", (1, 2, "x"), clave="año_ej orden"
    )
    base.make(made)
    with opened(base) as snapshot:
        found = snapshot.tables()[made.nombre.lower()]
        assert (found.nombre, found.clave) == (made.nombre, ("año_ej", "orden"))
        assert [one.nombre for one in found.columnas] == [one.nombre for one in made.campos]
        assert read(snapshot, everything(snapshot, made)) == [(1, 2, "x")]


@on_bases(NAMES)
def test_names_are_found_whatever_their_case(base: BaseUnderTest) -> None:
    """The catalogue may spell what the base spells otherwise."""
    made = table(
        "SIG_Pedidos", "Ano_Eje numeric(4,0); Nota varchar(5)", (Decimal(2021), "si"), (Decimal(2020), "no")
    )
    base.make(made)
    year = Column("ANO_EJE", ColumnType(Kind.DECIMAL, precision=4))
    with opened(base) as snapshot:
        note = Column("NOTA", ColumnType(Kind.TEXTO))
        query = Query(tabla="sig_pedidos", columnas=(note, year), condiciones=(Equals(year, 2021),))
        assert read(snapshot, query) == [("si", Decimal(2021))]


@on_bases()
def test_unit_codes_are_found_as_number_and_as_text(base: BaseUnderTest) -> None:
    """1288, '1288', '001288', with blanks around or not: one unit."""
    made = table(
        "unidades", "n numeric(6,0); v varchar(8); c char(8)",
        (Decimal(1288), "001288", "1288"), (Decimal(1288), "1288 ", "001288"), (Decimal(1287), "12880", "128"),
        (None, None, None),
    )  # fmt: skip
    base.make(made)
    with opened(base) as snapshot:
        columns = everything(snapshot, made).columnas
        counts = {
            one.nombre: snapshot.lanes[0].totals(
                Query(tabla="unidades", columnas=columns, condiciones=(Equals(one, 1288),)), ()
            )
            for one in columns
        }
        found = snapshot.lanes[0].integers(Query(tabla="unidades", columnas=(columns[0],)))
        texts = snapshot.lanes[0].texts(Query(tabla="unidades", columnas=(columns[1],)))
    assert {name: total.filas for name, total in counts.items()} == {"n": 2, "v": 2, "c": 2}
    assert found == [(1287,), (1288,)]
    assert sorted(texts) == ["001288", "1288 ", "12880"]


@on_bases(WIDE_NUMBERS)
@pytest.mark.parametrize(
    ("tipo", "value", "wanted"),
    [
        ("varchar(20)", "doce", "decimal(16,2)"),
        ("numeric(16,4)", Decimal("1.2345"), "decimal(16,2)"),
        ("numeric(16,2)", Decimal("1234567.00"), "decimal(6,2)"),
        ("varchar(20)", "1.5", "entero"),
        ("varchar(20)", "31/12/2021", "fecha_hora"),
        ("datetime", at("2021-10-21T08:00:00"), "fecha"),
        ("varchar(20)", "x", "binario"),
    ],
)
def test_a_value_that_its_column_cannot_hold_is_told_by_place_and_never_by_value(
    base: BaseUnderTest, tipo: str, value: Value, wanted: str
) -> None:
    """Where the catalogue wants another type than the base has: table, column and row, not the value."""
    from sigasers.errors.siga import TableReadError

    made = table("dudosa", f"k int; c {tipo}", *[(k, None) for k in range(40)], (40, value), clave="k")
    base.make(made)
    with opened(base) as snapshot, pytest.raises(TableReadError) as caught:
        column = Column("c", ColumnType.parse(wanted))
        read(snapshot, Query(tabla="dudosa", columnas=(column,)))
    assert (caught.value.fields["tabla"], caught.value.fields["columna"]) == ("dudosa", "c")
    assert caught.value.fields["fila"] == 41
    assert str(value) not in repr(caught.value.fields)
    assert caught.value.__cause__ is None or str(value) not in str(caught.value.__cause__)


@on_bases(WIDE_NUMBERS)
def test_a_value_that_fits_is_given_in_the_type_of_the_catalogue(base: BaseUnderTest) -> None:
    """A code kept as text read as number, money of more scale, a day kept as datetime, a number read as text."""
    made = table(
        "ajustada", "a varchar(10); b numeric(16,4); c datetime; d numeric(6,0); e int",
        (" 0012 ", Decimal("1.2500"), at("2021-10-21T00:00:00"), Decimal(7), 7), (None, None, None, None, None),
    )  # fmt: skip
    base.make(made)
    wanted = ["decimal(6,0)", "decimal(10,2)", "fecha", "texto", "decimal(4,0)"]
    columns = tuple(Column(name, ColumnType.parse(kind)) for name, kind in zip("abcde", wanted, strict=True))
    with opened(base) as snapshot:
        found = read(snapshot, Query(tabla="ajustada", columnas=columns))
    assert found == [(Decimal(12), Decimal("1.25"), date(2021, 10, 21), "7", Decimal(7)), (None,) * 5]
