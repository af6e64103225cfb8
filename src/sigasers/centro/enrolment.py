"""One-time codes, and the certificates that they buy (EST ``simpleenroll``, ``docs/spec/wire.md``)."""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from sqlite3 import Connection

from sigasers.centro import registrations
from sigasers.centro.clock import Clock
from sigasers.centro.database import Writer
from sigasers.centro.identity import new_identifier
from sigasers.centro.llaves.client import KeysClient
from sigasers.centro.registrations import MAX_FAILURES, Registration
from sigasers.errors.centro import (
    CodeExpiredError,
    CodeLockedError,
    CodeUsedError,
    CsrError,
    WrongCodeError,
)
from sigasers.errors.keys import BadCsrError
from sigasers.keys.kinds import kid_of
from sigasers.keys.x509 import read_csr
from sigasers.model import Identifier, Instant, Nemonico

CODE_LIFE = timedelta(days=7)
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I, which sound and look alike on the telephone
_GROUPS, _GROUP_CHARS = 4, 4  # 80 bits: no guessing, with or without the lock
_SALT_BYTES = 16
_NOBODY_SALT, _NOBODY_HASH = bytes(_SALT_BYTES), bytes(32)


@dataclass(frozen=True, kw_only=True)
class NewCode:
    """A fresh registration and its code, which is told once and never stored."""

    registration: Registration
    code: str


def new_code(unidad: Nemonico, sistema: str, now: Instant) -> NewCode:
    """Make a registration with a one-time code of 16 signs, in groups of four."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_CHARS)) for _ in range(_GROUPS))
    code = "-".join(groups)
    salt = secrets.token_bytes(_SALT_BYTES)
    registration = Registration(
        registro=new_identifier(),
        unidad=str(unidad),
        sistema=sistema,
        salt=salt,
        code_hash=hash_code(code, salt),
        expires=now.plus(CODE_LIFE),
        failures=0,
        kid=None,
        revoked=False,
    )
    return NewCode(registration=registration, code=code)


def hash_code(code: str, salt: bytes) -> bytes:
    """Give the salted hash of a code as people type it: case, blanks and hyphens do not count."""
    plain = "".join(code.split()).replace("-", "").upper().encode("utf-8", "replace")[:64]
    return hashlib.scrypt(plain, salt=salt, n=1 << 14, r=8, p=1, dklen=32)


class Enrolment:
    """Gives certificates for codes. The same key within the code's life gets the same certificate."""

    def __init__(self, *, writer: Writer, reader: Connection, keys: KeysClient, clock: Clock) -> None:
        self._writer, self._reader, self._keys, self._clock = writer, reader, keys, clock
        self._one_hash = asyncio.Semaphore(2)  # scrypt takes 16 MiB and some 50 ms each

    async def enroll(self, registro: Identifier, code: str, csr: bytes) -> bytes:
        """Give the certificate (DER) for ``csr``.

        Raises ``WrongCodeError`` (also for a registration that is not there), ``CodeLockedError``,
        ``CodeExpiredError``, ``CodeUsedError``, ``CsrError``.
        """
        try:
            kid = kid_of(read_csr(csr))
        except BadCsrError as error:
            raise CsrError(error.detail) from error
        entry = await self._checked(registro, code)
        if entry.kid not in {None, kid}:
            raise CodeUsedError("code was used with another key")
        now = self._clock()
        der = await self._keys.client_certificate(
            csr, unidad=Nemonico.parse(entry.unidad), sistema=entry.sistema, registro=registro, at=now
        )
        return await self._writer.run(lambda db: _bind(db, registro, kid, der, now))

    async def _checked(self, registro: Identifier, code: str) -> Registration:
        """Give the registration if ``code`` is its code; a wrong one is counted before it is told."""
        entry = registrations.read_registration(self._reader, registro)
        if entry is not None and entry.failures >= MAX_FAILURES:
            raise CodeLockedError("too many wrong codes")
        salt, wanted = (entry.salt, entry.code_hash) if entry else (_NOBODY_SALT, _NOBODY_HASH)
        async with self._one_hash:
            found = await asyncio.to_thread(hash_code, code, salt)
        if entry is None or not hmac.compare_digest(found, wanted) or entry.revoked:
            if entry is not None:
                await self._writer.run(lambda db: registrations.count_failure(db, registro))
            raise WrongCodeError("wrong code")
        if self._clock() > entry.expires:
            raise CodeExpiredError("code expired", vence=str(entry.expires))
        return entry


def _bind(connection: Connection, registro: Identifier, kid: str, der: bytes, now: Instant) -> bytes:
    """Bind within the transaction: of two keys that race for one code the first wins."""
    entry = registrations.read_registration(connection, registro)
    if entry is None or entry.kid not in {None, kid}:
        raise CodeUsedError("code was used with another key")
    return registrations.bind(connection, registro, kid, der, now)
