"""``historial.db``: every run of the exporter, every name ever given, and the newest profile seen.

A package's row is durable before any file has its name, so no name is given twice, whatever dies in between.
Its ``estado`` says how far it came: ``en_curso``, ``colocando`` (the finished files are being put in place),
``terminado``, ``fallido``, ``interrumpido``. Of each finished package the rows of every table are kept, for the
validation of the next one. A run's row is durable before the database is asked for anything, so that one which could
not even connect is not forgotten; its ``resultado`` is written when it ends.

The database names the version of its schema (``PRAGMA user_version``). An older one is migrated when it is opened,
in one transaction; a newer one is refused.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self

from sigasers import durable
from sigasers.errors.rules import HistoryTooNewError
from sigasers.model import Ambito, Digest, Ejercicio, Identifier, Instant, Nemonico, TipoTransmision
from sigasers.siga.turno_book import TurnoBook

FILE_NAME = "historial.db"
_BASE = """
CREATE TABLE IF NOT EXISTS corrida (
    corrida TEXT PRIMARY KEY, inicio TEXT NOT NULL, tipo TEXT NOT NULL, modo TEXT NOT NULL, turno TEXT,
    unidad INTEGER NOT NULL, quien TEXT NOT NULL, equipo TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS paquete (
    raiz TEXT PRIMARY KEY COLLATE NOCASE, corrida TEXT NOT NULL REFERENCES corrida, anio INTEGER NOT NULL,
    ambito TEXT NOT NULL, destino TEXT NOT NULL, inicio TEXT NOT NULL, fin TEXT, estado TEXT NOT NULL,
    sha256 TEXT, tamano INTEGER, filas INTEGER, codigo TEXT) STRICT;
CREATE TABLE IF NOT EXISTS perfil_visto (uno INTEGER PRIMARY KEY CHECK (uno = 1), epoca INTEGER, n INTEGER) STRICT
"""
_ROWS = """
CREATE TABLE filas_tabla (
    raiz TEXT NOT NULL COLLATE NOCASE REFERENCES paquete, tabla TEXT NOT NULL, filas INTEGER NOT NULL,
    PRIMARY KEY (raiz, tabla)) STRICT, WITHOUT ROWID
"""
# ``unidad`` of a run is 0 where it ended before the database told the unit.
_RUNS_AND_TURNOS = """
ALTER TABLE corrida ADD COLUMN fin TEXT;
ALTER TABLE corrida ADD COLUMN resultado TEXT;
ALTER TABLE corrida ADD COLUMN codigo TEXT;
UPDATE corrida SET resultado = CASE WHEN EXISTS (SELECT 1 FROM paquete p
    WHERE p.corrida = corrida.corrida AND p.estado <> 'terminado') THEN 'fallida' ELSE 'completa' END;
CREATE TABLE turno (
    turno TEXT PRIMARY KEY, tipo TEXT NOT NULL, abre TEXT NOT NULL, vence TEXT NOT NULL, perdido TEXT) STRICT;
CREATE TABLE cronograma_visto (
    uno INTEGER PRIMARY KEY CHECK (uno = 1), documento TEXT NOT NULL, origen TEXT NOT NULL, visto TEXT NOT NULL,
    unidad INTEGER NOT NULL, revisado TEXT NOT NULL) STRICT
"""
_MIGRATIONS = (f"{_BASE};{_ROWS}", _RUNS_AND_TURNOS)
SCHEMA_VERSION = len(_MIGRATIONS)


_UNKNOWN_UNIT = 0


class Resultado(Enum):
    """How a run ended.

    ``COMPLETA``: all its packages are in SourceOut. ``INCOMPLETA``: they are, but a table that the database has could
    not be read. ``FALLIDA``: an error ended it. ``INTERRUMPIDA``: it was stopped, or its process died.
    """

    COMPLETA = "completa"
    INCOMPLETA = "incompleta"
    FALLIDA = "fallida"
    INTERRUMPIDA = "interrumpida"


class Estado(Enum):
    """How far a package came."""

    EN_CURSO = "en_curso"
    COLOCANDO = "colocando"
    TERMINADO = "terminado"
    FALLIDO = "fallido"
    INTERRUMPIDO = "interrumpido"


@dataclass(frozen=True, kw_only=True)
class Corrida:
    """One run: who started it, on which machine; ``turno`` is the slot of the schedule that it answers, if any.

    ``unidad`` is unknown until the database has told it. ``resultado`` is ``None`` while it runs, ``codigo`` the
    error's that ended it.
    """

    corrida: Identifier
    inicio: Instant
    tipo: TipoTransmision
    modo: str
    turno: str | None
    unidad: Nemonico | None
    quien: str
    equipo: str
    fin: Instant | None = None
    resultado: Resultado | None = None
    codigo: str | None = None


@dataclass(frozen=True, kw_only=True)
class PackageRow:
    """One package of a run as the history has it; size in bytes."""

    raiz: str
    corrida: Identifier
    anio: Ejercicio
    ambito: Ambito
    destino: Path
    inicio: Instant
    estado: Estado
    fin: Instant | None = None
    sha256: Digest | None = None
    tamano_bytes: int | None = None
    filas: int | None = None


class History:
    """The open history of one installation; one thread. Errors are ``DiskError``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Self]:
        """Open, or make, the history in ``folder``, which must exist.

        Raises ``HistoryTooNewError`` for one that a newer program has written.
        """
        connection = durable.open_database(folder / FILE_NAME)
        try:
            durable.migrate(
                connection,
                _MIGRATIONS,
                step="siga.history.schema",
                too_new=lambda version: HistoryTooNewError(
                    "history of a newer program", ruta=str(folder / FILE_NAME), version=version
                ),
            )
            yield cls(connection)
        except sqlite3.Error as error:
            raise durable.database_error(error, str(folder / FILE_NAME)) from error
        finally:
            connection.close()

    def begin_run(self, run: Corrida) -> None:
        """Record that ``run`` starts."""
        values = (
            str(run.corrida), str(run.inicio), run.tipo.value, run.modo, run.turno,
            run.unidad.value if run.unidad else _UNKNOWN_UNIT, run.quien, run.equipo,
        )  # fmt: skip
        with durable.transaction(self._connection, step="siga.history.run"):
            self._connection.execute(
                "INSERT INTO corrida (corrida, inicio, tipo, modo, turno, unidad, quien, equipo)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def unit_found(self, corrida: Identifier, unidad: Nemonico) -> None:
        """Record of which unit the run is."""
        with durable.transaction(self._connection, step="siga.history.unit"):
            self._connection.execute(
                "UPDATE corrida SET unidad = ? WHERE corrida = ?", (unidad.value, str(corrida))
            )

    def finish_run(
        self, corrida: Identifier, resultado: Resultado, at: Instant, codigo: str | None = None
    ) -> None:
        """Record how the run ended; ``codigo`` is the error's, if one ended it."""
        with durable.transaction(self._connection, step="siga.history.run_end"):
            self._connection.execute(
                "UPDATE corrida SET resultado = ?, fin = ?, codigo = ? WHERE corrida = ?",
                (resultado.value, str(at), codigo, str(corrida)),
            )

    def interrupt_runs(self, at: Instant) -> None:
        """Record runs that ended without a word; the caller holds the lock that a live one would hold."""
        dead = self._connection.execute("SELECT 1 FROM corrida WHERE resultado IS NULL LIMIT 1").fetchone()
        if dead is None:
            return
        with durable.transaction(self._connection, step="siga.history.run_dead"):
            self._connection.execute(
                "UPDATE corrida SET resultado = ?, fin = ? WHERE resultado IS NULL",
                (Resultado.INTERRUMPIDA.value, str(at)),
            )

    def runs(self, *, limit: int) -> list[Corrida]:
        """Give the newest ``limit`` runs, newest first."""
        rows = self._connection.execute(
            "SELECT * FROM corrida ORDER BY inicio DESC, rowid DESC LIMIT ?", (limit,)
        )
        return [_run(row) for row in rows]

    def hold_writable(self) -> None:
        """Hold that it can be written now; raises ``DiskError``. Nothing is changed."""
        with durable.transaction(self._connection, step="siga.trial.writable"):
            self._connection.execute("DELETE FROM perfil_visto WHERE 0")

    def name_used(self, raiz: str) -> bool:
        """Tell whether a package ever had this stem, in any case."""
        found = self._connection.execute("SELECT 1 FROM paquete WHERE raiz = ?", (raiz,))
        return found.fetchone() is not None

    def begin_package(self, package: PackageRow) -> None:
        """Take the stem for ever."""
        values = (
            package.raiz, str(package.corrida), package.anio.value, package.ambito.value, str(package.destino),
            str(package.inicio), package.estado.value,
        )  # fmt: skip
        with durable.transaction(self._connection, step="siga.history.package"):
            self._connection.execute(
                "INSERT INTO paquete (raiz, corrida, anio, ambito, destino, inicio, estado) VALUES (?,?,?,?,?,?,?)",
                values,
            )

    def placing(
        self, raiz: str, *, sha256: Digest, size_bytes: int, filas: int, por_tabla: Mapping[str, int]
    ) -> None:
        """Record what the finished files of ``raiz`` are, with the rows of each table, before they are put in place."""
        with durable.transaction(self._connection, step="siga.history.placing"):
            self._connection.execute(
                "UPDATE paquete SET estado = ?, sha256 = ?, tamano = ?, filas = ? WHERE raiz = ?",
                (Estado.COLOCANDO.value, str(sha256), size_bytes, filas, raiz),
            )
            self._connection.executemany(
                "INSERT INTO filas_tabla VALUES (?, ?, ?)",
                [(raiz, table, rows) for table, rows in por_tabla.items()],
            )

    def previous_rows(
        self, unidad: Nemonico, anio: Ejercicio, ambito: Ambito, *, before: Instant, other_than: str
    ) -> dict[str, int] | None:
        """Give the rows by table of the newest package of this unit, year and ámbito that began before ``before``.

        Only finished packages count, the one called ``other_than`` does not. ``None`` where there is none, or none
        whose rows were kept.
        """
        found = self._connection.execute(
            "SELECT p.raiz FROM paquete p JOIN corrida c USING (corrida)"
            " WHERE c.unidad = ? AND p.anio = ? AND p.ambito = ? AND p.estado = ? AND p.inicio < ? AND p.raiz <> ?"
            " AND EXISTS (SELECT 1 FROM filas_tabla f WHERE f.raiz = p.raiz) ORDER BY p.inicio DESC LIMIT 1",
            (unidad.value, anio.value, ambito.value, Estado.TERMINADO.value, str(before), other_than),
        ).fetchone()
        if found is None:
            return None
        rows = self._connection.execute(
            "SELECT tabla, filas FROM filas_tabla WHERE raiz = ?", (found["raiz"],)
        )
        return {row["tabla"]: row["filas"] for row in rows}

    def finish(self, raiz: str, estado: Estado, at: Instant, codigo: str | None = None) -> None:
        """Record how ``raiz`` ended; ``codigo`` is the error's, if it failed."""
        with durable.transaction(self._connection, step="siga.history.finish"):
            self._connection.execute(
                "UPDATE paquete SET estado = ?, fin = ?, codigo = ? WHERE raiz = ?",
                (estado.value, str(at), codigo, raiz),
            )

    def unfinished(self) -> list[PackageRow]:
        """Give the packages whose run ended without a word, oldest first."""
        return self._packages("WHERE estado IN ('en_curso', 'colocando') ORDER BY inicio")

    def packages(self) -> list[PackageRow]:
        """Give every package, newest first."""
        return self._packages("ORDER BY inicio DESC")

    def last_size_bytes(self, anio: Ejercicio, ambito: Ambito) -> int | None:
        """Give the size of the newest finished RAR of this year and ámbito, if there is one."""
        found = self._connection.execute(
            "SELECT tamano FROM paquete WHERE anio = ? AND ambito = ? AND estado = ? ORDER BY inicio DESC LIMIT 1",
            (anio.value, ambito.value, Estado.TERMINADO.value),
        ).fetchone()
        return found["tamano"] if found else None

    @property
    def turnos(self) -> TurnoBook:
        """The turnos of the schedule, kept in the same database."""
        return TurnoBook(self._connection)

    def profile_seen(self) -> tuple[int, int]:
        """Give the highest (época, n) of a profile ever used; (0, 0) before the first."""
        row = self._connection.execute("SELECT epoca, n FROM perfil_visto").fetchone()
        return (row["epoca"], row["n"]) if row else (0, 0)

    def see_profile(self, order: tuple[int, int]) -> None:
        """Remember that a profile of this (época, n) was used."""
        if order <= self.profile_seen():
            return
        with durable.transaction(self._connection, step="siga.history.profile"):
            self._connection.execute("INSERT OR REPLACE INTO perfil_visto VALUES (1, ?, ?)", order)

    def _packages(self, clause: str) -> list[PackageRow]:
        return [_package(row) for row in self._connection.execute(f"SELECT * FROM paquete {clause}")]  # noqa: S608


def _run(row: sqlite3.Row) -> Corrida:
    return Corrida(
        corrida=Identifier(row["corrida"]),
        inicio=Instant.parse(row["inicio"]),
        tipo=TipoTransmision(row["tipo"]),
        modo=row["modo"],
        turno=row["turno"],
        unidad=Nemonico(row["unidad"]) if row["unidad"] != _UNKNOWN_UNIT else None,
        quien=row["quien"],
        equipo=row["equipo"],
        fin=Instant.parse(row["fin"]) if row["fin"] else None,
        resultado=Resultado(row["resultado"]) if row["resultado"] else None,
        codigo=row["codigo"],
    )


def _package(row: sqlite3.Row) -> PackageRow:
    return PackageRow(
        raiz=row["raiz"],
        corrida=Identifier(row["corrida"]),
        anio=Ejercicio(row["anio"]),
        ambito=Ambito(row["ambito"]),
        destino=Path(row["destino"]),
        inicio=Instant.parse(row["inicio"]),
        estado=Estado(row["estado"]),
        fin=Instant.parse(row["fin"]) if row["fin"] else None,
        sha256=Digest(row["sha256"]) if row["sha256"] else None,
        tamano_bytes=row["tamano"],
        filas=row["filas"],
    )
