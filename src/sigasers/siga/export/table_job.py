"""One table: counted and summed by the database, read, ordered, written; its entry in the manifest.

A table that cannot be read exactly is ``fallida`` and costs no other one. Errors of the disk are not caught.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from sigasers import mensajes
from sigasers.durable import StagedFile
from sigasers.errors import SigasersError
from sigasers.errors.siga import SourceUnreadableError, TableReadError
from sigasers.formats.column_type import Column, Kind, arrow_schema
from sigasers.formats.manifest import Estado, Observacion, TableFile, TableManifest, Total
from sigasers.formats.package import table_member
from sigasers.formats.pseudonym import PseudonymKey
from sigasers.formats.rar5 import ArchiveKeys, EncryptedMember, MemberEncryptor
from sigasers.model import Instant
from sigasers.siga.export.order import SLICE_ROWS, in_order, is_increasing, padded_keys
from sigasers.siga.export.pseudonyms import Pseudonyms
from sigasers.siga.export.selection import Selection
from sigasers.siga.export.table_writer import Written, write_table
from sigasers.siga.sources import Lane, NeedsExactError, Notes, Query, SourceTotals

MEMORY_BYTES = 96 << 20
_CELL_BYTES = 16  # of a decimal; texts of SIGA average less


@dataclass(frozen=True, kw_only=True)
class TableJob:
    """A table to export: its selection, ``filtro`` in words, what the comparison with the catalogue observed."""

    selection: Selection
    filtro: str
    observaciones: tuple[Observacion, ...]

    @property
    def nombre(self) -> str:
        """The catalogue's name."""
        return self.selection.entry.nombre

    @property
    def summed(self) -> tuple[Column, ...]:
        """Money and quantities: the decimals with a fraction outside the key."""
        return tuple(
            column
            for column in self.selection.columnas
            if column.tipo.kind is Kind.DECIMAL
            and column.tipo.scale
            and column.nombre not in self.selection.clave
        )


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A job with the database's own figures, or the error that it gave instead of them."""

    job: TableJob
    totals: SourceTotals
    error: SigasersError | None = None

    @property
    def size_bytes(self) -> int:
        """About how many bytes the rows take in memory: what the queue is ordered by."""
        return self.totals.filas * len(self.job.selection.query.columnas) * _CELL_BYTES


@dataclass(frozen=True, kw_only=True)
class TableResult:
    """The table's entry in the manifest, and its encrypted member where it was exported."""

    manifest: TableManifest
    member: EncryptedMember | None
    part: StagedFile | None


@dataclass(frozen=True, kw_only=True)
class TableExporter:
    """Exports tables of one package: its keys, a maker of ``.part`` files by table name, a clock.

    ``pseudonym_key`` must be there if any table has columns to be pseudonymised.
    """

    keys: ArchiveKeys
    make_part: Callable[[str], StagedFile]
    clock: Callable[[], Instant]
    memory_bytes: int = MEMORY_BYTES
    pseudonym_key: PseudonymKey | None = None

    def count(self, lane: Lane, job: TableJob) -> Counted:
        """Ask the database for rows and sums."""
        try:
            return Counted(job=job, totals=lane.totals(job.selection.query, job.summed))
        except (TableReadError, SourceUnreadableError) as error:
            return Counted(job=job, totals=SourceTotals(filas=0, sumas={}), error=error)

    def export(self, lane: Lane, counted: Counted) -> TableResult:
        """Read, order and write the table."""
        start = self.clock()
        if counted.error is not None:
            return self._failed(counted, start, counted.error)
        try:
            return self._written(lane, counted, start)
        except (TableReadError, SourceUnreadableError) as error:
            return self._failed(counted, start, error)

    def _written(self, lane: Lane, counted: Counted, start: Instant) -> TableResult:
        """Try the fast way; what it cannot hold is read again, exactly, or sorted here."""
        job = counted.job
        query, streamed = (
            job.selection.query,
            counted.size_bytes > self.memory_bytes and bool(job.selection.clave),
        )
        while True:
            wanted = replace(query, ordenada_por=job.selection.clave) if streamed else query
            part = self.make_part(job.nombre)
            try:
                return self._attempt(lane, counted, wanted, start, part)
            except NeedsExactError as need:
                query = replace(query, exactas=query.exactas | need.columns)
                part.discard()
            except _NotOrderedError:
                streamed = False
                part.discard()
            except BaseException:
                part.discard()
                raise

    def _attempt(
        self, lane: Lane, counted: Counted, query: Query, start: Instant, part: StagedFile
    ) -> TableResult:
        job, notes = counted.job, Notes()
        sink = MemberEncryptor(self.keys, table_member(job.nombre), part, mtime=start)
        rows = self._rows(lane, query, notes, job.selection)
        written = write_table(rows, job.selection.columnas, job.summed, sink)
        _check(counted, written)
        return self._result(counted, start, written, notes, sink.member, part)

    def _rows(self, lane: Lane, query: Query, notes: Notes, selection: Selection) -> Iterator[pa.Table]:
        """Give the rows in order: sorted by us in memory, or by the engine and checked by us."""
        pseudonyms = Pseudonyms(key=self.pseudonym_key, dominios=selection.dominios)
        batches, columns, clave = (
            pseudonyms.rows(lane.read(query, notes)),
            selection.columnas,
            selection.clave,
        )
        if query.ordenada_por:
            yield from _checked(batches, columns, clave)
            return
        rows = pa.Table.from_batches(list(batches), arrow_schema(columns))
        slices, repeated = in_order(rows, columns, clave)
        if repeated:
            text = "Hay filas con la misma clave; se exportaron todas."
            notes.add("clave_repetida", text, columna=clave[0], fila=1, cantidad=repeated)
        yield from slices

    def _result(
        self,
        counted: Counted,
        start: Instant,
        written: Written,
        notes: Notes,
        member: EncryptedMember,
        part: StagedFile,
    ) -> TableResult:
        file = TableFile(
            miembro=member.name,
            tamano_bytes=member.unpacked_size,
            sha256=member.sha256,
            resumen_contenido=written.resumen,
        )
        entry = self._entry(counted.job, start)
        manifest = replace(
            entry,
            estado=Estado.EXPORTADA,
            archivo=file,
            filas=written.filas,
            filas_origen=counted.totals.filas,
            columnas=counted.job.selection.columnas,
            clave=counted.job.selection.clave,
            omitidas=counted.job.selection.omitidas,
            seudonimizadas=tuple(counted.job.selection.dominios.items()),
            totales=tuple(
                Total(columna=name, origen=counted.totals.sumas[name], escrito=total)
                for name, total in written.sumas.items()
            ),
            observaciones=(*entry.observaciones, *notes.found.values()),
        )
        return TableResult(manifest=manifest, member=member, part=part)

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


class _NotOrderedError(Exception):
    """The engine's order is not the package's; the rows must be sorted here."""


def _checked(
    batches: Iterator[pa.RecordBatch], columns: tuple[Column, ...], clave: tuple[str, ...]
) -> Iterator[pa.Table]:
    """Pass on rows sorted by the engine in slices, each row's key after the one before, also across slices."""
    last: pa.Table | None = None
    for piece in _regrouped(batches):
        keys = padded_keys(piece, columns, clave)
        joined = keys if last is None else pa.concat_tables([last, keys])
        if not is_increasing(joined, strictly=True):
            raise _NotOrderedError
        last = keys.slice(keys.num_rows - 1)
        yield piece


def _regrouped(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Give the rows of ``batches`` in tables of a row group each."""
    kept: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        rest = batch
        while size + rest.num_rows >= SLICE_ROWS:
            room = SLICE_ROWS - size
            yield pa.Table.from_batches([*kept, rest.slice(0, room)])
            kept, size, rest = [], 0, rest.slice(room)
        if rest.num_rows:
            kept.append(rest)
            size += rest.num_rows
    if kept:
        yield pa.Table.from_batches(kept)


def _check(counted: Counted, written: Written) -> None:
    """Refuse a table whose count or sums are not those that the database itself gave, in the same snapshot."""
    wrong = next((name for name, total in written.sumas.items() if counted.totals.sumas[name] != total), None)
    if written.filas == counted.totals.filas and wrong is None:
        return
    what = "la suma escrita no es la de la base" if wrong else "se leyeron otras filas que las contadas"
    raise TableReadError(
        "control totals differ",
        tabla=counted.job.nombre,
        columna=wrong or "(todas)",
        fila=0,
        motivo=what,
    )
