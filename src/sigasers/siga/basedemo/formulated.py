"""The needs table as formulated: SIG_CUADRO_NECESIDAD with every phase, 48 monthly quantities an item, and ceilings.

A header's amounts are the sums of its items; an item's amount is each month's quantity times its price.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from sigasers.siga.basedemo.sheet import Row
from sigasers.siga.basedemo.unit import Item
from sigasers.siga.basedemo.unit_year import Bundle, UnitYear, goal_shares
from sigasers.siga.basedemo.values import day_of, moment, pick, price, soles, stamp

PHASES = (1, 2, 3)
MONTHS = tuple(f"{month:02d}" for month in range(1, 13))
_YEARS = ("", "_ANNO_01", "_ANNO_02", "_ANNO_03")
PATTERNS: tuple[tuple[int, ...], ...] = (
    (1,) * 12,
    (1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0),
    (0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0),
    (0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
    (0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
    (0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    (3, 0, 0, 3, 0, 0, 2, 0, 0, 2, 0, 0),
    (0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0),
    (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0),
)
QUANTITIES = (1, 2, 3, 4, 5, 6, 10, 12, 20, 24, 30, 50)
_NOTHING = (0,) * 12  # most items are programmed for the base year alone
_DET_COLUMNS = " ".join(
    [f"CANT_{month}{suffix} MNTO_{month}{suffix}" for suffix in _YEARS for month in MONTHS]
    + [f"CANT_TOTAL{suffix} MNTO_TOTAL{suffix}" for suffix in _YEARS]
    + [f"FLG_MNTO_{month}_ANNO{suffix[5:]}" for suffix in _YEARS for month in MONTHS]
)


@dataclass(frozen=True, slots=True)
class Need:
    """One item of a header: units a month in the first phase (later ones keep a share), the four years' months."""

    item: Item
    base: int
    years: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Header:
    """One SECUENCIA of a cost centre's needs."""

    number: int
    bundle: Bundle
    needs: tuple[Need, ...]


def fill_formulated(year: UnitYear) -> None:
    """Fill the tables of group C that exist before the year begins."""
    chance = year.sheet.random("formulated")
    headers = tuple(_headers(chance, year))
    stamps = {
        header.number: moment(day_of(year.sheet.year - 1, 120 + header.number % 90), chance)
        for header in headers
    }
    _header_rows(year, headers, stamps)
    _det_rows(year, headers, stamps)
    _ppr(year, headers)
    _goals(year)
    _closings(year, headers)
    fill_ceilings(year, chance)


def _headers(chance: Random, year: UnitYear) -> Iterator[Header]:
    whole = year.scale.shape(12, 13)
    count, items = year.scale.of(500, 4, large=6_900), max(1, round(whole * min(1.0, year.scale.factor * 40)))
    step = max(1, len(year.bundles) // count)
    for number in range(1, count + 1):
        bundle = year.bundles[(number * step) % len(year.bundles)]
        first, later = pick(chance, PATTERNS), PATTERNS[-1 - number % 2] if number % 5 < 2 else _NOTHING
        years = (first, later, later, _NOTHING if number % 3 else later)
        yield Header(number, bundle, tuple(_need(chance, bundle, years) for _ in range(items)))


def _need(chance: Random, bundle: Bundle, years: tuple[tuple[int, ...], ...]) -> Need:
    base = pick(chance, QUANTITIES) if bundle.kind == "B" else 1
    return Need(pick(chance, bundle.items), base, years)


def _base(need: Need, phase: int) -> int:
    """Later phases cut: the second keeps nine tenths, the third eight, never nothing."""
    return max(1, need.base * (11 - phase) // 10)


def _year_cents(need: Need, phase: int, place: int) -> int:
    return _base(need, phase) * sum(need.years[place]) * (need.item.price // 10_000)


def _header_rows(year: UnitYear, headers: tuple[Header, ...], stamps: dict[int, str]) -> None:
    columns = (
        "CENTRO_COSTO SECUENCIA FASE_CUADRO CODIGO_TAREA SEC_FUNC_PROP sec_func ORIGEN FUENTE_FINANC CLASIFICADOR"
        " tipo_bien TOTAL_ASIGNADO TOTAL_PROGRA TOTAL_APROB MONTO_ASIGNADO MONTO_PROGRA MONTO_APROB"
        " MONTO_PROGRA_ANNO_01 MONTO_PROGRA_ANNO_02 MONTO_PROGRA_ANNO_03 FECHA_REG mayor sub_cta"
    )
    rows = (_header_row(header, phase, stamps[header.number]) for header in headers for phase in PHASES)
    year.sheet.fill("SIG_CUADRO_NECESIDAD", columns, rows, TIPO_TAREA="1", NIVEL_TAREA="4", GRUPO_GASTO="3")


def _header_row(header: Header, phase: int, at: str) -> Row:
    bundle, item = header.bundle, header.needs[0].item
    first = [sum(_year_cents(need, phase, place) for need in header.needs) for place in range(4)]
    amounts = tuple(soles(first[0]) if phase >= level else 0 for level in PHASES)
    return (
        bundle.centre.code, header.number, phase, bundle.task, bundle.goal.number,
        bundle.goal.number if phase == PHASES[-1] else None, bundle.origin, bundle.source, bundle.classifier,
        bundle.kind, *amounts, *amounts, *(soles(cents) for cents in first[1:]), at, item.major, item.sub_account,
    )  # fmt: skip


def _det_rows(year: UnitYear, headers: tuple[Header, ...], stamps: dict[int, str]) -> None:
    columns = (
        "CENTRO_COSTO SECUENCIA FASE_CUADRO ITEM_SEC TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN"
        " DESCRIP_SERVICIO UNIDAD_MEDIDA PRECIO_UNIT FECHA_REG "
    )
    rows = (
        _det_row(header, phase, place, need, stamps[header.number])
        for header in headers
        for phase in PHASES
        for place, need in enumerate(header.needs, start=1)
    )
    year.sheet.fill("SIG_CUADRO_NECESIDAD_DET", columns + _DET_COLUMNS, rows, ESTADO="1", FLAG_GASTO="N")


def _det_row(header: Header, phase: int, place: int, need: Need, at: str) -> Row:
    item, base = need.item, _base(need, phase)
    cents = item.price // 10_000
    values: list[float] = []
    totals: list[float] = []
    flags: list[str | None] = []
    for pattern in need.years:
        months, total = _programmed(pattern, base, cents)
        values += months
        totals += total
        flags += _flags(pattern)
    return (
        header.bundle.centre.code, header.number, phase, place, item.kind, item.group, item.klass, item.family,
        item.item, item.name if item.kind == "S" else None, item.measure, price(item.price), at, *values,
        *totals, *flags,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _programmed(
    pattern: tuple[int, ...], base: int, cents: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Give quantity and amount of each month, then of the year; years of one item mostly repeat."""
    if pattern == _NOTHING:
        return (0,) * 24, (0, 0)
    whole = sum(pattern) * base
    months = tuple(value for share in pattern for value in (share * base, share * base * cents / 100))
    return months, (whole, whole * cents / 100)


@lru_cache(maxsize=64)
def _flags(pattern: tuple[int, ...]) -> tuple[str | None, ...]:
    return tuple("1" if share else None for share in pattern)


def _ppr(year: UnitYear, headers: tuple[Header, ...]) -> None:
    """The needs by result have no figure of their own: a few of the same headers."""
    few = headers[: year.scale.of(20, 3)]
    columns = "CENTRO_COSTO SECUENCIA FASE_CUADRO CODIGO_TAREA sec_func ORIGEN FUENTE_FINANC CLASIFICADOR MONTO_PROGRA"
    rows = (
        (h.bundle.centre.code, h.number, 1, h.bundle.task, h.bundle.goal.number, h.bundle.origin, h.bundle.source,
         h.bundle.classifier, soles(_year_cents(h.needs[0], 1, 0)))
        for h in few
    )  # fmt: skip
    year.sheet.fill("SIG_PPR_CUADRO_NECESIDAD", columns, rows, TIPO_TAREA="1", NIVEL_TAREA="4")
    months = " ".join(f"CANT_{month} MNTO_{month}" for month in MONTHS)
    columns = (
        "CENTRO_COSTO SECUENCIA FASE_CUADRO ITEM_SEC TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN"
        f" PRECIO_UNIT CANT_TOTAL MNTO_TOTAL {months}"
    )
    year.sheet.fill("SIG_PPR_CUADRO_NECESIDAD_DET", columns, (_ppr_det(header) for header in few))


def _ppr_det(header: Header) -> Row:
    need = header.needs[0]
    item, cents = need.item, need.item.price // 10_000
    quantities = [share * need.base for share in need.years[0]]
    whole = sum(quantities)
    pairs = [value for quantity in quantities for value in (quantity, soles(quantity * cents))]
    return (
        header.bundle.centre.code, header.number, 1, 1, item.kind, item.group, item.klass, item.family, item.item,
        price(item.price), whole, soles(whole * cents), *pairs,
    )  # fmt: skip


def _goals(year: UnitYear) -> None:
    columns = (
        "SEC_FUNC_PROP FASE_CUADRO SEC_FUNC FUNCION PROGRAMA SUB_PROGRAMA ACT_PROY COMPONENTE META FINALIDAD"
        " NOMBRE"
    )
    rows = (
        (g.number, PHASES[-1], g.number, g.chain.function, g.chain.program, g.chain.sub_program, g.chain.activity,
         g.chain.component, f"{g.number:05d}", g.chain.purpose, f"META PROPUESTA {g.number}")
        for g in year.goals
    )  # fmt: skip
    year.sheet.fill("SIG_META_PROPUESTA", columns, rows, CANTIDAD=100.5)
    year.sheet.fill(
        "SIG_METAS_PROP_X_CENTRO",
        "CENTRO_COSTO SECUENCIA SEC_FUNC_PROP PORC_TECHO",
        goal_shares(year, first=60, others=40.25),
        FASE_CUADRO=PHASES[-1],
    )
    tasks = ((c.code, task, n) for c in year.centres for task in c.tasks for n in (1, 2))
    at = stamp(day_of(year.sheet.year - 1, 130))
    columns = "CENTRO_COSTO CODIGO_TAREA SECUENCIA NRO_FASE"
    rows_by_task = ((code, task, task * 10 + n, n) for code, task, n in tasks)
    year.sheet.fill(
        "SIG_META_CENTRO_TAREA", columns, rows_by_task, TIPO_TAREA="1", NIVEL_TAREA="4", FECHA_REG=at
    )


def _closings(year: UnitYear, headers: tuple[Header, ...]) -> None:
    centres = ((c.code, "6" if n % 4 else "4") for n, c in enumerate(year.centres))
    year.sheet.fill("sig_cuadro_x_centro", "centro_costo estado", centres)
    year.sheet.fill("SIG_PPR_CIERRE_FASE", "NRO_FASE ESTADO", ((phase, "C") for phase in PHASES))
    rows = (
        (year.sheet.year, n, phase, h.bundle.centre.code, h.bundle.origin, h.bundle.source, h.bundle.classifier,
         h.bundle.goal.number, soles(_year_cents(h.needs[0], phase, 0)), soles(_year_cents(h.needs[0], phase, 0)))
        for n, (h, phase) in enumerate(((h, phase) for h in headers[:10] for phase in PHASES), start=1)
    )  # fmt: skip
    columns = (
        "NRO_REP SEC_REP FASE CENTRO_COSTO ORIGEN FUENTE_FINANC CLASIFICADOR SEC_FUNC MONTO_PPTO MONTO_CN"
    )
    year.sheet.fill("SIG_REP_FASE_CIERRE", columns, rows)
    items = dict.fromkeys(need.item for header in headers[:30] for need in header.needs)
    columns = "TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN FASE PRECIO_REF UNIDAD_MEDIDA"
    prices = ((i.kind, i.group, i.klass, i.family, i.item, 1, price(i.price), i.measure) for i in items)
    year.sheet.fill("SIG_CAT_BIEN_SERV_PRECIO_FASE", columns, prices)


def fill_ceilings(year: UnitYear, chance: Random) -> None:
    """Fill the budget ceilings: one row a bundle, and one a bundle for goods already certified."""
    months = " ".join(f"EJEC_{month}" for month in MONTHS)
    columns = (
        "ORIGEN FUENTE_FINANC SECUENCIA CLASIFICADOR FUNCION PROGRAMA sec_func CENTRO_COSTO SEC_FUNC_PROP FASE_CUADRO"
        f" CODIGO_TAREA PPTO_PIA PPTO_PROGRA PPTO_APROB PPTO_ASIGNADO MNTO_ASIG mnto_acum_cert FECHA_SIAF {months}"
    )
    count = year.scale.of(2_400, 8, large=25_000)
    rows = (_ceiling(chance, year, number) for number in range(1, count + 1))
    year.sheet.fill(
        "SIG_TECHO_PRESUPUESTO", columns, rows, CATEG_GASTO="5", GRUPO_GASTO="3", MNTO_ACUM_DEVGDO_SIGA=0
    )
    few = (_ceiling(chance, year, number) for number in range(1, year.scale.of(50, 3) + 1))
    columns = (
        "origen fuente_financ secuencia clasificador funcion programa sec_func centro_costo ppto_asignado"
    )
    year.sheet.fill("sig_techo_presupuestal", columns, ((*row[:8], row[14]) for row in few))


def _ceiling(chance: Random, year: UnitYear, number: int) -> Row:
    bundle = year.bundles[number % len(year.bundles)]
    initial = (int(chance.random() ** 4 * 400) + 1) * 500
    assigned = initial if number % 3 else initial + int(chance.random() * 50) * 100
    pattern = pick(chance, PATTERNS)
    monthly = round(assigned * 80 / sum(pattern))  # céntimos: eight tenths are spent, evenly over the pattern
    spent = tuple(soles(monthly * share) for share in pattern)
    chain = bundle.goal.chain
    return (
        bundle.origin, bundle.source, number, bundle.classifier, chain.function, chain.program, bundle.goal.number,
        bundle.centre.code, bundle.goal.number, PHASES[number // len(year.bundles) % 3], bundle.task, initial, assigned,
        assigned, assigned, assigned, soles(monthly * sum(pattern)),
        moment(day_of(year.sheet.year, 60 + number % 200), chance) if number % 2 else None, *spent,
    )  # fmt: skip
