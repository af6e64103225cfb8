"""Errors of the parameters of a unit (SIGA-08x): where packages go, which courier takes them, for which unit."""

from sigasers.errors.tree import EnvironmentError_, TheirError


class ParameterPathError(EnvironmentError_):
    """The text is no path that an unattended program can use. Fields: ``parametro``, ``ruta``, ``motivo``."""

    code = "SIGA-080"


class ParameterFolderError(EnvironmentError_):
    """The folder is not there, is none, or cannot be entered. Fields: ``parametro``, ``ruta``, ``motivo``."""

    code = "SIGA-081"


class ForbiddenPlaceError(EnvironmentError_):
    """The folder is part of the program, or holds what must not be sent. Fields: ``parametro``, ``ruta``, ``donde``."""

    code = "SIGA-082"


class MappedDriveError(EnvironmentError_):
    """The drive's letter stands for another place, in this session alone.

    Fields: ``parametro``, ``ruta``, ``completa`` (that place).
    """

    code = "SIGA-083"


class NotSourceOutError(EnvironmentError_):
    """Ruta de Transmisión is not the courier's SourceOut. Fields: ``dada``, ``ofrecida``, ``sers``."""

    code = "SIGA-084"


class NotSersError(TheirError):
    """The folder holds no SERS, or its settings cannot be read. Fields: ``ruta``, ``motivo``."""

    code = "SIGA-085"


class OtherUnitError(TheirError):
    """The SERS belongs to another unit: two installations would share it. Fields: ``ruta``, ``suya``, ``unidad``."""

    code = "SIGA-086"


class HuellaNotConfirmedError(EnvironmentError_):
    """Nobody confirmed the centre's huella, or another one was named. Fields: ``recibida``, ``motivo``."""

    code = "SIGA-087"


class PathTooLongError(EnvironmentError_):
    """No package's name fits within the folder on Windows. Fields: ``ruta``, ``sobran`` (characters)."""

    code = "SIGA-088"
