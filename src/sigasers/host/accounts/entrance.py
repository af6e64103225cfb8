"""How a person enters: the try is counted durably, then the password is looked at, then the answer is given.

An unknown user costs the same work as a wrong password and gets the same answer, locks included.
"""

from dataclasses import dataclass, field

from sigasers import durable
from sigasers.errors.accounts import (
    AccountRuleError,
    EntryLockedError,
    EntryRefusedError,
    PasswordRefusedError,
)
from sigasers.host.accounts.book import Account, Book
from sigasers.host.accounts.names import UserName
from sigasers.host.accounts.passwords import Hasher, checked
from sigasers.model import Instant


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """The door of the accounts in ``book``."""

    book: Book
    hasher: Hasher = field(default_factory=Hasher)

    def enter(self, typed: str, password: str, *, now: Instant) -> Account:
        """Give the account of who typed a right pair; ``must_change`` of it says whether a new password comes first.

        Raises ``EntryRefusedError`` (no such pair), ``EntryLockedError`` (too many failures; the
        password was not looked at), ``AccountRuleError`` (right pair, closed account), ``DiskError``.
        """
        try:
            user = UserName.parse(typed)
        except AccountRuleError as error:
            self.hasher.verify(password, None)
            raise EntryRefusedError("no name") from error
        self._count(user, now)
        phc = self.book.password_of(user)
        if not self.hasher.verify(password, phc):
            raise EntryRefusedError("wrong pair")
        return self._entered(user, str(phc), self._fresh(str(phc), password, user), now)

    def change(self, user: UserName, old: str, new: str, *, now: Instant) -> None:
        """Give ``user`` a new password of their own in place of ``old``; other sessions of theirs end.

        Raises as ``enter``, and ``PasswordRefusedError`` for one that breaks the rules or is the old one.
        """
        before = self.enter(user.value, old, now=now)
        normal = checked(new, before.usuario)
        phc = self.book.password_of(user)
        if self.hasher.verify(normal, phc):
            raise PasswordRefusedError("same", motivo="es la misma que tenía")
        fresh = self.hasher.hash(normal)
        with durable.transaction(self.book.connection, step="host.accounts.own_password"):
            changed = self.book.connection.execute(
                "UPDATE cuenta SET clave = ?, clave_desde = ?, debe_cambiar = 0"
                " WHERE usuario = ? AND clave = ? AND activa = 1",
                (fresh, str(now), user.value, phc),
            )
            if changed.rowcount != 1:  # an administrator was faster
                raise EntryRefusedError("changed meanwhile")
            self.book.end_sessions(user)

    def _count(self, user: UserName, now: Instant) -> None:
        """Count the try as failed before anything is looked at; a kill after it gives no free guess."""
        with durable.transaction(self.book.connection, step="host.accounts.attempt"):
            tries = self.book.tries(user)
            waiting = tries.remaining_s(now)
            self.book.set_tries(user, tries.begin(now), known=self.book.find(user) is not None)
        if waiting:
            raise EntryLockedError("waiting", minutos=-(-waiting // 60))

    def _fresh(self, phc: str, password: str, user: UserName) -> str:
        """Give the hash to keep: another one where the parameters are no longer those of today."""
        if not self.hasher.is_outdated(phc):
            return phc
        try:
            return self.hasher.hash(checked(password, user))
        except (
            PasswordRefusedError
        ):  # good once; the rules have changed, and a new one is asked for elsewhere
            return phc

    def _entered(self, user: UserName, phc: str, fresh: str, now: Instant) -> Account:
        """Take the failures back, if the account is still the one that was looked at."""
        with durable.transaction(self.book.connection, step="host.accounts.entered"):
            account = self.book.get(user)
            if self.book.password_of(user) != phc:
                raise EntryRefusedError("changed meanwhile")
            if not account.activa:
                raise AccountRuleError("closed", motivo=f"el usuario «{user}» está desactivado")
            self.book.clear_tries(user)
            self.book.connection.execute(
                "UPDATE cuenta SET ultimo_ingreso = ?, clave = ? WHERE usuario = ?",
                (str(now), fresh, user.value),
            )
            return self.book.get(user)
