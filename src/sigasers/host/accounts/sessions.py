"""Open sessions: an opaque token, of which the database keeps the SHA-256 alone.

A session is of one account, one account of the operating system and one installation. It ends half an hour after its
last use, ten hours after it was opened, when it is closed, and when its account is closed or gets another password. A
clock set back before its opening ends it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sigasers import durable
from sigasers.host.accounts.book import Account, Book
from sigasers.host.accounts.names import UserName
from sigasers.model import Instant

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
_SLACK = timedelta(minutes=2)  # clocks are corrected by a little all the time
_TOUCH_AFTER = timedelta(seconds=30)
_TOKEN_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session that is good now; ``until``: when it ends at the latest."""

    account: Account
    opened: Instant
    until: Instant


@dataclass(frozen=True, kw_only=True)
class Sessions:
    """The sessions of ``book`` for the account of the operating system ``system_account`` (its id)."""

    book: Book
    system_account: str

    def open(self, user: UserName, *, now: Instant) -> str:
        """Open a session of ``user`` and give its token; ended ones are swept away."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with durable.transaction(self.book.connection, step="host.accounts.session_open"):
            self.book.get(user)
            self.book.connection.execute(
                "DELETE FROM sesion WHERE abierta < ? OR usada < ?",
                (str(now.plus(-LONGEST)), str(now.plus(-IDLE))),
            )
            self.book.connection.execute(
                "INSERT INTO sesion VALUES (?, ?, ?, ?, ?)",
                (_print(token), user.value, self.system_account, str(now), str(now)),
            )
        return token

    def use(self, token: str, *, now: Instant) -> Session | None:
        """Give the session of ``token`` if it is good now, and let it last on."""
        row = self.book.connection.execute(
            "SELECT * FROM sesion WHERE huella = ? AND cuenta_sistema = ?",
            (_print(token), self.system_account),
        ).fetchone()
        if row is None:
            return None
        opened, used = Instant.parse(row["abierta"]), Instant.parse(row["usada"])
        account = self.book.find(UserName(row["usuario"]))
        if account is None or not account.activa or not _is_good(opened, used, now):
            return None
        if now.at - used.at > _TOUCH_AFTER:
            with durable.transaction(self.book.connection, step="host.accounts.session_use"):
                self.book.connection.execute(
                    "UPDATE sesion SET usada = ? WHERE huella = ?", (str(now), _print(token))
                )
        last = min(opened.plus(LONGEST), now.plus(IDLE))
        return Session(account=account, opened=opened, until=last)

    def close(self, token: str) -> bool:
        """End the session of ``token``; gives whether there was one."""
        with durable.transaction(self.book.connection, step="host.accounts.session_close"):
            gone = self.book.connection.execute("DELETE FROM sesion WHERE huella = ?", (_print(token),))
        return gone.rowcount > 0


def _is_good(opened: Instant, used: Instant, now: Instant) -> bool:
    if now.at < opened.at - _SLACK or now.at < used.at - _SLACK:
        return False
    return now.at < opened.at + LONGEST and now.at < used.at + IDLE


def _print(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
