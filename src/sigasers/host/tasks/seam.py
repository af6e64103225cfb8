"""The seam to the system's scheduler: what a task is, what is found of it, and the acts that change it.

Implementations: ``windows`` (Task Scheduler), ``systemd``, ``cron``; one contract suite runs on all. A task never
decides what is due: it starts one command every few minutes and after a start of the machine, and the command decides.
"""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from sigasers.errors.tasks import TaskTextError

FOLDER = "SIGA"
_PRODUCT = "sigasers"
_VERSION = "1"
_MARK = re.compile(r"sigasers 1 ([0-9a-f]{8,64}) ([0-9]{1,6}|-) ([0-9a-f]{64}|-)(?![0-9a-f])", re.ASCII)
_NAME = re.compile(r"MEF_SIGA_[A-Z0-9_]{0,63}[A-Z0-9]", re.ASCII)
_MOST_MINUTES = 60
_MOST_TEXT = 900


class Kind(Enum):
    """The schedulers that are known."""

    SCHTASKS = "schtasks"
    SYSTEMD = "systemd"
    CRON = "cron"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Whose task it is: the installation's id (hexadecimal) and its unit, ``None`` where none was chosen.

    ``anterior``: SHA-256 of the definition of the foreign task that it replaced. The file that keeps that definition
    lies where the service account writes; the mark lies where only the administrator does.
    """

    instalacion: str
    unidad: str | None
    anterior: str | None = None

    def __str__(self) -> str:
        """Give the text that stands in a task's definition."""
        return f"{_PRODUCT} {_VERSION} {self.instalacion} {self.unidad or '-'} {self.anterior or '-'}"

    @classmethod
    def find(cls, text: str) -> "Mark | None":
        """Give the mark within ``text``, ``None`` where there is none."""
        found = _MARK.search(text)
        if found is None:
            return None
        unidad, anterior = (None if part == "-" else part for part in found.group(2, 3))
        return cls(instalacion=found[1], unidad=unidad, anterior=anterior)

    def serves_same_unit(self, other: "Mark") -> bool:
        """Tell whether both send the same unit: by its code, or one installation before and after it chose one."""
        if self.unidad is not None and other.unidad is not None:
            return self.unidad == other.unidad
        return self.instalacion == other.instalacion


@dataclass(frozen=True, kw_only=True)
class TaskSpec:
    """The task as it shall be.

    ``name``: ``MEF_SIGA_`` and capitals. ``command``: absolute program, then its arguments. ``folder``: where it
    starts and what it writes in; it is handed over to ``account``, a name that the system knows, or ``None`` for the
    account that installs (its own timer or crontab). ``writable``: further folders that the command must write in.
    Checks itself: raises ``TaskTextError`` for what no definition can hold (line ends, control characters, lone
    surrogates, over 900 characters).
    """

    name: str
    command: tuple[str, ...]
    folder: Path
    account: str | None
    mark: Mark
    description: str
    writable: tuple[Path, ...] = ()
    every_min: int = 15

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError("task name")
        if not 1 <= self.every_min <= _MOST_MINUTES or 60 % self.every_min:
            raise ValueError("minutes that divide an hour")
        for text in (*self.command, str(self.folder), self.description, *map(str, self.writable)):
            check_text(text)


@dataclass(frozen=True, kw_only=True)
class TaskFound:
    """A task as the system keeps it; ``None`` where the system does not say.

    ``raw`` is its whole definition: it can be put back from it. ``last_run`` and ``next_run`` are the system's own
    words, ``last_result`` its number (0: well).
    """

    name: str
    mark: Mark | None
    raw: str
    command: str | None = None
    account: str | None = None
    enabled: bool = True
    last_run: str | None = None
    last_result: int | None = None
    next_run: str | None = None


class Scheduler(Protocol):
    """One scheduler of this machine, as this account reaches it. Names are those of ``TaskSpec``, without folder.

    All may raise ``TaskProgramError``; what changes something, ``TaskRightsError``.
    """

    @property
    def kind(self) -> Kind:
        """Which it is."""

    def tasks(self) -> tuple[TaskFound, ...]:
        """Give the tasks of folder ``SIGA`` (cron: our blocks alone), in order of names."""

    def install(self, spec: TaskSpec) -> None:
        """Make the task, enabled; one of the same name is replaced in one act. Durable on return."""

    def differences(self, spec: TaskSpec, found: TaskFound) -> tuple[str, ...]:
        """Give, in Spanish, what of ``found`` is not as ``spec`` asks; empty: equal."""

    def remove(self, name: str) -> None:
        """Remove the task; one that is not there is no error."""

    def restore(self, name: str, raw: str) -> None:
        """Put back a task from its ``raw`` definition."""

    def by_hand(self, name: str, raw: str, saved: Path) -> str:
        """Give the order that a person must type to put back the definition in the file ``saved``; mostly empty."""

    def rehearse(self, spec: TaskSpec, result: Path) -> None:
        """Run ``spec.command`` once as the task would run it and wait for its end, or for the file ``result``.

        Raises ``TaskTrialError`` where the command could not be run or left no ``result``.
        """


def check_text(text: str) -> None:
    """Raise ``TaskTextError`` for a text that no definition can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _unfit(text, "Tiene signos que no son UTF-8") from error
    if any(ord(char) < 0x20 or ord(char) == 0x7F or char in "\x85\u2028\u2029\ufffe\uffff" for char in text):
        raise _unfit(text, "Tiene saltos de línea o signos de control")
    if len(text) > _MOST_TEXT:
        raise _unfit(text, f"Tiene más de {_MOST_TEXT} caracteres")


def _unfit(text: str, motivo: str) -> TaskTextError:
    return TaskTextError("text that no task can hold", valor=shown(text), motivo=motivo)


def shown(text: str, most: int = 300) -> str:
    """Give outside text on one line, printable and bounded."""
    flat = " ".join(text.split())
    clean = "".join(char if char.isprintable() else "?" for char in flat)
    return clean if len(clean) <= most else f"{clean[:most]}…"
