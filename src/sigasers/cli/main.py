"""The four entry points."""

from sigasers.cli.core import run


def siga() -> None:
    """Run the command ``siga``."""
    run("siga")


def sers() -> None:
    """Run the command ``sers``."""
    run("sers")


def centro() -> None:
    """Run the command ``centro``."""
    run("centro")


def sigasers() -> None:
    """Run the command ``sigasers``: the three programs as groups, and ``demo``."""
    run("sigasers")
