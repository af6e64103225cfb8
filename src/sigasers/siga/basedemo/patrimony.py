"""Assets: the register of all years, and of each year depreciation, movements, assignments and the physical count.

SIG_PATRIMONIO, SIG_PATRIMONIO_INM and its parts hold all years (ANO_EJE there is the year of registration, outside the
key). Value at the start less depreciation at the start less the year's is what remains, to the céntimo.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from sigasers.siga.basedemo import words
from sigasers.siga.basedemo.national import GOOD, Supplier
from sigasers.siga.basedemo.sheet import Row, Sheet, Value
from sigasers.siga.basedemo.size import Scale
from sigasers.siga.basedemo.unit import Item, Unit
from sigasers.siga.basedemo.unit_year import UnitYear
from sigasers.siga.basedemo.values import day_of, low, moment, pick, soles, stamp

_RATES = (10, 25)  # percent a year: furniture and machines; computers
_CONSERVATION = "11112223345"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Equal things bought together; ``cents`` is the value of one, ``rate`` its percent of depreciation a year."""

    kind: int
    name: str
    item: Item
    order: int
    bought: date
    at: str
    cents: int
    rate: int
    supplier: Supplier


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One row of the register."""

    number: int
    code: str
    lot: Lot
    keeper: str
    centre: str
    conserved: str

    def depreciation(self, until: int) -> int:
        """Give the céntimos written off by the end of the year ``until``, never more than the value less 1 sol."""
        years = max(0, until - self.lot.bought.year)
        return min(self.lot.cents * self.lot.rate * years // 100, self.lot.cents - 100)


def fill_register(sheet: Sheet, scale: Scale, unit: Unit) -> tuple[Asset, ...]:
    """Fill the register of all years and give its assets, oldest first."""
    chance = sheet.random("patrimony")
    assets = tuple(_assets(chance, sheet.year, scale, unit))
    sheet.fill("SIG_PATRIMONIO", _REGISTER, (_registered(sheet, unit, a) for a in assets), **_EQUAL)
    _real_estate(sheet, scale, unit, chance)
    return assets


def fill_patrimony_year(year: UnitYear, assets: tuple[Asset, ...]) -> None:
    """Fill what happened to the assets in the sheet's year."""
    _movements(year, assets)
    _assignments(year, assets)
    _physical_count(year, assets)


def _assets(chance: Random, year: int, scale: Scale, unit: Unit) -> Iterator[Asset]:
    count = scale.of(8_000, 12, large=80_000)
    goods = [item for item in unit.items if item.kind == GOOD]
    serial: dict[int, int] = {}
    number = 0
    while number < count:
        lot = _lot(chance, year - 16 + number * 16 // count, goods, unit)
        for _ in range(min(int(chance.random() ** 2 * 12) + 1, count - number)):
            number += 1
            serial[lot.kind] = serial.get(lot.kind, 0) + 1
            thousands, last = divmod(serial[lot.kind], 10_000)
            code = f"{74_080_000 + lot.kind * 1_187 + thousands:08d}{last:04d}"
            keeper, conserved = pick(chance, unit.staff), pick(chance, _CONSERVATION)
            centre = "01" if number % 12 == 0 else f"01.{number % 3 + 1:02d}"
            yield Asset(number=number, code=code, lot=lot, keeper=keeper, centre=centre, conserved=conserved)


def _lot(chance: Random, year: int, goods: list[Item], unit: Unit) -> Lot:
    """What one order brought: one to twelve equal things."""
    kind = int(chance.random() ** 2 * len(words.ASSETS))
    bought = day_of(year, int(chance.random() * 360))
    return Lot(
        kind=kind,
        name=f"{words.ASSETS[kind]} - {pick(chance, words.BRANDS)}",
        item=goods[-1 - kind % len(goods)],
        order=int(chance.random() * 900) + 1,
        bought=bought,
        at=moment(bought, chance),
        cents=int(10 ** (2.4 + chance.random() * 2.2)) * 100,
        rate=_RATES[kind < 3],
        supplier=low(chance, unit.national.suppliers),
    )


_EQUAL: dict[str, Value] = {"TIPO_MODALIDAD": 1, "TIPO_PPTO": 1}
_REGISTER = (
    "SECUENCIA CODIGO_ACTIVO ESTADO TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN DESCRIPCION TIPO_ACTIVO SEDE"
    " pliego CENTRO_COSTO EMPLEADO EMPLEADO_FINAL TIPO_UBICAC COD_UBICAC MODELO MEDIDAS NRO_SERIE MARCA ESTADO_CONSERV"
    " FECHA_COMPRA VALOR_COMPRA NRO_ORDEN PROVEEDOR FECHA_ALTA VIDA_UTIL TASA_DEPREC VALOR_INICIAL VALOR_DEPREC"
    " ANO_PROCESO MES_PROCESO HVALOR_INICIAL HDEPR_INICIAL HDEPR_EJERCICIO ANO_EJE MAYOR SUB_CTA FECHA_REG"
    " OBSERVACIONES CARACTERISTICAS FEC_BAJA_CTBLE FLAG_UBICA"
)


def _registered(sheet: Sheet, unit: Unit, a: Asset) -> Row:
    before, until = a.depreciation(sheet.year - 1), a.depreciation(sheet.year)
    gone = a.conserved in "45" and a.number % 2 == 0
    return (
        a.number, a.code, "B" if gone else "A", a.lot.item.kind, a.lot.item.group, a.lot.item.klass,
        a.lot.item.family, a.lot.item.item,
        a.lot.name, "F", unit.seats[a.number % len(unit.seats)], unit.place.pliego, a.centre, a.keeper, a.keeper, 1,
        f"{a.number % 15 + 1:03d}", f"MOD-{a.number % 61:02d}" if a.number % 2 else "",
        None if a.number % 4 else "60X40X75 cm",
        _serial(a), a.lot.item.brand, a.conserved, stamp(a.lot.bought), soles(a.lot.cents), a.lot.order,
        a.lot.supplier.number, stamp(a.lot.bought), 100 / a.lot.rate, a.lot.rate, soles(a.lot.cents),
        soles(until), sheet.year, "12",
        soles(a.lot.cents), soles(before), soles(until - before), a.lot.bought.year, "1503",
        "0201.02", a.lot.at, "" if a.number % 5 else f"REVISADO\tOK\nUBICADO EN {words.OFFICES[a.number % 32]}",
        f"COLOR {words.COLOURS[a.number % 6]}" if a.number % 3 == 0 else None,
        stamp(day_of(sheet.year - 1, a.number % 300)) if gone else None, "S" if a.number % 9 else "N",
    )  # fmt: skip


def _serial(asset: Asset) -> str | None:
    if asset.number % 3 == 0:
        return None
    return "S/N" if asset.number % 7 == 0 else f"PE{asset.lot.order * 7919 % 10**5:05d}{asset.number:04d}"


def _movements(year: UnitYear, assets: tuple[Asset, ...]) -> None:
    few = year.scale.of(600, 3, large=8_000)
    moved = assets[:: max(1, len(assets) // few)][:few]
    columns = (
        "SECUENCIA TASA_DEPREC HVALOR_INICIAL HDEPR_INICIAL HDEPR_PERIODO HDEPR_EJERCICIO SALDO_VALOR_INICIAL"
        " HVALOR_INICIAL_ORIG HDEPR_INICIAL_ORIG"
    )
    year.sheet.fill("SIG_MOVIM_PATRIMONIO", columns, (_depreciated(year, a) for a in moved), TIPO_MODALIDAD=1)
    wanted = year.scale.of(2_000, 4, large=60_000)
    detailed = assets[1 :: max(1, len(assets) // wanted)][:wanted]
    columns = (
        "SECUENCIA CODIGO_ACTIVO ESTADO TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN DESCRIPCION CENTRO_COSTO"
        " EMPLEADO EMPLEADO_FINAL NRO_SERIE MARCA ESTADO_CONSERV FECHA_MOVIMTO FECHA_COMPRA VALOR_COMPRA PROVEEDOR"
        " FECHA_ALTA TASA_DEPREC HVALOR_INICIAL HDEPR_INICIAL HDEPR_EJERCICIO FECHA_REG OBSERVACIONES MAYOR SUB_CTA"
    )
    rows = (_detail(year, a) for a in detailed)
    year.sheet.fill(
        "SIG_DET_MOVIM_PATRIMONIO", columns, rows, ANO_PROCESO=year.sheet.year, MES_PROCESO="12", **_EQUAL
    )
    out = detailed[: year.scale.of(25, 2)]
    rows_out = (
        (n, a.number, a.centre, a.keeper, "SALIDA POR REPARACIÓN" if n % 2 else "")
        for n, a in enumerate(out, 1)
    )
    columns = "NRO_SECUENCIA SECUENCIA CENTRO_COSTO EMPLEADO OBSERV_SALIDA"
    equal: dict[str, Value] = {
        "MES_PROCESO": "06",
        "TIPO_MOVIMTO": "S",
        "NRO_MOVIMTO": 1,
        "TIPO_MODALIDAD": 1,
    }
    year.sheet.fill("SIG_DETALLE_ACTIVOS", columns, rows_out, **equal)


def _depreciated(year: UnitYear, a: Asset) -> Row:
    before = a.depreciation(year.sheet.year - 1)
    period = a.depreciation(year.sheet.year) - before
    value = soles(a.lot.cents)
    return (
        a.number, a.lot.rate, value, soles(before), soles(period // 12), soles(period),
        soles(a.lot.cents - before), value,
        soles(before),
    )  # fmt: skip


def _detail(year: UnitYear, a: Asset) -> Row:
    before = a.depreciation(year.sheet.year - 1)
    period = a.depreciation(year.sheet.year) - before
    moved = stamp(day_of(year.sheet.year, a.number * 3 % 360))
    return (
        a.number, a.code, "A", a.lot.item.kind, a.lot.item.group, a.lot.item.klass, a.lot.item.family,
        a.lot.item.item, a.lot.name, a.centre,
        a.keeper, a.keeper, _serial(a), a.lot.item.brand, a.conserved, moved, stamp(a.lot.bought), soles(a.lot.cents),
        a.lot.supplier.number, stamp(a.lot.bought), a.lot.rate, soles(a.lot.cents), soles(before), soles(period),
        a.lot.at,
        None if a.number % 6 else "SIN NOVEDAD", "1503", "0201.02",
    )  # fmt: skip


def _assignments(year: UnitYear, assets: tuple[Asset, ...]) -> None:
    """Every asset in the year's share has a keeper; one in eight (a large unit: two) changed hands and has two rows."""
    chance = year.sheet.random("assignments")
    here = assets[: min(len(assets), year.scale.of(8_000, 4, large=80_000))]
    rows = [row for a in here for row in _assigned(chance, year, a)]
    columns = (
        "SECUENCIA NRO_ASIGNAC EMPLEADO_FINAL EMPLEADO SEDE pliego CENTRO_COSTO FECHA_ASIG MOTIVO DOC_REFERENCIA"
        " FECHA_REG"
        " TIPO_UBICAC COD_UBICAC MES_ASIG OBSERVACIONES"
    )
    year.sheet.fill("SIG_ASIGNACIONES", columns, rows, TIPO_MODALIDAD=1)
    few = rows[: year.scale.of(40, 2)]
    columns = "SECUENCIA NRO_ASIGNAC SEC_ASIGNAC EMPLEADO TIPO_UBICAC COD_UBICAC FECHA_REG"
    moves = ((row[0], row[1], 1, row[3], row[11], row[12], row[10]) for row in few)
    year.sheet.fill("SIG_MOVIM_ASIGNACION", columns, moves, TIPO_MODALIDAD=1)


def _assigned(chance: Random, year: UnitYear, a: Asset) -> Iterator[Row]:
    for turn in range(1, 2 + (a.number % year.scale.shape(8, 2) == 0)):
        day = day_of(year.sheet.year, a.number * 340 // year.scale.shape(8_000, 80_000) + turn * 3)
        keeper = a.keeper if turn == 1 else pick(chance, year.unit.staff)
        yield (
            a.number, turn, keeper, keeper, year.unit.seats[a.number % len(year.unit.seats)], year.unit.place.pliego,
            a.centre, stamp(day), "ASIGNACIÓN EN USO" if turn == 1 else "ROTACIÓN DE PERSONAL",
            f"ACTA {a.number:05d}-{year.sheet.year}" if a.number % 3 == 0 else "", moment(day, chance), 1,
            f"{a.number % 15 + 1:03d}", f"{day.month:02d}", None,
        )  # fmt: skip


def _physical_count(year: UnitYear, assets: tuple[Asset, ...]) -> None:
    at = stamp(day_of(year.sheet.year, 362))
    name = f"INVENTARIO FÍSICO AÑO {year.sheet.year}"
    year.sheet.fill("SIG_INVENTARIO_FISICO", "NRO_INVENTARIO NOMBRE FECHA_REG", [(1, name, at)])
    here = assets[: min(len(assets), year.scale.of(8_000, 4, large=80_000))]
    rows = ((a.number, "N" if a.number % 23 == 0 else "S") for a in here)
    columns = "SECUENCIA FLAG_UBICA"
    year.sheet.fill("SIG_DETALLE_INVENT_FISICO", columns, rows, TIPO_MODALIDAD=1, NRO_INVENTARIO=1)


def _real_estate(sheet: Sheet, scale: Scale, unit: Unit, chance: Random) -> None:
    """Fill land and buildings: three plots, their units of asset, and two components a unit for some."""
    plots = range(1, 4)
    rows = (
        (
            n,
            f"TERRENO Y EDIFICACIÓN {words.PLACES[n]}",
            f"LOCAL {n}",
            unit.seats[0],
            sheet.year - n,
            1_000.5 * n,
        )
        for n in plots
    )
    columns = "SECUENCIA DESCRIPCION NOMBRE_INMUEBLE SEDE ANO_EJE RP_AREA_TERRENO"
    sheet.fill("SIG_PATRIMONIO_INM", columns, rows)
    units = [
        (
            (n - 1) % 3 + 1,
            n,
            f"PABELLÓN {n} - {words.OFFICES[n % 32]}"[:60],
            int(chance.random() * 9_000_000) + 100_000,
        )
        for n in range(1, scale.of(35, 3, large=800) + 1)
    ]
    columns = "SECUENCIA SEC_UNIDAD_ACTIVO DESCRIPCION VALOR_TOTAL_CALCULADO ANO_EJE MAYOR SUB_CTA"
    assets = (
        (plot, n, name, soles(cents), sheet.year - n % 4, "1501", "0101.01") for plot, n, name, cents in units
    )
    sheet.fill("SIG_INM_UNIDAD_ACTIVO", columns, assets)
    parts = (
        (
            plot,
            n,
            part,
            ("ESTRUCTURA", "ACABADOS")[part - 1],
            3,
            soles(cents // 2 if part == 1 else cents - cents // 2),
        )
        for plot, n, _, cents in units[:8]
        for part in (1, 2)
    )
    columns = "SECUENCIA SEC_UNIDAD_ACTIVO SEC_COMPONENTE DENOMINACION TASA_DEPRECIACION VALOR_SOLES"
    sheet.fill("SIG_INM_COMPONENTE", columns, parts, ANO_EJE=sheet.year - 1)
