"""The parts of the package reader alone: names, sums, footers, members."""

import io
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigasers.errors.formats import BadParquetError, LimitError, ManifestMissingError, MemberNameError
from sigasers.formats.column_type import ColumnType
from sigasers.formats.manifest import MAX_BYTES
from sigasers.formats.package import ExactSum, PackageReader, is_member_name, table_member
from sigasers.formats.package.footer import parse_footer
from sigasers.model import Digest
from tests.package.packages import PASSWORD, archive_of, manifest_of, parquet_of, rows_of, true_package

MAX38 = Decimal("9" * 36 + ".99")


def opened(package: bytes) -> PackageReader:
    return PackageReader.open(io.BytesIO(package), PASSWORD)


def footer_of(content: bytes) -> bytes:
    return content[-8 - int.from_bytes(content[-8:-4], "little") : -8]


@pytest.mark.parametrize("name", ["manifest.json", "tablas/ORDEN.parquet", "tablas/sig_x$1#.parquet"])
def test_names_of_members_that_packages_have(name: str) -> None:
    """The manifest, and one file a table."""
    assert is_member_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "MANIFEST.JSON", "tablas/", "tablas/.parquet", "tablas/../x.parquet", "/tablas/A.parquet",
        "tablas/A.parquet/x", "tablas\\A.parquet", "tablas/CON.parquet", "tablas/nul.parquet", "tablas/A.txt",
        "tablas/A:B.parquet", "tablas/A.parquet\n", "tablas/Ñ.parquet", "otra/A.parquet",
        "tablas/" + "A" * 129 + ".parquet", "tablas/A b.parquet", "C:/A.parquet",
    ],
)  # fmt: skip
def test_other_names_are_never_part_of_a_path(name: str) -> None:
    """Outside the folder, of a device, of another case: refused before a path is built."""
    assert not is_member_name(name)


def test_a_table_has_one_member_name() -> None:
    """Writer and verifier agree on it."""
    assert table_member("ORDEN") == "tablas/ORDEN.parquet"
    assert is_member_name(table_member("ORDEN"))


def test_an_open_package_gives_its_members() -> None:
    """In order, whole, in pieces, or from any place."""
    reader = opened(true_package())
    assert reader.names == ("manifest.json", "tablas/ORDEN.parquet", "tablas/VACIA.parquet")
    whole = reader.read_member("tablas/ORDEN.parquet")
    assert b"".join(reader.stream_member("tablas/ORDEN.parquet")) == whole
    assert pq.read_table(pa.PythonFile(reader.open_member("tablas/ORDEN.parquet"), mode="r")).equals(
        rows_of()
    )
    entry = reader.manifest.tablas[0].archivo
    assert entry is not None
    assert reader.sha256_member("tablas/ORDEN.parquet") == entry.sha256
    assert reader.sha256_member("tablas/ORDEN.parquet") != Digest("0" * 64)
    assert reader.manifest == manifest_of(*reader.manifest.tablas)


def test_a_rar_without_a_manifest_first_is_no_package() -> None:
    """What comes first is what the reader trusts for the rest."""
    with pytest.raises(ManifestMissingError):
        opened(archive_of({"tablas/A.parquet": b"", "manifest.json": b"{}"}))


def test_a_member_outside_is_refused_before_the_manifest_is_read() -> None:
    """Even where the manifest would name it."""
    with pytest.raises(MemberNameError):
        opened(archive_of({"manifest.json": b"not json", "tablas/con.parquet": b""}))


def test_a_manifest_over_the_limit_is_not_decrypted() -> None:
    """Its size stands in the header."""
    with pytest.raises(LimitError):
        opened(archive_of({"manifest.json": bytes(MAX_BYTES + 1)}))


@given(st.lists(st.none() | st.integers(1 - 10**38, 10**38 - 1), max_size=40))
def test_sums_are_exact_over_any_amounts(cents: list[int | None]) -> None:
    """Judged by Python's integers; 38 digits each, far past where Arrow's own sum wraps."""
    tipo = ColumnType.parse("decimal(38,2)")
    amounts = [None if cent is None else Decimal(f"{cent}e-2") for cent in cents]
    running = ExactSum(tipo)
    for start in range(0, len(amounts), 7):
        running.add(pa.array(amounts[start : start + 7], tipo.arrow))
    total = sum(cent for cent in cents if cent is not None)
    sign, digits = "-" * (total < 0), f"{abs(total):03d}"
    assert running.text == f"{sign}{digits[:-2]}.{digits[-2:]}"


def test_sums_pass_where_arrow_wraps() -> None:
    """Two amounts of 38 digits: the plain sum of Arrow would be silent and wrong."""
    tipo = ColumnType.parse("decimal(38,2)")
    running = ExactSum(tipo)
    running.add(pa.array([MAX38] * 20, tipo.arrow))
    assert running.text == "19999999999999999999999999999999999999.80"


@pytest.mark.parametrize("rows", [99, 100, 101])
def test_sums_are_exact_on_both_sides_of_where_arrow_would_wrap(rows: int) -> None:
    """A hundred amounts of 36 digits are the first that 38 digits may not hold."""
    tipo = ColumnType.parse("decimal(36,2)")
    largest = Decimal("9" * 34 + ".99")
    running = ExactSum(tipo)
    running.add(pa.array([largest.copy_negate()] * rows, tipo.arrow))
    cents = rows * (10**36 - 1)
    assert running.text == f"-{cents // 100}.{cents % 100:02d}"


def test_integers_are_summed_past_64_bits() -> None:
    """The column's type holds 64 bits, its sum need not."""
    running = ExactSum(ColumnType.parse("entero"))
    running.add(pa.array([2**63 - 1, 2**63 - 1, None], pa.int64()))
    assert running.text == str(2**64 - 2)


def test_a_column_that_is_no_number_has_no_sum() -> None:
    """Asking is a defect: the verifier says PKG-10 instead."""
    with pytest.raises(ValueError):
        ExactSum(ColumnType.parse("real"))


def test_a_footer_is_read_as_arrow_reads_it() -> None:
    """Rows, groups, columns, codecs: pyarrow is the judge on an honest file."""
    content = parquet_of(rows_of(), row_group_size=200)
    found, judge = parse_footer(footer_of(content)), pq.read_metadata(io.BytesIO(content))
    assert (found.rows, len(found.groups)) == (judge.num_rows, judge.num_row_groups)
    for place, group in enumerate(found.groups):
        theirs = judge.row_group(place)
        assert group.rows == theirs.num_rows
        assert [chunk.size for chunk in group.chunks] == [
            theirs.column(column).total_uncompressed_size for column in range(theirs.num_columns)
        ]
        assert {chunk.codec for chunk in group.chunks} == {6}
        assert [len(chunk.encodings) for chunk in group.chunks] == [
            len(set(theirs.column(column).encodings)) for column in range(theirs.num_columns)
        ]


def test_every_cut_of_a_footer_is_refused() -> None:
    """It is one whole structure, with nothing after it."""
    footer = footer_of(parquet_of(rows_of(10)))
    parse_footer(footer)
    for length in range(len(footer)):
        with pytest.raises(BadParquetError):
            parse_footer(footer[:length])
    with pytest.raises(BadParquetError):
        parse_footer(footer + b"\0")


@pytest.mark.parametrize(
    "data",
    [
        b"\x1c" * 40,
        b"\x19\xfc\xff\xff\xff\xff\x0f",
        b"\x18\xff\xff\xff\xff\x0f",
        b"\x16" + b"\xff" * 12,
        b"\x16\x02\x06\x02\x02\x00",
        b"\x1b\x00\x00",
        b"\x00",
        b"\x36\x01\x19\x0c\x00",
    ],
    ids=["depth", "list length", "text length", "endless number", "twice", "map", "empty", "negative rows"],
)
def test_a_forged_footer_is_refused(data: bytes) -> None:
    """Depth, lengths and numbers are bounded by the bytes that are there."""
    with pytest.raises(BadParquetError):
        parse_footer(data)


@given(st.binary(max_size=200))
def test_any_footer_ends_in_a_value_or_our_error(data: bytes) -> None:
    """Nothing foreign escapes, nothing hangs."""
    try:
        parse_footer(data)
    except BadParquetError:
        return
