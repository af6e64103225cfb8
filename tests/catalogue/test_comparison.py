"""The catalogue held against what a database really has: drift is observed, never fatal, never silent."""

from dataclasses import replace
from pathlib import Path

import pytest

from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.siga.catalogue import (
    Catalogue,
    TableEntry,
    blocking_columns,
    compare,
    load_catalogue,
)
from sigasers.siga.sources import TableSchema
from tests.catalogue.conftest import Declared


def table(*, nombre: str, columnas: tuple[str, ...], clave: tuple[str, ...] = ()) -> TableSchema:
    """A table of a database; types play no part in the comparison."""
    columns = tuple(Column(nombre=name, tipo=ColumnType(Kind.TEXTO)) for name in columnas)
    return TableSchema(nombre=nombre, columnas=columns, clave=clave)


@pytest.fixture
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def live(catalogue: Catalogue) -> dict[str, TableSchema]:
    """A database that is exactly the reference, by lower-case name."""
    return {
        e.nombre.lower(): table(
            nombre=e.nombre, columnas=tuple(name for name, _ in e.columnas), clave=e.clave
        )
        for e in catalogue.tablas
    }


def entry_of(catalogue: Catalogue, name: str) -> TableEntry:
    (entry,) = (e for e in catalogue.tablas if e.nombre == name)
    return entry


def found(catalogue: Catalogue, live: dict[str, TableSchema]) -> list[tuple[str, str, str | None]]:
    return [(o.tabla, o.observacion.codigo, o.observacion.columna) for o in compare(catalogue, live)]


def without(live: dict[str, TableSchema], name: str, column: str) -> None:
    old = live[name.lower()]
    live[name.lower()] = replace(old, columnas=tuple(c for c in old.columnas if c.nombre != column))


def test_the_demo_base_differs_in_nothing(catalogue: Catalogue, demo_columns: Declared) -> None:
    """The real schema, read from a real base, gives no observation."""
    live = {
        name: table(nombre=name, columnas=tuple(column for column, _ in columns), clave=key)
        for name, (columns, key) in demo_columns.items()
    }
    assert found(catalogue, live) == []


def test_case_of_names_is_no_difference(catalogue: Catalogue, live: dict[str, TableSchema]) -> None:
    """A PostgreSQL mirror has all names in lower case."""
    lower = {
        name: table(
            nombre=name,
            columnas=tuple(column.nombre.lower() for column in old.columnas),
            clave=tuple(column.lower() for column in old.clave),
        )
        for name, old in live.items()
    }
    assert found(catalogue, lower) == []


def test_missing_table_is_observed(catalogue: Catalogue, live: dict[str, TableSchema]) -> None:
    """One observation, and none for its columns."""
    del live["sig_devengado"]
    assert found(catalogue, live) == [("SIG_DEVENGADO", "tabla_ausente", None)]


def test_missing_column_is_observed(catalogue: Catalogue, live: dict[str, TableSchema]) -> None:
    """An older version of SIGA."""
    without(live, "SIG_CENTRO_COSTO", "SecUPs")
    assert found(catalogue, live) == [("SIG_CENTRO_COSTO", "columna_ausente", "SecUPs")]


def test_missing_omitted_column_is_no_loss(catalogue: Catalogue, live: dict[str, TableSchema]) -> None:
    """What would never travel is not missed."""
    without(live, "sig_personal", "grupo_sang")
    assert found(catalogue, live) == []


def test_additional_column_is_noted(catalogue: Catalogue, live: dict[str, TableSchema]) -> None:
    """Seen at a municipality in 2026: FLAG_AREA_ESTRATEGICA. It is exported."""
    old = live["sig_centro_costo"]
    live["sig_centro_costo"] = replace(
        old, columnas=(*old.columnas, Column(nombre="FLAG_AREA_ESTRATEGICA", tipo=ColumnType(Kind.TEXTO)))
    )
    assert found(catalogue, live) == [("SIG_CENTRO_COSTO", "columna_adicional", "FLAG_AREA_ESTRATEGICA")]


def test_tables_outside_the_catalogue_are_not_noted(
    catalogue: Catalogue, live: dict[str, TableSchema]
) -> None:
    """A real base has 940 tables."""
    live["users"] = table(nombre="users", columnas=("login", "clave"))
    assert found(catalogue, live) == []


def test_another_key_is_noted(catalogue: Catalogue, live: dict[str, TableSchema]) -> None:
    """Rows are ordered by the key, so the centre must know."""
    live["meta"] = replace(live["meta"], clave=())
    assert found(catalogue, live) == [("meta", "clave_no_declarada", None)]


@pytest.mark.parametrize(
    ("table", "column"), [("SIG_PEDIDOS", "SEC_EJEC"), ("SIG_PEDIDOS", "ANO_EJE"), ("sig_sedes", "pliego")]
)
def test_a_table_whose_owner_or_year_is_unknown_is_blocked(
    catalogue: Catalogue, live: dict[str, TableSchema], table: str, column: str
) -> None:
    """Without the column, another unit's rows would go."""
    without(live, table, column)
    assert (table, "tabla_fallida", column) in found(catalogue, live)
    assert blocking_columns(entry_of(catalogue, table), live) == (column,)


def test_a_join_is_blocked_by_what_its_parent_lacks(
    catalogue: Catalogue, live: dict[str, TableSchema]
) -> None:
    """The parent's columns, or the parent itself."""
    sites = entry_of(catalogue, "sig_sedes")
    assert blocking_columns(sites, live) == ()
    without(live, "ejecutora", "pliego")
    assert blocking_columns(sites, live) == ("ejecutora.pliego",)
    del live["ejecutora"]
    assert blocking_columns(sites, live) == ("ejecutora.pliego", "ejecutora.sec_ejec")


def test_of_a_table_that_a_unit_added_no_column_is_additional(
    tmp_path: Path, live: dict[str, TableSchema]
) -> None:
    """The catalogue knows only what the unit's file names."""
    extra = tmp_path / "tablas.toml"
    extra.write_text(
        """
        v = 1
        [[tabla]]
        nombre = "UE_VEHICULOS"
        descripcion = "Vehículos"
        grupo = "patrimonio"
        ambitos = ["sistema"]
        filtro = "ninguno"
        unidad = { columna = "SEC_EJEC" }
        """,
        encoding="utf-8",
    )
    live["ue_vehiculos"] = table(nombre="UE_VEHICULOS", columnas=("SEC_EJEC", "PLACA"), clave=("PLACA",))
    assert found(load_catalogue(extra), live) == []


def test_names_that_only_case_tells_apart_are_observed(
    catalogue: Catalogue, live: dict[str, TableSchema]
) -> None:
    """What is left out is named, and what is exported in its place."""
    name = catalogue.tablas[0].nombre
    old = live[name.lower()]
    live[name.lower()] = replace(
        old, tablas_iguales=("oTra",), columnas_iguales=(old.columnas[0].nombre.swapcase(),)
    )
    first, second = (one.observacion for one in compare(catalogue, live))
    assert (first.codigo, second.codigo) == ("tabla_repetida", "columna_repetida")
    assert "«oTra»" in first.texto
    assert f"«{old.nombre}»" in first.texto
    assert f"«{old.columnas[0].nombre}»" in second.texto
    assert second.columna == old.columnas[0].nombre.swapcase()
