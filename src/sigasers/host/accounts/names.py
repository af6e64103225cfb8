"""Names of users, and what a program lets them do: permissions by module, roles as named sets of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sigasers.errors.accounts import AccountRuleError
from sigasers.formats.visible_text import visible

ADMINISTRATION = "usuarios"
"""The permission that makes an administrator, in every program."""

MAX_FULL_NAME = 100
_NAME = re.compile(r"[a-z][a-z0-9._-]{2,31}")


@dataclass(frozen=True, order=True)
class UserName:
    """A user's name: 3 to 32 plain letters, digits, dots and dashes; ``Ana`` and ``ANA`` are one user."""

    value: str

    @classmethod
    def parse(cls, text: str) -> "UserName":
        """Read a name in any case; raises ``AccountRuleError``."""
        folded = text[:100].strip().casefold()
        if not _NAME.fullmatch(folded):
            raise AccountRuleError(
                "bad user name",
                motivo="el nombre de usuario lleva de 3 a 32 letras sin tilde, dígitos, puntos o guiones,"
                " y empieza con una letra",
            )
        return cls(folded)

    def __str__(self) -> str:
        return self.value


def full_name(text: str) -> str:
    """Give a person's name as it may be kept and shown; raises ``AccountRuleError``."""
    name = text.strip()
    if not 1 <= len(name) <= MAX_FULL_NAME or visible(name) != name:
        raise AccountRuleError(
            "bad full name", motivo=f"el nombre de la persona lleva de 1 a {MAX_FULL_NAME} caracteres"
        )
    return name


@dataclass(frozen=True, kw_only=True)
class Program:
    """What ``nombre`` (``siga``) offers: each permission with its Spanish description, each role with its set."""

    nombre: str
    permisos: Mapping[str, str]
    roles: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        named = {ADMINISTRATION, *(each for role in self.roles.values() for each in role)}
        if not named <= set(self.permisos):
            raise ValueError(
                "a role, or the administration, names a permission that the program does not have"
            )

    def permissions(self, names: Iterable[str]) -> frozenset[str]:
        """Give the permissions that ``names`` (permissions and roles) stand for; raises ``AccountRuleError``."""
        found: set[str] = set()
        for name in names:
            if name not in self.roles and name not in self.permisos:
                known = ", ".join((*self.roles, *self.permisos))
                raise AccountRuleError(
                    "unknown permission", motivo=f"«{visible(name[:40])}» no es permiso ni rol; son: {known}"
                )
            found |= self.roles.get(name, {name})
        return frozenset(found)
