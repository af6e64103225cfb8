"""``siga base`` as the operator sees it, on a real PostgreSQL: each failing step, exit codes, never the password."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from scripts.postgres import PostgresServer
from sigasers.siga.passwords import VARIABLE
from tests.base.listeners import closed_port
from tests.base.place import Installed, make_login
from tests.export.place import small_base

SECRET = "Zq7-contraseña-de-prueba"
READER, STRANGER = "lector_de_prueba", "forastero_de_prueba"
SELECT = "SELECT ON ALL TABLES IN SCHEMA public"


@pytest.fixture(scope="module")
def logins(postgres: PostgresServer, postgres_siga: str) -> str:
    """Two roles in the demonstration base: one that reads, one that may only enter."""
    make_login(postgres, postgres_siga, READER, SECRET, SELECT)
    make_login(postgres, postgres_siga, STRANGER, SECRET)
    return postgres_siga


@pytest.fixture
def place(
    tmp_path: Path, postgres: PostgresServer, logins: str, monkeypatch: pytest.MonkeyPatch
) -> Installed:
    """An installation that is configured for the reader; its password is nowhere yet."""
    made = Installed(tmp_path)
    made.configure(postgres, logins, READER)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "aparte"))
    monkeypatch.delenv(VARIABLE, raising=False)
    return made


def steps_of(shown: str) -> list[tuple[str, str]]:
    """Give (title, result) of each line of a transcript."""
    return re.findall(r"(?m)^(\S.{0,23}?) +(bien|aviso|FALLA|omitido) +\d+\.\d\d s", shown)


def probe(place: Installed, capfd: pytest.CaptureFixture[str], secret: str = SECRET) -> tuple[int, str, str]:
    """Run the probe with a password in the environment; nothing that it says may hold it."""
    os.environ[VARIABLE] = secret
    code = place.run("base", "probar")
    out, err = capfd.readouterr()
    assert secret not in out + err
    assert secret.encode() not in place.written()
    assert VARIABLE not in os.environ
    return code, out, err


def test_a_good_connection_shows_every_step(place: Installed, capfd: pytest.CaptureFixture[str]) -> None:
    """Each with its result and its time, and what was found."""
    code, out, err = probe(place, capfd)
    assert (code, err) == (0, "")
    assert steps_of(out) == [
        ("Configuración", "bien"), ("Nombre del servidor", "bien"), ("Puerto", "bien"),
        ("Servicio que contesta", "bien"), ("Contraseña", "bien"), ("Conexión cifrada", "bien"),
        ("Usuario y contraseña", "bien"), ("Base de datos", "bien"), ("Permisos de lectura", "bien"),
        ("Es del SIGA", "bien"), ("Solo lectura", "bien"), ("Aislamiento", "bien"), ("Una lectura", "bien"),
        ("Hora del servidor", "bien"),
    ]  # fmt: skip
    for told in ("unidad 1288 - REGION LIMA", "instantanea", "2 filas de ejecutora", f"variable {VARIABLE}"):
        assert told in out
    assert "se puede exportar." in out


def test_a_wrong_password_is_told_at_its_step(place: Installed, capfd: pytest.CaptureFixture[str]) -> None:
    """And who can mend it."""
    code, out, err = probe(place, capfd, "otra-equivocada")
    assert code == 74
    assert steps_of(out)[-1] == ("Usuario y contraseña", "FALLA")
    assert "Lo puede resolver: el administrador de la base de datos." in out
    assert "Error SIGA-022" in err
    assert "Qué hacer:" in err


def test_a_missing_database_is_told_at_its_step(
    place: Installed, postgres: PostgresServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """The login was good."""
    place.configure(postgres, "no_existe", READER)
    code, out, err = probe(place, capfd)
    assert code == 74
    assert steps_of(out)[-2:] == [("Usuario y contraseña", "bien"), ("Base de datos", "FALLA")]
    assert "Error SIGA-023" in err


def test_missing_rights_are_counted_and_named(
    place: Installed, postgres: PostgresServer, logins: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """The cure is the administrator's script."""
    place.configure(postgres, logins, STRANGER)
    code, out, err = probe(place, capfd)
    assert code == 74
    assert ("Permisos de lectura", "FALLA") in steps_of(out)
    assert re.search(
        r"Error SIGA-024: El usuario «forastero_de_prueba» no puede leer (\d+) de \1 tablas \(", err
    )
    assert "siga base permisos" in err


def test_a_login_that_could_write_is_warned_of(
    place: Installed, postgres: PostgresServer, logins: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """The program never writes; somebody with that password could."""
    place.configure(postgres, logins, "postgres")
    code, out, _ = probe(place, capfd, postgres.password)
    assert code == 0
    assert ("Solo lectura", "aviso") in steps_of(out)
    assert "este usuario puede modificar el SIGA" in out
    assert "con 1 aviso" in out


def test_a_base_of_something_else_is_told(
    place: Installed, postgres: PostgresServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """It answers, and has none of SIGA's tables."""
    place.configure(postgres, "postgres", READER)
    code, out, err = probe(place, capfd)
    assert code == 65
    assert ("Permisos de lectura", "aviso") in steps_of(out)
    assert steps_of(out)[-1] == ("Es del SIGA", "FALLA")
    assert "SIGA-006" in err


def test_a_bad_settings_file_is_the_first_step(place: Installed, capfd: pytest.CaptureFixture[str]) -> None:
    """The operator's own affair."""
    (place.siga / "siga.toml").write_text(f"[base]\nclave = '{SECRET}'\n", encoding="utf-8")
    code = place.run("base", "probar")
    out, err = capfd.readouterr()
    assert code == 74
    assert steps_of(out) == [("Configuración", "FALLA")]
    assert "Lo puede resolver: usted." in out
    assert "SIGA-035" in err
    assert SECRET not in out + err


def test_json_says_the_same(
    place: Installed, postgres: PostgresServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """One object, alone on standard output; the exit code is that of the failure."""
    os.environ[VARIABLE] = SECRET
    assert place.run("base", "probar", "--formato", "json") == 0
    good = json.loads(capfd.readouterr().out)
    assert (good["v"], good["resultado"], len(good["pasos"])) == (1, "bien", 14)
    path = place.siga / "siga.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(str(postgres.port), str(closed_port())), encoding="utf-8"
    )
    assert place.run("base", "probar", "--formato", "json") == 74
    out, err = capfd.readouterr()
    bad = json.loads(out)
    assert err == ""
    assert bad["resultado"] == "falla"
    assert bad["pasos"][-1]["codigo"] == "puerto"
    assert bad["pasos"][-1]["error"]["codigo"] == "SIGA-021"
    assert bad["pasos"][-1]["error"]["quien"] == "el administrador de la base de datos"


def test_a_sqlite_file_is_probed_as_well(
    tmp_path: Path, base_chica: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its steps are fewer; the unit is chosen, or asked for."""
    place = Installed(tmp_path)
    assert place.run("base", "probar", "--base", str(base_chica), "--ue", "1288") == 0
    assert [title for title, _ in steps_of(capfd.readouterr().out)] == [
        "Configuración", "Base de datos", "Permisos de lectura", "Es del SIGA", "Aislamiento", "Una lectura",
    ]  # fmt: skip
    assert place.run("base", "probar", "--base", str(base_chica)) == 65
    assert "SIGA-008" in capfd.readouterr().err
    assert place.run("base", "probar", "--base", str(tmp_path / "no.db")) == 74
    assert "SIGA-001" in capfd.readouterr().err


def test_a_table_that_needs_the_exact_way_is_read_as_well(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """SQLite holds what its column does not say; and a base without WAL blocks who writes."""
    base = small_base(
        tmp_path / "base.db",
        "ALTER TABLE ejecutora ADD COLUMN monto numeric(18,2)",
        "INSERT INTO ejecutora VALUES (9, 'x', 12345678901234.25)",
        "INSERT INTO ejecutora VALUES (8, 'x', 0.25)",
        wal=False,
    )
    assert Installed(tmp_path).run("base", "probar", "--base", str(base), "--ue", "1288") == 0
    out = capfd.readouterr().out
    assert "4 filas de ejecutora, 3 columnas" in out
    assert ("Aislamiento", "aviso") in steps_of(out)
    assert "quienes graban en la base esperan" in out


def test_a_kept_password_is_used_by_probe_and_export(place: Installed) -> None:
    """From standard input into the key store, tried before; then nothing asks for it again."""
    kept = place.child("base", "clave", "--desde-entrada", stdin=f"{SECRET}\n")
    assert kept.returncode == 0, kept
    assert "El servidor acepta la contraseña." in kept.stdout
    probed = place.child("base", "probar")
    assert probed.returncode == 0, probed
    assert "del almacén de claves de este equipo" in probed.stdout
    (place.siga / "clave-fija.txt").write_text("clave fija de prueba\n", encoding="utf-8")
    (place.siga / "clave-fija.txt").chmod(0o600)
    (place.root / "sers_siga" / "SourceOut").mkdir(parents=True)
    exported = place.child("exportar", "--tipo", "diaria", "--anio", "2021")
    assert exported.returncode == 0, exported
    assert len(list((place.root / "sers_siga" / "SourceOut").glob("*.rar"))) == 1
    assert SECRET not in "".join(done.stdout + done.stderr for done in (kept, probed, exported))
    assert SECRET.encode() not in place.written()


def test_a_refused_password_is_not_kept(place: Installed) -> None:
    """Nothing unattended will lock the account by trying it night after night."""
    done = place.child("base", "clave", "--desde-entrada", stdin="otra-equivocada\n")
    assert done.returncode == 74
    assert "SIGA-022" in done.stderr
    assert "otra-equivocada" not in done.stdout + done.stderr
    assert place.child("base", "probar").returncode == 74


def test_a_server_that_is_off_does_not_hinder_keeping(place: Installed, postgres: PostgresServer) -> None:
    """It says that it could not be tried."""
    path = place.siga / "siga.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(str(postgres.port), str(closed_port())), encoding="utf-8"
    )
    done = place.child("base", "clave", "--desde-entrada", stdin=f"{SECRET}\r\n")
    assert done.returncode == 0, done
    assert "No se pudo probar la contraseña (SIGA-021)" in done.stdout


def test_a_password_is_forgotten(place: Installed) -> None:
    """And then lacks."""
    place.child("base", "clave", "--desde-entrada", stdin=f"{SECRET}\n")
    assert "Se borró" in place.child("base", "clave", "--borrar").stdout
    assert "No había" in place.child("base", "clave", "--borrar").stdout
    probed = place.child("base", "probar")
    assert "SIGA-028" in probed.stderr


@pytest.mark.parametrize(
    ("given", "why"),
    [("", "vacía"), ("\n", "vacía"), ("x" * 501 + "\n", "más de 500"), ("a\tb\n", "teclado")],
)
def test_what_is_no_password_is_refused(place: Installed, given: str, why: str) -> None:
    """Told without showing it."""
    done = place.child("base", "clave", "--desde-entrada", stdin=given)
    assert done.returncode == 74
    assert "SIGA-038" in done.stderr
    assert why in done.stderr


def test_without_a_terminal_nothing_is_asked(place: Installed) -> None:
    """A scheduled run never waits for somebody to type."""
    done = place.child("base", "clave", stdin=f"{SECRET}\n{SECRET}\n")
    assert "No hay una ventana" in done.stderr
    assert "SIGA-028" in place.child("base", "probar", stdin=f"{SECRET}\n").stderr


def test_a_file_needs_no_password(tmp_path: Path) -> None:
    """Said, not asked."""
    place = Installed(tmp_path)
    place.siga.mkdir()
    (place.siga / "siga.toml").write_text("base = 'x.db'\n", encoding="utf-8")
    assert "SIGA-038" in place.child("base", "clave", "--desde-entrada", stdin="x\n").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize("second", [SECRET, "otra"], ids=["same", "other"])
def test_a_typed_password_is_asked_twice_and_not_echoed(place: Installed, second: str) -> None:
    """Hidden on the terminal; two different ones keep nothing."""
    import pty

    terminal, own = pty.openpty()
    with place.started("base", "clave", stdin=own, stdout=own, stderr=own, start_new_session=True) as child:
        os.close(own)
        shown = read_until(terminal, "Contraseña de lector_de_prueba en ")
        os.write(terminal, f"{SECRET}\n".encode())
        shown += read_until(terminal, "otra vez")
        os.write(terminal, f"{second}\n".encode())
        shown += read_until(terminal, None)
    os.close(terminal)
    assert SECRET not in shown
    assert child.returncode == (0 if second == SECRET else 74)
    assert ("quedó guardada" in shown) is (second == SECRET)


def read_until(terminal: int, wanted: str | None) -> str:
    """Read what the terminal shows until ``wanted`` stands in it, or its end."""
    shown = ""
    while wanted is None or wanted not in shown:
        try:
            data = os.read(terminal, 4096)
        except OSError:  # Linux says EIO when the other side is closed
            break
        if not data:
            break
        shown += data.decode("utf-8", "replace")
    return shown


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_no_process_carries_the_password_in_its_arguments_or_environment(place: Installed) -> None:
    """Neither the command nor any child of it, watched while it runs."""
    seen: list[str] = []
    with place.started(
        "base", "clave", "--desde-entrada", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin is not None
        child.stdin.write(f"{SECRET}\n".encode())
        child.stdin.close()
        watched = psutil.Process(child.pid)
        while child.poll() is None:
            for process in [watched, *children_of(watched)]:
                seen += details_of(process)
    assert child.returncode == 0
    assert any("base clave --desde-entrada" in each for each in seen)
    assert [each for each in seen if SECRET in each] == []


def children_of(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def details_of(process: psutil.Process) -> list[str]:
    try:
        return [" ".join(process.cmdline()), str(process.environ())]
    except (psutil.Error, OSError):
        return []


def test_permissions_are_printed_for_what_is_configured(
    place: Installed, logins: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """PostgreSQL's, for its user and base; SQL Server's when asked."""
    assert place.run("base", "permisos") == 0
    out = capfd.readouterr().out
    assert f'GRANT CONNECT ON DATABASE "{logins}" TO "{READER}";' in out
    assert (
        place.run("base", "permisos", "--motor", "sqlserver", "--usuario", "MINSA\\svc", "--esquema", "siga")
        == 0
    )
    out = capfd.readouterr().out
    assert f"USE [{logins}];" in out
    assert "GRANT SELECT ON [siga].[ejecutora] TO [MINSA\\svc];" in out


def test_permissions_need_the_name_of_a_database(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Without settings it is asked for; a name with a line break is none."""
    place = Installed(tmp_path)
    assert place.run("base", "permisos") == 2
    assert "--nombre" in capfd.readouterr().err
    assert place.run("base", "permisos", "--nombre", "SIGA_1288") == 0
    assert "CREATE LOGIN [siga_lectura]" in capfd.readouterr().out
    assert place.run("base", "permisos", "--nombre", "a\nGO\n") == 2
