"""Accounts to try things on: a program of two modules, passwords that cost little to hash, a clock by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sigasers.host.accounts import Administration, Book, Entrance, Hasher, Program, UserName, make, opened
from sigasers.model import Instant

AT = Instant.parse("2021-10-21T21:30:00.000Z")
CHEAP = Hasher(memory_kib=32, passes=1, lanes=1)
PROGRAM = Program(
    nombre="prueba",
    permisos={"usuarios": "Usuarios", "exportar": "Exportar", "base": "Base"},
    roles={"operador": frozenset({"exportar"})},
)
ANA, LUZ, JOE = UserName("ana"), UserName("luz"), UserName("joe")
WORDS = {ANA: "cuatro gatos pardos", LUZ: "llueve sobre Iquitos", JOE: "tres tristes tigres"}
EXPORT = frozenset({"exportar"})


def later(**units: float) -> Instant:
    return AT.plus(timedelta(**units))


@contextmanager
def accounts(folder: Path) -> Iterator[Administration]:
    """Open the accounts of ``folder``; the first time with Ana, who is the administrator."""
    make(folder)
    with opened(folder) as connection:
        admin = Administration(book=Book(connection), program=PROGRAM, hasher=CHEAP)
        if admin.book.is_empty():
            admin.begin(ANA, "Ana Quispe", WORDS[ANA], now=AT)
        yield admin


@contextmanager
def staff(folder: Path) -> Iterator[Administration]:
    """As ``accounts``, with Luz and Joe, who may export."""
    with accounts(folder) as admin:
        for user in (LUZ, JOE):
            admin.add(user, user.value.title(), WORDS[user], EXPORT, now=AT)
        yield admin


def door(admin: Administration) -> Entrance:
    return Entrance(book=admin.book, hasher=admin.hasher)
