"""The centre killed, or failed by its disk, at every durable step; then started again. Nothing lost, nothing twice.

A centre is prepared once; each case copies it, sets one fail-point in the real process, sends for a real unit until
the process is gone, starts it without fail-points, sends the same sobres again and looks at what is there.
"""

import http.client
import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest

from sigasers.centro import administration
from sigasers.errors.centro import KeysProcessError, RolledBackError
from sigasers.keys import jws
from sigasers.keys.receipts import verify_acuse, verify_constancia, verify_perfil
from tests.centro.running_centre import CentreDiedError, MadeUnit, Reply, RunningCentre, digest_of, sha256
from tests.faults.steps import all_steps

COVERED_STEPS = {
    "centro.addresses",
    "centro.code",
    "centro.commit",
    "centro.cronograma",
    "centro.folders",
    "centro.identity_file",
    "centro.key_folders",
    "centro.keys_ca_certificate",
    "centro.keys_checkpoint",
    "centro.keys_create",
    "centro.keys_create_ca",
    "centro.keys_empty_log",
    "centro.keys_name",
    "centro.last_piece_sync",
    "centro.logs_folder",
    "centro.part_cut_back",
    "centro.part_remove",
    "centro.part_remove_orphan",
    "centro.part_remove_twin",
    "centro.piece_cut",
    "centro.piece_name",
    "centro.piece_sync",
    "centro.prepared",
    "centro.revoke",
    "centro.root_folder",
    "centro.root_key",
    "centro.schema",
    "centro.stopped",
    "centro.store_empty",
    "centro.store_folder",
    "centro.store_folder_empty",
    "centro.store_move",
    "centro.tls_certificate",
    "centro.tls_key",
    "centro.unit_add",
}
# The database commits everything that the engine decides: each of these passes is another decision.
COMMITS = [f"centro.commit#{n}" for n in range(1, 13)]
FIRST_START = [
    "centro.logs_folder",
    "centro.root_folder",
    "centro.folders",
    "centro.folders#2",
    "centro.key_folders",
    "centro.key_folders#3",
    "centro.root_key",
    "centro.keys_create",
    "centro.keys_create#3",
    "centro.keys_create_ca",
    "centro.keys_ca_certificate",
    "keys.sealing_create",
    "centro.keys_empty_log",
    "centro.keys_name",
    "centro.schema",
    "centro.prepared",
    "centro.tls_key",
    "centro.tls_certificate",
    "centro.addresses",
]
SENDING = [
    *COMMITS,
    "centro.keys_checkpoint",
    "centro.keys_checkpoint#2",
    "centro.piece_sync",
    "centro.piece_sync#2",
    "centro.piece_name",
    "centro.piece_cut",
    "centro.last_piece_sync",
    "centro.store_folder",
    "centro.store_move",
    "centro.store_move#2",
    "centro.store_folder_empty",
    "centro.store_empty",
    "centro.part_remove",
    "centro.part_remove_twin",
]
# A step of the recovery at a start, and the kill that makes it necessary.
RECOVERING = {
    "centro.part_cut_back": "centro.piece_sync:after=kill#2",
    "centro.part_remove_orphan": "centro.part_remove:before=kill",
}
STOPPING = "centro.stopped"
ADMINISTRATION = [
    "centro.unit_add",
    "centro.identity_file",
    "centro.code",
    "centro.revoke",
    "centro.cronograma",
]
PIECE_BYTES = 100_000


def fault(step: str, side: str, kind: str) -> str:
    """Give the fail-point of ``step``, which may name its pass (``step#2``)."""
    name, _, nth = step.partition("#")
    return f"{name}:{side}={kind}" + (f"#{nth}" if nth else "")


class StubbornUnit(MadeUnit):
    """A unit for which a centre that says "later" is as good as gone: it tries again."""

    def ask(self, method: str, path: str, **arguments: object) -> Reply:
        reply = super().ask(method, path, **arguments)  # type: ignore[arg-type]
        if reply.status >= 500:
            raise ConnectionError(reply.body.decode())
        return reply


@dataclass
class Sending:
    """Two sobres and one upload that is given up: what a unit does, again and again until all is acknowledged."""

    unit: StubbornUnit
    acuses: dict[str, str] = field(default_factory=dict)
    files: list[dict[str, bytes]] = field(
        default_factory=lambda: [
            {"a.rar": Random(1).randbytes(3 * PIECE_BYTES), "a.html": b"<p>hola</p>"},
            {"vacio.txt": b"", "b.bin": b"un binario"},
        ]
    )
    tokens: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        folders = [str(digest_of(data))[:2] for files in self.files for data in files.values()]
        assert len(set(folders)) == len(folders), "each file is the first of its folder of the store"
        self.tokens = [self.unit.signed(files) for files in self.files]

    def run(self) -> None:
        """Send everything; raises ``OSError`` or ``HTTPException`` when the centre goes away."""
        self._begin_badly()
        for token, files in zip(self.tokens, self.files, strict=True):
            acuse = self.unit.deliver(token, files, piece_bytes=PIECE_BYTES)
            assert self.acuses.setdefault(token, acuse) == acuse, "an acuse changed"
        for token in self.tokens:
            path = f"/v1/constancias/{jws.document_id(token)}"
            while (reply := self.unit.ask("GET", path)).status == 202:
                pass
            verify_constancia(reply.text, self.unit.trust, acuse=self.acuses[token])
        self.unit.session()

    def _begin_badly(self) -> None:
        """Send a damaged piece, and give an upload up."""
        data = self.files[0]["a.rar"]
        self.unit.offer(self.tokens[0])
        created = self.unit.create(self.tokens[0], data)
        if created.status != 201:
            return
        path = urlsplit(created.headers["location"]).path
        offset = int(self.unit.tus("HEAD", path).headers["upload-offset"])
        if offset == 0:
            self.unit.patch(path, 0, data[:50], **{"Upload-Checksum": f"sha256 {sha256(b'other')}"})
            self.unit.patch(path, 0, data[:70])
            self.unit.tus("DELETE", path)

    def check(self) -> None:
        """Look at what is there: each sobre once, its bytes, one sound log."""
        centre = self.unit.centre
        acuses = [verify_acuse(self.acuses[token], self.unit.trust) for token in self.tokens]
        assert sorted(acuse.indice for acuse in acuses) == [0, 1]
        stored = centre.stored()
        wanted = {str(digest_of(data)): data for files in self.files for data in files.values()}
        assert {name: stored.get(name) for name in wanted} == wanted
        assert list((centre.root / "recepcion").iterdir()) == []
        listed = administration.sent(centre.root, None)
        assert sorted(row.sobre for row in listed) == sorted(str(jws.document_id(t)) for t in self.tokens)
        assert {row.estado for row in listed} == {"acusado"}
        assert len({row.constancia for row in listed}) == len(listed)
        assert administration.verify_log(centre.root) == len(self.tokens)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> MadeUnit:
    """A stopped centre with one registered unit, to be copied."""
    centre = RunningCentre(tmp_path_factory.mktemp("plantilla"))
    centre.start()
    unit = centre.unit()
    assert centre.stop() == 0
    return unit


@pytest.fixture
def sending(template: MadeUnit, tmp_path: Path) -> Iterator[Sending]:
    """What a unit of a copied centre sends; the centre is not started."""
    shutil.copytree(template.centre.folder, tmp_path / "copia")
    centre = RunningCentre(tmp_path / "copia")
    unit = StubbornUnit(
        centre=centre,
        identity=template.identity,
        code=template.code,
        key=template.key,
        certificate=template.certificate,
    )
    yield Sending(unit)
    centre.end()


def _send_until_gone(sending: Sending) -> None:
    """Send until all is acknowledged or the process is gone: what went wrong while it lives is tried again."""
    process = sending.unit.centre.process
    while process is not None and process.poll() is None:
        with suppress(OSError, http.client.HTTPException):
            sending.run()
            return


def _is_gone(centre: RunningCentre, timeout_s: float) -> bool:
    """Wait a while for the process's end."""
    assert centre.process is not None
    try:
        centre.process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        return False
    return True


def _start(centre: RunningCentre, where: str) -> bool:
    """Start with a fail-point; tells whether it got ready."""
    try:
        centre.start(fault=where)
    except CentreDiedError:
        return False
    return True


def test_every_step_of_the_centre_is_killed_here() -> None:
    """A new durable step fails here until a case reaches it."""
    assert {step for step in all_steps() if step.startswith("centro.")} <= COVERED_STEPS
    cases = {
        step.partition("#")[0] for step in [*FIRST_START, *SENDING, *RECOVERING, STOPPING, *ADMINISTRATION]
    }
    assert {step for step in cases if step.startswith("centro.")} == COVERED_STEPS


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("step", FIRST_START)
def test_first_start_that_is_killed_is_gone_on_with(own_centre: RunningCentre, step: str, side: str) -> None:
    """However far the first start came, the next one ends it: one centre, one root, units can register."""
    assert not _start(own_centre, fault(step, side, "kill"))
    own_centre.start()
    unit = own_centre.unit()
    files = {"a.txt": b"hola"}
    acuse = unit.deliver(unit.signed(files), files)
    assert verify_acuse(acuse, unit.trust).indice == 0
    assert own_centre.stop() == 0


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("step", SENDING)
def test_sending_goes_on_after_a_kill(sending: Sending, step: str, side: str) -> None:
    """Every sobre ends acknowledged once, whatever the centre was doing when it was killed."""
    _prepare_for(step, sending)
    centre = sending.unit.centre
    if _start(centre, fault(step, side, "kill")):
        _send_until_gone(sending)
        assert _is_gone(centre, 30), "the fail-point was not reached"
        assert centre.wait() in {-signal.SIGKILL, KeysProcessError("").exit_code}
    centre.start()
    sending.run()
    sending.check()
    assert centre.stop() == 0


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("step", [step for step in SENDING if "#" not in step])
def test_sending_goes_on_after_a_failed_step(sending: Sending, step: str, side: str) -> None:
    """A disk that fails once, its effect lost or not, costs tries and never a byte or a second acuse."""
    _prepare_for(step, sending)
    centre = sending.unit.centre
    _start(centre, fault(step, side, "error"))
    while not sending.acuses.keys() >= set(sending.tokens):
        _send_until_gone(sending)
        if centre.process is None or _is_gone(centre, 1):
            centre.start()
    sending.run()
    centre.stop()
    centre.start()  # what a failed removal left behind goes at the next start
    sending.check()


def _prepare_for(step: str, sending: Sending) -> None:
    """Leave what an earlier stop would have left where a step needs it."""
    if step.startswith(
        "centro.part_remove_twin"
    ):  # moved across volumes: the file is in the store, and its part too
        data = sending.files[0]["a.rar"]
        name = str(digest_of(data))
        folder = sending.unit.centre.root / "almacen" / "1288" / name[:2]
        folder.mkdir(parents=True)
        (folder / name).write_bytes(data)


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("step", RECOVERING)
def test_recovery_that_is_killed_is_gone_on_with(sending: Sending, step: str, side: str) -> None:
    """A start that is killed while it repairs is repaired by the next one."""
    centre = sending.unit.centre
    centre.start(fault=RECOVERING[step])
    _send_until_gone(sending)
    assert centre.wait() == -signal.SIGKILL
    assert not _start(centre, fault(step, side, "kill"))
    centre.start()
    sending.run()
    sending.check()


@pytest.mark.parametrize("side", ["before", "after"])
def test_centre_that_was_rolled_back_stops_for_good(sending: Sending, side: str, tmp_path: Path) -> None:
    """Database and keys went back together; a unit's checkpoint tells, and no kill makes the centre forget it."""
    centre, unit = sending.unit.centre, sending.unit
    shutil.copytree(centre.root, tmp_path / "respaldo")
    centre.start()
    sending.run()
    seen = unit.ask("GET", "/v1/bitacora/checkpoint").body.decode()
    assert centre.stop() == 0
    shutil.rmtree(centre.root)
    shutil.copytree(tmp_path / "respaldo", centre.root)
    centre.start(fault=fault(STOPPING, side, "kill"))
    with suppress(OSError, http.client.HTTPException):
        unit.session(checkpoint=seen)
    assert centre.wait() == -signal.SIGKILL
    if side == "before":  # nothing was kept yet: the next word of a unit stops it again
        centre.start()
        with suppress(OSError, http.client.HTTPException):
            unit.session(checkpoint=seen)
        assert centre.wait() == RolledBackError("").exit_code
    with pytest.raises(CentreDiedError, match=RolledBackError.code):
        centre.start()


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("step", ADMINISTRATION)
def test_order_that_is_killed_is_done_or_not_done(sending: Sending, step: str, side: str) -> None:
    """An order of the staff beside the running centre is done whole or not at all, and can be given again."""
    centre = sending.unit.centre
    centre.start()
    vectors = Path(__file__).parents[1] / "vectors/cronograma/vectors.json"
    schedule = centre.folder / "cronograma.json"
    document = json.loads(vectors.read_text(encoding="utf-8"))["turnos"][0]["documento"]
    schedule.write_text(json.dumps(document), encoding="utf-8")
    orders = {
        "centro.cronograma": ("fijar", "1288", str(schedule)),
        "centro.unit_add": ("agregar", "1290", "--nombre", "OTRA"),
        "centro.identity_file": ("codigo", "1288", "--identidad", str(centre.folder / "i.json")),
        "centro.code": ("codigo", "1288", "--identidad", str(centre.folder / "i.json")),
        "centro.revoke": ("revocar", "1288"),
    }
    group = "cronograma" if step == "centro.cronograma" else "unidad"
    killed = centre.command(group, *orders[step], fault=fault(step, side, "kill"))
    assert killed.returncode == -signal.SIGKILL
    assert killed.stdout == ""
    expected = 403 if (step, side) == ("centro.revoke", "after") else 200
    assert sending.unit.session().status == expected
    if step == "centro.cronograma":
        profile = verify_perfil(sending.unit.ask("GET", "/v1/perfil").text, sending.unit.trust)
        assert profile.cronograma == (document if side == "after" else None)
    again = replace(centre.unit("1290"), instalacion=sending.unit.instalacion)
    assert again.session().status == 200
