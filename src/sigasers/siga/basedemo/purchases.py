"""What was requested and bought in a year, as values: no rows are written here.

A request of kind 2 (compra) becomes one purchase, or two when its lines go to two suppliers; a purchase is one
consolidado, one cuadro de adquisición and one order. A request of kind 1 is served from the warehouse (PECOSA).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from sigasers.siga.basedemo.modified import Cmn, Planned
from sigasers.siga.basedemo.national import GOOD, Supplier
from sigasers.siga.basedemo.size import Scale
from sigasers.siga.basedemo.unit import Item
from sigasers.siga.basedemo.unit_year import Bundle, Goal, UnitYear
from sigasers.siga.basedemo.values import day_of, low, moment, pick, worth

FROM_WAREHOUSE, TO_BUY = "1", "2"
_LAST_DAY = 350
_QUANTITIES = (10, 20, 50, 5, 100, 2, 12, 24, 1, 30, 200, 6, 40, 60, 150, 500)


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a request: SECUENCIA, the CMN item behind it, whole units, the reference price."""

    place: int
    planned: Planned
    quantity: int

    @property
    def item(self) -> Item:
        """The catalogue item."""
        return self.planned.item


@dataclass(frozen=True, slots=True)
class Request:
    """One pedido: ``number`` is unique within kind of good and kind of request alone."""

    kind: str
    purpose: str
    number: str
    bundle: Bundle
    day: date
    at: str
    state: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bought:
    """One line of a purchase at the price won (millionths), worth ``cents``; ``shares`` by goal add up to it."""

    line: Line
    price: int
    cents: int
    shares: tuple[tuple[Goal, int], ...]


@dataclass(frozen=True, slots=True)
class Purchase:
    """One consolidado (``plan``), cuadro (``table``), order (``order``), with its certificate and expedientes."""

    plan: int
    table: int
    order: int
    request: Request
    supplier: Supplier
    lines: tuple[Bought, ...]
    certificate: int
    exp_siga: int | None
    exp_siaf: int | None
    ordered: date
    at: str
    received: date

    @property
    def bundle(self) -> Bundle:
        """Centre, classifier, goal and source of the whole purchase."""
        return self.request.bundle

    @property
    def kind(self) -> str:
        """TIPO_BIEN."""
        return self.request.kind

    @property
    def is_received(self) -> bool:
        """Whether the goods entered the warehouse, or the service has its conformity."""
        return self.kind != GOOD or self.plan % 5 != 0

    @property
    def cents(self) -> int:
        """The order's total in céntimos."""
        return sum(bought.cents for bought in self.lines)


@dataclass(frozen=True, kw_only=True)
class Commerce:
    """A year's requests of both kinds and its purchases, in order of time."""

    to_buy: tuple[Request, ...]
    from_warehouse: tuple[Request, ...]
    purchases: tuple[Purchase, ...]


def make_commerce(year: UnitYear, cmn: Cmn) -> Commerce:
    """Give the year's requests and purchases."""
    chance = year.sheet.random("commerce")
    to_buy = tuple(_requests(chance, year, cmn, TO_BUY, year.scale.of(3_000, 10, large=19_200)))
    stock = tuple(_requests(chance, year, cmn, FROM_WAREHOUSE, year.scale.of(2_000, 6, large=20_800)))
    return Commerce(to_buy=to_buy, from_warehouse=stock, purchases=tuple(_purchases(chance, year, to_buy)))


def _requests(chance: Random, year: UnitYear, cmn: Cmn, purpose: str, count: int) -> Iterator[Request]:
    """Two in five requests to buy are for goods (a large unit: one in four), all others for services.

    The warehouse serves goods alone.
    """
    is_large = year.scale.is_large
    pools = {
        kind: [number for number, members in cmn.by_bundle.items() if (members[0].item.kind == GOOD) is kind]
        for kind in (True, False)
    }
    serial = {True: 0, False: 0}
    for n in range(count):
        goods = purpose == FROM_WAREHOUSE or (n % 4 == 0 if is_large else n % 5 in (0, 3))
        serial[goods] += 1
        members = cmn.by_bundle[pick(chance, pools[goods])]
        day = day_of(year.sheet.year, 4 + n * _LAST_DAY // count)
        yield Request(
            kind=members[0].item.kind,
            purpose=purpose,
            number=f"{serial[goods]:06d}",
            bundle=members[0].bundle,
            day=day,
            at=moment(day, chance),
            state="0" if n % 50 == 49 else "7" if n % 4 else "1",
            lines=tuple(_lines(chance, members, _how_many(chance, year.scale, purpose, goods=goods))),
        )


def _how_many(chance: Random, scale: Scale, purpose: str, *, goods: bool) -> int:
    if not goods:
        return 2 if chance.random() < 0.06 else 1
    fewest = scale.shape(2, 5) if purpose == FROM_WAREHOUSE else scale.shape(5, 11)
    return int(chance.random() * 5) + fewest


def _lines(chance: Random, members: tuple[Planned, ...], count: int) -> Iterator[Line]:
    """Items of the bundle in turn, each at most once."""
    start = int(chance.random() * len(members))
    chosen = {
        members[(start + n) % len(members)].item: members[(start + n) % len(members)] for n in range(count)
    }
    for place, planned in enumerate(chosen.values(), start=1):
        quantity = low(chance, _QUANTITIES) if planned.item.kind == GOOD else 1
        yield Line(place, planned, quantity)


def _purchases(chance: Random, year: UnitYear, requests: tuple[Request, ...]) -> Iterator[Purchase]:
    serial = {True: 0, False: 0}
    plan = 0
    for n, request in enumerate(requests):
        if request.state == "0":
            continue
        goods, lines = request.kind == GOOD, request.lines
        halves = (
            (lines[: len(lines) // 2], lines[len(lines) // 2 :])
            if n % 6 == 0 and len(lines) > 1
            else (lines,)
        )
        for half in halves:
            serial[goods] += 1
            plan += 1
            yield _purchase(chance, year, request, half, plan, serial[goods])


def _purchase(
    chance: Random, year: UnitYear, request: Request, lines: tuple[Line, ...], plan: int, serial: int
) -> Purchase:
    ordered = min(
        day_of(year.sheet.year, 360), day_of(year.sheet.year, request.day.timetuple().tm_yday + plan % 18 + 2)
    )
    known = plan % 33 != 0
    return Purchase(
        plan=plan,
        table=serial,
        order=serial,
        request=request,
        supplier=low(chance, year.unit.national.suppliers),
        lines=tuple(_bought(chance, request.bundle, line, split=plan % 16 == 0) for line in lines),
        certificate=plan * 4 // 5 + 1,
        exp_siga=plan if known else None,
        exp_siaf=plan * 2 + 11 if known and plan % 40 else None,
        ordered=ordered,
        at=moment(ordered, chance),
        received=day_of(year.sheet.year, ordered.timetuple().tm_yday + plan % 10),
    )


def _bought(chance: Random, bundle: Bundle, line: Line, *, split: bool) -> Bought:
    """The price won is the reference or near it, in whole céntimos; two goals pay a split line, seven to three."""
    percent = 100 if chance.random() < 0.5 else int(chance.random() * 12) + 94
    price = line.item.price * percent // 100 // 10_000 * 10_000
    cents = worth(line.quantity, price)
    if not split or bundle.goal == bundle.second_goal:
        return Bought(line, price, cents, ((bundle.goal, cents),))
    first = cents * 7 // 10
    return Bought(line, price, cents, ((bundle.goal, first), (bundle.second_goal, cents - first)))
