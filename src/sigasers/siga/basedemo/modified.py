"""The needs table in force (CMN): every item with four rows, one a programmed year, its balances and its changes.

ANNO_EJEC is the year of execution and decides to which package a row belongs; ANNO_PROG is the programmed year.
Items of one bundle that ask for the same good share a balance (SEC_CUA_MOD_SAL), one balance a programmed year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from sigasers.siga.basedemo import words
from sigasers.siga.basedemo.formulated import MONTHS, PATTERNS, QUANTITIES
from sigasers.siga.basedemo.sheet import Row, Value
from sigasers.siga.basedemo.unit import Item
from sigasers.siga.basedemo.unit_year import Bundle, UnitYear
from sigasers.siga.basedemo.values import day_of, moment, pick, price, soles, stamp

_CANT = " ".join(f"CANT_{month}" for month in MONTHS)
_MNTO = " ".join(f"MNTO_{month}" for month in MONTHS)
_FLAGS = " ".join(f"FLG_MNTO_{month}" for month in MONTHS)


@dataclass(frozen=True, slots=True)
class Planned:
    """One item of the CMN: its place (SEC_CUADRO, SEC_ITEM), quantity a month of its pattern, first balance."""

    bundle: Bundle
    table: int
    place: int
    item: Item
    base: int
    pattern: tuple[int, ...]
    balance: int


@dataclass(frozen=True, kw_only=True)
class Cmn:
    """The CMN of one unit's year: all items, and those of each bundle by its number."""

    items: tuple[Planned, ...]
    by_bundle: dict[int, tuple[Planned, ...]]


def fill_modified(year: UnitYear) -> Cmn:
    """Fill the CMN in force and give its items, from which requests are made."""
    chance = year.sheet.random("modified")
    items = tuple(_items(chance, year))
    grouped: dict[int, list[Planned]] = {}
    for planned in items:
        grouped.setdefault(planned.bundle.number, []).append(planned)
    cmn = Cmn(items=items, by_bundle={number: tuple(members) for number, members in grouped.items()})
    _tables(year, chance)
    _details(year, chance, cmn)
    _balances(year, cmn)
    _originals(year, cmn)
    _requests(year, chance, cmn)
    return cmn


def _items(chance: Random, year: UnitYear) -> Iterator[Planned]:
    """Every bundle asks for its items in turn; one in eight asks for the item before it again."""
    wanted, balance = year.scale.of(8_250, 24, large=75_000), 1
    place_in_table: dict[str, int] = {}
    tables = {centre.code: number for number, centre in enumerate(year.centres, start=1)}
    for number, bundle in enumerate(year.bundles):
        turn, pattern = 0, pick(chance, PATTERNS)
        for ordinal in range(
            wanted * (number + 1) // len(year.bundles) - wanted * number // len(year.bundles)
        ):
            again = ordinal > 0 and chance.random() < 0.13
            if not again:
                turn += 1
                balance += 4
            code = bundle.centre.code
            place_in_table[code] = place_in_table.get(code, 0) + 1
            item = bundle.items[(turn - 1) % len(bundle.items)]
            base = pick(chance, QUANTITIES) if item.kind == "B" else 1
            yield Planned(bundle, tables[code], place_in_table[code], item, base, pattern, balance - 4)


def _quantity(planned: Planned, ahead: int) -> int:
    """The quantity of a month, ``ahead`` years after the year of execution; later years are vaguer and smaller."""
    return planned.base if ahead == 0 else planned.base * (4 - ahead) // 4


def _tables(year: UnitYear, chance: Random) -> None:
    at = day_of(year.sheet.year, 4)
    rows = ((c.code, n, moment(at, chance)) for n, c in enumerate(year.centres, start=1))
    columns = "CENTRO_COSTO SEC_CUADRO FECHA_REG"
    year.sheet.fill("SIG_CUADRO_MODIFICADO", columns, rows, CUSER_ID="MHUAMAN", EQUIPO_REG="UE-LOG-101")


def _details(year: UnitYear, chance: Random, cmn: Cmn) -> None:
    columns = (
        "CENTRO_COSTO SEC_CUADRO SEC_ITEM ANNO_PROG ESTADO PROCEDENCIA FLAG_MODIFICADO MOTIVO_SOLICITUD PRECIO_REF"
        " ORIGEN FUENTE_FINANC SEC_FUNC CODIGO_TAREA CLASIFICADOR TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN"
        f" ITEM_BIEN UNIDAD_MEDIDA PRECIO_UNIT SEC_CUA_MOD_SAL FECHA_REG {_FLAGS} {_CANT} CANT_TOTAL {_MNTO} MNTO_TOTAL"
    )
    days = [moment(day_of(year.sheet.year, 4 + n % 250), chance) for n in range(400)]
    rows = (row for planned in cmn.items for row in _four_years(year, planned, pick(chance, days)))
    equal: dict[str, Value] = {
        "FLAG_SOLICITUD": "0", "FLAG_GASTO": "0", "PORC_GASTO": 0, "TIPO_TAREA": "1", "NIVEL_TAREA": "4",
        "TIPO_USO": "C",
    }  # fmt: skip
    year.sheet.fill("SIG_CUADRO_MODIFICADO_DET", columns, rows, **equal)


def _four_years(year: UnitYear, planned: Planned, at: str) -> Iterator[Row]:
    bundle, item = planned.bundle, planned.item
    changed = planned.place % 25 == 0
    head = (bundle.centre.code, planned.table, planned.place)
    state = (
        ("IT", "N", "1", "1") if changed and planned.place % 2 else ("C", "C", "1" if changed else "0", "0")
    )
    cost = price(item.price)
    keys = (
        cost, bundle.origin, bundle.source, bundle.goal.number, bundle.task, bundle.classifier, item.kind, item.group,
        item.klass, item.family, item.item, item.measure, cost,
    )  # fmt: skip
    flags = tuple("1" if share else "0" for share in planned.pattern)
    cents = item.price // 10_000
    for ahead in range(4):
        base = _quantity(planned, ahead)
        quantities = [share * base for share in planned.pattern]
        amounts = [quantity * cents for quantity in quantities]
        yield (
            *head, year.sheet.year + ahead, *state, *keys, planned.balance + ahead, at, *flags, *quantities,
            sum(quantities), *(soles(amount) for amount in amounts), soles(sum(amounts)),
        )  # fmt: skip


def _balances(year: UnitYear, cmn: Cmn) -> None:
    """Fill the balances: what is left (CANT), asked for (_SC) and taken by the plan (_CMN) add up to the original."""
    columns = "SEC_CUA_MOD_SAL CANT_TOTAL_ORI CANT_TOTAL CANT_TOTAL_SC CANT_TOTAL_CMN " + " ".join(
        f"CANT_{month} CANT_{month}_SC CANT_{month}_CMN" for month in MONTHS
    )
    months: dict[int, list[int]] = {}
    for planned in cmn.items:
        for ahead in range(4):
            base = _quantity(planned, ahead)
            held = months.setdefault(planned.balance + ahead, [0] * 12)
            months[planned.balance + ahead] = [
                sum(pair) for pair in zip(held, (share * base for share in planned.pattern), strict=True)
            ]
    year.sheet.fill(
        "SIG_CUADRO_MODIFICADO_SALDO", columns, (_balance(number, held) for number, held in months.items())
    )


def _balance(number: int, original: list[int]) -> Row:
    this_year = number % 4 == 1
    asked = [quantity // 10 if this_year and number % 3 == 0 else 0 for quantity in original]
    taken = [quantity // 2 if this_year and number % 5 < 3 else 0 for quantity in original]
    left = [whole - sc - cmn for whole, sc, cmn in zip(original, asked, taken, strict=True)]
    monthly = [value for three in zip(left, asked, taken, strict=True) for value in three]
    return (number, sum(original), sum(left), sum(asked), sum(taken), *monthly)


def _originals(year: UnitYear, cmn: Cmn) -> None:
    """Fill what an item was before it was changed; TIPO I is the initial value."""
    flags = " ".join(f"FLG_MNTO_{month}_INI" for month in MONTHS)
    cants = " ".join(f"CANT_{month}_INI" for month in MONTHS)
    changed = [planned for planned in cmn.items if planned.place % 25 == 0] or list(cmn.items[:1])
    rows = (
        (p.bundle.centre.code, p.table, p.place, year.sheet.year + ahead, *("1" if s else "0" for s in p.pattern),
         *(s * (_quantity(p, ahead) + 1) for s in p.pattern), sum(p.pattern) * (_quantity(p, ahead) + 1))
        for p in changed
        for ahead in range(4)
    )  # fmt: skip
    columns = f"CENTRO_COSTO SEC_CUADRO SEC_ITEM ANNO_PROG {flags} {cants} CANT_TOTAL_INI"
    year.sheet.fill("SIG_CUADRO_MODIFICADO_DET_ORI", columns, rows, TIPO="I")


def _requests(year: UnitYear, chance: Random, cmn: Cmn) -> None:
    """Fill the requests to change the CMN (Anexo 3), each with items of one centre, and their states (Anexo 4)."""
    by_centre: dict[str, list[Planned]] = {}
    for planned in cmn.items:
        by_centre.setdefault(planned.bundle.centre.code, []).append(planned)
    codes, count = list(by_centre), year.scale.of(500, 4, large=5_000)
    each = max(1, year.scale.of(8_000, 8, large=80_000) // count)
    heads = [(codes[n % len(codes)], n // len(codes) + 1, n) for n in range(count)]
    days = {n: day_of(year.sheet.year, 10 + n * 340 // count) for _, _, n in heads}
    rows = (
        (code, number, "3" if n % 5 else "2", stamp(days[n]), _gloss(chance, n), moment(days[n], chance))
        for code, number, n in heads
    )
    columns = "CENTRO_COSTO SEC_SOL_MOD ESTADO FECHA GLOSA FECHA_REG"
    year.sheet.fill("SIG_SOLICITUD_MODIFICACION", columns, rows)
    _request_rows(year, heads, by_centre, each)
    first = (year.sheet.year - 2000) * 100_000
    states: list[Row] = [
        (
            first + n,
            "3" if n % 5 else "2",
            stamp(days[n]),
            stamp(days[n]),
            year.sheet.year,
            code,
            number,
            None,
            None,
        )
        for code, number, n in heads[: max(3, count // 10)]
    ]
    last = stamp(days[count - 1])
    states.append(
        (first + count, "3", last, last, None, None, None, year.sheet.year, 1)
    )  # of a group of requests
    columns = (
        "SEC_DOC_EST ESTADO FECHA FECHA_REG SOL_ANNO_EJEC SOL_CC SEC_SOL_MOD SOL_GRU_ANNO_EJEC SOL_GRU_SEC"
    )
    year.sheet.fill("SIG_DOCUMENTO_ESTADO", columns, states, FLAG_ULT_MOV="1")


def _gloss(chance: Random, number: int) -> str | None:
    if number % 4 == 0:
        return None
    office = pick(chance, words.OFFICES)
    return "" if number % 4 == 1 else f"SUSTENTO:\r\n\tVARIACIÓN DE LA DEMANDA EN {office}"


def _request_rows(
    year: UnitYear, heads: list[tuple[str, int, int]], by_centre: dict[str, list[Planned]], each: int
) -> None:
    before = " ".join(f"CANT_{month}_INI" for month in MONTHS)
    columns = (
        "CENTRO_COSTO SEC_SOL_MOD SEC_SOL_MOD_DET SEC_CUADRO SEC_ITEM ANNO_PROG MOTIVO PRECIO_UNIT FECHA_REG"
        f" FLAG_MNTO_INI {_CANT} {before}"
    )

    def lines() -> Iterator[Row]:
        for code, number, n in heads:
            pool, at = by_centre[code], stamp(day_of(year.sheet.year, 10 + n % 300))
            for line in range(1, each + 1):
                planned = pool[(n * 5 + line) % len(pool)]
                ahead, base = line % 4, planned.base
                yield (
                    code, number, line, planned.table, planned.place, year.sheet.year + ahead, str(line % 3 + 1),
                    price(planned.item.price), at, "".join("1" if share else "0" for share in planned.pattern),
                    *(share * base for share in planned.pattern), *(share * (base + 1) for share in planned.pattern),
                )  # fmt: skip

    year.sheet.fill("SIG_SOLICITUD_MODIFICACION_DET", columns, lines())
