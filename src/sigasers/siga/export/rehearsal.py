"""A year read and judged as for an export, without a package: ``siga validar``.

The tables lie as ciphertexts in a folder of their own while the rules look at them; their key is kept nowhere. The
folder goes when the run ends, or, where the run was killed, when the next one begins.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sigasers.durable import PART_SUFFIX, StagedFile, disk_error
from sigasers.formats.pseudonym import KEY_BYTES, PseudonymKey
from sigasers.formats.rar5 import ArchiveKeys
from sigasers.model import Ambito, Ejercicio, UnidadEjecutora
from sigasers.siga.catalogue import Catalogue
from sigasers.siga.export.clock import Clock
from sigasers.siga.export.parts import ALL_PARTS
from sigasers.siga.export.progress import Progress
from sigasers.siga.export.table_export import TableExporter
from sigasers.siga.export.table_job import TableResult
from sigasers.siga.export.tables import discard_parts, export_tables
from sigasers.siga.export.validation import Subject, Validation, Validator, exported_tables, failed_tables
from sigasers.siga.export.year import BLOCKS
from sigasers.siga.history import FILE_NAME as HISTORY_NAME
from sigasers.siga.history import History
from sigasers.siga.sources import Snapshot, Source

_PREFIX = ".validar-"
_TITLE = "validación: no se genera ningún archivo"


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """Reads and judges years, one after the other; ``folder`` holds the ciphertexts meanwhile."""

    source: Source
    unidad: UnidadEjecutora
    catalogue: Catalogue
    folder: Path
    validator: Validator
    progress: Progress
    clock: Clock
    memory_bytes: int

    def validate(self, anio: Ejercicio, ambito: Ambito) -> Validation:
        """Judge one year; its ciphertexts are gone afterwards."""
        keys = ArchiveKeys.derive(secrets.token_urlsafe(32), os.urandom(16))
        snapshot = self.source.open_snapshot(lanes=ALL_PARTS.lanes)
        try:
            subject = Subject(unidad=self.unidad, anio=anio, ambito=ambito, instantanea=self.clock.now())
            if snapshot.bloquea_escritura:
                self.progress.note(BLOCKS)
            entries = self.catalogue.for_ambito(ambito)
            self.progress.year_started(anio, _TITLE, len(entries))
            results = export_tables(
                snapshot, entries, self.unidad.nemonico, anio, self._exporter(keys, snapshot), self.progress
            )
        finally:
            snapshot.close()
        return self._judge(subject, results, keys)

    def _exporter(self, keys: ArchiveKeys, snapshot: Snapshot) -> TableExporter:
        """Give an exporter whose pseudonyms, like its archive's key, nobody will ever read again."""
        return TableExporter(
            keys=keys,
            make_part=lambda name: StagedFile(self.folder / f"{name}{PART_SUFFIX}", mode=0o600),
            clock=self.clock.now,
            consistencia=snapshot.consistencia,
            memory_bytes=self.memory_bytes,
            pseudonym_key=PseudonymKey(secret=secrets.token_bytes(KEY_BYTES)),
        )

    def _judge(self, subject: Subject, results: list[TableResult], keys: ArchiveKeys) -> Validation:
        try:
            subject = replace(subject, fallidas=failed_tables(result.manifest for result in results))
            validation = self.validator.validate(subject, exported_tables(results, keys))
        finally:
            discard_parts(results)
        self.validator.reviewer.review(validation, may_refuse=False)
        return validation


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """Give a folder below ``parent`` that goes away, with whatever a killed run left; the caller holds the lock."""
    for left in parent.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        folder = TemporaryDirectory(prefix=_PREFIX, dir=parent, ignore_cleanup_errors=True)
    except OSError as error:
        raise disk_error(error, parent) from error
    with folder as name:
        yield Path(name)


@contextmanager
def known_history(folder: Path) -> Iterator[History | None]:
    """Open the history in ``folder`` if there is one; none is made."""
    if not (folder / HISTORY_NAME).exists():
        yield None
        return
    with History.open(folder) as history:
        yield history
