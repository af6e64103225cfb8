"""The years that ``siga.toml`` fixes, and what is said of them: an override never passes for the database's word."""

from sigasers.formats.manifest import Observacion
from sigasers.model import DiaDelAnio
from sigasers.siga.configuration import Configuration
from sigasers.siga.export.years import USUAL_CLOSING, Overrides, Years


def overrides_of(configuration: Configuration, cierre: DiaDelAnio | None) -> Overrides:
    """Give what the settings say of the years; ``cierre`` is the schedule's, which a setting comes before."""
    return Overrides(
        sistema=configuration.anio_sistema,
        programacion=configuration.anio_programacion,
        cierre=configuration.cierre_anio_anterior or cierre or USUAL_CLOSING,
    )


def year_notes(years: Years, configuration: Configuration) -> tuple[Observacion, ...]:
    """Give the observations that go with every package of the run."""
    notes = []
    if configuration.anio_sistema is not None:
        told = (
            "la base no dice ninguno" if years.sistema_base is None else f"la base dice {years.sistema_base}"
        )
        notes.append(f"El año del sistema, {years.sistema}, está fijado en la configuración; {told}.")
    if configuration.anio_programacion is not None and years.programacion is not None:
        notes.append(f"El año de programación, {years.programacion}, está fijado en la configuración.")
    if configuration.anio_programacion is not None and years.programacion is None:
        notes.append(
            f"El año de programación fijado en la configuración es el del sistema, {years.sistema}: van en un paquete."
        )
    return tuple(Observacion(codigo="anio_configurado", texto=text) for text in notes)
