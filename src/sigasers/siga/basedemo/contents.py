"""Which rows go into the base, in which order."""

from dataclasses import replace

from sigasers.model import UnidadEjecutora
from sigasers.siga.basedemo.acquisition import fill_acquisition
from sigasers.siga.basedemo.budget import fill_budget
from sigasers.siga.basedemo.codes import fill_codes
from sigasers.siga.basedemo.contracts import fill_contracts
from sigasers.siga.basedemo.formulated import fill_formulated
from sigasers.siga.basedemo.modified import fill_modified
from sigasers.siga.basedemo.national import fill_national
from sigasers.siga.basedemo.orders import fill_orders
from sigasers.siga.basedemo.plan import fill_plan
from sigasers.siga.basedemo.provisional import fill_rest
from sigasers.siga.basedemo.purchases import make_commerce
from sigasers.siga.basedemo.requests import fill_requests
from sigasers.siga.basedemo.sheet import Book, Sheet
from sigasers.siga.basedemo.size import Scale, Size
from sigasers.siga.basedemo.stock import make_stock
from sigasers.siga.basedemo.unit import fill_foreign_seats, fill_unit
from sigasers.siga.basedemo.unit_year import fill_unit_year
from sigasers.siga.basedemo.units import neighbour_of
from sigasers.siga.basedemo.warehouse import fill_warehouse
from sigasers.siga.basedemo.yearly import fill_yearly

_FEW = 0.03  # the year before, and the neighbour: enough to notice a filter that fails


def fill_base(book: Book, *, size: Size, unit: UnidadEjecutora, year: int, seed: int) -> None:
    """Fill ``book`` for ``unit`` and its neighbour: the year before ``year``, ``year``, and programming for the next."""
    whole, few = Scale(size.factor), Scale(size.factor * _FEW)
    shared = Sheet(book=book, unit=0, year=year, seed=seed)
    national = fill_national(shared, whole)
    fill_codes(shared)
    fill_foreign_seats(shared)
    for each in (year - 1, year, year + 1):
        fill_yearly(replace(shared, year=each), few if each < year else whole, national)
    for number, scale in ((unit.nemonico.value, whole), (neighbour_of(unit).nemonico.value, few)):
        sheet = replace(shared, unit=number)
        masters = fill_unit(sheet, scale, national)
        for each in (year - 1, year, year + 1):
            unit_year = fill_unit_year(replace(sheet, year=each), few if each < year else scale, masters)
            fill_formulated(unit_year)
            if each <= year:
                cmn = fill_modified(unit_year)
                commerce = make_commerce(unit_year, cmn)
                fill_requests(unit_year, commerce)
                fill_plan(unit_year, cmn, commerce)
                fill_acquisition(unit_year, commerce)
                fill_budget(unit_year, commerce)
                fill_orders(unit_year, commerce)
                fill_contracts(unit_year, commerce)
                fill_warehouse(unit_year, make_stock(unit_year, commerce))
    pairs = [(replace(shared, unit=unit.nemonico.value), whole)]
    pairs += [(replace(shared, unit=unit.nemonico.value, year=year - 1), few)]
    pairs += [(replace(shared, unit=neighbour_of(unit).nemonico.value, year=y), few) for y in (year - 1, year)]
    fill_rest(pairs)
