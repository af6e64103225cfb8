"""All tables of one package: those that the catalogue wants, as far as the database has them, exported in parallel."""

from collections.abc import Iterable, Sequence
from threading import Lock

from sigasers.formats.manifest import Estado, Observacion, TableManifest
from sigasers.model import Ejercicio, Instant, Nemonico
from sigasers.siga.catalogue import Anual, TableEntry
from sigasers.siga.catalogue.comparison import blocking_columns, compare_table
from sigasers.siga.export.progress import Progress
from sigasers.siga.export.selection import filter_text, select
from sigasers.siga.export.table_export import TableExporter
from sigasers.siga.export.table_job import Counted, TableJob, TableResult
from sigasers.siga.export.workers import run_jobs
from sigasers.siga.sources import Lane, Snapshot


def export_tables(
    snapshot: Snapshot,
    entries: Sequence[TableEntry],
    unidad: Nemonico,
    anio: Ejercicio,
    exporter: TableExporter,
    progress: Progress,
) -> list[TableResult]:
    """Export ``entries`` in their order; raises what costs the whole package (disk, interrupt)."""
    lock = Lock()
    done: dict[str, TableResult] = {}

    def tell(result: TableResult) -> TableResult:
        with lock:
            done[result.manifest.nombre] = result
            progress.table_done(result.manifest)
        return result

    jobs = []
    for entry in entries:
        planned = _plan(entry, snapshot, unidad, anio, exporter.clock())
        if isinstance(planned, TableJob):
            jobs.append(planned)
        else:
            tell(TableResult(manifest=planned, member=None, part=None))
    counted = run_jobs(snapshot, jobs, exporter.count)
    largest_first = sorted(counted, key=lambda item: -item.size_bytes)

    def work(lane: Lane, item: Counted) -> TableResult:
        return tell(exporter.export(lane, item))

    try:
        run_jobs(snapshot, largest_first, work)
    except BaseException:
        discard_parts(done.values())
        raise
    return [done[entry.nombre] for entry in entries]


def discard_parts(results: Iterable[TableResult]) -> None:
    """Remove the ciphertexts of ``results``."""
    for result in results:
        if result.part is not None:
            result.part.discard()


def without_movement(entries: Sequence[TableEntry], results: Sequence[TableResult]) -> bool:
    """Tell whether no table that is filtered by the year has a row."""
    yearly = {entry.nombre for entry in entries if isinstance(entry.filtro, Anual)}
    return not any(result.manifest.filas for result in results if result.manifest.nombre in yearly)


def _plan(
    entry: TableEntry, snapshot: Snapshot, unidad: Nemonico, anio: Ejercicio, at: Instant
) -> TableJob | TableManifest:
    """Give the job of a table, or its entry in the manifest where the database does not allow its export."""
    tables = snapshot.tables()
    notes = tuple(compare_table(entry, tables))
    present = entry.nombre.lower() in tables
    if present and not blocking_columns(entry, tables):
        selection = select(entry, tables, unidad, anio)
        return TableJob(
            selection=selection,
            filtro=filter_text(entry, unidad, anio),
            observaciones=(*notes, *selection.observaciones),
        )
    return _not_exported(entry, filter_text(entry, unidad, anio), at, notes, present=present)


def _not_exported(
    entry: TableEntry, filtro: str, at: Instant, notes: tuple[Observacion, ...], *, present: bool
) -> TableManifest:
    return TableManifest(
        nombre=entry.nombre,
        descripcion=entry.descripcion,
        grupo=entry.grupo.value,
        origen=entry.nombre if present else "",
        filtro=filtro,
        estado=Estado.FALLIDA if present else Estado.AUSENTE,
        inicio=at,
        fin=at,
        observaciones=notes,
    )
