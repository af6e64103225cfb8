"""``manifest.json``, the first member of a package (``docs/spec/manifest.md``).

The values; their bytes are made and read by ``manifest_json``. No cell of a table stands in a manifest.
"""

from dataclasses import dataclass
from enum import Enum

from sigasers.errors.formats import FormatError
from sigasers.formats.audit_log import Head
from sigasers.formats.column_type import Column, Kind
from sigasers.formats.pseudonym import ALGORITHM, Domain
from sigasers.model import (
    Ambito,
    Digest,
    Ejercicio,
    Identifier,
    Instant,
    TipoTransmision,
    UnidadEjecutora,
)

VERSION = 1
MEMBER_NAME = "manifest.json"
MAX_BYTES = 16 << 20  # 134 tables of 44 columns take about 0.6 MB; bounds what a reader will parse


class Consistencia(Enum):
    """What the engine gave: one snapshot of all tables, one a table, or reads of committed rows alone."""

    INSTANTANEA = "instantanea"
    POR_TABLA = "por_tabla"
    LECTURA_CONFIRMADA = "lectura_confirmada"


class Estado(Enum):
    """Whether a table is in the package: whole, absent from the database, or failed while being read."""

    EXPORTADA = "exportada"
    AUSENTE = "ausente"
    FALLIDA = "fallida"


@dataclass(frozen=True, kw_only=True)
class Observacion:
    """Something to know about a table, without any value: ``fila`` is the ordinal (from 1) of the first row.

    ``cantidad`` is how many rows or columns it concerns; ``texto`` the Spanish sentence.
    """

    codigo: str
    texto: str
    columna: str | None = None
    fila: int | None = None
    cantidad: int | None = None


@dataclass(frozen=True, kw_only=True)
class Total:
    """The exact sum of a column as decimal strings: asked from the database, computed from what was written."""

    columna: str
    origen: str
    escrito: str


@dataclass(frozen=True, kw_only=True)
class TableFile:
    """The Parquet member of a table (``tablas/NOMBRE.parquet``): its plain bytes and its contents."""

    miembro: str
    tamano_bytes: int
    sha256: Digest
    resumen_contenido: Digest


@dataclass(frozen=True, kw_only=True)
class PseudonymNote:
    """Under which key and by which algorithm the pseudonyms of a package were made."""

    llave: Identifier
    algoritmo: str = ALGORITHM


@dataclass(frozen=True, kw_only=True)
class TableManifest:
    """One table of the catalogue in a package; ``archivo`` is there if and only if it was exported.

    ``filas`` rows were written, ``filas_origen`` counted by the database in the same snapshot. ``seudonimizadas``
    are (column, domain): columns of type ``texto`` that hold pseudonyms.
    """

    nombre: str
    descripcion: str
    grupo: str
    origen: str
    filtro: str
    estado: Estado
    inicio: Instant
    fin: Instant
    archivo: TableFile | None = None
    filas: int = 0
    filas_origen: int = 0
    columnas: tuple[Column, ...] = ()
    clave: tuple[str, ...] = ()
    omitidas: tuple[str, ...] = ()
    seudonimizadas: tuple[tuple[str, Domain], ...] = ()
    totales: tuple[Total, ...] = ()
    observaciones: tuple[Observacion, ...] = ()

    def __post_init__(self) -> None:
        if (self.archivo is not None) != (self.estado is Estado.EXPORTADA):
            raise FormatError("a table has a file if and only if it was exported")
        texts = {column.nombre for column in self.columnas if column.tipo.kind is Kind.TEXTO}
        if not texts.issuperset(name for name, _ in self.seudonimizadas):
            raise FormatError("a pseudonymised column is no text of its table")


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """All that a package says of itself; ``instantanea`` is the instant of the snapshot, by the unit's clock.

    ``auditoria`` is where the unit's audit file stood: whoever has the package can hold the file against it.
    """

    programa: str
    sistema: str
    unidad: UnidadEjecutora
    anio: Ejercicio
    ambito: Ambito
    tipo: TipoTransmision
    modo: str
    corrida: Identifier
    turno: str | None
    raiz: str
    motor: str
    motor_version: str
    catalogo: str
    instantanea: Instant
    consistencia: Consistencia
    tablas: tuple[TableManifest, ...]
    observaciones: tuple[Observacion, ...] = ()
    seudonimos: PseudonymNote | None = None
    auditoria: Head | None = None

    def __post_init__(self) -> None:
        if self.seudonimos is None and any(table.seudonimizadas for table in self.tablas):
            raise FormatError("pseudonyms without the id of their key")

    @property
    def filas(self) -> int:
        """Rows of all tables."""
        return sum(table.filas for table in self.tablas)
