"""Rounds of several subjects in alternating order, and what they come to: medians and spread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from scripts.bench.measure import Sample


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a subject took in all rounds: its name, rows and cells that it carried, its samples."""

    subject: str
    rows: int
    cells: int
    samples: tuple[Sample, ...]

    def middle(self, name: str) -> float:
        """Give the median of the figure ``name`` of the samples."""
        return float(median(getattr(sample, name) for sample in self.samples))

    def spread(self, name: str) -> tuple[float, float]:
        """Give the smallest and the largest of the figure ``name``."""
        values = [float(getattr(sample, name)) for sample in self.samples]
        return min(values), max(values)

    @property
    def all_cpu_s(self) -> float:
        """Median of the CPU of the subject and of the server together."""
        return float(median(sample.cpu_s + sample.server_cpu_s for sample in self.samples))

    @property
    def rows_per_s(self) -> float:
        """Rows by median wall time."""
        return self.rows / self.middle("wall_s")

    @property
    def cells_per_s(self) -> float:
        """Cells by median wall time."""
        return self.cells / self.middle("wall_s")

    def as_json(self) -> dict[str, Any]:
        """Give it as it is stored."""
        return {
            "subject": self.subject,
            "rows": self.rows,
            "cells": self.cells,
            "samples": [sample.as_json() for sample in self.samples],
        }


def parse_result(values: Mapping[str, Any]) -> Result:
    """Give what ``as_json`` wrote."""
    samples = tuple(Sample(**sample) for sample in values["samples"])
    return Result(subject=values["subject"], rows=values["rows"], cells=values["cells"], samples=samples)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A thing to measure: one call of ``measure`` is one run. ``rounds`` is less than all for the slow ones."""

    name: str
    rows: int
    cells: int
    measure: Callable[[], Sample]
    rounds: int | None = None


def in_turns(subjects: Sequence[Subject], rounds: int, tell: Callable[[str], None]) -> list[Result]:
    """Run each subject once to warm up, then ``rounds`` times, every second round in reverse order."""
    samples: dict[str, list[Sample]] = {subject.name: [] for subject in subjects}
    for subject in subjects:
        if subject.rounds is None:
            tell(f"    warm-up  {subject.name}: {subject.measure().wall_s:.2f} s")
    for turn in range(rounds):
        for subject in order_of(subjects, turn):
            if subject.rounds is not None and turn >= subject.rounds:
                continue
            sample = subject.measure()
            samples[subject.name].append(sample)
            tell(f"    round {turn + 1}  {subject.name}: {sample.wall_s:.2f} s, {sample.cpu_s:.2f} s CPU")
    return [
        Result(subject=one.name, rows=one.rows, cells=one.cells, samples=tuple(samples[one.name]))
        for one in subjects
    ]


def order_of(subjects: Sequence[Subject], turn: int) -> Sequence[Subject]:
    """Give the order of round ``turn``: what runs first in one runs last in the next."""
    return subjects if turn % 2 == 0 else subjects[::-1]
