"""A run of the exporter: what the order asks for, year by year, under one lock, with its history."""

import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sigasers import durable, mensajes
from sigasers.errors import SigasersError
from sigasers.errors.disk import FileNameEncodingError
from sigasers.errors.host import LockHeldError
from sigasers.errors.siga import BadProfileError, ExportBusyError, YearUnknownError
from sigasers.formats import base64url
from sigasers.formats.audit_log import EMPTY, Head
from sigasers.formats.manifest import VERSION, Observacion
from sigasers.formats.manifest import Estado as TableState
from sigasers.formats.package_name import mapped_name
from sigasers.host import audit, locks
from sigasers.host.whoami import host_name, os_account
from sigasers.model import Ambito, Ejercicio, Identifier, Instant, Nemonico, TipoTransmision, UnidadEjecutora
from sigasers.siga.catalogue import load_catalogue
from sigasers.siga.configuration import Configuration
from sigasers.siga.export.clock import Clock
from sigasers.siga.export.package_key import KeyMaker, SealedKeys, fixed_keys
from sigasers.siga.export.parts import ALL_PARTS, Parts
from sigasers.siga.export.progress import Progress
from sigasers.siga.export.pseudonym_key import key_for
from sigasers.siga.export.rehearsal import Rehearsal, known_history, scratch
from sigasers.siga.export.table_export import MEMORY_BYTES
from sigasers.siga.export.units import find_unit, year_facts
from sigasers.siga.export.validation import Reviewer, SilentReviewer, Validation, Validator
from sigasers.siga.export.workspace import LOCK_NAME, Workspace
from sigasers.siga.export.year import Package, YearExport
from sigasers.siga.export.year_settings import overrides_of, year_notes
from sigasers.siga.export.years import Year, decide
from sigasers.siga.history import Corrida, History, Resultado
from sigasers.siga.passwords import Secrets, passwords
from sigasers.siga.profile import FILE_NAME as PROFILE_NAME
from sigasers.siga.profile import VerifiedProfile, pin_root, read_profile
from sigasers.siga.sources import Source
from sigasers.siga.sources.opening import open_source

_FORMATS = ("paquete", "manifiesto")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked of a run: ``anio`` exports that year alone; ``modo`` is ``manual`` or ``programada``."""

    tipo: TipoTransmision
    anio: Ejercicio | None = None
    modo: str = "manual"
    turno: str | None = None


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run in its place: the exporter's own folder, settings, who is told, clock, who knows the password.

    ``reviewer`` is shown what the rules found. ``quien`` is the user who gave the order, where the installation has
    users. ``on_package`` is told of each package once it is in SourceOut; an error of the tree in it costs nothing.
    """

    siga_folder: Path
    configuration: Configuration
    progress: Progress
    clock: Clock = field(default_factory=Clock)
    memory_bytes: int = MEMORY_BYTES
    reviewer: Reviewer = field(default_factory=SilentReviewer)
    parts: Parts = ALL_PARTS
    secrets: Secrets | None = None
    quien: str | None = None
    on_package: Callable[[Package], None] = lambda _package: None

    def export(self, order: Order) -> list[Package]:
        """Export what ``order`` asks for and give the packages, whose files are durable in SourceOut.

        An error ends the run; packages finished before it stay. Raises the errors of ``errors.siga``,
        ``errors.disk`` and ``errors.catalogue``.
        """
        self._make_folder()
        with self._alone(), History.open(self.siga_folder) as history:
            history.interrupt_runs(self.clock.now())
            with self._recorded(order, history) as corrida, self._workspace(history) as workspace:
                packages = self._export(order, corrida, workspace, history)
            self._note_end(history, corrida, _result(packages))
            return packages

    def rehearse(self, order: Order) -> list[Validation]:
        """Read what ``order`` asks for and apply the rules; no package is made, and nothing is left behind.

        Raises what ``export`` raises, except what concerns keys and the folder of transmission.
        """
        self._make_folder()
        with self._alone(), known_history(self.siga_folder) as history, scratch(self.siga_folder) as folder:
            source = self._source()
            unidad, years, notes = self._ask(source, order, history)
            for note in notes:
                self.progress.note(note.texto)
            rehearsal = Rehearsal(
                source=source,
                unidad=unidad,
                catalogue=load_catalogue(self.configuration.tablas_adicionales),
                folder=folder,
                validator=self._validator(history),
                progress=self.progress,
                clock=self.clock,
                memory_bytes=self.memory_bytes,
            )
            return [rehearsal.validate(anio, ambito) for anio, ambito in years]

    def _make_folder(self) -> None:
        durable.make_folder(self.siga_folder, step="siga.export.folder", mode=0o750)

    def _validator(self, history: History | None) -> Validator:
        return Validator(history=history, zone=self.configuration.zona_horaria, reviewer=self.reviewer)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold this installation."""
        with _busy_told(), locks.hold(self.siga_folder / LOCK_NAME, private=True):
            yield

    @contextmanager
    def _workspace(self, history: History) -> Iterator[Workspace]:
        """Hold the working folder, which another installation may share, cleaned of what dead runs left."""
        workspace = Workspace(self.configuration.ruta_transmision.absolute())
        workspace.prepare()
        with _busy_told(), workspace.hold():
            for raiz in workspace.clean(history, self.clock.now()):
                self.progress.note(f"Se limpió lo que dejó una corrida interrumpida: {raiz}")
            yield workspace

    @contextmanager
    def _recorded(self, order: Order, history: History) -> Iterator[Corrida]:
        """Keep the run in the history from its first moment; an error that ends it is recorded and goes on."""
        corrida = new_corrida(order, self.configuration.unidad, self.clock.now(), self.quien)
        history.begin_run(corrida)
        try:
            yield corrida
        except BaseException as error:
            failed = isinstance(error, SigasersError)
            with suppress(SigasersError):  # the error under way says more than that of a history out of reach
                self._note_end(
                    history,
                    corrida,
                    Resultado.FALLIDA if failed else Resultado.INTERRUMPIDA,
                    error.code if isinstance(error, SigasersError) else None,
                )
            raise

    def _note_end(
        self, history: History, corrida: Corrida, resultado: Resultado, codigo: str | None = None
    ) -> None:
        history.finish_run(corrida.corrida, resultado, self.clock.now(), codigo)

    def _export(
        self, order: Order, corrida: Corrida, workspace: Workspace, history: History
    ) -> list[Package]:
        source = self._source()
        unidad, years, notes_of_years = self._ask(source, order, history)
        corrida = replace(corrida, unidad=unidad.nemonico)
        history.unit_found(corrida.corrida, unidad.nemonico)
        _hold_name(unidad)
        keys, notes = self._keys(unidad.nemonico, history)
        catalogue = load_catalogue(self.configuration.tablas_adicionales)
        pseudonym_key = key_for(catalogue, self.siga_folder)
        for note in notes_of_years:
            self.progress.note(note.texto)
        base = self.configuration.base
        head, audit_notes = self._audit_head()
        export = YearExport(
            source=source,
            unidad=unidad,
            corrida=corrida,
            catalogue=catalogue,
            keys=keys,
            observaciones=(*notes_of_years, *notes, *audit_notes),
            workspace=workspace,
            history=history,
            zone=self.configuration.zona_horaria,
            progress=self.progress,
            clock=self.clock,
            memory_bytes=self.memory_bytes,
            validator=self._validator(history),
            parts=self.parts,
            pseudonym_key=pseudonym_key,
            base_file=base if isinstance(base, Path) else None,
            auditoria=head,
        )
        return [self._told_of(export.export(anio, ambito)) for anio, ambito in years]

    def _told_of(self, package: Package) -> Package:
        try:
            self.on_package(package)
        except SigasersError as error:
            self.progress.note(_unrecorded(error))
        return package

    def _audit_head(self) -> tuple[Head | None, tuple[Observacion, ...]]:
        """Give the head of the audit file, none where there is no file; a damaged one stops no transmission."""
        try:
            found = audit.head(self.siga_folder)
        except SigasersError as error:
            self.progress.note(_unrecorded(error))
            return None, (Observacion(codigo="auditoria_ilegible", texto=_unrecorded(error)),)
        return (found if found != EMPTY else None), ()

    def _source(self) -> Source:
        return open_source(self.configuration, self.secrets or passwords(self.siga_folder))

    def _ask(
        self, source: Source, order: Order, history: History | None
    ) -> tuple[UnidadEjecutora, list[Year], tuple[Observacion, ...]]:
        """Ask the database for the unit and the years; raises ``YearUnknownError`` where nobody tells them."""
        with closing(source.open_snapshot(lanes=1)) as snapshot:
            unidad = find_unit(snapshot, self.configuration.unidad, self.configuration.base_nombre)
            facts = year_facts(snapshot, unidad.nemonico)
        cierre = history.turnos.closing_day() if history else None
        years = decide(facts, self._today(), overrides_of(self.configuration, cierre))
        if order.anio is not None:
            role = years.role_of(order.anio) if years else Ambito.SISTEMA
            return unidad, [(order.anio, role)], ()
        if years is None:
            raise YearUnknownError("no year with rows", unidad=unidad.nemonico)
        return unidad, years.of(order.tipo), year_notes(years, self.configuration)

    def _today(self) -> date:
        """Give the unit's own date: the turn of the year is at its midnight."""
        return self.clock.now().at.astimezone(self.configuration.zona_horaria).date()

    def _keys(self, unidad: Nemonico, history: History) -> tuple[KeyMaker, tuple[Observacion, ...]]:
        sers_folder = self.configuration.ruta_instalacion_sers
        fixed = fixed_keys(self.siga_folder, sers_folder)
        if fixed is not None:
            return fixed, ()
        found = read_profile(sers_folder, self.siga_folder, unidad, seen=history.profile_seen())
        self._check_formats(found)
        history.see_profile(found.profile.order)
        pin_root(self.siga_folder, found)
        if found.nueva_huella:
            self.progress.note(f"Centro confirmado en este equipo. Compare su huella: {found.huella_legible}")
        return SealedKeys(found.recipients), self._profile_notes(found)

    def _check_formats(self, found: VerifiedProfile) -> None:
        for name in _FORMATS:
            smallest, largest = found.profile.formatos[name]
            if not smallest <= VERSION <= largest:
                raise BadProfileError(
                    f"format {name} {VERSION} not taken",
                    ruta=PROFILE_NAME,
                    motivo="el centro ya no recibe el formato de esta versión del programa; actualícelo",
                )

    def _profile_notes(self, found: VerifiedProfile) -> tuple[Observacion, ...]:
        if self.clock.now() < found.profile.vence:
            return ()
        text = f"El perfil del centro venció el {found.profile.vence}; se exportó con sus datos."
        self.progress.note(text)
        return (Observacion(codigo="perfil_vencido", texto=text),)


def new_corrida(order: Order, unidad: Nemonico | None, inicio: Instant, quien: str | None = None) -> Corrida:
    """Give a run that begins: a new id, this account (and the user ``quien``), this machine."""
    return Corrida(
        corrida=Identifier(base64url.encode(secrets.token_bytes(16))),
        inicio=inicio,
        tipo=order.tipo,
        modo=order.modo,
        turno=order.turno,
        unidad=unidad,
        quien=f"{quien} (cuenta {os_account()})" if quien else os_account(),
        equipo=host_name(),
    )


@contextmanager
def _busy_told() -> Iterator[None]:
    try:
        yield
    except LockHeldError as error:
        raise ExportBusyError("another export runs") from error


def _unrecorded(error: SigasersError) -> str:
    return f"No se pudo usar el archivo de auditoría: {mensajes.sentence(error.code, error.fields).que} ({error.code})"


def _result(packages: Sequence[Package]) -> Resultado:
    tables = (table for package in packages for table in package.manifest.tablas)
    lacking = any(table.estado is TableState.FALLIDA for table in tables)
    return Resultado.INCOMPLETA if lacking else Resultado.COMPLETA


def _hold_name(unidad: UnidadEjecutora) -> None:
    """Hold that files can bear the unit's name, before anything is read; raises ``FileNameEncodingError``."""
    name = mapped_name(unidad.nombre, room=0)
    try:
        os.fsencode(name)
    except UnicodeEncodeError as error:
        encoding = sys.getfilesystemencoding()
        raise FileNameEncodingError("unit's name", nombre=name, codificacion=encoding) from error
