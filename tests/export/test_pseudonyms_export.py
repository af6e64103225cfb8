"""Pseudonyms in a true export: what leaves the unit, what joins, what is refused. Judges: sqlite3, and HMAC by hand."""

import hashlib
import hmac
import io
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.errors import OwnError
from sigasers.errors.catalogue import PseudonymKeyMissingError
from sigasers.errors.siga import SourceUnreadableError
from sigasers.formats.manifest import Estado, TableManifest
from sigasers.formats.package import PackageReader, Resultado
from sigasers.formats.pseudonym import Domain, PseudonymKey
from sigasers.siga.export.pseudonym_key import store_of
from sigasers.siga.export.pseudonyms import Pseudonyms
from sigasers.siga.export.year import Package
from tests.export.place import DIARIA, PASSWORD, Place, small_base

PERSONAL = """CREATE TABLE UE_PERSONAL (SEC_EJEC numeric(6,0), DNI char(8), NOMBRE varchar(80), SUELDO numeric(10,2),
PRIMARY KEY (SEC_EJEC, DNI))"""
PERSONS = """INSERT INTO UE_PERSONAL VALUES (1288, '01234567', 'ANA', 10.5), (1288, '76543210', 'LUZ', 20),
(1288, '', 'NADIE', NULL), (1287, '99999999', 'AJENA', 1)"""
VISITS = "CREATE TABLE UE_VISITAS (SEC_EJEC numeric(6,0), NRO numeric(4,0), DOCUMENTO numeric(12,0))"
VISITED = "INSERT INTO UE_VISITAS VALUES (1288, 1, 1234567), (1288, 2, NULL), (1288, 3, 76543210)"
CATALOGUE = """
v = 1
[[tabla]]
nombre = "UE_PERSONAL"
descripcion = "Personal"
grupo = "maestro"
ambitos = ["sistema"]
filtro = "ninguno"
unidad = { columna = "SEC_EJEC" }
datos_personales = { seudonimizar = [
    { columna = "dni", dominio = "dni" }, { columna = "SUELDO", dominio = "sueldo" },
] }
[[tabla]]
nombre = "UE_VISITAS"
descripcion = "Visitas"
grupo = "maestro"
ambitos = ["sistema"]
filtro = "ninguno"
unidad = { columna = "SEC_EJEC" }
clave = ["SEC_EJEC", "NRO"]
datos_personales = { seudonimizar = [{ columna = "DOCUMENTO", dominio = "dni" }] }
[[datos_personales]]
tabla = "SIG_PEDIDOS"
omitir = ["MOTIVO_PEDIDO"]
seudonimizar = [{ columna = "NRO_PEDIDO", dominio = "pedido" }]
"""


@pytest.fixture
def unit(tmp_path: Path) -> Place:
    """A unit with tables of its own, a stricter policy, and its key."""
    base = small_base(tmp_path / "base.db", PERSONAL, PERSONS, VISITS, VISITED)
    made = Place(root=tmp_path / "inst", base=base).make()
    made.fix_password()
    (made.siga / "tablas.toml").write_text(CATALOGUE, encoding="utf-8")
    return made


def export(unit: Place) -> Package:
    (package,) = unit.export(tablas_adicionales=unit.siga / "tablas.toml")
    return package


def entry(package: Package, name: str) -> TableManifest:
    (found,) = (table for table in package.manifest.tablas if table.nombre == name)
    return found


def rows(package: Package, name: str) -> list[dict[str, object]]:
    """The rows as Arrow itself reads them from the package."""
    with package.rar.open("rb") as file:
        data = PackageReader.open(file, PASSWORD).read_member(f"tablas/{name}.parquet")
    found: list[dict[str, object]] = pq.read_table(io.BytesIO(data)).to_pylist()
    return found


def by_hand(key: PseudonymKey, domain: str, canonical: str) -> str:
    message = f"sigasers-seudonimo-v1\0{domain}\0{canonical}".encode()
    return hmac.new(key.secret, message, hashlib.sha256).hexdigest()[:32]


def test_values_leave_as_pseudonyms_that_still_join(unit: Place) -> None:
    """A padded CHAR and a number hold one person: one pseudonym; null and '' stay what they are."""
    key = store_of(unit.siga).create()
    package = export(unit)
    assert unit.verified(package).resultado is Resultado.CONFORME
    ana, luz = by_hand(key, "dni", "1234567"), by_hand(key, "dni", "76543210")
    persons = {row["NOMBRE"]: row["DNI"] for row in rows(package, "UE_PERSONAL")}
    assert persons == {"ANA": ana, "LUZ": luz, "NADIE": ""}
    visits = {row["NRO"]: row["DOCUMENTO"] for row in rows(package, "UE_VISITAS")}
    assert list(visits.values()) == [ana, None, luz]


def test_order_and_totals_are_those_of_the_pseudonyms(unit: Place) -> None:
    """Rows stand by the pseudonym where it is in the key; what is no number any more has no total."""
    key = store_of(unit.siga).create()
    package = export(unit)
    assert [row["DNI"] for row in rows(package, "UE_PERSONAL")] == sorted(
        ["", by_hand(key, "dni", "1234567"), by_hand(key, "dni", "76543210")]
    )
    table = entry(package, "UE_PERSONAL")
    assert table.clave == ("SEC_EJEC", "DNI")
    assert table.totales == ()
    assert [str(column.tipo) for column in table.columnas] == ["decimal(6,0)", "texto", "texto", "texto"]


def test_the_order_is_the_same_where_rows_do_not_fit_in_memory(unit: Place) -> None:
    """Spilled and merged by the pseudonym: equal digests."""
    store_of(unit.siga).create()
    (merged,) = unit.run(memory_bytes=1, tablas_adicionales=unit.siga / "tablas.toml").export(DIARIA)
    unit.time.sleep(60)
    sorted_ones = export(unit)
    for name in ("UE_PERSONAL", "UE_VISITAS", "SIG_PEDIDOS"):
        one, other = entry(merged, name).archivo, entry(sorted_ones, name).archivo
        assert one is not None
        assert other is not None
        assert one.resumen_contenido == other.resumen_contenido


def test_the_manifest_says_which_columns_domains_and_key(unit: Place) -> None:
    """The receiver knows what it holds."""
    key = store_of(unit.siga).create()
    package = export(unit)
    assert package.manifest.seudonimos is not None
    assert package.manifest.seudonimos.llave == key.kid
    assert entry(package, "UE_PERSONAL").seudonimizadas == (
        ("DNI", Domain("dni")),
        ("SUELDO", Domain("sueldo")),
    )
    assert entry(package, "meta").seudonimizadas == ()


def test_a_units_policy_hides_more_of_our_tables(unit: Place) -> None:
    """Its own file may omit and pseudonymise columns of the catalogue's tables."""
    key = store_of(unit.siga).create()
    package = export(unit)
    table = entry(package, "SIG_PEDIDOS")
    assert "MOTIVO_PEDIDO" in table.omitidas
    numbers = {row["NRO_PEDIDO"] for row in rows(package, "SIG_PEDIDOS")}
    assert numbers == {by_hand(key, "pedido", "1"), by_hand(key, "pedido", "2")}


def test_nothing_personal_stands_in_package_or_log(unit: Place) -> None:
    """Neither in the tables, nor in manifest and HTML."""
    key = store_of(unit.siga).create()
    package = export(unit)
    with package.rar.open("rb") as file:
        reader = PackageReader.open(file, PASSWORD)
        content = b"".join(reader.read_member(name) for name in reader.names)
    shown = content + package.html.read_bytes() + package.rar.read_bytes()
    for secret in (b"01234567", b"76543210", key.secret, key.secret.hex().encode()):
        assert secret not in shown


def test_without_the_key_nothing_is_exported(unit: Place) -> None:
    """It is never made in silence: the same persons would have other pseudonyms after a disk is replaced."""
    with pytest.raises(PseudonymKeyMissingError):
        export(unit)
    assert unit.files() == []
    assert not store_of(unit.siga).exists()


def test_a_policy_for_a_column_that_is_not_there_stops_its_table(unit: Place) -> None:
    """A misspelt name would send the true column in clear."""
    store_of(unit.siga).create()
    path = unit.siga / "tablas.toml"
    path.write_text(CATALOGUE.replace('"DOCUMENTO"', '"DOCUMENT0"'), encoding="utf-8")
    table = entry(export(unit), "UE_VISITAS")
    assert table.estado is Estado.FALLIDA
    assert [(note.codigo, note.columna) for note in table.observaciones] == [
        ("tabla_fallida", "DOCUMENT0"),
        ("clave_no_declarada", None),
        ("VAL-74", None),
    ]


def test_one_person_twice_in_the_key_is_told_and_kept(unit: Place) -> None:
    """'007' and '7' are one canonical value: both rows go, and the observation says so."""
    store_of(unit.siga).create()
    small = replace(
        unit, base=small_base(unit.root / "otra.db", PERSONAL, PERSONS.replace("'76543210'", "'1234567'"))
    )
    package = export(small)
    table = entry(package, "UE_PERSONAL")
    assert table.filas == 3
    assert [note.codigo for note in table.observaciones] == ["clave_repetida"]


def test_errors_of_reading_pass_through_the_wrapper() -> None:
    """The exporter answers them as without pseudonyms."""

    def failing() -> object:
        yield pa.record_batch({"A": ["1"]})
        raise SourceUnreadableError("gone", base="b", motivo="m")

    key = PseudonymKey(secret=bytes(32))
    wrapped = Pseudonyms(key=key, dominios={"A": Domain("dni")}).rows(failing())  # type: ignore[arg-type]
    assert next(wrapped).column(0).to_pylist() == [key.pseudonym(Domain("dni"), "1")]
    with pytest.raises(SourceUnreadableError):
        next(wrapped)


def test_without_a_policy_batches_pass_untouched() -> None:
    """The same objects, at no cost."""
    batch = pa.record_batch({"A": ["1"]})
    assert next(Pseudonyms().rows([batch])) is batch


def test_columns_to_be_hidden_without_a_key_are_a_defect() -> None:
    """They can never leave in clear by an oversight of ours."""
    with pytest.raises(OwnError):
        Pseudonyms(dominios={"A": Domain("dni")})


def test_the_operator_makes_the_key_once_and_sees_its_id_alone(
    unit: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    """Created, refused a second time, replaced on request with the old one kept; the secret is never shown."""
    (unit.siga / "siga.toml").write_text("tablas_adicionales = 'tablas.toml'\n", encoding="utf-8")
    where = ["--dir", str(unit.root)]
    assert run_with(grupo, ["seudonimos", "estado", *where]) == 0
    assert "no hay" in capfd.readouterr().out
    assert run_with(grupo, ["seudonimos", "crear", *where]) == 0
    store = store_of(unit.siga)
    first = store.load()
    assert run_with(grupo, ["seudonimos", "crear", *where]) == 74
    assert run_with(grupo, ["seudonimos", "crear", "--otra", *where]) == 0
    assert store.load() != first
    assert run_with(grupo, ["seudonimos", "estado", *where]) == 0
    out, err = capfd.readouterr()
    assert "SIGA-051" in err
    assert f"Llave de seudónimos: {store.load().kid}" in out
    assert "UE_PERSONAL: dni (dominio dni), SUELDO (dominio sueldo)" in out
    secrets = [line for path in store.folder.iterdir() for line in path.read_text("ascii").splitlines()[1:]]
    assert len(secrets) == 2
    assert not [secret for secret in secrets if secret in out + err]
