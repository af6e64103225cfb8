"""Small makers of values: exact money, dates as SIGA stores them, numbers with check digits, names, the classifier.

Money is counted in whole céntimos and prices in millionths, so that what must add up does; ``soles`` and ``price``
give the nearest double, which rounds back to exactly those digits.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import TypeVar

from sigasers.siga.basedemo import words

T = TypeVar("T")
_RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def soles(centimos: int) -> float:
    """Give an amount of céntimos as the number that a money column holds."""
    return centimos / 100


def price(millionths: int) -> float:
    """Give a unit price in millionths of a sol as the number that its column holds."""
    return millionths / 1_000_000


def worth(quantity: int, millionths: int) -> int:
    """Give quantity x price in céntimos, halves up."""
    return (quantity * millionths + 5_000) // 10_000


def pick(chance: Random, options: Sequence[T]) -> T:
    """Give one of ``options``; cheaper than ``choice``, which the hot loops feel."""
    return options[int(chance.random() * len(options))]


def low(chance: Random, options: Sequence[T]) -> T:
    """Give one of ``options``, the first ones far more often: few suppliers win most orders."""
    return options[int(chance.random() ** 2.5 * len(options))]


@lru_cache(maxsize=4_096)
def day_of(year: int, ordinal: int) -> date:
    """Give the day ``ordinal`` (0 is 1 January) of ``year``, never beyond 31 December."""
    return min(date(year, 1, 1) + timedelta(days=ordinal), date(year, 12, 31))


@lru_cache(maxsize=8_192)
def stamp(day: date) -> str:
    """Give a date as a ``datetime`` column without time holds it."""
    return f"{day.isoformat()} 00:00:00"


def moment(day: date, chance: Random) -> str:
    """Give the instant of registration: half carry the day alone, the others a clock, some with thousandths.

    SQL Server's ``datetime`` keeps 1/300 s, shown as thousandths that end in 0, 3 or 7: a SIGA holds no others.
    """
    if chance.random() < 0.5:
        return f"{day.isoformat()} 00:00:00.000"
    seconds = int(chance.random() * 34_200) + 28_800
    tick = int(chance.random() * 1_500)
    thousandths = round(tick * 10 / 3) if tick < 300 else 0
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{day.isoformat()} {clock}.{thousandths:03d}"


def ruc(stem: int) -> str:
    """Give the RUC of ten digits ``stem`` with its check digit (SUNAT, modulus 11)."""
    digits = f"{stem:010d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _RUC_WEIGHTS, strict=True)) % 11
    return f"{digits}{rest % 10}"


def dni(chance: Random) -> str:
    """Give a DNI of eight digits."""
    return f"{int(chance.random() * 65_000_000) + 10_000_000:08d}"


def classifier(generic: int, levels: str) -> str:
    """Give a CLASIFICADOR of fixed width: ``classifier(3, "2 9. 1 1")`` is ``2.3. 2  9. 1  1``."""
    first, second, third, fourth = levels.replace(".", " ").split()
    return f"2.{generic}.{first:>2}{second:>3}.{third:>2}{fourth:>3}"


def firm(chance: Random) -> str:
    """Give a supplier's name."""
    names = f"{pick(chance, words.FIRM_NAMES)} {pick(chance, words.SURNAMES)}"
    return f"{pick(chance, words.FIRM_STARTS)} {names} {pick(chance, words.FIRM_ENDS)}"


def reason(chance: Random, office: str, day: date) -> str:
    """Give the free text of a request; some hold tabs and line breaks, as operators paste them."""
    text = pick(chance, words.REASONS)
    number = int(chance.random() * 900) + 1
    return text.format(office=office, no=number, year=day.year, month=words.MONTHS[day.month - 1])
