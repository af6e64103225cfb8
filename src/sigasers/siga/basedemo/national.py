"""Masters that every unit shares and that hold no year: geography, entities, catalogue tree, brands, suppliers.

None of these tables has a SEC_EJEC; all their rows belong to all units.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from sigasers.siga.basedemo import words
from sigasers.siga.basedemo.sheet import Row, Sheet
from sigasers.siga.basedemo.size import Scale
from sigasers.siga.basedemo.values import classifier, day_of, firm, moment, pick, ruc, stamp

PERU = "9589"
GOOD, SERVICE = "B", "S"


@dataclass(frozen=True, slots=True)
class Family:
    """A node of the catalogue: kind (B or S), group, class, family."""

    kind: str
    group: str
    klass: str
    family: str


@dataclass(frozen=True, slots=True)
class Supplier:
    """One of SIG_CONTRATISTAS."""

    number: int
    name: str
    ruc: str


@dataclass(frozen=True, kw_only=True)
class National:
    """What the units' modules need of the shared masters."""

    families: tuple[Family, ...]
    suppliers: tuple[Supplier, ...]
    brands: int
    measures: dict[str, int]
    classifiers: tuple[str, ...]
    classifiers_used: dict[str, str]


def fill_national(sheet: Sheet, scale: Scale) -> National:
    """Fill the shared masters without year and give what other modules choose from."""
    chance = sheet.random("national")
    _entities(sheet, scale)
    _geography(sheet, scale)
    suppliers = tuple(_suppliers(chance, scale.of(3_000, 40, large=15_000)))
    _contratistas(sheet, chance, suppliers)
    used = {name: classifier(3, levels) for name, _, levels in words.GOODS}
    used |= {name: classifier(3, levels) for name, levels in words.SERVICES}
    return National(
        families=_catalogue_tree(sheet, scale, chance),
        suppliers=suppliers,
        brands=_brands(sheet, scale, chance),
        measures=_measures(sheet, scale),
        classifiers=_classifiers(used, scale.of(1_800, 60)),
        classifiers_used=used,
    )


def _entities(sheet: Sheet, scale: Scale) -> None:
    sectors = [f"{number:02d}" for number in (99, 1, 11, 36, *range(2, 11), *range(12, 29))]
    sheet.fill("sector", "sector nombre", ((code, f"SECTOR {code}") for code in sectors))
    pairs = [("99", "463"), ("11", "011"), ("01", "026"), ("36", "036")]
    pairs += [(sectors[number % len(sectors)], f"{500 + number}") for number in range(scale.of(246, 10))]
    sheet.fill("pliego", "sector pliego nombre", ((s, p, _pliego_name(p)) for s, p in pairs))
    sheet.fill(
        "gestora", "sector pliego gestora nombre", ((s, p, "01", _pliego_name(p)) for s, p in pairs[:8])
    )


def _pliego_name(code: str) -> str:
    known = {"463": "GOBIERNO REGIONAL DEL DEPARTAMENTO DE LIMA", "011": "MINISTERIO DE SALUD"}
    return known.get(code, f"PLIEGO {code}")


def _geography(sheet: Sheet, scale: Scale) -> None:
    sheet.fill("ubigeo", "pais departamento provincia distrito nombre", _ubigeos(scale.of(2_200, 60)))
    rooms = ("CONSULTORIO", "OFICINA", "PABELLÓN", "SALA", "AMBIENTE")
    spots = (
        (
            number // 900 + 1,
            f"{number % 900 + 1:03d}",
            f"{rooms[number % 5]} {number // 5 + 1} - {_office(number)}",
        )
        for number in range(scale.of(600, 20, large=6_000))
    )
    sheet.fill("SIG_UBICAC_FISICA", "TIPO_UBICAC COD_UBICAC UBICAC_FISICA", spots)


def _office(number: int) -> str:
    return words.OFFICES[number % len(words.OFFICES)]


def _ubigeos(count: int) -> Iterator[Row]:
    """Departments are 01 to 25, provinces and districts count up; Lima's Cañete is 15-05."""
    for number in range(count):
        department, rest = number % 25, number // 25
        province, district = rest % 9 + 1, rest // 9 + 1  # provinces first: a small base has 15-05-01 too
        place = words.PLACES[(number * 7) % len(words.PLACES)]
        suffix = f" DE {words.DEPARTMENTS[department]}" if number % 3 else ""
        yield PERU, f"{department + 1:02d}", f"{province:02d}", f"{district:02d}", place + suffix


def _measures(sheet: Sheet, scale: Scale) -> dict[str, int]:
    names = list(dict.fromkeys([*(measure for _, measure, _ in words.GOODS), "SERVICIO"]))
    measures = {name: number for number, name in enumerate(names, start=1)}
    more = [
        f"{pick_base} X {number}"
        for number in range(2, 60)
        for pick_base in ("CAJA", "PAQUETE", "FRASCO", "ROLLO")
    ]
    more += [f"{base} DE {number} UNIDADES" for number in range(2, 600) for base in ("JUEGO", "KIT")]
    wanted = scale.of(765, 30) - len(names)
    rows = [
        *measures.items(),
        *((name, len(names) + place) for place, name in enumerate(more[:wanted], start=1)),
    ]
    columns = "UNIDAD_MEDIDA NOMBRE ABREVIATURA UNIDAD_MEDIDA_SIAF ES_LOGISTICA"
    sheet.fill("unidad_medida", columns, ((code, name, name[:4].rstrip(), code, "S") for name, code in rows))
    return measures


def _brands(sheet: Sheet, scale: Scale, chance: Random) -> int:
    count = scale.of(3_000, 40, large=12_000)
    rows = (
        ("1", number, words.BRANDS[number - 1] if number <= len(words.BRANDS) else _brand(chance))
        for number in range(1, count + 1)
    )
    sheet.fill("MARCA", "TIPO_MARCA MARCA NOMBRE", rows)
    return count


def _brand(chance: Random) -> str:
    syllables = (
        "ME",
        "DI",
        "TEC",
        "LA",
        "BO",
        "SU",
        "ÑA",
        "RI",
        "PHAR",
        "MA",
        "QUI",
        "TO",
        "VEL",
        "ZO",
        "CRI",
        "NO",
    )
    return "".join(pick(chance, syllables) for _ in range(2 + int(chance.random() * 3)))


def _suppliers(chance: Random, count: int) -> Iterator[Supplier]:
    """Nine in ten are firms (RUC 20...), the others persons (RUC 10 + DNI)."""
    for number in range(1, count + 1):
        if number % 10:
            yield Supplier(
                number, firm(chance), ruc(2_000_000_000 + int(chance.random() * 94_999_999) + 5_000_000)
            )
        else:
            name = f"{pick(chance, words.SURNAMES)} {pick(chance, words.SURNAMES)} {pick(chance, words.GIVEN_NAMES)}"
            yield Supplier(number, name, ruc(1_010_000_000 + int(chance.random() * 60_000_000)))


def _contratistas(sheet: Sheet, chance: Random, suppliers: tuple[Supplier, ...]) -> None:
    columns = (
        "PROVEEDOR NOMBRE_PROV NRO_RUC GIRO_GENERAL TIPO_PERSONA TELEFONOS EMAIL DIRECCION FECHA_REG CCI FECHA_INSCRIP"
        " FLAG_RNP NRO_RNP"
    )
    sheet.fill(
        "SIG_CONTRATISTAS",
        columns,
        (_contratista(chance, s) for s in suppliers),
        TIPO_ID="R",
        TIPO_CONTRAT="1",
    )


def _contratista(chance: Random, supplier: Supplier) -> Row:
    day = day_of(2009 + int(chance.random() * 12), int(chance.random() * 360))
    firm_like = supplier.ruc.startswith("20")
    handle = supplier.name.split()[1].lower().encode("ascii", "ignore").decode()
    return (
        supplier.number,
        supplier.name,
        supplier.ruc,
        None if supplier.number % 3 else f"VENTA DE {_office(supplier.number)}\tY SERVICIOS CONEXOS",
        "02" if firm_like else "01",
        f"9{int(chance.random() * 10**8):08d}" if supplier.number % 4 else "",
        f"{handle}{supplier.number}@correo.pe" if supplier.number % 5 else None,
        f"{pick(chance, words.STREETS)} N° {int(chance.random() * 990) + 10}",
        moment(day, chance),
        f"0{int(chance.random() * 10**10):010d}{supplier.number:09d}" if supplier.number % 2 else None,
        stamp(day),
        "S" if firm_like else "N",
        f"P{supplier.number:07d}" if firm_like else "",
    )


def _catalogue_tree(sheet: Sheet, scale: Scale, chance: Random) -> tuple[Family, ...]:
    """Groups, then classes spread over them, then families spread over those."""
    goods = scale.of(55, 6)
    groups = [(GOOD, f"{number:02d}") for number in range(1, goods + 1)]
    groups += [(SERVICE, f"{number:02d}") for number in range(1, scale.of(40, 4) + 1)]
    classes = [(*groups[n % len(groups)], f"{n // len(groups) + 1:02d}") for n in range(scale.of(900, 20))]
    families = tuple(
        Family(*classes[number % len(classes)], f"{number // len(classes) + 1:04d}")
        for number in range(scale.of(9_000, 60))
    )
    _tree_rows(sheet, chance, groups, classes, families)
    return families


def _tree_rows(
    sheet: Sheet,
    chance: Random,
    groups: list[tuple[str, str]],
    classes: list[tuple[str, str, str]],
    families: tuple[Family, ...],
) -> None:
    def name(kind: str) -> str:
        first = pick(chance, words.GOODS)[0] if kind == GOOD else pick(chance, words.SERVICES)[0]
        return f"{first.split('{')[0].strip()} - {pick(chance, words.THINGS)}"[:100]

    sheet.fill("grupo_bien_serv", "tipo_bien grupo_bien nombre_grupo", ((*g, name(g[0])) for g in groups))
    origin = ((f.kind, f.group, f.klass, f.family, "0001", name(f.kind)) for f in families[:5])
    columns = "TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN NOMBRE_ITEM"
    sheet.fill(
        "CATALOGO_BIEN_SERV_ORIGINAL", columns, origin
    )  # a few: the national catalogue is never exported
    rows = ((*c, name(c[0])) for c in classes)
    sheet.fill("clase_bien_serv", "tipo_bien grupo_bien clase_bien nombre_clase", rows)
    sheet.fill(
        "familia_bien_serv",
        "tipo_bien grupo_bien clase_bien familia_bien nombre_fam tipo_activo",
        (
            (f.kind, f.group, f.klass, f.family, name(f.kind), "F" if n % 9 == 0 else "")
            for n, f in enumerate(families)
        ),
    )


def _classifiers(used: dict[str, str], count: int) -> tuple[str, ...]:
    """The classifiers in use first, then others of the generic expenses 1 to 6."""
    found = dict.fromkeys(used.values())
    for number in range(count * 2):
        levels = (
            f"{number // 600 % 4 + 1} {number // 60 % 12 + 1}. {number // 6 % 5 + 1} {number // 30 % 9 + 1}"
        )
        found.setdefault(classifier(number % 6 + 1, levels))
        if len(found) >= count:
            break
    return tuple(found)
