"""Errors of the demo (DEMO-0xx): one of the real commands it runs did not do its part."""

from sigasers.errors.tree import EnvironmentError_, Retry


class DemoStepError(EnvironmentError_):
    """A command of the demo ended with an error, which it has told itself. Fields: ``orden``, ``codigo``."""

    code = "DEMO-001"
    exit_code = 1


class DemoServiceError(EnvironmentError_):
    """A program that the demo keeps running has ended. Fields: ``programa``, ``registro``."""

    code = "DEMO-002"
    exit_code = 1


class DemoWaitError(EnvironmentError_):
    """Acuse or constancia did not come in time. Fields: ``segundos``, ``registro``."""

    code = "DEMO-003"
    retry = Retry.LATER
    exit_code = 1
