"""Petty cash, receipts, travel allowances and payrolls of services by third parties."""

from collections.abc import Iterator
from random import Random

from sigasers.siga.basedemo import words
from sigasers.siga.basedemo.sheet import Row, Value
from sigasers.siga.basedemo.unit_year import UnitYear
from sigasers.siga.basedemo.values import day_of, moment, pick, soles, stamp

_BOXES = 3


def fill_treasury(year: UnitYear) -> None:
    """Fill group G."""
    chance = year.sheet.random("treasury")
    boxes = (
        (n, f"{n:06d}", f"CAJA CHICA {words.OFFICES[n]}", year.unit.seats[0], year.unit.staff[n])
        for n in range(1, _BOXES + 1)
    )
    year.sheet.fill(
        "SIG_TES_CAJA_CHICA", "SEC_CAJA COD_CAJA NOM_CAJA SEDE EMPLEADO_PRIN", boxes, DIAS_RENDICION=30
    )
    columns = (
        "SEC_CAJA SEC_MOVIMTO ORIGEN FUENTE_FINANC SEC_FUNC CLASIFICADOR SEC_GASTO FECHA_GASTO CONCEPTO_GASTO"
        " MONTO_GASTO"
    )
    year.sheet.fill("SIG_TES_CAJA_CHICA_DGASTO", columns, _expenses(chance, year))
    _receipts(year, chance)
    year.sheet.fill("SIG_PROY_PLANILLA_VIATICO", _TRAVEL, _travels(chance, year), TIPO_CAMBIO=1, MONEDA="S/.")
    payrolls = (
        (
            n,
            "S",
            n,
            stamp(day_of(year.sheet.year, n * 30)),
            year.unit.staff[0],
            f"LOCACIÓN DE SERVICIOS\t{words.MONTHS[n - 1]}",
        )
        for n in range(1, 13)
    )
    columns = "SEC_PLANILLA TIPO_PLANILLA PERIODO_MES FECHA_EJECUCION RESPONSABLE GLOSA"
    year.sheet.fill("SIG_PLANILLA_SNP", columns, payrolls, PERIODO_ANO=year.sheet.year)


def _expenses(chance: Random, year: UnitYear) -> Iterator[Row]:
    """Three expenses a settlement."""
    count = year.scale.of(1_500, 6, large=20_000)
    for n in range(count):
        bundle = pick(chance, year.bundles)
        day = day_of(year.sheet.year, 5 + n * 350 // count)
        concept = f"{pick(chance, words.SERVICES)[0].split('{')[0].strip()} - {bundle.centre.office}"
        yield (
            n % _BOXES + 1, n // 3 + 1, bundle.origin, bundle.source, bundle.goal.number, bundle.classifier, n % 3 + 1,
            stamp(day), concept if n % 10 else "", soles(int(chance.random() ** 2 * 38_000) + 150),
        )  # fmt: skip


def _receipts(year: UnitYear, chance: Random) -> None:
    count = year.scale.of(60, 3)
    rows = (
        (n, n, stamp(day), f"{day.month:02d}",
        "VENTA DE FORMATOS" if n % 2 else "DEVOLUCIÓN DE VIÁTICOS\n(MENOR GASTO)",
         soles(int(chance.random() * 90_000) + 500), moment(day, chance))
        for n in range(1, count + 1)
        for day in [day_of(year.sheet.year, n * 350 // count)]
    )  # fmt: skip
    equal: dict[str, Value] = {"ORIGEN": "2", "FUENTE_FINANC": "09"}
    columns = "SEC_RECIBO NRO_RECIBO FEC_RECIBO MES_RECIBO MOTIVO VALOR_TOTAL FECHA_REG"
    year.sheet.fill("SIG_TES_RECIBO_INGRESO", columns, rows, **equal)


_TRAVEL = (
    "SEC_ITEM_PLA_PAS SEC_ITEM_VIATICO SEC_DESTINO TIPO_VIAJE FECHA_INICIO_VIAJE FECHA_FIN_VIAJE NRO_DIAS"
    " MONTO_DIARIO_VIATICO_SOLES MONTO_STOTAL_VIATICO_SOLES OBSERVACION FECHA_REG HORA_INICIO HORA_FIN"
)


def _travels(chance: Random, year: UnitYear) -> Iterator[Row]:
    """Half days count; the amount is days times the daily rate."""
    count = year.scale.of(800, 4, large=12_000)
    for n in range(1, count + 1):
        halves, daily = int(chance.random() * 8) + 1, pick(chance, (16_000, 20_000, 32_000))
        start = day_of(year.sheet.year, n * 345 // count)
        end = day_of(year.sheet.year, n * 345 // count + halves // 2)
        note = f"COMISIÓN A {pick(chance, words.PLACES)}" if n % 4 else None
        yield (
            n // 3 + 1, n, n % 40 + 1, "N", stamp(start), stamp(end), halves / 2, soles(daily),
            soles(daily * halves // 2),
            note, moment(start, chance), 8, 18,
        )  # fmt: skip
