"""What an export gives: names, packages that verify, the database's own figures, nothing of another unit."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sigasers.formats.manifest import Consistencia, Estado
from sigasers.formats.package import Resultado
from sigasers.model import Ambito, Ejercicio, TipoTransmision
from sigasers.siga.export.run import Order
from tests.export.place import DIARIA, PASSWORD, PERIODICA, Place, small_base
from tests.export.writer_beside import writing_beside

STEM = "MEF-SIGA-tr_1288_{}_2021102116{}_REGION LIMA - HOSPITAL DE APOYO REZOLA"


def test_a_periodica_gives_two_years_each_with_rar_and_html(hospital: Place) -> None:
    """The guide's Figure 11: system year and programming year, four files, all verified."""
    packages = hospital.export(PERIODICA)
    assert hospital.files() == [
        STEM.format(year, 30) + end for year in (2021, 2022) for end in (".html", ".rar")
    ]
    assert [package.manifest.ambito for package in packages] == [Ambito.SISTEMA, Ambito.PROGRAMACION]
    for package in packages:
        report = hospital.verified(package)
        assert report.resultado is Resultado.CONFORME, report.findings
        assert report.filas == package.manifest.filas > 1000
        assert package.manifest.consistencia is Consistencia.INSTANTANEA
        assert all(table.estado is Estado.EXPORTADA for table in package.manifest.tablas)
        assert str(package.sha256) in package.html.read_text(encoding="utf-8")
    assert len(packages[0].manifest.tablas) == 134


def test_a_diaria_gives_the_system_year(place: Place) -> None:
    """One year, which the database itself tells."""
    (package,) = place.export(DIARIA)
    assert package.manifest.anio == Ejercicio(2021)
    assert package.manifest.tipo is TipoTransmision.DIARIA


def test_what_others_write_meanwhile_is_not_in_the_package(place: Place, tmp_path: Path) -> None:
    """Beside every export of these tests somebody writes; here it is seen that they do, and that it changes nothing."""
    (tmp_path / "quieta").mkdir()
    quiet = Place(root=tmp_path / "otra", base=small_base(tmp_path / "quieta" / "base.db")).make()
    quiet.fix_password()
    assert place.base is not None
    with writing_beside(place.base) as writer:
        (package,) = place.export(DIARIA)
    assert writer.commits > 1
    (expected,) = quiet.export(DIARIA)
    assert [table.archivo and table.archivo.resumen_contenido for table in package.manifest.tablas] == [
        table.archivo and table.archivo.resumen_contenido for table in expected.manifest.tablas
    ]


def test_a_chosen_year_goes_alone_in_its_role(place: Place) -> None:
    """The guide's Año Transferencia."""
    order = Order(tipo=TipoTransmision.PERIODICA, anio=Ejercicio(2022))
    (package,) = place.export(order)
    assert (package.manifest.anio, package.manifest.ambito) == (Ejercicio(2022), Ambito.PROGRAMACION)
    (package,) = place.export(Order(tipo=TipoTransmision.PERIODICA, anio=Ejercicio(2020)))
    assert (package.manifest.anio, package.manifest.ambito) == (Ejercicio(2020), Ambito.SISTEMA)


def test_each_year_has_the_minute_at_which_it_began(place: Place) -> None:
    """The second year of a run that takes longer is named by its own start."""
    run = place.run()
    started = place.told.year_started

    def slow(anio: Ejercicio, raiz: str, tables: int) -> None:
        started(anio, raiz, tables)
        place.time.sleep(180)

    place.told.year_started = slow  # type: ignore[method-assign]
    first, second = run.export(PERIODICA)
    assert (first.rar.stem, second.rar.stem) == (STEM.format(2021, 30), STEM.format(2022, 33))


def test_rows_are_those_of_the_unit_and_the_year(place: Place) -> None:
    """Neither the neighbour's nor last year's; metas have sums of both sides."""
    (package,) = place.export()
    tables = {table.nombre.lower(): table for table in package.manifest.tablas}
    assert tables["meta"].filas == 2
    assert tables["sig_pedidos"].filas == 2
    assert [(one.columna, one.origen, one.escrito) for one in tables["meta"].totales] == [
        ("pia", "10.50", "10.50")
    ]
    assert tables["meta"].clave == ("ano_eje", "sec_ejec", "sec_func")


def test_tables_that_the_base_lacks_are_said(place: Place) -> None:
    """They stand in the manifest and in the log; nobody has to notice an absence."""
    (package,) = place.export()
    absent = [table for table in package.manifest.tablas if table.estado is Estado.AUSENTE]
    assert len(absent) == 131
    assert {note.codigo for table in absent for note in table.observaciones} == {"tabla_ausente"}
    assert len(place.told.tables) == 134


def test_a_year_without_rows_is_a_package_that_says_so(place: Place) -> None:
    """Not an error: the centre learns that there was nothing."""
    (package,) = place.export(Order(tipo=TipoTransmision.DIARIA, anio=Ejercicio(2015)))
    assert [note.codigo for note in package.manifest.observaciones] == ["sin_movimiento"]
    assert place.verified(package).resultado is not Resultado.RECHAZADO
    assert "no tiene movimientos" in package.html.read_text(encoding="utf-8")


def test_equal_rows_give_equal_digests_however_they_were_inserted(hospital: Place, tmp_path: Path) -> None:
    """Order of insertion, page layout and rowids do not enter ``resumen_contenido``; nor does the way of sorting."""
    shuffled = tmp_path / "revuelta.db"
    with closing(sqlite3.connect(hospital.base)) as base, closing(sqlite3.connect(shuffled)) as other:
        for (statement,) in base.execute(
            "SELECT sql FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'"
        ).fetchall():
            other.execute(statement)
        for (name,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            rows = base.execute(f'SELECT * FROM "{name}" ORDER BY random()').fetchall()
            if rows:
                other.executemany(f'INSERT INTO "{name}" VALUES ({",".join("?" * len(rows[0]))})', rows)
        other.commit()
    (first,) = hospital.export()
    (second,) = hospital.export(base=shuffled)
    (third,) = hospital.export(base=shuffled, memory_bytes=0)
    digests = [
        {
            table.nombre: (table.archivo.resumen_contenido, table.filas)
            for table in package.manifest.tablas
            if table.archivo
        }
        for package in (first, second, third)
    ]
    assert len(digests[0]) == 134
    assert digests[0] == digests[1] == digests[2]


def test_a_changed_cell_changes_the_digest_of_its_table_alone(place: Place, tmp_path: Path) -> None:
    """The other tables stay the same data."""
    other = small_base(tmp_path / "otra.db", "UPDATE meta SET nombre = 'Meta' WHERE sec_func = 2")
    (first,), (second,) = place.export(), place.export(base=other)
    changed = [
        one.nombre
        for one, two in zip(first.manifest.tablas, second.manifest.tablas, strict=True)
        if one.archivo and two.archivo and one.archivo.resumen_contenido != two.archivo.resumen_contenido
    ]
    assert [name.lower() for name in changed] == ["meta"]


def test_one_bad_table_never_costs_the_others(place: Place, tmp_path: Path) -> None:
    """It is *fallida*, said by table, column and row; the rest travels."""
    bad = small_base(tmp_path / "mala.db", "UPDATE meta SET pia = 'DIEZ SOLES' WHERE sec_func = 2")
    (package,) = place.export(base=bad)
    states = {table.nombre.lower(): table for table in package.manifest.tablas}
    assert states["meta"].estado is Estado.FALLIDA
    (note,) = [one for one in states["meta"].observaciones if one.codigo == "tabla_fallida"]
    assert (note.columna, note.fila) == ("pia", 2)
    assert "DIEZ" not in package.html.read_text(encoding="utf-8")
    assert states["sig_pedidos"].filas == 2
    assert place.verified(package).filas == package.manifest.filas


def test_no_cell_stands_in_the_log(place: Place) -> None:
    """Names of tables and figures, nothing of the rows; what stands there is escaped."""
    (package,) = place.export(
        unidad=None,
        base=small_base(
            place.root / "x.db",
            "DELETE FROM ejecutora WHERE sec_ejec = 1287",
            "UPDATE ejecutora SET nombre = '<b>REZOLA</b>'",
        ),
    )
    page = package.html.read_text(encoding="utf-8")
    assert "VALOR-SECRETO" not in page
    assert "Meta" not in page.replace("Metas", "")
    assert "&lt;b&gt;REZOLA&lt;/b&gt;" in page
    assert "<b>REZOLA" not in page
    assert "<script" not in page


def test_rows_committed_during_the_export_are_in_no_table(place: Place) -> None:
    """One snapshot: a pedido and a meta written while the export reads are both absent."""
    writer = (
        "import sqlite3, sys; base = sqlite3.connect(sys.argv[1]); "
        "base.execute(\"INSERT INTO meta VALUES (2021, 1288, 3, 'x', 1)\"); "
        "base.execute(\"INSERT INTO SIG_PEDIDOS VALUES (2021, 1288, 'S', 2, '000009', NULL, NULL)\"); base.commit()"
    )
    started = place.told.year_started

    def write(anio: Ejercicio, raiz: str, tables: int) -> None:
        started(anio, raiz, tables)
        subprocess.run([sys.executable, "-c", writer, str(place.base)], check=True, timeout=60)

    place.told.year_started = write  # type: ignore[method-assign]
    (package,) = place.export()
    rows = {table.nombre.lower(): table.filas for table in package.manifest.tablas}
    assert (rows["meta"], rows["sig_pedidos"]) == (2, 2)
    place.told.year_started = started  # type: ignore[method-assign]
    (package,) = place.export()
    rows = {table.nombre.lower(): table.filas for table in package.manifest.tablas}
    assert (rows["meta"], rows["sig_pedidos"]) == (3, 3)


def test_omitted_columns_do_not_travel(place: Place, tmp_path: Path) -> None:
    """Personal data that the catalogue omits is named in the manifest and in no file."""
    base = small_base(
        tmp_path / "personal.db",
        "CREATE TABLE sig_personal (sec_ejec numeric(6,0), empleado varchar(8), telefonos varchar(20), "
        "PRIMARY KEY (sec_ejec, empleado))",
        "INSERT INTO sig_personal VALUES (1288, '1', '999888777')",
    )
    (package,) = place.export(base=base)
    (table,) = [one for one in package.manifest.tablas if one.nombre == "sig_personal"]
    assert table.omitidas == ("telefonos",)
    assert [column.nombre for column in table.columnas] == ["sec_ejec", "empleado"]


def test_repeated_keys_are_kept_and_observed(place: Place, tmp_path: Path) -> None:
    """A key of nulls, or codes that differ in blanks alone, are rows all the same."""
    base = small_base(
        tmp_path / "repetida.db",
        "INSERT INTO SIG_PEDIDOS VALUES (2021, 1288, NULL, 1, 'X', NULL, 'b'), (2021, 1288, NULL, 1, 'X', NULL, 'a')",
    )
    (package,) = place.export(base=base)
    (table,) = [one for one in package.manifest.tablas if one.nombre == "SIG_PEDIDOS"]
    assert table.filas == 4
    assert [note.codigo for note in table.observaciones if note.codigo == "clave_repetida"]
    assert place.verified(package).resultado is not Resultado.RECHAZADO


def test_a_name_of_this_minute_is_never_used_again(place: Place) -> None:
    """The next minute is waited for, also when the files are gone already."""
    (first,) = place.export()
    first.rar.unlink()
    first.html.unlink()
    (second,) = place.export()
    assert (first.rar.stem, second.rar.stem) == (STEM.format(2021, 30), STEM.format(2021, 31))
    assert place.time.slept == [55.0]


def test_a_foreign_file_of_that_name_is_respected(place: Place) -> None:
    """What lies in SourceOut is never replaced."""
    taken = place.out / (STEM.format(2021, 30) + ".rar")
    taken.write_bytes(b"ajeno")
    (package,) = place.export()
    assert package.rar.stem == STEM.format(2021, 31)
    assert taken.read_bytes() == b"ajeno"


def test_nothing_is_left_in_the_working_folder(place: Place) -> None:
    """Parts and ciphertexts are gone when the run is over, done or failed; its lock stays, held by nobody."""
    place.export()
    assert place.half_made() == []


def test_history_tells_what_became_of_each_package(place: Place) -> None:
    """Who, where, what, how it ended, and the digest."""
    from sigasers.siga.history import Estado as End
    from sigasers.siga.history import History

    place.time.at += timedelta(minutes=5)
    (package,) = place.export()
    with History.open(place.siga) as history:
        (row,) = history.packages()
    assert (row.raiz, row.estado, row.sha256) == (package.rar.stem, End.TERMINADO, package.sha256)
    assert (row.tamano_bytes, row.filas) == (package.tamano_bytes, package.manifest.filas)


def test_the_password_in_a_variable_serves_too(bare: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """For receivers that know only one password."""
    monkeypatch.setenv("SIGASERS_CLAVE_FIJA", PASSWORD)
    (package,) = bare.export()
    assert bare.verified(package).filas == package.manifest.filas > 0
