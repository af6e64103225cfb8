"""Masters of one unit that hold no year: the unit itself, its catalogue, people, warehouses, seats, parameters."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

from sigasers.model import Nemonico
from sigasers.siga.basedemo import words
from sigasers.siga.basedemo.national import GOOD, PERU, SERVICE, Family, National
from sigasers.siga.basedemo.sheet import Row, Sheet
from sigasers.siga.basedemo.size import Scale
from sigasers.siga.basedemo.units import Place, place_of
from sigasers.siga.basedemo.values import day_of, dni, moment, pick, price, ruc, stamp
from sigasers.siga.basedemo.yearly import account_of

FOREIGN_PLIEGO = "036"
_FOREIGN_SEATS = 5


@dataclass(frozen=True, slots=True)
class Item:
    """One row of CATALOGO_BIEN_SERV with what orders and the warehouse need; ``price`` in millionths of a sol."""

    kind: str
    group: str
    klass: str
    family: str
    item: str
    name: str
    measure: int
    price: int
    classifier: str
    major: str
    sub_account: str
    brand: int

    @property
    def code(self) -> str:
        """The catalogue code of twelve digits."""
        return self.group + self.klass + self.family + self.item


@dataclass(frozen=True, kw_only=True)
class Unit:
    """What the yearly modules need of a unit's masters."""

    number: int
    place: Place
    national: National
    items: tuple[Item, ...]
    stock: dict[str, tuple[Item, ...]]
    services: dict[str, tuple[Item, ...]]
    warehouses: tuple[tuple[str, str], ...]
    staff: tuple[str, ...]
    seats: tuple[int, ...]

    @cached_property
    def _homes(self) -> dict[str, tuple[str, str]]:
        return {code: self.warehouses[n % len(self.warehouses)] for n, code in enumerate(self.stock)}

    def home_of(self, item: Item) -> tuple[str, str]:
        """Give the warehouse that keeps ``item``, a good in stock: one for each classifier."""
        return self._homes[item.classifier]


def fill_unit(sheet: Sheet, scale: Scale, national: National) -> Unit:
    """Fill the unit's masters without year (``sheet.year`` is the system year)."""
    chance, place = sheet.random("unit"), place_of(Nemonico(sheet.unit))
    stock, services = scale.of(540, 14, large=15_000), scale.of(420, 14, large=3_000)
    items = tuple(_items(chance, national, scale.of(9_000, 60, large=25_000), stock, services))
    unit = Unit(
        number=sheet.unit,
        place=place,
        national=national,
        items=items,
        stock=_by_classifier(items[:stock]),
        services=_by_classifier(items[stock : stock + services]),
        warehouses=tuple((f"{n:03d}", "001") for n in range(1, scale.of(4, 2, large=40) + 1)),
        staff=tuple(f"{number:05d}" for number in range(1, scale.of(1_500, 12, large=12_000) + 1)),
        seats=_seats(sheet.unit, scale),
    )
    _entity(sheet, place)
    _catalogue(sheet, chance, items)
    _staff(sheet, chance, unit)
    _buildings(sheet, unit)
    return unit


def _by_classifier(items: tuple[Item, ...]) -> dict[str, tuple[Item, ...]]:
    grouped: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        grouped[item.classifier].append(item)
    return {code: tuple(members) for code, members in grouped.items()}


def _seats(unit: int, scale: Scale) -> tuple[int, ...]:
    """Seats are numbered within the pliego, so two units of a pliego use different numbers."""
    first = unit * scale.shape(10, 150) % 9_000 + 1
    return tuple(range(first, first + scale.of(10, 2, large=115)))


def _entity(sheet: Sheet, place: Place) -> None:
    sheet.fill(
        "ejecutora",
        "nombre sector pliego ejecutora siglas localidad ubigeo ruc_ejec departamento provincia distrito",
        [
            (
                place.nombre, place.sector, place.pliego, place.ejecutora, place.siglas, place.localidad, place.ubigeo,
                ruc(2_017_000_000 + sheet.unit), place.ubigeo[:2], place.ubigeo[2:4], place.ubigeo[4:],
            )
        ],
        gestora="01", nota="", secuencia_oper="0000000001", secuencia_t6="", es_pliego="N", sec_func="0001",
        mes_apertura="01", mes_cierre="12", seace="", secuencia_trans="0000000042",
    )  # fmt: skip
    sheet.fill("sig_ejecutora", "sector pliego", [(place.sector, place.pliego)], FLAG_WEB="N")
    parameters = (
        ("RUTA_TRANSMISION", r"C:\Users\Public\mef\sers_siga\SourceOut"),
        ("RUTA_SERS", r"C:\Users\Public\mef\sers_siga"),
        ("FLAG_TECHO_ETAPAS", "S"),
    )
    sheet.fill("sig_parametro_ejecutora", "cod_maestro valor", parameters)


def _items(chance: Random, national: National, count: int, stock: int, services: int) -> Iterator[Item]:
    """First the goods in stock, then the services in use, then the rest of the catalogue."""
    families = {kind: [f for f in national.families if f.kind == kind] for kind in (GOOD, SERVICE)}
    places: dict[str, int] = {code: place for place, code in enumerate(national.classifiers)}
    used = {GOOD: 0, SERVICE: 0}
    for number in range(count):
        kind = GOOD if number < stock or (number >= stock + services and number % 4) else SERVICE
        turn = used[kind]
        used[kind] += 1
        pool = families[kind]
        yield _item(chance, national, pool[turn % len(pool)], turn, turn // len(pool) + 1, places)


def _item(
    chance: Random, national: National, family: Family, turn: int, serial: int, places: dict[str, int]
) -> Item:
    if family.kind == GOOD:
        template, measure, _ = words.GOODS[turn % len(words.GOODS)]
        cost = int(10 ** (chance.random() * 3.2) * 30) * 10_000 + 100_000
    else:
        template, _ = words.SERVICES[turn % len(words.SERVICES)]
        measure, cost = "SERVICIO", (int(chance.random() ** 3 * 200) * 50 + 400) * 1_000_000
    code = national.classifiers_used[template]
    major, sub = account_of(places[code], service=family.kind == SERVICE)
    return Item(
        kind=family.kind, group=family.group, klass=family.klass, family=family.family,
        item=f"{serial * 37 % 9_000 + 1:04d}", name=_name(chance, template), measure=national.measures[measure],
        price=cost, classifier=code, major=major, sub_account=sub,
        brand=int(chance.random() ** 3 * national.brands) + 1,
    )  # fmt: skip


def _name(chance: Random, template: str) -> str:
    return template.format(
        mg=pick(chance, (5, 10, 20, 40, 80, 100, 250, 500, 850)),
        ml=pick(chance, (1, 5, 10, 20, 60, 100, 250, 500, 1000)),
        no=int(chance.random() * 90) + 1,
        color=pick(chance, words.COLOURS),
        thing=pick(chance, words.THINGS),
        office=pick(chance, words.OFFICES),
    )


def _catalogue(sheet: Sheet, chance: Random, items: tuple[Item, ...]) -> None:
    columns = (
        "TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN NOMBRE_ITEM UNIDAD_MEDIDA UNIDAD_ADQUIS MARCA_REF"
        " PRECIO_REF PRECIO_COMPRA FECHA_COMPRA CODIGO_ITEM STOCK_MINIMO FECHA_ALTA ALIAS1 ANO_ORDEN NRO_ORDEN"
    )
    rows = (_catalogue_row(sheet.year, chance, number, item) for number, item in enumerate(items))
    sheet.fill("CATALOGO_BIEN_SERV", columns, rows, FACTOR_UNIDAD=1, TIPO_MARCA="1", FLAG_ACTIVO="S")


def _catalogue_row(year: int, chance: Random, number: int, item: Item) -> Row:
    bought = number % 3 == 0
    year_bought = year - int(chance.random() * 4)
    created = day_of(2008 + number % 12, number * 11 % 360)
    return (
        item.kind, item.group, item.klass, item.family, item.item, item.name, item.measure, item.measure, item.brand,
        price(item.price),
        price(item.price) if bought else 0,
        stamp(day_of(year_bought, int(chance.random() * 360))) if bought else None,
        item.code,
        10 if item.kind == GOOD and bought else None,
        stamp(created),
        "" if number % 4 else item.name.split()[0],
        year_bought if bought else None,
        int(chance.random() * 1_200) + 1 if bought else None,
    )  # fmt: skip


def _staff(sheet: Sheet, chance: Random, unit: Unit) -> None:
    columns = (
        "empleado apellido_paterno apellido_materno nombres nombre_completo docum_ident fecha_nac sexo_empleado"
        " fecha_ingreso fecha_reg telefonos direccion E_MAIL cuenta_banco BANCO centro_costo CARGO grupo_sang nro_ruc"
    )
    rows = (_person(sheet.year, chance, code) for code in unit.staff)
    sheet.fill("sig_personal", columns, rows, TIPO_DOCUM_IDENT="01", tipo_empleado="1", estado_civil="S")


def _person(year: int, chance: Random, code: str) -> Row:
    first, second, given = (
        pick(chance, words.SURNAMES),
        pick(chance, words.SURNAMES),
        pick(chance, words.GIVEN_NAMES),
    )
    number, identity = int(code), dni(chance)
    entered = day_of(year - 1 - int(chance.random() * 25), int(chance.random() * 365))
    born = day_of(entered.year - 20 - int(chance.random() * 20), int(chance.random() * 365))
    return (
        code, first, second, given, f"{first} {second} {given}"[:60], identity, stamp(born), "FM"[number % 2],
        stamp(entered), moment(entered, chance),
        f"9{int(chance.random() * 10**8):08d}" if number % 3 else "",
        f"{pick(chance, words.STREETS)} {int(chance.random() * 900) + 100}" if number % 2 else None,
        f"persona{number}@salud.pe" if number % 4 == 0 else None,
        f"{int(chance.random() * 10**11):011d}" if number % 3 == 0 else None,
        "018" if number % 3 == 0 else None,
        f"01.{number % 8 + 1:02d}",
        f"{number % 40 + 1:03d}",
        pick(chance, ("O+", "A+", "B+", "", None)),
        ruc(1_000_000_000 + int(identity)) if number % 5 == 0 else None,
    )  # fmt: skip


def _place_name(number: int) -> str:
    return words.PLACES[number % len(words.PLACES)]


def _buildings(sheet: Sheet, unit: Unit) -> None:
    place = unit.place
    seats = (
        (seat, place.pliego, place.sector, "SEDE CENTRAL" if n == 0 else f"PUESTO DE SALUD {_place_name(n)}",
         f"{words.STREETS[n % 6]} {n * 110 + 101}", "S" if n == 0 else "N")
        for n, seat in enumerate(unit.seats)
    )  # fmt: skip
    columns = "sede pliego sector nombre_sede direccion FLAG_PRINCIPAL"
    sheet.fill("sig_sedes", columns, seats, ANO_PROC_CTBLE=sheet.year, pais=PERU)
    names = (
        "ALMACÉN CENTRAL",
        "ALMACÉN ESPECIALIZADO DE MEDICAMENTOS",
        "ALMACÉN DE ALIMENTOS",
        "ALMACÉN DE DONACIONES",
    )
    rows = (
        (code, sub, place.pliego, names[n % len(names)][:40], unit.seats[0], unit.staff[n % len(unit.staff)])
        for n, (code, sub) in enumerate(unit.warehouses)
    )
    columns = "ALMACEN SEC_ALMACEN pliego NOMBRE_ALM SEDE EMPLEADO"
    sheet.fill("SIG_ALMACEN", columns, rows, ANO_PROCESO=sheet.year, MES_PROCESO="10", INDICADOR="1")


def fill_foreign_seats(sheet: Sheet) -> None:
    """Fill seats of a pliego to which neither unit belongs; a package by pliego must leave them out."""
    rows = ((number, FOREIGN_PLIEGO, "36", f"SEDE AJENA {number}") for number in range(1, _FOREIGN_SEATS + 1))
    sheet.fill("sig_sedes", "sede pliego sector nombre_sede", rows)
