"""Errors of the database's password on this machine (SIGA-035..039). The password is never among their fields."""

from sigasers.errors.tree import EnvironmentError_


class PasswordInFileError(EnvironmentError_):
    """A settings file holds a password in clear. Fields: ``ruta``, ``linea`` (line and name, Spanish)."""

    code = "SIGA-035"


class SecretDamagedError(EnvironmentError_):
    """A kept password was changed, or copied from another machine or database. Fields: ``ruta``."""

    code = "SIGA-036"


class SecretStoreError(EnvironmentError_):
    """The place where passwords are kept cannot be used. Fields: ``ruta``, ``motivo``."""

    code = "SIGA-037"


class PasswordInputError(EnvironmentError_):
    """No usable password was given. Fields: ``motivo``."""

    code = "SIGA-038"


class WrongServiceError(EnvironmentError_):
    """Something answers at the server's port, and it is no engine of the kind expected.

    Fields: ``servidor``, ``puerto``, ``motor``, ``motivo``.
    """

    code = "SIGA-039"
