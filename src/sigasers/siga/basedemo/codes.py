"""Small masters of codes: kinds of movement, documents and states; the parameters; the exchange rate."""

from sigasers.siga.basedemo.sheet import Row, Sheet
from sigasers.siga.basedemo.values import day_of, stamp

MOVEMENTS: tuple[Row, ...] = (
    ("I", 1, "INGRESO POR ORDEN DE COMPRA", "O/C"),
    ("I", 2, "INGRESO POR NOTA DE ENTRADA (DONACIÓN)", "NEA DONAC."),
    ("I", 4, "INGRESO POR TRANSFERENCIA", "NEA TRANSF."),
    ("S", 1, "SALIDA POR PEDIDO (PECOSA)", "PECOSA"),
    ("S", 3, "SALIDA POR TRANSFERENCIA", "TRANSF."),
    ("R", 1, "RECEPCIÓN DE SERVICIO", "CONFORMIDAD"),
    ("R", 2, "RECEPCIÓN EN EL PUNTO DE ATENCIÓN", "RECEPCIÓN"),
)
_MASTERS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "FLAG_FASE_CN": (
        "FASES DEL CUADRO DE NECESIDADES",
        (("1", "IDENTIFICACIÓN"), ("2", "CLASIFICACIÓN Y PRIORIZACIÓN"), ("3", "CONSOLIDACIÓN Y APROBACIÓN")),
    ),
    "ESTADO_PEDIDO": ("ESTADO DE PEDIDOS", (("0", "BORRADOR"), ("1", "APROBADO"), ("7", "CERRADO"))),
    "ESTADO_SIAF": ("ESTADO EN EL SIAF", (("0", "PENDIENTE"), ("2", "APROBADO"), ("3", "RECHAZADO"))),
    "ESTADO_PAAC": (
        "ESTADO DEL PAAC",
        (("1", "INCLUIDO"), ("5", "MODIFICADO"), ("6", "CONCLUIDO"), ("7", "EXCLUIDO")),
    ),
    "TIPO_PEDIDO": ("TIPO DE PEDIDO", (("1", "ATENCIÓN DE ALMACÉN"), ("2", "COMPRA O SERVICIO"))),
    "ESTADO_CONSERV": (
        "ESTADO DE CONSERVACIÓN",
        (("1", "BUENO"), ("2", "REGULAR"), ("3", "MALO"), ("4", "CHATARRA"), ("5", "RAEE")),
    ),
    "RUTA_TRANSMISION": ("RUTA DE TRANSMISIÓN", ()),
    "RUTA_SERS": ("RUTA DE INSTALACIÓN SERS", ()),
    "FLAG_TECHO_ETAPAS": ("TECHO PRESUPUESTAL POR ETAPAS", (("S", "SÍ"), ("N", "NO"))),
}
_TRACKED = {
    8: "ORDEN DE COMPRA",
    9: "ORDEN DE SERVICIO",
    1: "PEDIDO",
    3: "CONSOLIDADO",
    5: "CUADRO DE ADQUISICIÓN",
}
_DOCUMENTS = {
    "01": "FACTURA", "02": "RECIBO POR HONORARIOS", "03": "BOLETA DE VENTA", "09": "GUÍA DE REMISIÓN",
    "31": "ORDEN DE COMPRA - GUÍA DE INTERNAMIENTO", "32": "ORDEN DE SERVICIO", "60": "PLANILLA DE VIÁTICOS",
}  # fmt: skip
_RATE_START = 3_620_000


def fill_codes(sheet: Sheet) -> None:
    """Fill the shared masters of codes (all years alike)."""
    columns = "TIPO_MOVIMTO TIPO_TRANSAC NOMBRE_MOVIMTO ABREV_MOVIMTO"
    sheet.fill("SIG_TIPO_MOVIMIENTO", columns, MOVEMENTS)
    sheet.fill("TIPO_DOCUMENTO", "TIPO_DOCUMENTO NOMBRE", _DOCUMENTS.items())
    rows = [(code, name, "C" if details else "P") for code, (name, details) in _MASTERS.items()]
    sheet.fill("sig_maestro", "cod_maestro nombre tipo", rows)
    details = [(code, key, name, name[:20]) for code, (_, pairs) in _MASTERS.items() for key, name in pairs]
    sheet.fill("sig_maestro_det_cadena", "cod_maestro cod_detalle nombre abreviatura", details)
    states = [
        ("TIPO_TRANSACCION", code, state, f"{name} - {label}")
        for code, name in _TRACKED.items()
        for state, label in (("1", "REGISTRADO"), ("2", "APROBADO"), ("3", "ANULADO"))
    ]
    sheet.fill("SIG_TRANSACCION_ESTADO", "COD_MAESTRO COD_DETALLE ESTADO NOMBRE", [*states, _CLOSING])
    sheet.fill("SIG_TIPO_CAMBIO", "MONEDA FECHA_CAMBIO VALOR_COMPRA VALOR_VENTA", _rates(sheet))


_CLOSING: Row = ("TIPO_TRANSACCION", 19, "1", "CIERRE")


def _rates(sheet: Sheet) -> list[Row]:
    """The dollar at each half month of the year before and of the system year."""
    chance, rate, rows = sheet.random("rates"), _RATE_START, list[Row]()
    for year in (sheet.year - 1, sheet.year):
        for half in range(24):
            rate += int(chance.random() * 60_000) - 26_000
            day = day_of(year, half * 15)
            rows.append(("US$", stamp(day), rate / 1_000_000, (rate + 4_000) / 1_000_000))
    return rows


def fill_year_codes(sheet: Sheet) -> None:
    """Fill the small shared masters of one year that sit among those without year, and the year's parameters."""
    levels = (
        (1, "HOSPITAL III-1"),
        (2, "HOSPITAL II-2"),
        (3, "CENTRO DE SALUD I-4"),
        (4, "PUESTO DE SALUD I-1"),
    )
    rows = ((code, name, name.split()[-1], code, "01") for code, name in levels)
    sheet.fill("SIG_PPR_CATEGORIA", "CATEGORIA NOMBRE NOMBRE_CORTO ID_AMBITO SECTOR_AMBITO", rows)
    names = (
        "NIÑO CON VACUNA COMPLETA",
        "GESTANTE CON ATENCIÓN PRENATAL",
        "ATENCIÓN DE LA URGENCIA",
        "TAMIZAJE COVID-19",
    )
    subs = ((f"{3325500 + n:07d}", n, name, f"{33255 + n:07d}") for n, name in enumerate(names, start=1))
    sheet.fill("SIG_SUB_FINALIDAD", "SUB_FINALIDAD ID_SUB_FINALIDAD NOMBRE FINALIDAD", subs)
    uit = {2020: "4300", 2021: "4400", 2022: "4600"}.get(sheet.year, "4950")
    parameters = (
        ("UIT", "UNIDAD IMPOSITIVA TRIBUTARIA", uit),
        ("IGV", "IMPUESTO GENERAL A LAS VENTAS", "18"),
    )
    sheet.fill("sig_parametro_anio", "parametro descripcion valor", parameters)
    strategies = (
        (f"{code:04d}", name) for code, name in ((1, "ARTICULADO NUTRICIONAL"), (2, "SALUD MATERNO NEONATAL"))
    )
    more = ((f"{code:04d}", "PROGRAMA PRESUPUESTAL") for code in (16, 17, 18, 24, 104, 129, 131, 9001, 9002))
    sheet.fill("ESTRATEGIA_NACIONAL_NOMBRE", "ESTRATEGIA_NACIONAL NOMBRE", [*strategies, *more])
