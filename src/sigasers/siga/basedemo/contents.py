"""Which rows go into the base, in which order."""

from dataclasses import dataclass, replace

from sigasers.model import UnidadEjecutora
from sigasers.siga.basedemo.acquisition import fill_acquisition
from sigasers.siga.basedemo.budget import fill_budget
from sigasers.siga.basedemo.codes import fill_codes
from sigasers.siga.basedemo.contracts import fill_contracts
from sigasers.siga.basedemo.formulated import fill_formulated
from sigasers.siga.basedemo.modified import fill_modified
from sigasers.siga.basedemo.national import National, fill_national
from sigasers.siga.basedemo.orders import fill_orders
from sigasers.siga.basedemo.patrimony import fill_patrimony_year, fill_register
from sigasers.siga.basedemo.plan import fill_plan
from sigasers.siga.basedemo.purchases import make_commerce
from sigasers.siga.basedemo.requests import fill_requests
from sigasers.siga.basedemo.schedule import fill_schedule, fill_shared_schedule
from sigasers.siga.basedemo.sheet import Book, Sheet
from sigasers.siga.basedemo.size import Scale
from sigasers.siga.basedemo.stock import make_stock
from sigasers.siga.basedemo.treasury import fill_treasury
from sigasers.siga.basedemo.unit import fill_foreign_seats, fill_unit
from sigasers.siga.basedemo.unit_year import UnitYear, fill_unit_year
from sigasers.siga.basedemo.units import neighbour_of
from sigasers.siga.basedemo.warehouse import fill_warehouse
from sigasers.siga.basedemo.yearly import fill_yearly

_FEW = 0.03  # the year before, and the neighbour: enough to notice a filter that fails


@dataclass(frozen=True, kw_only=True)
class _Scales:
    """The unit's own year, and what is there to be left out."""

    whole: Scale
    few: Scale

    def of_year(self, own: Scale, *, is_past: bool) -> Scale:
        """The year before has few rows whoever they belong to."""
        return self.few if is_past else own


def fill_base(book: Book, *, scale: Scale, unit: UnidadEjecutora, year: int, seed: int) -> None:
    """Fill ``book`` for ``unit`` and its neighbour: the year before, ``year``, and programming for the next."""
    scales = _Scales(whole=scale, few=scale.few(_FEW))
    shared = Sheet(book=book, unit=0, year=year, seed=seed)
    national = fill_national(shared, scales.whole)
    fill_codes(shared)
    fill_shared_schedule(shared)
    fill_foreign_seats(shared)
    for each in (year - 1, year, year + 1):
        fill_yearly(replace(shared, year=each), scales.of_year(scales.whole, is_past=each < year), national)
    own, neighbour = unit.nemonico.value, neighbour_of(unit).nemonico.value
    _fill_unit(replace(shared, unit=own), scales, scales.whole, national)
    _fill_unit(replace(shared, unit=neighbour), scales, scales.few, national)


def _fill_unit(sheet: Sheet, scales: _Scales, scale: Scale, national: National) -> None:
    """Fill one unit's masters and its three years."""
    unit = fill_unit(sheet, scale, national)
    assets = fill_register(sheet, scale, unit)
    fill_schedule(sheet, first_day=sheet.unit % 10 + 1)
    for each in (sheet.year - 1, sheet.year, sheet.year + 1):
        share = scales.of_year(scale, is_past=each < sheet.year)
        unit_year = fill_unit_year(replace(sheet, year=each), share, unit)
        fill_formulated(unit_year)
        if each <= sheet.year:
            _fill_execution(unit_year)
            fill_patrimony_year(unit_year, assets)


def _fill_execution(year: UnitYear) -> None:
    """Fill what exists only once the year has begun."""
    cmn = fill_modified(year)
    commerce = make_commerce(year, cmn)
    fill_requests(year, commerce)
    fill_plan(year, cmn, commerce)
    fill_acquisition(year, commerce)
    fill_budget(year, commerce)
    fill_orders(year, commerce)
    fill_contracts(year, commerce)
    fill_warehouse(year, make_stock(year, commerce))
    fill_treasury(year)
