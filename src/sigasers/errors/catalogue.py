"""Errors of the catalogue of tables: our own data files, the file a unit adds, and the key of its pseudonyms."""

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


class PseudonymKeyMissingError(EnvironmentError_):
    """The policy asks for pseudonyms and this installation has no key for them. Fields: ``ruta``, ``tabla``."""

    code = "SIGA-050"


class PseudonymKeyExistsError(EnvironmentError_):
    """A key of pseudonyms would be made where one is. Fields: ``llave`` (its id), ``ruta``."""

    code = "SIGA-051"
    retry = Retry.NEVER


class TableNotInDatabaseError(TheirError):
    """The database has no such table. Fields: ``tabla``, ``parecidas`` (names, comma separated)."""

    code = "SIGA-052"


class TableInCatalogueError(TheirError):
    """The table is in the catalogue, or in the unit's own file, already. Field: ``tabla``."""

    code = "SIGA-053"


class TableNameError(TheirError):
    """A catalogue file cannot hold the table's name. Field: ``tabla``."""

    code = "SIGA-054"


class TableNotInPackageError(TheirError):
    """The package holds no such table. Fields: ``tabla``, ``parecidas`` (names, comma separated)."""

    code = "SIGA-055"


class TableNotInCatalogueError(TheirError):
    """The catalogue names no such table. Fields: ``tabla``, ``parecidas`` (names, comma separated)."""

    code = "SIGA-056"
