"""What a verification found, as data: codes for programs, sentences from ``mensajes``, never a cell."""

from dataclasses import dataclass, field
from enum import Enum

from sigasers import mensajes
from sigasers.errors import SigasersError
from sigasers.errors.formats import FormatTooNewError
from sigasers.formats.manifest import Manifest


class Level(Enum):
    """How heavy a finding is; the words of a constancia's reasons, and *en espera* for what is too new."""

    OBSERVACION = "observacion"
    RECHAZO = "rechazo"
    ESPERA = "espera"


class Resultado(Enum):
    """What the findings come to."""

    CONFORME = "conforme"
    OBSERVADO = "observado"
    RECHAZADO = "rechazado"
    EN_ESPERA = "en_espera"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding: ``codigo`` is stable (``PKG-05``, or the code of an error); ``fields`` fill its sentence."""

    codigo: str
    nivel: Level = Level.RECHAZO
    tabla: str | None = None
    columna: str | None = None
    fields: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of_error(cls, error: SigasersError, tabla: str | None = None) -> "Finding":
        """Give the finding that says what ``error`` says."""
        level = Level.ESPERA if isinstance(error, FormatTooNewError) else Level.RECHAZO
        return cls(codigo=error.code, nivel=level, tabla=tabla, fields=error.fields)

    @property
    def texto(self) -> str:
        """The operator's sentence, in Spanish."""
        known = {"tabla": self.tabla or "", "columna": self.columna or ""}
        return mensajes.sentence(self.codigo, known | self.fields).que


@dataclass(frozen=True, kw_only=True)
class PackageReport:
    """All findings about one package; ``manifest`` is there when it could be read.

    ``tablas``, ``filas`` and ``bytes_decodificados`` count what was read and held.
    """

    manifest: Manifest | None
    findings: tuple[Finding, ...]
    tablas: int = 0
    filas: int = 0
    bytes_decodificados: int = 0

    @property
    def resultado(self) -> Resultado:
        """*En espera* before all else: what is too new to be understood is not judged."""
        levels = {finding.nivel for finding in self.findings}
        if Level.ESPERA in levels:
            return Resultado.EN_ESPERA
        if Level.RECHAZO in levels:
            return Resultado.RECHAZADO
        return Resultado.OBSERVADO if levels else Resultado.CONFORME
