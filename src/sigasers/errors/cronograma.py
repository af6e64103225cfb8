"""Errors of schedules: the document itself (SIGA-096) and its place at the centre (CEN-087 and on)."""

from sigasers.errors.formats import FormatError
from sigasers.errors.tree import Retry, TheirError


class BadScheduleError(FormatError):
    """A schedule is malformed, contradicts itself or passes a bound. Field: ``motivo`` (Spanish)."""

    code = "SIGA-096"
    retry = Retry.AFTER_ACTION


class NoScheduleError(TheirError):
    """The centre has set no schedule for the unit. Field: ``unidad``."""

    code = "CEN-087"
    retry = Retry.AFTER_ACTION
