"""The service beside a real centre: it sends without being asked, answers the command line, and stops cleanly."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sigasers.centro.folders import Folders
from sigasers.centro.prepare import read_trust
from sigasers.keys.receipts import verify_perfil
from sigasers.keys.trust import open_root
from tests.centro.running_centre import RunningCentre
from tests.sers.registered_agent import RealAgent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops by POSIX signals")


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    running = RunningCentre(tmp_path_factory.mktemp("centro"))
    running.start()
    yield running
    running.end()


@pytest.fixture
def agent(centre: RunningCentre, tmp_path: Path) -> RealAgent:
    made = RealAgent(place=tmp_path, centre=centre)
    made.ask_identity()
    assert made.register().returncode == 0
    made.set(estabilidad_s="0", intervalo_s="600", espera_constancia_s="30")
    return made


@pytest.fixture
def service(agent: RealAgent) -> Iterator["subprocess.Popen[str]"]:
    process = agent.start("servicio", "ejecutar")
    assert process.stdout is not None
    assert "Servicio SERS en marcha" in process.stdout.readline()
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def schedule_in(agent: RealAgent) -> object:
    """Give the schedule in the verified profile that ``siga`` reads."""
    found = json.loads((agent.root / "perfil-publico.json").read_text(encoding="utf-8"))
    known = read_trust(Folders(root=agent.centre.root))
    assert known is not None
    trust = open_root(found["local"]["documento_raiz"], huella=known.huella)
    return verify_perfil(found["firmado"], trust).cronograma


def test_a_schedule_set_at_the_centre_reaches_an_idle_unit(agent: RealAgent, tmp_path: Path) -> None:
    """With nothing to send: the service asks at its start, and the file that siga reads carries it, verified."""
    assert schedule_in(agent) is None
    vectors = json.loads((Path(__file__).parents[1] / "vectors/cronograma/vectors.json").read_text("utf-8"))
    document = vectors["turnos"][0]["documento"]
    path = tmp_path / "cronograma.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    told = agent.centre.command("cronograma", "fijar", "1288", str(path))
    assert told.returncode == 0, told
    process = agent.start("servicio", "ejecutar")
    try:
        assert process.stdout is not None
        assert "Servicio SERS en marcha" in process.stdout.readline()
        done = agent.run("enviar")  # answered after a pass of the service
        assert done.returncode == 0, done.stderr
    finally:
        process.terminate()
        process.communicate(timeout=30)
        assert agent.centre.command("cronograma", "quitar", "1288").returncode == 0
    assert schedule_in(agent) == document


def state_of(agent: RealAgent) -> dict[str, object]:
    done = agent.run("estado", "--json")
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_send_asks_the_service(agent: RealAgent, service: "subprocess.Popen[str]") -> None:
    """Never two engines: the command line asks, the service sends, and the acuse is told."""
    agent.drop("MEF", "uno")
    done = agent.run("enviar")
    assert done.returncode == 0, done.stderr
    assert "se le pide" in done.stdout
    assert "enviado, con acuse" in done.stdout
    state = state_of(agent)
    assert state["servicio_activo"] is True
    assert state["sobres"] == {"archivado": 1}


def test_a_second_service_is_refused(agent: RealAgent, service: "subprocess.Popen[str]") -> None:
    """One engine a profile."""
    second = agent.run("servicio", "ejecutar")
    assert second.returncode == 74
    assert "SS-030" in second.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly(agent: RealAgent, service: "subprocess.Popen[str]", number: signal.Signals) -> None:
    """SIGTERM and Ctrl-C: exit code 0, said in the log, the lock is free."""
    service.send_signal(number)
    out, err = service.communicate(timeout=30)
    assert service.returncode == 0, err
    assert "Servicio SERS detenido" in out
    assert "servicio detenido" in (agent.root / "logs" / "traceclient.log").read_text(encoding="utf-8")
    assert state_of(agent)["servicio_activo"] is False


def test_bad_input_is_told_in_the_end(agent: RealAgent) -> None:
    """A cut RAR: kept aside, said why, exit code 1; the good one beside it is sent."""
    agent.drop("bueno", "uno")
    (agent.source_out / "malo.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
    done = agent.run("enviar")
    assert done.returncode == 1
    assert "Apartado" in done.stdout
    assert "SERS-040" in done.stdout
    assert "enviado, con acuse" in done.stdout


def test_a_folder_that_is_missing_or_not_ours_to_write(agent: RealAgent) -> None:
    """SourceOut is made again; a file in its place is told."""
    agent.source_out.rmdir()
    assert agent.run("enviar").returncode == 0
    agent.source_out.rmdir()
    agent.source_out.write_bytes(b"")
    done = agent.run("enviar")
    assert done.returncode == 74
    assert str(agent.source_out) in done.stderr.replace("\n", "")
