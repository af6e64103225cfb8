"""What a unit owes, as a table of cases and as properties that hold whatever comes."""

import itertools
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.formats.cronograma import Cronograma, Regla, TurnoId
from sigasers.formats.documents import Resultado
from sigasers.model import Ambito, Ejercicio, Identifier, Instant, TipoTransmision
from sigasers.protocol.matching import match
from sigasers.protocol.obligaciones import (
    CLOCK_GRACE,
    Causa,
    Envio,
    Estado,
    Obligacion,
    Prorroga,
    Recibido,
    Vigencia,
    obligaciones,
)
from sigasers.protocol.plazos import Corte, extended, merged

LIMA = ZoneInfo("America/Lima")
DIARIA, PERIODICA = TipoTransmision.DIARIA, TipoTransmision.PERIODICA
SISTEMA, PROGRAMACION = Ambito.SISTEMA, Ambito.PROGRAMACION
RANK = [Estado.VENCIDA, Estado.FUTURA, Estado.ABIERTA, Estado.CUMPLIDA_TARDE, Estado.CUMPLIDA]


def at(day: int, hour: float = 0, *, month: int = 11, year: int = 2026) -> Instant:
    """Give an instant of November 2026 in Lima."""
    return Instant(datetime(year, month, day, tzinfo=LIMA) + timedelta(hours=hour))


# Every day at 12:00; on the 15th at 16:00 a PERIODICA too. Ten hours to answer.
CRONOGRAMA = Cronograma(
    zona=LIMA,
    reglas=(
        Regla(tipo=DIARIA, horas=(time(12),)),
        Regla(tipo=PERIODICA, horas=(time(16),), dias_mes=frozenset({15})),
    ),
    plazo_min=600,
    cierre=(3, 31),
)
ALWAYS = (Vigencia(desde=at(1, year=2020), cronograma=CRONOGRAMA),)


def run_id(n: int) -> Identifier:
    return Identifier(f"{n:021d}A")


def sent(
    snapshot: Instant, *, run: int = 1, ambito: Ambito = SISTEMA, tipo: TipoTransmision = DIARIA,
    anio: int = 2026, turno: str | None = None, offered_min: int = 10, whole_min: int | None = 20,
    resultado: Resultado | None = Resultado.CONFORME,
) -> Envio:  # fmt: skip
    """Give a package offered and whole some minutes after its snapshot."""
    return Envio(
        tipo=tipo,
        anio=Ejercicio(anio),
        ambito=ambito,
        corrida=run_id(run),
        turno=turno,
        instantanea=snapshot,
        ofrecido=snapshot.plus(timedelta(minutes=offered_min)),
        completado=None if whole_min is None else snapshot.plus(timedelta(minutes=whole_min)),
        resultado=resultado,
    )


def both(snapshot: Instant, **members: object) -> list[Envio]:
    """Give the two packages of a PERIODICA."""
    system = sent(snapshot, tipo=PERIODICA, **members)  # type: ignore[arg-type]
    return [system, replace(system, ambito=PROGRAMACION, anio=Ejercicio(2027))]


@dataclass(frozen=True)
class Case:
    """What was received, at which time it is judged, and the states of the turnos of the days asked for."""

    name: str
    envios: list[Envio]
    ahora: Instant
    expected: list[tuple[str, Estado, Causa]]
    days: tuple[int, int] = (10, 10)
    prorrogas: tuple[Prorroga, ...] = ()
    cortes: tuple[Corte, ...] = ()
    vigencias: tuple[Vigencia, ...] = ALWAYS


def one(estado: Estado, causa: Causa) -> list[tuple[str, Estado, Causa]]:
    """Give the expectation for the turno of the 10th."""
    return [("DIARIA-202611101200", estado, causa)]


def periodic(estado: Estado, causa: Causa) -> list[tuple[str, Estado, Causa]]:
    """Give the expectation for the 15th, whose DIARIA nobody answered."""
    return [
        ("DIARIA-202611151200", Estado.VENCIDA, Causa.SIN_ENVIO),
        ("PERIODICA-202611151600", estado, causa),
    ]


MET = one(Estado.CUMPLIDA, Causa.A_TIEMPO)
LATE = one(Estado.CUMPLIDA_TARDE, Causa.FUERA_DE_PLAZO)
SILENT = one(Estado.VENCIDA, Causa.SIN_ENVIO)
EXTENSION = Prorroga(turno=TurnoId.parse("DIARIA-202611101200"), hasta=at(12))
OUTAGE = Corte(desde=at(10, 13), hasta=at(10, 15))
OTHER_DAY = Corte(desde=at(9), hasta=at(10))
SINCE_THE_10TH = (Vigencia(desde=at(10), cronograma=CRONOGRAMA),)
CASES = [
    Case("before it opens", [], at(10, 11), one(Estado.FUTURA, Causa.AUN_NO_ABRE)),
    Case("open, nothing came", [], at(10, 13), one(Estado.ABIERTA, Causa.SIN_ENVIO)),
    Case("open to its very deadline", [], at(10, 22), one(Estado.ABIERTA, Causa.SIN_ENVIO)),
    Case("over, nothing came", [], at(10, 22.01), SILENT),
    Case("answered", [sent(at(10, 12.5))], at(10, 14), MET),
    Case("answered, verdict pending", [sent(at(10, 12.5), resultado=None)], at(10, 14), MET),
    Case("answered, observed", [sent(at(10, 12.5), resultado=Resultado.OBSERVADO)], at(10, 14), MET),
    Case(
        "answered, for a newer centre", [sent(at(10, 12.5), resultado=Resultado.EN_ESPERA)], at(10, 14), MET
    ),
    Case(
        "refused: open again",
        [sent(at(10, 12.5), resultado=Resultado.RECHAZADO)],
        at(10, 14),
        one(Estado.ABIERTA, Causa.RECHAZADO),
    ),
    Case(
        "refused, and the deadline is over",
        [sent(at(10, 12.5), resultado=Resultado.RECHAZADO)],
        at(11, 1),
        one(Estado.VENCIDA, Causa.RECHAZADO),
    ),
    Case(
        "refused and sent again in time",
        [sent(at(10, 12.5), resultado=Resultado.RECHAZADO), sent(at(10, 15), run=2)],
        at(11, 1),
        MET,
    ),
    Case("offered after the deadline", [sent(at(10, 21.9))], at(11, 1), LATE),
    Case("offered in time, whole in a day", [sent(at(10, 21), whole_min=24 * 60)], at(11, 23), MET),
    Case("offered in time, whole too late", [sent(at(10, 21), whole_min=24 * 60 + 11)], at(11, 23), LATE),
    Case(
        "offered in time, not whole yet",
        [sent(at(10, 21), whole_min=None)],
        at(11, 20),
        one(Estado.ABIERTA, Causa.INCOMPLETO),
    ),
    Case(
        "offered in time, never whole",
        [sent(at(10, 21), whole_min=None)],
        at(12),
        one(Estado.VENCIDA, Causa.INCOMPLETO),
    ),
    Case(
        "whole later than it is asked",
        [sent(at(10, 12.5), whole_min=120)],
        at(10, 13),
        one(Estado.ABIERTA, Causa.INCOMPLETO),
    ),
    Case(
        "data read before the opening",
        [sent(at(10, 11), offered_min=90)],
        at(11, 1),
        one(Estado.VENCIDA, Causa.FOTO_FUERA_DE_TURNO),
        vigencias=SINCE_THE_10TH,
    ),
    Case("data read by a clock a little ahead", [sent(at(10, 12).plus(-CLOCK_GRACE))], at(10, 14), MET),
    Case(
        "data read after their offer",
        [sent(at(10, 13), offered_min=-1)],
        at(11, 1),
        one(Estado.VENCIDA, Causa.FOTO_FUERA_DE_TURNO),
    ),
    Case("another year", [sent(at(10, 13), anio=2024)], at(11, 1), one(Estado.VENCIDA, Causa.OTRO_ANIO)),
    Case(
        "extended", [sent(at(11, 11.9), turno="DIARIA-202611101200")], at(12, 1), MET, prorrogas=(EXTENSION,)
    ),
    Case("an outage moves the deadline", [sent(at(10, 23.5))], at(11, 1), MET, cortes=(OUTAGE,)),
    Case("and no further than it was long", [sent(at(10, 23.9))], at(11, 1), LATE, cortes=(OUTAGE,)),
    Case(
        "an outage of another day moves nothing",
        [],
        at(10, 22.01),
        SILENT,
        cortes=(OTHER_DAY,),
    ),
    Case("a PERIODICA answers a DIARIA: it contains the system year", both(at(10, 12.5)), at(11, 1), MET),
    Case(
        "both years of one run",
        both(at(15, 16.5)),
        at(16, 11),
        periodic(Estado.CUMPLIDA, Causa.A_TIEMPO),
        days=(15, 15),
    ),
    Case(
        "one year alone",
        both(at(15, 16.5))[:1],
        at(16, 11),
        [
            ("DIARIA-202611151200", Estado.CUMPLIDA, Causa.A_TIEMPO),
            ("PERIODICA-202611151600", Estado.VENCIDA, Causa.SIN_ENVIO),
        ],
        days=(15, 15),
    ),
    Case(
        "one year alone, which says whose it is",
        both(at(15, 16.5), turno="PERIODICA-202611151600")[:1],
        at(16, 11),
        periodic(Estado.VENCIDA, Causa.FALTA_UN_ANIO),
        days=(15, 15),
    ),
    Case(
        "years of two runs",
        [both(at(15, 16.5))[0], both(at(15, 16.6), run=2)[1]],
        at(16, 11),
        [
            ("DIARIA-202611151200", Estado.CUMPLIDA, Causa.A_TIEMPO),
            ("PERIODICA-202611151600", Estado.VENCIDA, Causa.FALTA_UN_ANIO),
        ],
        days=(15, 15),
    ),
    Case(
        "one year refused",
        [both(at(15, 16.5))[0], replace(both(at(15, 16.5))[1], resultado=Resultado.RECHAZADO)],
        at(16, 11),
        [
            ("DIARIA-202611151200", Estado.CUMPLIDA, Causa.A_TIEMPO),
            ("PERIODICA-202611151600", Estado.VENCIDA, Causa.SIN_ENVIO),
        ],
        days=(15, 15),
    ),
    Case(
        "one run after two openings answers the newer",
        [sent(at(11, 12.5))],
        at(12),
        [
            ("DIARIA-202611101200", Estado.VENCIDA, Causa.SIN_ENVIO),
            ("DIARIA-202611111200", Estado.CUMPLIDA, Causa.A_TIEMPO),
        ],
        days=(10, 11),
    ),
    Case(
        "a second run answers the older, late",
        [sent(at(11, 12.5)), sent(at(11, 13), run=2)],
        at(12),
        [
            ("DIARIA-202611101200", Estado.CUMPLIDA_TARDE, Causa.FUERA_DE_PLAZO),
            ("DIARIA-202611111200", Estado.CUMPLIDA, Causa.A_TIEMPO),
        ],
        days=(10, 11),
    ),
    Case(
        "a run answers the turno that it names",
        [sent(at(11, 12.5), turno="DIARIA-202611101200")],
        at(12),
        [
            ("DIARIA-202611101200", Estado.CUMPLIDA_TARDE, Causa.FUERA_DE_PLAZO),
            ("DIARIA-202611111200", Estado.VENCIDA, Causa.SIN_ENVIO),
        ],
        days=(10, 11),
    ),
    Case("a run that names nobody's turno", [sent(at(10, 12.5), turno="DIARIA-202611101201")], at(11), MET),
    Case("a run that names no turno at all", [sent(at(10, 12.5), turno="<script>")], at(11), MET),
    Case(
        "a run that names a turno long past answers no other",
        [sent(at(10, 12.5), turno="DIARIA-202601101200")],
        at(11, 1),
        SILENT,
    ),
    Case("no schedule", [], at(11), [], vigencias=(Vigencia(desde=at(1), cronograma=None),)),
    Case("never a schedule", [sent(at(10, 12.5))], at(11), [], vigencias=()),
    Case(
        "a schedule set at noon owes what opens after it",
        [],
        at(12),
        [("DIARIA-202611111200", Estado.VENCIDA, Causa.SIN_ENVIO)],
        days=(10, 11),
        vigencias=(Vigencia(desde=at(10, 12), cronograma=CRONOGRAMA),),
    ),
    Case(
        "a schedule taken away owes what opened before",
        [],
        at(12),
        one(Estado.VENCIDA, Causa.SIN_ENVIO),
        days=(10, 11),
        vigencias=(*ALWAYS, Vigencia(desde=at(10, 13), cronograma=None)),
    ),
]


def states(found: tuple[Obligacion, ...]) -> list[tuple[str, Estado, Causa]]:
    return [(str(item.turno.id), item.estado, item.causa) for item in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_owed(case: Case) -> None:
    """The table of cases: what came, when it is asked, what that makes of each turno."""
    recibido = Recibido(
        vigencias=case.vigencias, envios=case.envios, prorrogas=case.prorrogas, cortes=case.cortes
    )
    first, last = case.days
    found = obligaciones(recibido, desde=at(first), hasta=at(last + 1), ahora=case.ahora)
    assert states(found) == case.expected


@pytest.mark.parametrize(
    ("day", "month", "anio", "estado"),
    [
        (10, 1, 2027, Estado.CUMPLIDA),
        (10, 1, 2026, Estado.CUMPLIDA),
        (31, 3, 2026, Estado.CUMPLIDA),
        (1, 4, 2026, Estado.VENCIDA),
        (10, 1, 2025, Estado.VENCIDA),
    ],
)
def test_the_closed_year_answers_to_the_day_of_cierre(
    day: int, month: int, anio: int, estado: Estado
) -> None:
    """In the first months a unit may still work in the year before."""
    opening = at(day, 12, month=month, year=2027)
    recibido = Recibido(vigencias=ALWAYS, envios=[sent(opening.plus(timedelta(minutes=5)), anio=anio)])
    (found,) = obligaciones(
        recibido,
        desde=opening.plus(timedelta(minutes=-1)),
        hasta=opening,
        ahora=opening.plus(timedelta(days=2)),
    )
    assert found.estado is estado


def test_extension_that_ends_earlier_changes_nothing() -> None:
    """Nobody's time is shortened by it."""
    early = replace(EXTENSION, hasta=at(10, 13))
    recibido = Recibido(vigencias=ALWAYS, envios=[], prorrogas=(early,))
    (found,) = obligaciones(recibido, desde=at(10), hasta=at(11), ahora=at(11))
    assert found.limite == found.turno.vence


INSTANTS = st.integers(0, 5 * 24 * 12).map(lambda n: at(12).plus(timedelta(minutes=5 * n)))
VERDICTS = st.sampled_from([None, *Resultado])


@st.composite
def envios(draw: st.DrawFn) -> Envio:
    """Give a package of one of a few runs in the days around the 15th."""
    name = st.sampled_from(["DIARIA-202611141200", "PERIODICA-202611151600", "DIARIA-202611150000"])
    return sent(
        draw(INSTANTS),
        run=draw(st.integers(1, 6)),
        ambito=draw(st.sampled_from(Ambito)),
        tipo=draw(st.sampled_from(TipoTransmision)),
        anio=draw(st.sampled_from([2025, 2026, 2026, 2027])),
        turno=draw(st.none() | name),
        offered_min=draw(st.integers(-5, 900)),
        whole_min=draw(st.none() | st.integers(0, 2400)),
        resultado=draw(VERDICTS),
    )


CORTES = st.builds(lambda a, b: Corte(desde=a, hasta=b), INSTANTS, INSTANTS)
RECIBIDOS = st.builds(
    Recibido,
    vigencias=st.just(ALWAYS),
    envios=st.lists(envios(), max_size=12),
    cortes=st.lists(CORTES, max_size=3),
)


def judged(recibido: Recibido, ahora: Instant) -> tuple[Obligacion, ...]:
    return obligaciones(recibido, desde=at(11), hasta=at(18), ahora=ahora)


@given(RECIBIDOS, INSTANTS)
@settings(deadline=None)
def test_no_run_answers_two_turnos(recibido: Recibido, ahora: Instant) -> None:
    """And each answer was there, at the time that is asked about."""
    found = judged(recibido, ahora)
    used = [item.corrida for item in found if item.corrida]
    assert len(set(used)) == len(used)
    for item in found:
        is_met = item.estado in {Estado.CUMPLIDA, Estado.CUMPLIDA_TARDE}
        assert is_met == (item.corrida is not None)
        if is_met:
            own = [one for one in recibido.envios if one.corrida == item.corrida]
            wanted = {SISTEMA, PROGRAMACION} if item.turno.tipo is PERIODICA else {SISTEMA}
            good = {
                one.ambito
                for one in own
                if one.resultado is not Resultado.RECHAZADO
                and item.turno.abre.plus(-CLOCK_GRACE) <= one.instantanea <= one.ofrecido <= ahora
                and one.completado is not None
                and one.completado <= ahora
            }
            assert wanted <= good


@given(RECIBIDOS, envios(), INSTANTS)
@settings(max_examples=300, deadline=None)
def test_a_run_more_never_makes_a_state_worse(recibido: Recibido, more: Envio, ahora: Instant) -> None:
    """Whoever sends again, whatever it is, loses nothing."""
    fresh = replace(more, corrida=run_id(99))
    before = judged(recibido, ahora)
    after = judged(replace(recibido, envios=[*recibido.envios, fresh]), ahora)
    for old, new in zip(before, after, strict=True):
        assert RANK.index(new.estado) >= RANK.index(old.estado), (old, new)


@given(RECIBIDOS, CORTES, INSTANTS)
@settings(deadline=None)
def test_an_outage_more_makes_no_deadline_earlier(recibido: Recibido, more: Corte, ahora: Instant) -> None:
    """The centre's faults cost the units nothing."""
    before = judged(recibido, ahora)
    after = judged(replace(recibido, cortes=[*recibido.cortes, more]), ahora)
    for old, new in zip(before, after, strict=True):
        assert new.limite >= old.limite >= old.turno.vence


@given(RECIBIDOS, INSTANTS, st.randoms())
@settings(deadline=None)
def test_the_order_in_which_things_came_to_be_known_is_nothing(
    recibido: Recibido, ahora: Instant, chance: Random
) -> None:
    """The same facts make the same states, however they are listed."""
    shuffled = list(recibido.envios)
    chance.shuffle(shuffled)
    found = judged(replace(recibido, envios=shuffled), ahora)
    assert [item.estado for item in found] == [item.estado for item in judged(recibido, ahora)]


@given(st.lists(st.lists(st.integers(0, 5), unique=True, max_size=4), max_size=6))
def test_matching_is_a_largest_one_that_prefers_the_first(options: list[list[int]]) -> None:
    """Held against every matching there is."""
    found = match(range(len(options)), dict(enumerate(options)))
    assert all(giver in options[seeker] for giver, seeker in found.items())
    served = set(found.values())
    assert len(served) == len(found)

    def is_possible(seekers: tuple[int, ...]) -> bool:
        return any(
            len(set(choice)) == len(choice) for choice in itertools.product(*(options[s] for s in seekers))
        )

    expected: tuple[int, ...] = ()
    for seeker in range(len(options)):
        if is_possible((*expected, seeker)):
            expected = (*expected, seeker)
    assert served == set(expected)


@given(st.lists(CORTES, max_size=5), INSTANTS, st.integers(0, 600))
def test_outages_are_added_minute_by_minute(cortes: list[Corte], start: Instant, minutes: int) -> None:
    """Time in which the centre was shut does not run, as a walk in steps of five minutes sees it too."""
    deadline = start.plus(timedelta(minutes=5 * minutes))
    left, now = minutes, start
    while left or any(item.desde <= now < item.hasta for item in cortes):
        left -= not any(item.desde <= now < item.hasta for item in cortes)
        now = now.plus(timedelta(minutes=5))
    assert extended(start, deadline, merged(cortes)) == now


def test_a_year_of_turnos_and_answers_is_judged_at_once() -> None:
    """Four hundred days, each answered: what the board of a centre asks for each unit."""
    days = [at(1, 12.2, year=2025).plus(timedelta(days=n)) for n in range(365)]
    recibido = Recibido(
        vigencias=ALWAYS, envios=[sent(day, run=n, anio=day.at.year) for n, day in enumerate(days)]
    )
    found = obligaciones(
        recibido,
        desde=days[0].plus(timedelta(hours=-1)),
        hasta=days[-1],
        ahora=days[-1].plus(timedelta(days=1)),
    )
    met = [item for item in found if item.turno.tipo is DIARIA]
    assert len(met) == 365
    assert {item.estado for item in met} == {Estado.CUMPLIDA}
    assert [item.corrida for item in met] == [run_id(n) for n in range(365)]
