"""Puts the outbox's table of states into ``docs/spec/outbox.md``: diagram and rows, from ``TRANSITIONS``."""

import re
from pathlib import Path

from sigasers.protocol.outbox import TRANSITIONS, diagram

PAGE = Path(__file__).parents[1] / "docs" / "spec" / "outbox.md"


def main() -> None:
    """Rewrite the two generated parts of the page."""
    text = PAGE.read_text(encoding="utf-8")
    rows = "".join(
        f"| {old.name} (*{old.value}*) | {event.name} | {new.name} | {event.value.partition(': ')[2]} |\n"
        for (old, event), new in TRANSITIONS.items()
    )
    head = "| state | event | next | what happened |\n|---|---|---|---|\n"
    text = re.sub(r"```mermaid\n.*?```", lambda _: f"```mermaid\n{diagram()}```", text, flags=re.DOTALL)
    text = re.sub(
        r"(<!-- table -->\n).*?(<!-- /table -->)", lambda found: found[1] + head + rows + found[2], text,
        flags=re.DOTALL,
    )  # fmt: skip
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
