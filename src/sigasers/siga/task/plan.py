"""What ``siga tarea generar`` would do, before it does any of it: the question names all that would be lost.

Names: ``MEF_SIGA_TRANSMISION``, as in the guide (4.2); with the nemónico behind it where the plain name is another's.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sigasers.errors.task_setup import RoutesNotSavedError, TaskNameTakenError
from sigasers.errors.tasks import TaskAccountMissingError
from sigasers.host.installation import Installation
from sigasers.host.tasks import (
    Kind,
    Machine,
    Mark,
    Scheduler,
    TaskFound,
    TaskSpec,
    linux_accounts,
    open_scheduler,
    refuse_other_account,
    windows_accounts,
)
from sigasers.siga.configuration import FILE_NAME, Configuration, load_configuration
from sigasers.siga.export.workspace import Workspace
from sigasers.siga.passwords import FOLDER as SECRETS
from sigasers.siga.settings_file import read_settings
from sigasers.siga.task.record import TaskRecord, load

TASK_NAME = "MEF_SIGA_TRANSMISION"
_DESCRIPTION = "Transmisión automática del SIGA (diaria y periódica), según el cronograma de la entidad."
_ROUTES = {
    "ruta_transmision": "la Ruta de Transmisión",
    "ruta_instalacion_sers": "la Ruta de Instalación SERS",
}
Opener = Callable[[Kind, str | None], Scheduler]


@dataclass(frozen=True, kw_only=True)
class Place:
    """The installation and its machine, as ``siga tarea`` meets them."""

    installation: Installation
    machine: Machine = field(default_factory=Machine)
    open_with: Opener | None = None

    def scheduler(self, kind: Kind, account: str | None) -> Scheduler:
        """Give the scheduler ``kind`` for tasks of ``account``."""
        if self.open_with is not None:
            return self.open_with(kind, account)
        return open_scheduler(kind, account=account, machine=self.machine)

    @property
    def siga(self) -> Path:
        """The exporter's folder."""
        return self.installation.siga


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the operator asks for; ``None``: as last time, else the usual."""

    con: Kind | None = None
    cuenta: str | None = None
    crear_cuenta: bool = False
    reemplazar_ajena: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What would be done. ``replaced`` has the name that the new task takes; ``removed`` are earlier ones of ours.

    ``foreign`` are kept; ``account`` is the Linux account that ``folders`` go to, ``creates`` one that is made first.
    ``workspace`` is that of SourceOut, where it goes to the account too.
    """

    scheduler: Scheduler
    spec: TaskSpec
    record: TaskRecord
    replaced: TaskFound | None
    removed: tuple[tuple[Scheduler, TaskFound], ...]
    foreign: tuple[TaskFound, ...]
    account: linux_accounts.Account | None = None
    creates: str | None = None
    workspace: Workspace | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """What the Linux account gets."""
        if self.account is None and self.creates is None:
            return ()
        shared = (self.workspace.target, self.workspace.folder) if self.workspace else ()
        return (self.spec.folder, *shared)

    @property
    def replaces_foreign(self) -> bool:
        """Whether a task that is not ours goes."""
        return self.replaced is not None and self.replaced.mark is None


def make_plan(place: Place, wish: Wish) -> Plan:
    """Give the plan; nothing is changed.

    Raises ``RoutesNotSavedError``, ``TaskNameTakenError``, the errors of accounts and schedulers, and those of
    ``siga.toml``.
    """
    configuration = saved_configuration(place.installation)
    record = load(place.siga)
    kinds = place.machine.kinds()
    usual = record.con if record.con in kinds else None
    kind = place.machine.chosen(wish.con or usual)
    name, account, creates = _account(place, place.machine, wish, record)
    scheduler = place.scheduler(kind, name)
    found = () if creates and kind is Kind.CRON else scheduler.tasks()
    mark = mark_of(configuration, record)
    task_name = _free_name(found, mark, wish)
    replaced = next((task for task in found if task.name == task_name), None)
    spec = spec_of(place, configuration, name=task_name, mark=_carried(mark, replaced), account=name)
    ours = tuple((scheduler, task) for task in found if is_ours(task, mark) and task.name != task_name)
    return Plan(
        scheduler=scheduler,
        spec=spec,
        record=record.of(kind, name),
        replaced=replaced,
        removed=(*ours, *_elsewhere(place, record, scheduler, name, mark)),
        foreign=tuple(task for task in found if task.mark is None and task.name != task_name),
        account=account,
        creates=creates,
        workspace=_workspace_of_root(place, configuration),
    )


def saved_configuration(installation: Installation) -> Configuration:
    """Give the settings where both routes are written in ``siga.toml``; raises ``RoutesNotSavedError``."""
    path = installation.siga / FILE_NAME
    missing = [label for name, label in _ROUTES.items() if name not in read_settings(path).values]
    if missing:
        raise RoutesNotSavedError("routes", faltan=" y ".join(missing), ruta=str(path))
    return load_configuration(installation)


def mark_of(configuration: Configuration, record: TaskRecord) -> Mark:
    """Give the mark of the installation's task."""
    unidad = configuration.unidad
    return Mark(instalacion=record.instalacion, unidad=None if unidad is None else str(unidad))


def is_ours(task: TaskFound, mark: Mark) -> bool:
    """Tell whether ``task`` sends the unit of ``mark``."""
    return task.mark is not None and task.mark.serves_same_unit(mark)


def spec_of(
    place: Place, configuration: Configuration, *, name: str, mark: Mark, account: str | None
) -> TaskSpec:
    """Give the task as this program would make it now; raises ``TaskTextError``."""
    return TaskSpec(
        name=name,
        command=(
            sys.executable,
            "-P",  # nothing that lies in the folder it starts in is taken for a part of the program
            "-m",
            "sigasers",
            "siga",
            "transmitir",
            "--programado",
            *_dir(place.installation),
        ),
        folder=place.siga,
        account=account,
        mark=mark,
        description=_DESCRIPTION,
        writable=_writable(place, configuration),
    )


def _workspace_of_root(place: Place, configuration: Configuration) -> Workspace | None:
    """Give SourceOut and its working folder if they, and the settings that name them, are root's own.

    Settings that another account can write could name any folder of root's.

    A courier that runs as root goes on reading them; one of another account has its own SourceOut, of which the trial
    says whether the task can write in it.
    """
    try:
        target = configuration.ruta_transmision
        trusted = (place.siga, place.siga / FILE_NAME, target, target.parent)
        of_root = sys.platform != "win32" and all(path.lstat().st_uid == 0 for path in trusted)
    except OSError:  # the trial says what is wrong with it
        of_root = False
    return Workspace(configuration.ruta_transmision) if of_root else None


def _writable(place: Place, configuration: Configuration) -> tuple[Path, ...]:
    """Give what the command writes in beside the exporter's folder: SourceOut, its working folder, the kept secrets.

    The secrets lie in a folder that is closed to what the exporter's own folder lets in; the list of users too, and it
    stays so: nothing unattended reads it.
    """
    target = configuration.ruta_transmision
    kept = place.siga / SECRETS
    return (target, Workspace(target).folder, *((kept,) if kept.is_dir() else ()))


def _dir(installation: Installation) -> tuple[str, ...]:
    """Give ``--dir`` of an installation whose folders lie in one; the usual places of Windows need none."""
    root = installation.siga.parent
    return ("--dir", str(root)) if Installation.under(root) == installation else ()


def _known_account(place: Place, record: TaskRecord) -> str | None:
    """Give the account of the last time if the exporter's folder is its own: the file itself may be anyone's word."""
    known = linux_accounts.look_up(record.cuenta) if record.cuenta else None
    return known.name if known is not None and place.siga.stat().st_uid == known.uid else None


def _account(
    place: Place, machine: Machine, wish: Wish, record: TaskRecord
) -> tuple[str | None, linux_accounts.Account | None, str | None]:
    """Give the account's name, itself on Linux, and its name again where it must be made first."""
    if machine.platform == "win32":
        chosen = wish.cuenta or record.cuenta
        windows_accounts.principal(chosen)
        return chosen, None, None
    refuse_other_account(wish.cuenta, machine)
    if not machine.is_root:
        return None, None, None
    name = wish.cuenta or _known_account(place, record) or linux_accounts.USUAL_ACCOUNT
    try:
        return name, linux_accounts.check(name), None
    except TaskAccountMissingError:
        if not wish.crear_cuenta:
            raise
        return name, None, name


def _free_name(found: tuple[TaskFound, ...], mark: Mark, wish: Wish) -> str:
    """Give the first name that is free, ours, or a foreign task's that may be replaced."""
    names = [TASK_NAME, *([f"{TASK_NAME}_{mark.unidad}"] if mark.unidad else [])]
    holders = {task.name: task for task in found}
    for name in names:
        holder = holders.get(name)
        if holder is None or is_ours(holder, mark) or (holder.mark is None and wish.reemplazar_ajena):
            return name
    holder = holders[names[-1]]
    motivo = (
        "No la generó este programa; puede ser la del SIGA que se usa hoy"
        if holder.mark is None
        else f"La generó otra instalación de este programa, para la unidad {holder.mark.unidad or 'sin indicar'}"
    )
    raise TaskNameTakenError("name taken", tarea=names[-1], motivo=motivo)


def _carried(mark: Mark, replaced: TaskFound | None) -> Mark:
    """Keep the way back of the task that is generated again."""
    return replace(mark, anterior=replaced.mark.anterior) if replaced is not None and replaced.mark else mark


def _elsewhere(
    place: Place, record: TaskRecord, scheduler: Scheduler, account: str | None, mark: Mark
) -> tuple[tuple[Scheduler, TaskFound], ...]:
    """Give our task that lies with the scheduler, or in the crontab, that was chosen before."""
    before = record.con
    if (
        before is None
        or before not in place.machine.kinds()
        or (before, record.cuenta) == (scheduler.kind, account)
    ):
        return ()
    if before is scheduler.kind is not Kind.CRON:  # one list for all accounts
        return ()
    other = place.scheduler(before, record.cuenta)
    return tuple((other, task) for task in other.tasks() if is_ours(task, mark))
