"""Applies rules to the tables of one package. No input or output of its own: tables come through ``Tables``.

A rule whose table or column is not there, or is of a type it cannot judge, is left out and counted. A rule that
fails by a defect of ours is reported as such and costs no other one (``docs/decisions/0014``); errors of reading
pass through. Rules over rows of one table share one pass over the columns that they need.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from sigasers.errors import SigasersError
from sigasers.protocol.rules.arrow import DoesNotFitError
from sigasers.protocol.rules.key_checks import TooManyKeysError, check_keys, check_types, needed
from sigasers.protocol.rules.kinds import (
    FilasPerdidas,
    FilasPorGrupo,
    Huerfanas,
    KeyKind,
    Repetidas,
    RowKind,
    SiempreVacia,
    SumaDetalle,
    TablaFallida,
    TablaVacia,
    row_columns,
)
from sigasers.protocol.rules.row_checks import judge
from sigasers.protocol.rules.tally import Tally
from sigasers.protocol.rules.values import (
    EVERY_TABLE,
    Rule,
    RuleContext,
    RuleFinding,
    RuleSet,
    RulesReport,
    Tables,
)


def apply_rules(rules: RuleSet, tables: Tables, context: RuleContext) -> RulesReport:
    """Apply every rule of the package's ámbito; errors of reading ``tables`` pass through."""
    run = _Run(tables, context)
    wanted = [rule for rule in rules.reglas if context.ambito in rule.ambitos]
    row_rules: dict[str, list[_RowRule]] = {}
    for rule in wanted:
        if isinstance(rule.kind, RowKind):
            row_rules.setdefault(rule.tabla.lower(), []).append(_RowRule(rule, rule.kind))
        else:
            run.alone(rule)
    for together in row_rules.values():
        run.over_rows(together)
    return run.report(rules, wanted)


@dataclass
class _RowRule:
    """A rule over rows and what it has counted so far."""

    rule: Rule
    kind: RowKind
    tally: Tally = field(default_factory=Tally)

    @property
    def columns(self) -> tuple[str, ...]:
        return (*row_columns(self.kind), *(condition.columna for condition in self.rule.donde))


class _Run:
    """One application: what was found, left out and broken, by code."""

    def __init__(self, tables: Tables, context: RuleContext) -> None:
        self._tables, self._context = tables, context
        self._found: dict[str, list[RuleFinding]] = {}
        self._left_out: set[str] = set()
        self._broken: dict[str, str] = {}

    def report(self, rules: RuleSet, wanted: Sequence[Rule]) -> RulesReport:
        codes = [rule.codigo for rule in wanted]
        left_out = tuple(code for code in codes if code in self._left_out)
        broken = tuple((code, self._broken[code]) for code in codes if code in self._broken)
        return RulesReport(
            version=rules.version,
            findings=tuple(each for code in codes for each in self._found.get(code, ())),
            aplicadas=len(codes) - len(left_out) - len(broken),
            omitidas=left_out,
            defectos=broken,
        )

    def alone(self, rule: Rule) -> None:
        """Apply a rule that is not over the rows of one table."""
        try:
            match rule.kind:
                case Huerfanas() | SumaDetalle() | Repetidas() | FilasPorGrupo():
                    self._keys(rule, rule.kind)
                case TablaVacia():
                    self._empty(rule, rule.kind)
                case FilasPerdidas():
                    self._lost(rule, rule.kind)
                case TablaFallida():
                    self._failed(rule)
        except (DoesNotFitError, TooManyKeysError):
            self._left_out.add(rule.codigo)
        except SigasersError:
            raise
        except Exception as error:  # noqa: BLE001 - a rule's defect is reported, and costs no export
            self._broken[rule.codigo] = _detail(error)

    def over_rows(self, rules: Sequence[_RowRule]) -> None:
        """Apply rules over the rows of one table in one pass."""
        table = rules[0].rule.tabla
        live = [each for each in rules if self._fits(each)]
        names = dict.fromkeys(name.lower() for each in live for name in each.columns)
        if not live or not self._tables.rows(table):
            return
        for batch in self._tables.batches(table, tuple(names)):
            columns = dict(zip(names, batch.columns, strict=True))
            live = [each for each in live if self._count(each, columns)]
        for each in live:
            self._judge(each.rule, each.tally, row_columns(each.kind)[0])

    def _fits(self, each: _RowRule) -> bool:
        """Tell whether the table has the columns, in types that the rule can judge: tried on no rows at all."""
        if not self._present(each.rule, [(each.rule.tabla, each.columns)]):
            return False
        types = self._tables.columns(each.rule.tabla) or {}
        empty = {name.lower(): pa.array([], types[name.lower()]) for name in each.columns}
        try:
            judge(each.kind, each.rule.donde, empty, self._context)
        except (DoesNotFitError, pa.ArrowException):
            self._left_out.add(each.rule.codigo)
            return False
        except Exception as error:  # noqa: BLE001 - as in ``alone``
            self._broken[each.rule.codigo] = _detail(error)
            return False
        return True

    def _count(self, each: _RowRule, columns: dict[str, pa.Array]) -> bool:
        """Count one batch; false when the rule is out."""
        try:
            judged = judge(each.kind, each.rule.donde, columns, self._context)
        except Exception as error:  # noqa: BLE001 - as in ``alone``
            self._broken[each.rule.codigo] = _detail(error)
            return False
        each.tally.add(judged.concerned, judged.bad)
        return True

    def _present(self, rule: Rule, wanted: Sequence[tuple[str, tuple[str, ...]]]) -> bool:
        for table, names in wanted:
            columns = self._tables.columns(table)
            if columns is None or any(name.lower() not in columns for name in names):
                self._left_out.add(rule.codigo)
                return False
        return True

    def _keys(self, rule: Rule, kind: KeyKind) -> None:
        if not self._present(rule, needed(kind, rule.tabla, rule.donde)):
            return
        check_types(kind, rule.tabla, self._tables)
        if not self._tables.rows(rule.tabla):
            return
        name = kind.monto if isinstance(kind, SumaDetalle) else kind.columnas[-1]
        self._judge(rule, check_keys(rule, kind, self._tables), name)

    def _judge(self, rule: Rule, tally: Tally, name: str) -> None:
        if not tally.exceeds(rule.umbral) or not _is_whole(rule, tally):
            return
        share = _share(tally.cantidad, tally.total)
        counts = {"cantidad": f"{tally.cantidad:,}", "total": f"{tally.total:,}", "porcentaje": share}
        self._add(rule, rule.tabla, counts, columna=name, tally=tally)

    def _empty(self, rule: Rule, kind: TablaVacia) -> None:
        if not self._present(rule, [(rule.tabla, ()), (kind.mientras, ())]):
            return
        tally = Tally()
        tally.set(total=self._tables.rows(kind.mientras), cantidad=0, fila=None)
        if tally.total and not self._tables.rows(rule.tabla):
            self._add(rule, rule.tabla, {"total": f"{tally.total:,}"}, columna=None, tally=tally)

    def _lost(self, rule: Rule, kind: FilasPerdidas) -> None:
        previous = self._context.previas
        if previous is None:
            self._left_out.add(rule.codigo)
            return
        before = {name.lower(): rows for name, rows in previous.items()}
        for table in self._chosen(rule):
            old, now = before.get(table.lower(), 0), self._tables.rows(table)
            lost = old - now
            if old < max(kind.minimo, 1) or not kind.desde * old <= lost * 100 < kind.menos_de * old:
                continue
            tally = Tally()
            tally.set(total=old, cantidad=lost, fila=None)
            counts = {"anterior": f"{old:,}", "actual": f"{now:,}", "porcentaje": _share(lost, old)}
            self._add(rule, table, counts, columna=None, tally=tally)

    def _failed(self, rule: Rule) -> None:
        for table in self._context.fallidas:
            if rule.tabla in {EVERY_TABLE, table}:
                self._add(rule, table, {}, columna=None, tally=Tally())

    def _chosen(self, rule: Rule) -> Iterator[str]:
        """Give the tables that a rule is about and that are there."""
        if rule.tabla == EVERY_TABLE:
            yield from self._tables.names()
        elif self._present(rule, [(rule.tabla, ())]):
            yield rule.tabla

    def _add(
        self, rule: Rule, table: str, counts: dict[str, str], *, columna: str | None, tally: Tally
    ) -> None:
        finding = RuleFinding(
            codigo=rule.codigo,
            nivel=rule.nivel,
            tabla=table,
            columna=columna,
            fila=tally.fila,
            cantidad=tally.cantidad,
            total=tally.total,
            texto=rule.texto.format_map(counts),
        )
        self._found.setdefault(rule.codigo, []).append(finding)


def _is_whole(rule: Rule, tally: Tally) -> bool:
    """Tell whether a column that must be empty everywhere is so, in enough rows; true for all other kinds."""
    if not isinstance(rule.kind, SiempreVacia):
        return True
    return tally.cantidad == tally.total >= rule.kind.minimo


def _share(part: int, whole: int) -> str:
    """Give a percentage with one decimal; what is less than a tenth is not called nothing."""
    tenths = round(part * 1000 / whole)
    if part and not tenths:
        return "menos de 0.1"
    if tenths == 1000 and part < whole:
        tenths = 999
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def _detail(error: Exception) -> str:
    """Say what broke, for the log: the kind of error alone, since Arrow's own words may hold a value."""
    return type(error).__name__
