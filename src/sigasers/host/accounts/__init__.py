"""Accounts of people in one installation: who they are, what they may do, how they enter.

For every program: permissions and roles come from the program (``Program``), nothing of any one stands here. What
runs unattended has no account. Whoever owns the machine can replace the files: accounts tell who did what and keep
apart who may do what; they are no wall against the machine's owner.
"""

from sigasers.host.accounts.administration import Administration
from sigasers.host.accounts.book import Account, Book, Estado
from sigasers.host.accounts.database import is_begun, make, opened, path_in
from sigasers.host.accounts.entrance import Entrance
from sigasers.host.accounts.names import ADMINISTRATION, Program, UserName
from sigasers.host.accounts.passwords import Hasher
from sigasers.host.accounts.sessions import Session, Sessions

__all__ = [
    "ADMINISTRATION",
    "Account",
    "Administration",
    "Book",
    "Entrance",
    "Estado",
    "Hasher",
    "Program",
    "Session",
    "Sessions",
    "UserName",
    "is_begun",
    "make",
    "opened",
    "path_in",
]
