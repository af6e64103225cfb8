"""Holds a package against its manifest: every file, type, row and total. It does not apply the centre's rules.

Nothing is written anywhere. Findings are data; only the machine's own troubles are raised. Steps and codes:
``docs/spec/package.md``, section 6.
"""

import hashlib
import io
from collections.abc import Iterator
from typing import BinaryIO

from sigasers.errors import TheirError
from sigasers.errors.formats import NoCommentError
from sigasers.formats.archive_comment import PackageLabel, parse_comment, parse_label
from sigasers.formats.content_digest import ContentDigest
from sigasers.formats.manifest import MEMBER_NAME, Consistencia, Estado, Manifest, TableFile, TableManifest
from sigasers.formats.package.limits import PackageLimits, table_member
from sigasers.formats.package.parquet import BoundedParquet
from sigasers.formats.package.reader import PackageReader
from sigasers.formats.package.report import Finding, Level, PackageReport
from sigasers.formats.package.totals import SUMMABLE, ExactSum

_IN_MEMORY_BYTES = (
    1 << 25
)  # a member up to 32 MiB is decrypted once and kept; a larger one is decrypted twice


def verify(file: BinaryIO, password: str, limits: PackageLimits | None = None) -> PackageReport:
    """Check the whole package in ``file``; raises only errors of the environment (``UnreadableError``)."""
    chosen = limits or PackageLimits()
    try:
        reader = PackageReader.open(file, password, chosen)
    except TheirError as error:
        return PackageReport(manifest=None, findings=(Finding.of_error(error),))
    return verify_open(reader, chosen)


def verify_open(reader: PackageReader, limits: PackageLimits) -> PackageReport:
    """Check a package that ``PackageReader`` has opened."""
    findings = [*_label_findings(reader), *_member_findings(reader)]
    run = _Run(reader, limits)
    for table in reader.manifest.tablas:
        if table.archivo and table.archivo.miembro in reader.names:
            findings += run.table(table, table.archivo)
    return PackageReport(
        manifest=reader.manifest,
        findings=tuple(findings),
        tablas=run.tables,
        filas=run.rows,
        bytes_decodificados=run.decoded_bytes,
    )


def _label_findings(reader: PackageReader) -> Iterator[Finding]:
    """Hold the comment's label against the manifest; a RAR without our comment has none."""
    try:
        label = parse_label(parse_comment(reader.archive.comment).label)
    except NoCommentError:
        return
    except TheirError as error:
        yield Finding.of_error(error)
        return
    for name in _label_differences(label, reader.manifest):
        yield Finding(codigo="PKG-01", fields={"dato": name})


def _label_differences(label: PackageLabel, manifest: Manifest) -> list[str]:
    pairs: dict[str, tuple[object, object]] = {
        "sistema": (label.sistema, manifest.sistema),
        "unidad": (label.unidad, manifest.unidad.nemonico),
        "año": (label.anio, manifest.anio),
        "ámbito": (label.ambito, manifest.ambito),
        "tipo": (label.tipo, manifest.tipo),
        "corrida": (label.corrida, manifest.corrida),
        "turno": (label.turno, manifest.turno),
        "nombre": (label.raiz, manifest.raiz),
    }
    return [name for name, (in_comment, in_manifest) in pairs.items() if in_comment != in_manifest]


def _member_findings(reader: PackageReader) -> Iterator[Finding]:
    """Hold the archive's list of members against the manifest's, both ways."""
    listed = {table.archivo.miembro: table for table in reader.manifest.tablas if table.archivo}
    present = set(reader.names) - {MEMBER_NAME}
    for name in sorted(present - listed.keys()):
        yield Finding(codigo="PKG-02", fields={"miembro": name})
    for name in sorted(listed.keys() - present):
        yield Finding(codigo="PKG-03", tabla=listed[name].nombre)
    for name, table in listed.items():
        if name != table_member(table.nombre):
            yield Finding(codigo="PKG-04", tabla=table.nombre)


class _Run:
    """One verification: counts what was read, and bounds what all tables decode to together."""

    def __init__(self, reader: PackageReader, limits: PackageLimits) -> None:
        self._reader, self._limits = reader, limits
        self.tables = 0
        self.rows = 0
        self.decoded_bytes = 0

    def table(self, table: TableManifest, file: TableFile) -> list[Finding]:
        """Give all findings about one exported table."""
        findings = [*_origin_findings(table, self._reader.manifest)]
        try:
            source = self._intact(file)
            if source is None:
                return [*findings, Finding(codigo="PKG-05", tabla=table.nombre)]
            findings += self._content(table, file, source)
        except TheirError as error:
            findings.append(Finding.of_error(error, table.nombre))
        return findings

    def _intact(self, file: TableFile) -> BinaryIO | None:
        """Give the member's plaintext as a file if size and SHA-256 are the manifest's."""
        size = self._reader.archive.member(file.miembro).size
        keep = io.BytesIO() if size <= _IN_MEMORY_BYTES else None
        running = hashlib.sha256()
        for piece in self._reader.stream_member(file.miembro):
            running.update(piece)
            if keep is not None:
                keep.write(piece)
        if size != file.tamano_bytes or running.hexdigest() != file.sha256.hex:
            return None
        return keep or io.BufferedReader(self._reader.open_member(file.miembro))

    def _content(self, table: TableManifest, file: TableFile, source: BinaryIO) -> list[Finding]:
        """Decode the table once; hold types, rows, digest and totals against the manifest."""
        parquet = BoundedParquet(source, table.columnas, self._limits, spent_bytes=self.decoded_bytes)
        if not parquet.matches_columns:
            return [Finding(codigo="PKG-06", tabla=table.nombre)]
        digest = ContentDigest(table.columnas)
        sums, findings = _sums(table)
        rows = 0
        try:
            for batch in parquet.batches():
                rows += batch.num_rows
                digest.update(batch)
                for name, running in sums.items():
                    running.add(batch.column(name))
        finally:
            self.decoded_bytes = parquet.decoded_bytes
        self.tables, self.rows = self.tables + 1, self.rows + rows
        if rows != table.filas:
            counts: dict[str, object] = {"hallado": rows, "esperado": table.filas}
            findings.append(Finding(codigo="PKG-07", tabla=table.nombre, fields=counts))
        if digest.finish() != file.resumen_contenido:
            findings.append(Finding(codigo="PKG-08", tabla=table.nombre))
        return findings + _total_findings(table, sums)


def _sums(table: TableManifest) -> tuple[dict[str, ExactSum], list[Finding]]:
    """Give a sum to compute for each control total, and a finding for each that names no such column."""
    types = {column.nombre: column.tipo for column in table.columnas}
    sums: dict[str, ExactSum] = {}
    findings = []
    for total in table.totales:
        kind = types.get(total.columna)
        if kind is None or kind.kind not in SUMMABLE:
            findings.append(Finding(codigo="PKG-10", tabla=table.nombre, columna=total.columna))
        else:
            sums[total.columna] = ExactSum(kind)
    return sums, findings


def _total_findings(table: TableManifest, sums: dict[str, ExactSum]) -> list[Finding]:
    return [
        Finding(codigo="PKG-09", tabla=table.nombre, columna=total.columna)
        for total in table.totales
        if total.columna in sums and sums[total.columna].text != total.escrito
    ]


def _origin_findings(table: TableManifest, manifest: Manifest) -> Iterator[Finding]:
    """Say where the exporter itself saw a difference to what the database counted and summed.

    Within one snapshot such a table must not have been exported; without one it is observed.
    """
    one_snapshot = manifest.consistencia is Consistencia.INSTANTANEA
    level = Level.RECHAZO if one_snapshot else Level.OBSERVACION
    if table.estado is Estado.EXPORTADA and table.filas != table.filas_origen:
        yield Finding(codigo="PKG-11", nivel=level, tabla=table.nombre)
    for total in table.totales:
        if total.origen != total.escrito:
            yield Finding(codigo="PKG-12", nivel=level, tabla=table.nombre, columna=total.columna)
