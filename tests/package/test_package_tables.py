"""The tables of a package as columns: what is read, and what is not there."""

import io
from dataclasses import replace

import pyarrow as pa
import pytest

from sigasers.errors.formats import BadParquetError
from sigasers.formats.column_type import Column, ColumnType
from sigasers.formats.package import PackageReader, PackageTables
from sigasers.formats.pseudonym import Domain
from tests.package import packages


def tables_of(data: bytes) -> tuple[PackageReader, PackageTables]:
    reader = PackageReader.open(io.BytesIO(data), packages.PASSWORD)
    return reader, PackageTables.of_reader(reader)


def test_columns_are_given_under_the_names_asked_for_in_any_case() -> None:
    """All rows, of the columns asked for alone, in the order asked for."""
    _, tables = tables_of(packages.true_package())
    whole = packages.rows_of()
    first, last = whole.schema.names[0], whole.schema.names[-1]
    asked = [last.lower(), first.upper()]
    found = pa.Table.from_batches(list(tables.batches("orden", asked)))
    assert found.schema.names == asked
    assert found.column(0).equals(whole.column(last))
    assert found.column(1).equals(whole.column(first))
    assert tables.rows("Orden") == whole.num_rows


def test_tables_that_were_not_exported_are_not_there() -> None:
    """Nor is any other name."""
    reader, tables = tables_of(packages.true_package())
    assert list(tables.names()) == [table.nombre for table in reader.manifest.tablas if table.archivo]
    assert tables.columns("NO_HAY") is None
    assert set(tables.columns("ORDEN") or ()) == {name.lower() for name in packages.rows_of().schema.names}


def test_columns_of_pseudonyms_are_not_there() -> None:
    """A rule about the true values would judge something else."""
    reader, _ = tables_of(packages.true_package())
    table = next(each for each in reader.manifest.tablas if each.nombre == "ORDEN")
    text = next(column.nombre for column in table.columnas if str(column.tipo) == "texto")
    hidden = replace(table, seudonimizadas=((text, Domain("dni")),))
    tables = PackageTables([hidden], lambda _: io.BytesIO())
    assert text.lower() not in (tables.columns("ORDEN") or {})


def test_a_file_with_other_columns_than_the_manifest_is_refused() -> None:
    """Whatever was verified before: a type that is not the one promised is never judged as it."""
    reader, _ = tables_of(packages.true_package())
    table = next(each for each in reader.manifest.tablas if each.nombre == "ORDEN")
    bent = replace(
        table, columnas=(*table.columnas[:-1], Column("OTRA", ColumnType.parse("texto"))), seudonimizadas=()
    )
    assert table.archivo is not None
    data = reader.read_member(table.archivo.miembro)
    tables = PackageTables([bent], lambda _: io.BytesIO(data))
    with pytest.raises(BadParquetError):
        list(tables.batches("ORDEN", [table.columnas[0].nombre]))
