"""Rows of the pedidos: SIG_PEDIDOS and SIG_DETALLE_PEDIDOS, bound to the CMN they draw on."""

from collections.abc import Iterator
from dataclasses import dataclass

from sigasers.siga.basedemo.national import GOOD
from sigasers.siga.basedemo.purchases import FROM_WAREHOUSE, Commerce, Line, Purchase, Request
from sigasers.siga.basedemo.sheet import Row
from sigasers.siga.basedemo.unit_year import UnitYear
from sigasers.siga.basedemo.values import price, reason, soles, stamp, worth

_COLUMNS = (
    "TIPO_BIEN TIPO_PEDIDO NRO_PEDIDO CENTRO_COSTO FECHA_PEDIDO MOTIVO_PEDIDO EMPLEADO NOMBRE_EMPLEADO sec_func"
    " ACT_PROY CODIGO_TAREA ESTADO FECHA_APROB FECHA_ATENC MES_PEDIDO ORIGEN FUENTE_FINANC CUSER_ID FECHA_REG"
)
_DETAIL = (
    "TIPO_BIEN TIPO_PEDIDO NRO_PEDIDO SECUENCIA GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN UNIDAD_MEDIDA ALMACEN"
    " SEC_ALMACEN CANT_SOLICITADA CANT_APROBADA CANT_ATENDIDA PRECIO_UNIT VALOR_TOTAL ESTADO_PED ESTADO_ATEND"
    " FECHA_APROB CLASIFICADOR MAYOR SUB_CTA NRO_ORDEN NRO_CUADRO FECHA_CUADRO NRO_PECOSA FECHA_PECOSA FECHA_REG"
    " CENTRO_COSTO SEC_CUADRO SEC_ITEM ANNO_PROG SEC_CUA_MOD_SAL JUSTIFICACION"
)
_USERS = ("JQUISPE", "MHUAMAN", "RFLORES", "CCASTAÑEDA", "LSANCHEZ")


@dataclass(frozen=True, slots=True)
class Served:
    """Where a line of a request went: its purchase, or the PECOSA that served it."""

    purchase: Purchase | None
    pecosa: int | None


def fill_requests(year: UnitYear, commerce: Commerce) -> None:
    """Fill the pedidos of both kinds."""
    chance = year.sheet.random("requests")
    requests = (*commerce.from_warehouse, *commerce.to_buy)
    rows = (
        (
            r.kind, r.purpose, r.number, r.bundle.centre.code, stamp(r.day), reason(chance,
            r.bundle.centre.office, r.day),
            r.bundle.centre.boss, f"RESPONSABLE DE {r.bundle.centre.office}"[:80], r.bundle.goal.number,
            r.bundle.goal.chain.activity, r.bundle.task, r.state, stamp(r.day) if r.state == "7" else None,
            stamp(r.day) if r.state == "7" else None, f"{r.day.month:02d}", r.bundle.origin, r.bundle.source,
            _USERS[int(r.number) % len(_USERS)], r.at,
        )
        for r in requests
    )  # fmt: skip
    year.sheet.fill("SIG_PEDIDOS", _COLUMNS, rows, TIPO_TAREA="1", NIVEL_TAREA="4", FLAG_PAD=None)
    year.sheet.fill("SIG_DETALLE_PEDIDOS", _DETAIL, _details(year, commerce), ID_CLASIFICADOR="0000001")


def _details(year: UnitYear, commerce: Commerce) -> Iterator[Row]:
    bought = {(p.kind, p.request.number, b.line.place): p for p in commerce.purchases for b in p.lines}
    for request in commerce.from_warehouse:
        pecosa = int(request.number) if request.state != "0" else None
        for line in request.lines:
            yield _detail(year, request, line, Served(None, pecosa))
    for request in commerce.to_buy:
        for line in request.lines:
            yield _detail(
                year, request, line, Served(bought.get((request.kind, request.number, line.place)), None)
            )


def _detail(year: UnitYear, request: Request, line: Line, served: Served) -> Row:
    item, planned, day = line.item, line.planned, stamp(request.day)
    stocked = item.kind == GOOD
    warehouse = year.unit.home_of(item) if stocked else (None, None)
    attended = line.quantity if served.pecosa or served.purchase else 0
    purchase = served.purchase
    return (
        request.kind, request.purpose, request.number, line.place, item.group, item.klass, item.family, item.item,
        item.measure, *warehouse, line.quantity, line.quantity if request.state != "0" else 0, attended,
        price(item.price), soles(worth(line.quantity, item.price)), request.state, "1" if attended else "0",
        day if request.state == "7" else None, item.classifier, item.major, item.sub_account,
        purchase.order if purchase else None, purchase.table if purchase else None,
        stamp(purchase.ordered) if purchase else None, served.pecosa, day if served.pecosa else None, request.at,
        request.bundle.centre.code, planned.table, planned.place, year.sheet.year, planned.balance,
        None if request.purpose == FROM_WAREHOUSE else "",
    )  # fmt: skip
