"""The verifier finds nothing in a true package, and the one thing that is wrong in a bent one."""

import io
from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pytest

from sigasers import mensajes
from sigasers.errors.formats import UnreadableError
from sigasers.formats.archive_comment import ArchiveComment, comment_bytes, label_bytes
from sigasers.formats.column_type import Column, ColumnType
from sigasers.formats.manifest import Consistencia, Estado, Manifest, TableManifest, Total
from sigasers.formats.manifest_json import manifest_bytes
from sigasers.formats.package import Level, PackageLimits, PackageReport, Resultado, verify
from sigasers.formats.rar5 import ArchiveLimits
from sigasers.model import Digest, Ejercicio
from tests.package.packages import (
    COLUMNS,
    PASSWORD,
    archive_of,
    bent_package,
    label_of,
    manifest_of,
    one_table_package,
    package_of,
    parquet_of,
    rows_of,
    table_entry,
    true_package,
)

OTHER = Digest("0" * 64)


def verified(package: bytes, limits: PackageLimits | None = None) -> PackageReport:
    return verify(io.BytesIO(package), PASSWORD, limits)


def codes(package: bytes, limits: PackageLimits | None = None) -> list[str]:
    return [finding.codigo for finding in verified(package, limits).findings]


def file_of(entry: TableManifest, **changes: object) -> TableManifest:
    assert entry.archivo is not None
    return replace(entry, archivo=replace(entry.archivo, **changes))


def rescaled(column: Column) -> Column:
    return Column("MONTO", ColumnType.parse("decimal(16,3)")) if column.nombre == "MONTO" else column


def test_a_true_package_is_conforme() -> None:
    """Every table is decoded, digested and summed, and nothing is found."""
    report = verified(true_package())
    assert report.findings == ()
    assert report.resultado is Resultado.CONFORME
    assert (report.tablas, report.filas) == (2, 500)
    assert report.manifest is not None
    assert report.bytes_decodificados > 500 * 4


def test_a_renamed_or_uncommented_package_is_conforme() -> None:
    """A RAR made with a fixed password may carry no comment; its name is no input at all."""
    assert codes(bent_package(comment=b"")) == []


BENT_ENTRIES: dict[str, tuple[str, Callable[[TableManifest], TableManifest]]] = {
    "another size": ("PKG-05", lambda e: file_of(e, tamano_bytes=1)),
    "another sha256": ("PKG-05", lambda e: file_of(e, sha256=OTHER)),
    "another digest of the contents": ("PKG-08", lambda e: file_of(e, resumen_contenido=OTHER)),
    "a column fewer": ("PKG-06", lambda e: replace(e, columnas=e.columnas[:-1], totales=())),
    "columns in another order": ("PKG-06", lambda e: replace(e, columnas=e.columnas[::-1], totales=())),
    "another type of text": (
        "PKG-08",
        lambda e: replace(e, columnas=(Column("ITEM", ColumnType.parse("texto")), *e.columnas[1:])),
    ),
    "another scale": (
        "PKG-06",
        lambda e: replace(
            e,
            columnas=tuple(
                Column("MONTO", ColumnType.parse("decimal(16,3)")) if c.nombre == "MONTO" else c
                for c in e.columnas
            ),
        ),
    ),
    "another count": ("PKG-07", lambda e: replace(e, filas=499, filas_origen=499)),
    "another total": ("PKG-09", lambda e: replace(e, totales=(Total(columna="MONTO", origen="0.00", escrito="0.00"),))),
    "a total in another form": (
        "PKG-09",
        lambda e: replace(e, totales=(Total(columna="CANTIDAD", origen="124750.0", escrito="124750.0"),)),
    ),
    "a total of a text": (
        "PKG-10",
        lambda e: replace(e, totales=(Total(columna="NOMBRE", origen="0", escrito="0"),)),
    ),
    "a total of no column": ("PKG-10", lambda e: replace(e, totales=(Total(columna="X", origen="0", escrito="0"),))),
    "rows that the database did not count": ("PKG-11", lambda e: replace(e, filas_origen=501)),
    "a sum that the database did not give": (
        "PKG-12",
        lambda e: replace(e, totales=(replace(e.totales[1], origen="1"),)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("bend", BENT_ENTRIES)
def test_each_bent_entry_has_its_code(bend: str) -> None:
    """One lie, one finding, with its table and a rejection."""
    code, change = BENT_ENTRIES[bend]
    report = verified(bent_package(change))
    assert [finding.codigo for finding in report.findings] == [code]
    assert report.findings[0].tabla == "ORDEN"
    assert report.resultado is Resultado.RECHAZADO


@pytest.mark.parametrize("consistencia", [Consistencia.POR_TABLA, Consistencia.LECTURA_CONFIRMADA])
def test_without_one_snapshot_a_difference_is_observed(consistencia: Consistencia) -> None:
    """Where the engine gives no snapshot the base may change while it is read."""
    package = bent_package(
        lambda entry: replace(entry, filas_origen=501),
        lambda manifest: replace(manifest, consistencia=consistencia),
    )
    report = verified(package)
    assert [(f.codigo, f.nivel) for f in report.findings] == [("PKG-11", Level.OBSERVACION)]
    assert report.resultado is Resultado.OBSERVADO


def test_a_failed_table_counts_nothing() -> None:
    """A table that could not be read has no file, and its figures are not held against anything."""
    failed = replace(
        table_entry("ORDEN", b"", rows_of(0)),
        archivo=None,
        estado=Estado.FALLIDA,
        filas_origen=10,
        totales=(),
    )
    assert codes(package_of(manifest_of(failed), {})) == []


@pytest.mark.parametrize(
    ("bend", "field"),
    [
        (lambda m: replace(m, anio=Ejercicio(2022)), "año"),
        (lambda m: replace(m, raiz="otro"), "nombre"),
        (lambda m: replace(m, turno="2021-10-21T16:00"), "turno"),
    ],
)
def test_a_comment_of_another_package_is_found(bend: Callable[[Manifest], Manifest], field: str) -> None:
    """The sealed password is bound to the comment's label, so the label must be the manifest's."""
    other = comment_bytes(ArchiveComment(label=label_bytes(label_of(bend(manifest_of()))), copies=()))
    report = verified(bent_package(comment=other))
    assert [(f.codigo, f.fields) for f in report.findings] == [("PKG-01", {"dato": field})]


def test_a_comment_of_a_newer_version_waits() -> None:
    """What is too new to be understood is not rejected."""
    report = verified(bent_package(comment=b'{"v":2,"crit":[],"p":"","s":[]}'))
    assert report.resultado is Resultado.EN_ESPERA


def test_a_manifest_of_a_newer_version_waits() -> None:
    """The same for the manifest, whose tables are then not looked at."""
    text = manifest_bytes(manifest_of()).replace(b'"v":1,"crit":[]', b'"v":2,"crit":[]')
    report = verified(archive_of({"manifest.json": text}))
    assert (report.resultado, report.manifest) == (Resultado.EN_ESPERA, None)


def test_a_label_that_is_no_label_is_found() -> None:
    """A comment of ours with rubbish inside."""
    assert codes(bent_package(comment=b'{"v":1,"crit":[],"p":"","s":[]}')) == ["FMT-002"]


def test_a_member_that_the_manifest_does_not_name_is_found() -> None:
    """Nothing rides along."""
    full = rows_of()
    content = parquet_of(full)
    manifest = manifest_of(table_entry("ORDEN", content, full))
    members = {"tablas/ORDEN.parquet": content, "tablas/MAS.parquet": content}
    assert codes(package_of(manifest, members)) == ["PKG-02"]


def test_a_member_that_is_missing_is_found() -> None:
    """The manifest's word is not taken for the file."""
    assert codes(package_of(manifest_of(table_entry("ORDEN", b"x", rows_of(0))), {})) == ["PKG-03"]


def test_a_table_in_the_file_of_another_is_found() -> None:
    """A file's name says which table it is."""
    assert "PKG-04" in codes(bent_package(lambda e: replace(e, nombre="OTRA")))


def test_a_damaged_member_is_found_and_the_rest_is_checked() -> None:
    """One bad table does not hide the others."""
    package = bytearray(true_package())
    package[len(package) // 2] ^= 1
    report = verified(bytes(package))
    assert [(f.codigo, f.tabla) for f in report.findings] == [("FMT-016", "ORDEN")]
    assert report.tablas == 1


@pytest.mark.parametrize(
    ("package", "code"),
    [
        (b"no rar at all", "FMT-010"),
        (true_package()[:-1], "FMT-011"),
        (true_package() + b"\0", "FMT-014"),
        (archive_of({"tablas/A.parquet": b"x"}), "FMT-023"),
        (archive_of({"manifest.json": b"{}", "fuera.txt": b"x"}), "FMT-022"),
        (archive_of({"manifest.json": b"not json"}), "FMT-002"),
        (archive_of({"manifest.json": b"{}"}), "FMT-001"),
    ],
)
def test_what_cannot_be_opened_is_a_finding_too(package: bytes, code: str) -> None:
    """The structure's errors come as data, with the codes that the commands show."""
    report = verified(package)
    assert ([f.codigo for f in report.findings], report.manifest) == ([code], None)
    assert report.resultado is Resultado.RECHAZADO


def test_a_wrong_password_is_a_finding() -> None:
    """The centre unsealed it from the comment: then the comment lies."""
    report = verify(io.BytesIO(true_package()), "otra")
    assert [finding.codigo for finding in report.findings] == ["FMT-015"]


class FailingDisk(io.BytesIO):
    """A file on a disk that stops answering after the first bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 500:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_failing_disk_is_raised_and_blames_no_package() -> None:
    """A verdict about the package must not come from the machine's troubles."""
    with pytest.raises(UnreadableError):
        verify(FailingDisk(true_package()), PASSWORD)


def test_every_code_has_its_sentences_without_a_hole() -> None:
    """Each finding can be told to an operator, every field filled in."""
    for _, change in BENT_ENTRIES.values():
        for finding in verified(bent_package(change)).findings:
            assert "¿?" not in finding.texto
            assert finding.tabla in finding.texto
    known = {code for code in mensajes.catalogue() if code.startswith("PKG-")}
    assert known == {f"PKG-{number:02d}" for number in range(1, 13)}


LONG = 1 << 20


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """A file of some kilobytes that decodes to two gigabytes."""
    dictionary = pa.DictionaryArray.from_arrays(pa.array([0] * 2000, pa.int32()), pa.array(["x" * LONG]))
    rows = rows_of(2000).set_column(1, "NOMBRE", dictionary)
    content = parquet_of(rows, store_schema=False)
    assert len(content) < LONG / 4
    return content


def test_a_text_bomb_is_stopped_by_its_true_size(bomb: bytes) -> None:
    """The footer claims a megabyte; what counts is what the rows come to."""
    limits = PackageLimits(decoded_bytes=100 << 20)
    assert codes(one_table_package(bomb, filas=2000, filas_origen=2000, totales=()), limits) == ["FMT-018"]


def test_a_text_bomb_is_decoded_in_bounded_memory(bomb: bytes) -> None:
    """Within the limit it is digested part by part: Arrow never holds a quarter of it."""
    package = one_table_package(bomb, filas=2000, filas_origen=2000, totales=())
    before = pa.default_memory_pool().max_memory()
    report = verified(package, PackageLimits(batch_bytes=16 << 20))
    assert [finding.codigo for finding in report.findings] == ["PKG-08"]
    assert report.bytes_decodificados > 2000 * LONG
    assert pa.default_memory_pool().max_memory() < max(before, 500 << 20)


def test_one_row_over_the_batch_is_stopped(bomb: bytes) -> None:
    """A single cell cannot be halved."""
    limits = PackageLimits(batch_bytes=LONG // 2)
    assert codes(one_table_package(bomb, filas=2000, filas_origen=2000, totales=()), limits) == ["FMT-018"]


@pytest.mark.parametrize(
    "limits",
    [
        PackageLimits(table_rows=499),
        PackageLimits(row_group_rows=499),
        PackageLimits(columns=5),
        PackageLimits(footer_bytes=100),
        PackageLimits(row_groups=0),
        PackageLimits(decoded_bytes=1000),
    ],
)
def test_each_claim_is_held_against_its_limit(limits: PackageLimits) -> None:
    """Nothing is decoded before the footer's claims are within bounds."""
    rows = rows_of()
    assert codes(one_table_package(parquet_of(rows), rows), limits) == ["FMT-018"]


def test_archive_limits_apply() -> None:
    """Members are counted by the archive's own reader."""
    limits = PackageLimits(archive=ArchiveLimits(members=2))
    assert codes(true_package(), limits) == ["FMT-018"]


@pytest.mark.parametrize(
    "options",
    [
        {"compression": "gzip"},
        {"use_dictionary": False, "column_encoding": {"NOMBRE": "DELTA_BYTE_ARRAY"}},
    ],
)
def test_a_codec_or_encoding_that_packages_do_not_use_is_refused(options: dict[str, object]) -> None:
    """Delta texts repeat the last one at no cost in the file; gzip is one decoder more to trust."""
    rows = rows_of()
    assert codes(one_table_package(parquet_of(rows, **options), rows)) == ["FMT-024"]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"x" * 100, b"PAR1" + bytes(20) + b"\x10\0\0\0PAR1"])
def test_a_file_that_is_no_parquet_is_refused(content: bytes) -> None:
    """What Arrow says of it does not escape."""
    assert codes(one_table_package(content)) == ["FMT-024"]


def test_text_that_is_not_utf8_is_refused() -> None:
    """Arrow's reader lets it pass unseen."""
    rows = rows_of()
    latin = pa.array([b"\xd1and\xfa"] * 500, pa.binary()).view(pa.string())
    bent = rows.set_column(1, COLUMNS[1].arrow, latin)
    assert codes(one_table_package(parquet_of(bent), rows)) == ["FMT-024"]


def test_a_cut_parquet_footer_never_escapes_as_a_foreign_error() -> None:
    """Any byte of a Parquet file changed inside an honest archive ends in a finding."""
    rows = rows_of(40)
    content = parquet_of(rows)
    for place in range(0, len(content), 11):
        flipped = content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]
        report = verified(one_table_package(flipped, rows))
        assert all(
            finding.codigo in {"FMT-024", "FMT-018"} or finding.codigo.startswith("PKG")
            for finding in report.findings
        )
