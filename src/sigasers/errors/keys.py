"""Errors of keys, signatures, certificates and proofs (KEY-0xx)."""

from sigasers.errors.tree import EnvironmentError_, Retry, TheirError


class TrustError(TheirError):
    """Something signed does not hold; the branch of all refusals of signatures, keys and proofs."""

    code = "KEY-001"


class BadTokenError(TrustError):
    """A signed document is no JWS in compact form, not canonical base64url, or too long."""

    code = "KEY-002"


class BadHeaderError(TrustError):
    """A protected header is not exactly one each of ``alg``, ``kid`` and ``typ``."""

    code = "KEY-003"


class WrongTypeError(TrustError):
    """A signed document is of another ``typ``. Fields: ``esperado``, ``encontrado``."""

    code = "KEY-004"


class WrongAlgorithmError(TrustError):
    """The algorithm, or the kind of key, is not the one that this ``typ`` has."""

    code = "KEY-005"


class UnknownKeyError(TrustError):
    """No key of that id is known. Fields: ``kid``."""

    code = "KEY-006"


class BadSignatureError(TrustError):
    """The signature does not fit the bytes and the key."""

    code = "KEY-007"


class WrongUseError(TrustError):
    """The key exists, and may not do this. Fields: ``kid``, ``uso`` (what it may), ``esperado``."""

    code = "KEY-008"


class KeyNotYetValidError(TrustError):
    """The signature's time lies before the key's. Fields: ``kid``, ``desde``."""

    code = "KEY-009"


class WithdrawnKeyError(TrustError):
    """The signature's time is not before the key's withdrawal. Fields: ``kid``, ``retirada``."""

    code = "KEY-010"


class FingerprintMismatchError(TrustError):
    """The root key is not the one whose huella was given. Fields: ``esperada``, ``encontrada``."""

    code = "KEY-011"


class WrongCentreError(TrustError):
    """The document was written by, or for, another centre. Fields: ``esperado``, ``encontrado``."""

    code = "KEY-012"


class BadRootDocumentError(TrustError):
    """The root document contradicts itself: a key that is no key, a wrong certificate."""

    code = "KEY-013"


class AsientoMismatchError(TrustError):
    """The asiento in an acuse does not say what the acuse says. Fields: ``campo``."""

    code = "KEY-014"


class NotInLogError(TrustError):
    """The inclusion proof does not lead from the asiento to the checkpoint."""

    code = "KEY-015"


class WrongLogError(TrustError):
    """The checkpoint is of another log. Fields: ``esperado``, ``encontrado``."""

    code = "KEY-016"


class BadCheckpointSignatureError(TrustError):
    """No valid signature of the log's key stands under the checkpoint."""

    code = "KEY-017"


class ConstanciaMismatchError(TrustError):
    """A constancia speaks of another acuse. Fields: ``campo``."""

    code = "KEY-018"


class RolledBackError(TrustError):
    """A document is older than one already seen; (época, n) never goes back. Fields: ``vista``, ``recibida``."""

    code = "KEY-019"


class BadCsrError(TrustError):
    """A certificate request is malformed, not of P-256, or not signed by its own key."""

    code = "KEY-020"


class BadCertificateError(TrustError):
    """A certificate is malformed or not what was asked for."""

    code = "KEY-021"


class AlteredFileError(TrustError):
    """A file at hand is not the one that was acknowledged. Fields: ``nombre``."""

    code = "KEY-022"


class KeyFileMissingError(EnvironmentError_):
    """The file of a private key is not there or cannot be read. Fields: ``ruta``, ``motivo``."""

    code = "KEY-030"


class BadKeyFileError(EnvironmentError_):
    """The file of a private key holds no key of the kinds in use. Fields: ``ruta``."""

    code = "KEY-031"
    retry = Retry.NEVER


class KeyFileRightsError(EnvironmentError_):
    """The file of a private key is open to other accounts. Fields: ``ruta``."""

    code = "KEY-032"


class BadPseudonymKeyError(BadKeyFileError):
    """The file of the key of pseudonyms holds none. Fields: ``ruta``, ``derechos`` (Spanish, of its rights, or '')."""

    code = "KEY-033"


class SealedForOthersError(TheirError):
    """No copy of the package's password is sealed to the keys at hand. Field: ``rol``."""

    code = "KEY-050"
    retry = Retry.AFTER_ACTION


class SealBrokenError(TheirError):
    """A sealed copy of the password, or the label it is bound to, was changed."""

    code = "KEY-051"
