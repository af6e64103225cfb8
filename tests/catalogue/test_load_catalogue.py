"""The loader refuses what the format does not say, and says where; a unit may add tables, never redefine ours."""

import shutil
from pathlib import Path

import pytest

from sigasers.errors import Fault
from sigasers.errors.catalogue import CatalogueDataError, CatalogueFormatError, ExtraCatalogueError
from sigasers.formats.pseudonym import Domain
from sigasers.mensajes import sentence
from sigasers.model import Ambito
from sigasers.siga.catalogue import (
    Acumulado,
    Anual,
    Compartida,
    Grupo,
    PorColumna,
    PorJoin,
    SinFiltro,
    load_catalogue,
    loader,
)
from sigasers.siga.catalogue.parse import parse_file

GOOD = {
    "nombre": '"UE_VEHICULOS"',
    "descripcion": '"Vehículos de la unidad"',
    "grupo": '"patrimonio"',
    "ambitos": '["sistema"]',
    "filtro": '"ninguno"',
    "unidad": '{ columna = "SEC_EJEC" }',
}


def document(*, head: str = "v = 1", **changes: str | None) -> bytes:
    """A file with the good entry, changed; a key set to None is left out."""
    lines = {**GOOD, **changes}
    body = "\n".join(f"{key} = {value}" for key, value in lines.items() if value is not None)
    return f"{head}\n[[tabla]]\n{body}\n".encode()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"filtro": '"ninguno"'}, SinFiltro()),
        ({"filtro": '"acumulado"'}, Acumulado()),
        ({"filtro": '{ anual = "ANO_EJE" }'}, Anual("ANO_EJE")),
    ],
)
def test_reads_each_filter(changes: dict[str, str], expected: object) -> None:
    """Three words of the format, three values."""
    ((entry,), _) = parse_file(document(**changes))
    assert entry.filtro == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"compartida"', Compartida()),
        ('{ columna = "SEC_EJEC" }', PorColumna("SEC_EJEC")),
        (
            '{ tabla = "ejecutora", pares = [["pliego", "PLIEGO"], ["s", "S"]], columna = "sec_ejec" }',
            PorJoin("ejecutora", (("pliego", "PLIEGO"), ("s", "S")), "sec_ejec"),
        ),
    ],
)
def test_reads_each_way_to_find_the_unit(text: str, expected: object) -> None:
    """Own column, shared table, or join through a parent."""
    ((entry,), _) = parse_file(document(unidad=text))
    assert entry.unidad == expected


def test_reads_the_personal_data_policy_and_the_key() -> None:
    """Omitted and kept columns, and the key of a table that we do not know."""
    policy = '{ omitir = ["TELEFONO"], conservar = ["CHOFER"] }'
    ((entry,), version) = parse_file(document(datos_personales=policy, clave='["SEC_EJEC", "PLACA"]'))
    assert (entry.omitir, entry.conservar, entry.clave) == (("TELEFONO",), ("CHOFER",), ("SEC_EJEC", "PLACA"))
    assert version == ""


BAD = {
    "unknown key": ({"columnas": '["A"]'}, "UE_VEHICULOS"),
    "missing key": ({"filtro": None}, "UE_VEHICULOS"),
    "missing name": ({"nombre": None}, "entrada 1"),
    "name with a quote": ({"nombre": "'x\"; DROP TABLE meta; --'"}, "entrada 1: nombre"),
    "name with a blank": ({"nombre": '"UE VEHICULOS"'}, "entrada 1: nombre"),
    "name too long": ({"nombre": f'"{"A" * 129}"'}, "entrada 1: nombre"),
    "name not a text": ({"nombre": "7"}, "entrada 1: nombre"),
    "empty description": ({"descripcion": '"  "'}, "UE_VEHICULOS: descripcion"),
    "description of two lines": ({"descripcion": '"a\\nb"'}, "UE_VEHICULOS: descripcion"),
    "description too long": ({"descripcion": f'"{"a" * 201}"'}, "UE_VEHICULOS: descripcion"),
    "unknown group": ({"grupo": '"otros"'}, "UE_VEHICULOS: grupo"),
    "group a list": ({"grupo": '["maestro"]'}, "UE_VEHICULOS: grupo"),
    "no ámbito": ({"ambitos": "[]"}, "UE_VEHICULOS: ambitos"),
    "unknown ámbito": ({"ambitos": '["futuro"]'}, "UE_VEHICULOS: ambitos"),
    "ámbito in a list": ({"ambitos": '[["sistema"]]'}, "UE_VEHICULOS: ambitos"),
    "ámbito twice": ({"ambitos": '["sistema", "sistema"]'}, "UE_VEHICULOS: ambitos"),
    "ámbito a text": ({"ambitos": '"sistema"'}, "UE_VEHICULOS: ambitos"),
    "unknown filter": ({"filtro": '"mensual"'}, "UE_VEHICULOS: filtro"),
    "yearly without column": ({"filtro": '"anual"'}, "UE_VEHICULOS: filtro"),
    "two filters": ({"filtro": '{ anual = "A", mensual = "B" }'}, "UE_VEHICULOS: filtro"),
    "bad column of the filter": ({"filtro": '{ anual = "A B" }'}, "UE_VEHICULOS: filtro"),
    "unknown unit rule": ({"unidad": '"todas"'}, "UE_VEHICULOS: unidad"),
    "join without pairs": ({"unidad": '{ tabla = "t", pares = [], columna = "c" }'}, "UE_VEHICULOS: unidad"),
    "pair of three": (
        {"unidad": '{ tabla = "t", pares = [["a", "b", "c"]], columna = "c" }'},
        "UE_VEHICULOS: unidad",
    ),
    "join incomplete": ({"unidad": '{ tabla = "t", columna = "c" }'}, "UE_VEHICULOS: unidad"),
    "policy a text": ({"datos_personales": '"omitir"'}, "UE_VEHICULOS: datos_personales"),
    "reserved policy": ({"datos_personales": '{ hmac = ["DNI"] }'}, "UE_VEHICULOS: datos_personales"),
    "column twice": ({"datos_personales": '{ omitir = ["dni", "DNI"] }'}, "UE_VEHICULOS: datos_personales"),
    "omitted a text": ({"datos_personales": '{ omitir = "DNI" }'}, "UE_VEHICULOS: datos_personales"),
    "omitted and kept": (
        {"datos_personales": '{ omitir = ["DNI"], conservar = ["dni"] }'},
        "UE_VEHICULOS: datos_personales",
    ),
    "omitted unit": ({"datos_personales": '{ omitir = ["sec_ejec"] }'}, "UE_VEHICULOS: omitir"),
    "omitted year": (
        {"filtro": '{ anual = "ANO" }', "datos_personales": '{ omitir = ["ano"] }'},
        "UE_VEHICULOS: omitir",
    ),
    "omitted key": (
        {"clave": '["PLACA"]', "datos_personales": '{ omitir = ["PLACA"] }'},
        "UE_VEHICULOS: omitir",
    ),
    "accumulated and shared": ({"filtro": '"acumulado"', "unidad": '"compartida"'}, "UE_VEHICULOS: filtro"),
    "other version": ({"head": "v = 2"}, "v"),
    "version true": ({"head": "v = true"}, "v"),
    "no version": ({"head": ""}, "v"),
    "unknown key of the file": ({"head": "v = 1\ntablas = []"}, "el archivo"),
}


@pytest.mark.parametrize(("changes", "donde"), BAD.values(), ids=BAD.keys())
def test_refuses_a_bad_entry_and_says_where(changes: dict[str, str | None], donde: str) -> None:
    """The error names the table and the key; the operator's sentence repeats them."""
    with pytest.raises(CatalogueFormatError) as raised:
        parse_file(document(**changes))
    assert raised.value.fields["donde"] == donde
    assert donde in sentence(raised.value.code, raised.value.fields).que


@pytest.mark.parametrize(
    "raw", [b"v = ", b"\xff\xfe", b"v = 1\ntabla = 3", b"v = 1\ntabla = [3]", b"v = 1\nversion = 3"]
)
def test_refuses_a_file_of_another_kind(raw: bytes) -> None:
    """Not TOML, not UTF-8, not a list of tables."""
    with pytest.raises(CatalogueFormatError):
        parse_file(raw)


def test_a_unit_adds_a_table_of_its_own(tmp_path: Path) -> None:
    """The added table stands in its group's place and the version tells that the catalogue is not ours alone."""
    extra = tmp_path / "tablas.toml"
    extra.write_bytes(b"\xef\xbb\xbf" + document())  # Windows' Notepad writes a byte order mark
    ours, both = load_catalogue(), load_catalogue(extra)
    assert [e.nombre for e in both.tablas if e not in ours.tablas] == ["UE_VEHICULOS"]
    position = [e.nombre for e in both.tablas].index("UE_VEHICULOS")
    assert both.tablas[position - 1].grupo is Grupo.PATRIMONIO
    assert both.tablas[position + 1].grupo is Grupo.TESORERIA
    assert "UE_VEHICULOS" not in {e.nombre for e in both.for_ambito(Ambito.PROGRAMACION)}
    assert both.version.startswith(f"{ours.version}+")


def test_the_version_follows_the_units_file(tmp_path: Path) -> None:
    """Two different files of the unit never give the same version."""
    versions = set()
    for name in ("A", "B"):
        (tmp_path / "tablas.toml").write_bytes(document(nombre=f'"{name}"'))
        versions.add(load_catalogue(tmp_path / "tablas.toml").version)
    assert len(versions) == 2


@pytest.mark.parametrize("name", ["sig_personal", "SIG_PERSONAL"])
def test_a_unit_may_not_redefine_a_table_of_ours(tmp_path: Path, name: str) -> None:
    """Or its file could send the columns that our policy omits."""
    extra = tmp_path / "tablas.toml"
    extra.write_bytes(document(nombre=f'"{name}"'))
    with pytest.raises(ExtraCatalogueError) as raised:
        load_catalogue(extra)
    assert raised.value.fields["donde"] == name
    assert raised.value.fields["archivo"] == str(extra)


def test_a_table_twice_in_the_units_file_is_refused(tmp_path: Path) -> None:
    """The same name in another case is the same table."""
    extra = tmp_path / "tablas.toml"
    extra.write_bytes(document() + document(head="", nombre='"ue_vehiculos"'))
    with pytest.raises(ExtraCatalogueError):
        load_catalogue(extra)


def test_a_missing_file_of_the_unit_is_the_environments_fault(tmp_path: Path) -> None:
    """Configured and not there: said, never ignored."""
    with pytest.raises(ExtraCatalogueError) as raised:
        load_catalogue(tmp_path / "no-existe.toml")
    assert raised.value.fault is Fault.ENVIRONMENT


def test_a_huge_file_of_the_unit_is_not_read_whole(tmp_path: Path) -> None:
    """A wrong path to a backup of gigabytes does not fill the memory."""
    extra = tmp_path / "respaldo.bak"
    with extra.open("wb") as file:
        file.truncate(8 << 30)
    with pytest.raises(ExtraCatalogueError):
        load_catalogue(extra)


@pytest.fixture
def packaged(tmp_path: Path) -> Path:
    """A copy of our own files, to be damaged."""
    for source in Path(loader.__file__).parent.glob("*.toml"):
        shutil.copy(source, tmp_path)
    return tmp_path


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_our_own_files_load_from_any_folder(packaged: Path) -> None:
    """What the damaged copies below are compared with."""
    tablas, version = loader._load_ours(packaged)
    assert (len(tablas), version) == (134, load_catalogue().version)


@pytest.mark.parametrize(
    ("name", "old", "new", "donde"),
    [
        ("g_tesoreria.toml", '"SIG_PLANILLA_SNP"', '"SIG_PLANILLA_X"', "SIG_PLANILLA_X"),
        ("g_tesoreria.toml", '"ANO_EJEC"', '"ANO_EJE"', "SIG_PROY_PLANILLA_VIATICO.ANO_EJE"),
        ("g_tesoreria.toml", '"COD_PERSONA"', '"COD_PERSONAS"', "SIG_TES_RECIBO_INGRESO.COD_PERSONAS"),
        ("g_tesoreria.toml", '"SIG_PLANILLA_SNP"', '"META"', "META"),
        ("g_tesoreria.toml", "v = 1", 'v = 1\nversion = "2"', "version"),
        ("a_maestros.toml", 'version = "1"', "", "version"),
        ("a_maestros.toml", "v = 1", "v = 2", "v"),
    ],
)
def test_a_defect_of_ours_is_never_a_shorter_catalogue(
    packaged: Path, name: str, old: str, new: str, donde: str
) -> None:
    """A table or column that the reference lacks, a table twice, a version in no file or two: the program stops."""
    replace_in(packaged / name, old, new)
    with pytest.raises(CatalogueDataError) as raised:
        loader._load_ours(packaged)
    assert raised.value.fields["donde"] == donde
    assert raised.value.fault is Fault.OURS


def test_a_lost_file_of_ours_is_never_a_shorter_catalogue(packaged: Path) -> None:
    """A broken installation says so, instead of sending fewer tables."""
    (packaged / "f_patrimonio.toml").unlink()
    with pytest.raises(CatalogueDataError) as raised:
        loader._load_ours(packaged)
    assert raised.value.fields["archivo"] == "f_patrimonio.toml"


PSEUDONYMS = '{ seudonimizar = [{ columna = "DNI", dominio = "dni" }], omitir = ["TELEFONO"] }'
BAD_PSEUDONYMS = {
    "a list of names": '{ seudonimizar = ["DNI"] }',
    "no domain": '{ seudonimizar = [{ columna = "DNI" }] }',
    "bad domain": '{ seudonimizar = [{ columna = "DNI", dominio = "D N I" }] }',
    "domain a number": '{ seudonimizar = [{ columna = "DNI", dominio = 7 }] }',
    "bad column": '{ seudonimizar = [{ columna = "D N I", dominio = "dni" }] }',
    "column twice": '{ seudonimizar = [{ columna = "DNI", dominio = "a" }, { columna = "dni", dominio = "b" }] }',
    "omitted too": '{ seudonimizar = [{ columna = "DNI", dominio = "dni" }], omitir = ["dni"] }',
    "kept too": '{ seudonimizar = [{ columna = "DNI", dominio = "dni" }], conservar = ["dni"] }',
}


def test_reads_which_columns_go_as_pseudonyms() -> None:
    """Each with the domain in which it can be joined."""
    ((entry,), _) = parse_file(document(datos_personales=PSEUDONYMS))
    assert entry.seudonimizar == (("DNI", Domain("dni")),)
    assert entry.omitir == ("TELEFONO",)


@pytest.mark.parametrize("policy", BAD_PSEUDONYMS.values(), ids=BAD_PSEUDONYMS.keys())
def test_refuses_a_bad_policy_of_pseudonyms(policy: str) -> None:
    """Whatever is not exactly the format's."""
    with pytest.raises(CatalogueFormatError) as raised:
        parse_file(document(datos_personales=policy))
    assert raised.value.fields["donde"] == "UE_VEHICULOS: datos_personales"


def test_refuses_to_hide_what_chooses_the_rows() -> None:
    """The unit's column under a pseudonym would say whose rows they are to nobody."""
    with pytest.raises(CatalogueFormatError) as raised:
        parse_file(document(datos_personales='{ seudonimizar = [{ columna = "sec_ejec", dominio = "u" }] }'))
    assert raised.value.fields["donde"] == "UE_VEHICULOS: seudonimizar"


def policy_of(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "politica.toml"
    path.write_text(f"v = 1\n[[datos_personales]]\n{body}\n", encoding="utf-8")
    return path


def test_a_unit_may_hide_more_of_our_tables(tmp_path: Path) -> None:
    """What it hides is no longer kept; what ours omits stays omitted; the rest is as it was."""
    body = 'tabla = "SIG_PERSONAL"\nomitir = ["cargo"]\nseudonimizar = [{ columna = "EMPLEADO", dominio = "empleado" }]'
    ours = {entry.nombre: entry for entry in load_catalogue().tablas}
    strict = {entry.nombre: entry for entry in load_catalogue(policy_of(tmp_path, body)).tablas}
    old, new = ours["sig_personal"], strict["sig_personal"]
    assert set(new.omitir) == {*old.omitir, "cargo"}
    assert new.seudonimizar == (("EMPLEADO", Domain("empleado")),)
    assert "empleado" not in {name.lower() for name in new.conservar}
    assert {name for name in ours if ours[name] != strict[name]} == {"sig_personal"}


LAX = {
    "a column that ours omits": 'tabla = "sig_personal"\nseudonimizar = [{ columna = "GRUPO_SANG", dominio = "g" }]',
    "a column to keep": 'tabla = "sig_personal"\nconservar = ["grupo_sang"]',
    "nothing to hide": 'tabla = "sig_personal"',
    "a table of no catalogue": 'tabla = "UE_X"\nomitir = ["A"]',
    "a column of the key": 'tabla = "sig_personal"\nomitir = ["empleado"]',
    "no table": 'omitir = ["A"]',
    "a text": 'tabla = "sig_personal"\nomitir = "A"',
    "twice": 'tabla = "meta"\nomitir = ["nombre"]\n[[datos_personales]]\ntabla = "META"\nomitir = ["nombre"]',
}


@pytest.mark.parametrize("body", LAX.values(), ids=LAX.keys())
def test_a_unit_may_never_send_more_than_our_policy(tmp_path: Path, body: str) -> None:
    """Nor contradict itself."""
    with pytest.raises(ExtraCatalogueError):
        load_catalogue(policy_of(tmp_path, body))


def test_a_policy_in_the_units_file_changes_the_version(tmp_path: Path) -> None:
    """The manifest tells that another policy was used."""
    path = policy_of(tmp_path, 'tabla = "meta"\nomitir = ["nombre"]')
    assert load_catalogue(path).version.startswith(f"{load_catalogue().version}+")
