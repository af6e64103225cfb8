"""The annual plan (PAAC): consolidado, secuencia, item, meta, centro de costo, and its link to the CMN's balances."""

from collections.abc import Iterator
from dataclasses import dataclass

from sigasers.siga.basedemo import words
from sigasers.siga.basedemo.formulated import MONTHS
from sigasers.siga.basedemo.modified import Cmn, Planned
from sigasers.siga.basedemo.purchases import Commerce
from sigasers.siga.basedemo.sheet import Row, Value
from sigasers.siga.basedemo.unit_year import UnitYear
from sigasers.siga.basedemo.values import day_of, moment, price, soles, stamp

_MES = " ".join(f"MES_{month}" for month in MONTHS)
_KEY = "NRO_CONSOLID TIPO_BIEN"
_EQUAL: dict[str, Value] = {"TIPO_CONSOLID": "1", "TIPO_GENERACION": "1"}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One item of a consolidado: the CMN item, units, céntimos, and how many cost centres share it."""

    planned: Planned
    quantity: int
    cents: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One consolidado; ``order_month`` is when it is to be bought, ``certificate`` NULL when not bought yet."""

    number: int
    kind: str
    month: int
    at: str
    state: str
    certificate: int | None
    exp_siaf: int | None
    supplier: int | None
    lines: tuple[PlanLine, ...]

    @property
    def cents(self) -> int:
        """The plan's value in céntimos."""
        return sum(line.cents for line in self.lines)


def fill_plan(year: UnitYear, cmn: Cmn, commerce: Commerce) -> None:
    """Fill the plan: every purchase has its consolidado; others wait to be bought."""
    plans = (*_bought(commerce), *_waiting(year, cmn, len(commerce.purchases)))
    _heads(year, plans)
    _items(year, plans)
    _shares(year, plans)


def _bought(commerce: Commerce) -> Iterator[Plan]:
    for p in commerce.purchases:
        lines = tuple(PlanLine(b.line.planned, b.line.quantity, b.cents) for b in p.lines)
        state = "6" if p.plan % 5 else "5"
        yield Plan(
            p.plan, p.kind, p.ordered.month, p.at, state, p.certificate, p.exp_siaf, p.supplier.number, lines
        )


def _waiting(year: UnitYear, cmn: Cmn, done: int) -> Iterator[Plan]:
    chance = year.sheet.random("plan")
    bundles = list(cmn.by_bundle.values())
    for number in range(done + 1, done + year.scale.of(310, 3, large=1_900) + 1):
        members = [p for turn in (0, 1) for p in bundles[(number * 3 + turn * 2) % len(bundles)]][:14]
        kind = members[0].item.kind
        lines = tuple(
            PlanLine(p, p.base * sum(p.pattern), p.base * sum(p.pattern) * p.item.price // 10_000)
            for p in members
            if p.item.kind == kind
        )
        at = moment(day_of(year.sheet.year, 20 + number % 100), chance)
        yield Plan(number, kind, number % 12 + 1, at, "1" if number % 9 else "7", None, None, None, lines)


def _heads(year: UnitYear, plans: tuple[Plan, ...]) -> None:
    columns = (
        f"{_KEY} ESTADO MES_INICIAL MES_FINAL MES_PROPUESTO FECHA_CONS OBJETO ESPEC_TECNICAS VALOR_MONEDA VALOR_PLAN"
        " TIPO_PROCESO FECHA_REG NRO_CERTIFICA EXP_SIAF PROVEEDOR OBSERVACIONES NRO_PAAC sec_cuadro_ini"
    )
    rows = (
        (
            p.number, p.kind, p.state, f"{p.month:02d}", f"{min(p.month + 1, 12):02d}", f"{p.month:02d}",
            stamp(day_of(year.sheet.year, p.month * 30 - 20)), "1" if p.kind == "B" else "2", _subject(p),
            soles(p.cents),
            soles(p.cents), "20" if p.cents < 3_520_000 else "12", p.at, p.certificate, p.exp_siaf, p.supplier,
            "" if p.number % 3 else None, f"{p.number % 10_000:04d}" if p.cents > 3_520_000 else None, p.number,
        )
        for p in plans
    )  # fmt: skip
    year.sheet.fill("SIG_PAAC_CONSOLIDADO", columns, rows, **_EQUAL)
    rows_by_sequence = ((p.number, p.kind, 1, f"{p.month:02d}", _subject(p), p.at) for p in plans)
    columns = f"{_KEY} SEC_CONSOLID MES_PROPUESTO ESPECIF_TECNICA FECHA_REG"
    year.sheet.fill("SIG_PAAC_SECUENCIA", columns, rows_by_sequence, ANO_PROCESO=year.sheet.year, **_EQUAL)


def _subject(plan: Plan) -> str:
    what = plan.lines[0].planned.item.name.split(" DE ")[0]
    return f"{what} - {words.MONTHS[plan.month - 1]}"[:100]


def _month_values(month: int, value: Value) -> tuple[Value, ...]:
    return tuple(value if place == month else 0 for place in range(1, 13))


def _items(year: UnitYear, plans: tuple[Plan, ...]) -> None:
    columns = (
        f"{_KEY} SEC_RESUMEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN UNIDAD_MEDIDA CANTIDAD PRECIO_UNIT VALOR"
        f" FECHA_REG {_MES}"
    )

    def rows() -> Iterator[Row]:
        for p in plans:
            for place, line in enumerate(p.lines, start=1):
                i, amount = line.planned.item, soles(line.cents)
                yield (
                    p.number, p.kind, place, i.group, i.klass, i.family, i.item, i.measure, line.quantity,
                    price(i.price), amount, p.at, *_month_values(p.month, line.quantity),
                )  # fmt: skip

    year.sheet.fill("SIG_PAAC_ITEM", columns, rows(), SEC_CONSOLID=1, **_EQUAL)


def _goal_shares(place: int, line: PlanLine) -> list[tuple[int, int, int]]:
    """Give (goal, units, céntimos): one in six is paid by two goals."""
    bundle = line.planned.bundle
    if place % 6 or line.quantity < 2 or bundle.goal == bundle.second_goal:
        return [(bundle.goal.number, line.quantity, line.cents)]
    half = line.quantity // 2
    cents = line.cents * half // line.quantity
    return [
        (bundle.goal.number, half, cents),
        (bundle.second_goal.number, line.quantity - half, line.cents - cents),
    ]


@dataclass(frozen=True, slots=True)
class _Share:
    """One goal's part of a line: its key below the plan, units and céntimos; ``ordinal`` counts all shares."""

    plan: Plan
    line: PlanLine
    ordinal: int
    key: tuple[int, str, int, int]
    goal: int
    units: int
    cents: int


def _each_share(plans: tuple[Plan, ...]) -> Iterator[_Share]:
    """Give every share, in the order of the plans; walked once for each table, so that none is kept."""
    count = 0
    for plan in plans:
        for place, line in enumerate(plan.lines, start=1):
            for turn, (goal, units, cents) in enumerate(_goal_shares(count, line), start=1):
                yield _Share(plan, line, count, (plan.number, plan.kind, place, turn), goal, units, cents)
                count += 1


def _shares(year: UnitYear, plans: tuple[Plan, ...]) -> None:
    """Fill goals and cost centres: their keys differ by one column; nearly half link to a balance."""
    two, linked = year.scale.shape(16, 4), year.scale.shape(7, 8)
    keys = f"{_KEY} SEC_RESUMEN SEC_META"
    columns = f"{keys} sec_func ORIGEN FUENTE_FINANC CLASIFICADOR CANTIDAD VALOR FECHA_REG {_MES}"
    goals = (_goal_row(share) for share in _each_share(plans))
    year.sheet.fill("SIG_PAAC_METAS", columns, goals, SEC_CONSOLID=1, **_EQUAL)
    columns = f"{keys} SEC_CTRO_COSTO CENTRO_COSTO CODIGO_TAREA CANTIDAD VALOR FECHA_REG {_MES}"
    flags: dict[str, Value] = {f"FLAG_MES_{month}": "0" for month in MONTHS}
    equal = {"SEC_CONSOLID": 1, "TIPO_TAREA": "1", "NIVEL_TAREA": "4", **flags, **_EQUAL}
    centres = (
        row for share in _each_share(plans) for row in _centre_rows(share, two=share.ordinal % two == 0)
    )
    year.sheet.fill("SIG_PAAC_CENTRO_COSTO", columns, centres, **equal)
    columns = f"SEC_CUA_MOD_SAL {keys}"
    links = (
        (share.line.planned.balance, *share.key)
        for share in _each_share(plans)
        if share.ordinal % 16 < linked
    )
    year.sheet.fill("SIG_CUADRO_MODIFICADO_CMN", columns, links, SEC_CONSOLID=1, SEC_CTRO_COSTO=1, **_EQUAL)


def _goal_row(share: _Share) -> Row:
    bundle, plan = share.line.planned.bundle, share.plan
    money = soles(share.cents)
    return (
        *share.key, share.goal, bundle.origin, bundle.source, bundle.classifier, share.units, money, plan.at,
        *_month_values(plan.month, share.units),
    )  # fmt: skip


def _centre_rows(share: _Share, *, two: bool) -> Iterator[Row]:
    """One row, or two that add up when the centre buys for its parent as well."""
    bundle, plan, units, cents = share.line.planned.bundle, share.plan, share.units, share.cents
    first = units // 2 if two and units > 1 else units
    parts = [(first, cents * first // units), (units - first, cents - cents * first // units)]
    for place, (part, part_cents) in enumerate(parts, start=1):
        if part:
            money = soles(part_cents)
            yield (
                *share.key, place, bundle.centre.code, bundle.task, part, money, plan.at,
                *_month_values(plan.month, part),
            )  # fmt: skip
