"""The catalogue is complete, in step with the real schema, and lets no personal column go unjudged."""

import re
from importlib.resources import files

import pytest

from sigasers.model import Ambito
from sigasers.siga import basedemo
from sigasers.siga.catalogue import Anual, Catalogue, Grupo, PorJoin, TableEntry, load_catalogue
from tests.catalogue.conftest import Declared
from tests.catalogue.predicates import PROGRAMACION, SISTEMA, by_table

_GROUPS = {
    "A": {Grupo.MAESTRO, Grupo.MAESTRO_ANUAL},
    "B": {Grupo.MAESTRO_ANUAL},
    "C": {Grupo.PROGRAMACION},
    "D": {Grupo.EJECUCION},
    "E": {Grupo.ALMACEN},
    "F": {Grupo.PATRIMONIO},
    "G": {Grupo.TESORERIA},
}
_NOT_EXPORTED = {"CATALOGO_BIEN_SERV_ORIGINAL"}
_PERSONAL = re.compile(
    r"telef|(^|_)fax|e?_?mail|direc|domicil|lugar|banc|cci$|cta_?cte|ctacte|cuenta|docum_ident|doc_ident|dni|num_doc"
    r"|(^|_)ruc($|_)|pasaporte|militar|colegiatura|nacim|fecha_nac|pais_nac|sexo|civil|sang|^peso|discap|ipss|afp|cuspp|regimen_pen"
    r"|apellido|^nombres$|nombre_(completo|empleado|prov)|represent|titular|solicitante|jefe|dir_regional|inventariador"
    r"|respon|respo_|empleado|verificador$|cod_persona",
    re.IGNORECASE,
)
_NOT_OF_A_PERSON = {
    "ejecutora.lugar", "ejecutora.lugar_num", "ejecutora.lugar_mza", "ejecutora.lugar_lot",  # the entity's premises
    "ejecutora.ruc_ejec",  # the entity's
    "sig_sedes.direccion", "SIG_ALMACEN.DIRECCION", "SIG_PATRIMONIO_INM.DIRECCION",  # public premises
    "SIG_CONVOCATORIA.DIRECCION", "SIG_CONVOCATORIA.DIRECCION_BASE", "SIG_CONVOCATORIA.LUGAR_PAGO",  # a public act
    "SIG_FAMILIA_CUENTA.FAMILIA_CUENTA",  # a key of the chart of accounts
    "SIG_ORDEN_ADQUISICION.CUENTA",  # the entity's, beside PROYECTO and CONVENIO
    "SIG_PATRIMONIO_INM.REPRESENTANTE_TIPO_PERSONA", "SIG_PATRIMONIO_INM.REPRESENTANTE_EMPRESA",  # of a company
    "SIG_CONTRATOS.CENTRO_COSTO_RESP", "SIG_CONTRATOS.ANO_EJE_RESP",  # an office
    "CATALOGO_BIEN_SERV.PESO",  # of an item
    "SIG_CONTRATISTAS.FLAG_NO_DOMICILIADO",  # of taxes
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def _schema_groups() -> dict[str, str]:
    """Each table of the demo base's schema with the letter of its group."""
    group, found = "", {}
    for line in files(basedemo).joinpath("esquema.sql").read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"-- ([A-H])\. .+", line):
            group = heading[1]
        elif table := re.match(r"CREATE TABLE (\w+) \(", line):
            found[table[1]] = group
    return found


def test_holds_every_table_of_groups_a_to_g_exactly_once(catalogue: Catalogue) -> None:
    """134 tables: all of A to G but the national catalogue of origin."""
    wanted = [name for name, group in _schema_groups().items() if group != "H" and name not in _NOT_EXPORTED]
    assert sorted(entry.nombre for entry in catalogue.tablas) == sorted(wanted)
    assert len(wanted) == 134


def test_each_table_stands_in_the_group_of_the_schema(catalogue: Catalogue) -> None:
    """A table's group is that of its letter; two masters of letter A are yearly."""
    letters = _schema_groups()
    assert [e.nombre for e in catalogue.tablas if e.grupo not in _GROUPS[letters[e.nombre]]] == []


def test_order_of_the_export_is_that_of_the_groups(catalogue: Catalogue) -> None:
    """Masters come first, treasury last."""
    order = list(Grupo)
    positions = [order.index(entry.grupo) for entry in catalogue.tablas]
    assert positions == sorted(positions)


def test_reference_columns_and_keys_are_those_of_the_demo_base(
    catalogue: Catalogue, demo_columns: Declared
) -> None:
    """Name, declared type, order of columns and primary key: the two copies of the schema agree."""
    for entry in catalogue.tablas:
        assert (entry.columnas, entry.clave) == demo_columns[entry.nombre], entry.nombre


def test_every_named_column_exists(catalogue: Catalogue) -> None:
    """Filter, unit, joins, omitted and kept columns are columns of the table, or of its parent."""
    columns = {entry.nombre: {name for name, _ in entry.columnas} for entry in catalogue.tablas}
    for entry in catalogue.tablas:
        assert set(entry.named_columns()) <= columns[entry.nombre], entry.nombre
        if isinstance(entry.unidad, PorJoin):
            parent = {*(theirs for _, theirs in entry.unidad.pares), entry.unidad.columna}
            assert parent <= columns[entry.unidad.tabla]


def test_programming_takes_yearly_masters_and_programming_alone(catalogue: Catalogue) -> None:
    """The programming year's package: yearly masters and group C; the system year's: everything."""
    programming = catalogue.for_ambito(Ambito.PROGRAMACION)
    assert {entry.grupo for entry in programming} == {Grupo.MAESTRO_ANUAL, Grupo.PROGRAMACION}
    assert catalogue.for_ambito(Ambito.SISTEMA) == catalogue.tablas
    both = [e for e in catalogue.tablas if e.grupo in {Grupo.MAESTRO_ANUAL, Grupo.PROGRAMACION}]
    assert list(programming) == both


def test_the_handwritten_predicates_cover_the_same_tables(catalogue: Catalogue) -> None:
    """The judge knows exactly the tables of each ámbito."""
    for ambito, predicates in ((Ambito.SISTEMA, SISTEMA), (Ambito.PROGRAMACION, PROGRAMACION)):
        assert {e.nombre for e in catalogue.for_ambito(ambito)} == set(by_table(predicates))


def test_a_year_filters_only_from_within_the_key(catalogue: Catalogue) -> None:
    """A year outside the primary key tells when a row was touched, not to which year it belongs."""
    for entry in catalogue.tablas:
        if isinstance(entry.filtro, Anual):
            assert entry.filtro.columna in entry.clave, entry.nombre


def test_modified_programming_filters_on_its_year_of_execution(catalogue: Catalogue) -> None:
    """The CMN family never filters on the programmed year, and no table on the phase."""
    for entry in catalogue.tablas:
        names = {name for name, _ in entry.columnas}
        if {"ANNO_EJEC", "ANNO_PROG"} <= names:
            assert entry.filtro == Anual("ANNO_EJEC"), entry.nombre


@pytest.mark.parametrize("table", ["sig_personal", "SIG_CONTRATISTAS"])
def test_every_column_that_speaks_of_a_person_is_judged(catalogue: Catalogue, table: str) -> None:
    """In the two directories of persons each suspicious column is omitted, or kept on purpose."""
    (entry,) = (e for e in catalogue.tablas if e.nombre == table)
    assert _unjudged(entry) == []


def test_no_other_table_lets_a_personal_column_go_unjudged(catalogue: Catalogue) -> None:
    """The same of all tables: telephone, address, account, identity, name of a person."""
    assert [column for entry in catalogue.tablas for column in _unjudged(entry)] == []


def _unjudged(entry: TableEntry) -> list[str]:
    judged = {*entry.omitir, *entry.conservar}
    found = [
        f"{entry.nombre}.{name}"
        for name, _ in entry.columnas
        if _PERSONAL.search(name) and name not in judged
    ]
    return [name for name in found if name not in _NOT_OF_A_PERSON]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("sig_personal", "docum_ident"),
        ("sig_personal", "telefonos"),
        ("sig_personal", "direccion"),
        ("sig_personal", "E_MAIL"),
        ("sig_personal", "cuenta_banco"),
        ("sig_personal", "CUENTA_INTERBANC"),
        ("sig_personal", "grupo_sang"),
        ("sig_personal", "codigo_ipss"),
        ("SIG_CONTRATISTAS", "CCI"),
        ("SIG_CONTRATISTAS", "ctacte_detraccion"),
        ("SIG_CONTRATISTAS", "TELEFONOS"),
        ("SIG_CONTRATISTAS", "EMAIL"),
        ("SIG_CONTRATISTAS", "FLAG_DISCAPACIDAD"),
        ("SIG_CONVOCATORIA", "NRO_CUENTA"),
    ],
)
def test_accounts_health_telephone_address_and_identity_stay(
    catalogue: Catalogue, table: str, column: str
) -> None:
    """What no join needs and the law protects never leaves the unit."""
    (entry,) = (e for e in catalogue.tablas if e.nombre == table)
    assert column in entry.omitir


def test_what_joins_need_goes(catalogue: Catalogue) -> None:
    """No column of a primary key is omitted, nor EMPLEADO and PROVEEDOR, by which tables join."""
    for entry in catalogue.tablas:
        omitted = {name.lower() for name in entry.omitir}
        assert not omitted & {name.lower() for name in entry.clave}, entry.nombre
        assert not omitted & {"empleado", "proveedor"}, entry.nombre


def test_descriptions_are_spanish_sentences_without_technical_names(catalogue: Catalogue) -> None:
    """An operator reads them: no two alike, no table name, no underscore."""
    descriptions = [entry.descripcion for entry in catalogue.tablas]
    assert len(set(descriptions)) == len(descriptions)
    assert [text for text in descriptions if "_" in text or not text[0].isupper()] == []
