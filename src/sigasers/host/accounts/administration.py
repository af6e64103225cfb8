"""What an administrator does with accounts. Each act is one transaction: whole, durable on return, or not at all.

Who asks, and whether they may, is the caller's matter; so is telling the audit.
"""

from dataclasses import dataclass, field

from sigasers import durable
from sigasers.errors.accounts import AccountRuleError
from sigasers.host.accounts.book import Account, Book
from sigasers.host.accounts.names import ADMINISTRATION, Program, UserName, full_name
from sigasers.host.accounts.passwords import Hasher, checked
from sigasers.model import Instant

LONGEST_DAYS = 3650


@dataclass(frozen=True, kw_only=True)
class Administration:
    """Changes the accounts of ``book``. Raises ``AccountRuleError``, ``PasswordRefusedError``, ``DiskError``."""

    book: Book
    program: Program
    hasher: Hasher = field(default_factory=Hasher)

    def begin(self, user: UserName, nombre: str, password: str, *, now: Instant) -> None:
        """Make the first administrator, who has every permission; refused where there is an account."""
        phc, nombre = self._hash(password, user), full_name(nombre)
        with durable.transaction(self.book.connection, step="host.accounts.begin"):
            if not self.book.is_empty():
                raise AccountRuleError("accounts exist", motivo="ya hay usuarios en esta instalación")
            self._insert(user, nombre, phc, frozenset(self.program.permisos), now=now, must_change=False)

    def add(
        self, user: UserName, nombre: str, password: str, permisos: frozenset[str], *, now: Instant
    ) -> None:
        """Make an account, whose password is to be changed at the first entry."""
        phc, nombre = self._hash(password, user), full_name(nombre)
        with durable.transaction(self.book.connection, step="host.accounts.add"):
            if self.book.find(user):
                raise AccountRuleError("name taken", motivo=f"ya existe el usuario «{user}»")
            self._insert(user, nombre, phc, permisos, now=now, must_change=True)

    def set_permissions(self, user: UserName, permisos: frozenset[str]) -> Account:
        """Give ``user`` exactly these permissions; gives the account as it was."""
        with durable.transaction(self.book.connection, step="host.accounts.permissions"):
            before = self.book.get(user)
            self.book.set_permissions(user, permisos)
            self.book.hold_administrator()
        return before

    def reset_password(self, user: UserName, password: str, *, now: Instant) -> None:
        """Give ``user`` a password to be changed at the next entry; ends the sessions and the wait after failures."""
        phc = self._hash(password, user)
        with durable.transaction(self.book.connection, step="host.accounts.reset"):
            self.book.get(user)
            self._set_password(user, phc, now=now, must_change=True)

    def unlock(self, user: UserName) -> Account:
        """End the wait after failures; gives the account as it was."""
        with durable.transaction(self.book.connection, step="host.accounts.unlock"):
            before = self.book.get(user)
            self.book.clear_tries(user)
        return before

    def deactivate(self, user: UserName, successor: UserName, *, with_permissions: bool = False) -> Account:
        """Close the account of somebody who leaves; ``successor`` answers for what they answered for.

        With ``with_permissions`` the permissions pass too. Sessions end. Gives the account as it was; the last
        administrator cannot be closed.
        """
        with durable.transaction(self.book.connection, step="host.accounts.deactivate"):
            before, heir = self.book.get(user), self.book.get(successor)
            if not before.activa:
                raise AccountRuleError("inactive", motivo=f"el usuario «{user}» ya está desactivado")
            if user == successor or not heir.activa:
                raise AccountRuleError(
                    "successor", motivo="quien queda a cargo debe ser otro usuario, y activo"
                )
            self._close(user, successor)
            if with_permissions:
                self.book.set_permissions(successor, heir.permisos | before.permisos)
            self.book.hold_administrator()
        return before

    def reactivate(self, user: UserName, password: str, *, now: Instant) -> None:
        """Open a closed account again, with a password to be changed; what it answered for stays with the successor."""
        phc = self._hash(password, user)
        with durable.transaction(self.book.connection, step="host.accounts.reactivate"):
            if self.book.get(user).activa:
                raise AccountRuleError("active", motivo=f"el usuario «{user}» está activo")
            self._open(user)
            self._set_password(user, phc, now=now, must_change=True)

    def set_expiry(self, user: UserName, days: int | None) -> Account:
        """Let the passwords of ``user`` expire after ``days``, or never; gives the account as it was."""
        if days is not None and not 1 <= days <= LONGEST_DAYS:
            raise AccountRuleError("days", motivo=f"el vencimiento va de 1 a {LONGEST_DAYS} días")
        with durable.transaction(self.book.connection, step="host.accounts.expiry"):
            before = self.book.get(user)
            self.book.connection.execute(
                "UPDATE cuenta SET vence_dias = ? WHERE usuario = ?", (days, user.value)
            )
        return before

    def recover(self, user: UserName, password: str, *, now: Instant) -> bool:
        """Make ``user`` an administrator who can enter, whatever stood in the way; gives whether the account is new.

        For whoever owns the machine, when every administrator is lost: the caller holds that.
        """
        phc = self._hash(password, user)
        with durable.transaction(self.book.connection, step="host.accounts.recover"):
            before = self.book.find(user)
            permisos = (before.permisos if before else frozenset(self.program.permisos)) | {ADMINISTRATION}
            if before is None:
                self._insert(user, user.value, phc, permisos, now=now, must_change=False)
            else:
                self._open(user)
                self._set_password(user, phc, now=now, must_change=False)
                self.book.set_permissions(user, permisos)
        return before is None

    def take_charge(self, asunto: str, user: UserName) -> None:
        """Let ``user`` answer for ``asunto`` (a name of the program's, as ``base``) from now on."""
        with durable.transaction(self.book.connection, step="host.accounts.charge"):
            self.book.get(user)
            self.book.connection.execute("INSERT OR REPLACE INTO encargo VALUES (?, ?)", (asunto, user.value))

    def _hash(self, password: str, user: UserName) -> str:
        return self.hasher.hash(checked(password, user))

    def _insert(
        self,
        user: UserName,
        nombre: str,
        phc: str,
        permisos: frozenset[str],
        *,
        now: Instant,
        must_change: bool,
    ) -> None:
        self.book.connection.execute(
            "INSERT INTO cuenta VALUES (?, ?, ?, ?, ?, NULL, 1, ?, NULL, NULL)",
            (user.value, nombre, phc, str(now), must_change, str(now)),
        )
        self.book.set_permissions(user, permisos)
        self.book.clear_tries(user)

    def _set_password(self, user: UserName, phc: str, *, now: Instant, must_change: bool) -> None:
        self.book.connection.execute(
            "UPDATE cuenta SET clave = ?, clave_desde = ?, debe_cambiar = ? WHERE usuario = ?",
            (phc, str(now), must_change, user.value),
        )
        self.book.clear_tries(user)
        self.book.end_sessions(user)

    def _close(self, user: UserName, successor: UserName) -> None:
        run = self.book.connection.execute
        run("UPDATE cuenta SET activa = 0, sucesor = ? WHERE usuario = ?", (successor.value, user.value))
        run("UPDATE encargo SET usuario = ? WHERE usuario = ?", (successor.value, user.value))
        self.book.end_sessions(user)

    def _open(self, user: UserName) -> None:
        self.book.connection.execute(
            "UPDATE cuenta SET activa = 1, sucesor = NULL WHERE usuario = ?", (user.value,)
        )
