"""``siga abrir --formato csv``: the Parquet's values as the csv module reads them, nothing replaced, nothing run."""

import csv
import hashlib
import io
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sigasers.cli.core import run_with
from sigasers.cli.siga import grupo
from sigasers.errors.catalogue import TableNotInPackageError
from sigasers.errors.disk import NameTakenError
from sigasers.errors.formats import BadParquetError, MemberDamagedError, MemberMissingError
from sigasers.formats.manifest import TableFile, TableManifest
from sigasers.formats.package import PackageReader
from sigasers.model import Digest
from sigasers.siga.opening import extract
from sigasers.siga.opening_csv import extract_csv
from tests.faults.stopped import run_code
from tests.package import packages
from tests.package.packages import PASSWORD

Opened = Callable[[bytes], PackageReader]


def opened(data: bytes) -> PackageReader:
    return PackageReader.open(io.BytesIO(data), PASSWORD)


def read(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_csv_module_reads_the_values_of_the_parquet(tmp_path: Path) -> None:
    """Every cell of every row, by a reader and a decoder that are not ours."""
    found = extract_csv(opened(packages.true_package()), tmp_path)
    assert names_in(tmp_path) == [
        "LEEME.txt", "esquema.csv", "manifest.json", "tablas/ORDEN.csv", "tablas/VACIA.csv",
    ]  # fmt: skip
    assert sum(item.size_bytes for item in found) == sum(
        path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()
    )
    expected = pq.read_table(io.BytesIO(packages.parquet_of(packages.rows_of()))).to_pylist()
    rows = read(tmp_path / "tablas/ORDEN.csv")
    assert len(rows) == len(expected) == packages.ROWS
    for cells, row in zip(rows, expected, strict=True):
        assert cells["ITEM"] == row["ITEM"]
        assert cells["NOMBRE"] == (row["NOMBRE"] or "")
        assert (Decimal(cells["MONTO"]) if cells["MONTO"] else None) == row["MONTO"]
        assert int(cells["CANTIDAD"]) == row["CANTIDAD"]
        assert datetime.fromisoformat(cells["FECHA"]) == row["FECHA"]
        assert bytes.fromhex(cells["FOTO"].removeprefix("0x")) == row["FOTO"]
    assert read(tmp_path / "tablas/VACIA.csv") == []


def test_the_schema_file_says_types_and_key(tmp_path: Path) -> None:
    """For a program that reads the tables back."""
    extract_csv(opened(packages.true_package()), tmp_path)
    rows = [row for row in read(tmp_path / "esquema.csv") if row["tabla"] == "ORDEN"]
    assert [(row["columna"], row["tipo"], row["clave"]) for row in rows] == [
        (column.nombre, str(column.tipo), "1" if column.nombre == "ITEM" else "")
        for column in packages.COLUMNS
    ]
    assert "REGION LIMA" in (tmp_path / "LEEME.txt").read_text(encoding="utf-8-sig")


def test_chosen_tables_alone_are_opened(tmp_path: Path) -> None:
    """In any case of letters; a name that is not there is told with those near it, and nothing is written."""
    extract_csv(opened(packages.true_package()), tmp_path / "a", ["vacia", "VACIA"])
    assert "tablas/ORDEN.csv" not in names_in(tmp_path / "a")
    assert "tablas/VACIA.csv" in names_in(tmp_path / "a")
    with pytest.raises(TableNotInPackageError) as raised:
        extract_csv(opened(packages.true_package()), tmp_path / "b", ["ORDENES"])
    assert raised.value.fields["parecidas"] == "ORDEN"
    assert not (tmp_path / "b").exists()


def test_nothing_is_replaced(tmp_path: Path) -> None:
    """A file of that name stays as it is."""
    (tmp_path / "tablas").mkdir()
    (tmp_path / "tablas/ORDEN.csv").write_text("mío", encoding="utf-8")
    with pytest.raises(NameTakenError):
        extract_csv(opened(packages.true_package()), tmp_path)
    assert (tmp_path / "tablas/ORDEN.csv").read_text(encoding="utf-8") == "mío"
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("opening", [extract, extract_csv])
@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_no_link_below_the_destination_is_followed(
    tmp_path: Path, opening: Callable[[PackageReader, Path], object]
) -> None:
    """The destination itself may be one; what is written stays in it."""
    real, other = tmp_path / "real", tmp_path / "other"
    real.mkdir()
    other.mkdir()
    (tmp_path / "sym").symlink_to(real)
    (real / "tablas").symlink_to(other)
    with pytest.raises(NameTakenError) as told:
        opening(opened(packages.true_package()), tmp_path / "sym")
    assert told.value.fields["ruta"] == str(tmp_path / "sym" / "tablas")
    assert list(other.iterdir()) == []
    (real / "tablas").unlink()
    (real / "manifest.json").unlink()
    opening(opened(packages.true_package()), tmp_path / "sym")
    assert list((real / "tablas").iterdir())


def _file(entry: TableManifest, **changes: object) -> TableManifest:
    assert isinstance(entry.archivo, TableFile)
    return replace(entry, archivo=replace(entry.archivo, **changes))


HOSTILE = {
    "another sha-256": (lambda entry: _file(entry, sha256=Digest("0" * 64)), MemberDamagedError),
    "a member outside": (lambda entry: _file(entry, miembro="../../fuera.parquet"), MemberMissingError),
    "the manifest as a table": (lambda entry: _file(entry, miembro="manifest.json"), MemberMissingError),
    "other columns": (
        lambda entry: replace(entry, columnas=entry.columnas[::-1], totales=()),
        BadParquetError,
    ),
}


@pytest.mark.parametrize(("bend", "error"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_package_that_lies_leaves_no_table(
    tmp_path: Path, bend: Callable[[TableManifest], TableManifest], error: type[Exception]
) -> None:
    """What the manifest says is held against the bytes before a line is written."""
    folder = tmp_path / "x"
    with pytest.raises(error):
        extract_csv(opened(packages.bent_package(bend)), folder)
    assert names_in(folder) == ["manifest.json"]
    assert names_in(tmp_path) == ["x/manifest.json"]


_PEAK = """
import sys
from pathlib import Path
from sigasers.formats.package import PackageReader
from sigasers.siga.opening_csv import extract_csv
from tests.package.packages import PASSWORD
with open(sys.argv[1], "rb") as file:
    extract_csv(PackageReader.open(file, PASSWORD), Path(sys.argv[2]))
status = Path("/proc/self/status").read_text(encoding="utf-8")
print(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read as Linux tells it")
def test_memory_stays_bounded_whatever_a_table_decodes_to(tmp_path: Path) -> None:
    """A few kilobytes that stand for 640 MiB of text; the peak is the process's own, not that of who started it."""
    text, rows = "x" * (8 << 20), 80
    names = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([text]))
    table = packages.rows_of(rows).set_column(1, "NOMBRE", names)
    entry = packages.table_entry("ORDEN", b"", packages.rows_of(0))
    content = packages.parquet_of(table, store_schema=False)
    assert len(content) < 1 << 20
    archive = replace(entry.archivo, tamano_bytes=len(content), sha256=_sha256(content))  # type: ignore[type-var]
    manifest = packages.manifest_of(replace(entry, archivo=archive, filas=rows))
    rar = tmp_path / "a.rar"
    rar.write_bytes(packages.package_of(manifest, {"tablas/ORDEN.parquet": content}))
    done = run_code(_PEAK, rar, tmp_path / "x")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x/tablas/ORDEN.csv").stat().st_size > rows * len(text)
    assert int(done.stdout) < 600 << 10  # KiB


def _sha256(content: bytes) -> Digest:
    return Digest(hashlib.sha256(content).hexdigest())


def order(tmp_path: Path, *more: str) -> int:
    rar = tmp_path / "a.rar"
    rar.write_bytes(packages.true_package())
    target = ["--destino", str(tmp_path / "abierto"), "--dir", str(tmp_path)]
    return run_with(grupo, ["abrir", str(rar), *target, "--clave-por-entrada", *more])


def test_the_operator_opens_to_csv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """One order, five files; the protection is switched off by name, and only for CSV."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n" * 3))
    assert order(tmp_path, "--formato", "csv", "--tabla", "orden") == 0
    assert "Se extrajeron 4 archivos" in capfd.readouterr().out
    assert order(tmp_path, "--sin-proteger") == 2
    assert order(tmp_path, "--formato", "csv", "--tabla", "NADA") == 65
    assert "SIGA-055" in capfd.readouterr().err


def test_parquet_of_chosen_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--tabla`` serves both formats."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert order(tmp_path, "--tabla", "VACIA") == 0
    assert names_in(tmp_path / "abierto") == ["manifest.json", "tablas/VACIA.parquet"]
