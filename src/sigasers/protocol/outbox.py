"""The outbox as a table of states, and the decision what in SourceOut makes one sobre. Sans-IO.

``docs/spec/outbox.md`` holds the diagram drawn from ``TRANSITIONS``. A pair of state and event that is not in the
table is a defect, never a default. What it does not do: no disk, no network, no clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from sigasers.errors import OwnError

LONE_RAR_MARK = "rar_sin_html"
_RAR, _HTML = ".rar", ".html"


class State(Enum):
    """Where a sobre stands; the value is the word that operators read."""

    DETECTED = "detectado"
    PREPARED = "preparado"
    OFFERED = "numerado"
    SENDING = "enviando"
    RECEIVED = "recibido"
    ARCHIVED = "archivado"
    REJECTED = "rechazado"


class Event(Enum):
    """What can happen to a sobre; each is made durable in the same transaction as the new state."""

    TAKEN = "taken: every file moved into AttachOut and hashed"
    SIGNED = "signed: number taken, sobre's bytes stored"
    ANSWERED = "answered: oferta verified, files are missing or the acuse is on its way"
    ACKNOWLEDGED = "acknowledged: acuse verified and stored"
    FILED = "filed: files and acuse lie in Repository"
    JUDGED = "judged: constancia verified and stored"
    VANISHED = "vanished: a file is gone"
    CHANGED = "changed: a file is not what was stated"
    REFUSED = "refused: the centre will never take this sobre"


TRANSITIONS: Mapping[tuple[State, Event], State] = {
    (State.DETECTED, Event.TAKEN): State.PREPARED,
    (State.DETECTED, Event.VANISHED): State.REJECTED,
    (State.PREPARED, Event.SIGNED): State.OFFERED,
    (State.PREPARED, Event.CHANGED): State.REJECTED,
    (State.PREPARED, Event.VANISHED): State.REJECTED,
    (State.OFFERED, Event.ANSWERED): State.SENDING,
    (State.OFFERED, Event.ACKNOWLEDGED): State.RECEIVED,
    (State.OFFERED, Event.REFUSED): State.REJECTED,
    (State.SENDING, Event.ACKNOWLEDGED): State.RECEIVED,
    (State.SENDING, Event.CHANGED): State.REJECTED,
    (State.SENDING, Event.VANISHED): State.REJECTED,
    (State.SENDING, Event.REFUSED): State.REJECTED,
    (State.RECEIVED, Event.FILED): State.ARCHIVED,
    (State.ARCHIVED, Event.JUDGED): State.ARCHIVED,
}

FINAL = frozenset({State.ARCHIVED, State.REJECTED})
ACKNOWLEDGED = frozenset({State.RECEIVED, State.ARCHIVED})
"""The states of which it may be said that the sobre was sent."""


def advance(state: State, event: Event) -> State:
    """Give the state after ``event``; raises ``OwnError`` for a pair that the table does not know."""
    try:
        return TRANSITIONS[state, event]
    except KeyError as error:
        raise OwnError(f"outbox: no transition from {state.name} by {event.name}") from error


def diagram() -> str:
    """Give the table as a Mermaid state diagram, one line a transition, in the table's order."""
    lines = [
        "stateDiagram-v2",
        f"    [*] --> {State.DETECTED.name}",
        *(f"    {old.name} --> {new.name}: {event.name}" for (old, event), new in TRANSITIONS.items()),
        *(f"    {state.name} --> [*]" for state in State if state in FINAL),
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, kw_only=True)
class SeenFile:
    """One regular file of SourceOut at one scan.

    ``modified_ns`` is its modification time, ``arrived_ns`` the later of that and its change time (POSIX) or
    creation time (Windows): both nanoseconds since 1970.
    """

    name: str
    size_bytes: int
    modified_ns: int
    arrived_ns: int


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """Whether RAR and HTML of one stem travel together, and how long a RAR waits for its HTML (seconds)."""

    enabled: bool
    wait_html_s: float


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Files that make one sobre, in the order in which they are stated, with the sobre's marks."""

    files: tuple[SeenFile, ...]
    marks: tuple[str, ...] = ()

    @property
    def modified_ns(self) -> int:
        """The newest file's modification time."""
        return max(file.modified_ns for file in self.files)


def stable(before: Iterable[SeenFile], now: Iterable[SeenFile]) -> list[SeenFile]:
    """Give the files that two scans saw alike, in the order of the first."""
    present = {file.name: file for file in now}
    return [file for file in before if present.get(file.name) == file]


def ready(
    before: Iterable[SeenFile], now: Iterable[SeenFile], *, clock_ns: int, pairing: Pairing
) -> list[Batch]:
    """Give what can be taken of SourceOut, newest first: files equal in two scans, paired as ``pairing`` says.

    A RAR whose HTML is there but not stable waits for it. A lone HTML is never given. ``clock_ns`` is the time of
    the second scan (nanoseconds since 1970).
    """
    present = {file.name: file for file in now}
    settled = {file.name: file for file in stable(before, present.values())}
    batches = (_batch(file, present, settled, clock_ns, pairing) for file in settled.values())
    found = [batch for batch in batches if batch is not None]
    return sorted(found, key=lambda batch: (-batch.modified_ns, batch.files[0].name))


def lone_htmls(names: Iterable[str]) -> list[str]:
    """Give the HTML files that no RAR of the same stem stands beside, sorted."""
    every = set(names)
    stems = {_stem(name) for name in every if _kind(name) == _RAR}
    return sorted(name for name in every if _kind(name) == _HTML and _stem(name) not in stems)


def _batch(
    file: SeenFile,
    present: Mapping[str, SeenFile],
    settled: Mapping[str, SeenFile],
    clock_ns: int,
    pairing: Pairing,
) -> Batch | None:
    kind = _kind(file.name)
    if not pairing.enabled or kind not in {_RAR, _HTML}:
        return Batch(files=(file,))
    if kind == _HTML:
        return None
    partner = _html_of(file.name, present)
    if partner is not None:
        return Batch(files=(file, settled[partner])) if partner in settled else None
    if clock_ns - file.arrived_ns < pairing.wait_html_s * 1e9:
        return None
    return Batch(files=(file,), marks=(LONE_RAR_MARK,))


def _html_of(rar: str, names: Iterable[str]) -> str | None:
    siblings = [name for name in names if _stem(name) == _stem(rar)]
    if rar != min(name for name in siblings if _kind(name) == _RAR):
        return None  # `a.RAR` beside `a.rar`: the HTML goes with the first alone
    return min((name for name in siblings if _kind(name) == _HTML), default=None)


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _kind(name: str) -> str:
    return "." + name.rpartition(".")[2].lower()
