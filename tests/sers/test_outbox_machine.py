"""The agent as a machine that lives through anything: files come, the line and the disk fail, it is restarted."""

import tempfile
from pathlib import Path

import httpx2
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sigasers import failpoint
from sigasers.errors import SigasersError
from sigasers.protocol.outbox import ACKNOWLEDGED, State
from sigasers.sers import files, rows
from sigasers.sers.engine import run_pass
from tests.faults.steps import all_steps
from tests.sers.made_profile import MadeProfile, everything, make_profile

STEPS = [
    step for step in all_steps() if step.startswith(("sers.take", "sers.sobre", "sers.acuse", "sers.arch"))
]
REQUESTS = ["/v1/sesion", "/v1/perfil", "/v1/sobres", "/v1/envios", "/v1/constancias"]
FAULTS = st.none() | st.tuples(
    st.sampled_from(STEPS), st.sampled_from(["before", "after"]), st.integers(1, 3)
)
LINE = st.none() | st.tuples(
    st.sampled_from(REQUESTS), st.sampled_from(["refused", "lost", "busy"]), st.integers(1, 9)
)


class Outbox(RuleBasedStateMachine):
    """Files are named and filled uniquely, so that each can be followed to its end."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.profile: MadeProfile = make_profile(Path(self._folder.name) / "sers_siga")
        self.count = 0
        self.dropped: set[str] = set()
        self.changed: set[str] = set()

    @rule(pair=st.booleans(), size=st.integers(0, 3000))
    def drop(self, pair: bool, size: int) -> None:  # noqa: FBT001 - drawn by hypothesis
        """A package or a single file comes."""
        self.count += 1
        if pair:
            self.dropped |= {path.name for path in self.profile.drop(f"p{self.count}", size=1 + size // 100)}
        else:
            data = f"{self.count}".encode() * size
            self.dropped.add(self.profile.put(f"d{self.count}.dat", data).name)

    @rule(fault=FAULTS, line=LINE)
    def run(self, fault: tuple[str, str, int] | None, line: tuple[str, str, int] | None) -> None:
        """The agent starts, makes a pass while a step and a request fail, and ends."""
        self._break_line(line)
        with pytest.MonkeyPatch.context() as patch:
            failpoint._passes.clear()
            if fault is not None:
                patch.setenv(failpoint.VARIABLE, f"{fault[0]}:{fault[1]}=error#{fault[2]}")
            self._pass()
        self._break_line(None)

    @precondition(lambda self: self.count > 0)
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        """Somebody edits a file in AttachOut."""
        found = sorted(path for path in (self.profile.root / "AttachOut").rglob("*") if path.is_file())
        if found:
            path = data.draw(st.sampled_from(found))
            path.write_bytes(path.read_bytes() + b"!")
            self.changed.add(path.name)

    @rule(pieces=st.sampled_from([100, 1000, 1 << 20]))
    def pieces(self, pieces: int) -> None:
        """The centre takes other pieces."""
        self.profile.centre.piece_bytes = pieces

    @invariant()
    def nothing_is_lost_or_twice(self) -> None:
        """Every file that came lies in exactly one place; no two sobres state the same file."""
        names = [path.name for path in everything(self.profile)]
        assert sorted(names) == sorted(self.dropped)
        stated = [file.nombre for held in self.profile.centre.held.values() for file in held.sobre.archivos]
        assert len(stated) == len(set(stated))

    @invariant()
    def sent_means_acknowledged(self) -> None:
        """What the agent calls sent has an acuse at the centre; numbers of a chain are dense."""
        with self.profile.agent() as agent:
            entries = rows.in_states(agent.db, set(State))
        acknowledged = {held.acuse for held in self.profile.centre.acknowledged}
        assert all(entry.acuse in acknowledged for entry in entries if entry.state in ACKNOWLEDGED)
        numbers = sorted(entry.n for entry in entries if entry.n is not None)
        assert numbers == list(range(1, len(numbers) + 1))

    def teardown(self) -> None:
        """Two quiet passes: whatever nobody edited is acknowledged, once, and filed."""
        for _ in range(2):
            self._pass()
        filed = {path.name for path in (self.profile.root / "Repository").rglob("*")}
        lost = {
            held.sobre.archivos[0].nombre for held in self.profile.centre.held.values() if held.acuse is None
        }
        partners = {
            name for name in self.dropped if name.rpartition(".")[0] in self._stems(self.changed | lost)
        }
        assert self.dropped - partners <= filed
        assert list((self.profile.root / "AttachOut").iterdir()) == []
        self._folder.cleanup()

    def _stems(self, names: set[str]) -> set[str]:
        return {name.rpartition(".")[0] for name in names}

    def _pass(self) -> None:
        try:
            with self.profile.agent() as agent:
                run_pass(agent, files.scan(self.profile.source_out))
        except SigasersError:
            pass  # the fault hit the opening; the next run opens again

    def _break_line(self, line: tuple[str, str, int] | None) -> None:
        centre, left = self.profile.centre, [0 if line is None else line[2]]

        def hit(path: str, kind: str) -> bool:
            if line is None or not path.startswith(line[0]) or line[1] != kind or left[0] == 0:
                return False
            left[0] -= 1
            return True

        def before(_method: str, path: str) -> httpx2.Response | None:
            if hit(path, "refused"):
                raise httpx2.ConnectError("x") from ConnectionRefusedError(111, "x")
            return httpx2.Response(503) if hit(path, "busy") else None

        def after(_method: str, path: str) -> None:
            if hit(path, "lost"):
                raise httpx2.ReadError("x")

        centre.before, centre.after = before, after


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(
    max_examples=15,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
