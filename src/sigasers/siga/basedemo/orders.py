"""Orders of purchase and of service: header, sequence, items, their budget, and the budget by goal and classifier.

Sum of the items = sum of the items' budgets = sum of the order's budget = the header's total, to the céntimo.
"""

from collections.abc import Iterator

from sigasers.siga.basedemo.acquisition import numbered
from sigasers.siga.basedemo.national import GOOD
from sigasers.siga.basedemo.purchases import Bought, Commerce, Purchase
from sigasers.siga.basedemo.sheet import Row, Value
from sigasers.siga.basedemo.unit_year import UnitYear
from sigasers.siga.basedemo.values import day_of, price, soles, stamp

_KEY = "NRO_ORDEN TIPO_BIEN"
_EQUAL: dict[str, Value] = {"TIPO_PPTO": 1}
_IGV = 118


def fill_orders(year: UnitYear, commerce: Commerce) -> None:
    """Fill the six tables of orders."""
    year.sheet.fill(
        "SIG_ORDEN_ADQUISICION", _HEADER, (_header(year, p) for p in commerce.purchases), **_EQUAL
    )
    year.sheet.fill(
        "SIG_ORDEN_SECUENCIA",
        f"{_KEY} SEC_ORDEN ANO_SECUENCIA MES_SECUENCIA FASE_ORDEN FECHA_ESTADO NRO_DOCUMTO FECHA_REG",
        _sequences(year, commerce),
        ESTADO_FASE="1",
        DOCUMTO_SIAF="031",
        **_EQUAL,
    )
    rows = (_item(p, place, b) for p, place, b in numbered(commerce))
    year.sheet.fill("SIG_ORDEN_ITEM", _ITEM, rows, SEC_ORDEN=1, TIPO_MARCA="1", **_EQUAL)
    year.sheet.fill("SIG_ORDEN_ITEM_PPTO", _ITEM_BUDGET, _item_budgets(commerce), SEC_ORDEN=1, **_EQUAL)
    year.sheet.fill(
        "SIG_ORDEN_PRESUPUESTO", _BUDGET, _budgets(commerce), SEC_ORDEN=1, FASE="C", CICLO="G", **_EQUAL
    )
    rows_to_siaf = (
        (
            p.order,
            p.kind,
            turn,
            p.bundle.origin,
            p.bundle.source,
            f"{p.certificate:010d}",
            f"{turn:04d}",
            turn,
            turn,
        )
        for p in commerce.purchases
        for turn in range(1, 2 + (p.plan % 16 == 0))
    )
    columns = f"{_KEY} SEC_INTF ORIGEN FUENTE_FINANC INTF_CER INTF_CERSE secuencia_fase secuencia_opera"
    year.sheet.fill("SIG_ORDEN_INTERFASE", columns, rows_to_siaf, **_EQUAL)
    few = commerce.purchases[: year.scale.of(40, 2)]
    rows_accrued = ((n, p.order, p.kind, p.at) for n, p in enumerate(few, start=1))
    year.sheet.fill("SIG_DEVENGADO", "NRO_DEVENGADO NRO_ORDEN TIPO_BIEN FECHA_REG", rows_accrued, **_EQUAL)


_HEADER = (
    f"{_KEY} ANO_CUADRO SEC_CUADRO PROVEEDOR MES_CALEND FECHA_ORDEN PLAZO_ENTREGA DOCUM_REFERENCIA RESUMEN_COMPRA"
    " CONCEPTO SUBTOTAL_MONEDA TOTAL_IGV_MONEDA TOTAL_FACT_MONEDA SUBTOTAL_SOLES TOTAL_IGV_SOLES TOTAL_FACT_SOLES"
    " ESTADO ALMACEN SEC_ALMACEN ESTADO_SIAF FECHA_SIAF EXP_SIAF GLOSA EXP_SIGA NRO_CERTIFICA FECHA_REG FECHA_RECEPCION"
    " DOCUMENTO_SIAF TIPO_GARANTIA"
)


def _header(year: UnitYear, p: Purchase) -> Row:
    net = (p.cents * 200 + _IGV) // (2 * _IGV)  # céntimos without tax, halves up
    amounts = (soles(net), soles(p.cents - net), soles(p.cents))
    goods, first = p.kind == GOOD, p.lines[0].line
    warehouse = year.unit.home_of(first.item) if goods else (None, None)
    return (
        p.order, p.kind, year.sheet.year, p.table, p.supplier.number, f"{p.ordered.month:02d}", stamp(p.ordered),
        (p.received - p.ordered).days, f"PEDIDO {p.request.number} - {p.bundle.centre.office}"[:100],
        first.item.name[:200], f"POR LA ADQUISICIÓN DE {first.item.name}"[:350] if p.plan % 2 else "", *amounts,
        *amounts,
        "1" if p.plan % 60 else "0", *warehouse, _siaf_state(p), stamp(p.ordered) if p.exp_siaf else None, p.exp_siaf,
        _gloss(p), p.exp_siga, p.certificate, p.at, stamp(p.received) if p.is_received else None,
        "031" if goods else "032",
        None if p.plan % 3 else "12 MESES",
    )  # fmt: skip


def _siaf_state(purchase: Purchase) -> str:
    if purchase.exp_siaf is None:
        return "0"
    return "3" if purchase.plan % 90 == 7 else "2"


def _gloss(purchase: Purchase) -> str | None:
    if purchase.plan % 4 == 0:
        return "" if purchase.plan % 8 else None
    return (
        f"CONDICIONES:\r\n1.\tENTREGA EN ALMACÉN, {purchase.bundle.centre.office}\r\n2.\tPAGO CON CONFORMIDAD"
        f"\r\nCUADRO N° {purchase.table:06d}"
    )


def _sequences(year: UnitYear, commerce: Commerce) -> Iterator[Row]:
    """One sequence, and a second (a reduction) in one order of thirty-two."""
    for p in commerce.purchases:
        for turn in range(1, 2 + (p.plan % 32 == 0)):
            when = stamp(day_of(year.sheet.year, p.ordered.timetuple().tm_yday + turn))
            yield (
                p.order,
                p.kind,
                turn,
                year.sheet.year,
                f"{p.ordered.month:02d}",
                "C",
                when,
                f"{p.order:07d}",
                p.at,
            )


_ITEM = (
    f"{_KEY} SEC_ITEM GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN CANT_ITEM UNIDAD_MEDIDA PREC_UNIT_MONEDA"
    " PREC_TOT_MONEDA PREC_TOT_SOLES CANT_RECIBIDA FECHA_RECEP MARCA FECHA_REG ESPECIFICACIONES"
)


def _item(p: Purchase, place: int, bought: Bought) -> Row:
    item, amount = bought.line.item, soles(bought.cents)
    return (
        p.order, p.kind, place, item.group, item.klass, item.family, item.item, bought.line.quantity, item.measure,
        price(bought.price), amount, amount, bought.line.quantity if p.is_received else 0,
        stamp(p.received) if p.is_received else None, item.brand if p.kind == GOOD else None, p.at,
        _specification(p, place, item.name),
    )  # fmt: skip


def _specification(purchase: Purchase, place: int, name: str) -> str | None:
    turn = (purchase.plan + place) % 5
    if turn in (0, 1):
        return None
    if turn == 2:
        return ""
    return f"{name}\n\t- ENVASE: ORIGINAL\n\t- VIGENCIA MÍNIMA: {purchase.plan % 24 + 6} MESES"


_ITEM_BUDGET = (
    f"{_KEY} SEC_ITEM SEC_ITEM_PPTO ORIGEN FUENTE_FINANC SEC_FUNC CLASIFICADOR CANT_ARTICULO VALOR_SOLES"
    " MNTO_SOLES FECHA_REG"
)


def _item_budgets(commerce: Commerce) -> Iterator[Row]:
    for p, place, bought in numbered(commerce):
        for turn, (goal, cents) in enumerate(bought.shares, start=1):
            amount = soles(cents)
            yield (
                p.order, p.kind, place, turn, p.bundle.origin, p.bundle.source, goal.number, p.bundle.classifier,
                bought.line.quantity if turn == 1 else 0, amount, amount, p.at,
            )  # fmt: skip


_BUDGET = (
    f"{_KEY} SEC_PPTO ORIGEN FUENTE_FINANC SEC_FUNC MES_CALE CLASIFICADOR VALOR_SOLES"
    " MNTO_SOLES EXP_SIAF SECU_SIAF CORR_SIAF FECHA_SIAF"
)


def budget_of(purchase: Purchase) -> dict[int, int]:
    """Give the order's céntimos by goal, in the order in which the goals first pay."""
    sums: dict[int, int] = {}
    for bought in purchase.lines:
        for goal, cents in bought.shares:
            sums[goal.number] = sums.get(goal.number, 0) + cents
    return sums


def _budgets(commerce: Commerce) -> Iterator[Row]:
    for p in commerce.purchases:
        for turn, (goal, cents) in enumerate(budget_of(p).items(), start=1):
            amount = soles(cents)
            known = p.exp_siaf is not None
            yield (
                p.order, p.kind, turn, p.bundle.origin, p.bundle.source, goal, f"{p.ordered.month:02d}",
                p.bundle.classifier, amount, amount, p.exp_siaf, "0001" if known else None,
                "0001" if known else None, stamp(p.ordered) if known else None,
            )  # fmt: skip
