"""Rules over a year that was just exported, before its package is made: what they find, and whether to go on.

The tables are read back from their ciphertexts (``docs/spec/rules.md``). Findings become observations of the
manifest, whoever runs the export; asking is for a person at a manual export alone. What fails in the validation by
a defect of ours is observed and costs no export.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import BinaryIO, Protocol
from zoneinfo import ZoneInfo

from sigasers.durable import disk_error
from sigasers.errors import EnvironmentError_, OwnError, SigasersError
from sigasers.errors.rules import ExportDeclinedError
from sigasers.formats.manifest import Estado, Manifest, Observacion, TableManifest
from sigasers.formats.package import PackageTables
from sigasers.formats.rar5 import ArchiveKeys, open_part
from sigasers.model import Ambito, Ejercicio, Instant, UnidadEjecutora
from sigasers.protocol.rules import RuleContext, RulesReport, Tables, apply_rules, load_rules
from sigasers.siga.export.table_job import TableResult
from sigasers.siga.history import History

MANUAL = "manual"
_UNAVAILABLE = Observacion(
    codigo="validacion_no_hecha",
    texto="Las reglas de validación no se pudieron aplicar por un defecto del programa.",
)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whose tables are judged: the unit and year, the instant they were read, the stem of their package if any.

    ``fallidas`` are the tables that could not be read.
    """

    unidad: UnidadEjecutora
    anio: Ejercicio
    ambito: Ambito
    instantanea: Instant
    raiz: str = ""
    fallidas: tuple[str, ...] = ()

    @classmethod
    def of_manifest(cls, manifest: Manifest) -> "Subject":
        """Give the subject of a package."""
        return cls(
            unidad=manifest.unidad,
            anio=manifest.anio,
            ambito=manifest.ambito,
            instantanea=manifest.instantanea,
            raiz=manifest.raiz,
            fallidas=failed_tables(manifest.tablas),
        )


@dataclass(frozen=True, kw_only=True)
class Validation:
    """What the rules said of one year; without ``report`` they could not be applied, by the defect ``error``."""

    subject: Subject
    report: RulesReport | None
    error: SigasersError | None = None

    @property
    def grave(self) -> int:
        """How many findings are of level *rechazo*."""
        return len(self.report.rechazos) if self.report else 0

    @property
    def defects(self) -> tuple[SigasersError, ...]:
        """What is to be logged: defects of ours, none of which stopped anything."""
        broken = self.report.defectos if self.report else ()
        own = tuple(OwnError(f"rule failed: {detail}", regla=code) for code, detail in broken)
        return own if self.error is None else (self.error, *own)

    @property
    def observaciones(self) -> tuple[Observacion, ...]:
        """What the package as a whole is told: how many findings there are, and rules that could not be applied."""
        if self.report is None:
            return (_UNAVAILABLE,)
        found = (_summary(self.report),) if self.report.findings else ()
        broken = tuple(
            Observacion(
                codigo="regla_no_aplicada",
                texto=f"La regla {code} no se pudo aplicar por un defecto del programa.",
            )
            for code, _ in self.report.defectos
        )
        return (*found, *broken)


def _summary(report: RulesReport) -> Observacion:
    grave, count = len(report.rechazos), len(report.findings)
    words = f"{count} hallazgo" if count == 1 else f"{count} hallazgos"
    return Observacion(
        codigo="validacion_con_hallazgos",
        texto=f"La validación (reglas {report.version}) señaló {words}, {grave} de nivel rechazo; "
        "cada uno está junto a su tabla.",
        cantidad=count,
    )


class Reviewer(Protocol):
    """Whoever is shown what the rules found."""

    def review(self, validation: Validation, *, may_refuse: bool) -> bool:
        """Show ``validation``; give whether to go on. The answer counts only where ``may_refuse``."""


class SilentReviewer:
    """Shows nothing and always goes on."""

    def review(self, validation: Validation, *, may_refuse: bool) -> bool:  # noqa: ARG002 - the seam's signature
        """Go on."""
        return True


@dataclass(frozen=True, kw_only=True)
class Validator:
    """Validates the years of one run; ``history`` tells the rows of earlier packages."""

    history: History | None
    zone: ZoneInfo
    reviewer: Reviewer

    def approve(self, manifest: Manifest, results: Sequence[TableResult], keys: ArchiveKeys) -> Manifest:
        """Give ``manifest`` with what the rules found in it.

        Raises ``ExportDeclinedError`` when a person at a manual export refuses grave findings, and the disk's errors.
        """
        validation = self.validate(Subject.of_manifest(manifest), exported_tables(results, keys))
        may_refuse = manifest.modo == MANUAL and validation.grave > 0
        if not self.reviewer.review(validation, may_refuse=may_refuse) and may_refuse:
            raise ExportDeclinedError("grave findings refused", anio=manifest.anio, cantidad=validation.grave)
        return observed(manifest, validation)

    def validate(self, subject: Subject, tables: Tables) -> Validation:
        """Apply the rules; raises errors of the environment alone."""
        context = self._context(subject)
        try:
            return Validation(subject=subject, report=apply_rules(load_rules(), tables, context))
        except EnvironmentError_:
            raise
        except SigasersError as error:  # our rules are broken, or tables of ours do not read back
            return Validation(subject=subject, report=None, error=error)

    def _context(self, subject: Subject) -> RuleContext:
        unit, previous = subject.unidad.nemonico, None
        if self.history is not None:
            previous = self.history.previous_rows(
                unit,
                subject.anio,
                subject.ambito,
                before=subject.instantanea,
                other_than=subject.raiz,
            )
        return RuleContext(
            unidad=unit,
            anio=subject.anio,
            ambito=subject.ambito,
            hoy=subject.instantanea.at.astimezone(self.zone).date(),
            previas=previous,
            fallidas=subject.fallidas,
        )


def failed_tables(tables: Iterable[TableManifest]) -> tuple[str, ...]:
    """Give the names of those that could not be read."""
    return tuple(table.nombre for table in tables if table.estado is Estado.FALLIDA)


def observed(manifest: Manifest, validation: Validation) -> Manifest:
    """Give ``manifest`` with the findings as observations of their tables, after those that they have."""
    findings = validation.report.findings if validation.report else ()
    tables = tuple(
        replace(
            table,
            observaciones=(
                *table.observaciones,
                *(each.observacion for each in findings if each.tabla.lower() == table.nombre.lower()),
            ),
        )
        for table in manifest.tablas
    )
    return replace(
        manifest, tablas=tables, observaciones=(*manifest.observaciones, *validation.observaciones)
    )


def exported_tables(results: Sequence[TableResult], keys: ArchiveKeys) -> PackageTables:
    """Give the tables whose ciphertexts ``results`` hold; raises ``DiskError`` while they are read."""
    by_name = {result.manifest.nombre: result for result in results}
    return PackageTables([result.manifest for result in results], _opener(by_name, keys))


def _opener(
    results: dict[str, TableResult], keys: ArchiveKeys
) -> Callable[[TableManifest], AbstractContextManager[BinaryIO]]:
    @contextmanager
    def open_table(table: TableManifest) -> Iterator[BinaryIO]:
        result = results[table.nombre]
        assert result.member is not None  # noqa: S101 - an exported table has its member and its part
        assert result.part is not None  # noqa: S101 - as above
        try:
            file = result.part.part.open("rb")
        except OSError as error:
            raise disk_error(error, result.part.part) from error
        with file, BufferedReader(open_part(file, keys, result.member)) as plaintext:
            yield plaintext

    return open_table
