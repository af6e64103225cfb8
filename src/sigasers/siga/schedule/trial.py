"""The scheduled transmission tried without exporting: what the task's account can do, step by step.

This ends "works by hand, fails at night": it runs as the task's own account, and really opens the database with the
secret kept for it, writes into SourceOut and takes it away again, reads the courier's profile and the history. Nothing
of it changes what is sent.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sigasers import durable, mensajes
from sigasers.errors import SigasersError
from sigasers.host.whoami import host_name, os_account
from sigasers.siga.configuration import Configuration
from sigasers.siga.export.clock import Clock
from sigasers.siga.export.package_key import fixed_keys
from sigasers.siga.export.workspace import Workspace
from sigasers.siga.history import History
from sigasers.siga.passwords import Passwords
from sigasers.siga.probing.ladder import Ladder
from sigasers.siga.probing.steps import Paso, Resultado, Silent
from sigasers.siga.profile import read_profile
from sigasers.siga.schedule.sources import FoundSchedule, ScheduleFinder
from sigasers.siga.trial_result import Outcome, Trial, TrialStep

_OUTCOMES = {
    Resultado.BIEN: Outcome.BIEN,
    Resultado.AVISO: Outcome.AVISO,
    Resultado.FALLA: Outcome.ERROR,
    Resultado.OMITIDO: Outcome.OMITIDO,
}


@dataclass(kw_only=True)
class DryRun:
    """One trial of an installation; ``load`` reads its settings."""

    siga_folder: Path
    load: Callable[[], Configuration]
    secrets: Passwords
    clock: Clock = field(default_factory=Clock)

    def run(self) -> Trial:
        """Try everything, each step whatever became of the one before; raises nothing of the error tree."""
        return Trial(cuenta=os_account(), equipo=host_name(), pasos=tuple(self._steps()))

    def _steps(self) -> Iterator[TrialStep]:
        ladder = Ladder(load=self.load, secrets=self.secrets, told=Silent())
        yield from map(_of_ladder, ladder.run())
        if ladder.pasos[0].error is not None:
            return
        configuration = ladder.configuration
        yield _step("Historial y carpeta del programa", self._history)
        yield _step("Ruta de Transmisión", lambda: _writes(configuration))
        yield self._schedule_step(configuration)
        yield _step("Llave de los paquetes", lambda: self._keys(configuration))

    def _history(self) -> str:
        with History.open(self.siga_folder) as history:
            history.hold_writable()
        return f"se puede escribir en {self.siga_folder}"

    def _find(self, configuration: Configuration) -> FoundSchedule:
        with History.open(self.siga_folder) as history:
            finder = ScheduleFinder.of(
                history, configuration, self.siga_folder, self.secrets, self.clock.now()
            )
        return finder.find()

    def _schedule_step(self, configuration: Configuration) -> TrialStep:
        try:
            found = self._find(configuration)
        except SigasersError as error:
            return _failed("Cronograma", error)
        told = "; ".join((f"lo da {found.origen.palabras}, para la unidad {found.unidad}", *found.notas))
        outcome = Outcome.AVISO if found.notas or found.recordado else Outcome.BIEN
        return TrialStep(nombre="Cronograma", resultado=outcome, texto=told)

    def _keys(self, configuration: Configuration) -> str:
        sers = configuration.ruta_instalacion_sers
        if fixed_keys(self.siga_folder, sers) is not None:
            return "se usa la clave fija de la configuración"
        unit = configuration.unidad or self._find(configuration).unidad
        with History.open(self.siga_folder) as history:
            profile = read_profile(sers, self.siga_folder, unit, seen=history.profile_seen()).profile
        late = "; venció, se exporta con una observación" if self.clock.now() > profile.vence else ""
        return f"el perfil del centro vale hasta {profile.vence}{late}"


def _writes(configuration: Configuration) -> str:
    """Write into the working folder, and into SourceOut a hidden part that the courier leaves alone."""
    workspace = Workspace(configuration.ruta_transmision.absolute())
    workspace.prepare()
    for folder in (workspace.folder, workspace.target):
        path = folder / f".siga-ensayo-{secrets.token_hex(8)}{durable.PART_SUFFIX}"
        with durable.StagedFile(path) as staged:
            staged.write(b"ensayo")
    workspace.space.hold(0)
    return f"se puede escribir en {workspace.target}"


def _of_ladder(paso: Paso) -> TrialStep:
    if paso.error is None:
        return TrialStep(nombre=paso.titulo, resultado=_OUTCOMES[paso.resultado], texto=paso.detalle)
    return _failed(paso.titulo, paso.error)


def _step(nombre: str, act: Callable[[], str]) -> TrialStep:
    try:
        return TrialStep(nombre=nombre, resultado=Outcome.BIEN, texto=act())
    except SigasersError as error:
        return _failed(nombre, error)


def _failed(nombre: str, error: SigasersError) -> TrialStep:
    sentence = mensajes.sentence(error.code, error.fields)
    return TrialStep(
        nombre=nombre,
        resultado=Outcome.ERROR,
        texto=f"{sentence.que} {sentence.porque} {sentence.haga}",
        codigo=error.code,
    )
