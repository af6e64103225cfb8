"""Which rows go into the base, in which order."""

from sigasers.model import UnidadEjecutora
from sigasers.siga.basedemo.provisional import fill_rest
from sigasers.siga.basedemo.sheet import Book, Sheet
from sigasers.siga.basedemo.size import Scale, Size
from sigasers.siga.basedemo.units import neighbour_of


def fill_base(book: Book, *, size: Size, unit: UnidadEjecutora, year: int, seed: int) -> None:
    """Fill ``book`` for ``unit`` and its neighbour: the years before, of and after ``year``."""
    own, other = unit.nemonico.value, neighbour_of(unit).nemonico.value
    scale = Scale(size.factor)
    few = Scale(size.factor * 0.03)
    pairs = [(Sheet(book=book, unit=own, year=year, seed=seed), scale)]
    pairs += [(Sheet(book=book, unit=u, year=y, seed=seed), few) for u in (own, other) for y in (year - 1, year)][:1]
    pairs += [(Sheet(book=book, unit=other, year=y, seed=seed), few) for y in (year - 1, year)]
    fill_rest(pairs, groups="ADEFG")
    pairs += [(Sheet(book=book, unit=own, year=year + 1, seed=seed), scale)]
    pairs += [(Sheet(book=book, unit=other, year=year + 1, seed=seed), few)]
    fill_rest(pairs, groups="BC")
