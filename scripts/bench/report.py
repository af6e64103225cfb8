"""The page ``docs/rendimiento.md``: the template's words, and tables of what was measured."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import jinja2

from scripts.bench.machine import is_busy
from scripts.bench.rounds import Result
from scripts.bench.store import Section
from scripts.bench.targets import judge

_TEMPLATE = Path(__file__).with_name("rendimiento.md.j2")
_MB = 1_000_000


def render(sections: Mapping[str, Section]) -> str:
    """Give the page; sections not measured yet say so."""
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False,  # noqa: S701 - Markdown
        keep_trailing_newline=True,
    )  # fmt: skip
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        sections=sections, targets=judge(sections), export=export_table, packing=packing_table,
        tuning=tuning_table, curve=curve_table, measured=measured_on,
    )  # fmt: skip


def export_table(results: Sequence[Result]) -> str:
    """Give rows/s and the rest, each beside the first subject, which is ours."""
    ours = results[0]
    rows = [
        [
            one.subject, f"{one.rows_per_s:,.0f}", f"{one.cells_per_s / 1e6:.2f}", _spread(one, "wall_s"),
            f"{one.middle('cpu_s'):.2f}", f"{one.middle('server_cpu_s'):.2f}", f"{one.middle('peak_bytes') / _MB:.0f}",
            f"{one.middle('out_bytes') / _MB:.1f}", f"{ours.rows_per_s / one.rows_per_s:.2f}",
            f"{one.all_cpu_s / ours.all_cpu_s:.2f}", str(len(one.samples)),
        ]
        for one in results
        if one.samples
    ]  # fmt: skip
    head = [
        "", "rows/s", "M cells/s", "wall, s (min..max)", "CPU, s", "server CPU, s", "memory, MB", "out, MB",
        "ours faster by", "its CPU / ours", "n",
    ]  # fmt: skip
    return _table(head, rows)


def packing_table(results: Sequence[Result]) -> str:
    """Give wall, CPU and memory of packing."""
    peer = results[-1]
    rows = [
        [
            one.subject, _spread(one, "wall_s"), _spread(one, "cpu_s"), f"{one.middle('peak_bytes') / _MB:.0f}",
            f"{peer.middle('wall_s') / one.middle('wall_s'):.2f}", f"{peer.all_cpu_s / one.all_cpu_s:.2f}",
            str(len(one.samples)),
        ]
        for one in results
    ]  # fmt: skip
    head = [
        "",
        "wall, s (min..max)",
        "CPU, s (min..max)",
        "memory, MB",
        "times 7zz, wall",
        "times 7zz, CPU",
        "n",
    ]
    return _table(head, rows)


def tuning_table(results: Sequence[Result]) -> str:
    """Give CPU and bytes of each setting beside the first."""
    first = results[0]
    rows = [
        [
            one.subject, _spread(one, "cpu_s"), f"{one.middle('out_bytes') / _MB:.2f}",
            f"{one.middle('cpu_s') / first.middle('cpu_s'):.2f}",
            f"{one.middle('out_bytes') / first.middle('out_bytes'):.2f}", str(len(one.samples)),
        ]
        for one in results
    ]  # fmt: skip
    return _table(["", "CPU, s (min..max)", "out, MB", "CPU / chosen", "bytes / chosen", "n"], rows)


def curve_table(results: Sequence[Result]) -> str:
    """Give wall, CPU and memory as the thing counted grows."""
    rows = [
        [
            one.subject, _spread(one, "wall_s"), f"{one.all_cpu_s:.2f}", f"{one.middle('peak_bytes') / _MB:.0f}",
            f"{one.rows_per_s:,.0f}", str(len(one.samples)),
        ]
        for one in results
    ]  # fmt: skip
    return _table(["", "wall, s (min..max)", "CPU, s", "memory, MB", "rows/s", "n"], rows)


def measured_on(section: Section) -> str:
    """Say when and on what, and whether the machine was busy."""
    facts = "; ".join(f"{name} {value}" for name, value in section.machine.items())
    text = (
        f"Measured {section.at}, {section.rounds} rounds after one to warm up. {facts}."
        f" Processors that other work kept busy before it began: {section.in_use:.2f}; taken by the machine's host"
        f" meanwhile: {section.stolen_share:.0%}."
    )
    if is_busy(section.in_use):
        text += " **The machine was busy with other work: these figures prove nothing.**"
    if section.is_smoke:
        text += " **A smoke run (`--rapido`): these figures prove nothing.**"
    return text


def _spread(result: Result, name: str) -> str:
    low, high = result.spread(name)
    return f"{result.middle(name):.2f} ({low:.2f}..{high:.2f})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
