"""The service beside a real centre: it sends without being asked, answers the command line, and stops cleanly."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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
