"""``nuevo``: what the schema lets one guess, and a file that loads as it is, whatever the database's names are."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.errors.catalogue import TableInCatalogueError, TableNameError, TableNotInDatabaseError
from sigasers.formats.column_type import Column, ColumnType
from sigasers.siga.catalogue import (
    Anual,
    Compartida,
    Grupo,
    PorColumna,
    SinFiltro,
    TableEntry,
    load_catalogue,
)
from sigasers.siga.catalogue.parse import parse_file
from sigasers.siga.inspection.starter import starting_file
from sigasers.siga.inspection.unit_file import review
from sigasers.siga.sources import TableSchema

TEXT = ColumnType.parse("texto")
OURS = load_catalogue()


def table(name: str, columns: Sequence[str], clave: Sequence[str] = ()) -> TableSchema:
    return TableSchema(
        nombre=name, columnas=tuple(Column(each, TEXT) for each in columns), clave=tuple(clave)
    )


def text_for(*tables: TableSchema) -> str:
    live = {each.nombre.lower(): each for each in tables}
    return starting_file(OURS, live, [each.nombre.upper() for each in tables])


def entry_for(found: TableSchema) -> TableEntry:
    ((entry,), _) = parse_file(text_for(found).encode())
    return entry


def test_the_file_loads_as_it_is(tmp_path: Path) -> None:
    """With the loader of an export, and without a mistake for ``validar``."""
    path = tmp_path / "n.toml"
    path.write_text(
        text_for(
            table("UE_VISITAS", ["ANO_EJE", "Sec_Ejec", "NRO", "TELEFONO"], ["Sec_Ejec", "NRO"]),
            table("ue_dos", ["A"]),
        ),
        encoding="utf-8",
    )
    names = [entry.nombre for entry in load_catalogue(path).tablas]
    assert {"UE_VISITAS", "ue_dos"} <= set(names)
    assert [mistake for mistake in review(path.read_bytes(), OURS) if mistake.grave] == []


def test_year_unit_and_key_are_guessed() -> None:
    """As the table spells them."""
    entry = entry_for(table("UE_VISITAS", ["ano_eje", "Sec_Ejec", "NRO"], ["Sec_Ejec", "NRO"]))
    assert (entry.filtro, entry.unidad) == (Anual("ano_eje"), PorColumna("Sec_Ejec"))
    assert entry.clave == ("Sec_Ejec", "NRO")


def test_what_cannot_be_guessed_is_said() -> None:
    """All rows of all units would go: the comment warns."""
    found = table("UE_TIPOS", ["TIPO", "GLOSA"])
    entry = entry_for(found)
    assert (entry.filtro, entry.unidad, entry.clave) == (SinFiltro(), Compartida(), ())
    assert "ATENCIÓN" in text_for(found)


@pytest.mark.parametrize(
    ("name", "columns", "group"),
    [
        ("UE_ALMACEN_X", ["A"], Grupo.ALMACEN),
        ("UE_VEHICULOS", ["A"], Grupo.PATRIMONIO),
        ("SIG_TES_X", ["A"], Grupo.TESORERIA),
        ("SIG_PPR_X", ["A"], Grupo.PROGRAMACION),
        ("UE_X", ["ANO_EJE"], Grupo.EJECUCION),
        ("UE_X", ["A"], Grupo.MAESTRO),
    ],
)
def test_the_group_is_guessed_from_the_name(name: str, columns: list[str], group: Grupo) -> None:
    """A person corrects it."""
    assert entry_for(table(name, columns)).grupo is group


def test_what_our_policy_always_omits_is_omitted_and_the_doubtful_is_a_comment() -> None:
    """Nothing that is clearly private goes for want of a line."""
    found = table(
        "UE_P", ["SEC_EJEC", "DNI", "TELEFONO", "NRO_CUENTA", "DIRECCION", "NOMBRE", "EMPLEADO", "MONTO"]
    )
    text = text_for(found)
    assert entry_for(found).omitir == ("DNI", "TELEFONO", "NRO_CUENTA", "DIRECCION")
    assert "#   NOMBRE: " in text
    assert "#   EMPLEADO: " in text
    assert "MONTO" not in text


def test_a_personal_column_of_the_key_is_never_omitted() -> None:
    """It orders the rows: the comment proposes a pseudonym."""
    found = table("UE_P", ["SEC_EJEC", "DNI"], ["SEC_EJEC", "DNI"])
    assert entry_for(found).omitir == ()
    assert "DNI: documento de identidad (es de la clave: quizá seudonimizar)" in text_for(found)


def test_a_table_of_the_catalogue_is_refused() -> None:
    """In any case of letters."""
    with pytest.raises(TableInCatalogueError):
        text_for(table("META", ["A"]))


def test_a_table_that_is_not_there_is_told_with_its_likes() -> None:
    """Never one that the catalogue has."""
    live = {"ue_visitas": table("UE_VISITAS", ["A"]), "meta": table("meta", ["A"])}
    with pytest.raises(TableNotInDatabaseError) as raised:
        starting_file(OURS, live, ["UE_VISITA"])
    assert raised.value.fields["parecidas"] == "UE_VISITAS"


def test_a_name_that_no_catalogue_can_hold_is_told() -> None:
    """With blanks, or longer than any engine's."""
    with pytest.raises(TableNameError):
        text_for(table("UE VISITAS", ["A"]))


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8, unique_by=str.lower), st.booleans())
def test_names_from_the_database_never_break_the_file(columns: list[str], keyed: bool) -> None:  # noqa: FBT001
    """Line breaks, quotes, brackets: they stand in a comment, harmless, or nowhere."""
    named = [*columns, "DNI\n[[tabla]]", 'TELEFONO"', "nombre\x1b[31m", "AÑO_EJE"]
    found = table("UE_X", named, named[:1] if keyed else ())
    entry = entry_for(found)
    assert entry.nombre == "UE_X"
    assert "\x1b" not in text_for(found)
