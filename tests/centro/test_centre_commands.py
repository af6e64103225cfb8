"""The orders of `centro` as its staff gives them, and what it says when something is in the way."""

import json
import os
import signal
import socket
import sqlite3
import stat
import sys
from pathlib import Path

import psutil
import pytest

from tests.centro.running_centre import CentreDiedError, MadeUnit, RunningCentre


def test_orders_before_the_first_start_say_what_to_do(own_centre: RunningCentre) -> None:
    """Nothing is made by asking; the sentence names the order that makes a centre."""
    for order in (("estado",), ("unidad", "listar"), ("envios", "listar"), ("bitacora", "verificar")):
        told = own_centre.command(*order)
        assert told.returncode == 74, told
        assert "CEN-070" in told.stderr
        assert "centro iniciar" in told.stderr
    assert not own_centre.root.exists()


def test_units_are_added_listed_and_renamed(centre: RunningCentre) -> None:
    """A unit can be added beside the running centre; adding it again renames it."""
    for name in ("HOSPITAL DE LA UNIÓN", "HOSPITAL DE LA UNIÓN II"):
        assert centre.command("unidad", "agregar", "001777", "--nombre", name).returncode == 0
    told = centre.command("unidad", "listar").stdout
    assert "1777" in told
    assert "II" in told
    assert "sin registrar" in told


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("unidad", "codigo", "999999", "--identidad", "{folder}/x.json"), 65, "CEN-016"),
        (("unidad", "revocar", "999999"), 65, "CEN-016"),
        (("unidad", "agregar", "abc", "--nombre", "X"), 65, "SS-020"),
        (("unidad", "codigo", "1288", "--identidad", "{folder}/nada/x.json"), 74, "ENV-"),
        (("unidad", "codigo", "1288", "--identidad", "{taken}"), 74, "ENV-"),
    ],
)
def test_wrong_orders_are_told_with_their_code(
    centre: RunningCentre,
    registered: MadeUnit,
    tmp_path: Path,
    arguments: tuple[str, ...],
    status: int,
    code: str,
) -> None:
    """Each has a sentence, a code and its exit code; no code is issued and no file replaced."""
    taken = tmp_path / "ya.json"
    taken.write_text("x", encoding="utf-8")
    told = centre.command(*(item.format(folder=tmp_path, taken=taken) for item in arguments))
    assert told.returncode == status, told
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
    assert code.startswith("ENV-") or code in told.stderr
    assert taken.read_text(encoding="utf-8") == "x"
    assert not (tmp_path / "x.json").exists()


def test_second_engine_of_one_folder_is_refused(centre: RunningCentre) -> None:
    """One engine a folder: the second says so and the first goes on."""
    second = RunningCentre(centre.folder)
    with pytest.raises(CentreDiedError, match="exit 74"):
        second.start()
    assert centre.is_alive


def test_port_in_use_is_told(own_centre: RunningCentre) -> None:
    """A taken port is named, and nothing is prepared with it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = own_centre.command("iniciar", "--puerto-inscripcion", "0", "--puerto-transmision", port)
    assert told.returncode == 74
    assert "CEN-072" in told.stderr
    assert port in told.stderr


def test_ports_are_kept_for_the_units(own_centre: RunningCentre) -> None:
    """Without another word a later start listens where the units were told that it does."""
    own_centre.start()
    first = own_centre.address("transmision")
    assert own_centre.stop() == 0
    told = own_centre.unit_trust_addresses()
    assert told == (first,)
    own_centre.start(free_ports=False)
    assert own_centre.address("transmision") == first


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stop_is_clean(own_unit: MadeUnit, number: signal.Signals) -> None:
    """A service manager's or an operator's stop ends engine and keys process, exit code 0, nothing left behind."""
    process = own_unit.centre.process
    assert process is not None
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    process.send_signal(number)
    assert own_unit.centre.wait() == 0
    assert all(not child.is_running() for child in children)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_end_of_the_keys_process_ends_the_engine(own_unit: MadeUnit) -> None:
    """A centre that cannot sign takes nothing in; the sentence says where to look."""
    process = own_unit.centre.process
    assert process is not None
    (keys,) = (
        child
        for child in psutil.Process(process.pid).children()
        if "sigasers.centro.llaves.process" in child.cmdline()
    )
    keys.kill()
    assert own_unit.centre.wait() == 74
    assert "CEN-060" in "".join(own_unit.centre.output)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are POSIX's")
def test_keys_are_closed_to_other_accounts(own_centre: RunningCentre) -> None:
    """Every private key is in a folder that others cannot enter, the root's in one of its own."""
    own_centre.start()
    keys = [path for path in own_centre.root.rglob("*.pem") if b"PRIVATE" in path.read_bytes()]
    assert {path.parent.name for path in keys} == {"claves", "tls", "centro-raiz"}
    for path in keys:
        assert stat.S_IMODE(path.parent.stat().st_mode) & 0o027 == 0, path.parent
        assert stat.S_IMODE(path.stat().st_mode) & 0o007 == 0, path
    assert stat.S_IMODE(own_centre.root.stat().st_mode) & 0o007 == 0


def test_root_key_goes_where_it_is_told_and_is_not_needed_again(
    own_centre: RunningCentre, tmp_path: Path
) -> None:
    """The root key can be taken offline: a later start does not read it."""
    offline = tmp_path / "medio"
    own_centre.start("--raiz", str(offline))
    assert own_centre.stop() == 0
    (key,) = offline.iterdir()
    key.unlink()
    own_centre.start()
    assert own_centre.unit().session().status == 200


def test_missing_key_stops_the_start_and_nothing_is_made_anew(own_centre: RunningCentre) -> None:
    """A lost key is told by name; a new one would cost every unit its trust."""
    own_centre.start()
    assert own_centre.stop() == 0
    lost = own_centre.root / "claves" / "acuse.pem"
    lost.unlink()
    told = own_centre.command("iniciar", "--puerto-inscripcion", "0", "--puerto-transmision", "0")
    assert (told.returncode, "CEN-071" in told.stderr) == (74, True), told
    assert not lost.exists()


def test_log_that_was_changed_is_noticed(own_unit: MadeUnit) -> None:
    """One byte of one entry: the check names the log, and the centre does not sign on it."""
    for _ in range(3):
        files = {"a.txt": os.urandom(20)}
        own_unit.deliver(own_unit.signed(files), files)
    centre = own_unit.centre
    assert centre.command("bitacora", "verificar").returncode == 0
    assert centre.stop() == 0
    connection = sqlite3.connect(centre.root / "centro.db")
    with connection:
        connection.execute(
            "UPDATE asientos SET asiento = CAST(replace(asiento, '\"n\":2', '\"n\":7') AS BLOB) WHERE indice = 1"
        )
    connection.close()
    told = centre.command("bitacora", "verificar")
    assert (told.returncode, "CEN-063" in told.stderr) == (74, True), told


def test_database_restored_from_an_old_backup_signs_nothing(own_unit: MadeUnit) -> None:
    """The keys process remembers what it signed: a log that went back is refused with its own code."""
    centre = own_unit.centre
    files = {"a.txt": os.urandom(20)}
    own_unit.deliver(own_unit.signed(files), files)
    assert centre.stop() == 0
    database = centre.root / "centro.db"
    old = database.read_bytes()
    centre.start()
    files = {"a.txt": os.urandom(20)}
    own_unit.deliver(own_unit.signed(files), files)
    assert centre.stop() == 0
    for name in ("centro.db-wal", "centro.db-shm"):
        (centre.root / name).unlink(missing_ok=True)
    database.write_bytes(old)
    with pytest.raises(CentreDiedError, match="CEN-062"):
        centre.start()
    with pytest.raises(CentreDiedError, match="CEN-062"):
        centre.start()


def test_database_of_a_newer_program_is_left_alone(own_centre: RunningCentre) -> None:
    """An older program says so and changes nothing."""
    own_centre.start()
    assert own_centre.stop() == 0
    database = own_centre.root / "centro.db"
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = database.read_bytes()
    for order in (("estado",), ("iniciar", "--puerto-inscripcion", "0", "--puerto-transmision", "0")):
        told = own_centre.command(*order)
        assert (told.returncode, "CEN-073" in told.stderr) == (74, True), told
    assert database.read_bytes() == before


def test_state_tells_figures_and_whether_it_runs(own_unit: MadeUnit) -> None:
    """One screen: running or not, units, acuses, what waits."""
    files = {"a.txt": os.urandom(20)}
    own_unit.deliver(own_unit.signed(files), files)
    own_unit.offer(own_unit.signed({"b.txt": os.urandom(9)}))
    centre = own_unit.centre
    told = centre.command("estado").stdout
    assert "en funcionamiento" in told
    assert "acuses en la bitácora: 1" in told
    assert "les faltan archivos: 1" in told
    centre.stop()
    assert "detenido" in centre.command("estado").stdout


def test_sent_are_listed_for_people_and_for_programs(own_unit: MadeUnit) -> None:
    """Newest first, with numbers of acuse and constancia; the same as JSON."""
    for name in ("uno.txt", "dos.txt"):
        files = {name: os.urandom(5)}
        own_unit.deliver(own_unit.signed(files), files)
    rows = json.loads(own_unit.centre.command("envios", "listar", "--json").stdout)
    assert [row["n"] for row in rows] == [2, 1]
    assert [row["acuse"] for row in rows] == ["A-1-000001", "A-1-000000"]
    told = own_unit.centre.command("envios", "listar").stdout
    assert "A-1-000001" in told
    assert "dos.txt" in told
    assert "No hay sobres" in own_unit.centre.command("envios", "listar", "--unidad", "9").stdout


def test_log_lines_are_json_without_secrets(own_unit: MadeUnit) -> None:
    """The technical log is JSON lines, and neither the code nor a key stands in it."""
    own_unit.session()
    log = (own_unit.centre.root / "logs" / "centro.log").read_text(encoding="utf-8")
    assert [json.loads(line)["nivel"] for line in log.splitlines()]
    assert own_unit.code not in log
    assert "PRIVATE" not in log
