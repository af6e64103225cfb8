"""Errors of the exporter (SIGA-0xx). No cell of a table and no secret is ever among their fields."""

from sigasers.errors.disk import DiskFullError
from sigasers.errors.tree import EnvironmentError_, OwnError, Retry, TheirError


class SourceMissingError(EnvironmentError_):
    """The database file does not exist. Fields: ``base``."""

    code = "SIGA-001"


class NotADatabaseError(TheirError):
    """The file is no database of the kind expected, or is damaged. Fields: ``base``."""

    code = "SIGA-002"


class DatabaseLockedError(EnvironmentError_):
    """Another program holds the database so that it cannot even be read. Fields: ``base``."""

    code = "SIGA-003"
    retry = Retry.LATER


class SourceUnreadableError(EnvironmentError_):
    """The engine refused to open or read the database. Fields: ``base``, ``motivo``."""

    code = "SIGA-004"


class NoSourceError(EnvironmentError_):
    """No database is configured."""

    code = "SIGA-005"


class NotSigaError(TheirError):
    """The database has none of the tables that tell its units. Fields: ``base``."""

    code = "SIGA-006"


class UnknownUnitError(TheirError):
    """The unit is not in the database. Fields: ``unidad``, ``presentes`` (codes, comma separated)."""

    code = "SIGA-007"


class UnitNotChosenError(TheirError):
    """Several units in the database and none chosen. Fields: ``presentes``."""

    code = "SIGA-008"


class YearUnknownError(TheirError):
    """The database does not tell its system year. Fields: ``unidad``."""

    code = "SIGA-009"


class TableReadError(TheirError):
    """A table could not be read exactly. Fields: ``tabla``, ``columna``, ``fila`` (ordinal), ``motivo``."""

    code = "SIGA-010"


class NoProfileError(EnvironmentError_):
    """The courier is not registered yet and no fixed password is configured. Fields: ``ruta``."""

    code = "SIGA-011"


class BadProfileError(TheirError):
    """``perfil-publico.json`` does not hold: signature, chain, unit or form. Fields: ``ruta``, ``motivo``."""

    code = "SIGA-012"


class RootChangedError(TheirError):
    """The profile comes from another centre than the one that was confirmed. Fields: ``fijada``, ``recibida``."""

    code = "SIGA-013"


class ProfileRollbackError(TheirError):
    """The profile is older than one seen before. Fields: ``ruta``."""

    code = "SIGA-014"


class FixedPasswordRefusedError(EnvironmentError_):
    """A fixed password is configured although a profile of our centre exists."""

    code = "SIGA-015"


class FixedPasswordFileError(EnvironmentError_):
    """The file of the fixed password can be read by others, or holds no password. Fields: ``ruta``."""

    code = "SIGA-016"


class ConfigurationError(EnvironmentError_):
    """``siga.toml`` is not readable, not TOML, or has a wrong value. Fields: ``ruta``, ``motivo``."""

    code = "SIGA-017"


class ExportBusyError(EnvironmentError_):
    """Another export runs in the same installation."""

    code = "SIGA-018"
    retry = Retry.LATER


class ArchiveCheckError(EnvironmentError_):
    """The finished archive did not verify when read back: the disk did not give what was written."""

    code = "SIGA-019"
    retry = Retry.LATER


class DatabaseDamagedError(TheirError):
    """The base is damaged, or its file changed while it was read: nothing of it can be relied on.

    It costs the whole package, not one table. Fields: ``base``, ``motivo``.
    """

    code = "SIGA-032"


class ControlTotalsError(OwnError):
    """What was written of a table is not what the database counted in the same state. Fields: ``tabla``, ``cual``.

    ``cual``: the name of the column whose sum differs, or words for the count of rows.
    """

    code = "SIGA-044"
    retry = Retry.LATER


class ReadStoppedError(EnvironmentError_):
    """A read was cancelled: the operator stopped the export, or it failed elsewhere. Fields: ``base``."""

    code = "SIGA-045"
    retry = Retry.LATER


class ScheduleMissingError(EnvironmentError_):
    """Nobody says when this unit transmits: neither centre, nor database, nor settings. Field: ``motivo``."""

    code = "SIGA-046"


class ScheduleSourceError(TheirError):
    """A source of the schedule says what cannot be one. Fields: ``origen``, ``motivo``."""

    code = "SIGA-047"


class SpaceShortError(DiskFullError):
    """Too little room to go on without filling the disk. Fields: ``ruta``, ``libres_mb``, ``necesarios_mb``."""

    code = "SIGA-048"
