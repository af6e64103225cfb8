"""What a unit owes and whether it did it: computed from schedules and from what was received, never stored.

Source: ``docs/spec/schedule.md``, section 4. It reads no clock and no database; all that it judges are values.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from itertools import pairwise

from sigasers.errors.model import InvalidValueError
from sigasers.formats.cronograma import MAX_DEADLINE_MIN, Cronograma
from sigasers.formats.documents import Resultado
from sigasers.formats.turno import TurnoId
from sigasers.model import Ambito, Ejercicio, Identifier, Instant, TipoTransmision
from sigasers.protocol.cronograma import Turno, closed_year, turno_of, turnos_between
from sigasers.protocol.matching import match
from sigasers.protocol.plazos import Corte, extended, merged

# Turnos before the span whose deadline falls in it: what the span holds may be theirs.
_MARGIN = timedelta(minutes=2 * MAX_DEADLINE_MIN)
# A unit starts by its own clock, which the centre knows to a few seconds at best and from an earlier session.
CLOCK_GRACE = timedelta(minutes=5)
_AMBITOS = {
    TipoTransmision.DIARIA: frozenset({Ambito.SISTEMA}),
    TipoTransmision.PERIODICA: frozenset({Ambito.SISTEMA, Ambito.PROGRAMACION}),
}


class Estado(Enum):
    """What became of a turno so far."""

    FUTURA = "futura"
    ABIERTA = "abierta"
    CUMPLIDA = "cumplida"
    CUMPLIDA_TARDE = "cumplida_tarde"
    VENCIDA = "vencida"


class Causa(Enum):
    """Why a turno is in its state, by what came closest to answering it."""

    AUN_NO_ABRE = "aun_no_abre"
    A_TIEMPO = "a_tiempo"
    FUERA_DE_PLAZO = "fuera_de_plazo"
    SIN_ENVIO = "sin_envio"
    INCOMPLETO = "incompleto"
    RECHAZADO = "rechazado"
    FALTA_UN_ANIO = "falta_un_anio"
    OTRO_ANIO = "otro_anio"
    FOTO_FUERA_DE_TURNO = "foto_fuera_de_turno"


@dataclass(frozen=True, kw_only=True)
class Vigencia:
    """A schedule and since when it is the unit's; ``None`` is none."""

    desde: Instant
    cronograma: Cronograma | None


@dataclass(frozen=True, kw_only=True)
class Envio:
    """One package as the centre has it.

    ``instantanea``: when its data were read, by the centre's clock; ``ofrecido``: when it was offered (by USB:
    received); ``completado``: when all its bytes were there; ``resultado``: of its newest constancia.
    """

    tipo: TipoTransmision
    anio: Ejercicio
    ambito: Ambito
    corrida: Identifier
    turno: str | None
    instantanea: Instant
    ofrecido: Instant
    completado: Instant | None = None
    resultado: Resultado | None = None


@dataclass(frozen=True, kw_only=True)
class Prorroga:
    """A turno's deadline moved to ``hasta``; an earlier one than the schedule's changes nothing."""

    turno: TurnoId
    hasta: Instant


@dataclass(frozen=True, kw_only=True)
class Recibido:
    """All that a judgement rests on. ``completar``: how long after its offer a package may take to be whole."""

    vigencias: Sequence[Vigencia]
    envios: Sequence[Envio]
    prorrogas: Sequence[Prorroga] = ()
    cortes: Sequence[Corte] = ()
    completar: timedelta = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Obligacion:
    """A turno, its deadline with extensions and outages, what became of it and why; ``corrida`` is what met it."""

    turno: Turno
    limite: Instant
    estado: Estado
    causa: Causa
    corrida: Identifier | None = None


def obligaciones(
    recibido: Recibido, *, desde: Instant, hasta: Instant, ahora: Instant
) -> tuple[Obligacion, ...]:
    """Give what is owed of the turnos with ``desde`` < ``abre`` <= ``hasta``, in order, as it stands at ``ahora``.

    Turnos are met newest first, those in time before those too late, each by a corrida of its own; another package that
    is not *rechazado* never makes any of them worse. At most the last 400 days of the span are looked at.
    """
    judged = _Judgement(recibido, desde.plus(-_MARGIN), hasta, ahora)
    return tuple(judged.of(owed) for owed in judged.owed if owed.turno.abre > desde)


def owed_turnos(
    vigencias: Sequence[Vigencia], desde: Instant, hasta: Instant
) -> tuple[tuple[Turno, Cronograma], ...]:
    """Give the turnos of each schedule while it was the unit's: after its ``desde``, up to the next one's."""
    ordered = sorted(vigencias, key=lambda item: item.desde)
    ends = [later.desde for _, later in pairwise(ordered)] + [hasta]
    return tuple(
        (turno, item.cronograma)
        for item, end in zip(ordered, ends, strict=False)
        if item.cronograma is not None
        for turno in turnos_between(item.cronograma, max(desde, item.desde), min(end, hasta))
    )


@dataclass(frozen=True, kw_only=True)
class _Owed:
    """A turno with what its answers are held against: its deadline, and the closed year that still goes with it."""

    turno: Turno
    limit: Instant
    closed: Ejercicio | None

    def has_snapshot_of(self, item: Envio) -> bool:
        return self.turno.abre.plus(-CLOCK_GRACE) <= item.instantanea <= item.ofrecido

    def has_year_of(self, item: Envio) -> bool:
        """Tell whether it asks for that year: the present or the closed one; to plan in, none that is past."""
        present = self.turno.id.local.year
        if item.ambito is Ambito.PROGRAMACION:
            return item.anio.value >= present
        return item.anio.value == present or item.anio == self.closed

    def is_met_by(self, items: Iterable[Envio]) -> bool:
        """Tell whether all that its kind demands is among ``items``."""
        good = {
            item.ambito
            for item in items
            if item.completado is not None
            and item.resultado is not Resultado.RECHAZADO
            and self.has_snapshot_of(item)
            and self.has_year_of(item)
        }
        return _AMBITOS[self.turno.tipo] <= good


class _Judgement:
    """Turnos, their windows and the corridas that answer them."""

    def __init__(self, recibido: Recibido, desde: Instant, hasta: Instant, ahora: Instant) -> None:
        self._recibido, self._ahora = recibido, ahora
        self._cortes = merged(recibido.cortes)
        self.owed = [
            _Owed(turno=turno, limit=self._limit(turno), closed=closed_year(cronograma, turno.abre))
            for turno, cronograma in owed_turnos(recibido.vigencias, desde, hasta)
        ]
        self._runs = _runs(recibido.envios, ahora)
        self._named = {run: self._turno_named_by(items) for run, items in self._runs.items()}
        self._in_time, self._met_by = self._match()

    def of(self, owed: _Owed) -> Obligacion:
        """Give the obligation of one turno."""
        run = self._met_by.get(owed.turno.id)
        if run is None:
            estado, causa = self._unmet(owed)
        elif owed.turno.id in self._in_time:
            estado, causa = Estado.CUMPLIDA, Causa.A_TIEMPO
        else:
            estado, causa = Estado.CUMPLIDA_TARDE, Causa.FUERA_DE_PLAZO
        return Obligacion(turno=owed.turno, limite=owed.limit, estado=estado, causa=causa, corrida=run)

    def _limit(self, turno: Turno) -> Instant:
        """Give the deadline: the schedule's or a later extension, and the length of outages before it."""
        moved = [item.hasta for item in self._recibido.prorrogas if item.turno == turno.id]
        return extended(turno.abre, max([turno.vence, *moved]), self._cortes)

    def _whole_by(self, item: Envio) -> Instant:
        return extended(item.ofrecido, item.ofrecido.plus(self._recibido.completar), self._cortes)

    def _turno_named_by(self, items: Sequence[Envio]) -> TurnoId | None:
        """Give the turno that a corrida says it answers, if it is one of any schedule that the unit ever had."""
        found = {_turno_id(item.turno) for item in items if item.turno} - {None}
        schedules = [item.cronograma for item in self._recibido.vigencias if item.cronograma]
        known = {name for name in found if name and any(turno_of(one, name) for one in schedules)}
        return min(known, key=str) if known else None

    def _match(self) -> tuple[frozenset[TurnoId], dict[TurnoId, Identifier]]:
        """Match turnos to corridas, in time first: whatever comes after leaves those in time."""
        newest_first = [owed.turno.id for owed in reversed(self.owed)]
        options = {owed.turno.id: self._runs_in_time(owed) for owed in self.owed}
        first = match(newest_first, options)
        in_time = frozenset(first.values())
        for owed in self.owed:
            if owed.turno.id not in in_time:
                options[owed.turno.id] = [
                    run for run in self._runs_for(owed) if owed.is_met_by(self._runs[run])
                ]
        served = match([name for name in newest_first if name not in in_time], options, first)
        return in_time, {name: run for run, name in served.items()}

    def _runs_for(self, owed: _Owed) -> list[Identifier]:
        return [run for run in self._runs if self._named[run] in {None, owed.turno.id}]

    def _runs_in_time(self, owed: _Owed) -> list[Identifier]:
        return [
            run
            for run in self._runs_for(owed)
            if owed.is_met_by(item for item in self._runs[run] if self._is_in_time(owed, item))
        ]

    def _is_in_time(self, owed: _Owed, item: Envio) -> bool:
        whole_at = item.completado or self._ahora
        return item.ofrecido <= owed.limit and whole_at <= self._whole_by(item)

    def _unmet(self, owed: _Owed) -> tuple[Estado, Causa]:
        if self._ahora < owed.turno.abre:
            return Estado.FUTURA, Causa.AUN_NO_ABRE
        meant = self._meant_for(owed)
        may_still_be_whole = any(item.completado is None and self._is_in_time(owed, item) for item in meant)
        is_open = self._ahora <= owed.limit or may_still_be_whole
        return Estado.ABIERTA if is_open else Estado.VENCIDA, _cause(owed, meant)

    def _meant_for(self, owed: _Owed) -> list[Envio]:
        """Give what seems to be meant for a turno: it names it, or came in its time and answers no other."""
        used = set(self._met_by.values())
        return [
            item
            for run in self._runs_for(owed)
            if run not in used
            for item in self._runs[run]
            if self._named[run] is not None or owed.turno.abre <= item.ofrecido <= owed.limit
        ]


def _cause(owed: _Owed, meant: Sequence[Envio]) -> Causa:
    """Give what kept the packages that were meant for a turno from answering it; the nearest to an answer first."""
    if not meant:
        return Causa.SIN_ENVIO
    if any(item.completado is None for item in meant):
        return Causa.INCOMPLETO
    if any(item.resultado is Resultado.RECHAZADO for item in meant):
        return Causa.RECHAZADO
    if not any(owed.has_snapshot_of(item) for item in meant):
        return Causa.FOTO_FUERA_DE_TURNO
    return Causa.FALTA_UN_ANIO if any(owed.has_year_of(item) for item in meant) else Causa.OTRO_ANIO


def _runs(envios: Sequence[Envio], ahora: Instant) -> dict[Identifier, list[Envio]]:
    """Give the packages of each corrida as they stand at ``ahora``."""
    found: defaultdict[Identifier, list[Envio]] = defaultdict(list)
    for item in sorted(envios, key=lambda one: one.ofrecido):
        if item.ofrecido <= ahora:
            is_whole = item.completado is not None and item.completado <= ahora
            found[item.corrida].append(item if is_whole else replace(item, completado=None))
    return dict(found)


def _turno_id(text: str) -> TurnoId | None:
    try:
        return TurnoId.parse(text)
    except InvalidValueError:
        return None
