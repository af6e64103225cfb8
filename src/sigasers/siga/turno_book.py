"""The turnos of the schedule as this installation met them, in ``historial.db``: opened, answered, lost.

A turno is written when it has opened and is then never forgotten. That it was answered is not stored: it is, when a
run that names it is complete. The schedule itself is kept as it was last seen, so that a database that cannot be
reached does not make the exporter forget its hours.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from sigasers import durable
from sigasers.errors.siga import ExportBusyError
from sigasers.formats.cronograma import Cronograma
from sigasers.formats.turno import TurnoId
from sigasers.model import DiaDelAnio, Instant, Nemonico, TipoTransmision
from sigasers.protocol.cronograma import Turno

_ANSWERED = "EXISTS (SELECT 1 FROM corrida c WHERE c.turno = turno.turno AND c.resultado IN ('completa', 'incompleta'))"
_CLOCK_AHEAD = " (reloj adelantado)"


@dataclass(frozen=True, kw_only=True)
class SeenSchedule:
    """The schedule as it was last seen: its document (JSON), where it came from, when it was read.

    ``revisado``: until when turnos have been written down.
    """

    documento: str
    origen: str
    visto: Instant
    unidad: Nemonico
    revisado: Instant


@dataclass(frozen=True, kw_only=True)
class TurnoRow:
    """A turno that has opened; ``perdido`` is when it was given up for a later one of its type."""

    turno: Turno
    respondido: bool
    perdido: Instant | None


class TurnoBook:
    """Reads and writes the turnos; errors are ``DiskError``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def seen(self) -> SeenSchedule | None:
        """Give the schedule as last seen; ``None`` before the first."""
        row = self._connection.execute("SELECT * FROM cronograma_visto").fetchone()
        if row is None:
            return None
        return SeenSchedule(
            documento=row["documento"],
            origen=row["origen"],
            visto=Instant.parse(row["visto"]),
            unidad=Nemonico(row["unidad"]),
            revisado=Instant.parse(row["revisado"]),
        )

    def closing_day(self) -> DiaDelAnio | None:
        """Give the day until which the schedule wants the closed year, if it says one."""
        seen = self.seen()
        closing = Cronograma.parse_bytes(seen.documento.encode()).cierre if seen else None
        return DiaDelAnio(*closing) if closing else None

    def review(self, seen: SeenSchedule, opened: Iterable[Turno], lost: Iterable[Turno]) -> None:
        """Write down the schedule, what has opened since the last review, and what is given up: one transaction."""
        with durable.transaction(self._connection, step="siga.turnos.review"):
            self._connection.execute(
                "INSERT OR REPLACE INTO cronograma_visto VALUES (1, ?, ?, ?, ?, ?)",
                (seen.documento, seen.origen, str(seen.visto), seen.unidad.value, str(seen.revisado)),
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO turno (turno, tipo, abre, vence) VALUES (?, ?, ?, ?)",
                [(str(one.id), one.tipo.value, str(one.abre), str(one.vence)) for one in opened],
            )
            self._connection.executemany(
                "UPDATE turno SET perdido = ? WHERE turno = ? AND perdido IS NULL",
                [(str(seen.revisado), str(one.id)) for one in lost],
            )

    def unsay_after(self, now: Instant) -> None:
        """Take back what was written by a clock that stood ahead of ``now``.

        Turnos that have not opened go, what was given up after ``now`` is owed again, and a run of the future answers
        no turno: it keeps its name, marked.
        """
        with durable.transaction(self._connection, step="siga.turnos.clock_back"):
            self._connection.execute("DELETE FROM turno WHERE abre > ?", (str(now),))
            self._connection.execute("UPDATE turno SET perdido = NULL WHERE perdido > ?", (str(now),))
            self._connection.execute(
                "UPDATE corrida SET turno = turno || ? WHERE inicio > ? AND turno NOT LIKE ?",
                (_CLOCK_AHEAD, str(now), f"%{_CLOCK_AHEAD}"),
            )

    def unknown(self, turnos: Iterable[Turno]) -> list[Turno]:
        """Give those of ``turnos`` that were never written down."""
        query = "SELECT 1 FROM turno WHERE turno = ?"
        return [one for one in turnos if self._connection.execute(query, (str(one.id),)).fetchone() is None]

    def pending(self) -> list[Turno]:
        """Give the turnos for which a run is still owed, oldest first."""
        return [row.turno for row in self._rows(f"WHERE perdido IS NULL AND NOT {_ANSWERED} ORDER BY abre")]

    def newest(self, *, limit: int) -> list[TurnoRow]:
        """Give the newest ``limit`` turnos that have opened, newest first."""
        return self._rows("ORDER BY abre DESC LIMIT ?", limit)

    def latest(self, until: Instant) -> dict[TipoTransmision, Instant]:
        """Give the latest opening of each kind up to ``until``, answered or not."""
        rows = self._connection.execute(
            "SELECT tipo, max(abre) AS abre FROM turno WHERE abre <= ? GROUP BY tipo", (str(until),)
        )
        return {TipoTransmision(row["tipo"]): Instant.parse(row["abre"]) for row in rows}

    def failures(self, turno: TurnoId) -> list[Instant]:
        """Give when the runs for ``turno`` that failed ended, oldest first; one that found another at work is none."""
        rows = self._connection.execute(
            "SELECT fin FROM corrida WHERE turno = ? AND resultado IN ('fallida', 'interrumpida') AND fin IS NOT NULL"
            " AND coalesce(codigo, '') <> ? ORDER BY fin",
            (str(turno), ExportBusyError.code),
        )
        return [Instant.parse(row["fin"]) for row in rows]

    def _rows(self, clause: str, *values: object) -> list[TurnoRow]:
        query = f"SELECT *, {_ANSWERED} AS respondido FROM turno {clause}"  # noqa: S608 - clauses are this module's
        return [_row(row) for row in self._connection.execute(query, values)]


def _row(row: sqlite3.Row) -> TurnoRow:
    return TurnoRow(
        turno=Turno(
            id=TurnoId.parse(row["turno"]),
            tipo=TipoTransmision(row["tipo"]),
            abre=Instant.parse(row["abre"]),
            vence=Instant.parse(row["vence"]),
        ),
        respondido=bool(row["respondido"]),
        perdido=Instant.parse(row["perdido"]) if row["perdido"] else None,
    )
