"""What a unit owes this centre, from its rows. The judgement is ``protocol.obligaciones``'s."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection, Row

from sigasers.centro import packages, registrations, schedules
from sigasers.centro.administration import opened
from sigasers.centro.clock import system_clock
from sigasers.errors.cronograma import NoScheduleError
from sigasers.formats.cronograma import Cronograma
from sigasers.formats.documents import Resultado, Sobre, Typ
from sigasers.keys import jws
from sigasers.model import Digest, Instant, Nemonico
from sigasers.protocol.cronograma import Turno, next_turnos
from sigasers.protocol.obligaciones import Envio, Obligacion, Recibido, Vigencia, obligaciones

_BEFORE = timedelta(
    days=15
)  # packages that may answer turnos from before the span, twice the longest deadline
_SENT = """
    SELECT s.id, s.jws, s.ofrecido, a.completado, c.resultado FROM sobres s
    LEFT JOIN asientos a ON a.sobre = s.id LEFT JOIN constancias c ON c.sobre = s.id
     AND c.orden = (SELECT max(orden) FROM constancias x WHERE x.sobre = s.id)
    WHERE s.unidad = ? AND s.sistema = ? AND s.clase = 'envio' AND s.ofrecido >= ? ORDER BY s.ofrecido
"""


@dataclass(frozen=True, kw_only=True)
class UnitState:
    """One unit's standing at ``ahora``: its schedule, turnos to come, and what became of those that opened.

    ``por_verificar``: sobres with an acuse that were not opened yet; what they answer is not known.
    """

    ahora: Instant
    cronograma: Cronograma | None
    siguientes: tuple[Turno, ...]
    obligaciones: tuple[Obligacion, ...]
    por_verificar: int


def unit_state(centre: Path, nemonico: Nemonico, sistema: str, *, dias: int, siguientes: int) -> UnitState:
    """Give a unit's standing over the last ``dias`` days; raises ``UnknownUnitError``, ``NoScheduleError``."""
    unidad, ahora = str(nemonico), system_clock()
    with opened(centre) as (connection, _):
        registrations.unit_name(connection, unidad, sistema)
        versions = schedules.versions(connection, unidad, sistema)
        if not versions:
            raise NoScheduleError("never had one", unidad=unidad)
        desde = ahora.plus(-timedelta(days=dias))
        recibido = Recibido(
            vigencias=[Vigencia(desde=item.fijado, cronograma=item.cronograma) for item in versions],
            envios=_received(connection, unidad, sistema, desde.plus(-_BEFORE)),
        )
        present = versions[-1].cronograma
        return UnitState(
            ahora=ahora,
            cronograma=present,
            siguientes=next_turnos(present, ahora, siguientes) if present else (),
            obligaciones=obligaciones(recibido, desde=desde, hasta=ahora, ahora=ahora),
            por_verificar=_waiting(connection, unidad),
        )


def _received(connection: Connection, unidad: str, sistema: str, since: Instant) -> list[Envio]:
    rows = connection.execute(_SENT, (unidad, sistema, str(since))).fetchall()
    return [envio for row in rows for envio in _packages(connection, row)]


def _packages(connection: Connection, row: Row) -> list[Envio]:
    """Give a sobre's packages; what their clock said is brought to the centre's by what the agent measured."""
    runs = packages.of_sobre(connection, Digest(row["id"]))
    if not runs:
        return []
    sobre = Sobre.parse(jws.unverified(row["jws"], typ=Typ.SOBRE), any_version=True)
    offset = timedelta(milliseconds=sobre.desfase_ms or 0)
    return [
        Envio(
            tipo=run.tipo,
            anio=run.anio,
            ambito=run.ambito,
            corrida=run.corrida,
            turno=run.turno,
            instantanea=run.instantanea.plus(offset),
            ofrecido=Instant.parse(row["ofrecido"]),
            completado=Instant.parse(row["completado"]) if row["completado"] else None,
            resultado=Resultado(row["resultado"]) if row["resultado"] else None,
        )
        for run in runs
    ]


def _waiting(connection: Connection, unidad: str) -> int:
    row = connection.execute("SELECT count(*) AS n FROM trabajos WHERE unidad = ?", (unidad,)).fetchone()
    return int(row["n"])
