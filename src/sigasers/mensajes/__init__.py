"""The operator's sentences, in Spanish, keyed by error code: what happened, why, and what to do next.

One TOML file an area in this folder; ``cli`` and ``web`` read them alike. Each table is a code with the keys
``que``, ``porque`` and ``haga``; ``{nombre}`` stands for a field of the error.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One operator's sentence in its three parts."""

    que: str
    porque: str
    haga: str


class _Blank(dict[str, object]):
    """Fields for ``format_map``: a field the error lacks is shown as a question mark, never a traceback."""

    def __missing__(self, key: str) -> str:
        return "¿?"


@cache
def catalogue() -> dict[str, Sentence]:
    """Give every sentence by code; a code defined twice is a defect and raises ``ValueError``."""
    found: dict[str, Sentence] = {}
    for entry in sorted(files(__name__).iterdir(), key=lambda item: item.name):
        if not entry.name.endswith(".toml"):
            continue
        for code, parts in tomllib.loads(entry.read_text(encoding="utf-8")).items():
            if code in found:
                raise ValueError(f"code {code} defined twice")
            found[code] = Sentence(que=parts["que"], porque=parts["porque"], haga=parts["haga"])
    return found


def sentence(code: str, fields: dict[str, object]) -> Sentence:
    """Give the sentence of ``code`` with its fields filled in; an unknown code gets the general one."""
    raw = catalogue().get(code) or catalogue()["SS-001"]
    values = _Blank(fields)
    return Sentence(
        que=raw.que.format_map(values), porque=raw.porque.format_map(values), haga=raw.haga.format_map(values)
    )
