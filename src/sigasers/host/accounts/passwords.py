"""Passwords: what a new one must be, and Argon2id (RFC 9106) over it.

Case counts. A password is normalised (NFC: the same letters typed on two keyboards are one password) and bounded
before it is hashed. Hashes are PHC strings, which name their parameters: one made with others is made anew at the next
entry. This module keeps nothing.
"""

import secrets
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from sigasers.errors.accounts import PasswordRefusedError
from sigasers.host.accounts.names import UserName

SHORTEST, LONGEST = 8, 200
_BEFORE_NFC = 4 * LONGEST  # what NFC may make shorter
_FEWEST_SIGNS = 4
_SALT_BYTES, _HASH_BYTES = 16, 32
_OBVIOUS = (
    "contrasen", "contraseñ", "password", "qwerty", "asdfgh", "siga", "sers", "sigasers", "clave", "admin",
    "administrador", "usuario", "ministerio", "economia", "peru", "lima", "temporal", "cambiame", "iloveyou",
    "bienvenido",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Hasher:
    """Argon2id with these parameters; the usual ones are RFC 9106's second choice (64 MiB, 3 passes, 4 lanes)."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(_SALT_BYTES), repr=False)

    def hash(self, password: str) -> str:
        """Give the PHC string of ``password``, which must be as ``checked`` gives it."""
        return self._with(secrets.token_bytes(_SALT_BYTES)).derive_phc_encoded(password.encode())

    def verify(self, password: str, phc: str | None) -> bool:
        """Tell whether ``password`` is the one of ``phc``; without ``phc`` the same work is done, and it is not."""
        normal = _normal(password)
        data = (normal if normal is not None else "").encode()
        try:
            Argon2id.verify_phc_encoded(data, phc or self._dummy)
        except (InvalidKey, ValueError):
            return False
        return phc is not None and normal is not None

    def is_outdated(self, phc: str) -> bool:
        """Tell whether ``phc`` was made with other parameters than these."""
        wanted = f"m={self.memory_kib},t={self.passes},p={self.lanes}"
        return not phc.startswith(f"$argon2id$v=19${wanted}$")

    @cached_property
    def _dummy(self) -> str:
        return self._with(self._salt).derive_phc_encoded(secrets.token_bytes(_HASH_BYTES))

    def _with(self, salt: bytes) -> Argon2id:
        return Argon2id(
            salt=salt,
            length=_HASH_BYTES,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )


def checked(password: str, user: UserName) -> str:
    """Give a new password of ``user`` as it is hashed; raises ``PasswordRefusedError``."""
    normal = _normal(password)
    if normal is None:
        raise PasswordRefusedError(
            "length or signs",
            motivo=f"debe tener de {SHORTEST} a {LONGEST} caracteres que se puedan escribir",
        )
    folded = normal.casefold()
    if user.value in folded or user.value[::-1] in folded:
        raise PasswordRefusedError("holds the user's name", motivo="contiene el nombre del usuario")
    if len(set(folded)) < _FEWEST_SIGNS or _is_row(folded) or _is_obvious(folded):
        raise PasswordRefusedError("obvious", motivo="es de las primeras que alguien probaría")
    return normal


def _normal(password: str) -> str | None:
    """Give the password in NFC; nothing where it cannot be one: too short or long, signs that cannot be typed."""
    if len(password) > _BEFORE_NFC:
        return None
    normal = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(normal) <= LONGEST:
        return None
    return None if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in normal) else normal


def _is_row(text: str) -> bool:
    """Tell whether each sign follows the one before it: ``12345678``, ``hgfedcba``."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({1}, {-1}, {1, -9}, {-1, 9})


def _is_obvious(text: str) -> bool:
    """Tell whether only a word of everybody is left when digits and signs are taken away."""
    letters = "".join(sign for sign in text if sign.isalpha())
    plain = letters.removesuffix("a").removesuffix("s")
    return letters in _OBVIOUS or plain in _OBVIOUS
