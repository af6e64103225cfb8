"""Errors of the validation before sending (SIGA-04x): the rules as data, and what an operator decided."""

from sigasers.errors.tree import EnvironmentError_, OwnError, Retry, TheirError


class ExportDeclinedError(TheirError):
    """The operator saw grave findings and did not go on. Fields: ``anio``, ``cantidad``."""

    code = "SIGA-040"
    retry = Retry.AFTER_ACTION
    exit_code = 1


class RulesFormatError(TheirError):
    """Bytes that should be rules break their format. Fields: ``donde``, ``motivo`` (Spanish)."""

    code = "SIGA-041"


class RulesDataError(OwnError):
    """The rules that ship with the program are missing or broken. Fields: ``archivo``, ``donde``, ``motivo``."""

    code = "SIGA-042"


class HistoryTooNewError(EnvironmentError_):
    """A newer version of the program has written the history. Fields: ``ruta``, ``version``."""

    code = "SIGA-043"
