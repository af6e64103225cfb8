"""What enters and leaves the warehouse in a year, and each good's month by month account, as values.

Enters: what orders delivered (some in two parts) and donations. Leaves: what requests of kind 1 were served, some in
two attentions. An item's month: stock and value at its start, entries, exits at the month's average price. The stock
on 1 January is what makes no month end below zero.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from sigasers.siga.basedemo.national import GOOD
from sigasers.siga.basedemo.purchases import Bought, Commerce, Line, Purchase, Request
from sigasers.siga.basedemo.unit import Item
from sigasers.siga.basedemo.unit_year import Bundle, UnitYear
from sigasers.siga.basedemo.values import day_of, moment, pick, worth

ENTRY, EXIT = "I", "S"
BY_ORDER, BY_DONATION, BY_REQUEST = 1, 2, 1


@dataclass(slots=True)
class Part:
    """One item of a movement; exits get price (millionths) and ``cents`` when their month's average is known."""

    item: Item
    quantity: int
    price: int
    cents: int
    line: Line | None = None
    bought: Bought | None = None
    attention: int = 1


@dataclass(frozen=True, slots=True)
class Movement:
    """One NEA, entry by order or PECOSA; ``number`` counts within kind and transaction."""

    kind: str
    reason: int
    number: int
    warehouse: tuple[str, str]
    day: date
    at: str
    bundle: Bundle
    purchase: Purchase | None
    request: Request | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One item's month: quantities in units, amounts in céntimos, average price in millionths."""

    item: Item
    month: int
    stock: int
    value: int
    entered: int
    entered_value: int
    left: int
    left_value: int
    average: int

    @property
    def end_stock(self) -> int:
        """Units at the month's end."""
        return self.stock + self.entered - self.left

    @property
    def end_value(self) -> int:
        """Céntimos at the month's end."""
        return self.value + self.entered_value - self.left_value


@dataclass(frozen=True, kw_only=True)
class Stock:
    """The year's movements, exits priced, and the account of every item in stock."""

    movements: tuple[Movement, ...]
    account: tuple[Month, ...]


def make_stock(year: UnitYear, commerce: Commerce) -> Stock:
    """Give the year's movements and accounts."""
    chance = year.sheet.random("stock")
    movements = (
        *_deliveries(chance, year, commerce),
        *_donations(chance, year),
        *_attentions(chance, year, commerce),
    )
    return Stock(movements=movements, account=tuple(_account(chance, year, movements)))


def _deliveries(chance: Random, year: UnitYear, commerce: Commerce) -> Iterator[Movement]:
    """Received orders of goods; one in eight arrives in two parts, half and half."""
    number = 0
    for p in commerce.purchases:
        if p.kind != GOOD or not p.is_received:
            continue
        turns = 2 if p.plan % 8 == 3 else 1
        for turn in range(turns):
            parts = tuple(part for b in p.lines if (part := _delivered(b, turn, turns)) is not None)
            if not parts:
                continue
            number += 1
            day = day_of(year.sheet.year, p.received.timetuple().tm_yday + turn * 6)
            warehouse = year.unit.home_of(p.lines[0].line.item)
            yield Movement(
                ENTRY, BY_ORDER, number, warehouse, day, moment(day, chance), p.bundle, p, None, parts
            )


def _delivered(bought: Bought, turn: int, turns: int) -> Part | None:
    whole, half = bought.line.quantity, bought.line.quantity // 2
    half_cents = worth(half, bought.price)
    quantity, cents = (whole, bought.cents)
    if turns == 2:
        quantity, cents = (half, half_cents) if turn == 0 else (whole - half, bought.cents - half_cents)
    return Part(bought.line.item, quantity, bought.price, cents, bought.line, bought) if quantity else None


def _donations(chance: Random, year: UnitYear) -> Iterator[Movement]:
    bundles = [bundle for bundle in year.bundles if bundle.kind == GOOD]
    count = year.scale.of(500, 2, large=14_000)
    for number in range(1, count + 1):
        bundle = pick(chance, bundles)
        item, quantity = pick(chance, bundle.items), int(chance.random() * 90) + 10
        day = day_of(year.sheet.year, number * 355 // count)
        part = Part(item, quantity, item.price, worth(quantity, item.price))
        warehouse = year.unit.home_of(item)
        yield Movement(
            ENTRY, BY_DONATION, number, warehouse, day, moment(day, chance), bundle, None, None, (part,)
        )


def _attentions(chance: Random, year: UnitYear, commerce: Commerce) -> Iterator[Movement]:
    """One PECOSA a request; in two of five (a large unit: four of five) the first line waits for a second one."""
    number, waiting = len(commerce.from_warehouse), year.scale.shape(2, 4)
    for r in commerce.from_warehouse:
        if r.state == "0":
            continue
        first = r.lines[0]
        later = first.quantity // 3 if int(r.number) % 5 < waiting else 0
        warehouse = year.unit.home_of(first.item)
        parts = [Part(line.item, line.quantity, 0, 0, line) for line in r.lines]
        parts[0].quantity -= later
        yield Movement(
            EXIT, BY_REQUEST, int(r.number), warehouse, r.day, r.at, r.bundle, None, r, tuple(parts)
        )
        if later:
            number += 1
            day = day_of(year.sheet.year, r.day.timetuple().tm_yday + 5)
            rest = (Part(first.item, later, 0, 0, first, attention=2),)
            yield Movement(
                EXIT, BY_REQUEST, number, warehouse, day, moment(day, chance), r.bundle, None, r, rest
            )


def _account(chance: Random, year: UnitYear, movements: tuple[Movement, ...]) -> Iterator[Month]:
    entries: defaultdict[tuple[str, int], list[Part]] = defaultdict(list)
    exits: defaultdict[tuple[str, int], list[Part]] = defaultdict(list)
    for movement in movements:
        side = entries if movement.kind == ENTRY else exits
        for part in movement.parts:
            side[part.item.code, movement.day.month].append(part)
    for items in year.unit.stock.values():
        for item in items:
            yield from _item_year(chance, item, entries, exits)


def _item_year(
    chance: Random,
    item: Item,
    entries: dict[tuple[str, int], list[Part]],
    exits: dict[tuple[str, int], list[Part]],
) -> Iterator[Month]:
    balance, lowest, code = 0, 0, item.code
    for month in range(1, 13):
        balance += sum(p.quantity for p in entries.get((code, month), ()))
        balance -= sum(p.quantity for p in exits.get((code, month), ()))
        lowest = min(lowest, balance)
    stock = int(chance.random() ** 2 * 200) + 10 - lowest
    value = worth(stock, item.price)
    for month in range(1, 13):
        came = entries.get((code, month), [])
        entered, entered_value = sum(p.quantity for p in came), sum(p.cents for p in came)
        average = (value + entered_value) * 10_000 // (stock + entered)
        left, left_value = _price_exits(exits.get((code, month), []), average)
        yield (done := Month(item, month, stock, value, entered, entered_value, left, left_value, average))
        stock, value = done.end_stock, done.end_value


def _price_exits(parts: list[Part], average: int) -> tuple[int, int]:
    """Set price and value of each exit; give their sums. Rounding down keeps the value left from falling below 0."""
    for part in parts:
        part.price, part.cents = average, part.quantity * average // 10_000
    return sum(part.quantity for part in parts), sum(part.cents for part in parts)
