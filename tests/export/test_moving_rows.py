"""Where the engine gives no snapshot, rows change while they are read: read again, and in the end told truthfully."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sigasers.durable import StagedFile
from sigasers.formats.manifest import Estado, TableManifest
from sigasers.formats.rar5 import ArchiveKeys
from sigasers.model import Ambito, Ejercicio, Nemonico
from sigasers.siga.catalogue import load_catalogue
from sigasers.siga.export.table_export import TableExporter
from sigasers.siga.export.tables import discard_parts, export_tables
from tests.export.moving_source import Change, MovingSource
from tests.export.place import SMALL, ManualClock, Told, small_base

META = "INSERT INTO meta VALUES (2021, 1288, {}, 'Nueva', 1.25)"


def insert(number: int) -> Change:
    return lambda connection: connection.execute(META.format(number))


def exported(
    folder: Path, changes: list[Change], *more: str, doubled: int = 0, script: Sequence[str] = SMALL
) -> tuple[TableManifest, MovingSource]:
    source = MovingSource(small_base(folder / "base.db", *more, script=script), "meta", changes, doubled)
    snapshot = source.open_snapshot(lanes=2)
    clock = ManualClock()
    exporter = TableExporter(
        keys=ArchiveKeys.derive("una clave", b"0" * 16),
        make_part=lambda name: StagedFile(folder / f"{name}.part"),
        clock=clock.now,
        consistencia=snapshot.consistencia,
    )
    entries = [entry for entry in load_catalogue().for_ambito(Ambito.SISTEMA) if entry.nombre == "meta"]
    (result,) = export_tables(snapshot, entries, Nemonico(1288), Ejercicio(2021), exporter, Told())
    discard_parts([result])
    assert [path.name for path in folder.glob("*.part")] == []
    return result.manifest, source


def codes(table: TableManifest) -> set[str]:
    return {note.codigo for note in table.observaciones} - {"columna_ausente", "columna_adicional"}


def test_a_quiet_table_is_read_once(tmp_path: Path) -> None:
    """Count and sums before and after are equal, and are what was written."""
    table, source = exported(tmp_path, [])
    assert (table.estado, table.filas, table.filas_origen, codes(table)) == (Estado.EXPORTADA, 2, 2, set())
    assert source.reads == 1


@pytest.mark.parametrize("changes", [1, 2, 3])
def test_a_table_that_changes_is_read_again(tmp_path: Path, changes: int) -> None:
    """Up to three times more; a reading during which nothing changed is exported without a word."""
    table, source = exported(tmp_path, [insert(number) for number in range(10, 10 + changes)])
    assert source.reads == changes + 1
    assert (table.filas, table.filas_origen, codes(table)) == (2 + changes, 2 + changes, set())
    assert [(total.origen, total.escrito) for total in table.totales if total.columna == "pia"] == [
        (f"{10.5 + 1.25 * changes:.2f}",) * 2
    ]


def test_a_table_that_never_rests_is_exported_with_both_figures(tmp_path: Path) -> None:
    """Four readings, then observed: what the database says and what was written."""
    table, source = exported(tmp_path, [insert(number) for number in range(10, 20)])
    assert source.reads == 4
    assert (table.estado, table.filas, table.filas_origen) == (Estado.EXPORTADA, 5, 6)
    assert codes(table) == {"cambio_durante_lectura"}
    ((origin, written),) = [(one.origen, one.escrito) for one in table.totales if one.columna == "pia"]
    assert (origin, written) == ("15.50", "14.25")


def test_a_change_that_keeps_count_and_sums_of_money_is_seen_by_its_sum(tmp_path: Path) -> None:
    """One row goes and another comes: the count is the same, the sum is not."""

    def swap(connection: object) -> None:
        connection.execute("DELETE FROM meta WHERE sec_func = 2 AND ano_eje = 2021")  # type: ignore[attr-defined]
        connection.execute(META.format(7))  # type: ignore[attr-defined]

    table, source = exported(tmp_path, [swap])
    assert source.reads == 2
    assert (table.filas, codes(table)) == (2, set())


def test_a_row_met_twice_is_read_again(tmp_path: Path) -> None:
    """Under no snapshot a row can move behind the reader; its key, which the database keeps unique, tells."""
    table, source = exported(tmp_path, [], doubled=1)
    assert source.reads == 2
    assert (table.filas, codes(table)) == (2, set())


def test_equal_keys_that_the_database_does_not_forbid_are_no_movement(tmp_path: Path) -> None:
    """A site's table without its primary key holds what it holds: read once, and told as what it is."""
    keyless = [statement.replace(", PRIMARY KEY (ano_eje, sec_ejec, sec_func)", "") for statement in SMALL]
    table, source = exported(tmp_path, [], META.format(2), script=keyless)
    assert source.reads == 1
    assert (table.filas, codes(table)) == (3, {"clave_repetida", "clave_no_declarada"})
