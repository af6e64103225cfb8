"""What the exporter must reach, held against what was measured: met or missed, and by how much.

A target is (what, wanted, found, met). Figures come from the results alone; nothing is typed in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scripts.bench.rounds import Result
from scripts.bench.store import Section

OURS = "siga exportar"
_MB = 1_000_000
_MEDIA_S, _MEDIA_MB, _GROWTH_MB, _DUMP_TIMES = 5.0, 400, 500, 3.0


@dataclass(frozen=True)
class Target:
    """One target: ``wanted`` and ``found`` in words."""

    what: str
    wanted: str
    found: str
    is_met: bool


def judge(sections: Mapping[str, Section]) -> list[Target]:
    """Give every target for which there are figures."""
    found: list[Target] = []
    if "sqlite" in sections:
        found += _sqlite(sections["sqlite"].groups)
    if "postgres" in sections:
        found += _postgres(sections["postgres"].groups)
    if "empaque" in sections:
        found += _packing(sections["empaque"].groups)
    return found


def _by_name(results: Sequence[Result]) -> dict[str, Result]:
    return {result.subject: result for result in results if result.samples}


def _sqlite(groups: Mapping[str, Sequence[Result]]) -> Iterator[Target]:
    for size, results in groups.items():
        named = _by_name(results)
        ours = named[OURS]
        if size == "media":
            wall, peak = ours.middle("wall_s"), ours.middle("peak_bytes") / _MB
            yield Target("media from SQLite, wall", f"{_MEDIA_S:.0f} s", f"{wall:.2f} s", wall <= _MEDIA_S)
            yield Target(
                "media from SQLite, memory", f"under {_MEDIA_MB} MB", f"{peak:.0f} MB", peak < _MEDIA_MB
            )
        for name, dump in named.items():
            if name.startswith("sqlite3 .dump"):
                times = ours.rows_per_s / dump.rows_per_s
                what = f"{size} from SQLite, rows/s beside {name}"
                yield Target(what, f"{_DUMP_TIMES:.0f} times", f"{times:.2f} times", times >= _DUMP_TIMES)
    if {"media", "grande"} <= groups.keys():
        yield _growth("SQLite", groups)


def _growth(engine: str, groups: Mapping[str, Sequence[Result]]) -> Target:
    media, grande = (_by_name(groups[size])[OURS].middle("peak_bytes") / _MB for size in ("media", "grande"))
    grown = grande - media
    wanted = f"at most {_GROWTH_MB} MB more"
    return Target(f"memory from media to grande, {engine}", wanted, f"{grown:+.0f} MB", grown <= _GROWTH_MB)


def _postgres(groups: Mapping[str, Sequence[Result]]) -> Iterator[Target]:
    for size, results in groups.items():
        named = _by_name(results)
        ours = named[OURS]
        for name, peer in named.items():
            if name.startswith("psql COPY"):
                times = ours.rows_per_s / peer.rows_per_s
                yield Target(
                    f"{size} from PostgreSQL, rows/s beside {name}", "ahead", f"{times:.2f} times", times > 1
                )
    if {"media", "grande"} <= groups.keys():
        yield _growth("PostgreSQL", groups)


def _packing(groups: Mapping[str, Sequence[Result]]) -> Iterator[Target]:
    for results in groups.values():
        named = _by_name(results)
        peer = next(result for name, result in named.items() if name.startswith("7zz"))
        one, two = named["ours, 1 worker"], named["ours, 2 workers"]
        cpu, wall = peer.all_cpu_s / one.all_cpu_s, peer.middle("wall_s") / two.middle("wall_s")
        yield Target("packing beside 7zz, CPU", "level (1 time)", f"{cpu:.2f} times", cpu >= 1)
        yield Target("packing beside 7zz, wall, two workers", "1.5 times", f"{wall:.2f} times", wall >= 1.5)
