"""Whence the password of the database's user comes: environment, key store, prompt; never a file in clear.

One password for each (motor, servidor, base, usuario), so that a changed ``siga.toml`` never carries it elsewhere.
"""

import os
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sigasers.errors.secrets import PasswordInputError
from sigasers.errors.sources import PasswordMissingError
from sigasers.host.machine import machine_id
from sigasers.keys.secret_store import MAX_SECRET_CHARS, SecretStore
from sigasers.siga.sources.server import Server

VARIABLE = "SIGASERS_CLAVE_BASE"
FOLDER = "claves"


class Secrets(Protocol):
    """Whoever opens a database asks this for its password."""

    def password_for(self, server: Server) -> str | None:
        """Give the password of ``server``'s user; ``None`` where the account that runs the program enters itself."""


def label_of(server: Server) -> tuple[str, ...]:
    """Give what a kept password is for; names of servers and databases have no case."""
    host, base = server.servidor.casefold(), server.base.casefold()
    return ("base", server.motor.value, host, base, server.usuario or "")


def store_in(siga_folder: Path) -> SecretStore:
    """Give the key store of an installation."""
    return SecretStore(folder=siga_folder / FOLDER, machine=machine_id())


@dataclass(frozen=True)
class Given:
    """One password that is at hand; it is not kept."""

    password: str = field(repr=False)

    def password_for(self, server: Server) -> str | None:
        """Give it; ``None`` as ``Passwords`` does."""
        return None if server.usuario is None else self.password


@dataclass(kw_only=True)
class Passwords:
    """The sources in their order; ``ask`` is there only where a person sits at a terminal.

    ``origen`` says in Spanish whence the password came that was given last.
    """

    store: SecretStore
    given: str | None = field(default=None, repr=False)
    ask: Callable[[Server], str] | None = None
    _asked: str | None = field(default=None, repr=False)
    origen: str = "no hace falta: entra la cuenta que ejecuta el programa"

    def password_for(self, server: Server) -> str | None:
        """Give the password of ``server``'s user, ``None`` if it has no user (see ``Server.usuario``).

        Raises ``PasswordMissingError``, ``PasswordInputError``, and what ``SecretStore.load`` raises: a damaged
        entry is told, not passed over.
        """
        if server.usuario is None:
            return None
        if self._asked is not None:
            return self._asked
        if self.given is not None:
            self.origen = f"de la variable {VARIABLE}"
            return self.given
        kept = self.store.load(label_of(server))
        if kept is not None:
            self.origen = "del almacén de claves de este equipo"
            return kept
        if self.ask is None:
            raise PasswordMissingError("no password", usuario=server.usuario, base=server.base)
        self._asked, self.origen = checked(self.ask(server)), "escrita ahora; no está guardada"
        return self._asked


def passwords(
    siga_folder: Path,
    *,
    ask: Callable[[Server], str] | None = None,
    environment: MutableMapping[str, str] = os.environ,
) -> Passwords:
    """Give the passwords of an installation. The variable is taken out, so that no child of ours inherits it."""
    given = environment.pop(VARIABLE, None)
    return Passwords(store=store_in(siga_folder), given=checked(given) if given else None, ask=ask)


def checked(password: str) -> str:
    """Give ``password`` back if it can be one; raises ``PasswordInputError``. It is never shown."""
    if not password:
        raise PasswordInputError("empty", motivo="Está vacía")
    if len(password) > MAX_SECRET_CHARS:
        raise PasswordInputError("too long", motivo=f"Tiene más de {MAX_SECRET_CHARS} caracteres")
    if any(ord(char) < 32 or ord(char) == 127 or "\ud800" <= char <= "\udfff" for char in password):
        raise PasswordInputError(
            "control characters", motivo="Tiene caracteres que no se escriben con el teclado"
        )
    return password
