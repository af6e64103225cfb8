"""Errors of the agent (SERS-0xx)."""

from sigasers.errors.tree import EnvironmentError_, Retry, TheirError


class ProfileMissingError(EnvironmentError_):
    """The folder holds no registered profile. Field: ``carpeta``."""

    code = "SERS-001"
    exit_code = 1


class ProfileCopiedError(EnvironmentError_):
    """The folder was copied from another place or machine. Fields: ``carpeta``, ``original``."""

    code = "SERS-002"


class ProfileDamagedError(EnvironmentError_):
    """A file of the profile cannot be read or does not hold. Fields: ``ruta``, ``motivo``."""

    code = "SERS-003"


class OtherIdentityError(EnvironmentError_):
    """The folder is registered, or being registered, with another identity. Fields: ``carpeta``, ``identidad``."""

    code = "SERS-004"


class SettingError(EnvironmentError_):
    """A setting of ``application.properties`` is not valid. Fields: ``clave``, ``esperado``."""

    code = "SERS-005"


class NetworkShareError(EnvironmentError_):
    """The folder lies on a network share, where state is not safe. Field: ``carpeta``."""

    code = "SERS-006"


class HuellaMismatchError(TheirError):
    """The huella that was given or confirmed is not that of the identity file. Field: ``huella``."""

    code = "SERS-010"
    retry = Retry.AFTER_ACTION


class WrongCodeError(TheirError):
    """The centre does not know the one-time code, or it is not this identity's."""

    code = "SERS-011"
    retry = Retry.AFTER_ACTION


class UsedCodeError(TheirError):
    """The one-time code was used with another key: by another machine or folder."""

    code = "SERS-012"
    retry = Retry.AFTER_ACTION


class ExpiredCodeError(TheirError):
    """The one-time code's life is over."""

    code = "SERS-013"
    retry = Retry.AFTER_ACTION


class NoCodeError(EnvironmentError_):
    """No one-time code was given."""

    code = "SERS-014"
    exit_code = 2


class IdentityFileError(EnvironmentError_):
    """The identity file cannot be read. Fields: ``ruta``, ``motivo``."""

    code = "SERS-015"


class LockedCodeError(TheirError):
    """Too many wrong codes were tried for this identity."""

    code = "SERS-016"
    retry = Retry.AFTER_ACTION


class CentreUnreachableError(EnvironmentError_):
    """No answer from the centre. Fields: ``direccion``, ``motivo``."""

    code = "SERS-020"
    retry = Retry.LATER


class NameNotFoundError(CentreUnreachableError):
    """The centre's name has no address (DNS)."""

    code = "SERS-021"


class ConnectionRefusedByHostError(CentreUnreachableError):
    """The machine answers, but nothing listens at that port."""

    code = "SERS-022"


class CentreTimeoutError(CentreUnreachableError):
    """The centre did not answer in time."""

    code = "SERS-023"


class NotOurCentreError(TheirError):
    """The server's certificate is not from the CA of our centre's root document. Field: ``direccion``."""

    code = "SERS-024"
    retry = Retry.AFTER_ACTION


class ClockError(EnvironmentError_):
    """By this machine's clock the centre's certificate is not valid now. Field: ``hora``."""

    code = "SERS-025"


class CertificateRefusedError(TheirError):
    """The centre does not (or no longer) take our certificate. Field: ``detalle``."""

    code = "SERS-026"
    retry = Retry.AFTER_ACTION


class CertificateExpiredError(TheirError):
    """Our certificate is not valid now by the centre's clock. Field: ``detalle``."""

    code = "SERS-027"
    retry = Retry.AFTER_ACTION


class CentreBusyError(TheirError):
    """The centre asks to come back later. Fields: ``codigo``, ``detalle``."""

    code = "SERS-030"
    retry = Retry.LATER


class CentreRefusedError(TheirError):
    """The centre refuses this request for good. Fields: ``codigo``, ``detalle``."""

    code = "SERS-031"


class CentreActionError(TheirError):
    """The centre refuses until somebody acts. Fields: ``codigo``, ``detalle``."""

    code = "SERS-032"
    retry = Retry.AFTER_ACTION


class BadAnswerError(TheirError):
    """An answer of the centre does not hold to ``docs/spec/wire.md``. Field: ``motivo``."""

    code = "SERS-033"
    retry = Retry.LATER


class SobreRefusedError(TheirError):
    """The centre refuses a sobre for good. Fields: ``codigo``, ``detalle``."""

    code = "SERS-034"


class WrongReceiptError(TheirError):
    """An acuse or constancia is not about the sobre that it was asked for. Field: ``motivo``."""

    code = "SERS-035"


class PieceMismatchError(TheirError):
    """A piece or a whole file arrived with another digest."""

    code = "SERS-036"
    retry = Retry.LATER


class CutRarError(TheirError):
    """A RAR in SourceOut is cut or damaged; it was kept aside. Fields: ``archivo``, ``carpeta``."""

    code = "SERS-040"


class FileChangedError(TheirError):
    """A file is no longer what its sobre states; it was kept aside. Fields: ``archivo``, ``carpeta``."""

    code = "SERS-041"


class FileVanishedError(TheirError):
    """A file went away before it could be sent. Field: ``archivo``."""

    code = "SERS-042"


class BadFileNameError(TheirError):
    """A file in SourceOut has a name that cannot travel; it was kept aside. Fields: ``archivo``, ``carpeta``."""

    code = "SERS-043"


class StrayFileError(TheirError):
    """A file lay in AttachOut though no sobre has it; it was kept aside. Fields: ``archivo``, ``carpeta``."""

    code = "SERS-044"


class NotAcknowledgedError(EnvironmentError_):
    """A sending ended without the acuse of every file. Field: ``pendientes`` (how many sobres)."""

    code = "SERS-050"
    retry = Retry.LATER
    exit_code = 1


class ServiceSilentError(EnvironmentError_):
    """The running service did not answer the request in time. Field: ``espera_s``."""

    code = "SERS-051"
    retry = Retry.LATER
    exit_code = 1


class SourceOutError(EnvironmentError_):
    """The outgoing folder is missing or cannot be read. Fields: ``ruta``, ``motivo``."""

    code = "SERS-052"


class ReceiptFileError(TheirError):
    """A file at hand is not the one of the receipt. Fields: ``archivo``, ``motivo``."""

    code = "SERS-060"
    exit_code = 1
