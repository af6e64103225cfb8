"""Rows by declaration alone, for tables that no domain module fills yet: key columns count up, the rest is default."""

from collections.abc import Iterable, Iterator

from sigasers.siga.basedemo.schema import Table
from sigasers.siga.basedemo.sheet import Row, Sheet, Value
from sigasers.siga.basedemo.size import Scale

M: dict[str, int] = {
    "ejecutora": 1,
    "sector": 30,
    "pliego": 250,
    "ubigeo": 2200,
    "unidad_medida": 765,
    "MARCA": 3000,
    "grupo_bien_serv": 95,
    "clase_bien_serv": 900,
    "familia_bien_serv": 9000,
    "CATALOGO_BIEN_SERV": 9000,
    "SIG_CONTRATISTAS": 3000,
    "sig_personal": 1500,
    "sig_sedes": 15,
    "SIG_ALMACEN": 4,
    "SIG_UBICAC_FISICA": 600,
    "meta": 190,
    "sig_tarea": 600,
    "Fuente_Financ": 60,
    "Fuente_Financ_Ejec": 25,
    "SIG_CLASIFICADOR_GASTO": 1800,
    "SIG_CENTRO_COSTO": 90,
    "sig_centro_costo_tarea": 600,
    "sig_metas_x_centro": 200,
    "Funcion": 26,
    "Programa": 60,
    "Finalidad": 200,
    "SIG_FAMILIA_CLASIFICADOR": 9000,
    "SIG_FAMILIA_CUENTA": 9000,
    "PLAN_CTB_SUB_CTA": 3500,
    "SIG_PPR_ESTABLECIMIENTO": 30,
    "SIG_CUADRO_NECESIDAD": 1500,
    "SIG_CUADRO_NECESIDAD_DET": 18000,
    "SIG_TECHO_PRESUPUESTO": 2400,
    "SIG_META_PROPUESTA": 190,
    "SIG_METAS_PROP_X_CENTRO": 250,
    "SIG_META_CENTRO_TAREA": 1000,
    "SIG_CUADRO_MODIFICADO": 100,
    "SIG_CUADRO_MODIFICADO_DET": 33000,
    "SIG_CUADRO_MODIFICADO_DET_ORI": 1300,
    "SIG_CUADRO_MODIFICADO_SALDO": 29000,
    "SIG_CUADRO_MODIFICADO_CMN": 6500,
    "SIG_SOLICITUD_MODIFICACION": 500,
    "SIG_SOLICITUD_MODIFICACION_DET": 8000,
    "SIG_PAAC_CONSOLIDADO": 3500,
    "SIG_PAAC_SECUENCIA": 3500,
    "SIG_PAAC_ITEM": 13000,
    "SIG_PAAC_METAS": 15000,
    "SIG_PAAC_CENTRO_COSTO": 16000,
    "SIG_PEDIDOS": 5000,
    "SIG_DETALLE_PEDIDOS": 16000,
    "SIG_SOLICITUD_COTIZACION": 4000,
    "SIG_CUADRO_ADQUISICION": 3200,
    "SIG_DETALLE_BSERV_CUADRO": 9000,
    "SIG_DETALLE_METAS_CUADRO": 9000,
    "SIG_DEPEN_META_CUADRO": 9000,
    "SIG_CERTIFICACION": 2500,
    "SIG_CERTIFICACION_PPTO": 6000,
    "SIG_CERTIFICACION_FASE": 5500,
    "SIG_CONTRATOS": 60,
    "SIG_ORDEN_ADQUISICION": 3200,
    "SIG_ORDEN_SECUENCIA": 3300,
    "SIG_ORDEN_ITEM": 9000,
    "SIG_ORDEN_ITEM_PPTO": 9500,
    "SIG_ORDEN_PRESUPUESTO": 3400,
    "SIG_ORDEN_INTERFASE": 3400,
    "SIG_MOVIM_CONFOR_SERVICIO": 1900,
    "SIG_EXP_SIGA": 3100,
    "SIG_EXP_SIGA_SECU": 6000,
    "SIG_EXP_SIGA_DOCU": 3200,
    "SIG_EXP_SIGA_PPTO": 3400,
    "SIG_DETALLE_MOVIM_PPTO": 20000,
    "SIG_SEGUIMIENTO": 14000,
    "SIG_SEGUIMIENTO_ESTADO": 30000,
    "SIG_MOVIM_ALMACEN": 4500,
    "SIG_DETALLE_MOVIM_ALMACEN": 15000,
    "SIG_DETALLE_PECOSA": 8000,
    "SIG_KARDEX_POR_ALMACEN": 6500,
    "SIG_KARDEX_INVENTARIO": 600,
    "SIG_PATRIMONIO": 8000,
    "SIG_MOVIM_PATRIMONIO": 600,
    "SIG_DET_MOVIM_PATRIMONIO": 2000,
    "SIG_ASIGNACIONES": 9000,
    "SIG_DETALLE_INVENT_FISICO": 8000,
    "SIG_INM_UNIDAD_ACTIVO": 35,
    "SIG_TES_CAJA_CHICA_DGASTO": 1500,
    "SIG_PROY_PLANILLA_VIATICO": 800,
}
_OWN = ("sec_ejec", "ano_eje", "anno_ejec", "ano_ejec")


def fill_rest(sheets: Iterable[tuple[Sheet, Scale]], *, groups: str = "ABCDEFG") -> None:
    """Fill every table of ``groups`` that is still empty."""
    pairs = list(sheets)
    book = pairs[0][0].book
    empty = [t for t in book.tables.values() if t.group in groups and not book.counts[t.name.lower()]]
    for table in empty:
        done: set[tuple[object, ...]] = set()
        for sheet, scale in pairs:
            names = {c.name.lower() for c in table.columns if c.in_key}
            scope = (
                sheet.unit if "sec_ejec" in names else 0,
                sheet.year if names & {"ano_eje", "anno_ejec", "ano_ejec"} else 0,
            )
            if scope not in done:
                done.add(scope)
                keys = [c for c in table.columns if c.in_key and c.name.lower() not in _OWN]
                rows = _rows(table, scale.of(M.get(table.name, 8)))
                sheet.fill(table.name, " ".join(c.name for c in keys), rows)


def _rows(table: Table, count: int) -> Iterator[Row]:
    keys = [c for c in table.columns if c.in_key and c.name.lower() not in _OWN]
    room = [
        10 ** min(c.length or 6, 6) if c.kind in ("numeric", "int") else 10 ** min(c.length or 6, 6)
        for c in keys
    ]
    if not keys:
        count = 1
    for number in range(count):
        row: list[Value] = []
        rest = number
        for column, places in zip(reversed(keys), reversed(room), strict=True):
            rest, digit = divmod(rest, places - 1)
            numeric = column.kind in ("numeric", "int")
            if column.kind == "datetime":
                row.append(f"2021-{number % 12 + 1:02d}-{number // 12 % 28 + 1:02d} 00:00:00.000")
            else:
                row.append(digit + 1 if numeric else f"{digit + 1:0{min(column.length or 6, 6)}d}")
        yield tuple(reversed(row))
