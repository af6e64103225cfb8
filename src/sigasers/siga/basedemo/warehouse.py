"""Rows of the warehouse: movements, their details and budget, PECOSA, kardex month by month, physical count."""

from collections.abc import Iterator

from sigasers.siga.basedemo.sheet import Row, Value
from sigasers.siga.basedemo.stock import ENTRY, EXIT, Month, Movement, Part, Stock
from sigasers.siga.basedemo.unit_year import UnitYear
from sigasers.siga.basedemo.values import day_of, price, soles, stamp

_KEY = "ALMACEN SEC_ALMACEN TIPO_MOVIMTO TIPO_TRANSAC NRO_MOVIMTO"
_EQUAL: dict[str, Value] = {"TIPO_PPTO": 1}


def fill_warehouse(year: UnitYear, stock: Stock) -> None:
    """Fill the warehouse's tables; details add up to the kardex of their month."""
    year.sheet.fill("SIG_MOVIM_ALMACEN", _HEAD, (_head(year, m) for m in stock.movements), **_EQUAL)
    year.sheet.fill(
        "SIG_SECUENCIA_MOV_ALMACEN", _KEY, (_key(m) for m in stock.movements), SECUENCIA=1, **_EQUAL
    )
    rows = (_detail(m, place, part) for m in stock.movements for place, part in enumerate(m.parts, start=1))
    year.sheet.fill("SIG_DETALLE_MOVIM_ALMACEN", _DETAIL, rows, SECUENCIA=1, **_EQUAL)
    few = [m for m in stock.movements if m.kind == ENTRY][: year.scale.of(60, 2)]
    rows = (_entry_item(m, place, part) for m in few for place, part in enumerate(m.parts, start=1))
    year.sheet.fill("SIG_DETALLE_ITEM_ALMACEN", _ENTRY_ITEM, rows, SECUENCIA=1, **_EQUAL)
    year.sheet.fill("SIG_DETALLE_MOVIM_PPTO", _BUDGET, _budgets(year, stock), SECUENCIA=1, **_EQUAL)
    year.sheet.fill("SIG_DETALLE_PECOSA", _PECOSA, _attentions(stock), ANO_MOVIMTO=year.sheet.year)
    _kardex(year, stock)
    _count(year, stock)


def _key(m: Movement) -> Row:
    return (*m.warehouse, m.kind, m.reason, m.number)


_HEAD = (
    f"{_KEY} CENTRO_COSTO ANO_ORDEN NRO_ORDEN PROVEEDOR NOMBRE_PROVEEDOR FECHA_ENTRADA FECHA_MOVIMTO NRO_GUIA"
    " NRO_FACTURA"
    " FECHA_FACTURA OBSERVACION MES_MOVIMTO CODIGO_TAREA EXPEDIENTE_SIAF RESPONSABLE FECHA_REG CENTRO_COSTO_PED GLOSA"
    " TIPO_BIEN"
)


def _head(year: UnitYear, m: Movement) -> Row:
    p, day = m.purchase, stamp(m.day)
    order = (
        (year.sheet.year, p.order, p.supplier.number, p.supplier.name[:100])
        if p is not None
        else (None, None, None, None)
    )
    invoice = (f"G001-{p.plan:05d}", f"F001-{p.plan:08d}", day) if p is not None else (None, "", None)
    return (
        *_key(m), m.bundle.centre.code, *order, day if m.kind == ENTRY else None, day, *invoice,
        None if m.number % 3 else "SIN OBSERVACIONES", f"{m.day.month:02d}", m.bundle.task, p.exp_siaf if p else None,
        m.bundle.centre.boss, m.at, m.bundle.centre.code if m.request else None,
        f"PECOSA {m.number}\tPEDIDO {m.request.number}" if m.request and m.number % 2 else None, "B",
    )  # fmt: skip


_DETAIL = (
    f"{_KEY} SEC_DETALLE SEC_ITEM CENTRO_COSTO TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN MARCA"
    " CLASIFICADOR"
    " MAYOR SUB_CTA FECHA_ENTRADA CANT_ADQUIRIDO CANT_RECIBIDO CANT_ARTICULO UNIDAD_MEDIDA PRECIO_UNIT"
    " VALOR_TOTAL FECHA_MOVIMTO MES_PROCESO STOCK_ACTUAL FECHA_REG especificaciones"
)


def _detail(m: Movement, place: int, part: Part) -> Row:
    i, entered = part.item, m.kind == ENTRY
    quantity = part.quantity
    return (
        *_key(m), place, part.line.place if part.line else place, m.bundle.centre.code, i.kind, i.group, i.klass,
        i.family, i.item, i.brand, i.classifier, i.major, i.sub_account, stamp(m.day) if entered else None,
        quantity if entered else None, quantity if entered else None, quantity, i.measure, price(part.price),
        soles(part.cents), stamp(m.day), f"{m.day.month:02d}", quantity if entered else 0, m.at,
        f"LOTE\t{m.number:05d}\nVENCE {m.day.year + 2}" if entered and place % 4 == 1 else None,
    )  # fmt: skip


_ENTRY_ITEM = (
    f"{_KEY} SEC_ITEM TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN MARCA CANT_ARTICULO UNIDAD_MEDIDA"
    " PRECIO_UNIT"
    " VALOR_TOTAL FECHA_REG"
)


def _entry_item(m: Movement, place: int, part: Part) -> Row:
    i = part.item
    return (
        *_key(m), place, i.kind, i.group, i.klass, i.family, i.item, i.brand, part.quantity, i.measure,
        price(part.price), soles(part.cents), m.at,
    )  # fmt: skip


_BUDGET = (
    f"{_KEY} SEC_DETALLE SEC_PPTO CLASIFICADOR SEC_FUNC ACT_PROY ORIGEN FUENTE_FINANC CANT_ARTICULO FECHA_REG"
)


def _budgets(year: UnitYear, stock: Stock) -> Iterator[Row]:
    """One row a detail, two in one of three (a large unit: of thirty): the quantities add up to the detail's."""
    count, every = 0, year.scale.shape(3, 30)
    for m in stock.movements:
        for place, part in enumerate(m.parts, start=1):
            count += 1
            half = part.quantity // 2 if count % every == 0 else 0
            shares = [(m.bundle.goal, part.quantity - half)] + (
                [(m.bundle.second_goal, half)] if half else []
            )
            for turn, (goal, quantity) in enumerate(shares, start=1):
                yield (
                    *_key(m), place, turn, part.item.classifier, goal.number, goal.chain.activity, m.bundle.origin,
                    m.bundle.source, quantity, m.at,
                )  # fmt: skip


_PECOSA = (
    "TIPO_BIEN TIPO_PEDIDO NRO_PEDIDO SECUENCIA SEC_ATENCION MARCA NRO_LOTE FECHA_EXPIRACION PRECIO_UNIT CANT_ATENDIDA"
    " CANT_APROBADA NRO_PECOSA TIPO_MOVIMTO TIPO_TRANSAC NRO_MOVIMTO PRECIO_MOVIMTO valor_total"
)


def _attentions(stock: Stock) -> Iterator[Row]:
    for m in stock.movements:
        if m.kind != EXIT or m.request is None:
            continue
        for part in m.parts:
            if part.line is None:
                continue
            lot = part.item.brand % 4 == 0
            yield (
                m.request.kind, m.request.purpose, m.request.number, part.line.place, part.attention, part.item.brand,
                f"L{part.item.brand:05d}" if lot else "", f"{m.day.year + 2}-06-30 00:00:00" if lot else None,
                price(part.price), part.quantity, part.line.quantity, m.number, m.kind, m.reason, m.number,
                price(part.price), soles(part.cents),
            )  # fmt: skip


def _kardex(year: UnitYear, stock: Stock) -> None:
    columns = (
        "MES_PROCESO ALMACEN SEC_ALMACEN CODIGO_BIEN MARCA CLASIFICADOR MAYOR SUB_CTA SECUENCIA GRUPO_BIEN CLASE_BIEN"
        " FAMILIA_BIEN ITEM_BIEN STOCK_INICIAL CANT_INGRESO CANT_EGRESO STOCK_ACTUAL PRECIO_PROMED SALDO_INICIAL"
        " VALOR_INGRESO VALOR_EGRESO SALDO_VALOR STOCK_ENERO UNIDAD_MEDIDA FECHA_REG"
    )
    equal: dict[str, Value] = {"TIPO_BIEN": "B", "TIPO_USO": "C", "CORRELATIVO": "0001", **_EQUAL}
    rows = (_kardex_row(year, n // 12 + 1, month) for n, month in enumerate(stock.account))
    year.sheet.fill("SIG_KARDEX_POR_ALMACEN", columns, rows, **equal)


def _kardex_row(year: UnitYear, number: int, m: Month) -> Row:
    i = m.item
    closed = day_of(year.sheet.year, m.month * 30 + 4)
    return (
        f"{m.month:02d}", *year.unit.home_of(i), i.code, i.brand, i.classifier, i.major, i.sub_account, number, i.group,
        i.klass, i.family, i.item, m.stock, m.entered, m.left, m.end_stock, price(m.average), soles(m.value),
        soles(m.entered_value), soles(m.left_value), soles(m.end_value), m.stock if m.month == 1 else None, i.measure,
        stamp(closed),
    )  # fmt: skip


def _count(year: UnitYear, stock: Stock) -> None:
    """Fill the count of December: every item in stock, a tenth in two lots that add up."""
    last = [month for month in stock.account if month.month == 12]
    heads = (
        (1, 12, *warehouse, n, stamp(day_of(year.sheet.year, 363)), year.unit.staff[0], "DIRECTOR EJECUTIVO",
         year.unit.staff[1])
        for n, warehouse in enumerate(year.unit.warehouses, start=1)
    )  # fmt: skip
    columns = (
        "nro_inventario mes_proceso almacen sec_almacen secuencia fec_inventario jefe_almacen dir_regional"
        " responsable"
    )
    year.sheet.fill("SIG_KARDEX_INVENTARIO_CAB", columns, heads, est_inventario="2")
    columns = (
        "ALMACEN SEC_ALMACEN CODIGO_BIEN SECUENCIA CORRELATIVO GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN MARCA"
        " CLASIFICADOR MAYOR SUB_CTA CANT_INVENT CANT_BUENO STOCK_ACTUAL UNIDAD_MEDIDA precio_promed"
    )
    equal: dict[str, Value] = {"MES_PROCESO": 12, "TIPO_BIEN": "B", "nro_inventario": 1, **_EQUAL}
    year.sheet.fill("SIG_KARDEX_INVENTARIO", columns, _counted(year, last), **equal)


def _counted(year: UnitYear, last: list[Month]) -> Iterator[Row]:
    for number, m in enumerate(last, start=1):
        i, whole = m.item, m.end_stock
        lots = (whole // 2, whole - whole // 2) if number % 10 == 0 else (whole,)
        for lot, units in enumerate(lots, start=1):
            yield (
                *year.unit.home_of(i), i.code, number, lot, i.group, i.klass, i.family, i.item, i.brand, i.classifier,
                i.major, i.sub_account, units, units, units, i.measure, price(m.average),
            )  # fmt: skip
