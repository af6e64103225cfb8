"""The fault table of the agent: each durable step × {failed, failed but persisted, killed before, killed after}.

After any of them the next run goes on: registration ends with the same key and one certificate, every package with
one acuse, nothing is lost and nothing is there twice.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sigasers import failpoint
from sigasers.errors import EnvironmentError_, SigasersError
from sigasers.protocol.outbox import Event, State
from sigasers.sers import aside, database, files, register, rows, take, trust_file
from sigasers.sers.agent import open_agent
from sigasers.sers.engine import recover, run_pass
from tests.centro.running_centre import RunningCentre
from tests.faults.steps import all_steps
from tests.sers.made_profile import CentreKeys, FastClock, MadeProfile, everything, make_profile
from tests.sers.registered_agent import RealAgent

COVERED_STEPS = {
    "keys.sealing_create",
    "sers.acuse.stored",
    "sers.archive.acuse",
    "sers.archive.done",
    "sers.archive.folder",
    "sers.archive.leftover",
    "sers.archive.move",
    "sers.aside.done",
    "sers.aside.folder",
    "sers.aside.leftover",
    "sers.aside.move",
    "sers.aside.plan",
    "sers.aside.reason",
    "sers.constancia.file",
    "sers.constancia.stored",
    "sers.db.schema",
    "sers.folder.attach_in",
    "sers.folder.attach_out",
    "sers.folder.keys",
    "sers.folder.logs",
    "sers.folder.repository",
    "sers.folder.root",
    "sers.folder.source_in",
    "sers.folder.source_out",
    "sers.identity.certificate",
    "sers.identity.key",
    "sers.profile.write",
    "sers.register.pending",
    "sers.rejected",
    "sers.request.answer",
    "sers.request.ask",
    "sers.settings.first",
    "sers.settings.identity",
    "sers.sobre.answered",
    "sers.sobre.signed",
    "sers.take.folder",
    "sers.take.intent",
    "sers.take.leftover",
    "sers.take.move",
    "sers.take.prepared",
    "sers.trust.pin",
    "sers.trust.renew",
}
SENDING = [
    "sers.take.intent",
    "sers.take.folder",
    "sers.take.move",
    "sers.take.prepared",
    "sers.sobre.signed",
    "sers.sobre.answered",
    "sers.acuse.stored",
    "sers.archive.folder",
    "sers.archive.move",
    "sers.archive.acuse",
    "sers.archive.done",
    "sers.constancia.file",
    "sers.constancia.stored",
]
ASIDE = ["sers.aside.plan", "sers.aside.folder", "sers.aside.reason", "sers.aside.move", "sers.aside.done"]
LEFTOVERS = ["sers.take.leftover", "sers.archive.leftover", "sers.aside.leftover"]
REQUESTS = ["sers.request.ask", "sers.request.answer"]
REGISTERING = sorted(
    COVERED_STEPS - {*SENDING, *ASIDE, *LEFTOVERS, *REQUESTS, "sers.rejected", "sers.trust.renew"}
)
SIDES = ("before", "after")
KILLED = -signal.SIGKILL if sys.platform != "win32" else 137
OTHER_VOLUME = Path("/dev/shm")


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    running = RunningCentre(tmp_path_factory.mktemp("centro"))
    running.start()
    yield running
    running.end()


@pytest.fixture(scope="module")
def registered(centre: RunningCentre, tmp_path_factory: pytest.TempPathFactory) -> RealAgent:
    agent = RealAgent(place=tmp_path_factory.mktemp("agente"), centre=centre)
    agent.ask_identity()
    done = agent.register()
    assert done.returncode == 0, done.stderr
    agent.set(estabilidad_s="0", intervalo_s="0.2", espera_constancia_s="0")
    return agent


def test_every_step_of_the_agent_is_in_the_table() -> None:
    """A new durable step without its faults fails here."""
    own = {step for step in all_steps() if step.startswith("sers.")}
    assert own | {"keys.sealing_create"} == COVERED_STEPS


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("step", REGISTERING)
def test_a_killed_registration_goes_on(centre: RunningCentre, tmp_path: Path, step: str, side: str) -> None:
    """Killed anywhere and run again with the same code: registered, with the key that was durable first."""
    agent = RealAgent(place=tmp_path, centre=centre)
    agent.ask_identity()
    assert agent.register(fault=f"{step}:{side}=kill").returncode == KILLED
    before = _contents(agent.root / "llaves")
    _register_here(agent)
    after = _contents(agent.root / "llaves")
    assert before.items() <= after.items()
    assert len(after) == 3
    assert (agent.root / "perfil-publico.json").exists()


@pytest.mark.parametrize("step", REGISTERING)
def test_a_failed_registration_step_is_told_and_repeated(
    centre: RunningCentre, tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk says no, or says no although it did: told as ours, and the next run ends it."""
    agent = RealAgent(place=tmp_path, centre=centre)
    agent.ask_identity()
    _fail(monkeypatch, f"{step}:before=error")
    with pytest.raises(EnvironmentError_):
        _register_here(agent)
    _fail(monkeypatch, f"{step}:after=error")
    with pytest.raises(EnvironmentError_):
        _register_here(agent)
    monkeypatch.delenv(failpoint.VARIABLE)
    _register_here(agent)
    assert len(_contents(agent.root / "llaves")) == 3


def _register_here(agent: RealAgent) -> None:
    """Register within this process."""
    file, trust = register.read_identity(agent.identity)
    register.register(agent.root, file, trust, ask_code=lambda: agent.code, clock=FastClock())


def _contents(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(".part")}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("step", SENDING)
def test_a_killed_sending_goes_on(registered: RealAgent, step: str, side: str) -> None:
    """Killed at any step and started again: one acuse, the files in Repository, nothing left on the way."""
    content = f"{step} {side}"
    registered.set(espera_constancia_s="60" if "constancia" in step else "0")
    registered.drop("MEF", content)
    assert registered.run("enviar", fault=f"{step}:{side}=kill").returncode == KILLED
    done = registered.run("enviar")
    assert done.returncode == 0, done.stderr
    _check_sent_once(registered, content)


def _check_sent_once(agent: RealAgent, content: str) -> None:
    digest = hashlib.sha256(f"<p>{content}</p>".encode()).hexdigest()
    found = [row for row in agent.sent("MEF.html") if digest in {file[2] for file in row.archivos}]
    assert len(found) == 1
    assert found[0].acuse is not None
    assert found[0].hallazgos == ()
    filed = [path for path in (agent.root / "Repository").rglob("MEF.html") if _digest(path) == digest]
    assert len(filed) == 1
    assert len(list(filed[0].parent.glob("MEF.rar"))) == 1
    assert len(list(filed[0].parent.glob("MEF.acuse.jws"))) == 1
    assert list((agent.root / "AttachOut").iterdir()) == []
    assert [path for path in agent.source_out.iterdir() if not path.name.startswith(".")] == []


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("step", [*SENDING, *ASIDE])
def test_a_failed_step_is_told_and_repeated(
    profile: MadeProfile, step: str, side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One step fails, or fails although it persisted: told as ours, and the next pass ends it."""
    profile.drop("bueno")
    profile.put("cortado.rar", b"Rar!")
    with profile.agent() as agent:
        _fail(monkeypatch, f"{step}:{side}=error")
        report = run_pass(agent, files.scan(agent.settings.source_out))
        assert report.errors
        assert all(isinstance(error, SigasersError) for error in report.errors)
        monkeypatch.delenv(failpoint.VARIABLE)
        assert run_pass(agent, files.scan(agent.settings.source_out)).errors == []
        states = [entry.state for entry in rows.in_states(agent.db, set(State))]
    assert states == [State.ARCHIVED]
    assert len(profile.centre.acknowledged) == 1
    assert sorted(path.name for path in everything(profile)) == ["bueno.html", "bueno.rar", "cortado.rar"]
    assert (profile.aside / "cortado.rar.motivo.txt").exists()


def _fail(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    failpoint._passes.clear()
    monkeypatch.setenv(failpoint.VARIABLE, fault)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("step", ASIDE)
def test_killed_while_keeping_aside(registered: RealAgent, step: str, side: str) -> None:
    """A cut file is in Apartados once, with its reason, whenever the agent was killed."""
    shutil.rmtree(registered.root / "Apartados", ignore_errors=True)
    content = f"Rar! {step} {side}".encode()
    (registered.source_out / "cortado.rar").write_bytes(content)
    assert registered.run("enviar", fault=f"{step}:{side}=kill").returncode == KILLED
    assert registered.run("enviar").returncode in {0, 1}
    kept = sorted(path.name for path in (registered.root / "Apartados").iterdir())
    (rar,) = [name for name in kept if name.endswith(".rar")]
    assert kept == [rar, f"{rar}.motivo.txt"]
    assert (registered.root / "Apartados" / rar).read_bytes() == content
    assert not (registered.source_out / "cortado.rar").exists()


@pytest.mark.parametrize("fault", ["before=kill", "after=kill", "before=error", "after=error"])
def test_a_rejection_interrupted_is_finished(
    registered: RealAgent, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file changed in AttachOut: rejected once, kept aside with its reason."""
    name = f"cambiado-{fault.replace('=', '-')}.dat"
    (registered.source_out / name).write_bytes(b"true")
    with open_agent(registered.root, clock=FastClock()) as agent:
        (seen,) = files.scan(registered.source_out)
        entry = take.take(agent, _batch(seen))
        (take.attached(agent, entry) / name).write_bytes(b"fals")
        if "error" in fault:
            _fail(monkeypatch, f"sers.rejected:{fault}")
            run_pass(agent, [])
            monkeypatch.delenv(failpoint.VARIABLE)
    if "kill" in fault:
        assert registered.run("enviar", fault=f"sers.rejected:{fault}").returncode == KILLED
    registered.run("enviar")
    assert (registered.root / "Apartados" / name).read_bytes() == b"fals"
    assert (registered.root / "Apartados" / f"{name}.motivo.txt").exists()
    assert list((registered.root / "AttachOut").iterdir()) == []
    assert registered.sent(name) == []


def _batch(seen: files.SeenFile) -> "take.Batch":
    return take.Batch(files=(seen,))


@pytest.mark.parametrize("side", SIDES)
def test_killed_while_asking_the_service(registered: RealAgent, side: str) -> None:
    """The one who asks dies: the service sends all the same, or the next one who asks is served."""
    service = registered.start("servicio", "ejecutar")
    try:
        assert "Servicio SERS en marcha" in (service.stdout.readline() if service.stdout else "")
        registered.drop("MEF", f"ask {side}")
        assert registered.run("enviar", fault=f"sers.request.ask:{side}=kill").returncode == KILLED
        done = registered.run("enviar")
        assert done.returncode == 0, done.stderr
    finally:
        service.terminate()
        service.communicate(timeout=60)
    assert service.returncode == 0
    _check_sent_once(registered, f"ask {side}")


@pytest.mark.parametrize("side", SIDES)
def test_the_service_dies_while_it_answers(registered: RealAgent, side: str) -> None:
    """The one who asked sees that nobody works, and becomes the engine; or was answered."""
    registered.set(intervalo_s="600")
    service = registered.start("servicio", "ejecutar", fault=f"sers.request.answer:{side}=kill")
    assert "Servicio SERS en marcha" in (service.stdout.readline() if service.stdout else "")
    registered.drop("MEF", f"answer {side}")
    done = registered.run("enviar")
    service.communicate(timeout=60)
    registered.set(intervalo_s="0.2")
    assert service.returncode == KILLED
    assert done.returncode == 0, done.stderr
    _check_sent_once(registered, f"answer {side}")


def _run_engine(*arguments: str, fault: str) -> int:
    command = [sys.executable, str(Path(__file__).with_name("one_engine.py")), *arguments]
    environ = {**os.environ, failpoint.VARIABLE: fault, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, env=environ, check=False, timeout=60, capture_output=True).returncode


@pytest.mark.parametrize("side", SIDES)
def test_killed_while_the_root_document_is_renewed(tmp_path: Path, side: str) -> None:
    """The trust file holds the old document or the new one, whole."""
    profile = make_profile(tmp_path / "sers_siga")
    keys = profile.centre.made
    assert isinstance(keys, CentreKeys)
    keys.n = 2
    token = tmp_path / "raiz.jws"
    token.write_text(keys.root_document, encoding="ascii")
    fault = f"sers.trust.renew:{side}=kill"
    assert _run_engine("renew", str(profile.root), str(token), fault=fault) == KILLED
    assert trust_file.load(profile.folder).document.n == (1 if side == "before" else 2)


@pytest.mark.skipif(not OTHER_VOLUME.is_dir(), reason="no second volume on this machine")
@pytest.mark.parametrize("mode", ["kill", "error"])
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("step", LEFTOVERS)
def test_what_a_crash_leaves_of_a_move_across_volumes_is_cleared(
    tmp_path: Path, step: str, side: str, mode: str
) -> None:
    """The copy is whole and the original still there: the original goes, and only then; the file is there once."""
    other = OTHER_VOLUME / f"sigasers-{os.getpid()}-{side}"
    shutil.rmtree(other, ignore_errors=True)
    other.mkdir()
    try:
        profile = _split_profile(tmp_path, other)
        original, copy = _half_moved(profile, step)
        result = _run_engine("recover", str(profile.root), fault=f"{step}:{side}={mode}")
        assert result == KILLED if mode == "kill" else result != 0
        with profile.agent() as agent:
            recover(agent)
        assert not original.exists()
        assert [path for path in _all_below(tmp_path, other) if path.name == "a.dat"] == [copy]
    finally:
        shutil.rmtree(other, ignore_errors=True)


def _split_profile(tmp_path: Path, other: Path) -> MadeProfile:
    """Make a profile whose SourceOut and Repository lie on another volume than AttachOut."""
    profile = make_profile(tmp_path / "sers_siga")
    text = profile.folder.properties.read_text(encoding="utf-8")
    for name in ("SourceOut", "Repository"):
        text = text.replace(str(profile.root / name), str(other / name))
    profile.folder.properties.write_text(text, encoding="utf-8")
    return profile


def _half_moved(profile: MadeProfile, step: str) -> tuple[Path, Path]:
    """Bring a file to the middle of the move that ``step`` belongs to; give original and copy."""
    with profile.agent() as agent:
        source_out = agent.settings.source_out
        (source_out / "a.dat").write_bytes(b"content")
        (seen,) = files.scan(source_out)
        if "aside" in step:
            with database.durable.transaction(agent.db, step="tests.plan"):
                aside.plan(agent, source_out / "a.dat", take.CutRarError("test"))
            target = agent.settings.apartados / "a.dat"
            original = profile.root / "original.dat"
            agent.db.execute("UPDATE apartados SET origen = ?", (str(original),))
            target.parent.mkdir(exist_ok=True)
            (source_out / "a.dat").rename(target)
            original.write_bytes(b"content")
            return original, target
        if "take" in step:
            with database.durable.transaction(agent.db, step="tests.intent"):
                entry_id = rows.insert(agent.db, _batch(seen), source_out, at=agent.clock.now())
            entry = rows.by_id(agent.db, entry_id)
            folder = take.attached(agent, entry)
            folder.mkdir()
            (folder / "a.dat").write_bytes(b"content")
            return source_out / "a.dat", folder / "a.dat"
        entry = take.take(agent, _batch(seen))
        target = agent.settings.repository / "2026" / "11"
        target.mkdir(parents=True)
        with database.durable.transaction(agent.db, step="tests.received"):
            for event, columns in (
                (Event.SIGNED, {"jws": "x", "digest": "0" * 64}),
                (Event.ACKNOWLEDGED, {"acuse": "x", "acuse_numero": "A-1-000000", "destino": str(target)}),
            ):
                rows.move(agent.db, rows.by_id(agent.db, entry.id), event, **columns)
        (target / "a.dat").write_bytes(b"content")
        return take.attached(agent, entry) / "a.dat", target / "a.dat"


def _all_below(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def test_a_new_file_of_the_same_name_is_no_leftover(profile: MadeProfile) -> None:
    """On one volume a move leaves nothing: an equal file that appears meanwhile is another sending."""
    profile.put("a.dat", b"content")
    with profile.agent() as agent:
        (seen,) = files.scan(profile.source_out)
        with database.durable.transaction(agent.db, step="tests.intent"):
            entry_id = rows.insert(agent.db, _batch(seen), profile.source_out, at=agent.clock.now())
        folder = take.attached(agent, rows.by_id(agent.db, entry_id))
        folder.mkdir()
        (profile.source_out / "a.dat").rename(folder / "a.dat")
        profile.put("a.dat", b"content")
        recover(agent)
        assert (profile.source_out / "a.dat").exists()
        run_pass(agent, files.scan(profile.source_out))
    assert len(profile.centre.acknowledged) == 2
