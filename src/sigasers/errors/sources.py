"""Errors of databases in servers (SIGA-02x and SIGA-03x): each names its cause and who can mend it. No secret."""

from sigasers.errors.tree import EnvironmentError_, Retry, TheirError


class ServerNameError(EnvironmentError_):
    """The server's name means nothing to this machine. Fields: ``servidor``."""

    code = "SIGA-020"


class ServerUnreachableError(EnvironmentError_):
    """Nobody answers at the server's port. Fields: ``servidor``, ``puerto``, ``motivo``."""

    code = "SIGA-021"
    retry = Retry.LATER


class LoginRefusedError(EnvironmentError_):
    """The server refuses the user or the password. Fields: ``servidor``, ``usuario``."""

    code = "SIGA-022"


class DatabaseUnknownError(EnvironmentError_):
    """The server has no such database, or does not let this user into it. Fields: ``base``, ``usuario``."""

    code = "SIGA-023"


class ReadRightsError(EnvironmentError_):
    """The user may not read. Fields: ``base``, ``tabla``, ``usuario``."""

    code = "SIGA-024"


class DriverMissingError(EnvironmentError_):
    """The ODBC driver is not installed. Fields: ``controlador``, ``presentes`` (names, comma separated)."""

    code = "SIGA-025"


class ServerCertificateError(EnvironmentError_):
    """TLS with the server fails, or its certificate is not trusted. Fields: ``servidor``, ``motivo``."""

    code = "SIGA-026"


class StatementTimeoutError(EnvironmentError_):
    """A statement took longer than allowed. Fields: ``tabla``, ``segundos``."""

    code = "SIGA-027"
    retry = Retry.LATER


class TableLockedError(StatementTimeoutError):
    """Somebody else kept a table locked for as long as it was waited for. Fields: ``tabla``, ``segundos``."""

    code = "SIGA-031"


class PasswordMissingError(EnvironmentError_):
    """The database's user needs a password and none is kept on this machine. Fields: ``usuario``, ``base``."""

    code = "SIGA-028"


class ConnectionLostError(EnvironmentError_):
    """The server ended the connection while it was read. Fields: ``servidor``, ``motivo``."""

    code = "SIGA-029"
    retry = Retry.LATER


class SnapshotLostError(EnvironmentError_):
    """The server ended the transaction in which all tables were read. Fields: ``tabla``, ``base``.

    It costs the whole package: the tables after it would be of another moment.
    """

    code = "SIGA-034"
    retry = Retry.LATER


class EngineUnknownError(TheirError):
    """The engine behind ODBC is none that the exporter speaks to. Fields: ``motor``."""

    code = "SIGA-030"


class ServerRefusesError(EnvironmentError_):
    """The server answers and takes no connection, whatever the password. Fields: ``servidor``, ``motivo``."""

    code = "SIGA-033"
    retry = Retry.LATER
