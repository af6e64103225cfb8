"""Rules over keys and over whole tables, held against plain Python."""

from collections import Counter
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigasers.protocol.rules import key_checks
from tests.rules.memory_tables import CONTEXT, MemoryTables, apply, figures

PART = st.none() | st.sampled_from(["", "1", "2", "12", "a", "A "])
KEYS = st.lists(st.tuples(PART, st.none() | st.integers(1, 3)), max_size=9)
AMOUNTS = st.lists(
    st.tuples(st.none() | st.integers(1, 4), st.none() | st.decimals(0, 9, places=2)), max_size=9
)
ORPHANS = 'tipo = "huerfanas"\ncolumnas = ["C", "N"]\npadre = "P"\ncolumnas_padre = ["k", "m"]'
SUMS = (
    'tipo = "suma_detalle"\nclave = ["N"]\nmonto = "V"\ndetalle = "D"\nclave_detalle = ["n2"]\n'
    'monto_detalle = "V2"\ntolerancia = "0.05"'
)


def key(row: tuple[str | None, int | None]) -> tuple[str, int] | None:
    """Give a key as rules compare it, nothing where a part has no value."""
    code, number = row
    if code is None or not code.strip() or number is None:
        return None
    return code.rstrip().upper(), number


def table(rows: list[tuple[str | None, int | None]], text: str, number: str) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [[], []]
    whole = pa.array(columns[1], pa.int64())
    return pa.table({text: pa.array(columns[0], pa.string()), number: whole.cast(pa.decimal128(19, 0))})


def amounts(rows: list[tuple[int | None, Decimal | None]], number: str, value: str, scale: int) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [[], []]
    money = pa.array(columns[1], pa.decimal128(16, 2)).cast(pa.decimal128(20, scale))
    return pa.table({number: pa.array(columns[0], pa.int64()), value: money})


@settings(deadline=None, max_examples=60)
@given(KEYS, KEYS)
def test_orphans_are_rows_whose_whole_key_no_parent_has(
    rows: list[tuple[str | None, int | None]], parents: list[tuple[str | None, int | None]]
) -> None:
    """Padding and case do not count; a key without value is no orphan."""
    known = {key(row) for row in parents} - {None}
    keys = [key(row) for row in rows]
    wrong = [place for place, each in enumerate(keys, 1) if each is not None and each not in known]
    expected = (len(wrong), sum(each is not None for each in keys), wrong[0]) if wrong else None
    assert figures(apply(ORPHANS, {"T": table(rows, "C", "N"), "P": table(parents, "K", "M")})) == expected


@settings(deadline=None, max_examples=60)
@given(AMOUNTS, AMOUNTS)
def test_details_add_up_to_their_header(
    heads: list[tuple[int | None, Decimal | None]], parts: list[tuple[int | None, Decimal | None]]
) -> None:
    """Headers without details, and details without header, are other rules' affair; null amounts are nothing."""
    wanted: Counter[int] = Counter()
    sums: Counter[int] = Counter()
    for totals, rows in ((wanted, heads), (sums, parts)):
        for number, value in rows:
            if number is not None:
                totals[number] += value or Decimal(0)
    both = wanted.keys() & sums.keys()
    wrong = {number for number in both if abs(wanted[number] - sums[number]) > Decimal("0.05")}
    places = [place for place, (number, _) in enumerate(heads, 1) if number in wrong]
    tables = {"T": amounts(heads, "N", "V", 2), "D": amounts(parts, "N2", "V2", 4)}
    expected = (len(wrong), len(both), min(places)) if wrong else None
    assert figures(apply(SUMS, tables)) == expected


@settings(deadline=None, max_examples=60)
@given(KEYS)
def test_repeated_rows_are_those_after_the_first(rows: list[tuple[str | None, int | None]]) -> None:
    """Three equal rows are two too many."""
    counts = Counter(each for each in map(key, rows) if each is not None)
    extra = sum(count - 1 for count in counts.values())
    keys = [key(row) for row in rows]
    first = next((place for place, each in enumerate(keys, 1) if each and counts[each] > 1), None)
    expected = (extra, sum(counts.values()), first) if extra else None
    assert (
        figures(apply('tipo = "repetidas"\ncolumnas = ["C", "N"]', {"T": table(rows, "C", "N")})) == expected
    )


@settings(deadline=None, max_examples=60)
@given(KEYS)
def test_groups_have_so_many_rows(rows: list[tuple[str | None, int | None]]) -> None:
    """Groups of two."""
    counts = Counter(each for each in map(key, rows) if each is not None)
    wrong = {each for each, count in counts.items() if count != 2}
    first = next((place for place, row in enumerate(rows, 1) if key(row) in wrong), None)
    expected = (len(wrong), len(counts), first) if wrong else None
    body = 'tipo = "filas_por_grupo"\ncolumnas = ["C", "N"]\nfilas = 2'
    assert figures(apply(body, {"T": table(rows, "C", "N")})) == expected


@settings(deadline=None, max_examples=60)
@given(KEYS, KEYS)
def test_keys_made_distinct_on_the_way_give_the_same(
    rows: list[tuple[str | None, int | None]], parents: list[tuple[str | None, int | None]]
) -> None:
    """What is held is compacted now and then: never visible in the figures."""
    tables = {"T": table(rows, "C", "N"), "P": table(parents, "K", "M")}
    usual = [figures(apply(body, tables)) for body in (ORPHANS, 'tipo = "repetidas"\ncolumnas = ["C", "N"]')]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(key_checks, "_KEPT_ROWS", 0)
        patched.setattr(key_checks, "_CHUNK_ROWS", 1)
        again = [
            figures(apply(body, tables)) for body in (ORPHANS, 'tipo = "repetidas"\ncolumnas = ["C", "N"]')
        ]
    assert again == usual


def test_more_keys_than_memory_holds_leave_the_rule_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted among those left out, not among the defects."""
    monkeypatch.setattr(key_checks, "MAX_HELD_BYTES", 10)
    rows = [("1", number) for number in range(50)]
    report = apply(ORPHANS, {"T": table(rows, "C", "N"), "P": table(rows, "K", "M")})
    assert (report.omitidas, report.defectos, report.findings) == (("VAL-01",), (), ())


@pytest.mark.parametrize(("here", "there", "found"), [(0, 5, True), (1, 5, False), (0, 0, False)])
def test_a_table_is_empty_while_another_is_not(here: int, there: int, *, found: bool) -> None:
    """Both empty is a year without movement."""
    tables = {"T": table([("1", 1)] * here, "C", "N"), "P": table([("1", 1)] * there, "K", "M")}
    report = apply('tipo = "tabla_vacia"\nmientras = "p"', tables, texto="{total} filas.")
    assert [finding.texto for finding in report.findings] == (["5 filas."] if found else [])


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [(100, 51, False), (100, 50, True), (100, 1, True), (100, 0, False), (9, 4, False), (100, 200, False)],
)
def test_half_the_rows_lost_since_the_previous_package(before: int, now: int, *, found: bool) -> None:
    """From half on, and not all: that is another rule; small tables vary."""
    from dataclasses import replace

    body = 'tipo = "filas_perdidas"\ndesde = 50\nmenos_de = 100\nminimo = 10'
    context = replace(CONTEXT, previas={"t": before, "OTRA": 1000})
    report = apply(
        body,
        {"T": table([("1", 1)] * now, "C", "N")},
        context,
        tabla="*",
        texto="{anterior} a {actual}",
    )
    assert [finding.texto for finding in report.findings] == ([f"{before} a {now}"] if found else [])


def test_without_a_previous_package_the_rule_is_left_out() -> None:
    """The first package of a unit is not judged by it."""
    body = 'tipo = "filas_perdidas"\ndesde = 50\nminimo = 10'
    report = apply(body, {"T": table([], "C", "N")}, tabla="*", texto="{anterior}")
    assert report.omitidas == ("VAL-01",)


def test_keys_of_parents_alone_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each side only the columns of the key."""
    rows = [("1", 1)]
    tables = MemoryTables(
        {
            "T": table(rows, "C", "N").append_column("Z", pa.array(["z"])),
            "P": table(rows, "K", "M").append_column("Z", pa.array(["z"])),
        }
    )
    apply(ORPHANS, tables)
    assert sorted(tables.read) == [("P", ("k", "m")), ("T", ("C", "N"))]
