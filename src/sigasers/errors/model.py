"""Errors of values that came from outside and do not hold."""

from sigasers.errors.tree import TheirError


class InvalidValueError(TheirError):
    """A value from outside has not the shape that its type demands."""

    code = "SS-020"
