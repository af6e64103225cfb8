"""``siga parametros ver``: each parameter, whence it comes, whether it serves; and nothing is written."""

import re
from pathlib import Path

import pytest

from tests.export.place import Place, small_base
from tests.parameters.unit_place import Unit, ministry, registered

LABELS = (
    "Ruta de Transmisión",
    "Ruta de Instalación SERS",
    "Unidad ejecutora",
    "Base de datos",
    "Año del sistema",
    "Año de programación",
    "Zona horaria",
    "Cierre del año anterior",
)
ALONE = "DELETE FROM ejecutora WHERE sec_ejec <> 1288"


def shown(unit: Unit, capfd: pytest.CaptureFixture[str], *options: str, code: int = 0) -> dict[str, str]:
    """Run the order, which writes nothing and ends with ``code``; gives what is shown by its label."""
    before = unit.files()
    capfd.readouterr()
    assert unit.run("ver", *options) == code
    assert unit.files() == before
    rows: dict[str, str] = {}
    label = ""
    for line in capfd.readouterr().out.splitlines()[1:]:
        label = line[:25].strip() or label
        rows[label] = rows.get(label, "") + line[26:] + "\n"
    assert tuple(rows) == LABELS
    return rows


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    made, _ = registered(tmp_path / "inst")
    made.write(f"base = '{small_base(tmp_path / 'base.db', ALONE)}'\n")
    return made


def test_shows_every_parameter_with_its_source(unit: Unit, capfd: pytest.CaptureFixture[str]) -> None:
    """Usual values, what the database says, what the file says."""
    assert unit.run("fijar", "--ruta-sers", str(unit.sers), "--si") == 0
    rows = shown(unit, capfd)
    assert rows["Ruta de Transmisión"].startswith(f"bien    {unit.out}  (valor usual)\nse puede escribir; ")
    assert rows["Ruta de Instalación SERS"].startswith(f"bien    {unit.sers}  (siga.toml)\nSERS registrado")
    assert re.match(r"bien    1288 - .+  \(base de datos\)\n", rows["Unidad ejecutora"])
    assert rows["Año del sistema"] == "bien    2021  (base de datos)\n"
    assert rows["Año de programación"] == "bien    2022  (el siguiente al del sistema)\n"
    assert rows["Zona horaria"] == "bien    America/Lima  (valor usual)\n"
    assert rows["Cierre del año anterior"].startswith("bien    03-31  (valor usual)\nhasta ese día")


def test_a_year_of_the_file_is_shown_as_an_override(unit: Unit, capfd: pytest.CaptureFixture[str]) -> None:
    """With what the database says: an override that was forgotten sends the wrong year for months."""
    assert (
        unit.run("fijar", "--anio-sistema", "2020", "--anio-programacion", "2021", "--cierre", "01-31") == 0
    )
    rows = shown(unit, capfd)
    told = "aviso   2020  (siga.toml, en lugar del usual)\nla base de datos dice 2021\n"
    assert rows["Año del sistema"] == told
    assert rows["Año de programación"].endswith("el siguiente al del sistema es el mismo\n")
    assert rows["Cierre del año anterior"].startswith("bien    01-31  (siga.toml)\nhasta ese día")


def test_a_database_that_is_down_is_told_in_its_row(unit: Unit, capfd: pytest.CaptureFixture[str]) -> None:
    """The others are shown all the same; without asking, nothing is wrong."""
    unit.write("base = 'no.db'\nunidad = 1288\n")
    rows = shown(unit, capfd, code=1)
    assert rows["Base de datos"].startswith("FALLA")
    assert "SIGA-001" in rows["Base de datos"]
    assert rows["Unidad ejecutora"] == "omitido 1288  (siga.toml)\nno se pudo preguntar a la base de datos\n"
    assert rows["Ruta de Transmisión"].startswith("bien")
    rows = shown(unit, capfd, "--sin-base")
    assert rows["Base de datos"].endswith("no se preguntó a la base de datos\n")


def test_what_is_wrong_with_a_path_is_told_with_its_cure(
    unit: Unit, capfd: pytest.CaptureFixture[str]
) -> None:
    """As when it is set; a file edited by hand is held to the same."""
    old = unit.toml.read_text(encoding="utf-8")
    unit.write(f"{old}ruta_transmision = '{unit.root}'\n")
    row = shown(unit, capfd, code=1)["Ruta de Transmisión"]
    assert "SIGA-084" in row
    assert "Qué hacer: " in row
    unit.write(f"{old}ruta_instalacion_sers = '{unit.siga}'\nruta_transmision = '{unit.out}'\n")
    rows = shown(unit, capfd, code=1)
    assert "SIGA-082" in rows["Ruta de Instalación SERS"]
    assert "no se pudo comprobar que el SERS la envíe" in rows["Ruta de Transmisión"]
    unit.write(f"{old}unidad = 1287\n")
    assert "SIGA-086" in shown(unit, capfd, "--sin-base", code=1)["Ruta de Instalación SERS"]


def test_a_fresh_machine_is_told_what_is_missing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither folder, nor courier, nor database."""
    (tmp_path / "inst").mkdir()
    rows = shown(Unit(tmp_path / "inst"), capfd, code=1)
    assert "SIGA-081" in rows["Ruta de Transmisión"]
    assert "SIGA-081" in rows["Ruta de Instalación SERS"]
    assert "siga base configurar" in rows["Base de datos"]


def test_the_huella_is_told_confirmed_or_not(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Shown, to be compared; another one than confirmed is wrong."""
    unit, profile = registered(tmp_path / "inst")
    row = shown(unit, capfd, "--sin-base", code=1)["Ruta de Instalación SERS"]  # no database is configured
    assert row.startswith("aviso")
    assert profile.trust.huella in row.replace(" ", "")
    unit.pin.write_text("0" * 64 + "\n", encoding="ascii")
    assert "SIGA-013" in shown(unit, capfd, "--sin-base", code=1)["Ruta de Instalación SERS"]


def test_names_of_the_database_are_shown_as_text(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A unit's name obeys neither the terminal nor the markup."""
    unit = ministry(tmp_path / "inst")
    hostile = "UPDATE ejecutora SET nombre = '[red]A' || char(27) || '[31mB'"
    unit.write(f"base = '{small_base(tmp_path / 'base.db', ALONE, hostile)}'\n")
    row = shown(unit, capfd)["Unidad ejecutora"]
    assert "1288 - [red]A [31mB" in row


def test_an_installation_that_exports_is_shown_as_fine(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    """The checks do not refuse what an export takes."""
    unit = Unit(place.root)
    unit.write(f"base = '{place.base}'\nunidad = 1288\n")
    (unit.sers / "application.properties").write_text("proxy.active=false\n", encoding="utf-8")
    assert all(row.startswith("bien") for row in shown(unit, capfd).values())
    assert len(place.export()) == 1
