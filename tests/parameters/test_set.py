"""``siga parametros fijar``: what is checked before anything is written, and what is written then."""

import os
from pathlib import Path

import pytest

from sigasers.model import Nemonico
from tests.parameters.unit_place import MINISTRY, Unit, ministry, of_unit, registered


def refused(unit: Unit, capfd: pytest.CaptureFixture[str], code: str, *arguments: str) -> str:
    """Run an order that is refused with ``code``; no file is written by it. Gives what was shown."""
    before = unit.files()
    capfd.readouterr()
    assert unit.run("fijar", *arguments) != 0
    shown = capfd.readouterr()
    assert f"Error {code}" in shown.err, shown
    assert "Traceback" not in shown.err
    assert unit.files() == before
    return shown.out + shown.err


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    return registered(tmp_path / "inst")[0]


def test_sets_every_parameter_and_leaves_the_rest_of_the_file(
    unit: Unit, capfd: pytest.CaptureFixture[str]
) -> None:
    """One order; comments stay, a dash takes a value away, and nothing lies in SourceOut afterwards."""
    unit.write("# de la unidad\nanio_sistema = 2019 # prueba\nespera_bloqueo_s = 3\n")
    done = unit.run(
        "fijar", "--ruta-transmision", str(unit.out), "--ruta-sers", str(unit.sers), "--ue", "001288",
        "--anio-sistema", "-", "--anio-programacion", "2022", "--cierre", "03-31", "--zona", "America/Bogota",
        "--sin-base", "--si",
    )  # fmt: skip
    assert done == 0
    assert unit.written == {
        "espera_bloqueo_s": 3,
        "ruta_transmision": str(unit.out),
        "ruta_instalacion_sers": str(unit.sers),
        "unidad": 1288,
        "anio_programacion": 2022,
        "cierre_anio_anterior": "03-31",
        "zona_horaria": "America/Bogota",
    }
    assert unit.toml.read_text(encoding="utf-8").startswith(
        "# de la unidad\n# prueba\nespera_bloqueo_s = 3\n"
    )
    assert list(unit.out.iterdir()) == []
    assert "se escribió y se borró un archivo de prueba" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--anio-sistema", "21"), "año de 1990 a 2199"),
        (("--anio-programacion", "٢٠٢١"), "año de 1990 a 2199"),
        (("--huella", "abc"), "64 cifras"),
        ((), "sin opciones se pregunta"),
    ],
)
def test_a_wrong_use_is_told(
    unit: Unit, capfd: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    """Exit code 2, as everywhere; without options and without anybody to answer, it does not wait."""
    assert unit.run("fijar", *options) == 2
    assert told in capfd.readouterr().err
    assert not unit.toml.exists()


@pytest.mark.parametrize(
    "options", [("--cierre", "02-30"), ("--cierre", "31-03"), ("--zona", "Lima"), ("--zona", "../x")]
)
def test_a_value_that_the_settings_would_refuse_is_not_written(
    unit: Unit, capfd: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    """It would stop every later order."""
    refused(unit, capfd, "SIGA-017", *options)


def test_the_wrong_outbox_is_told_with_the_right_one(unit: Unit, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing that lies elsewhere is ever sent; whether the folder exists or not."""
    for wrong in (unit.root / "no", unit.sers, unit.root / "aparte"):
        (unit.root / "aparte").mkdir(exist_ok=True)
        told = refused(unit, capfd, "SIGA-084", "--ruta-transmision", str(wrong), "--sin-base")
        assert str(wrong) in told
        assert f'--ruta-transmision "{unit.out}"' in told


def test_the_right_outbox_is_taken_when_told_not_to_ask(unit: Unit) -> None:
    """``--si`` takes what is offered."""
    assert unit.run("fijar", "--ruta-transmision", str(unit.root), "--sin-base", "--si") == 0
    assert unit.written == {"ruta_transmision": str(unit.out)}


def test_a_link_to_the_outbox_is_the_outbox(unit: Unit) -> None:
    """Folders are compared, not texts."""
    link = unit.root / "salida"
    link.symlink_to(unit.out)
    assert unit.run("fijar", "--ruta-transmision", str(link), "--sin-base", "--si") == 0
    assert unit.written == {"ruta_transmision": str(link)}


def test_the_outbox_is_what_the_settings_of_the_courier_say(
    unit: Unit, capfd: pytest.CaptureFixture[str]
) -> None:
    """A relative path lies in the profile; the usual folder is wrong then."""
    path = unit.sers / "application.properties"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "SiafSourceOut" not in line]
    path.write_text(
        "\n".join([*lines, "configuration.pathSiafSourceOut=salida/hoy"]) + "\n", encoding="utf-8"
    )
    (unit.sers / "salida" / "hoy").mkdir(parents=True)
    told = refused(unit, capfd, "SIGA-084", "--ruta-sers", str(unit.sers), "--sin-base")
    assert str(unit.sers / "salida" / "hoy") in told
    assert unit.run("fijar", "--ruta-sers", str(unit.sers), "--sin-base", "--si") == 0
    assert unit.written["ruta_transmision"] == str(unit.sers / "salida" / "hoy")
    assert "reinicie el servicio del SERS" in capfd.readouterr().out  # its profile still says the other one


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("SourceOut", "SIGA-080"),
        (r"C:\Users\Public\mef\sers_siga\SourceOut", "SIGA-080"),
        (r"\\servidor\mef\SourceOut", "SIGA-080"),
        ("/mef\x1b[31m/x", "SIGA-080"),
        ("/" + "a" * 5000, "SIGA-080"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths of this machine")
def test_what_is_no_path_here_is_refused_for_both_paths(
    unit: Unit, capfd: pytest.CaptureFixture[str], value: str, code: str
) -> None:
    """And what a terminal would obey is not shown to it."""
    for option in ("--ruta-transmision", "--ruta-sers"):
        assert "\x1b" not in refused(unit, capfd, code, option, value, "--sin-base")


def test_an_address_with_a_password_is_refused_and_not_shown(
    unit: Unit, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither on the screen nor in a log."""
    told = refused(unit, capfd, "SIGA-080", "--ruta-sers", "postgresql://u:Secreta99@srv/siga")
    assert "dirección de un servidor" in told
    assert not any(b"Secreta99" in path.read_bytes() for path in unit.root.rglob("*") if path.is_file())
    assert "Secreta99" not in told


def test_a_courier_that_is_not_there_is_told(unit: Unit, capfd: pytest.CaptureFixture[str]) -> None:
    """No folder, a file, a circle of links, a folder without settings, settings that are a pipe."""
    (unit.root / "archivo").write_bytes(b"x")
    (unit.root / "uno").symlink_to(unit.root / "dos")
    (unit.root / "dos").symlink_to(unit.root / "uno")
    for name in ("no", "archivo", "uno"):
        refused(unit, capfd, "SIGA-081", "--ruta-sers", str(unit.root / name), "--sin-base")
    (unit.root / "vacia").mkdir()
    told = refused(unit, capfd, "SIGA-085", "--ruta-sers", str(unit.root / "vacia"), "--sin-base")
    assert "sers registrar" in told
    os.mkfifo(unit.root / "vacia" / "application.properties")
    refused(unit, capfd, "SIGA-085", "--ruta-sers", str(unit.root / "vacia"), "--sin-base")


def test_settings_with_a_path_of_another_machine_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A folder copied from Windows, raw backslashes and all."""
    unit = ministry(tmp_path / "inst", MINISTRY.replace("=SourceOut", r"=C:\Users\Public\mef\SourceOut"))
    told = refused(unit, capfd, "SIGA-085", "--ruta-sers", str(unit.sers), "--sin-base")
    assert "configuration.pathSiafSourceOut" in told


def test_no_folder_of_the_program_itself_serves(unit: Unit, capfd: pytest.CaptureFixture[str]) -> None:
    """An update would take it away; and what lies in the exporter's own folder is nobody's to send."""
    import sys

    import sigasers

    properties = unit.sers / "application.properties"
    own = properties.read_text(encoding="utf-8")
    for inside in (Path(sigasers.__file__).parent / "siga", Path(sys.prefix) / "bin", unit.siga):
        refused(unit, capfd, "SIGA-082", "--ruta-sers", str(inside), "--sin-base")
        properties.write_text(own + f"configuration.pathSiafSourceOut={inside}\n", encoding="utf-8")
        refused(unit, capfd, "SIGA-082", "--ruta-transmision", str(inside), "--sin-base")
    for over in (unit.sers, unit.root):
        properties.write_text(own + f"configuration.pathSiafSourceOut={over}\n", encoding="utf-8")
        refused(unit, capfd, "SIGA-082", "--ruta-transmision", str(over), "--sin-base")


def test_the_ministrys_sers_is_taken_as_courier(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The guide's settings, encrypted lines and all; there is no centre to confirm."""
    unit = ministry(tmp_path / "inst")
    assert (
        unit.run("fijar", "--ruta-sers", str(unit.sers), "--ruta-transmision", str(unit.out), "--sin-base")
        == 0
    )
    assert "SERS del ministerio" in capfd.readouterr().out
    assert not unit.pin.exists()
    told = refused(unit, capfd, "SIGA-087", "--huella", "0" * 64, "--sin-base")
    assert "no tiene todavía el perfil" in told


def test_a_courier_that_is_not_registered_yet_is_taken(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The paths come first in the guide too."""
    unit = ministry(tmp_path / "inst", "authentication.ejecutora=1288\nsers.intervalo_s=15\n")
    assert unit.run("fijar", "--ruta-sers", str(unit.sers), "--sin-base") == 0
    assert "todavía sin registrar" in capfd.readouterr().out
    refused(unit, capfd, "SIGA-086", "--ue", "1287", "--sin-base")


def test_the_first_centre_is_confirmed_by_somebody(unit: Unit, capfd: pytest.CaptureFixture[str]) -> None:
    """Without anybody to ask, nothing is believed; the huella named must be the one that came."""
    given = ("--ruta-sers", str(unit.sers), "--sin-base")
    refused(unit, capfd, "SIGA-087", *given)
    refused(unit, capfd, "SIGA-087", *given, "--si", "--huella", "0" * 64)
    assert unit.run("fijar", *given, "--si") == 0
    refused(unit, capfd, "SIGA-087", *given, "--si", "--huella", "0" * 64)
    assert unit.run("fijar", *given, "--si", "--huella", unit.pin.read_text(encoding="ascii").strip()) == 0
    assert unit.pin.read_text(encoding="ascii").strip() in capfd.readouterr().out.replace(" ", "")


def test_another_centre_is_confirmed_by_its_huella_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """``--si`` is not enough; people may type the huella in its groups."""
    unit, profile = registered(tmp_path / "inst")
    assert unit.run("fijar", "--ruta-sers", str(unit.sers), "--sin-base", "--si") == 0
    other, its = registered(tmp_path / "otra")
    given = ("--ruta-sers", str(other.sers), "--ruta-transmision", str(other.out), "--sin-base", "--si")
    assert "--huella" in refused(unit, capfd, "SIGA-013", *given)
    refused(unit, capfd, "SIGA-087", *given, "--huella", profile.trust.huella)
    huella = " ".join(its.trust.huella[n : n + 4].upper() for n in range(0, 64, 4))
    assert unit.run("fijar", *given, "--huella", huella) == 0
    assert unit.pin.read_text(encoding="ascii").strip() == its.trust.huella


def test_who_changed_what_stands_in_the_audit(unit: Unit) -> None:
    """As it was and as it is, and the centre that was confirmed; a refusal is there too."""
    unit.write("unidad = 1288\nanio_sistema = 2019\n")
    given = ("--ruta-sers", str(unit.sers), "--ue", "1288", "--anio-sistema", "-", "--sin-base")
    assert unit.run("fijar", *given) == 74
    assert unit.run("fijar", *given, "--si") == 0
    acts = unit.audited()
    assert [act["hecho"] for act in acts] == [
        "orden.empezada", "orden.fallida", "orden.empezada", "parametros.fijados"
    ]  # fmt: skip
    assert acts[-1]["datos"] == {
        "antes_anio_sistema": 2019,
        "despues_ruta_instalacion_sers": str(unit.sers),
        "huella": unit.pin.read_text(encoding="ascii").strip(),
    }


def test_a_profile_that_was_altered_is_refused(unit: Unit, capfd: pytest.CaptureFixture[str]) -> None:
    """What the centre did not sign is no courier's word."""
    path = unit.sers / "perfil-publico.json"
    path.write_bytes(path.read_bytes().replace(b'"firmado": "e', b'"firmado": "f'))
    refused(unit, capfd, "SIGA-012", "--ruta-sers", str(unit.sers), "--sin-base", "--si")


def test_the_courier_of_another_unit_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Two installations on one host that would share a SERS folder: seen when the second one is set."""
    other = of_unit(tmp_path / "otra", Nemonico(1287))
    unit, _ = registered(tmp_path / "inst")
    given = ("--ruta-sers", str(other.sers), "--ruta-transmision", str(other.out), "--sin-base", "--si")
    told = refused(unit, capfd, "SIGA-086", *given, "--ue", "1288")
    assert "1287" in told
    assert unit.run("fijar", "--ue", "1288", "--sin-base") == 0
    refused(unit, capfd, "SIGA-086", *given)
    refused(unit, capfd, "SIGA-086", "--ue", "1287", "--sin-base")
    assert other.run("fijar", "--ue", "1287", "--ruta-sers", str(other.sers), "--sin-base", "--si") == 0


def test_two_units_of_one_base_have_an_installation_each(
    tmp_path: Path, base_chica: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """One database, one host; which unit must be said, and one that the base does not have is refused."""
    first, _ = registered(tmp_path / "uno")
    second = of_unit(tmp_path / "dos", Nemonico(1287))
    for unit in (first, second):
        unit.write(f"base = '{base_chica}'\n")
    assert first.run("ver") == 1
    told = capfd.readouterr().out
    assert "SIGA-008" in told
    assert "1287, 1288" in told
    refused(first, capfd, "SIGA-007", "--ue", "9", "--ruta-sers", str(first.sers))
    assert first.run("fijar", "--ue", "1288", "--ruta-sers", str(first.sers), "--si") == 0
    assert second.run("fijar", "--ue", "1287", "--ruta-sers", str(second.sers), "--si") == 0
    refused(first, capfd, "SIGA-008", "--ue", "-")
    for unit, name in ((first, "1288 - REGION LIMA - HOSPITAL"), (second, "1287 - REGION LIMA - SERVICIOS")):
        assert unit.run("ver") == 0
        assert name in capfd.readouterr().out


def test_what_a_dead_trial_left_is_cleared(unit: Unit) -> None:
    """The courier does not look at it, and the next trial removes it."""
    left = unit.out / ".sigasers-prueba-0123456789abcdefxxxx.part"
    left.write_bytes(b"")
    (unit.out / "informe.rar").write_bytes(b"de otro")
    assert unit.run("fijar", "--ruta-transmision", str(unit.out), "--sin-base", "--si") == 0
    assert [path.name for path in unit.out.iterdir()] == ["informe.rar"]


def test_a_path_longer_than_siga_holds_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It serves here; in the present SIGA it would be cut."""
    unit = ministry(tmp_path / ("carpeta-" * 12))
    assert unit.run("fijar", "--ruta-sers", str(unit.sers), "--sin-base") == 0
    assert "el SIGA guarda 100 de cada ruta" in capfd.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_a_way_that_others_can_change_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Who may put another folder in its place would read, or swallow, what is sent."""
    unit = ministry(tmp_path / "abierta" / "inst")
    assert unit.run("fijar", "--ruta-sers", str(unit.sers), "--sin-base") == 0
    assert "otras cuentas" not in capfd.readouterr().out
    (tmp_path / "abierta").chmod(0o777)
    assert unit.run("fijar", "--ruta-sers", str(unit.sers), "--sin-base") == 0
    assert f"otras cuentas pueden cambiar lo que hay en «{tmp_path / 'abierta'}»" in capfd.readouterr().out
