"""The accounts as values, and the rows they are read from. It decides nothing (``administration``, ``entrance``)."""

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from sigasers.errors.accounts import AccountRuleError
from sigasers.host.accounts.lockout import Tries
from sigasers.host.accounts.names import ADMINISTRATION, UserName
from sigasers.model import Instant

MAX_UNKNOWN = 1000
"""How many names without an account are remembered with their tries; the one tried longest ago goes first."""


class Estado(Enum):
    """What an account is good for now."""

    ACTIVA = "activa"
    BLOQUEADA = "bloqueada"
    DESACTIVADA = "desactivada"


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account. ``vence_dias``: how long a password is good; ``encargos``: what the person answers for."""

    usuario: UserName
    nombre: str
    permisos: frozenset[str]
    activa: bool
    debe_cambiar: bool
    clave_desde: Instant
    vence_dias: int | None
    creada: Instant
    ultimo_ingreso: Instant | None
    sucesor: UserName | None
    encargos: tuple[str, ...]
    tries: Tries

    def estado(self, now: Instant) -> Estado:
        """Give what the account is good for at ``now``."""
        if not self.activa:
            return Estado.DESACTIVADA
        return Estado.BLOQUEADA if self.tries.remaining_s(now) else Estado.ACTIVA

    def expires_at(self) -> Instant | None:
        """Give when the password expires, if it does."""
        return None if self.vence_dias is None else self.clave_desde.plus(timedelta(days=self.vence_dias))

    def must_change(self, now: Instant) -> bool:
        """Tell whether a new password is due at the next entry."""
        expires = self.expires_at()
        return self.debe_cambiar or (expires is not None and now >= expires)


class Book:
    """The rows of an open database of accounts; one thread. Writes belong in a transaction of the caller."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        row = connection.execute("SELECT id, sal FROM instalacion").fetchone()
        self.installation: str = row["id"]
        self._salt: bytes = row["sal"]

    def is_empty(self) -> bool:
        """Tell whether there is no account at all."""
        return self.connection.execute("SELECT 1 FROM cuenta").fetchone() is None

    def find(self, user: UserName) -> Account | None:
        """Give the account of ``user``."""
        row = self.connection.execute("SELECT * FROM cuenta WHERE usuario = ?", (user.value,)).fetchone()
        return self._account(row) if row else None

    def get(self, user: UserName) -> Account:
        """Give the account of ``user``; raises ``AccountRuleError`` where there is none."""
        found = self.find(user)
        if found is None:
            raise AccountRuleError("no such user", motivo=f"no existe el usuario «{user}»")
        return found

    def all(self) -> list[Account]:
        """Give every account, by name."""
        rows = self.connection.execute("SELECT * FROM cuenta ORDER BY usuario").fetchall()
        return [self._account(row) for row in rows]

    def password_of(self, user: UserName) -> str | None:
        """Give the PHC string of the password of ``user``."""
        row = self.connection.execute("SELECT clave FROM cuenta WHERE usuario = ?", (user.value,)).fetchone()
        return row["clave"] if row else None

    def hold_administrator(self) -> None:
        """Hold that an active administrator is left; raises ``AccountRuleError`` where none is."""
        found = self.connection.execute(
            "SELECT 1 FROM cuenta JOIN permiso USING (usuario) WHERE activa = 1 AND permiso = ?",
            (ADMINISTRATION,),
        )
        if found.fetchone() is None:
            raise AccountRuleError(
                "last administrator", motivo="no quedaría ningún administrador activo; nombre antes a otro"
            )

    def set_permissions(self, user: UserName, permisos: frozenset[str]) -> None:
        """Give ``user`` exactly these permissions."""
        self.connection.execute("DELETE FROM permiso WHERE usuario = ?", (user.value,))
        self.connection.executemany(
            "INSERT INTO permiso VALUES (?, ?)", [(user.value, each) for each in sorted(permisos)]
        )

    def tries(self, user: UserName) -> Tries:
        """Give the tries under a name, whether it has an account or not."""
        found = self.connection.execute(
            "SELECT * FROM intento WHERE quien = ?", (self._key(user),)
        ).fetchone()
        if found is None:
            return Tries()
        desde = Instant.parse(found["desde"]) if found["desde"] else None
        return Tries(fallos=found["fallos"], desde=desde, espera_s=found["espera_s"])

    def set_tries(self, user: UserName, tries: Tries, *, known: bool) -> None:
        """Keep the tries under a name; of names without account at most ``MAX_UNKNOWN``."""
        self.connection.execute(
            "INSERT OR REPLACE INTO intento SELECT ?, ?, ?, ?, ?, coalesce(max(visto), 0) + 1 FROM intento",
            (
                self._key(user),
                user.value if known else None,
                tries.fallos,
                str(tries.desde) if tries.desde else None,
                tries.espera_s,
            ),
        )
        self.connection.execute(
            "DELETE FROM intento WHERE usuario IS NULL AND quien NOT IN"
            " (SELECT quien FROM intento WHERE usuario IS NULL ORDER BY visto DESC LIMIT ?)",
            (MAX_UNKNOWN,),
        )

    def clear_tries(self, user: UserName) -> None:
        """Forget the failures under a name."""
        self.connection.execute("DELETE FROM intento WHERE quien = ?", (self._key(user),))

    def end_sessions(self, user: UserName) -> None:
        """End every session of ``user``."""
        self.connection.execute("DELETE FROM sesion WHERE usuario = ?", (user.value,))

    def _key(self, user: UserName) -> bytes:
        """Give what stands for a typed name: a password typed in its place must not lie in the file."""
        return hashlib.blake2b(user.value.encode(), key=self._salt, digest_size=16).digest()

    def _account(self, row: sqlite3.Row) -> Account:
        user = UserName(row["usuario"])
        return Account(
            usuario=user,
            nombre=row["nombre"],
            permisos=frozenset(self._texts("SELECT permiso FROM permiso WHERE usuario = ?", user)),
            activa=bool(row["activa"]),
            debe_cambiar=bool(row["debe_cambiar"]),
            clave_desde=Instant.parse(row["clave_desde"]),
            vence_dias=row["vence_dias"],
            creada=Instant.parse(row["creada"]),
            ultimo_ingreso=Instant.parse(row["ultimo_ingreso"]) if row["ultimo_ingreso"] else None,
            sucesor=UserName(row["sucesor"]) if row["sucesor"] else None,
            encargos=tuple(self._texts("SELECT asunto FROM encargo WHERE usuario = ? ORDER BY asunto", user)),
            tries=self.tries(user),
        )

    def _texts(self, query: str, user: UserName) -> list[str]:
        return [row[0] for row in self.connection.execute(query, (user.value,))]
