"""Budget side of a purchase: certification with its phases, and the expedientes that go to the SIAF."""

from collections.abc import Iterator

from sigasers.siga.basedemo.orders import budget_of
from sigasers.siga.basedemo.purchases import Commerce, Purchase
from sigasers.siga.basedemo.sheet import Row
from sigasers.siga.basedemo.unit_year import UnitYear
from sigasers.siga.basedemo.values import soles, stamp

_FIRST_SIAF = 5_000


def fill_budget(year: UnitYear, commerce: Commerce) -> None:
    """Fill certifications and expedientes."""
    certified: dict[int, list[Purchase]] = {}
    for purchase in commerce.purchases:
        certified.setdefault(purchase.certificate, []).append(purchase)
    _certifications(year, certified)
    _expedientes(year, [p for p in commerce.purchases if p.exp_siga is not None])


def _certifications(year: UnitYear, certified: dict[int, list[Purchase]]) -> None:
    """Phase 1 certifies what the orders of the certificate need; each later phase commits one of them."""
    rows = (
        (number, stamp(group[0].request.day), number, _FIRST_SIAF + number if number % 30 else None, "2", group[0].at,
         group[0].bundle.centre.boss)
        for number, group in certified.items()
    )  # fmt: skip
    columns = (
        "NRO_CERTIFICA FECHA COD_CERTIFICA NRO_CERTIFICA_SIAF ESTADO_CERTIFICA_SIAF FECHA_REG empleado_log"
    )
    year.sheet.fill("SIG_CERTIFICACION", columns, rows, ANULADO="N", CASO="1")
    columns = (
        "NRO_CERTIFICA SECUENCIA_FASE SEC_FASE TIPO_CONSOLID NRO_CONSOLID TIPO_GENERACION NRO_ORDEN TIPO_BIEN"
        " VALOR_MONEDA VALOR_SOLES NRO_CERTIFICA_SIAF ANO_EJE_DOC FECHA_REG"
    )
    year.sheet.fill("SIG_CERTIFICACION_FASE", columns, _phases(year, certified), ESTADO_CERTIFICA_SIAF="2")
    columns = (
        "NRO_CERTIFICA SECUENCIA_FASE SECUENCIA_OPERA SECUENCIA_DET SECUENCIA_PPTO SEC_FUNC CLASIFICADOR VALOR_MONEDA"
        " VALOR_SOLES FECHA_REG"
    )
    year.sheet.fill("SIG_CERTIFICACION_PPTO", columns, _phase_budgets(certified))


def _phases(year: UnitYear, certified: dict[int, list[Purchase]]) -> Iterator[Row]:
    for number, group in certified.items():
        siaf = _FIRST_SIAF + number if number % 30 else None
        total = soles(sum(p.cents for p in group))
        yield number, 1, 1, "1", group[0].plan, "1", None, None, total, total, siaf, None, group[0].at
        for phase, p in enumerate(group, start=2):
            amount = soles(p.cents)
            yield (
                number, phase, 2, "1", p.plan, "1", p.order, p.kind, amount, amount, siaf, year.sheet.year, p.at,
            )  # fmt: skip


def _phase_budgets(certified: dict[int, list[Purchase]]) -> Iterator[Row]:
    for number, group in certified.items():
        place = 0
        for turn, p in enumerate(group):
            for order, (goal, cents) in enumerate(budget_of(p).items(), start=1):
                place += 1
                amount = soles(cents)
                yield number, 1, 1, 1, place, goal, p.bundle.classifier, amount, amount, p.at
                yield number, turn + 2, 1, 1, order, goal, p.bundle.classifier, amount, amount, p.at


def _expedientes(year: UnitYear, purchases: list[Purchase]) -> None:
    rows = (
        (p.exp_siga, p.exp_siga, stamp(p.ordered), p.kind, p.supplier.number, "031" if p.kind == "B" else "032",
         f"{p.order:07d}", stamp(p.ordered), p.exp_siaf, "2" if p.exp_siaf else "0",
         stamp(p.ordered) if p.exp_siaf else None, p.at, p.plan)
        for p in purchases
    )  # fmt: skip
    columns = (
        "EXP_SIGA NRO_EXP_SIGA FECHA_EXP_SIGA TIPO_BIEN PROVEEDOR TIPO_DOCUMENTO NRO_DOCUMENTO FECHA_DOCUMENTO EXP_SIAF"
        " ESTADO_SIAF FECHA_SIAF FECHA_REG NRO_CONSOLID"
    )
    year.sheet.fill(
        "SIG_EXP_SIGA", columns, rows, TIPO_CONSOLID="1", TIPO_GENERACION="1", TIPO_FASE="C", TIPO_PPTO=1
    )
    columns = "EXP_SIGA EXP_SIGA_DOC TIPO_DOCUMENTO NRO_DOCUMENTO FECHA_DOCUMENTO EXP_SIAF FECHA_REG"
    year.sheet.fill("SIG_EXP_SIGA_DOCU", columns, _documents(purchases), TIPO_PPTO=1)
    columns = (
        "EXP_SIGA EXP_SIGA_DOC EXP_SIGA_SECU CICLO FASE TIPO_DOCUMENTO NRO_DOCUMENTO FECHA_DOCUMENTO ORIGEN"
        " FUENTE_FINANC ANO_SECUENCIA MES_SECUENCIA EXP_SIAF SECU_SIAF CORR_SIAF FECHA_SIAF FECHA_REG NRO_ORDEN_SOS"
        " TIPO_BIEN_SOS SEC_ORDEN_SOS"
    )
    year.sheet.fill("SIG_EXP_SIGA_SECU", columns, _sequences(year, purchases), TIPO_PPTO=1)
    columns = "EXP_SIGA EXP_SIGA_PPTO SEC_FUNC CLASIFICADOR VALOR_MONEDA VALOR_SOLES MNTO_MONEDA MNTO_SOLES"
    budgets = (
        (p.exp_siga, turn, goal, p.bundle.classifier, *[soles(cents)] * 4)
        for p in purchases
        for turn, (goal, cents) in enumerate(budget_of(p).items(), start=1)
    )
    year.sheet.fill("SIG_EXP_SIGA_PPTO", columns, budgets, EXP_SIGA_DOC=1, EXP_SIGA_SECU=1, TIPO_PPTO=1)


def _documents(purchases: list[Purchase]) -> Iterator[Row]:
    """The order, and in one of thirty a second document."""
    for p in purchases:
        code = "031" if p.kind == "B" else "032"
        yield p.exp_siga, 1, code, f"{p.order:07d}", stamp(p.ordered), p.exp_siaf, p.at
        if p.plan % 30 == 0:
            yield p.exp_siga, 2, "001", f"F001-{p.plan:06d}", stamp(p.received), p.exp_siaf, p.at


def _sequences(year: UnitYear, purchases: list[Purchase]) -> Iterator[Row]:
    """Compromiso, then devengado for nearly all."""
    for p in purchases:
        code = "031" if p.kind == "B" else "032"
        siaf = (p.exp_siaf, "0001", "0001", stamp(p.ordered)) if p.exp_siaf else (None, None, None, None)
        head = (p.bundle.origin, p.bundle.source, year.sheet.year)
        yield (
            p.exp_siga, 1, 1, "G", "C", code, f"{p.order:07d}", stamp(p.ordered), *head, f"{p.ordered.month:02d}",
            *siaf, p.at, p.order, p.kind, 1,
        )  # fmt: skip
        if p.plan % 16:
            yield (
                p.exp_siga, 1, 2, "G", "D", "001", f"F001-{p.plan:06d}", stamp(p.received), *head,
                f"{p.received.month:02d}", *siaf, p.at, None, "", None,
            )  # fmt: skip
