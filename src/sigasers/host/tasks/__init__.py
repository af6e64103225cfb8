"""Scheduled tasks of the machine: Windows Task Scheduler, systemd timers, crontabs, behind one seam."""

from sigasers.host.tasks import linux_accounts, windows_accounts
from sigasers.host.tasks.choice import Machine, open_scheduler, refuse_other_account
from sigasers.host.tasks.seam import FOLDER, Kind, Mark, Scheduler, TaskFound, TaskSpec, shown

__all__ = [
    "FOLDER",
    "Kind",
    "Machine",
    "Mark",
    "Scheduler",
    "TaskFound",
    "TaskSpec",
    "linux_accounts",
    "open_scheduler",
    "refuse_other_account",
    "shown",
    "windows_accounts",
]
