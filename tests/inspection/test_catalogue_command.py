"""``siga catalogo`` as the operator sees it: what is shown, exit codes, sentences."""

import csv
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.postgres import PostgresServer
from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.siga import toml_text
from sigasers.siga.catalogue import load_catalogue
from tests.inspection.bases import base_of, entry, table_sql
from tests.inspection.test_unit_file import BAD, GOOD, TABLE

Order = Callable[..., tuple[int, str, str]]
EVIL = "UE_\x1b[31m[bold]X"
UNITS = "CREATE TABLE ejecutora (sec_ejec numeric(6,0), nombre varchar(150), PRIMARY KEY (sec_ejec))"


@pytest.fixture
def order(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Order:
    """Run an order of ``siga catalogo``; gives exit code, output and errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run_with(grupo, ["catalogo", *map(str, arguments), "--dir", str(tmp_path / "inst")])
        out, err = capfd.readouterr()
        return code, out, err

    return run


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A base with one table of the catalogue, changed, and some that it does not know."""
    return base_of(
        tmp_path / "b.db",
        table_sql(entry("meta"), nombre=None, FLAG="char(1)", sec_func="varchar(20)"),
        "INSERT INTO meta (ano_eje, sec_ejec, sec_func) VALUES (2021, 1288, 'mil'), (2020, 1288, '1')",
        UNITS,
        "INSERT INTO ejecutora VALUES (1288, 'REZOLA')",
        TABLE,
        f'CREATE TABLE "{EVIL}" (ANO_EJE int, SEC_EJEC int)',
    )


def test_lists_tables_by_group(order: Order) -> None:
    """Description, role, filter and unit rule of each."""
    code, out, _ = order("listar", "--grupo", "tesoreria")
    assert code == 0
    assert re.search(r"SIG_PLANILLA_SNP .*Planillas.*sistema.*ANO_EJE", out)
    assert "5 tablas" in out
    assert "SIG_PEDIDOS" not in out


def test_lists_the_tables_of_a_programming_year(order: Order) -> None:
    """As many as an export of that year asks for."""
    _, out, _ = order("listar", "--ambito", "programacion", "--formato", "json")
    expected = {
        each.nombre for each in load_catalogue().tablas if "programacion" in {a.value for a in each.ambitos}
    }
    assert {each["nombre"] for each in json.loads(out)} == expected


def test_shows_one_table_with_columns_types_and_policy(order: Order) -> None:
    """In any case of letters."""
    code, out, _ = order("listar", "sig_pedidos")
    assert code == 0
    assert re.search(r"NOMBRE_EMPLEADO .*dato personal, se conserva", out)
    assert re.search(r"ANO_EJE +│ numeric\(4,0\)", out)
    assert "Clave: ANO_EJE, SEC_EJEC" in out
    assert re.search(r"grupo_sang .*se omite", order("listar", "SIG_PERSONAL")[1])


def test_csv_is_read_by_the_csv_module(order: Order) -> None:
    """A line for each table."""
    rows = list(csv.DictReader(io.StringIO(order("listar", "--formato", "csv")[1])))
    assert [row["nombre"] for row in rows] == [each.nombre for each in load_catalogue().tablas]
    by_name = {row["nombre"]: row for row in rows}
    assert by_name["sig_personal"]["omitir"].split() == list(entry("sig_personal").omitir)


def test_a_table_that_the_catalogue_lacks_is_told(order: Order) -> None:
    """With those that look like it."""
    code, _, err = order("listar", "SIG_PEDIDO")
    assert code == 65
    assert "SIGA-056" in err
    assert "SIG_PEDIDOS" in err


def test_compares_and_says_what_matters(order: Order, small: Path) -> None:
    """Exit code 1; missing, changed and additional parts; unknown tables by prefix."""
    code, out, _ = order("comparar", "--base", small)
    assert code == 1
    assert "! meta (Metas presupuestales)" in out
    assert "faltan columnas: nombre" in out
    assert "columnas que el catálogo no conoce (se exportan): FLAG" in out
    assert re.search(
        r"sec_func: texto en la base, decimal\(4,0\) en el catálogo; HAY VALORES QUE NO CABEN", out
    )
    assert "2 tablas de la base no están en el catálogo" in out
    assert "con año y unidad: " in out


def test_names_from_the_database_reach_no_terminal_as_they_are(order: Order, small: Path) -> None:
    """No escape sequence, no markup."""
    out = order("comparar", "--base", small)[1]
    assert "\x1b" not in out
    assert "UE_?[31m[bold]X" in out


def test_a_base_that_agrees_ends_with_0(order: Order, base_chica: Path) -> None:
    """And counts are those of the unit and year that the base tells."""
    code, out, _ = order("comparar", "--base", base_chica, "--ue", "1288", "--conteos", "--formato", "json")
    found = json.loads(out)
    assert (code, found["importa"]) == (0, False)
    counts = {each["nombre"]: each["filas"] for each in found["tablas"]}
    assert len(counts) == 134
    assert counts["SIG_PEDIDOS"]["total"] > counts["SIG_PEDIDOS"]["del_paquete"] > 0
    assert order("comparar", "--base", base_chica)[0] == 0


def test_counts_are_shown(order: Order, small: Path) -> None:
    """Of the unit and year, and of the whole table."""
    code, out, _ = order("comparar", "--base", small, "--conteos", "--anio", "2021")
    assert code == 1
    assert re.search(r"│ meta +│ +1 │ +2 │", out)


def test_validates_a_good_file(order: Order, tmp_path: Path, small: Path) -> None:
    """Exit code 0 with advice alone; without a base that is said."""
    path = tmp_path / "t.toml"
    path.write_text(GOOD, encoding="utf-8")
    code, out, _ = order("validar", path)
    assert code == 0
    assert "con --base se revisa también contra la base" in out
    code, out, _ = order("validar", path, "--base", small)
    assert code == 0
    assert "0 errores, 2 avisos" in out


def test_tells_every_mistake_of_a_bad_file(order: Order, tmp_path: Path) -> None:
    """Exit code 1; line, place, what and what to do."""
    path = tmp_path / "t.toml"
    path.write_text(BAD, encoding="utf-8")
    code, out, _ = order("validar", path)
    assert code == 1
    assert "Error línea 4, UE_UNO: grupo: debe ser uno de: maestro" in out
    assert out.count("Qué hacer:") == out.count("Error ") == 15


def test_the_configured_file_is_the_one_that_is_validated(order: Order, tmp_path: Path) -> None:
    """Without a name on the command line; with neither it is a wrong usage; a missing one is told."""
    assert order("validar")[0] == 2
    folder = tmp_path / "inst" / "siga"
    folder.mkdir(parents=True)
    (folder / "siga.toml").write_text("tablas_adicionales = 't.toml'\n", encoding="utf-8")
    code, _, err = order("validar")
    assert code == 78
    assert "SIGA-071" in err
    (folder / "t.toml").write_text(GOOD, encoding="utf-8")
    assert order("validar")[0] == 0


def test_makes_a_starting_file_that_validates(order: Order, tmp_path: Path, small: Path) -> None:
    """It is never written over, and the next steps are said."""
    code, out, _ = order("nuevo", "ue_vehiculos", "--base", small)
    path = tmp_path / "inst" / "siga" / "tablas-adicionales.toml"
    assert code == 0
    assert "siga catalogo validar" in out
    assert [each.nombre for each in load_catalogue(path).tablas if each.nombre.startswith("UE_")] == [
        "UE_VEHICULOS"
    ]
    assert order("validar", path, "--base", small)[0] == 0
    before = path.read_bytes()
    code, _, err = order("nuevo", "UE_VEHICULOS", "--base", small)
    assert (code, "SS-014" in err, path.read_bytes()) == (74, True, before)


@pytest.mark.parametrize(("name", "code"), [("NADA", "SIGA-052"), ("META", "SIGA-053"), (EVIL, "SIGA-054")])
def test_refuses_a_starting_file_for_what_cannot_be(order: Order, small: Path, name: str, code: str) -> None:
    """Nothing is written."""
    exit_code, _, err = order("nuevo", name, "--base", small)
    assert exit_code == 65
    assert code in err
    assert "\x1b" not in err


def test_a_server_of_siga_toml_is_compared_too(
    order: Order,
    tmp_path: Path,
    postgres: PostgresServer,
    postgres_siga: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The password comes from where exports take it; the unit and the year from the database."""
    folder = tmp_path / "inst" / "siga"
    folder.mkdir(parents=True)
    lines = f'motor = "postgresql"\nservidor = "{postgres.host}"\npuerto = {postgres.port}\nnombre = "{postgres_siga}"'
    (folder / "siga.toml").write_text(
        f'unidad = 1288\n[base]\n{lines}\nusuario = "postgres"\n', encoding="utf-8"
    )
    monkeypatch.setenv("SIGASERS_CLAVE_BASE", postgres.password)
    code, out, err = order("comparar", "--conteos", "--formato", "json")
    assert err == ""
    found = json.loads(out)
    assert (code, found["importa"]) == (0, False)
    assert found["motor"].startswith("PostgreSQL")
    assert {each["nombre"]: each["filas"]["del_paquete"] for each in found["tablas"]}["SIG_PEDIDOS"] > 0


def test_without_a_base_it_is_said_how_to_name_one(order: Order) -> None:
    """For the orders that need it."""
    for arguments in (["comparar"], ["nuevo", "X"]):
        code, _, err = order(*arguments)
        assert code == 74
        assert "SIGA-005" in err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("v = 1\n" + "[[tabla]]\nnombre = 'x'\n" * 20_000, "tiene más de 2000 entradas"),
        ("v = 1\n" + "[[tabla]]\nnombre = 'x'\n" * 2_000, "tiene más de 200 errores y avisos"),
        ("a." * 50_000 + "b=1", "línea 1: un nombre tiene demasiadas partes separadas por puntos"),
        ("\n[" + "a . " * 5_000 + "b]", "línea 2: un nombre tiene demasiadas partes"),
        ("v = " + "9" * 10_000, "el archivo: no es TOML válido"),
        ("a = " + "[" * 50_000, "está anidado sin fin"),
    ],
)
def test_a_file_made_to_take_for_ever_is_told_at_once(
    order: Order, tmp_path: Path, text: str, told: str
) -> None:
    """Within the size that is taken; each of these took minutes, or ended as a defect."""
    path = tmp_path / "t.toml"
    path.write_text(text, encoding="utf-8")
    code, out, err = order("validar", path)
    assert code in {1, 65}
    assert told in out + err
    assert len(out) < 100_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_is_no_file_to_read(order: Order, tmp_path: Path) -> None:
    """The open of a pipe would wait for its other end."""
    os.mkfifo(tmp_path / "t.toml")
    code, _, err = order("validar", tmp_path / "t.toml")
    assert code == 78
    assert "no es un archivo" in err


def test_a_comment_of_many_dots_is_no_name_of_many_parts() -> None:
    """Dots in a line are no harm by themselves."""
    assert toml_text.parse(b"# " + b"." * 500 + b"\na.b.c = 'x. y. z. u. v. w. a. b. c. d. e.'\n")
