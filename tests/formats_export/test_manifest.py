"""The manifest against the vectors of its spec page."""

from pathlib import Path

import pytest

from sigasers.errors.formats import FormatError, FormatTooNewError
from sigasers.formats.manifest_json import manifest_bytes, parse_manifest

VECTORS = Path(__file__).parents[1] / "vectors/manifest"


def test_writes_what_it_reads_byte_for_byte() -> None:
    """Reading the vector and writing it again gives the same bytes."""
    data = (VECTORS / "minimo.json").read_bytes()
    assert manifest_bytes(parse_manifest(data)) == data


def test_ignores_unknown_members() -> None:
    """A newer exporter may add members."""
    known = parse_manifest((VECTORS / "minimo.json").read_bytes())
    assert parse_manifest((VECTORS / "desconocido.json").read_bytes()) == known


@pytest.mark.parametrize("name", ["version-2", "critico"])
def test_tells_a_newer_format_from_a_bad_one(name: str) -> None:
    """An unknown version or critical member is not the unit's fault."""
    with pytest.raises(FormatTooNewError):
        parse_manifest((VECTORS / f"{name}.json").read_bytes())


@pytest.mark.parametrize("path", sorted(VECTORS.glob("*malo.json")), ids=lambda path: path.stem)
def test_refuses_a_malformed_manifest(path: Path) -> None:
    """Each refusal is a format error, never a defect of ours."""
    with pytest.raises(FormatError):
        parse_manifest(path.read_bytes())


def test_counts_rows_of_all_tables() -> None:
    """The package's rows are the sum of its tables'."""
    assert parse_manifest((VECTORS / "minimo.json").read_bytes()).filas == 2
