"""The values of a probe: a step, how it ended, who can mend it."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from sigasers.errors import SigasersError


class Resultado(Enum):
    """How a step ended; the values are those of the JSON output."""

    BIEN = "bien"
    AVISO = "aviso"
    FALLA = "falla"
    OMITIDO = "omitido"


class Quien(Enum):
    """Who can mend a cause; the values are what the operator reads."""

    USTED = "usted"
    BASE = "el administrador de la base de datos"
    RED = "el encargado de la red"
    EQUIPO = "el encargado de este equipo"


@dataclass(frozen=True, kw_only=True)
class Paso:
    """One step that was done. ``detalle`` is Spanish and printable; ``error`` and ``quien`` are there for a failure."""

    codigo: str
    titulo: str
    resultado: Resultado
    detalle: str
    segundos: float
    error: SigasersError | None = None
    quien: Quien | None = None


@dataclass(frozen=True)
class Found:
    """What a step found when it did not fail."""

    detalle: str
    resultado: Resultado = Resultado.BIEN


class FailedError(Exception):
    """Not an error of the tree: carries one, with who can mend it in this very case."""

    def __init__(self, error: SigasersError, quien: Quien) -> None:
        super().__init__(error.code)
        self.error, self.quien = error, quien


class Told(Protocol):
    """Who is told of a probe while it runs."""

    def begun(self, titulo: str) -> None:
        """Tell that a step begins."""

    def ended(self, paso: Paso) -> None:
        """Tell how it ended."""


class Silent:
    """Tells nothing: whoever asked looks at the steps at the end."""

    def begun(self, titulo: str) -> None:
        """Tell nothing."""

    def ended(self, paso: Paso) -> None:
        """Tell nothing."""


# Who can mend an error where the step does not know better.
USUAL_WHO: dict[str, Quien] = {
    "SIGA-002": Quien.BASE,
    "SIGA-003": Quien.BASE,
    "SIGA-004": Quien.EQUIPO,
    "SIGA-020": Quien.RED,
    "SIGA-021": Quien.BASE,
    "SIGA-022": Quien.BASE,
    "SIGA-023": Quien.BASE,
    "SIGA-024": Quien.BASE,
    "SIGA-025": Quien.EQUIPO,
    "SIGA-026": Quien.BASE,
    "SIGA-027": Quien.BASE,
    "SIGA-029": Quien.BASE,
    "SIGA-031": Quien.BASE,
    "SIGA-032": Quien.BASE,
    "SIGA-033": Quien.BASE,
    "SIGA-037": Quien.EQUIPO,
    "SIGA-039": Quien.BASE,
}


def who_mends(error: SigasersError) -> Quien:
    """Give who can mend ``error``: settings and passwords are the operator's own."""
    return USUAL_WHO.get(error.code, Quien.USTED)


def printable(text: str, most: int = 300) -> str:
    """Give outside text fit for one line of a terminal."""
    return "".join(char if char.isprintable() else "?" for char in text)[:most]
