"""Errors of bytes that are not what a format of ``docs/spec`` demands (FMT-0xx)."""

from sigasers.errors.tree import Retry, TheirError


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
