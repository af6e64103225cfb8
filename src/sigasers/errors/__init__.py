"""The error tree.

::

    SigasersError
    ├── OwnError            ours: a defect of this program
    ├── TheirError          theirs: the peer or its data
    └── EnvironmentError_   the environment's: disk, network, clock, rights, configuration

Leaves live in one module an area (``errors.siga``, ``errors.sers``, ``errors.centro``, ``errors.formats`` ...).
Any other exception that escapes is a bug. The sentences an operator reads are in ``mensajes``, keyed by code.
"""

from sigasers.errors.tree import EnvironmentError_, Fault, OwnError, Retry, SigasersError, TheirError

__all__ = ["EnvironmentError_", "Fault", "OwnError", "Retry", "SigasersError", "TheirError"]
