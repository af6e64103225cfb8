"""The acts: generate, look at, remove. Each is planned before (``plan``) and confirmed by a person outside."""

from contextlib import suppress
from dataclasses import dataclass, replace

from sigasers.errors import SigasersError
from sigasers.errors.task_setup import NoTaskError
from sigasers.errors.tasks import TaskDiffersError
from sigasers.host.owner import acting_as_owner
from sigasers.host.tasks import Kind, Mark, Scheduler, TaskFound, TaskSpec, linux_accounts
from sigasers.host.tasks.programs import SystemRunner
from sigasers.siga.configuration import FILE_NAME
from sigasers.siga.export.workspace import Workspace
from sigasers.siga.task import earlier
from sigasers.siga.task.plan import Place, Plan, mark_of, saved_configuration, spec_of
from sigasers.siga.task.record import TaskRecord, load, save

_GONE = "no está"


@dataclass(frozen=True, kw_only=True)
class Installed:
    """Our task as it lies in the system, and what of it is not as it would be generated now."""

    scheduler: Scheduler
    spec: TaskSpec
    task: TaskFound
    differences: tuple[str, ...]
    foreign: tuple[TaskFound, ...]


def carry_out(plan: Plan, place: Place) -> tuple[str, ...]:
    """Do what ``plan`` says: the new task first, then the earlier ones go; give notes for the operator (Spanish).

    At every moment a task of the unit is there, the old one or the new. Raises the errors of schedulers, of disks, and
    ``TaskDiffersError`` where the system keeps something else than it was given (nothing earlier is removed then).
    """
    account = _made(plan)
    with acting_as_owner(place.siga):  # since the last time it may be the service account's
        save(place.siga, plan.record)
        spec = _with_way_back(plan, place)
    _make_working_folder(plan.spec)
    notes = _handed_over(plan, account)
    plan.scheduler.install(spec)
    found = next((task for task in plan.scheduler.tasks() if task.name == spec.name), None)
    different = (_GONE,) if found is None else plan.scheduler.differences(spec, found)
    if different:
        raise TaskDiffersError("read back", tarea=spec.name, diferencias=", ".join(different))
    for scheduler, task in plan.removed:
        scheduler.remove(task.name)
    return notes


def installed(place: Place) -> Installed:
    """Give the task of this installation; raises ``NoTaskError``."""
    configuration = saved_configuration(place.installation)
    record = load(place.siga)
    mark = mark_of(configuration, record)
    for scheduler in _schedulers(place, record):
        found = scheduler.tasks()
        task = next((each for each in found if each.mark and each.mark.instalacion == mark.instalacion), None)
        if task is None or task.mark is None:
            continue
        account = record.cuenta if place.machine.is_root or place.machine.platform == "win32" else None
        expected = replace(mark, anterior=task.mark.anterior)
        spec = spec_of(place, configuration, name=task.name, mark=expected, account=account)
        return Installed(
            scheduler=scheduler,
            spec=spec,
            task=task,
            differences=scheduler.differences(spec, task),
            foreign=tuple(each for each in found if each.mark is None),
        )
    raise NoTaskError("no task", ruta=str(place.siga / FILE_NAME))


def earlier_of(place: Place, task: Installed) -> earlier.Earlier | None:
    """Give the foreign task that ours replaced; raises ``EarlierTaskError``."""
    mark: Mark | None = task.task.mark
    return None if mark is None else earlier.find(place.siga, task.scheduler.kind, task.task.name, mark)


def _schedulers(place: Place, record: TaskRecord) -> list[Scheduler]:
    """Give the machine's schedulers, the one that was used last first."""
    kinds = sorted(place.machine.kinds(), key=lambda kind: kind is not record.con)
    account = record.cuenta if place.machine.is_root else None
    return [place.scheduler(kind, account if kind is Kind.CRON else record.cuenta) for kind in kinds]


def _made(plan: Plan) -> linux_accounts.Account | None:
    if plan.creates is None:
        return plan.account
    linux_accounts.create(plan.creates, SystemRunner())
    return linux_accounts.check(plan.creates)


def _with_way_back(plan: Plan, place: Place) -> TaskSpec:
    """Keep a foreign task's definition before it goes, and give the spec whose mark knows it."""
    if plan.replaced is None or not plan.replaces_foreign:
        return plan.spec
    digest = earlier.keep(place.siga, plan.scheduler.kind, plan.replaced)
    return replace(plan.spec, mark=replace(plan.spec.mark, anterior=digest))


def _make_working_folder(spec: TaskSpec) -> None:
    """Make the working folder beside SourceOut, which the account might not be able to make."""
    with suppress(SigasersError):  # the trial says what is wrong with SourceOut
        Workspace(spec.writable[0]).prepare()


def _handed_over(plan: Plan, account: linux_accounts.Account | None) -> tuple[str, ...]:
    if account is None:
        return ()
    left = list(linux_accounts.hand_over(plan.spec.folder, account))
    if plan.workspace is not None:
        left += linux_accounts.hand_over(plan.workspace.folder, account)
        linux_accounts.hand_over_alone(plan.workspace.target, account)
    return tuple(f"No se entregó a «{account.name}» (tiene otro nombre en el disco): {path}" for path in left)
