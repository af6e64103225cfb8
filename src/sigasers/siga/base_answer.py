"""What the database says of the parameters: unit, system year, the units to choose among; or why it does not say."""

from dataclasses import dataclass, field
from datetime import datetime

from sigasers.errors import SigasersError
from sigasers.errors.siga import YearUnknownError
from sigasers.model import Ejercicio, Nemonico, UnidadEjecutora
from sigasers.siga.export.units import find_unit, units_of, year_facts
from sigasers.siga.export.years import system_year
from sigasers.siga.inspection.base import Place
from sigasers.siga.sources import Snapshot


@dataclass(kw_only=True)
class BaseAnswer:
    """Each thing asked is there, or the error that tells why not."""

    presentes: list[UnidadEjecutora] = field(default_factory=list)
    unidad: UnidadEjecutora | None = None
    anio_sistema: Ejercicio | None = None
    error: SigasersError | None = None
    error_unidad: SigasersError | None = None
    error_anio: SigasersError | None = None

    @property
    def nemonico(self) -> Nemonico | None:
        """The code of the unit that was found."""
        return self.unidad.nemonico if self.unidad else None


def ask_base(place: Place) -> BaseAnswer:
    """Ask the database of ``place``; no error of the tree is raised, each is in the answer."""
    answer = BaseAnswer()
    try:
        with place.snapshot() as snapshot:
            answer.presentes = units_of(snapshot, place.configuration.base_nombre)
            _ask_unit(answer, place, snapshot)
    except SigasersError as error:
        answer.error = error
    return answer


def _ask_unit(answer: BaseAnswer, place: Place, snapshot: Snapshot) -> None:
    configuration = place.configuration
    try:
        answer.unidad = find_unit(snapshot, configuration.unidad, configuration.base_nombre)
    except SigasersError as error:
        answer.error_unidad = error
        return
    try:
        this_year = datetime.now(configuration.zona_horaria).year
        year = system_year(year_facts(snapshot, answer.unidad.nemonico), this_year)
        if year is None:
            raise YearUnknownError("no year with rows", unidad=answer.unidad.nemonico)
        answer.anio_sistema = Ejercicio(year)
    except SigasersError as error:
        answer.error_anio = error
