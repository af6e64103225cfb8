"""One year: its name, one snapshot, all its tables, then RAR and HTML log in SourceOut."""

import os
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from sigasers.errors import SigasersError
from sigasers.formats.archive_comment import PackageLabel, label_bytes
from sigasers.formats.audit_log import Head
from sigasers.formats.html_log import HtmlLog, render_html
from sigasers.formats.manifest import Manifest, Observacion, PseudonymNote
from sigasers.formats.package_name import package_name
from sigasers.formats.pseudonym import PseudonymKey
from sigasers.formats.rar5 import ArchiveKeys
from sigasers.model import Ambito, Digest, Ejercicio, Instant, UnidadEjecutora
from sigasers.siga.catalogue import Catalogue
from sigasers.siga.export.clock import Clock
from sigasers.siga.export.package_file import Assembled, assemble_rar, place
from sigasers.siga.export.package_key import KeyMaker
from sigasers.siga.export.parts import ALL_PARTS, Parts
from sigasers.siga.export.progress import Progress
from sigasers.siga.export.space import estimated_bytes
from sigasers.siga.export.table_export import TableExporter
from sigasers.siga.export.table_job import TableResult
from sigasers.siga.export.tables import discard_parts, export_tables, without_movement
from sigasers.siga.export.validation import Validator
from sigasers.siga.export.workspace import Workspace
from sigasers.siga.history import Corrida, Estado, History, PackageRow
from sigasers.siga.profile import SISTEMA
from sigasers.siga.sources import Snapshot, Source

_SALT_BYTES = 16
_STILL = Observacion(codigo="sin_movimiento", texto="El año no tiene movimientos de esta unidad.")
BLOCKS = "Esta base no está en modo WAL: mientras se lee, el SIGA no podrá grabar en ella. Suele durar unos segundos."


@dataclass(frozen=True, kw_only=True)
class Package:
    """A finished package: its files in SourceOut, the size of the RAR in bytes, its manifest."""

    rar: Path
    html: Path
    tamano_bytes: int
    sha256: Digest
    manifest: Manifest
    inicio: Instant
    fin: Instant


@dataclass(frozen=True, kw_only=True)
class YearExport:
    """Exports years of one run, one after the other; ``base_file`` is the database's file, if it is one.

    ``auditoria`` is the head of the installation's audit file.
    """

    source: Source
    unidad: UnidadEjecutora
    corrida: Corrida
    catalogue: Catalogue
    keys: KeyMaker
    observaciones: tuple[Observacion, ...]
    workspace: Workspace
    history: History
    zone: ZoneInfo
    progress: Progress
    clock: Clock
    memory_bytes: int
    validator: Validator
    parts: Parts = ALL_PARTS
    pseudonym_key: PseudonymKey | None = None
    base_file: Path | None = None
    auditoria: Head | None = None

    def export(self, anio: Ejercicio, ambito: Ambito) -> Package:
        """Export ``anio``; when it returns both files are durable in SourceOut."""
        self.workspace.space.hold(estimated_bytes(self.history.last_size_bytes(anio, ambito), self.base_file))
        label, start = self._take_name(anio, ambito)
        try:
            manifest, assembled = self._assembled(label)
        except BaseException as error:
            self._note_end(label.raiz, error)
            raise
        return self._placed(label, start, manifest, assembled)

    def _take_name(self, anio: Ejercicio, ambito: Ambito) -> tuple[PackageLabel, Instant]:
        """Take the name of this minute, or of the first one that is free, for ever."""
        while True:
            start = self.clock.now()
            local = start.at.astimezone(self.zone)
            raiz = package_name(self.unidad, anio, local).stem
            if not self.history.name_used(raiz) and not self.workspace.name_taken(raiz):
                break
            self.progress.note("Ya hay un archivo con el nombre de este minuto: se espera al siguiente.")
            self.clock.sleep(60 - local.second - local.microsecond / 1e6)
        self.history.begin_package(
            PackageRow(
                raiz=raiz,
                corrida=self.corrida.corrida,
                anio=anio,
                ambito=ambito,
                destino=self.workspace.target,
                inicio=start,
                estado=Estado.EN_CURSO,
            )
        )
        return self._label(anio, ambito, raiz), start

    def _label(self, anio: Ejercicio, ambito: Ambito, raiz: str) -> PackageLabel:
        return PackageLabel(
            sistema=SISTEMA,
            unidad=self.unidad.nemonico,
            anio=anio,
            ambito=ambito,
            tipo=self.corrida.tipo,
            corrida=self.corrida.corrida,
            turno=self.corrida.turno,
            raiz=raiz,
        )

    def _assembled(self, label: PackageLabel) -> tuple[Manifest, Assembled]:
        """Give the manifest, and the RAR that has not its name yet."""
        key = self.keys.new_key(label_bytes(label))
        keys = ArchiveKeys.derive(key.password, os.urandom(_SALT_BYTES))
        results: list[TableResult] = []
        try:
            with closing(self.source.open_snapshot(lanes=self.parts.lanes)) as snapshot:
                opened_at = self.clock.now()
                if snapshot.bloquea_escritura:
                    self.progress.note(BLOCKS)
                results = self._tables(snapshot, label, keys)
                manifest = self._manifest(snapshot, label, opened_at, results)
            manifest = self.validator.approve(manifest, results, keys)
            return manifest, assemble_rar(self.workspace, manifest, results, keys, key)
        finally:
            discard_parts(results)

    def _tables(self, snapshot: Snapshot, label: PackageLabel, keys: ArchiveKeys) -> list[TableResult]:
        entries = self.catalogue.for_ambito(label.ambito)
        self.progress.year_started(label.anio, label.raiz, len(entries))
        exporter = TableExporter(
            keys=keys,
            make_part=self.workspace.stage_member,
            clock=self.clock.now,
            consistencia=snapshot.consistencia,
            memory_bytes=self.memory_bytes,
            parts=self.parts,
            pseudonym_key=self.pseudonym_key,
        )
        return export_tables(snapshot, entries, self.unidad.nemonico, label.anio, exporter, self.progress)

    def _manifest(
        self, snapshot: Snapshot, label: PackageLabel, opened_at: Instant, results: list[TableResult]
    ) -> Manifest:
        still = without_movement(self.catalogue.for_ambito(label.ambito), results)
        return Manifest(
            programa=version("sigasers"),
            sistema=label.sistema,
            unidad=self.unidad,
            anio=label.anio,
            ambito=label.ambito,
            tipo=label.tipo,
            modo=self.corrida.modo,
            corrida=label.corrida,
            turno=label.turno,
            raiz=label.raiz,
            motor=snapshot.motor,
            motor_version=snapshot.motor_version,
            catalogo=self.catalogue.version,
            instantanea=opened_at,
            consistencia=snapshot.consistencia,
            tablas=tuple(result.manifest for result in results),
            observaciones=(*self.observaciones, *((_STILL,) if still else ())),
            seudonimos=PseudonymNote(llave=self.pseudonym_key.kid) if self.pseudonym_key else None,
            auditoria=self.auditoria,
        )

    def _placed(
        self, label: PackageLabel, start: Instant, manifest: Manifest, assembled: Assembled
    ) -> Package:
        """Give both files their names.

        Until the history knows of a failure the RAR's part stays, by which the next run tells that there was one.
        """
        try:
            return self._named(label, start, manifest, assembled)
        except BaseException as error:
            if self._note_end(label.raiz, error):
                assembled.staged.discard()
            raise

    def _named(
        self, label: PackageLabel, start: Instant, manifest: Manifest, assembled: Assembled
    ) -> Package:
        end = self.clock.now()
        log = HtmlLog(
            manifest=manifest,
            archivo=f"{label.raiz}.rar",
            tamano_bytes=assembled.tamano_bytes,
            sha256=assembled.sha256,
            quien=self.corrida.quien,
            equipo=self.corrida.equipo,
            inicio=start,
            fin=end,
            zona=self.zone,
        )
        html = render_html(log)
        self.history.placing(
            label.raiz,
            sha256=assembled.sha256,
            size_bytes=assembled.tamano_bytes,
            filas=manifest.filas,
            por_tabla={table.nombre: table.filas for table in manifest.tablas if table.archivo},
        )
        rar, page = place(self.workspace, label.raiz, assembled, html)
        self.history.finish(label.raiz, Estado.TERMINADO, end)
        return Package(
            rar=rar,
            html=page,
            tamano_bytes=assembled.tamano_bytes,
            sha256=assembled.sha256,
            manifest=manifest,
            inicio=start,
            fin=end,
        )

    def _note_end(self, raiz: str, error: BaseException) -> bool:
        """Record a package that failed; one whose RAR is in place after all is settled by the next run.

        Tells whether it is recorded; the error under way says more than the one of a history that cannot be written.
        """
        if self.workspace.rar_path(raiz).exists():
            return False
        failed = isinstance(error, SigasersError)
        try:
            self.history.finish(
                raiz,
                Estado.FALLIDO if failed else Estado.INTERRUMPIDO,
                self.clock.now(),
                error.code if isinstance(error, SigasersError) else None,
            )
        except SigasersError:
            return False
        return True
