"""Rows that came as CSV: what a column cannot hold is told by place, and its value is nowhere in the error."""

import pytest

from sigasers.errors.siga import TableReadError
from sigasers.formats.column_type import Column, ColumnType
from sigasers.siga.sources import Notes
from sigasers.siga.sources.csv_rows import parse_rows
from sigasers.siga.sources.place import Place
from tests.sources.chains import logged


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        ("decimal(16,2)", "secreto"),
        ("decimal(16,2)", "NaN"),
        ("decimal(16,2)", "98765432109876543.21"),
        ("decimal(6,0)", "98765432"),
        ("decimal(30,2)", "98765.4321"),
        ("entero", "secreto"),
        ("entero", "98765432109876543210"),
        ("real", "secreto"),
        ("fecha", "0044-03-15 BC"),
        ("fecha", "2021-02-30"),
        ("fecha_hora", "infinity"),
        ("binario", "\\xsecreto"),
        ("binario", "\\xñandú"),
        ("binario", b"\\x\xff\xfe0"),
    ],
)
@pytest.mark.parametrize("before", [0, 40])
def test_a_bad_value_is_nowhere_in_the_chain_of_its_error(
    wanted: str, value: str | bytes, before: int
) -> None:
    """Table, column, row; no cause and no context quotes the cell, for the technical log writes them."""
    data = value if isinstance(value, bytes) else value.encode()
    places = [Place("tabla", Column(name, ColumnType.parse(kind)), Notes())
              for name, kind in (("k", "entero"), ("columna", wanted))]  # fmt: skip
    with pytest.raises(TableReadError) as caught:
        parse_rows([b"1,\n"] * before + [b"1," + data + b"\n"], places, 1)
    fields = caught.value.fields
    assert (fields["tabla"], fields["columna"], fields["fila"]) == ("tabla", "columna", before + 1)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert str(value).lstrip("\\x") not in logged(caught.value)
