"""Agent and centre joined by loopback, either killed at random, again and again: nothing lost, nothing twice."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.centro.running_centre import CentreDiedError, RunningCentre
from tests.faults.steps import all_steps
from tests.sers.registered_agent import RealAgent

ROUNDS = 6
SEED = 20211021
LONGEST_S = 1.5  # a whole sending takes about 1 s
AGENT_STEPS = [
    step for step in all_steps() if step.startswith(("sers.take", "sers.sobre", "sers.acuse", "sers.arch"))
]
CENTRE_STEPS = [step for step in all_steps() if step.startswith("centro.")]
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[RunningCentre]:
    running = RunningCentre(tmp_path / "centro")
    running.folder.mkdir()
    running.start()
    yield running
    running.end()


@pytest.fixture
def agent(centre: RunningCentre, tmp_path: Path) -> RealAgent:
    made = RealAgent(place=tmp_path / "agente", centre=centre)
    made.ask_identity()
    assert made.register().returncode == 0
    made.set(estabilidad_s="0", espera_constancia_s="0", espera_acuse_s="5")
    return made


def start_again(centre: RunningCentre, fault: str = "") -> bool:
    """Start the centre where the units know it; tell whether it lives."""
    ports = [urlsplit(centre.address(name)).port for name in ("inscripcion", "transmision")]
    try:
        centre.start(
            "--puerto-inscripcion", str(ports[0]), "--puerto-transmision", str(ports[1]), fault=fault
        )
    except CentreDiedError:
        return False
    return True


def send_until(agent: RealAgent, seconds: float, fault: str = "") -> None:
    """Run ``sers enviar``; kill it after ``seconds`` if it still runs."""
    process = agent.start("enviar", fault=fault)
    try:
        _out, err = process.communicate(timeout=seconds)
        assert "Traceback" not in err
        assert "SS-001" not in err, err
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def check_all_sent_once(agent: RealAgent, stems: list[str]) -> None:
    for stem in stems:
        (row,) = agent.sent(f"{stem}.rar")
        assert row.acuse is not None
        assert "bifurcacion" not in row.marcas
        (acuse,) = (agent.root / "Repository").rglob(f"{stem}.acuse.jws")
        assert (acuse.parent / f"{stem}.rar").is_file()
        assert (acuse.parent / f"{stem}.html").is_file()
        checked = agent.run("acuse", "verificar", str(acuse), "--archivos", str(acuse.parent))
        assert checked.returncode == 0, checked.stderr
    numbers = sorted(row.n for stem in stems for row in agent.sent(f"{stem}.rar"))
    assert numbers == list(range(1, len(stems) + 1))
    assert list((agent.root / "AttachOut").iterdir()) == []
    assert list(agent.source_out.iterdir()) == []
    assert not (agent.root / "Apartados").exists()


def test_the_agent_is_killed_at_random(agent: RealAgent) -> None:
    """kill -9 at any moment of a sending, again and again."""
    chance = random.Random(SEED)
    stems = [f"MEF-{number}" for number in range(ROUNDS)]
    for stem in stems:
        agent.drop(stem, stem)
        send_until(agent, chance.uniform(0.3, LONGEST_S))
    done = agent.run("enviar")
    assert done.returncode == 0, done.stderr
    check_all_sent_once(agent, stems)


def test_either_end_is_killed_at_random_steps(agent: RealAgent, centre: RunningCentre) -> None:
    """Agent or centre die at a step drawn at random; both are started again and go on."""
    chance = random.Random(SEED)
    stems = [f"MEF-{number}" for number in range(ROUNDS)]
    died = 0
    for stem in stems:
        agent.drop(stem, stem)
        side, nth = chance.choice(["before", "after"]), chance.choice([1, 1, 2])
        if chance.random() < 0.5:
            send_until(agent, 60, f"{chance.choice(AGENT_STEPS)}:{side}=kill#{nth}")
        else:
            centre.kill()
            if start_again(centre, f"{chance.choice(CENTRE_STEPS)}:{side}=kill#{nth}"):
                send_until(agent, 60)
        if not centre.is_alive:
            died += 1
            centre.end()
            assert start_again(centre)
    centre.end()
    assert start_again(centre)
    done = agent.run("enviar")
    assert done.returncode == 0, done.stderr
    assert died >= 1, "the draw must have killed the centre at least once"
    check_all_sent_once(agent, stems)


def test_centre_not_there_is_told_and_nothing_is_lost(agent: RealAgent) -> None:
    """Sending into the void: a sentence, exit code 74; when the centre is back it goes."""
    agent.centre.kill()
    agent.drop("MEF", "uno")
    done = agent.run("enviar")
    assert done.returncode == 74
    assert "SERS-022" in done.stderr
    assert "enviado, con acuse" not in done.stdout
    assert '"preparado": 1' in agent.run("estado", "--json").stdout
    assert start_again(agent.centre)
    assert agent.run("enviar").returncode == 0
    check_all_sent_once(agent, ["MEF"])
