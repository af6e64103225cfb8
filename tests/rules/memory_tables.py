"""Tables in memory behind the engine's seam, in small batches, so that rules meet several of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from sigasers.model import Ambito, Ejercicio, Nemonico
from sigasers.protocol.rules import RuleContext, RulesReport, apply_rules, parse_rules

CONTEXT = RuleContext(
    unidad=Nemonico(1288), anio=Ejercicio(2021), ambito=Ambito.SISTEMA, hoy=date(2021, 10, 21)
)


@dataclass
class MemoryTables:
    """``read`` remembers which columns were asked for."""

    tables: dict[str, pa.Table]
    batch_rows: int = 3
    read: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def names(self) -> Sequence[str]:
        return list(self.tables)

    def rows(self, tabla: str) -> int:
        return int(self._table(tabla).num_rows)

    def columns(self, tabla: str) -> Mapping[str, pa.DataType] | None:
        if tabla.lower() not in {name.lower() for name in self.tables}:
            return None
        return {each.name.lower(): each.type for each in self._table(tabla).schema}

    def batches(self, tabla: str, columnas: Sequence[str]) -> Iterator[pa.RecordBatch]:
        self.read.append((tabla, tuple(columnas)))
        table = self._table(tabla)
        spelled = {name.lower(): name for name in table.schema.names}
        chosen = table.select([spelled[name.lower()] for name in columnas]).rename_columns(list(columnas))
        yield from chosen.to_batches(max_chunksize=self.batch_rows)

    def _table(self, name: str) -> pa.Table:
        return next(table for key, table in self.tables.items() if key.lower() == name.lower())


def rule(body: str, *, tabla: str = "T", texto: str = "{cantidad} de {total}.") -> str:
    """Give the text of one rule with code VAL-01."""
    return (
        f'[[regla]]\ncodigo = "VAL-01"\nnombre = "N"\nnivel = "rechazo"\nambitos = ["sistema"]\n'
        f'tabla = "{tabla}"\ntexto = "{texto}"\nporque = "P."\nhaga = "H."\n{body}\n'
    )


def apply(
    body: str,
    tables: dict[str, pa.Table] | MemoryTables,
    context: RuleContext = CONTEXT,
    **changes: str,
) -> RulesReport:
    """Apply one rule to tables in memory."""
    rules = parse_rules(f'v = 1\nversion = "1.0"\n{rule(body, **changes)}'.encode())
    return apply_rules(rules, tables if isinstance(tables, MemoryTables) else MemoryTables(tables), context)


def figures(report: RulesReport) -> tuple[int, int, int | None] | None:
    """Give count, total and first row of the only finding; ``None`` if there is none. Nothing may be broken."""
    assert report.defectos == ()
    assert report.omitidas == ()
    if not report.findings:
        return None
    (finding,) = report.findings
    return finding.cantidad, finding.total, finding.fila
