"""Commands: arguments, exit codes, progress and Spanish sentences. No work is done here.

Each entry point imports its commands when called, so that ``siga --help`` does not load the centre.
"""

from sigasers.cli.main import centro, sers, siga, sigasers

__all__ = ["centro", "sers", "siga", "sigasers"]
