"""The ladder on an emulated SQL Server through Microsoft's driver: each of its steps, and how they fail."""

from pathlib import Path

import pytest

from scripts.postgres import PostgresServer
from sigasers.siga.passwords import VARIABLE
from sigasers.siga.sources import odbc_drivers
from tests.base.place import Installed
from tests.base.test_base_commands import steps_of
from tests.sources.odbc import drivers
from tests.sources.tds_emulator.server import EmulatedServer
from tests.sources.tds_emulator.session import DATABASE, Settings

Shown = pytest.CaptureFixture[str]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """An installation on a machine with the tests' drivers."""
    drivers.write_list(tmp_path)
    monkeypatch.setenv("ODBCSYSINI", str(tmp_path))
    monkeypatch.setenv("ODBCINSTINI", "odbcinst.ini")
    if drivers.MICROSOFT not in odbc_drivers.installed():
        pytest.skip("no ODBC driver manager, or not Microsoft's driver")
    return Installed(tmp_path)


def probe(place: Installed, server: EmulatedServer, capfd: Shown, *more: str, base: str = DATABASE,
          password: str = drivers.PASSWORD) -> tuple[int, str, str]:  # fmt: skip
    """Run the probe; nothing that it says may hold the password."""
    place.siga.mkdir(exist_ok=True)
    lines = ["unidad = 1288", "[base]", "motor = 'sqlserver'", "servidor = '127.0.0.1'", f"puerto = {server.port}",
             f"nombre = '{base}'", f"usuario = '{drivers.USER}'", *more]  # fmt: skip
    (place.siga / "siga.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, password)
        code = place.run("base", "probar")
    out, err = capfd.readouterr()
    assert password not in out + err
    return code, out, err


def test_every_step_holds(place: Installed, base_chica: Path, capfd: Shown) -> None:
    """One snapshot, a login that only reads, clocks that agree."""
    with EmulatedServer(base_chica, Settings(snapshot=True)) as server:
        code, out, err = probe(place, server, capfd)
    assert (code, err) == (0, "")
    assert [title for title, result in steps_of(out) if result != "bien"] == []
    assert [title for title, _ in steps_of(out)][4:9] == [
        "Contraseña", "Controlador ODBC", "Conexión cifrada", "Usuario y contraseña", "Base de datos",
    ]  # fmt: skip
    for told in (
        "SQL Server 16.0",
        "instantanea",
        "no puede modificar ninguna",
        "coincide con la de este equipo",
    ):
        assert told in out


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(), "lectura_confirmada"),
        (Settings(read_committed_snapshot=True), "por_tabla"),
        (Settings(snapshot=True, writer=True), "este usuario puede modificar el SIGA: 136 tablas"),
    ],
    ids=["committed", "by table", "writer"],
)
def test_what_is_not_best_is_warned_of(
    place: Installed, base_chica: Path, capfd: Shown, settings: Settings, told: str
) -> None:
    """It can be exported all the same."""
    with EmulatedServer(base_chica, settings) as server:
        code, out, _ = probe(place, server, capfd)
    assert code == 0
    assert told in out
    assert "con 1 aviso." in out


def test_failures_stand_at_their_step(place: Installed, base_chica: Path, capfd: Shown) -> None:
    """Password, database, driver, certificate."""
    with EmulatedServer(base_chica) as server:
        found = []
        for more, changes in (
            ((), {"password": "equivocada"}),
            ((), {"base": "NO_EXISTE"}),
            (("controlador = 'No Instalado'",), {}),
            (("cifrado = true",), {}),
        ):
            code, out, err = probe(place, server, capfd, *more, **changes)
            found.append((code, steps_of(out)[-1], err.split(":")[0]))
    assert found == [
        (74, ("Usuario y contraseña", "FALLA"), "Error SIGA-022"),
        (74, ("Base de datos", "FALLA"), "Error SIGA-023"),
        (74, ("Controlador ODBC", "FALLA"), "Error SIGA-025"),
        (74, ("Conexión cifrada", "FALLA"), "Error SIGA-026"),
    ]


def test_denied_tables_are_counted(place: Installed, base_chica: Path, capfd: Shown) -> None:
    """By name; the rest of the ladder is still tried."""
    settings = Settings(snapshot=True)
    settings.trouble.denied |= {"meta", "SIG_PEDIDOS"}
    with EmulatedServer(base_chica, settings) as server:
        code, out, err = probe(place, server, capfd)
    assert code == 74
    assert "2 de 136 tablas (SIG_PEDIDOS, meta)" in err
    assert steps_of(out)[-1] == ("Hora del servidor", "bien")


def test_a_real_engine_behind_odbc_is_probed_as_well(
    place: Installed, postgres: PostgresServer, postgres_siga: str, capfd: Shown
) -> None:
    """PostgreSQL through psqlodbc: as its superuser, who could change all of it."""
    if drivers.PSQLODBC not in odbc_drivers.installed():
        pytest.skip("psqlodbc is not installed")
    place.siga.mkdir(exist_ok=True)
    lines = ["unidad = 1288", "[base]", "motor = 'odbc'", f"controlador = '{drivers.PSQLODBC}'",
             f"servidor = '{postgres.host}'", f"puerto = {postgres.port}", f"nombre = '{postgres_siga}'",
             "usuario = 'postgres'"]  # fmt: skip
    (place.siga / "siga.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, postgres.password)
        code = place.run("base", "probar")
    out, err = capfd.readouterr()
    assert (code, err) == (0, "")
    assert "este usuario puede modificar el SIGA: 136 tablas" in out
    assert "coincide con la de este equipo" in out
    assert postgres.password not in out
