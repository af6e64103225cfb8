"""The history of exports: rows by table, and databases of other versions."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sigasers import failpoint
from sigasers.errors import SigasersError
from sigasers.errors.disk import DatabaseDamagedError
from sigasers.errors.rules import HistoryTooNewError
from sigasers.model import Ambito, Digest, Ejercicio, Identifier, Instant, Nemonico, TipoTransmision
from sigasers.siga.history import FILE_NAME, SCHEMA_VERSION, Corrida, Estado, History, PackageRow

UNIT, YEAR = Nemonico(1288), Ejercicio(2021)
START = Instant.parse("2021-10-21T21:30:00.000Z")
# What the first version of the program wrote: no ``user_version``, no rows by table.
FIRST_VERSION = """
CREATE TABLE corrida (
    corrida TEXT PRIMARY KEY, inicio TEXT NOT NULL, tipo TEXT NOT NULL, modo TEXT NOT NULL, turno TEXT,
    unidad INTEGER NOT NULL, quien TEXT NOT NULL, equipo TEXT NOT NULL) STRICT;
CREATE TABLE paquete (
    raiz TEXT PRIMARY KEY COLLATE NOCASE, corrida TEXT NOT NULL REFERENCES corrida, anio INTEGER NOT NULL,
    ambito TEXT NOT NULL, destino TEXT NOT NULL, inicio TEXT NOT NULL, fin TEXT, estado TEXT NOT NULL,
    sha256 TEXT, tamano INTEGER, filas INTEGER, codigo TEXT) STRICT;
CREATE TABLE perfil_visto (uno INTEGER PRIMARY KEY CHECK (uno = 1), epoca INTEGER, n INTEGER) STRICT;
INSERT INTO corrida VALUES ('AAAAAAAAAAAAAAAAAAAAAA', '2021-10-20T21:30:00.000Z', 'DIARIA', 'manual', NULL, 1288,
    'ana', 'pc');
INSERT INTO paquete VALUES ('VIEJO', 'AAAAAAAAAAAAAAAAAAAAAA', 2021, 'sistema', '/x', '2021-10-20T21:30:00.000Z',
    '2021-10-20T21:31:00.000Z', 'terminado', NULL, 1, 2, NULL);
INSERT INTO perfil_visto VALUES (1, 3, 9);
"""


def export(
    history: History,
    raiz: str,
    *,
    minute: int,
    rows: dict[str, int],
    unit: Nemonico = UNIT,
    anio: Ejercicio = YEAR,
    ambito: Ambito = Ambito.SISTEMA,
    estado: Estado = Estado.TERMINADO,
) -> None:
    """Record one whole export."""
    at = START.plus(timedelta(minutes=minute))
    run = Identifier(f"{minute:021d}A")
    history.begin_run(
        Corrida(
            corrida=run,
            inicio=at,
            tipo=TipoTransmision.DIARIA,
            modo="manual",
            turno=None,
            unidad=unit,
            quien="ana",
            equipo="pc",
        )
    )
    history.begin_package(
        PackageRow(
            raiz=raiz,
            corrida=run,
            anio=anio,
            ambito=ambito,
            destino=Path("/x"),
            inicio=at,
            estado=Estado.EN_CURSO,
        )
    )
    history.placing(raiz, sha256=Digest("a" * 64), size_bytes=1, filas=2, por_tabla=rows)
    history.finish(raiz, estado, at)


def previous(history: History, *, before: int = 100, other_than: str = "") -> dict[str, int] | None:
    at = START.plus(timedelta(minutes=before))
    return history.previous_rows(UNIT, YEAR, Ambito.SISTEMA, before=at, other_than=other_than)


def test_previous_rows_are_those_of_the_newest_finished_package_of_the_same_kind(tmp_path: Path) -> None:
    """Same unit, year and ámbito; not failed; before the moment asked for; not the package itself."""
    with History.open(tmp_path) as history:
        assert previous(history) is None
        export(history, "A", minute=1, rows={"meta": 10})
        export(history, "B", minute=2, rows={"meta": 20, "SIG_PEDIDOS": 0})
        export(history, "C", minute=3, rows={"meta": 1}, estado=Estado.FALLIDO)
        export(history, "D", minute=4, rows={"meta": 2}, unit=Nemonico(1287))
        export(history, "E", minute=5, rows={"meta": 3}, anio=Ejercicio(2022))
        export(history, "F", minute=6, rows={"meta": 4}, ambito=Ambito.PROGRAMACION)
        assert previous(history) == {"meta": 20, "SIG_PEDIDOS": 0}
        assert previous(history, other_than="b") == {"meta": 10}
        assert previous(history, before=2) == {"meta": 10}
        assert previous(history, before=1) is None


def test_an_older_history_is_migrated_and_loses_nothing(tmp_path: Path) -> None:
    """Names stay used, profiles stay seen; its packages have no rows by table, so nothing is compared with them."""
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as old:
        old.executescript(FIRST_VERSION)
    for _ in range(2):
        with History.open(tmp_path) as history:
            assert history.name_used("viejo")
            assert history.profile_seen() == (3, 9)
            assert previous(history) is None
    with History.open(tmp_path) as history:
        export(history, "NUEVO", minute=1, rows={"meta": 5})
        assert previous(history) == {"meta": 5}
    assert schema(tmp_path) == schema_of_new(tmp_path / "otra")


def test_a_migration_that_is_cut_leaves_the_old_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: all of it or nothing."""
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as old:
        old.executescript(FIRST_VERSION)
    before = schema(tmp_path)
    monkeypatch.setenv(failpoint.VARIABLE, "siga.history.schema:before=error")
    with pytest.raises(SigasersError), History.open(tmp_path):
        pass
    assert schema(tmp_path) == before


def test_a_newer_history_is_refused_and_left_alone(tmp_path: Path) -> None:
    """An older program must not write into what it does not know."""
    with History.open(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as newer:
        newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(HistoryTooNewError) as caught, History.open(tmp_path):
        pass
    assert caught.value.fields["version"] == SCHEMA_VERSION + 1


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """Nothing is overwritten."""
    (tmp_path / FILE_NAME).write_bytes(b"no soy una base de datos" * 100)
    with pytest.raises(DatabaseDamagedError), History.open(tmp_path):
        pass


def schema(folder: Path) -> tuple[int, Sequence[str]]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return version, [" ".join(f"{name}: {sql}".split()) for name, sql in rows]


def schema_of_new(folder: Path) -> tuple[int, Sequence[str]]:
    folder.mkdir()
    with History.open(folder):
        pass
    return schema(folder)
