"""Errors of the catalogue of tables: our own data files and the file a unit adds."""

from sigasers.errors.tree import EnvironmentError_, OwnError, Retry, TheirError


class CatalogueDataError(OwnError):
    """The catalogue that ships with the program does not hold its own rules: a defect of ours."""

    code = "SIGA-070"


class ExtraCatalogueError(EnvironmentError_):
    """The unit's own catalogue file cannot be used.

    Fields: ``archivo``, ``donde`` (the table and key at fault, Spanish), ``motivo`` (Spanish).
    """

    code = "SIGA-071"
    retry = Retry.AFTER_ACTION
    exit_code = 78


class CatalogueFormatError(TheirError):
    """Bytes that should be a catalogue break a rule of its format. Fields: ``donde``, ``motivo`` (Spanish)."""

    code = "SIGA-072"
