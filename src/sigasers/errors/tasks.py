"""Errors of scheduled tasks on this machine (SS-040..049). What a program printed is shown bounded and printable."""

from sigasers.errors.tree import EnvironmentError_, OwnError, Retry, TheirError


class TaskProgramError(EnvironmentError_):
    """A program of the system's scheduler refused or failed. Fields: ``programa``, ``motivo``."""

    code = "SS-040"


class NoSchedulerError(EnvironmentError_):
    """The machine has no scheduler that we know, or not the one that was asked for. Fields: ``motivo``."""

    code = "SS-041"


class TaskAccountMissingError(EnvironmentError_):
    """The service account does not exist. Fields: ``cuenta``, ``orden`` (what makes it)."""

    code = "SS-042"


class TaskAccountRefusedError(EnvironmentError_):
    """The account may not run the task: a person's, or one that can do anything. Fields: ``cuenta``, ``motivo``."""

    code = "SS-043"


class TaskDiffersError(OwnError):
    """What the system keeps is not what it was given. Fields: ``tarea``, ``diferencias``."""

    code = "SS-044"
    exit_code = 74


class TaskRightsError(EnvironmentError_):
    """This account may not change tasks. Fields: ``motivo``, ``orden``."""

    code = "SS-045"


class TaskTextError(EnvironmentError_):
    """A path or name cannot be written into a task's definition. Fields: ``valor``, ``motivo``."""

    code = "SS-046"


class TaskTrialError(EnvironmentError_):
    """The task's command, run once as its account, left no result. Fields: ``cuenta``, ``motivo``."""

    code = "SS-047"


class CrontabDamagedError(TheirError):
    """Our lines in a crontab do not pair: it is not touched. Fields: ``cuenta``, ``linea``."""

    code = "SS-048"


class TaskUnreadableError(TheirError):
    """A task is there and its definition cannot be read. Fields: ``tarea``, ``motivo``."""

    code = "SS-049"
    retry = Retry.AFTER_ACTION
