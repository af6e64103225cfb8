"""The transmission tables of the real schema: cronograma, hours, log of sendings, dictionary of what is sent.

The letters of TIPO are not documented in public; ``D`` (diaria) and ``P`` (periódica) are our reading, DIA is read as
the day of the month and HORA as HH:MM:SS.
"""

from sigasers.siga.basedemo.sheet import Row, Sheet
from sigasers.siga.basedemo.values import day_of, stamp

DAILY, PERIODIC = "D", "P"
_KINDS = (
    (DAILY, 1, "TRANSMISIÓN DE DATOS - DIARIA", 1, "DIARIA"),
    (PERIODIC, 2, "TRANSMISIÓN DE DATOS - PERIÓDICA", 2, "MENSUAL"),
)
_SENT = (
    "SIG_PEDIDOS",
    "SIG_ORDEN_ADQUISICION",
    "SIG_MOVIM_ALMACEN",
    "SIG_PATRIMONIO",
    "SIG_CUADRO_NECESIDAD",
)


def fill_shared_schedule(sheet: Sheet) -> None:
    """Fill the catalogue of transmissions, the same for all units."""
    columns = "TIPO_ENVIO TRANSACCIONES DESCRIPCIONES VECES FRECUENCIA"
    sheet.fill("LOG_TIPOS_TRANSMISIONES", columns, _KINDS)
    order = ((f"T{n:03d}", name, "SI", "01", f"{n:02d}") for n, name in enumerate(_SENT, start=1))
    columns = "CODIGO_TABLA NOMBRE_TABLA ORIGEN_TRANSMISION OPCION_TRANSMISION ORDEN_TRANSMISION"
    sheet.fill("SIG_INT_TRANSMISION", columns, order)
    fields = ((n, name, "SEC_EJEC", f"TABLA {name}") for n, name in enumerate(_SENT, start=1))
    sheet.fill("SI_PRG_TABLAS_TRANSFER", "SEC_TTRANSFER NOMBRE_TABLA NOMBRE_CAMPO DESC_CAMPO", fields)


def fill_schedule(sheet: Sheet, *, first_day: int) -> None:
    """Fill the unit's cronograma (``first_day`` and fifteen days later) and its log of the two last months."""
    days = (first_day, first_day + 15)
    sheet.fill("SIG_TRANS_PROGRA", "DIA ESTADO", ((day, "A") for day in days))
    hours = (
        (DAILY, "12:30:00", "A"),
        (DAILY, "16:30:00", "A"),
        (PERIODIC, "16:30:00", "A"),
        (PERIODIC, "20:00:00", "I"),
    )
    sheet.fill("SIG_TRANS_PROGRA_HOR", "TIPO HORA ESTADO", hours)
    columns = "SECUENCIA FECHA_ENVIO FECHA_REG TIPO MODO SERS HORA DIA"
    sheet.fill("SIG_TRANS_ENVIO", columns, (_sent(sheet, n, first_day) for n in range(1, 21)))


def _sent(sheet: Sheet, number: int, first_day: int) -> Row:
    day = day_of(sheet.year, 270 + number)
    periodic = day.day in (first_day, first_day + 15)
    at = f"{day.isoformat()} 16:30:{number:02d}"
    kind = PERIODIC if periodic else DAILY
    return number, at, stamp(day), kind, "A" if number % 4 else "M", int(number % 5 != 0), "16:30:00", day.day
