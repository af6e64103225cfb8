"""Parámetros por Ejecutora as they are: each with where it comes from, and whether it is fine. Nothing is written.

The labels are the guide's (4.1). What changes them is ``parameter_change``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sigasers.errors import SigasersError
from sigasers.errors.siga import NoSourceError, RootChangedError
from sigasers.formats.visible_text import visible
from sigasers.keys.trust import show_huella
from sigasers.model import Ejercicio
from sigasers.siga.base_answer import BaseAnswer
from sigasers.siga.configuration import Configuration
from sigasers.siga.courier import Courier, find_courier
from sigasers.siga.export.years import USUAL_CLOSING
from sigasers.siga.folder_checks import (
    INSTALACION_SERS,
    TRANSMISION,
    Asked,
    free_bytes,
    hold_apart,
    hold_room,
    hold_writable,
    notes,
)
from sigasers.siga.probing.steps import Resultado, printable
from sigasers.siga.profile import pinned_huella
from sigasers.siga.settings_file import SettingsFile

FILE, USUAL, BASE = "siga.toml", "valor usual", "base de datos"
_OVERRIDE = "siga.toml, en lugar del usual"
_SYSTEM, _PROGRAMMING = "Año del sistema", "Año de programación"
_LAST_YEAR = 2199


@dataclass(frozen=True, kw_only=True)
class Row:
    """One parameter. ``valor``, ``origen`` and ``detalle`` are Spanish and printable; ``error`` goes with a failure."""

    etiqueta: str
    valor: str
    origen: str
    resultado: Resultado = Resultado.BIEN
    detalle: str = ""
    error: SigasersError | None = None


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What is looked at: the file and what it means, the exporter's folder, the database's answer if it was asked."""

    file: SettingsFile
    configuration: Configuration
    siga_folder: Path
    answer: BaseAnswer | None

    def rows(self) -> list[Row]:
        """Give every parameter, in the guide's order."""
        return [
            self._outbox(),
            self._sers(),
            self._unit(),
            self._base(),
            self._system_year(),
            self._programming_year(),
            self._row("Zona horaria", str(self.configuration.zona_horaria), "zona_horaria"),
            self._closing(),
        ]

    def _row(self, label: str, value: str, name: str) -> Row:
        return Row(etiqueta=label, valor=visible(value), origen=FILE if name in self.file.values else USUAL)

    def _outbox(self) -> Row:
        row = self._row(TRANSMISION, str(self.configuration.ruta_transmision), "ruta_transmision")
        return _judged(row, self._look_at_outbox)

    def _look_at_outbox(self) -> Iterator[str]:
        configuration = self.configuration
        unidad = self.answer.unidad if self.answer else None
        Asked(
            parametro=TRANSMISION, ruta=configuration.ruta_transmision, siga_folder=self.siga_folder
        ).hold_path()
        courier = self._courier_or_none()
        if courier is not None:
            courier.hold_outbox(configuration.ruta_transmision)
        folder = Asked(
            parametro=TRANSMISION, ruta=configuration.ruta_transmision, siga_folder=self.siga_folder
        ).found()
        hold_apart(folder, configuration.ruta_instalacion_sers, self.siga_folder)
        hold_writable(folder)
        hold_room(folder, unidad)
        yield f"se puede escribir; {free_bytes(folder) / 1e9:.1f} GB libres"
        if courier is None:
            yield "no se pudo comprobar que el SERS la envíe"
        yield from notes(folder, unidad)

    def _sers(self) -> Row:
        row = self._row(
            INSTALACION_SERS, str(self.configuration.ruta_instalacion_sers), "ruta_instalacion_sers"
        )
        return _judged(row, self._look_at_sers)

    def _look_at_sers(self) -> Iterator[str]:
        root = Asked(
            parametro=INSTALACION_SERS,
            ruta=self.configuration.ruta_instalacion_sers,
            siga_folder=self.siga_folder,
        ).found()
        courier = find_courier(root)
        courier.hold_unit(self.configuration.unidad or (self.answer.nemonico if self.answer else None))
        yield f"{courier.kind.value}{_huella_words(courier)}"
        pin = pinned_huella(self.siga_folder)
        if courier.perfil is not None and pin is None:
            yield "su huella todavía no se confirmó en siga: hágalo con «siga parametros fijar --ruta-sers CARPETA»"
        elif courier.perfil is not None and pin != courier.perfil.huella:
            raise RootChangedError(
                "another root", fijada=show_huella(str(pin)), recibida=courier.perfil.huella_legible
            )
        yield from [*courier.notes(), *notes(root, None)]

    def _courier_or_none(self) -> Courier | None:
        """Give the courier, if there is one: what is wrong with it stands in its own row."""
        try:
            return find_courier(self.configuration.ruta_instalacion_sers)
        except SigasersError:
            return None

    def _unit(self) -> Row:
        chosen, answer = self.configuration.unidad, self.answer
        origin = FILE if chosen else BASE
        if answer is not None and answer.error_unidad is not None:
            told = ", ".join(str(unit.nemonico) for unit in answer.presentes)
            return Row(
                etiqueta="Unidad ejecutora",
                valor=str(chosen or "sin indicar"),
                origen=origin,
                resultado=Resultado.FALLA,
                detalle=f"en la base: {told}" if told else "",
                error=answer.error_unidad,
            )
        if answer is None or answer.unidad is None:
            return self._unknown("Unidad ejecutora", str(chosen or "la única de la base"), origin)
        name = printable(f"{answer.unidad.nemonico} - {answer.unidad.nombre}")
        return Row(etiqueta="Unidad ejecutora", valor=name, origen=origin)

    def _base(self) -> Row:
        named = self.configuration.base is not None
        value = printable(self.configuration.base_nombre) if named else "sin configurar"
        row = Row(etiqueta="Base de datos", valor=value, origen=FILE if "base" in self.file.values else USUAL)
        if not named:
            return _failed(row, NoSourceError("no database configured"))
        if self.answer is None:
            return self._unknown(row.etiqueta, row.valor, row.origen)
        return row if self.answer.error is None else _failed(row, self.answer.error)

    def _system_year(self) -> Row:
        told = self.answer.anio_sistema if self.answer else None
        chosen = self.configuration.anio_sistema
        if chosen is not None:
            return self._override(_SYSTEM, chosen, told, "la base de datos dice")
        if told is not None:
            return Row(etiqueta=_SYSTEM, valor=str(told), origen=BASE)
        row = self._unknown(_SYSTEM, "el de la base", BASE)
        error = self.answer.error_anio if self.answer else None
        return _failed(row, error) if error else row

    def _programming_year(self) -> Row:
        used = self.configuration.anio_sistema or (self.answer.anio_sistema if self.answer else None)
        after = Ejercicio(used.value + 1) if used is not None and used.value < _LAST_YEAR else None
        chosen = self.configuration.anio_programacion
        if chosen is not None:
            return self._override(_PROGRAMMING, chosen, after, "el siguiente al del sistema es")
        if after is not None:
            return Row(etiqueta=_PROGRAMMING, valor=str(after), origen="el siguiente al del sistema")
        return self._unknown(_PROGRAMMING, "el siguiente al del sistema", BASE)

    def _override(self, label: str, chosen: Ejercicio, usual: Ejercicio | None, words: str) -> Row:
        """Give a year of the file beside what it stands in the place of."""
        if usual is None:
            return self._unknown(label, str(chosen), _OVERRIDE)
        return Row(
            etiqueta=label,
            valor=str(chosen),
            origen=_OVERRIDE,
            resultado=Resultado.BIEN if chosen == usual else Resultado.AVISO,
            detalle=f"{words} {'el mismo' if chosen == usual else usual}",
        )

    def _unknown(self, label: str, value: str, origin: str) -> Row:
        """Give a row that only the database could fill, or confirm."""
        why = (
            "no se pudo preguntar a la base de datos" if self.answer else "no se preguntó a la base de datos"
        )
        return Row(etiqueta=label, valor=value, origen=origin, resultado=Resultado.OMITIDO, detalle=why)

    def _closing(self) -> Row:
        day = self.configuration.cierre_anio_anterior
        row = self._row("Cierre del año anterior", str(day or USUAL_CLOSING), "cierre_anio_anterior")
        told = "hasta ese día (mes-día) se sigue enviando también el año anterior"
        told += "" if day else "; el cronograma puede decir otro"
        return Row(etiqueta=row.etiqueta, valor=row.valor, origen=row.origen, detalle=told)


def _judged(row: Row, look: Callable[[], Iterator[str]]) -> Row:
    """Give ``row`` with what ``look`` tells: first what is so, then what to know of it; an error is a failure."""
    try:
        told = list(look())
    except SigasersError as error:
        return _failed(row, error)
    return Row(
        etiqueta=row.etiqueta,
        valor=row.valor,
        origen=row.origen,
        resultado=Resultado.AVISO if told[1:] else Resultado.BIEN,
        detalle="; ".join(told),
    )


def _failed(row: Row, error: SigasersError) -> Row:
    return Row(
        etiqueta=row.etiqueta,
        valor=row.valor,
        origen=row.origen,
        resultado=Resultado.FALLA,
        error=error,
    )


def _huella_words(courier: Courier) -> str:
    if courier.perfil is None:
        return f", unidad {courier.unidad}" if courier.unidad else ""
    return f", unidad {courier.unidad}; huella del centro: {courier.perfil.huella_legible}"
