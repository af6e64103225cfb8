"""Selection processes, calls, contracts; conformity of services; who did what when (seguimiento)."""

from collections.abc import Iterator

from sigasers.siga.basedemo.national import GOOD, SERVICE
from sigasers.siga.basedemo.purchases import Commerce, Purchase
from sigasers.siga.basedemo.sheet import Row, Value
from sigasers.siga.basedemo.unit_year import UnitYear
from sigasers.siga.basedemo.values import day_of, price, soles, stamp

_REQUEST, _PLAN, _TABLE, _ORDER_OF_GOODS, _ORDER_OF_SERVICES = 1, 3, 5, 8, 9
_RECEPTION: dict[str, Value] = {"TIPO_MOVIMTO": "R", "TIPO_TRANSAC": 1, "TIPO_PPTO": 1}


def fill_contracts(year: UnitYear, commerce: Commerce) -> None:
    """Fill contracts of the dearest purchases, conformities of all services, and the trail of all documents."""
    dearest = sorted(commerce.purchases, key=lambda p: (-p.cents, p.plan))[
        : year.scale.of(60, 3, large=1_500)
    ]
    _processes(year, dearest[: year.scale.of(20, 2)])
    _contracts(year, dearest)
    _conformities(year, [p for p in commerce.purchases if p.kind == SERVICE])
    _trail(year, commerce)


def _processes(year: UnitYear, purchases: list[Purchase]) -> None:
    rows = (
        (n, p.kind, f"{n:04d}", f"RD N° {n:03d}-{year.sheet.year}", p.plan, p.at)
        for n, p in enumerate(purchases, 1)
    )
    columns = "PROCESO TIPO_BIEN NRO_PAAC NRO_RESOLUCION NRO_CONSOLID FECHA_REG"
    equal: dict[str, Value] = {"TIPO_GENERACION": "1"}
    year.sheet.fill("SIG_PROCESO_DE_SELECCION", columns, rows, TIPO_CONSOLID="1", TIPO_PROCESO="12", **equal)
    calls = (
        (n, p.kind, stamp(p.request.day), stamp(p.ordered), soles(p.cents), soles(p.cents), 40.5, 59.5, p.at)
        for n, p in enumerate(purchases, start=1)
    )
    columns = (
        "PROCESO TIPO_BIEN FECHA_INICIAL FECHA_FINAL VALOR_MONEDA VALOR_SOLES PUNTAJE_TECNICO PUNTAJE_ECONOMICO"
        " FECHA_REG"
    )
    year.sheet.fill("SIG_CONVOCATORIA", columns, calls, SEC_PROCESO=1, CONVOCATORIA=1, **equal)


def _contracts(year: UnitYear, purchases: list[Purchase]) -> None:
    columns = (
        "NRO_CONTRATO SEC_CONTRATO TIPO_BIEN PROVEEDOR FECHA FECHA_INICIAL FECHA_FINAL NRO_DOCUMENTO"
        " ESPEC_TECNICAS GLOSA"
        " NRO_CONSOLID VALOR_MONEDA VALOR_SOLES NRO_CERTIFICA CENTRO_COSTO_RESP FECHA_REG"
    )
    rows = (
        (
            n, f"{n:010d}", p.kind, p.supplier.number, stamp(p.ordered), stamp(p.ordered), stamp(p.received),
            f"CONTRATO N° {n:03d}-{year.sheet.year}-{year.unit.place.siglas}", p.lines[0].line.item.name,
            f"CLÁUSULA PRIMERA:\tANTECEDENTES\nPAC N° {p.plan}" if n % 3 else None, p.plan, soles(p.cents),
            soles(p.cents), p.certificate, p.bundle.centre.code, p.at,
        )
        for n, p in enumerate(purchases, start=1)
    )  # fmt: skip
    equal: dict[str, Value] = {"TIPO_CONTRATO": "1"}
    year.sheet.fill("SIG_CONTRATOS", columns, rows, TIPO_CONSOLID="1", TIPO_GENERACION="1", **equal)
    _contract_items(year, purchases, equal)
    moves = (
        (n, 1, "01", soles(p.cents), stamp(p.ordered), p.at) for n, p in enumerate(purchases, 1) if n % 2
    )
    columns = "NRO_CONTRATO SEC_MOVIMIENTO TIPO_MOVIMIENTO VALOR_MONEDA FECHA FECHA_REG"
    year.sheet.fill("SIG_CONTRATO_MOVIMIENTO", columns, moves, PORCENTAJE=100, **equal)


def _contract_items(year: UnitYear, purchases: list[Purchase], equal: dict[str, Value]) -> None:
    columns = (
        "NRO_CONTRATO NRO_ITEM TIPO_BIEN GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN UNIDAD_MEDIDA CANTIDAD"
        " CANTIDAD_ADJUDICA PRECIO_MONEDA VALOR_MONEDA VALOR_SOLES FECHA_REG"
    )

    def rows() -> Iterator[Row]:
        for n, p in enumerate(purchases, start=1):
            for place, b in enumerate(p.lines, start=1):
                i, quantity, amount = b.line.item, b.line.quantity, soles(b.cents)
                yield (
                    n, place, i.kind, i.group, i.klass, i.family, i.item, i.measure, quantity, quantity,
                    price(b.price), amount, amount, p.at,
                )  # fmt: skip

    year.sheet.fill("SIG_CONTRATO_ITEM", columns, rows(), ADJUDICADO="S", **equal)


def _conformities(year: UnitYear, services: list[Purchase]) -> None:
    columns = (
        "NRO_MOVIMTO TIPO_BIEN NRO_ORDEN PROVEEDOR FECHA_ENTRADA FECHA_MOVIMTO OBSERVACION NOMBRE_PROVEEDOR MES_MOVIMTO"
        " CODIGO_TAREA EXPEDIENTE_SIAF RESPONSABLE CENTRO_COSTO_PED glosa"
    )
    rows = (
        (
            n, SERVICE, p.order, p.supplier.number, stamp(p.received), stamp(p.received), "" if n % 3 else None,
            p.supplier.name[:100], f"{p.received.month:02d}", p.bundle.task, p.exp_siaf, p.bundle.centre.boss,
            p.bundle.centre.code, f"CONFORMIDAD {n}\tSIN OBSERVACIONES" if n % 4 == 0 else None,
        )
        for n, p in enumerate(services, start=1)
    )  # fmt: skip
    equal = {
        "ANO_ORDEN": year.sheet.year,
        "TIPO_TAREA": "1",
        "NIVEL_TAREA": "4",
        "FLAG_ACTIVO": "N",
        **_RECEPTION,
    }
    year.sheet.fill("SIG_MOVIM_CONFOR_SERVICIO", columns, rows, **equal)
    columns = (
        "NRO_MOVIMTO SEC_DETALLE SEC_ITEM CENTRO_COSTO GRUPO_BIEN CLASE_BIEN FAMILIA_BIEN ITEM_BIEN CLASIFICADOR MAYOR"
        " SUB_CTA CANT_ADQUIRIDO CANT_RECIBIDO CANT_ARTICULO PRECIO_UNIT PRECIO_MONEDA VALOR_TOTAL FECHA_MOVIMTO"
        " FECHA_REG"
    )
    equal = {"TIPO_BIEN": SERVICE, "SECUENCIA": 1, **_RECEPTION}
    few = services[: year.scale.of(120, 2)]
    year.sheet.fill("SIG_DETALLE_MOVIM_CONFOR_SERV", columns, _conformity_items(few), **equal)


def _conformity_items(services: list[Purchase]) -> Iterator[Row]:
    for n, p in enumerate(services, start=1):
        for place, b in enumerate(p.lines, start=1):
            i, quantity, cost = b.line.item, b.line.quantity, price(b.price)
            yield (
                n, place, place, p.bundle.centre.code, i.group, i.klass, i.family, i.item, i.classifier, i.major,
                i.sub_account, quantity, quantity, quantity, cost, cost, soles(b.cents), stamp(p.received), p.at,
            )  # fmt: skip


def _trail(year: UnitYear, commerce: Commerce) -> None:
    """Fill SIG_SEGUIMIENTO as triggers would: one row a document, two or three states each, a few links."""
    rows = list(_documents(commerce, is_large=year.scale.is_large))
    columns = (
        "TIPO_TRANSACCION NRO_ORIGEN CENTRO_COSTO SOLICITANTE TIPO_BIEN TIPO_PEDIDO NRO_TRANSACCION NRO_PEDIDO"
        " FECHA_TRANSACCION FECHA_REG"
    )
    year.sheet.fill("SIG_SEGUIMIENTO", columns, rows, ESTADO_TRANSACCION="1")
    states = (
        (
            row[0],
            row[1],
            turn,
            stamp(day_of(year.sheet.year, 4 + n * 350 // len(rows) + turn)),
            str(turn),
            row[-1],
        )
        for n, row in enumerate(rows)
        for turn in range(1, 3 + (n % 8 == 0))
    )
    columns = "TIPO_TRANSACCION NRO_ORIGEN SEC_ESTADO FECHA_ESTADO ESTADO_SEGUIMIENTO FECHA_REG"
    year.sheet.fill("SIG_SEGUIMIENTO_ESTADO", columns, states)
    links = (
        (_PLAN, p.plan, _order_kind(p), p.order)
        for p in commerce.purchases[: year.scale.of(100)]
        if p.plan % 5
    )
    columns = "TIPO_TRANSACCION NRO_ORIGEN TIPO_TRANSACCION_DESTINO NRO_DESTINO"
    year.sheet.fill("SIG_SEGUIMIENTO_SECUENCIA", columns, links)


def _order_kind(purchase: Purchase) -> int:
    return _ORDER_OF_GOODS if purchase.kind == GOOD else _ORDER_OF_SERVICES


def _documents(commerce: Commerce, *, is_large: bool) -> Iterator[Row]:
    """Requests, plans (a middle unit skips one of five), cuadros and orders."""
    requests = (*commerce.to_buy, *commerce.from_warehouse)
    for n, r in enumerate(requests, start=1):
        office = r.bundle.centre.office[:50]
        code = r.bundle.centre.code
        yield _REQUEST, n, code, office, r.kind, r.purpose, int(r.number), r.number, stamp(r.day), r.at
    for n, p in enumerate(commerce.purchases, start=1):
        office, code, day = p.bundle.centre.office[:50], p.bundle.centre.code, stamp(p.ordered)
        if n % 5 or is_large:
            yield _PLAN, p.plan, code, office, p.kind, None, p.plan, None, day, p.at
        yield _TABLE, n, code, office, p.kind, None, p.table, p.request.number, day, p.at
        yield _order_kind(p), p.order, code, office, p.kind, None, p.order, p.request.number, day, p.at
