"""The four entry points."""

from importlib import import_module

from sigasers.cli.core import run


def siga() -> None:
    """Run the command ``siga``."""
    run(import_module("sigasers.cli.siga").grupo)


def sers() -> None:
    """Run the command ``sers``."""
    run(import_module("sigasers.cli.sers").grupo)


def centro() -> None:
    """Run the command ``centro``."""
    run(import_module("sigasers.cli.centro").grupo)


def sigasers() -> None:
    """Run the command ``sigasers``: the three programs as groups, and ``demo``."""
    run(import_module("sigasers.cli.todo").grupo)
