"""Opens a package into CSV files, with a page that says how to read them. Tables are decoded a batch at a time.

A package may be anyone's: each table is held against its SHA-256 and the limits before a line of it is written, its
file's name is the member's, which was checked, and no text of it becomes a formula of a spreadsheet.
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from sigasers.errors.formats import BadParquetError, MemberDamagedError, MemberMissingError
from sigasers.formats.column_type import Column, ColumnType, Kind
from sigasers.formats.csv_text import BOM, csv_pieces
from sigasers.formats.manifest import MEMBER_NAME, Manifest, TableFile, TableManifest
from sigasers.formats.package import PackageLimits, PackageReader
from sigasers.formats.package.parquet import BoundedParquet
from sigasers.formats.visible_text import visible
from sigasers.siga.opening import ExtractedFile, chosen_tables, write_out

SCHEMA_NAME = "esquema.csv"
README_NAME = "LEEME.txt"
_TEXT, _WHOLE = ColumnType(Kind.TEXTO), ColumnType(Kind.ENTERO)
_SCHEMA = (
    Column("tabla", _TEXT),
    Column("descripcion", _TEXT),
    Column("posicion", _WHOLE),
    Column("columna", _TEXT),
    Column("tipo", _TEXT),
    Column("clave", _WHOLE),
    Column("dominio_seudonimo", _TEXT),
)
_README = """\
SIGA {nemonico} - {nombre}
Año {anio} ({ambito}). {tablas} tablas, {filas} filas.

Cómo leer los archivos de la carpeta «tablas»
- Texto UTF-8, separado por comas, una fila por línea (RFC 4180). La primera línea son los nombres de las columnas.
- Los textos van entre comillas. Vacío sin comillas: no hay dato (NULL). Comillas vacías (""): texto vacío.
- Los números llevan punto decimal y todas sus cifras. Las fechas son AAAA-MM-DD, y con hora AAAA-MM-DD hh:mm:ss.
- Los datos binarios van en hexadecimal, después de 0x.
- {proteccion}
- «esquema.csv» dice el tipo de cada columna y cuáles forman la clave; «manifest.json», todo lo demás.

En Excel: abra el archivo con Datos > Obtener datos > Desde un archivo de texto o CSV, y elija el tipo «Texto» para los
códigos que empiezan con cero; si lo abre con doble clic, Excel quita esos ceros y redondea los números largos.
"""
_PROTECTED = """\
Un texto que una hoja de cálculo tomaría por fórmula (empieza con = + - @, tabulador o salto) lleva delante un
  apóstrofo ('), y también el que ya empieza con apóstrofo: para tener el original, quite el primero."""
_BARE = "Los textos van tal como están en la base. NO los abra en una hoja de cálculo: alguno podría ser una fórmula."


def extract_csv(
    reader: PackageReader, folder: Path, tablas: Sequence[str] = (), *, protected: bool = True
) -> list[ExtractedFile]:
    """Write the tables (default: all that were exported) as CSV, the manifest and two pages below ``folder``.

    Raises ``NameTakenError`` before a file would be replaced, ``TableNotInPackageError``, and what a damaged or
    hostile package gives (``MemberDamagedError``, ``BadParquetError``, ``LimitError``); of the table at fault no file
    is left.
    """
    chosen = chosen_tables(reader.manifest, tablas)
    found = [write_out(folder, MEMBER_NAME, reader.stream_member(MEMBER_NAME))]
    spent = 0
    for table in chosen:
        if table.archivo is not None:
            opened = _open(reader, table, table.archivo, spent)
            name = f"{table.archivo.miembro.removesuffix('.parquet')}.csv"
            found.append(
                write_out(folder, name, csv_pieces(table.columnas, opened.batches(), protected=protected))
            )
            spent = opened.decoded_bytes
    schema = csv_pieces(_SCHEMA, [_schema_rows(chosen)], protected=protected)
    readme = BOM + _readme(reader.manifest, chosen, protected=protected).replace("\n", "\r\n").encode()
    return [*found, write_out(folder, SCHEMA_NAME, schema), write_out(folder, README_NAME, [readme])]


def _open(reader: PackageReader, table: TableManifest, file: TableFile, spent: int) -> BoundedParquet:
    """Give the table's rows, after its bytes were held against the checksum and the manifest."""
    if file.miembro not in reader.names or file.miembro == MEMBER_NAME:
        raise MemberMissingError("no such member", miembro=file.miembro)
    if reader.sha256_member(file.miembro) != file.sha256:
        raise MemberDamagedError("sha-256 differs from the manifest", miembro=file.miembro)
    source = io.BufferedReader(reader.open_member(file.miembro))
    opened = BoundedParquet(source, table.columnas, PackageLimits(), spent_bytes=spent)
    if not opened.matches_columns:
        raise BadParquetError("columns differ from the manifest")
    return opened


def _schema_rows(tables: Sequence[TableManifest]) -> pa.RecordBatch:
    rows = [row for table in tables for row in _schema_of(table)]
    arrays = [
        pa.array([row[place] for row in rows], column.tipo.arrow) for place, column in enumerate(_SCHEMA)
    ]
    return pa.RecordBatch.from_arrays(arrays, names=[column.nombre for column in _SCHEMA])


def _schema_of(table: TableManifest) -> Iterator[tuple[object, ...]]:
    domains, key = dict(table.seudonimizadas), list(table.clave)
    for place, column in enumerate(table.columnas, start=1):
        name = column.nombre
        in_key = key.index(name) + 1 if name in key else None
        domain = str(domains[name]) if name in domains else None
        yield (
            visible(table.nombre),
            visible(table.descripcion),
            place,
            visible(name),
            str(column.tipo),
            in_key,
            domain,
        )


def _readme(manifest: Manifest, tables: Sequence[TableManifest], *, protected: bool) -> str:
    return _README.format(
        nemonico=manifest.unidad.nemonico,
        nombre=visible(manifest.unidad.nombre),
        anio=manifest.anio,
        ambito=manifest.ambito.value,
        tablas=len(tables),
        filas=sum(table.filas for table in tables),
        proteccion=_PROTECTED if protected else _BARE,
    )
