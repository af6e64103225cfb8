"""Masters of one unit and one year: goals, cost centres, tasks, sources, establishments; and who requests what.

A ``Bundle`` is what a cost centre buys under one classifier with one goal, source and task; requests, orders and
the needs table all draw from the same bundles, which is what makes their keys and budgets agree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from sigasers.siga.basedemo import words
from sigasers.siga.basedemo.national import GOOD, SERVICE
from sigasers.siga.basedemo.sheet import Row, Sheet
from sigasers.siga.basedemo.size import Scale
from sigasers.siga.basedemo.unit import Item, Unit
from sigasers.siga.basedemo.values import day_of, low, moment, pick, stamp
from sigasers.siga.basedemo.yearly import SOURCES, Structure, structures


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of META: SEC_FUNC and its functional chain."""

    number: int
    chain: Structure


@dataclass(frozen=True, slots=True)
class Centre:
    """One cost centre, its office, the person in charge, its goals and its tasks."""

    code: str
    parent: str
    office: str
    boss: str
    seat: int
    goals: tuple[Goal, ...]
    tasks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one centre buys under one classifier, goal, source and task; ``number`` counts within the year."""

    number: int
    centre: Centre
    kind: str
    classifier: str
    goal: Goal
    second_goal: Goal
    origin: str
    source: str
    task: int
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class UnitYear:
    """One unit's year: its sheet, scale and the masters that documents refer to."""

    sheet: Sheet
    scale: Scale
    unit: Unit
    goals: tuple[Goal, ...]
    centres: tuple[Centre, ...]
    bundles: tuple[Bundle, ...]


def fill_unit_year(sheet: Sheet, scale: Scale, unit: Unit) -> UnitYear:
    """Fill the unit's masters of the sheet's year and give what its documents are made from."""
    chance = sheet.random("unit-year")
    chains = structures(scale.of(190, 6, large=1_200))
    goals = tuple(Goal(number, chain) for number, chain in enumerate(chains, start=1))
    centres = tuple(_centres(chance, scale, unit, goals))
    year = UnitYear(
        sheet=sheet,
        scale=scale,
        unit=unit,
        goals=goals,
        centres=centres,
        bundles=tuple(_bundles(chance, scale, unit, centres)),
    )
    _goals(year, chance)
    _centre_rows(year, chance)
    _tasks(year)
    _sources(year)
    _establishments(year)
    return year


def _centres(chance: Random, scale: Scale, unit: Unit, goals: tuple[Goal, ...]) -> Iterator[Centre]:
    """A root, eight below it, the others below those."""
    count = scale.of(90, 4, large=600)
    tasks = max(2, scale.of(600, 8, large=5_400) // count)
    for number in range(count):
        parent = "" if number == 0 else "01" if number <= 8 else f"01.{(number - 9) % 8 + 1:02d}"
        last = number if number <= 8 else (number - 9) // 8 + 1
        yield Centre(
            code="01" if number == 0 else f"{parent}.{last:02d}",
            parent=parent,
            office=words.OFFICES[number % len(words.OFFICES)],
            boss=pick(chance, unit.staff),
            seat=pick(chance, unit.seats),
            goals=tuple(pick(chance, goals) for _ in range(scale.shape(2, 4))),
            tasks=tuple(range(number * tasks + 1, (number + 1) * tasks + 1)),
        )


def _bundles(chance: Random, scale: Scale, unit: Unit, centres: tuple[Centre, ...]) -> Iterator[Bundle]:
    """Twelve a centre on average (seven wider ones in a large unit), five of goods to seven of services."""
    pools = [(GOOD, code, items) for code, items in unit.stock.items()]
    services = [(SERVICE, code, items) for code, items in unit.services.items()]
    for number in range(scale.of(1_080, 8, large=4_000)):
        kind, code, items = pick(chance, pools) if number % 12 < 5 else pick(chance, services)
        centre = centres[number * 7 % len(centres)]
        origin, source, _ = low(chance, SOURCES[:4])
        some = {pick(chance, items) for _ in range(min(len(items) * 2, scale.shape(14, 24)))}
        yield Bundle(
            number=number,
            centre=centre,
            kind=kind,
            classifier=code,
            goal=centre.goals[0],
            second_goal=centre.goals[1],
            origin=origin,
            source=source,
            task=pick(chance, centre.tasks),
            items=tuple(sorted(some, key=lambda item: item.code)),
        )


def _goals(year: UnitYear, chance: Random) -> None:
    columns = (
        "sec_func funcion programa sub_programa act_proy componente meta finalidad nombre monto cantidad unidad_med"
        " fecha_ing fecha_mod TAREA_GENERAL"
    )
    year.sheet.fill("meta", columns, (_goal(year, chance, goal) for goal in year.goals), estado_envio="T")
    shares = goal_shares(year, first=50.5, others=49.5)
    year.sheet.fill(
        "sig_metas_x_centro",
        "centro_costo secuencia sec_func porc_techo fecha_reg",
        (
            (centre, n, goal, percent, moment(day_of(year.sheet.year, n), chance))
            for centre, n, goal, percent in shares
        ),
    )


def goal_shares(year: UnitYear, *, first: float, others: float) -> list[tuple[str, int, int, float]]:
    """Give (centre, place, goal, percent): the first goal of a centre takes ``first``, its others share ``others``."""
    return [
        (centre.code, n, goal.number, first if n == 1 else round(others / (len(goals) - 1), 2))
        for centre in year.centres
        for goals in [dict.fromkeys(centre.goals)]
        for n, goal in enumerate(goals, start=1)
    ]


def _goal(year: UnitYear, chance: Random, goal: Goal) -> Row:
    chain, amount = goal.chain, int(chance.random() ** 4 * 900_000) * 100 + 5_000
    day = day_of(year.sheet.year, goal.number % 20)
    return (
        goal.number, chain.function, chain.program, chain.sub_program, chain.activity, chain.component,
        f"{goal.number:05d}", chain.purpose, f"ATENCIÓN EN {words.OFFICES[goal.number % len(words.OFFICES)]}", amount,
        int(chance.random() * 5_000) + 0.5, f"{goal.number % 90 + 1:03d}", stamp(day),
        moment(day, chance) if goal.number % 3 == 0 else None, goal.number % 30 + 1,
    )  # fmt: skip


def _centre_rows(year: UnitYear, chance: Random) -> None:
    place = year.unit.place
    columns = "CENTRO_COSTO NOMBRE_DEPEND ABREVIADO_DEPEND SEDE PLIEGO CENTRO_PADRE EMPLEADO FECHA_ALTA NRO_PERSONAL"
    rows = (
        (c.code, f"{c.office} - {c.code}", c.office[:12], c.seat, place.pliego, c.parent or None, c.boss,
         stamp(day_of(year.sheet.year, 3)), int(chance.random() * 40) + 1)
        for c in year.centres
    )  # fmt: skip
    year.sheet.fill("SIG_CENTRO_COSTO", columns, rows, TIPO_DEPEND="1", FLAG_CN="S")


def _tasks(year: UnitYear) -> None:
    numbers = [task for centre in year.centres for task in centre.tasks]
    general = [
        ("1", "4", number, f"TAREA GENERAL {number}")
        for number in range(1, year.scale.of(600, 8, large=4_000) + 1)
    ]
    year.sheet.fill("sig_tarea", "tipo_tarea nivel_tarea tarea_general nombre", general)
    kinds = min(30, len(general))
    rows = (
        (
            centre.code,
            "1",
            "4",
            task,
            f"{words.MONTHS[task % 12]}: ATENCIÓN EN {centre.office}",
            task % kinds + 1,
        )
        for centre in year.centres
        for task in centre.tasks
    )
    columns = "centro_costo tipo_tarea nivel_tarea codigo_tarea nombre_tarea tarea_general"
    year.sheet.fill("sig_centro_costo_tarea", columns, rows, CANTIDAD=len(numbers))


def _sources(year: UnitYear) -> None:
    rows = [(origin, source, 1_000_000.5 + n) for n, (origin, source, _) in enumerate(SOURCES)]
    rows += [(str(n // 9 + 1), f"{20 + n}", 0.0) for n in range(year.scale.of(18, 1, large=50))]
    year.sheet.fill("Fuente_Financ_Ejec", "ORIGEN FUENTE_FINANC monto_asignado", rows)
    parameters = (("FLAG_FASE_CN", "3"), ("FLAG_TECHO_ETAPAS", "S"), ("ESTADO_PAAC", "1"))
    year.sheet.fill("SIG_PARAMETRO_EJECUTORA_ANIO", "cod_maestro valor", parameters)


def _establishments(year: UnitYear) -> None:
    seats, ubigeo = year.unit.seats, year.unit.place.ubigeo
    numbers = range(1, year.scale.of(30, 3, large=450) + 1)
    year.sheet.fill(
        "SIG_PPR_ESTABLECIMIENTO",
        "COD_ESTABLEC DESC_ESTABLEC COD_INTERNO CAD_OPERATIVA UBIGEO CATEGORIA",
        (
            (
                n,
                f"PUESTO DE SALUD {words.PLACES[n % len(words.PLACES)]} {n}",
                f"{n:05d}",
                "01",
                ubigeo,
                n % 4 + 1,
            )
            for n in numbers
        ),
        TIPO_ESTABLEC="01",
        SECTOR_AMBITO="01",
    )
    rows = ((n, n, seats[n % len(seats)], year.unit.place.pliego) for n in numbers)
    year.sheet.fill("SIG_PPR_SEDE", "SEC_ESTABLEC COD_ESTABLEC SEDE PLIEGO", rows)
