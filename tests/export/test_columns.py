"""Columns are exported with the catalogue's names, order and types, whatever the database calls and declares them."""

import pytest

from sigasers.formats.column_type import Column, ColumnType
from sigasers.siga.catalogue import TableEntry, load_catalogue
from sigasers.siga.export.columns import exported_columns
from sigasers.siga.sources import TableSchema


def entry(name: str = "sector") -> TableEntry:
    return next(one for one in load_catalogue().tablas if one.nombre == name)


def table(*columns: tuple[str, str]) -> TableSchema:
    return TableSchema(
        nombre="SECTOR",
        columnas=tuple(Column(name, ColumnType.parse(kind)) for name, kind in columns),
        clave=(),
    )


def test_names_and_order_are_the_catalogues() -> None:
    """An engine folds names; a site's table may have been made anew with its columns in another order."""
    found = exported_columns(entry(), table(("ESTADO", "texto"), ("SECTOR", "texto"), ("NOMBRE", "texto")))
    assert [(one.origen, one.columna.nombre) for one in found] == [
        ("SECTOR", "sector"), ("NOMBRE", "nombre"), ("ESTADO", "estado"),
    ]  # fmt: skip


def test_a_column_that_the_catalogue_does_not_know_goes_last_as_it_is() -> None:
    """Nothing of the unit is left behind for not being known."""
    found = exported_columns(entry(), table(("Extra", "decimal(9,3)"), ("sector", "texto")))
    assert [(one.origen, str(one.columna.tipo)) for one in found] == [
        ("sector", "texto"),
        ("Extra", "decimal(9,3)"),
    ]


def test_an_omitted_column_does_not_go_whatever_its_case() -> None:
    """The policy of personal data holds for the name, not for its spelling."""
    contratistas = entry("SIG_CONTRATISTAS")
    name = contratistas.omitir[0]
    found = exported_columns(contratistas, table((name.swapcase(), "texto"), ("proveedor", "decimal(8,0)")))
    assert [one.origen for one in found] == ["proveedor"]


@pytest.mark.parametrize(
    ("wanted", "declared", "exported"),
    [
        ("numeric(16,2)", "decimal(16,2)", "decimal(16,2)"),
        ("numeric(16,2)", "decimal(14,2)", "decimal(16,2)"),
        ("numeric(4,0)", "entero", "decimal(4,0)"),
        ("varchar(6)", "char(6)", "texto"),
        ("char(4)", "char(2)", "char(4)"),
        ("datetime", "fecha", "fecha_hora"),
    ],
)
def test_a_declared_type_that_fits_is_exported_as_the_catalogues(
    wanted: str, declared: str, exported: str
) -> None:
    """Equal data of two engines then have equal digests."""
    (one,) = exported_columns(with_type(wanted), table(("c", declared)))
    assert (str(one.columna.tipo), one.observacion) == (exported, None)


@pytest.mark.parametrize(
    ("wanted", "declared"),
    [
        ("numeric(16,2)", "decimal(18,2)"),
        ("numeric(16,2)", "decimal(16,4)"),
        ("numeric(16,2)", "real"),
        ("numeric(16,2)", "texto"),
        ("varchar(6)", "decimal(6,0)"),
        ("varchar(6)", "binario"),
        ("char(4)", "texto"),
        ("char(4)", "char(5)"),
        ("date", "fecha_hora"),
    ],
)
def test_a_declared_type_that_could_hold_more_is_exported_as_declared_and_observed(
    wanted: str, declared: str
) -> None:
    """No value is lost to a type that is too small."""
    (one,) = exported_columns(with_type(wanted), table(("c", declared)))
    assert str(one.columna.tipo) == declared
    assert one.observacion is not None
    assert (one.observacion.codigo, one.observacion.columna) == ("tipo_distinto", "c")


def with_type(declared: str) -> TableEntry:
    from dataclasses import replace

    return replace(entry(), columnas=(("c", declared),), omitir=())
