"""Errors of the receiving centre (CEN-0xx): what it answers on the wire and what stops it.

``http_status`` is the answer's status; ``retry`` becomes ``reintentar`` of the problem document (``wire.md``).
"""

from sigasers.errors.tree import EnvironmentError_, OwnError, Retry, TheirError


class RequestError(TheirError):
    """A request is malformed: headers, body or address; the branch of what clients do wrong."""

    code = "CEN-001"


class BodyTooLargeError(RequestError):
    """A body is larger than this address takes (field ``limite``, bytes)."""

    code = "CEN-002"
    http_status = 413


class MediaTypeError(RequestError):
    """A body is not of the media type of this address (field ``esperado``)."""

    code = "CEN-003"
    http_status = 415


class NotThereError(RequestError):
    """Nothing is at this address, or it is not the asking unit's."""

    code = "CEN-004"
    http_status = 404


class MethodError(RequestError):
    """This address does not know the method."""

    code = "CEN-005"
    http_status = 405


class BusyError(EnvironmentError_):
    """The centre has too much to do, or is about to stop."""

    code = "CEN-006"
    retry = Retry.LATER


class CredentialsError(TheirError):
    """The request for a certificate names no registration or no code."""

    code = "CEN-010"
    http_status = 401
    retry = Retry.AFTER_ACTION


class WrongCodeError(CredentialsError):
    """The one-time code is not the one that was issued for this registration, or there is no such registration."""

    code = "CEN-011"


class CodeUsedError(CredentialsError):
    """The one-time code was used with another key."""

    code = "CEN-012"


class CodeExpiredError(CredentialsError):
    """The one-time code is older than its life."""

    code = "CEN-013"


class CodeLockedError(CredentialsError):
    """Too many wrong codes were tried for this registration."""

    code = "CEN-014"


class CsrError(RequestError):
    """The certificate request cannot be read, or its key is not of the kind taken."""

    code = "CEN-015"


class UnknownUnitError(TheirError):
    """A unit is not registered at this centre (field ``unidad``)."""

    code = "CEN-016"


class UnitExistsError(TheirError):
    """A unit is registered already, with another name (field ``unidad``)."""

    code = "CEN-017"


class CertificateError(TheirError):
    """The client certificate is unknown here, or revoked."""

    code = "CEN-020"
    http_status = 403
    retry = Retry.AFTER_ACTION


class CertificateTimeError(CertificateError):
    """The client certificate is expired or not yet valid."""

    code = "CEN-021"


class ForeignSobreError(TheirError):
    """Unit, registration, system or centre of the sobre are not those of the certificate."""

    code = "CEN-030"
    http_status = 403


class SobreError(TheirError):
    """The sobre is malformed or its signature does not hold."""

    code = "CEN-031"


class TooManyOffersError(TheirError):
    """The unit has more sobres waiting for files than the centre keeps open."""

    code = "CEN-032"
    http_status = 429
    retry = Retry.LATER


class UploadRefusedError(TheirError):
    """The upload is for no missing file of an open offer, or of another size."""

    code = "CEN-040"
    http_status = 409


class WholeFileError(TheirError):
    """The finished file is not the one that the sobre names; the upload was discarded."""

    code = "CEN-041"
    http_status = 460
    retry = Retry.LATER


class OffsetError(TheirError):
    """A piece does not start where the upload stands (field ``desplazamiento``)."""

    code = "CEN-042"
    http_status = 409
    retry = Retry.LATER


class UploadBusyError(TheirError):
    """Another request is writing to this upload."""

    code = "CEN-043"
    http_status = 423
    retry = Retry.LATER


class PieceError(TheirError):
    """A piece has not the checksum that came with it; it was cut off."""

    code = "CEN-044"
    http_status = 460
    retry = Retry.LATER


class PieceTooLongError(TheirError):
    """A piece runs over the announced size of its file."""

    code = "CEN-045"
    http_status = 413


class TusVersionError(TheirError):
    """The request speaks no version of tus that the centre knows."""

    code = "CEN-046"
    http_status = 412


class UploadGoneError(TheirError):
    """There is no such upload of this unit, or it lapsed; the file is to be begun anew."""

    code = "CEN-047"
    http_status = 404


class TusHeaderError(RequestError):
    """A tus header is missing or malformed (field ``cabecera``)."""

    code = "CEN-048"


class PieceCutError(TheirError):
    """The connection ended within a piece, or a newer request took the upload over."""

    code = "CEN-049"
    retry = Retry.LATER


class StoreFullError(EnvironmentError_):
    """The store's disk is over its high-water mark; nothing new is begun."""

    code = "CEN-050"
    http_status = 507
    retry = Retry.LATER


class ShareFullError(TheirError):
    """The unit's uploads under way take more of the disk than its share."""

    code = "CEN-051"
    http_status = 507
    retry = Retry.LATER


class KeysProcessError(EnvironmentError_):
    """The keys process is not there, or ended while it was asked."""

    code = "CEN-060"
    retry = Retry.LATER


class KeysRefusedError(OwnError):
    """The keys process refuses to sign or open what it was given (field ``motivo``)."""

    code = "CEN-061"


class RolledBackError(EnvironmentError_):
    """The log is behind a checkpoint that was signed: the machine was rolled back; signing stops."""

    code = "CEN-062"


class LogMismatchError(EnvironmentError_):
    """The log's rows do not give the root that was signed (field ``motivo``)."""

    code = "CEN-063"


class NotPreparedError(EnvironmentError_):
    """The centre's folder holds no centre yet (field ``carpeta``)."""

    code = "CEN-070"


class HalfPreparedError(EnvironmentError_):
    """The centre's folder lacks a part that only the first start makes (field ``falta``)."""

    code = "CEN-071"


class PortError(EnvironmentError_):
    """A port cannot be listened on (fields ``puerto``, ``motivo``)."""

    code = "CEN-072"
    exit_code = 74


class NewerStateError(EnvironmentError_):
    """The centre's database was written by a newer program (fields ``version``, ``conocida``)."""

    code = "CEN-073"


class VerifierDiedError(EnvironmentError_):
    """The verifying child ended without a report: a trouble of this machine until it is seen twice."""

    code = "CEN-085"
    retry = Retry.LATER


class SealRefusedError(TheirError):
    """A package's password is not to be had, for a reason that lies in the package (field ``codigo``)."""

    code = "CEN-086"
