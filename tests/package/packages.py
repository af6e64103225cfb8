"""Makes small true packages through the public writers, and lets a test bend one thing in them."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from sigasers.formats.archive_comment import ArchiveComment, PackageLabel, comment_bytes, label_bytes
from sigasers.formats.column_type import Column, ColumnType, arrow_schema
from sigasers.formats.content_digest import content_digest
from sigasers.formats.manifest import (
    Consistencia,
    Estado,
    Manifest,
    TableFile,
    TableManifest,
    Total,
)
from sigasers.formats.manifest_json import manifest_bytes
from sigasers.formats.rar5 import ArchiveKeys, MemberEncryptor, assemble
from sigasers.model import (
    Ambito,
    Digest,
    Ejercicio,
    Identifier,
    Instant,
    Nemonico,
    TipoTransmision,
    UnidadEjecutora,
)

PASSWORD = "qL7cN0zR3yH8tV5wX2bD9fG4jK6mP1sA_u-eI7oTyZc"
KEYS = ArchiveKeys.derive(PASSWORD, bytes(16))
AT = Instant(datetime(2021, 10, 21, 21, 30, tzinfo=UTC))
STEM = "MEF-SIGA-tr_1288_2021_202110211630_REGION LIMA"
COLUMNS = (
    Column("ITEM", ColumnType.parse("char(4)")),
    Column("NOMBRE", ColumnType.parse("texto")),
    Column("MONTO", ColumnType.parse("decimal(16,2)")),
    Column("CANTIDAD", ColumnType.parse("entero")),
    Column("FECHA", ColumnType.parse("fecha_hora")),
    Column("FOTO", ColumnType.parse("binario")),
)
ROWS = 500


def rows_of(count: int = ROWS) -> pa.Table:
    """Give ``count`` rows with nulls, ñ, empty texts and negative amounts."""
    return pa.table(
        {
            "ITEM": [f"{n:04d}" for n in range(count)],
            "NOMBRE": [None if n % 7 == 0 else "Ñandú" * (n % 3) for n in range(count)],
            "MONTO": [None if n % 5 == 0 else Decimal(n * 37 - 4000) / 100 for n in range(count)],
            "CANTIDAD": list(range(count)),
            "FECHA": [datetime(2021, 1, 1, n % 24) for n in range(count)],  # noqa: DTZ001 - as stored
            "FOTO": [bytes([n % 256]) * (n % 4) for n in range(count)],
        },
        schema=arrow_schema(COLUMNS),
    )


def parquet_of(table: pa.Table, **options: object) -> bytes:
    """Give the Parquet file as packages hold it; ``options`` go to pyarrow."""
    sink = io.BytesIO()
    chosen: dict[str, object] = {"compression": "zstd", "row_group_size": 65_536} | options
    pq.write_table(table, sink, **chosen)
    return sink.getvalue()


def table_entry(name: str, content: bytes, table: pa.Table) -> TableManifest:
    """Give the true manifest entry of ``content``, whose rows are ``table``."""
    amounts = [value.as_py() for value in table.column("MONTO") if value.as_py() is not None]
    total = f"{sum(amounts, Decimal('0.00')):.2f}"
    count = str(sum(value.as_py() for value in table.column("CANTIDAD")))
    return TableManifest(
        nombre=name,
        descripcion="Tabla de prueba",
        grupo="ejecución",
        origen=name.lower(),
        filtro="anual(ANO_EJE)",
        estado=Estado.EXPORTADA,
        inicio=AT,
        fin=AT,
        archivo=TableFile(
            miembro=f"tablas/{name}.parquet",
            tamano_bytes=len(content),
            sha256=Digest(hashlib.sha256(content).hexdigest()),
            resumen_contenido=content_digest(COLUMNS, table.to_batches()),
        ),
        filas=table.num_rows,
        filas_origen=table.num_rows,
        columnas=COLUMNS,
        clave=("ITEM",),
        totales=(
            Total(columna="MONTO", origen=total, escrito=total),
            Total(columna="CANTIDAD", origen=count, escrito=count),
        ),
    )


def manifest_of(*tables: TableManifest) -> Manifest:
    """Give the manifest of a package with ``tables``."""
    return Manifest(
        programa="0.1.0",
        sistema="SIGA",
        unidad=UnidadEjecutora(nemonico=Nemonico(1288), nombre="REGION LIMA"),
        anio=Ejercicio(2021),
        ambito=Ambito.SISTEMA,
        tipo=TipoTransmision.PERIODICA,
        modo="manual",
        corrida=Identifier("AAAAAAAAAAAAAAAAAAAAAA"),
        turno=None,
        raiz=STEM,
        motor="SQLite",
        motor_version="3.45",
        catalogo="1",
        instantanea=AT,
        consistencia=Consistencia.INSTANTANEA,
        tablas=tables,
    )


def label_of(manifest: Manifest) -> PackageLabel:
    """Give the label that belongs to ``manifest``."""
    return PackageLabel(
        sistema=manifest.sistema,
        unidad=manifest.unidad.nemonico,
        anio=manifest.anio,
        ambito=manifest.ambito,
        tipo=manifest.tipo,
        corrida=manifest.corrida,
        turno=manifest.turno,
        raiz=manifest.raiz,
    )


def archive_of(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    """Give the archive of ``members``."""
    parts = []
    for name, content in members.items():
        sink = io.BytesIO()
        with MemberEncryptor(KEYS, name, sink, mtime=AT) as encryptor:
            encryptor.write(content)
        parts.append((encryptor.member, [sink.getvalue()]))
    whole = io.BytesIO()
    assemble(KEYS, parts, comment, whole)
    return whole.getvalue()


def package_of(manifest: Manifest, members: dict[str, bytes], comment: bytes | None = None) -> bytes:
    """Give the package that holds ``manifest`` and ``members``, its label in the comment."""
    unsealed = ArchiveComment(label=label_bytes(label_of(manifest)), copies=())
    return archive_of(
        {"manifest.json": manifest_bytes(manifest)} | members,
        comment_bytes(unsealed) if comment is None else comment,
    )


def true_package() -> bytes:
    """Give a package of two tables, one of them empty, with nothing wrong."""
    return bent_package()


def bent_package(
    bend_entry: Callable[[TableManifest], TableManifest] = lambda entry: entry,
    bend_manifest: Callable[[Manifest], Manifest] = lambda manifest: manifest,
    comment: bytes | None = None,
) -> bytes:
    """Give ``true_package`` after changes to the entry of its first table, to its manifest, or to its comment."""
    full, empty = rows_of(), rows_of(0)
    first, second = parquet_of(full), parquet_of(empty)
    entries = (bend_entry(table_entry("ORDEN", first, full)), table_entry("VACIA", second, empty))
    manifest = bend_manifest(manifest_of(*entries))
    members = {"tablas/ORDEN.parquet": first, "tablas/VACIA.parquet": second}
    return package_of(manifest, members, comment)


def one_table_package(content: bytes, table: pa.Table | None = None, **changes: object) -> bytes:
    """Give a package whose one table ORDEN is the Parquet file ``content``, truly described but for ``changes``."""
    entry = table_entry("ORDEN", content, rows_of(0) if table is None else table)
    return package_of(manifest_of(replace(entry, **changes)), {"tablas/ORDEN.parquet": content})
