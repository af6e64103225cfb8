"""Errors of accounts, sessions and the audit file (SS-050..059). No password and no typed name that is unknown."""

from sigasers.errors.tree import EnvironmentError_, Retry, TheirError


class AuditDamagedError(EnvironmentError_):
    """The end of the audit file is no entry of ours, so nothing can be chained to it. Fields: ``ruta``, ``motivo``."""

    code = "SS-050"


class EntryRefusedError(TheirError):
    """User and password do not go together: one answer for an unknown user and for a wrong password."""

    code = "SS-051"
    retry = Retry.AFTER_ACTION
    exit_code = 1
    http_status = 401


class EntryLockedError(TheirError):
    """Too many failures under this name. Field: ``minutos`` until the next try."""

    code = "SS-052"
    retry = Retry.LATER
    exit_code = 1
    http_status = 429


class SessionNeededError(TheirError):
    """The order needs a user, and nobody is there to be asked. Field: ``orden``."""

    code = "SS-053"
    retry = Retry.AFTER_ACTION
    exit_code = 1
    http_status = 401


class PermissionLackingError(TheirError):
    """The user may not do this. Fields: ``usuario``, ``permiso``."""

    code = "SS-054"
    retry = Retry.AFTER_ACTION
    exit_code = 1
    http_status = 403


class AccountRuleError(TheirError):
    """A rule of accounts forbids what was asked. Field: ``motivo`` (Spanish, a whole sentence without full stop)."""

    code = "SS-055"
    retry = Retry.AFTER_ACTION
    exit_code = 1
    http_status = 409


class PasswordRefusedError(TheirError):
    """A new password breaks the rules. Field: ``motivo`` (Spanish, without full stop)."""

    code = "SS-056"
    retry = Retry.AFTER_ACTION
    exit_code = 1
    http_status = 422


class NotMachineOwnerError(TheirError):
    """Only who owns the installation or the machine may do this. Field: ``ruta``."""

    code = "SS-057"
    retry = Retry.AFTER_ACTION
    exit_code = 1
    http_status = 403


class AccountsMissingError(EnvironmentError_):
    """There were accounts in this installation, and their database is gone. Field: ``ruta``."""

    code = "SS-058"


class AccountsTooNewError(EnvironmentError_):
    """A newer program wrote the accounts. Fields: ``ruta``, ``version``."""

    code = "SS-059"
