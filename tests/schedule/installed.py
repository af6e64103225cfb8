"""An installation with a schedule, looked at by the scheduled task; its clock is told the time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sigasers.siga.configuration import Configuration
from sigasers.siga.history import History
from sigasers.siga.passwords import passwords
from sigasers.siga.schedule.transmission import Look, Transmission
from tests.export.place import Place, small_base

LIMA = ZoneInfo("America/Lima")
PROGRA = "CREATE TABLE SIG_TRANS_PROGRA (SEC_EJEC numeric(6,0), DIA numeric(2,0), ESTADO char(1))"
HOURS = (
    "CREATE TABLE SIG_TRANS_PROGRA_HOR (SEC_EJEC numeric(6,0), TIPO char(1), HORA varchar(8), ESTADO char(1))"
)
USUAL = (
    PROGRA,
    HOURS,
    "INSERT INTO SIG_TRANS_PROGRA VALUES (1288, 5, 'A'), (1288, 20, 'A'), (1288, 7, 'I'), (1287, 9, 'A')",
    """INSERT INTO SIG_TRANS_PROGRA_HOR VALUES (1288, 'D', '12:30:00', 'A'), (1288, 'D', '16:30:00', 'A'),
    (1288, 'P', '16:30:00', 'A'), (1288, 'P', '20:00:00', 'I'), (1287, 'D', '09:00:00', 'A')""",
)


@dataclass
class Scheduled:
    """One installation; ``at`` sets its clock to a local time."""

    place: Place
    settings: dict[str, object] = field(default_factory=dict)

    @property
    def configuration(self) -> Configuration:
        from dataclasses import replace

        return replace(self.place.configuration, **self.settings)  # type: ignore[arg-type]

    def at(self, text: str) -> "Scheduled":
        self.place.time.at = datetime.fromisoformat(text).replace(tzinfo=LIMA).astimezone(UTC)
        return self

    def later(self, **spans: float) -> "Scheduled":
        self.place.time.at += timedelta(**spans)
        return self

    def transmission(self) -> Transmission:
        return Transmission(
            siga_folder=self.place.siga,
            load=lambda: self.configuration,
            secrets=passwords(self.place.siga, environment={}),
            make_run=lambda configuration: self.place.run(**self.settings),
            clock=self.place.time.clock,
        )

    def look(self) -> Look:
        return self.transmission().look()

    def answered(self, look: Look) -> list[str]:
        return [str(answer.turno.id) for answer in look.answers if answer.packages]

    def turnos(self) -> dict[str, str]:
        """Give what became of each turno that has opened."""
        with History.open(self.place.siga) as history:
            rows = history.turnos.newest(limit=1000)
        words = {True: "respondido", False: "pendiente"}
        return {str(row.turno.id): "perdido" if row.perdido else words[row.respondido] for row in rows}


def scheduled(root: Path, statements: Sequence[str] = USUAL, **settings: object) -> Scheduled:
    place = Place(root=root / "inst", base=small_base(root / "base.db", *statements)).make()
    place.fix_password()
    return Scheduled(place=place, settings=settings)
