"""``validar``: every mistake of a unit's file at once, each with its place and its cure, also against a database."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.errors.catalogue import CatalogueFormatError
from sigasers.siga.catalogue import Catalogue, load_catalogue
from sigasers.siga.catalogue.parse import parse_file, read_file
from sigasers.siga.inspection.unit_file import Mistake, review
from tests.inspection.bases import base_of, snapshot

OURS = load_catalogue()
GOOD = """v = 1
[[tabla]]
nombre = "UE_VEHICULOS"
descripcion = "Vehículos"
grupo = "patrimonio"
ambitos = ["sistema"]
filtro = { anual = "ANO_EJE" }
unidad = { columna = "SEC_EJEC" }
clave = ["SEC_EJEC", "PLACA"]
"""
BAD = """v = 2
sobra = 1

[[tabla]]
nombre = "UE_UNO"
descripcion = ""
grupo = "otros"
ambitos = []
filtro = "mensual"
unidad = "todas"

[[tabla]]
nombre = "UE_DOS"
[[tabla]]
nombre = "meta"
descripcion = "Metas"
grupo = "maestro"
ambitos = ["sistema"]
filtro = "ninguno"
unidad = "compartida"
[[datos_personales]]
tabla = "sig_personal"
seudonimizar = [{ columna = "grupo_sang", dominio = "x" }]
[[datos_personales]]
tabla = "UE_UNO"
omitir = ["A"]
"""
TABLE = """CREATE TABLE UE_VEHICULOS (ANO_EJE numeric(4,0), SEC_EJEC numeric(6,0), PLACA varchar(10),
TELEFONO varchar(10), CHOFER varchar(50), PRIMARY KEY (SEC_EJEC, PLACA))"""


@pytest.fixture(scope="module")
def ours() -> Catalogue:
    return OURS


def told(mistakes: list[Mistake]) -> list[tuple[int | None, str]]:
    return [(mistake.linea, mistake.donde) for mistake in mistakes if mistake.grave]


def test_every_mistake_is_told_at_once_with_its_line(ours: Catalogue) -> None:
    """Not only the first: file, entries, values, policies, what the catalogue has already."""
    assert set(told(review(BAD.encode(), ours))) == {
        (None, "el archivo"),
        (None, "v"),
        (4, "UE_UNO: descripcion"),
        (4, "UE_UNO: grupo"),
        (4, "UE_UNO: ambitos"),
        (4, "UE_UNO: filtro"),
        (4, "UE_UNO: unidad"),
        (12, "UE_DOS"),
        (14, "meta"),
        (21, "sig_personal: datos_personales"),
        (24, "UE_UNO: datos_personales"),
    }
    assert len([mistake for mistake in review(BAD.encode(), ours) if mistake.donde == "UE_DOS"]) == 5


def test_every_mistake_has_a_cure(ours: Catalogue) -> None:
    """Something to write, or to take away."""
    for mistake in review(BAD.encode(), ours):
        assert mistake.que
        assert mistake.haga
        assert not mistake.haga.endswith(".")


def test_a_good_file_has_none(ours: Catalogue) -> None:
    """With the database too."""
    assert review(GOOD.encode(), ours) == []
    assert review(b"\xef\xbb\xbf" + GOOD.encode().replace(b"\n", b"\r\n"), ours) == []


def test_bad_toml_tells_line_and_column(ours: Catalogue) -> None:
    """Where the reader stopped."""
    (mistake,) = review(b"v = 1\n[[tabla]]\nnombre = UE\n", ours)
    assert re.fullmatch(r"línea 3, columna \d+", mistake.donde)
    (mistake,) = review(b'v = 1\n[[tabla]]\nnombre = "UE', ours)
    assert mistake.donde == "el final del archivo"


def test_the_first_mistake_is_the_one_that_an_export_tells() -> None:
    """Both read the file alike."""
    found = read_file(BAD.encode())
    with pytest.raises(CatalogueFormatError) as raised:
        parse_file(BAD.encode())
    assert raised.value.fields == found.errores[0].fields


def against(tmp_path: Path, ours: Catalogue, text: str, *statements: str) -> list[Mistake]:
    with snapshot(base_of(tmp_path / "b.db", *(statements or (TABLE,)))) as opened:
        return review(text.encode(), ours, opened.tables())


def test_a_table_that_the_database_lacks_is_told_with_its_likes(tmp_path: Path, ours: Catalogue) -> None:
    """A misspelt name."""
    (mistake,) = against(tmp_path, ours, GOOD.replace("UE_VEHICULOS", "UE_VEHICULO"))
    assert (mistake.linea, mistake.grave) == (2, True)
    assert "UE_VEHICULOS" in mistake.haga


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ('anual = "ANO_EJE"', 'anual = "ANO_EJEC"', "ANO_EJE"),
        ('columna = "SEC_EJEC"', 'columna = "SEC_EJE"', "SEC_EJEC"),
        ('"PLACA"]', '"PLACAS"]', "PLACA"),
        ("clave =", 'datos_personales = { omitir = ["TELEFONOS"] }\nclave =', "TELEFONO"),
        ("clave =", 'datos_personales = { conservar = ["CHOFERES"] }\nclave =', "CHOFER"),
    ],
)
def test_a_column_that_the_table_lacks_is_told_with_its_likes(
    tmp_path: Path, ours: Catalogue, old: str, new: str, near: str
) -> None:
    """Wherever the file names one."""
    grave = [mistake for mistake in against(tmp_path, ours, GOOD.replace(old, new)) if mistake.grave]
    assert len(grave) == 1
    assert f"quizá {near}" in grave[0].haga


def test_a_column_of_the_parent_of_a_join_is_looked_up_there(tmp_path: Path, ours: Catalogue) -> None:
    """Told with the parent's name."""
    unit = 'unidad = { tabla = "PADRE", pares = [["PLACA", "PLACA"]], columna = "SEC_EJE" }'
    text = GOOD.replace('unidad = { columna = "SEC_EJEC" }', unit)
    found = against(tmp_path, ours, text, TABLE, "CREATE TABLE PADRE (PLACA varchar(10), SEC_EJEC int)")
    grave = [mistake for mistake in found if mistake.grave]
    assert "PADRE.SEC_EJE" in grave[0].que
    assert "quizá SEC_EJEC" in grave[0].haga


def test_personal_columns_that_nobody_judged_are_advice(tmp_path: Path, ours: Catalogue) -> None:
    """Until they are in the policy."""
    advice = against(tmp_path, ours, GOOD)
    assert {mistake.grave for mistake in advice} == {False}
    assert [re.search(r"«(\w+)»", mistake.que)[1] for mistake in advice] == ["TELEFONO", "CHOFER"]  # type: ignore[index]
    (tmp_path / "b.db").unlink()
    judged = 'datos_personales = { omitir = ["TELEFONO"], conservar = ["CHOFER"] }\nclave ='
    assert against(tmp_path, ours, GOOD.replace("clave =", judged)) == []


def test_a_policy_for_a_table_of_ours_is_held_against_the_database(tmp_path: Path, ours: Catalogue) -> None:
    """A column that neither catalogue nor database has stops its table at export: told before."""
    text = 'v = 1\n[[datos_personales]]\ntabla = "meta"\nomitir = ["NOTA"]\n'
    sql = "CREATE TABLE meta (ano_eje numeric(4,0), sec_ejec numeric(6,0), sec_func numeric(4,0){})"
    (mistake,) = against(tmp_path, ours, text, sql.format(""))
    assert mistake.grave
    assert "NOTA" in mistake.que
    (tmp_path / "b.db").unlink()
    assert against(tmp_path, ours, text, sql.format(", nota text")) == []


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_the_file_holds_mistakes_are_told_and_nothing_is_raised(raw: bytes) -> None:
    """The file may be anything."""
    assert review(raw, OURS)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["nombre", "descripcion", "grupo", "ambitos", "filtro", "unidad", "clave", "datos_personales"]
        ),
        st.sampled_from(
            ["1", '""', '"x"', "[]", "[[]]", "{}", '{ columna = "A" }', '["A", "a"]', "1979-05-27", "nan"]
        ),
    )
)
def test_any_values_of_an_entry_are_judged(values: dict[str, str]) -> None:
    """Of whatever type TOML has."""
    body = "\n".join(f"{name} = {value}" for name, value in values.items())
    for error in read_file(f"v = 1\n[[tabla]]\n{body}\n".encode()).errores:
        assert error.fields["donde"]
