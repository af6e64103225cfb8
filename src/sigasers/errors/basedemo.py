"""Errors of the demonstration base (SIGA-06x)."""

from sigasers.errors.tree import EnvironmentError_


class DemoSpaceError(EnvironmentError_):
    """The disk is too full for a base of this size. Fields: ``carpeta``, ``necesarios_mb``, ``libres_mb``."""

    code = "SIGA-060"
