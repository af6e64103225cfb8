"""One table: counted and summed by the database, read, ordered, written; its entry in the manifest.

Where the engine gives one snapshot, a table that cannot be read exactly, or whose figures are not the database's own,
is ``fallida`` and costs no other one. Where it does not, rows may change while they are read: the database counts
before and after, the table is read again up to three times, and then marked with both figures. Errors of the disk are
not caught.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from sigasers import mensajes
from sigasers.durable import StagedFile
from sigasers.errors import SigasersError
from sigasers.errors.siga import ControlTotalsError, SourceUnreadableError, TableReadError
from sigasers.errors.sources import ReadRightsError, StatementTimeoutError
from sigasers.formats.column_type import Column, arrow_schema
from sigasers.formats.manifest import Consistencia, Estado, Observacion, TableFile, TableManifest, Total
from sigasers.formats.package import PackageLimits, table_member
from sigasers.formats.pseudonym import PseudonymKey
from sigasers.formats.rar5 import ArchiveKeys, EncryptedMember, MemberEncryptor
from sigasers.model import Instant
from sigasers.siga.export.order import Ordering, OrderLostError
from sigasers.siga.export.parts import ALL_PARTS, Parts
from sigasers.siga.export.pseudonyms import Pseudonyms
from sigasers.siga.export.spill import Spill
from sigasers.siga.export.table_job import Counted, TableJob, TableResult
from sigasers.siga.export.table_writer import Written, write_table
from sigasers.siga.sources import Lane, NeedsExactError, Notes, Query, SourceTotals

MEMORY_BYTES = 48 << 20  # of rows that one worker holds before it spills; it has two such and a copy at most
_ROW_BYTES = PackageLimits().batch_bytes
_ROW_ROOM = 1 << 20  # of a row's numbers, times and lengths
_READS = 4  # the first and three more
# What one table costs itself alone; a lost connection or a full disk costs the package.
_TABLE_ERRORS = (
    ControlTotalsError,
    TableReadError,
    SourceUnreadableError,
    ReadRightsError,
    StatementTimeoutError,
)
_REPEATED = "Hay filas con la misma clave; se exportaron todas."
_CHANGED = (
    "La tabla cambió mientras se leía y la base no ofrece una instantánea: las cuentas de la base y las de lo "
    "exportado pueden diferir."
)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """One reading of a table, written: its member, figures, notes."""

    part: StagedFile
    member: EncryptedMember
    written: Written
    notes: Notes
    repeated: int

    def agrees(self, totals: SourceTotals) -> bool:
        """Tell whether rows and sums are those that the database itself gave."""
        return self.written.filas == totals.filas and self.written.sumas == totals.sumas


@dataclass(frozen=True, kw_only=True)
class TableExporter:
    """Exports tables of one package: its keys, a maker of ``.part`` files by name, a clock, the engine's promise.

    ``pseudonym_key`` must be there if any table has columns that are exported as pseudonyms.
    """

    keys: ArchiveKeys
    make_part: Callable[[str], StagedFile]
    clock: Callable[[], Instant]
    consistencia: Consistencia
    memory_bytes: int = MEMORY_BYTES
    parts: Parts = ALL_PARTS
    pseudonym_key: PseudonymKey | None = None

    def count(self, lane: Lane, job: TableJob) -> Counted:
        """Ask the database for rows and sums."""
        try:
            return Counted(job=job, totals=self._totals(lane, job))
        except _TABLE_ERRORS as error:
            return Counted(job=job, totals=SourceTotals(filas=0, sumas={}), error=error)

    def export(self, lane: Lane, counted: Counted) -> TableResult:
        """Read, order and write the table."""
        start = self.clock()
        if counted.error is not None:
            return self._failed(counted, start, counted.error)
        try:
            if self.consistencia is Consistencia.INSTANTANEA:
                return self._of_snapshot(lane, counted, start)
            return self._of_moving_rows(lane, counted, start)
        except _TABLE_ERRORS as error:
            return self._failed(counted, start, error)

    def _of_snapshot(self, lane: Lane, counted: Counted, start: Instant) -> TableResult:
        reading = self._read(lane, counted, start)
        if not reading.agrees(counted.totals):
            reading.part.discard()
            raise _difference(counted, reading.written)
        return self._result(counted, start, reading)

    def _of_moving_rows(self, lane: Lane, counted: Counted, start: Instant) -> TableResult:
        """Read until the database says the same before and after, and it is what was written."""
        before = self._totals(lane, counted.job)
        for left in reversed(range(_READS)):
            reading = self._read(lane, counted, start)
            try:
                after = self._totals(lane, counted.job)
            except BaseException:
                reading.part.discard()
                raise
            read_twice = reading.repeated and counted.job.selection.clave_declarada
            if before == after and reading.agrees(after) and not read_twice:
                return self._result(replace(counted, totals=after), start, reading)
            if left:
                reading.part.discard()
                before = after
        return self._result(
            replace(counted, totals=after),
            start,
            reading,
            Observacion(codigo="cambio_durante_lectura", texto=_CHANGED),
        )

    def _totals(self, lane: Lane, job: TableJob) -> SourceTotals:
        """Ask for count and sums; the sums by exported names."""
        summed = self._summed(job)
        asked = lane.totals(job.selection.query, tuple(origin for origin, _ in summed))
        return replace(asked, sumas={column.nombre: asked.sumas[origin.nombre] for origin, column in summed})

    def _summed(self, job: TableJob) -> tuple[tuple[Column, Column], ...]:
        return job.summed if self.parts.sums else ()

    def _read(self, lane: Lane, counted: Counted, start: Instant) -> _Reading:
        """Try the fast way; what it cannot hold is read again, exactly, or ordered by a merge."""
        query, trusting = counted.job.selection.query, True
        while True:
            part = self.make_part(counted.job.nombre)
            try:
                return self._attempt(lane, counted, query, start, part, trusting=trusting)
            except NeedsExactError as need:
                query = replace(query, exactas=query.exactas | need.columns)
                part.discard()
            except OrderLostError:
                trusting = False
                part.discard()
            except BaseException:
                part.discard()
                raise

    def _attempt(
        self,
        lane: Lane,
        counted: Counted,
        query: Query,
        start: Instant,
        part: StagedFile,
        *,
        trusting: bool,
    ) -> _Reading:
        job = counted.job
        chosen, notes = job.selection, Notes()
        schema = arrow_schema(chosen.columnas)
        ordering = Ordering(
            columns=chosen.columnas,
            clave=chosen.clave,
            memory_bytes=self.memory_bytes,
            make_spill=lambda: Spill(self.make_part(f"{job.nombre}.orden")),
            expected_rows=counted.totals.filas,
            trusting=trusting,
            orders=self.parts.orders,
        )
        sink = MemberEncryptor(self.keys, table_member(job.nombre), part, mtime=start)
        pseudonyms = Pseudonyms(key=self.pseudonym_key, dominios=chosen.dominios)
        batches = _renamed(pseudonyms.rows(lane.read(query, notes)), schema)
        summed = tuple(column for _, column in self._summed(job))
        with closing(ordering.rows(batches, schema)) as rows:  # a failure leaves no spilled run behind
            written = write_table(_checked(rows, job), chosen.columnas, summed, sink)
        if ordering.repeated:
            notes.add(
                "clave_repetida", _REPEATED, columna=chosen.clave[0], fila=1, cantidad=ordering.repeated
            )
        return _Reading(
            part=part, member=sink.member, written=written, notes=notes, repeated=ordering.repeated
        )

    def _result(
        self, counted: Counted, start: Instant, reading: _Reading, *notes: Observacion
    ) -> TableResult:
        written, member, chosen = reading.written, reading.member, counted.job.selection
        entry = self._entry(counted.job, start, *reading.notes.found.values(), *notes)
        manifest = replace(
            entry,
            estado=Estado.EXPORTADA,
            archivo=TableFile(
                miembro=member.name,
                tamano_bytes=member.unpacked_size,
                sha256=member.sha256,
                resumen_contenido=written.resumen,
            ),
            filas=written.filas,
            filas_origen=counted.totals.filas,
            columnas=chosen.columnas,
            clave=chosen.clave,
            omitidas=chosen.omitidas,
            seudonimizadas=chosen.seudonimizadas,
            totales=tuple(
                Total(columna=name, origen=counted.totals.sumas[name], escrito=total)
                for name, total in written.sumas.items()
            ),
        )
        return TableResult(manifest=manifest, member=member, part=reading.part)

    def _failed(self, counted: Counted, start: Instant, error: SigasersError) -> TableResult:
        sentence = mensajes.sentence(error.code, error.fields)
        column, row = error.fields.get("columna"), error.fields.get("fila")
        note = Observacion(
            codigo="tabla_fallida",
            texto=f"{sentence.que} {sentence.porque}",
            columna=column if isinstance(column, str) else None,
            fila=row if isinstance(row, int) else None,
        )
        entry = self._entry(counted.job, start, note)
        return TableResult(manifest=replace(entry, filas_origen=counted.totals.filas), member=None, part=None)

    def _entry(self, job: TableJob, start: Instant, *notes: Observacion) -> TableManifest:
        return TableManifest(
            nombre=job.nombre,
            descripcion=job.selection.entry.descripcion,
            grupo=job.selection.entry.grupo.value,
            origen=job.selection.query.tabla,
            filtro=job.filtro,
            estado=Estado.FALLIDA,
            inicio=start,
            fin=self.clock(),
            observaciones=(*job.observaciones, *notes),
        )


def _renamed(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Give the batches with the exported names of their columns."""
    for batch in batches:
        yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)


def _checked(slices: Iterator[pa.Table], job: TableJob) -> Iterator[pa.Table]:
    """Pass ``slices`` on; a row that no reader of a package would take is refused here, where its table is known."""
    first = 1
    for piece in slices:
        if piece.nbytes > _ROW_BYTES:
            _check_rows(piece, job, first)
        first += piece.num_rows
        yield piece


def _check_rows(piece: pa.Table, job: TableJob, first: int) -> None:
    lengths = {
        column.nombre: pc.fill_null(pc.binary_length(piece.column(column.nombre)).cast(pa.int64()), 0)
        for column in job.selection.columnas
        if column.tipo.varies_in_length
    }
    for index, size in enumerate(reduce(pc.add, lengths.values()).to_pylist() if lengths else ()):
        if size > _ROW_BYTES - _ROW_ROOM:
            raise TableReadError(
                "row too long",
                tabla=job.nombre,
                columna=max(lengths, key=lambda name: lengths[name][index].as_py()),
                fila=first + index,
                motivo=f"la fila tiene más de {_ROW_BYTES >> 20} MiB, y ningún paquete la puede llevar",
            )


def _difference(counted: Counted, written: Written) -> ControlTotalsError:
    """Give the error for a table whose count or sums are not those of the same snapshot."""
    wrong = next((name for name, total in written.sumas.items() if counted.totals.sumas[name] != total), None)
    which = f"la suma de {wrong}" if wrong else "el número de filas"
    return ControlTotalsError("control totals differ", tabla=counted.job.nombre, cual=which)
