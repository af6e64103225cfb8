"""Errors of bytes that are not what a format of ``docs/spec`` demands (FMT-0xx)."""

from sigasers.errors.tree import EnvironmentError_, Retry, TheirError


class FormatError(TheirError):
    """Bytes from outside do not hold to their format; the branch of all FMT errors."""

    code = "FMT-001"


class BadJsonError(FormatError):
    """A JSON document is malformed or has two meanings (duplicate keys, NaN, not UTF-8, too deep or long)."""

    code = "FMT-002"


class FormatTooNewError(FormatError):
    """A version, or a critical field, that this program does not know: *en espera*, never *rechazado*.

    Fields: ``formato`` (its name), ``version`` (what was found).
    """

    code = "FMT-003"
    retry = Retry.AFTER_ACTION


class NotRarError(FormatError):
    """The file does not begin as a RAR5 archive does. Field: ``archivo``."""

    code = "FMT-010"


class RarCutError(FormatError):
    """The archive ends before its end: a copy or download was interrupted."""

    code = "FMT-011"


class RarDamagedError(FormatError):
    """A header or the comment does not match its checksum, or contradicts itself."""

    code = "FMT-012"


class RarUnsupportedError(FormatError):
    """A RAR whose features this program never writes: another program made it."""

    code = "FMT-013"


class RarTrailingError(FormatError):
    """Bytes stand after the end of the archive. Field: ``sobrantes`` (how many)."""

    code = "FMT-014"


class WrongPasswordError(FormatError):
    """The password is not that of the archive, which is not said to be damaged."""

    code = "FMT-015"
    retry = Retry.AFTER_ACTION


class MemberDamagedError(FormatError):
    """A member's bytes do not match its checksum. Field: ``miembro``."""

    code = "FMT-016"


class MemberMissingError(FormatError):
    """The archive has no member of that name. Field: ``miembro``."""

    code = "FMT-017"


class LimitError(FormatError):
    """More members, bytes, rows or columns than are taken. Fields: ``que``, ``hallado``, ``limite``."""

    code = "FMT-018"


class UnreadableError(EnvironmentError_):
    """The operating system could not read the file to its end. Field: ``motivo``."""

    code = "FMT-019"


class BadPackageNameError(FormatError):
    """A file's name is not that of a package; its content is not judged by it."""

    code = "FMT-020"


class NoCommentError(FormatError):
    """The archive has no comment, or none of ours: nobody's sealed password stands in it."""

    code = "FMT-021"


class BadPropertiesError(FormatError):
    """``application.properties`` cannot be read. Field: ``motivo``."""

    code = "FMT-040"
    retry = Retry.AFTER_ACTION


class MemberNameError(FormatError):
    """A member has a name that no package's member has; no path is made of it, nor is it shown."""

    code = "FMT-022"


class ManifestMissingError(FormatError):
    """The archive's first member is not ``manifest.json``: a RAR, not a package."""

    code = "FMT-023"


class BadParquetError(FormatError):
    """A table's file is no Parquet file, or not one of the kind that packages hold."""

    code = "FMT-024"


class BadNoteError(FormatError):
    """A signed note, checkpoint or inclusion proof of the log is not of its form."""

    code = "FMT-030"
