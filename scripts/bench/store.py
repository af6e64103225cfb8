"""Raw results between runs: one JSON file beside the report, a section's groups replaced one by one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scripts.bench.rounds import Result, parse_result


@dataclass(frozen=True, kw_only=True)
class Section:
    """What one section measured, by group (a size, a kind): when, on what machine, with how many rounds.

    ``in_use`` is how many processors other work kept busy before it began, ``stolen_share`` what the machine's host
    took of them meanwhile (0 to 1).
    """

    at: str
    machine: Mapping[str, str]
    rounds: int
    in_use: float
    stolen_share: float
    is_smoke: bool
    groups: Mapping[str, Sequence[Result]]

    def as_json(self) -> dict[str, Any]:
        """Give it as it is stored."""
        groups = {name: [result.as_json() for result in results] for name, results in self.groups.items()}
        return {
            "at": self.at, "machine": dict(self.machine), "rounds": self.rounds, "in_use": self.in_use,
            "stolen_share": self.stolen_share, "is_smoke": self.is_smoke, "groups": groups,
        }  # fmt: skip


def load_sections(path: Path) -> dict[str, Section]:
    """Give the sections stored so far; none where there is no file."""
    if not path.exists():
        return {}
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return {name: _section(values) for name, values in found.items()}


def save_section(path: Path, name: str, section: Section) -> dict[str, Section]:
    """Put ``section`` in its place, with the groups of before that it has not measured, and give all of them."""
    before = load_sections(path)
    kept = before[name].groups if name in before and before[name].is_smoke == section.is_smoke else {}
    sections = {**before, name: replace(section, groups={**kept, **section.groups})}
    text = json.dumps({key: one.as_json() for key, one in sections.items()}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
    return sections


def _section(values: Mapping[str, Any]) -> Section:
    groups = {
        name: [parse_result(one) for one in results] for name, results in dict(values["groups"]).items()
    }
    return Section(**{**values, "groups": groups})
