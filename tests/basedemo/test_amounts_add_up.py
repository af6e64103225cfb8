"""Amounts agree to the céntimo along requests, orders, the needs table and the warehouse."""

import sqlite3

import pytest

ORDER = "ANO_EJE, SEC_EJEC, NRO_ORDEN, TIPO_BIEN, TIPO_PPTO"
CENTS = "SUM(CAST(ROUND({} * 100) AS INTEGER))"


def _sums(
    base: sqlite3.Connection, table: str, column: str, key: str, where: str = "1"
) -> dict[tuple[object, ...], int]:
    width = key.count(",") + 1
    query = f"SELECT {key}, {CENTS.format(column)} FROM {table} WHERE {where} GROUP BY {key}"
    return {row[:width]: row[width] for row in base.execute(query)}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("SIG_ORDEN_ITEM", "PREC_TOT_SOLES"),
        ("SIG_ORDEN_ITEM_PPTO", "VALOR_SOLES"),
        ("SIG_ORDEN_PRESUPUESTO", "VALOR_SOLES"),
    ],
)
def test_parts_of_an_order_add_up_to_its_header(base: sqlite3.Connection, table: str, column: str) -> None:
    """Items = budgets of items = budget of the order = total of the header, order by order."""
    headers = _sums(base, "SIG_ORDEN_ADQUISICION", "TOTAL_FACT_SOLES", ORDER)
    assert _sums(base, table, column, ORDER) == headers
    assert len(headers) > 300


def test_header_is_subtotal_and_tax(base: sqlite3.Connection) -> None:
    """Subtotal + IGV = total, and the IGV is 18 % of the subtotal within a céntimo."""
    query = "SELECT SUBTOTAL_SOLES, TOTAL_IGV_SOLES, TOTAL_FACT_SOLES FROM SIG_ORDEN_ADQUISICION"
    for net, tax, total in base.execute(query):
        assert round(net * 100) + round(tax * 100) == round(total * 100)
        assert abs(round(tax * 100) - net * 18) <= 1


def test_cuadro_and_plan_agree_with_the_order(base: sqlite3.Connection) -> None:
    """Goods, goals and cost centres of a cuadro add up to it; its plan (PAAC) has the same value."""
    key = "ANO_EJE, SEC_EJEC, TIPO_BIEN, SEC_CUADRO"
    heads = _sums(base, "SIG_CUADRO_ADQUISICION", "VALOR_TOTAL", key)
    assert _sums(base, "SIG_DETALLE_BSERV_CUADRO", "VALOR_SOLES", key) == heads
    assert _sums(base, "SIG_DETALLE_METAS_CUADRO", "VALOR_SOLES", key) == heads
    assert _sums(base, "SIG_DEPEN_META_CUADRO", "VALOR_DEPEND", key) == heads
    plan = "ANO_EJE, SEC_EJEC, NRO_CONSOLID"
    plans = _sums(base, "SIG_PAAC_CONSOLIDADO", "VALOR_PLAN", plan)
    for table in ("SIG_PAAC_ITEM", "SIG_PAAC_METAS", "SIG_PAAC_CENTRO_COSTO"):
        assert _sums(base, table, "VALOR", plan) == plans
    bought = _sums(base, "SIG_CUADRO_ADQUISICION", "VALOR_TOTAL", "ANO_EJE, SEC_EJEC, NRO_CONS_PAAC")
    assert bought.items() <= plans.items()


def test_certification_covers_its_orders(base: sqlite3.Connection) -> None:
    """Phase 1 is what the later phases commit; each phase's budget adds up to the phase."""
    key = "ANO_EJE, SEC_EJEC, NRO_CERTIFICA"
    certified = _sums(base, "SIG_CERTIFICACION_FASE", "VALOR_SOLES", key, "SECUENCIA_FASE = 1")
    assert _sums(base, "SIG_CERTIFICACION_FASE", "VALOR_SOLES", key, "SECUENCIA_FASE > 1") == certified
    phase = f"{key}, SECUENCIA_FASE"
    assert _sums(base, "SIG_CERTIFICACION_PPTO", "VALOR_SOLES", phase) == _sums(
        base, "SIG_CERTIFICACION_FASE", "VALOR_SOLES", phase
    )


def test_expediente_is_worth_its_order(base: sqlite3.Connection) -> None:
    """The budget of an expediente adds up to the order that names it."""
    key = "ANO_EJE, SEC_EJEC, EXP_SIGA"
    orders = _sums(base, "SIG_ORDEN_ADQUISICION", "TOTAL_FACT_SOLES", key, "EXP_SIGA IS NOT NULL")
    assert _sums(base, "SIG_EXP_SIGA_PPTO", "VALOR_SOLES", key) == orders


def test_request_lines_are_quantity_times_price(base: sqlite3.Connection) -> None:
    """VALOR_TOTAL = CANT_SOLICITADA x PRECIO_UNIT, halves up."""
    query = "SELECT CANT_SOLICITADA, PRECIO_UNIT, VALOR_TOTAL FROM SIG_DETALLE_PEDIDOS"
    for quantity, unit, value in base.execute(query):
        assert (quantity * round(unit * 1_000_000) + 5_000) // 10_000 == round(value * 100)


def test_needs_add_up_to_their_header_in_every_phase(base: sqlite3.Connection) -> None:
    """Months add up to the item's total of each of four years, items to the header of their phase."""
    key = "ANO_EJE, SEC_EJEC, CENTRO_COSTO, SECUENCIA, FASE_CUADRO"
    heads = _sums(base, "SIG_CUADRO_NECESIDAD", "MONTO_ASIGNADO", key)
    assert _sums(base, "SIG_CUADRO_NECESIDAD_DET", "MNTO_TOTAL", key) == heads
    assert {phase for *_, phase in heads} == {1, 2, 3}
    for suffix in ("", "_ANNO_01", "_ANNO_02", "_ANNO_03"):
        for what in ("CANT", "MNTO"):
            months = " + ".join(f"{what}_{month:02d}{suffix}" for month in range(1, 13))
            query = f"SELECT COUNT(*) FROM SIG_CUADRO_NECESIDAD_DET WHERE ABS({months} - {what}_TOTAL{suffix}) > 0.001"
            assert base.execute(query).fetchone() == (0,)


def test_an_item_of_the_cmn_has_one_row_a_programmed_year(base: sqlite3.Connection) -> None:
    """Four rows, the year of execution and three more, with months that add up."""
    query = (
        "SELECT ANNO_EJEC, GROUP_CONCAT(ANNO_PROG - ANNO_EJEC) FROM SIG_CUADRO_MODIFICADO_DET"
        " GROUP BY SEC_EJEC, ANNO_EJEC, CENTRO_COSTO, SEC_CUADRO, SEC_ITEM"
    )
    shapes = {"".join(sorted(years.replace(",", ""))) for _, years in base.execute(query)}
    assert shapes == {"0123"}
    months = " + ".join(f"MNTO_{month:02d}" for month in range(1, 13))
    query = f"SELECT COUNT(*) FROM SIG_CUADRO_MODIFICADO_DET WHERE ABS({months} - MNTO_TOTAL) > 0.001"
    assert base.execute(query).fetchone() == (0,)


def test_balances_hold_what_the_cmn_programs(base: sqlite3.Connection) -> None:
    """Original = sum of the items that share it = left + asked for + taken by the plan."""
    key = "SEC_EJEC, ANNO_EJEC, SEC_CUA_MOD_SAL"
    programmed = _sums(base, "SIG_CUADRO_MODIFICADO_DET", "CANT_TOTAL", key)
    assert _sums(base, "SIG_CUADRO_MODIFICADO_SALDO", "CANT_TOTAL_ORI", key) == programmed
    split = "(CANT_TOTAL + CANT_TOTAL_SC + CANT_TOTAL_CMN)"
    assert _sums(base, "SIG_CUADRO_MODIFICADO_SALDO", split, key) == programmed


def test_kardex_follows_from_the_movements_of_the_month(base: sqlite3.Connection) -> None:
    """Entries and exits of each item's month, in units and soles, are the sums of the warehouse's details."""
    stock = "ANO_EJE, SEC_EJEC, MES_PROCESO, ALMACEN, GRUPO_BIEN, CLASE_BIEN, FAMILIA_BIEN, ITEM_BIEN"
    for kind, units, money in (("I", "CANT_INGRESO", "VALOR_INGRESO"), ("S", "CANT_EGRESO", "VALOR_EGRESO")):
        for detail, column in (("CANT_ARTICULO", units), ("VALOR_TOTAL", money)):
            moved = _sums(base, "SIG_DETALLE_MOVIM_ALMACEN", detail, stock, f"TIPO_MOVIMTO = '{kind}'")
            kept = _sums(base, "SIG_KARDEX_POR_ALMACEN", column, stock)
            assert {key: cents for key, cents in kept.items() if cents} == {
                k: c for k, c in moved.items() if c
            }


def test_kardex_carries_over_and_never_ends_below_zero(base: sqlite3.Connection) -> None:
    """Start + entries - exits = end, which is the next month's start; in units and in soles."""
    query = (
        "SELECT ANO_EJE, SEC_EJEC, SECUENCIA, STOCK_INICIAL, CANT_INGRESO, CANT_EGRESO, STOCK_ACTUAL,"
        " ROUND(SALDO_INICIAL * 100), ROUND(VALOR_INGRESO * 100), ROUND(VALOR_EGRESO * 100), ROUND(SALDO_VALOR * 100)"
        " FROM SIG_KARDEX_POR_ALMACEN ORDER BY ANO_EJE, SEC_EJEC, SECUENCIA, MES_PROCESO"
    )
    ends: dict[tuple[int, int, int], tuple[float, float]] = {}
    for year, unit, item, start, came, went, end, *money in base.execute(query):
        worth, worth_in, worth_out, left = money
        assert start + came - went == end >= 0
        assert worth + worth_in - worth_out == left >= 0
        assert ends.get((year, unit, item), (start, worth)) == (start, worth)
        ends[year, unit, item] = (end, left)
    assert len(ends) > 50


def test_pecosa_serves_what_the_request_says(base: sqlite3.Connection) -> None:
    """Attentions of a line add up to CANT_ATENDIDA; each one's value is its warehouse detail's."""
    line = "ANO_EJE, SEC_EJEC, NRO_PEDIDO, SECUENCIA"
    served = _sums(
        base, "SIG_DETALLE_PEDIDOS", "CANT_ATENDIDA", line, "TIPO_PEDIDO = '1' AND CANT_ATENDIDA > 0"
    )
    assert _sums(base, "SIG_DETALLE_PECOSA", "CANT_ATENDIDA", line) == served
    move = "ANO_EJE, SEC_EJEC, NRO_MOVIMTO"
    assert _sums(base, "SIG_DETALLE_PECOSA", "valor_total", move) == _sums(
        base, "SIG_DETALLE_MOVIM_ALMACEN", "VALOR_TOTAL", move, "TIPO_MOVIMTO = 'S'"
    )


def test_budget_lines_of_a_movement_add_up(base: sqlite3.Connection) -> None:
    """SIG_DETALLE_MOVIM_PPTO splits the quantity of each detail and loses none."""
    key = "ANO_EJE, SEC_EJEC, ALMACEN, SEC_ALMACEN, TIPO_MOVIMTO, TIPO_TRANSAC, NRO_MOVIMTO, SEC_DETALLE"
    details = _sums(base, "SIG_DETALLE_MOVIM_ALMACEN", "CANT_ARTICULO", key)
    assert _sums(base, "SIG_DETALLE_MOVIM_PPTO", "CANT_ARTICULO", key) == details


def test_received_goods_entered_the_warehouse(base: sqlite3.Connection) -> None:
    """What an order of goods received is what its entries hold, units and soles."""
    key = "ANO_EJE, SEC_EJEC, NRO_ORDEN"
    goods = "TIPO_BIEN = 'B' AND CANT_RECIBIDA > 0"
    whole_key = "SEC_EJEC, ANO_EJE, ALMACEN, SEC_ALMACEN, TIPO_MOVIMTO, TIPO_TRANSAC, TIPO_PPTO, NRO_MOVIMTO"
    orders = f"SELECT {whole_key}, NRO_ORDEN FROM SIG_MOVIM_ALMACEN"  # the key's index is what makes it quick
    entered = (
        f"(SIG_DETALLE_MOVIM_ALMACEN NATURAL JOIN ({orders} WHERE TIPO_TRANSAC = 1 AND TIPO_MOVIMTO = 'I'))"
    )
    for received, detail in (("CANT_RECIBIDA", "CANT_ARTICULO"), ("PREC_TOT_SOLES", "VALOR_TOTAL")):
        assert _sums(base, entered, detail, key) == _sums(base, "SIG_ORDEN_ITEM", received, key, goods)


def test_depreciation_never_exceeds_the_value(base: sqlite3.Connection) -> None:
    """Value >= depreciation at the start + the year's; the register says the same as the year's movement."""
    query = (
        "SELECT COUNT(*) FROM SIG_PATRIMONIO WHERE ROUND((HDEPR_INICIAL + HDEPR_EJERCICIO) * 100) <>"
        " ROUND(VALOR_DEPREC * 100) OR VALOR_DEPREC >= HVALOR_INICIAL"
    )
    assert base.execute(query).fetchone() == (0,)
    query = (
        "SELECT COUNT(*) FROM SIG_MOVIM_PATRIMONIO m JOIN SIG_PATRIMONIO p USING (SEC_EJEC, TIPO_MODALIDAD, SECUENCIA)"
        " WHERE m.ANO_EJE = p.ANO_PROCESO AND ROUND((m.HDEPR_EJERCICIO - p.HDEPR_EJERCICIO) * 100) <> 0"
    )
    assert base.execute(query).fetchone() == (0,)
