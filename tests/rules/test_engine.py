"""What the engine does with rules that do not fit, that break, and with errors of reading."""

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pytest

from sigasers.errors.disk import DiskError
from sigasers.protocol.rules import RulesReport, apply_rules, parse_rules, row_checks
from tests.rules.memory_tables import CONTEXT, MemoryTables, apply, rule

BLANK = 'tipo = "sin_valor"\ncolumna = "C"'
TEXTS = {"T": pa.table({"C": pa.array(["", "x"])})}


def left_out(report: RulesReport) -> bool:
    assert report.findings == ()
    assert report.defectos == ()
    return report.omitidas == ("VAL-01",) and report.aplicadas == 0


@pytest.mark.parametrize(
    "body",
    [
        'tipo = "sin_valor"\ncolumna = "OTRA"',
        'tipo = "sin_valor"\ncolumna = "C"\ndonde = [{ columna = "OTRA", con_valor = true }]',
        'tipo = "huerfanas"\ncolumnas = ["C"]\npadre = "NO_HAY"',
        'tipo = "huerfanas"\ncolumnas = ["C"]\npadre = "T"\ncolumnas_padre = ["OTRA"]',
        'tipo = "repetidas"\ncolumnas = ["OTRA"]',
        'tipo = "tabla_vacia"\nmientras = "NO_HAY"',
    ],
)
def test_a_rule_whose_table_or_column_is_absent_is_left_out_and_counted(body: str) -> None:
    """Schemas drift with the version of SIGA: nothing is said against the data."""
    assert left_out(apply(body, TEXTS, texto="x"))
    assert left_out(apply(BLANK, {}, texto="x"))


@pytest.mark.parametrize(
    "body",
    [
        'tipo = "rango"\ncolumna = "C"\ndesde = "0"',
        'tipo = "fecha"\ncolumna = "C"\ndentro = "anio"',
        'tipo = "producto"\nfactores = ["C", "W"]\nresultado = "W"\ntolerancia = "0"',
        'tipo = "producto"\nfactores = ["W", "W2"]\nresultado = "W"\ntolerancia = "0"',
        'tipo = "forma"\ncolumna = "W"\npatron = "x"',
        'tipo = "dominio"\ncolumna = "F"\nvalores = ["1"]',
        'tipo = "huerfanas"\ncolumnas = ["C"]\npadre = "T"\ncolumnas_padre = ["W"]',
        'tipo = "repetidas"\ncolumnas = ["F"]',
        'tipo = "orden"\nmenor = "C"\nmayor = "W"',
    ],
)
def test_a_rule_that_cannot_judge_the_type_is_left_out(body: str) -> None:
    """A text where SIGA declares a number, amounts too wide to multiply: another database, not bad data."""
    wide = pa.array([1, 2], pa.int64()).cast(pa.decimal128(38, 0))
    table = pa.table({"C": pa.array(["a", "b"]), "W": wide, "W2": wide, "F": pa.array([1.5, 2.5])})
    assert left_out(apply(body, {"T": table}, texto="x"))


def test_empty_tables_pass() -> None:
    """A year without movement is no finding; its rules count as applied."""
    report = apply(BLANK, {"T": TEXTS["T"].slice(0, 0)})
    assert (report.findings, report.aplicadas, report.omitidas) == ((), 1, ())


def test_rules_of_another_ambito_are_neither_applied_nor_left_out() -> None:
    """The rules of execution say nothing of a programming year."""
    raw = f'v = 1\nversion = "1.0"\n{rule(BLANK)}'.replace('["sistema"]', '["programacion"]')
    report = apply_rules(parse_rules(raw.encode()), MemoryTables(TEXTS), CONTEXT)
    assert (report.aplicadas, report.omitidas, report.findings) == (0, (), ())


def test_a_rule_that_breaks_is_told_and_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect of ours in one evaluator: its rule is named, the rest are applied, no value is in the detail."""
    two = rule(BLANK) + rule('tipo = "longitud"\ncolumna = "C"\ncaracteres = 1').replace("VAL-01", "VAL-02")
    rules = parse_rules(f'v = 1\nversion = "1.0"\n{two}'.encode())
    blank = row_checks.is_blank

    def broken(column: pa.Array, *, zero: bool) -> pa.BooleanArray:
        if len(column):
            raise RuntimeError("SECRETO")
        return blank(column, zero=zero)

    monkeypatch.setattr(row_checks, "is_blank", broken)
    monkeypatch.setattr(row_checks, "_text_masks", lambda kind, column: (pa.array([True, True]),) * 2)
    report = apply_rules(rules, MemoryTables(TEXTS), CONTEXT)
    assert report.defectos == (("VAL-01", "RuntimeError"),)
    assert [finding.codigo for finding in report.findings] == ["VAL-02"]
    assert report.aplicadas == 1


def test_a_key_rule_that_breaks_is_told_and_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for rules over rows."""
    monkeypatch.setattr("sigasers.protocol.rules.engine.check_keys", lambda *_: 1 / 0)
    report = apply('tipo = "repetidas"\ncolumnas = ["C"]', TEXTS)
    assert report.defectos == (("VAL-01", "ZeroDivisionError"),)


@pytest.mark.parametrize("body", [BLANK, 'tipo = "repetidas"\ncolumnas = ["C"]'])
def test_an_error_of_reading_passes_through(body: str) -> None:
    """A disk that fails is no defect of a rule, and no finding."""

    class Failing(MemoryTables):
        def batches(self, tabla: str, columnas: Sequence[str]) -> Iterator[pa.RecordBatch]:
            yield from super().batches(tabla, columnas)
            raise DiskError("gone", ruta="x", motivo="y")

    with pytest.raises(DiskError):
        apply(body, Failing(TEXTS))


def test_findings_come_in_the_order_of_their_rules() -> None:
    """Whatever the order in which tables are read: rules over keys are applied before rules over rows."""
    rows = {"T": pa.table({"C": pa.array(["", "x", "x"])})}
    two = rule(BLANK) + rule('tipo = "repetidas"\ncolumnas = ["C"]').replace("VAL-01", "VAL-02")
    report = apply_rules(parse_rules(f'v = 1\nversion = "1.0"\n{two}'.encode()), MemoryTables(rows), CONTEXT)
    assert [finding.codigo for finding in report.findings] == ["VAL-01", "VAL-02"]


def test_a_finding_holds_no_cell() -> None:
    """Counts, table, column and ordinal: what a manifest may say."""
    rows = {"T": pa.table({"C": pa.array(["SECRETO", "SECRETO"])})}
    (finding,) = apply('tipo = "repetidas"\ncolumnas = ["C"]', rows).findings
    assert "SECRETO" not in repr(finding)
    note = finding.observacion
    assert (note.codigo, note.columna, note.fila, note.cantidad) == ("VAL-01", "C", 1, 1)


def test_millions_of_rows_pass_in_bounded_memory() -> None:
    """Three million rows against a million parents: only keys are held, one text each."""

    class Long(MemoryTables):
        def rows(self, tabla: str) -> int:
            return 3_000_000 if tabla == "T" else 1_000_000

        def batches(self, tabla: str, columnas: Sequence[str]) -> Iterator[pa.RecordBatch]:
            for start in range(0, self.rows(tabla), 65_536):
                size = min(65_536, self.rows(tabla) - start)
                numbers = pa.array(range(start, start + size), pa.int64())
                yield pa.RecordBatch.from_arrays([numbers] * len(columnas), names=list(columnas))

    tables = Long(
        {"T": pa.table({"N": pa.array([], pa.int64())}), "P": pa.table({"N": pa.array([], pa.int64())})}
    )
    pool = pa.default_memory_pool()
    before = pool.bytes_allocated()
    report = apply('tipo = "huerfanas"\ncolumnas = ["N"]\npadre = "P"', tables)
    (finding,) = report.findings
    assert (finding.cantidad, finding.total, finding.fila) == (2_000_000, 3_000_000, 1_000_001)
    assert pool.bytes_allocated() - before < 64 << 20
