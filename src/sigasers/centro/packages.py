"""What packages say of the runs that made them, as rows: the unit's word, held against nothing else."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from sigasers.formats.json_fields import Fields
from sigasers.model import Ambito, Digest, Ejercicio, FileStatement, Identifier, Instant, TipoTransmision

_MAX_TURNO_CHARS = 64


@dataclass(frozen=True, kw_only=True)
class StatedRun:
    """The run that made the package ``archivo``; ``turno`` is whatever stands in its manifest."""

    archivo: Digest
    tipo: TipoTransmision
    anio: Ejercicio
    ambito: Ambito
    corrida: Identifier
    turno: str | None
    instantanea: Instant


def read_run(fields: Fields, file: FileStatement) -> StatedRun:
    """Read a verifying child's word about ``file``; raises ``TheirError``."""
    turno = fields.text("turno") if fields.optional("turno") else None
    return StatedRun(
        archivo=file.sha256,
        tipo=fields.parsed("tipo", TipoTransmision),
        anio=Ejercicio(fields.integer("anio")),
        ambito=fields.parsed("ambito", Ambito),
        corrida=fields.parsed("id", Identifier),
        turno=turno if turno is None or len(turno) <= _MAX_TURNO_CHARS else None,
        instantanea=fields.parsed("instantanea", Instant.parse),
    )


def store(connection: sqlite3.Connection, sobre: Digest, runs: Iterable[StatedRun]) -> None:
    """Store what a sobre's packages say; a later verdict on the same bytes finds the same."""
    connection.executemany(
        "INSERT OR REPLACE INTO paquetes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                sobre.hex, run.archivo.hex, run.tipo.value, run.anio.value, run.ambito.value, run.corrida.text,
                run.turno, str(run.instantanea),
            )
            for run in runs
        ],
    )  # fmt: skip


def of_sobre(connection: sqlite3.Connection, sobre: Digest) -> list[StatedRun]:
    """Give what is stored of a sobre's packages."""
    rows = connection.execute("SELECT * FROM paquetes WHERE sobre = ? ORDER BY sha256", (sobre.hex,))
    return [
        StatedRun(
            archivo=Digest(row["sha256"]),
            tipo=TipoTransmision(row["tipo"]),
            anio=Ejercicio(row["anio"]),
            ambito=Ambito(row["ambito"]),
            corrida=Identifier(row["corrida"]),
            turno=row["turno"],
            instantanea=Instant.parse(row["instantanea"]),
        )
        for row in rows
    ]
