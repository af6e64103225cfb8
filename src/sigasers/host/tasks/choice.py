"""Which scheduler a machine has: Windows its own; Linux systemd where it runs, else cron."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sigasers.errors.tasks import NoSchedulerError, TaskRightsError
from sigasers.host.tasks.cron import Cron
from sigasers.host.tasks.programs import find_program
from sigasers.host.tasks.seam import Kind, Scheduler
from sigasers.host.tasks.systemd import this_systemd
from sigasers.host.tasks.windows import this_windows

_RUNNING = Path("/run/systemd/system")  # sd_booted(3)


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What the choice depends on."""

    platform: str = sys.platform
    has_systemd: bool = field(default_factory=_RUNNING.is_dir)
    has_crontab: bool = field(default_factory=lambda: find_program("crontab") is not None)
    is_root: bool = field(default_factory=lambda: hasattr(os, "geteuid") and os.geteuid() == 0)
    user: str | None = None

    def kinds(self) -> tuple[Kind, ...]:
        """Give the schedulers that can be used, the preferred one first."""
        if self.platform == "win32":
            return (Kind.SCHTASKS,)
        found = ((Kind.SYSTEMD, self.has_systemd), (Kind.CRON, self.has_crontab))
        return tuple(kind for kind, is_there in found if is_there)

    def chosen(self, wanted: Kind | None) -> Kind:
        """Give the scheduler to be used; raises ``NoSchedulerError``."""
        kinds = self.kinds()
        if not kinds:
            raise NoSchedulerError(
                "none", motivo="No corre systemd (no existe /run/systemd/system) ni está instalado cron"
            )
        if wanted is not None and wanted not in kinds:
            there = ", ".join(kind.value for kind in kinds)
            raise NoSchedulerError(
                "not here", motivo=f"Se pidió «{wanted.value}», y en este equipo hay: {there}"
            )
        return wanted or kinds[0]


def open_scheduler(kind: Kind, *, account: str | None, machine: Machine) -> Scheduler:
    """Give the scheduler ``kind``; ``account`` is a Linux service account (root alone may name one)."""
    makers: dict[Kind, Callable[[], Scheduler]] = {
        Kind.SCHTASKS: this_windows,
        Kind.SYSTEMD: lambda: this_systemd(is_system=machine.is_root),
        Kind.CRON: lambda: Cron(account=account),
    }
    return makers[kind]()


def refuse_other_account(account: str | None, machine: Machine) -> None:
    """Raise ``TaskRightsError`` where an account is named and this is not root (on Windows it is asked elsewhere)."""
    if account is not None and machine.platform != "win32" and not machine.is_root:
        raise TaskRightsError(
            "not root",
            motivo="Solo el administrador (root) puede hacer correr la tarea con otra cuenta",
            orden="Repita la orden con sudo, o sin --cuenta para que corra con la suya",
        )
