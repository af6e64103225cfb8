"""What stands in the way of an export: each with its own error, and nothing half-made in SourceOut."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from sigasers import mensajes
from sigasers.errors import SigasersError
from sigasers.errors.disk import DiskFullError, FolderMissingError, NameTakenError
from sigasers.errors.siga import (
    ConfigurationError,
    DatabaseLockedError,
    ExportBusyError,
    NoSourceError,
    NotADatabaseError,
    NotSigaError,
    SourceMissingError,
    UnitNotChosenError,
    UnknownUnitError,
    YearUnknownError,
)
from sigasers.formats.column_type import Column
from sigasers.formats.manifest import Estado
from sigasers.host.installation import Installation
from sigasers.model import Ejercicio, Nemonico
from sigasers.siga.configuration import load_configuration
from sigasers.siga.export import table_export, workers
from sigasers.siga.export.workspace import Workspace
from sigasers.siga.sources import Query, SourceTotals
from sigasers.siga.sources.sqlite_lane import SqliteLane
from tests.export.place import Place, small_base

_VOLUME = Path("/dev/shm")  # a volume of its own, which Linux has; the test takes away what it leaves
HOLDER = """
import sys
from pathlib import Path
from sigasers.host import locks
with locks.hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def refused(place: Place, kind: type[SigasersError], **changes: object) -> SigasersError:
    """Export, expect ``kind``, and hold that nothing was left; give the error."""
    with pytest.raises(kind) as caught:
        place.export(**changes)
    assert place.files() == []
    assert place.half_made() == []
    sentence = mensajes.sentence(caught.value.code, caught.value.fields)
    assert "¿?" not in f"{sentence.que} {sentence.porque} {sentence.haga}"
    return caught.value


def test_unknown_unit_lists_those_present(place: Place) -> None:
    """So that a typing mistake is seen at once."""
    error = refused(place, UnknownUnitError, unidad=Nemonico(1289))
    assert error.fields["presentes"] == "1287, 1288"


def test_several_units_and_none_chosen(place: Place) -> None:
    """Which one is never guessed."""
    refused(place, UnitNotChosenError, unidad=None)


def test_a_base_that_is_not_of_siga(place: Place, tmp_path: Path) -> None:
    """A database all right, but another one."""
    refused(place, NotSigaError, base=small_base(tmp_path / "x.db", script=["CREATE TABLE t (k INT)"]))


def test_a_base_without_any_year(place: Place, tmp_path: Path) -> None:
    """Then the year must be said."""
    empty = small_base(tmp_path / "x.db", "DELETE FROM meta", "DELETE FROM SIG_PEDIDOS")
    refused(place, YearUnknownError, base=empty)
    (package,) = place.export(base=empty, anio_sistema=Ejercicio(2021))
    assert package.manifest.filas > 0


def test_no_base_missing_base_no_database(place: Place, tmp_path: Path) -> None:
    """Three cases that an operator tells apart only by their sentences."""
    refused(place, NoSourceError, base=None)
    refused(place, SourceMissingError, base=tmp_path / "no.db")
    (tmp_path / "foto.db").write_bytes(b"GIF89a" * 200)
    refused(place, NotADatabaseError, base=tmp_path / "foto.db")


def test_a_locked_base(place: Place, tmp_path: Path) -> None:
    """A writer that holds everything."""
    path = small_base(tmp_path / "x.db", wal=False)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        refused(place, DatabaseLockedError, base=path)


def test_a_target_folder_that_is_not_there(place: Place, tmp_path: Path) -> None:
    """It is not made: a mistyped path would collect packages that nobody sends."""
    error = refused(place, FolderMissingError, ruta_transmision=tmp_path / "no" / "SourceOut")
    assert not (tmp_path / "no").exists()
    assert "SourceOut" in str(error.fields["ruta"])


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can mount a small volume")
@pytest.mark.parametrize("size", ["64k", "300k"])
def test_a_full_disk(hospital: Place, tmp_path: Path, size: str) -> None:
    """No space on the volume of SourceOut: said so, cleaned up, and the next run works."""
    volume = tmp_path / "volumen"
    volume.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(volume)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        out = volume / "SourceOut"
        out.mkdir()
        with pytest.raises(DiskFullError):
            hospital.export(ruta_transmision=out)
        left = [path.name for path in volume.rglob("*") if path.is_file()]
        assert left == ["exportar.lock"]  # empty, and held by nobody
        subprocess.run(["mount", "-o", "remount,size=64m", str(volume)], check=True)
        (package,) = hospital.export(ruta_transmision=out)
        assert hospital.verified(package).filas == package.manifest.filas
    finally:
        subprocess.run(["umount", str(volume)], check=True)


@pytest.mark.parametrize("folder", ["siga", "sers_siga/.SourceOut.siga"])
def test_two_exports_at_once(place: Place, folder: str) -> None:
    """The second one is told, be it of this installation or of another one with the same Ruta de Transmisión."""
    (place.root / folder).mkdir(exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(place.root / folder / "exportar.lock")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdin is not None
        holder.stdout.readline()
        refused(place, ExportBusyError)
        holder.stdin.close()
    assert len(place.export()) == 1


def test_a_name_taken_while_the_export_runs(place: Place) -> None:
    """Somebody else's file appears under the very name: it stays, the export says so, no lone HTML remains."""
    ended = place.told.table_done
    foreign = place.out / "MEF-SIGA-tr_1288_2021_202110211630_REGION LIMA - HOSPITAL DE APOYO REZOLA.rar"

    def appear(table: object) -> None:
        ended(table)  # type: ignore[arg-type]
        foreign.write_bytes(b"ajeno")

    place.told.table_done = appear  # type: ignore[method-assign]
    with pytest.raises(NameTakenError):
        place.export()
    assert place.files() == [foreign.name]
    assert foreign.read_bytes() == b"ajeno"


@pytest.mark.parametrize(
    "text",
    [
        "base = ",
        "bse = 'x.db'",
        "base = 7",
        "unidad = 'mil'",
        "anio_sistema = '2021'",
        "zona_horaria = 'Lima'",
        "espera_bloqueo_s = -1",
        "base = 'C:\\x' \xff",
    ],
)
def test_a_configuration_that_does_not_hold(tmp_path: Path, text: str) -> None:
    """A misspelt line is never passed over."""
    place = Installation.under(tmp_path)
    place.siga.mkdir()
    (place.siga / "siga.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigurationError):
        load_configuration(place)


def test_a_configuration_that_holds(tmp_path: Path) -> None:
    """Relative paths start at the file; what is not said has its usual place."""
    place = Installation.under(tmp_path)
    place.siga.mkdir()
    assert load_configuration(place).ruta_transmision == tmp_path / "sers_siga" / "SourceOut"
    text = "base = 'datos/SIGA.db'\nunidad = 1288\nruta_instalacion_sers = '/opt/sers'\nanio_programacion = 2023\n"
    (place.siga / "siga.toml").write_text(text, encoding="utf-8")
    found = load_configuration(place)
    assert found.base == place.siga / "datos" / "SIGA.db"
    assert (found.unidad, found.anio_programacion) == (Nemonico(1288), Ejercicio(2023))
    assert found.ruta_transmision == Path("/opt/sers/SourceOut")


@pytest.mark.skipif(not os.path.ismount(_VOLUME), reason="no volume of its own at hand")
def test_a_target_that_is_a_volume_of_its_own_takes_packages() -> None:
    """A disk or share mounted as SourceOut: what is half-made must lie on that very volume to become the file."""
    workspace = Workspace(_VOLUME)
    workspace.prepare()
    name = f"sigasers-{os.getpid()}-{os.urandom(4).hex()}"
    try:
        with workspace.stage_rar(name) as staged:
            staged.write(b"Rar!")
            staged.place(workspace.rar_path(name), step="siga.export.place_rar")
        assert workspace.rar_path(name).read_bytes() == b"Rar!"
    finally:
        workspace.rar_path(name).unlink(missing_ok=True)
        workspace.folder.rmdir()


def test_a_row_that_no_reader_of_packages_takes_costs_its_table(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told here, with table, column and row: not by the centre, of the whole package."""
    monkeypatch.setattr(table_export, "_ROW_BYTES", 2 << 20)
    assert place.base is not None
    with closing(sqlite3.connect(place.base)) as connection:
        connection.execute(
            "UPDATE SIG_PEDIDOS SET MOTIVO_PEDIDO = ? WHERE NRO_PEDIDO = '000002'", ("x" * (3 << 20),)
        )
        connection.commit()
    (package,) = place.export()
    tables = {table.nombre: table for table in package.manifest.tablas}
    assert tables["SIG_PEDIDOS"].estado is Estado.FALLIDA
    assert tables["meta"].estado is Estado.EXPORTADA
    (note,) = [one for one in tables["SIG_PEDIDOS"].observaciones if one.codigo == "tabla_fallida"]
    assert (note.columna, note.fila) == ("MOTIVO_PEDIDO", 2)


def test_figures_that_differ_in_one_state_are_our_defect_and_cost_their_table(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing in the SIGA is to be corrected, and nobody is told so."""
    true_totals = SqliteLane.totals

    def wrong(lane: SqliteLane, query: Query, columns: tuple[Column, ...]) -> SourceTotals:
        found = true_totals(lane, query, columns)
        return replace(found, filas=found.filas + (query.tabla == "meta"))

    monkeypatch.setattr(SqliteLane, "totals", wrong)
    (package,) = place.export()
    tables = {table.nombre: table for table in package.manifest.tablas}
    assert tables["meta"].estado is Estado.FALLIDA
    assert tables["SIG_PEDIDOS"].estado is Estado.EXPORTADA
    (note,) = [one for one in tables["meta"].observaciones if one.codigo == "tabla_fallida"]
    assert "el número de filas" in note.texto
    assert (note.columna, note.fila) == (None, None)
    assert place.half_made() == []


class _Slow:
    """A snapshot whose one lane ends its job only when ``go`` is set."""

    def __init__(self) -> None:
        self.lanes = (object(),)
        self.began, self.go, self.ended = Event(), Event(), Event()

    def work(self, _lane: object, _job: int) -> int:
        self.began.set()
        self.go.wait(60)
        self.ended.set()
        return 1

    def cancel(self) -> None:
        """As the driver that has no interrupt."""


def test_the_snapshot_is_given_back_only_when_no_thread_reads_however_often_it_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ctrl-C, and Ctrl-C again: what comes next closes connections that a thread must not be using."""
    slow, presses = _Slow(), iter([KeyboardInterrupt, KeyboardInterrupt])
    true_wait = workers.wait

    def wait(*arguments: Any, **more: Any) -> Any:
        slow.began.wait(60)
        press = next(presses, None)
        if press is not None:
            raise press
        slow.go.set()
        return true_wait(*arguments, **more)

    monkeypatch.setattr(workers, "wait", wait)
    with pytest.raises(KeyboardInterrupt):
        workers.run_jobs(slow, [1], slow.work)  # type: ignore[arg-type]
    assert slow.ended.is_set()
