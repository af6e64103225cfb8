"""The values around the engine: a rule, what is known of the package, a finding, and the seam to the tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pyarrow as pa

from sigasers.formats.manifest import Observacion
from sigasers.formats.package import Level
from sigasers.model import Ambito, Ejercicio, Nemonico
from sigasers.protocol.rules.kinds import Condicion, Kind, Umbral

EVERY_TABLE = "*"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: what it looks for in ``tabla``, how heavy a finding is, and what is said of it.

    ``nombre``, ``texto``, ``porque`` and ``haga`` are Spanish; ``texto`` has placeholders for counts alone.
    ``conocido`` marks a defect seen in real bases.
    """

    codigo: str
    nombre: str
    nivel: Level
    ambitos: frozenset[Ambito]
    tabla: str
    kind: Kind
    texto: str
    porque: str
    haga: str
    conocido: bool = False
    donde: tuple[Condicion, ...] = ()
    umbral: Umbral = field(default_factory=Umbral)


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """All rules in the order of their codes, and the version that a report names."""

    version: str
    reglas: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class RuleContext:
    """What rules hold the tables against.

    ``hoy`` is the day of the snapshot where the unit is. ``previas`` are the rows by table of the newest earlier
    package of the same unit, year and ámbito, ``None`` where none is known. ``fallidas`` are the tables that could
    not be read.
    """

    unidad: Nemonico
    anio: Ejercicio
    ambito: Ambito
    hoy: date
    previas: Mapping[str, int] | None = None
    fallidas: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RuleFinding:
    """What a rule found: counts and the ordinal (from 1) of the first row, never a value of a cell.

    ``total`` is how many rows (or groups) the rule concerned, ``cantidad`` how many of them are bad.
    """

    codigo: str
    nivel: Level
    tabla: str
    columna: str | None
    fila: int | None
    cantidad: int
    total: int
    texto: str

    @property
    def observacion(self) -> Observacion:
        """The finding as it stands in a manifest."""
        return Observacion(
            codigo=self.codigo,
            texto=self.texto,
            columna=self.columna,
            fila=self.fila,
            cantidad=self.cantidad,
        )


@dataclass(frozen=True, kw_only=True)
class RulesReport:
    """What came of one set of rules on one package.

    ``omitidas`` are codes of rules whose table, column or type this package does not have, or that needed a
    previous package; ``defectos`` are rules that failed by a defect of ours: code and a detail for the log.
    """

    version: str
    findings: tuple[RuleFinding, ...]
    aplicadas: int
    omitidas: tuple[str, ...] = ()
    defectos: tuple[tuple[str, str], ...] = ()

    @property
    def rechazos(self) -> tuple[RuleFinding, ...]:
        """The findings of level *rechazo*."""
        return tuple(finding for finding in self.findings if finding.nivel is Level.RECHAZO)


class Tables(Protocol):
    """The tables of one package, wherever they lie. Names are compared without regard to case.

    Errors of reading pass through the engine. One thread; iterators are used to their end or closed.
    """

    def names(self) -> Sequence[str]:
        """Give the tables that are in the package."""

    def rows(self, tabla: str) -> int:
        """Give the number of rows of a table that is in the package."""

    def columns(self, tabla: str) -> Mapping[str, pa.DataType] | None:
        """Give the Arrow types by lower-case column name; ``None`` for a table that is not in the package."""

    def batches(self, tabla: str, columnas: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give all rows in order, of ``columnas`` alone, each under the name that was asked for."""
