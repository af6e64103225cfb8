"""Errors of ``siga tarea`` (SIGA-090..095)."""

from sigasers.errors.tree import EnvironmentError_, TheirError


class RoutesNotSavedError(EnvironmentError_):
    """The task cannot be generated before both routes are written. Fields: ``faltan``, ``ruta`` (siga.toml)."""

    code = "SIGA-090"


class TaskNameTakenError(EnvironmentError_):
    """Another's task has the name that ours would take. Fields: ``tarea``, ``motivo``."""

    code = "SIGA-091"


class NotConfirmedError(EnvironmentError_):
    """Nobody can be asked, and ``--si`` was not given. Fields: ``orden``."""

    code = "SIGA-092"
    exit_code = 2


class NoTaskError(EnvironmentError_):
    """This installation has no task. Fields: ``ruta``."""

    code = "SIGA-093"


class TrialDamagedError(TheirError):
    """The result of the trial is not what it should be. Fields: ``ruta``."""

    code = "SIGA-094"


class EarlierTaskError(TheirError):
    """The kept definition of the earlier task is gone or was changed. Fields: ``ruta``."""

    code = "SIGA-095"
