"""Errors of the machine that every program meets."""

from sigasers.errors.tree import EnvironmentError_, Retry


class LockHeldError(EnvironmentError_):
    """Another process works in this folder. Field: ``ruta`` (the lock file)."""

    code = "SS-030"
    retry = Retry.LATER


class ProgramUnreadableError(EnvironmentError_):
    """A service account cannot read the program or its Python. Fields: ``cuenta``, ``ruta``."""

    code = "SS-031"
