"""From the plan to the winner: quotations, cuadro de adquisición with its goods, goals and cost centres."""

from collections.abc import Iterator

from sigasers.siga.basedemo.purchases import Bought, Commerce, Purchase
from sigasers.siga.basedemo.sheet import Row, Value
from sigasers.siga.basedemo.unit_year import UnitYear
from sigasers.siga.basedemo.values import low, price, soles, stamp

_PLAN: dict[str, Value] = {"TIPO_CONSOLID": "1", "TIPO_GENERACION": "1"}


def fill_acquisition(year: UnitYear, commerce: Commerce) -> None:
    """Fill quotations and cuadros; a line's goals add up to the line, the lines to the cuadro."""
    _quotations(year, commerce)
    _tables(year, commerce)
    _goods(year, commerce)
    _goals(year, commerce)


def _quotations(year: UnitYear, commerce: Commerce) -> None:
    """One quotation of the winner, and of a loser in one of four."""
    chance = year.sheet.random("quotations")
    suppliers = year.unit.national.suppliers

    def rows() -> Iterator[Row]:
        for p in commerce.purchases:
            yield (
                p.plan,
                1,
                p.supplier.number,
                stamp(p.request.day),
                p.at,
                "2",
                p.kind,
                price(p.lines[0].price),
            )
            if p.plan % 4 == 0:
                other = low(chance, suppliers).number
                yield (
                    p.plan,
                    2,
                    other,
                    stamp(p.request.day),
                    p.at,
                    "1",
                    p.kind,
                    price(p.lines[0].price + 100_000),
                )

    columns = "NRO_CONSOLID NRO_SOLICITUD PROVEEDOR FECHA_SOLICITUD FECHA_REG ESTADO_SOLICITUD tipo_bien PRECIO_UNIT"
    year.sheet.fill("SIG_SOLICITUD_COTIZACION", columns, rows(), **_PLAN)
    few = commerce.purchases[: year.scale.of(60, 2)]
    items = (
        (p.plan, 1, p.kind, place, soles(b.cents), price(b.price), p.at)
        for p in few
        for place, b in enumerate(p.lines, start=1)
    )
    columns = "NRO_CONSOLID NRO_SOLICITUD TIPO_BIEN SEC_RESUMEN VALOR_PROV PRECIO_PROV FECHA_REG"
    year.sheet.fill("SIG_SOLICITUD_COTIZACION_ITEM", columns, items, SEC_CONSOLID=1, **_PLAN)


def _tables(year: UnitYear, commerce: Commerce) -> None:
    columns = (
        "TIPO_BIEN SEC_CUADRO CENTRO_COSTO EMPLEADO DOCUMENTO FECHA_CUADRO DESCRIPCION ESTADO FECHA_AUTORIZ"
        " MES_CALEND FECHA_COMPRA PROVEEDOR NRO_CUADRO FECHA_NRO_CUADRO NRO_CONS_PAAC NRO_ORDEN VALOR_TOTAL FECHA_REG"
        " fecha_pedido TIPO_PROCESO"
    )
    rows = (
        (
            p.kind, p.table, p.bundle.centre.code, p.bundle.centre.boss, f"PEDIDO N° {p.request.number}",
            stamp(p.ordered), _description(p), "2" if p.plan % 9 else "1", stamp(p.ordered), f"{p.ordered.month:02d}",
            stamp(p.ordered), p.supplier.number, p.table, stamp(p.ordered), p.plan, p.order, soles(p.cents), p.at,
            stamp(p.request.day), "20" if p.cents < 3_520_000 else "12",
        )
        for p in commerce.purchases
    )  # fmt: skip
    year.sheet.fill(
        "SIG_CUADRO_ADQUISICION", columns, rows, FLAG_ORIGEN="P", TIPO_GENERACION="1", TIPO_PROVEEDOR="1"
    )


def _description(purchase: Purchase) -> str | None:
    if purchase.plan % 3 == 0:
        return None
    item = purchase.lines[0].line.item
    return f"{item.name}\nSEGÚN PEDIDO {purchase.request.number}" if purchase.plan % 3 == 1 else item.name


def _goods(year: UnitYear, commerce: Commerce) -> None:
    columns = (
        "TIPO_BIEN SEC_CUADRO SECUENCIA GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN UNIDAD_MEDIDA CANT_SOLICITADA"
        " CANT_APROBADA PRECIO_UNIT VALOR_SOLES FECHA_REG NRO_CONS_PAAC nro_pedido sec_item_pedido"
        " tipo_pedido CANT_EJECUTADA"
    )
    year.sheet.fill(
        "SIG_DETALLE_BSERV_CUADRO", columns, (_good(*each) for each in numbered(commerce)), CODIGO=1
    )


def numbered(commerce: Commerce) -> Iterator[tuple[Purchase, int, Bought]]:
    """Give each bought line with its purchase and its place there, from 1."""
    for purchase in commerce.purchases:
        for place, bought in enumerate(purchase.lines, start=1):
            yield purchase, place, bought


def _good(p: Purchase, place: int, bought: Bought) -> Row:
    item, line, amount = bought.line.item, bought.line, soles(bought.cents)
    return (
        p.kind, p.table, place, item.group, item.klass, item.family, item.item, item.measure, line.quantity,
        line.quantity, price(bought.price), amount, p.at, p.plan, p.request.number, line.place,
        p.request.purpose, line.quantity,
    )  # fmt: skip


def _goals(year: UnitYear, commerce: Commerce) -> None:
    columns = (
        "TIPO_BIEN SEC_CUADRO SECUENCIA SEC_META sec_func FUNCION PROGRAMA ORIGEN FUENTE_FINANC ACT_PROY CLASIFICADOR"
        " CANT_SOLICITADA CANT_APROBADA MNTO_SOLES VALOR_SOLES FECHA_REG sec_resumen_pao"
    )
    year.sheet.fill(
        "SIG_DETALLE_METAS_CUADRO", columns, _goal_rows(commerce), CATEG_GASTO="5", GRUPO_GASTO="3"
    )
    columns = (
        "TIPO_BIEN SEC_CUADRO SECUENCIA SEC_META SEC_DEPEND CENTRO_COSTO CODIGO_TAREA CANT_DEPEND VALOR_DEPEND"
        " MNTO_SOLES FECHA_REG"
    )
    rows = (
        (p.kind, p.table, place, turn, 1, p.bundle.centre.code, p.bundle.task, b.line.quantity, soles(cents),
         soles(cents), p.at)
        for p, place, b in numbered(commerce)
        for turn, (_, cents) in enumerate(b.shares, start=1)
    )  # fmt: skip
    year.sheet.fill("SIG_DEPEN_META_CUADRO", columns, rows, TIPO_TAREA="1", NIVEL_TAREA="4", PORC_GASTO=100)


def _goal_rows(commerce: Commerce) -> Iterator[Row]:
    for p, place, bought in numbered(commerce):
        for turn, (goal, cents) in enumerate(bought.shares, start=1):
            amount, quantity = soles(cents), bought.line.quantity
            yield (
                p.kind, p.table, place, turn, goal.number, goal.chain.function, goal.chain.program, p.bundle.origin,
                p.bundle.source, goal.chain.activity, p.bundle.classifier, quantity, quantity, amount, amount,
                p.at, place,
            )  # fmt: skip
